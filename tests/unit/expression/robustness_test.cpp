#include <catch2/catch.hpp>
#include <random>

#include "base/catalogue.hpp"
#include "unit/expression/support.hpp"

using namespace expression_test;

namespace {

const std::vector<std::string> tokens{"n",       "amount",   "title",      "opinion",
                                      "units",   "numbers",  "items",      "actor",
                                      "fields",  "now",      "signed_on",  "note",
                                      "count",   "anything", "any_list",   "i",
                                      "x",       "1",        "0",          "-1",
                                      "2.5",     "0x1f",     "1e3",        "'agreed'",
                                      "\"a\"",   "''",       "true",       "false",
                                      "null",    "(",        ")",          "(",
                                      ")",       "[",        "]",          "{",
                                      "}",       ",",        ",",          ".",
                                      ".",       ":",        "?",          "!",
                                      "-",       "+",        "*",          "/",
                                      "%",       "==",       "!=",         "<",
                                      "<=",      ">",        ">=",         "&&",
                                      "||",      "in",       "size(",      ".size()",
                                      ".all(i,", ".map(i,",  ".filter(x,", ".exists(i,",
                                      "has(",    "int(",     "string(",    ".id",
                                      ".item",   "[0]",      "and",        "=",
                                      "'",       "\\",       "\xff",       "\xe2\x80\x98",
                                      "//",      "\n",       "r'",         "'''",
                                      "dyn("};

std::string random_tokens(std::mt19937& random) {
    std::string text;
    const std::size_t length = 1 + random() % 14;
    for (std::size_t i = 0; i < length; ++i) {
        text += tokens[random() % tokens.size()];
        if (random() % 2 == 0) text += ' ';
    }
    return text;
}

/// Sentences of the grammar, so that many of them compile.
std::string random_expression(std::mt19937& random, std::size_t depth) {
    const auto inner = [&] { return random_expression(random, depth - 1); };
    static const std::vector<std::string> leaves{"n",
                                                 "amount",
                                                 "title",
                                                 "opinion",
                                                 "units",
                                                 "numbers",
                                                 "items",
                                                 "actor.id",
                                                 "now",
                                                 "note",
                                                 "count",
                                                 "anything",
                                                 "any_list",
                                                 "i",
                                                 "1",
                                                 "0",
                                                 "2.5",
                                                 "'a'",
                                                 "true",
                                                 "maybe",
                                                 "null",
                                                 "[]",
                                                 "9223372036854775807"};
    if (depth == 0 || random() % 5 == 0) return leaves[random() % leaves.size()];
    static const std::vector<std::string> infix{
        "+", "-", "*", "/", "%", "==", "!=", "<", ">=", "&&", "||", "in"};
    switch (random() % 9) {
        case 0:
            return "(" + inner() + ")";
        case 1:
            return "!" + inner();
        case 2:
            return "-(" + inner() + ")";
        case 3:
            return inner() + " ? " + inner() + " : " + inner();
        case 4:
            return "[" + inner() + ", " + inner() + "]";
        case 5:
            return inner() + ".map(i, " + inner() + ")";
        case 6:
            return inner() + ".exists(i, " + inner() + ")";
        case 7:
            return "dyn(" + inner() + ")";
        default:
            return inner() + " " + infix[random() % infix.size()] + " " + inner();
    }
}

/// Every answer is a value, or a code that has its sentences, at a byte of the source.
void check_answer(const std::string& source) {
    const std::string answer = evaluated(source);
    if (answer.rfind("problem ", 0) != 0 && answer.rfind("error ", 0) != 0) return;
    const std::size_t code_start = answer.find(' ') + 1;
    const std::size_t code_end = answer.rfind(' ');
    const std::string code = answer.substr(code_start, code_end - code_start);
    if (workflow::base::find_entry(code) == nullptr ||
        std::stoul(answer.substr(code_end)) > source.size()) {
        FAIL(source << " -> " << answer);
    }
}

}  // namespace

TEST_CASE("random tokens are refused or evaluated, and nothing else happens") {
    const std::uint32_t seed = 20170425;
    INFO("seed " << seed << "; repeat: test_expression 'random tokens*'");
    std::mt19937 random(seed);
    for (int i = 0; i < 10'000; ++i) check_answer(random_tokens(random));
}

TEST_CASE("a type that doubles with each macro stays small") {
    std::string source = "[{'a': 1}]";
    for (int i = 0; i < 60; ++i) source += ".map(x, {'a': x, 'b': x})";
    CHECK(evaluated(source + "[0].a.b.a").starts_with("error cost-limit"));
    CHECK(evaluated("size(" + source + ")") == "1");
}

TEST_CASE("random sentences of the grammar are refused or evaluated, and twice the same") {
    const std::uint32_t seed = 20170608;
    INFO("seed " << seed << "; repeat: test_expression 'random sentences*'");
    std::mt19937 random(seed);
    std::size_t evaluated_count = 0;
    for (int i = 0; i < 10'000; ++i) {
        const std::string source = random_expression(random, 4);
        check_answer(source);
        const std::string answer = evaluated(source);
        if (answer != evaluated(source)) FAIL(source);
        if (answer.rfind("problem", 0) != 0) ++evaluated_count;
    }
    CHECK(evaluated_count > 1'000);
}
