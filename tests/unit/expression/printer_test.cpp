#include "expression/printer.hpp"

#include <catch2/catch.hpp>
#include <random>

#include "expression/parser.hpp"
#include "support/syntax_tree.hpp"
#include "unit/expression/random_syntax.hpp"

using namespace expression_test;
using namespace workflow::expression;
using workflow::Bytes;
using workflow::ExpressionProblem;
using workflow::Value;

namespace {

/// The tree of a source that must be one.
Tree parsed(std::string_view source) {
    auto read = parse(source);
    if (const auto* problem = std::get_if<ExpressionProblem>(&read)) {
        FAIL("'" << source << "' -> " << problem->code << " " << problem->offset);
    }
    return std::get<Tree>(std::move(read));
}

std::string printed(std::string_view source) {
    return print(parsed(source));
}

void check_reads_back(const Tree& tree) {
    const std::string text = print(tree);
    if (!same_tree(tree, parsed(text))) FAIL("read as another tree: " << text);
}

Tree tree_of(Value literal) {
    Tree tree;
    tree.nodes.push_back({.syntax = Syntax::literal, .literal = std::move(literal)});
    return tree;
}

/// Where the bracket that opens at `open` closes; literals are skipped.
std::size_t closing(std::string_view text, std::size_t open) {
    std::size_t depth = 0;
    char quote = '\0';
    for (std::size_t i = open; i < text.size(); ++i) {
        const char character = text[i];
        if (quote != '\0') {
            if (character == '\\') ++i;
            if (character == quote) quote = '\0';
        } else if (character == '\'' || character == '"') {
            quote = character;
        } else if (character == '(') {
            ++depth;
        } else if (character == ')' && --depth == 0) {
            return i;
        }
    }
    return text.size();
}

/// The first pair of parentheses without which `text` still says the same, or npos.
std::size_t needless_parenthesis(const Tree& tree, const std::string& text) {
    char quote = '\0';
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (quote != '\0') {
            if (text[i] == '\\')
                ++i;
            else if (text[i] == quote)
                quote = '\0';
            continue;
        }
        if (text[i] == '\'' || text[i] == '"') quote = text[i];
        if (text[i] != '(') continue;
        std::string without = text;
        without[i] = ' ';
        without[closing(text, i)] = ' ';
        const auto read = parse(without);
        const auto* other = std::get_if<Tree>(&read);
        if (other != nullptr && same_tree(tree, *other)) return i;
    }
    return std::string::npos;
}

struct Line {
    const char* source;
    const char* printed;
};

}  // namespace

TEST_CASE("an expression is printed with the parentheses that it needs") {
    const Line line = GENERATE(values<Line>({
        {"((a))", "a"},
        {"(a*b)+c", "a * b + c"},
        {"a*(b+c)", "a * (b + c)"},
        {"(a-b)-c", "a - b - c"},
        {"a-(b-c)", "a - (b - c)"},
        {"a/(b*c)", "a / (b * c)"},
        {"(a%b)*c", "a % b * c"},
        {"(a<b)==c", "a < b == c"},
        {"a<(b==c)", "a < (b == c)"},
        {"a in(b in c)", "a in (b in c)"},
        {"(a in b)in c", "a in b in c"},
        {"a&&b&&c", "a && b && c"},
        {"(a&&b)&&c", "(a && b) && c"},
        {"a&&(b&&c)", "a && (b && c)"},
        {"a||(b&&c)", "a || b && c"},
        {"(a||b)&&c", "(a || b) && c"},
        {"((a||b))||c", "(a || b) || c"},
        {"a?b:(c?d:e)", "a ? b : c ? d : e"},
        {"a?(b?c:d):e", "a ? (b ? c : d) : e"},
        {"(a?b:c)?d:e", "(a ? b : c) ? d : e"},
        {"(a||b)?c:(d||e)", "a || b ? c : d || e"},
        {"[(a?b:c),]", "[a ? b : c]"},
        {"{(a?b:c):(d?e:f),}", "{a ? b : c: d ? e : f}"},
        {"f((a||b),(c))", "f(a || b, c)"},
        {"(a.b).c[(d+e)]", "a.b.c[d + e]"},
        {"(a+b).c", "(a + b).c"},
        {"(-a).b", "(-a).b"},
        {"(!a)[0]", "(!a)[0]"},
        {"(a?b:c).size()", "(a ? b : c).size()"},
        {"!(a.b())", "!a.b()"},
        {"!(a==b)", "!(a == b)"},
        {"(!a)==b", "!a == b"},
        {"! ! !a", "!!!a"},
        {"!(!a)", "!!a"},
        {"-(!a)", "-(!a)"},
        {"!(-a)", "!(-a)"},
        {"!(-1)", "!-1"},
        {"a // what\n + // and\r\n b", "a + b"},
    }));
    CHECK(printed(line.source) == line.printed);
}

TEST_CASE("a minus before a number is printed as what it was read as") {
    const Line line = GENERATE(values<Line>({
        {"-1", "-1"},
        {"(-1)", "-1"},
        {"- 1", "- 1"},
        {"-(1)", "- 1"},
        {"- -1", "-- 1"},
        {"--1", "-- 1"},
        {"-(-1)", "-(-1)"},
        {"-(-(-1))", "--(-1)"},
        {"---a", "---a"},
        {"-(-a)", "--a"},
        {"-(-1).a", "-(-1.a)"},
        {"-1.a", "-1.a"},
        {"(-1).a", "-1.a"},
        {"-(1 .a)", "- 1.a"},
        {"- 1 .a", "- 1.a"},
        {"-(1.5)", "- 1.5"},
        {"-(-0.0)", "-(-0.0)"},
        {"-.a", "-.a"},
        {"- .5", "- 0.5"},
        {"-(1u)", "- 1u"},
        {"a-1", "a - 1"},
        {"a - -1", "a - -1"},
        {"a-(-1)", "a - -1"},
        {"a- - 1", "a - - 1"},
        {"a-(-b)", "a - -b"},
        {"-(a-b)", "-(a - b)"},
        {"(-a)*b", "-a * b"},
        {"a*(-b)", "a * -b"},
        {"-(a*b)", "-(a * b)"},
        {"1 .a", "1.a"},
        {"1.e5", "1.e5"},
        {"1.5.a", "1.5.a"},
        {"1u.a", "1u.a"},
        {"0x1f.a", "31.a"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"-(-9223372036854775808)", "-(-9223372036854775808)"},
        {"-[1]", "-[1]"},
        {"-'1'", "-'1'"},
    }));
    CHECK(printed(line.source) == line.printed);
}

TEST_CASE("a literal is printed in its shortest usual spelling") {
    const Line line = GENERATE(values<Line>({
        {"1.0", "1.0"},
        {"-0.0", "-0.0"},
        {"1e300", "1e+300"},
        {"5e-324", "5e-324"},
        {"1e3", "1000.0"},
        {".1", "0.1"},
        {"0.30000000000000004", "0.30000000000000004"},
        {"1.7976931348623157e308", "1.7976931348623157e+308"},
        {"0xFFu", "255u"},
        {"18446744073709551615u", "18446744073709551615u"},
        {"-0x10", "-16"},
        {"'it'", "'it'"},
        {"\"it\"", "'it'"},
        {"\"it's\"", "\"it's\""},
        {"'''it's \"it\"'''", "'it\\'s \"it\"'"},
        {"r'a\\b'", "'a\\\\b'"},
        {"'\\a\\b\\f\\n\\r\\t\\v'", "'\\a\\b\\f\\n\\r\\t\\v'"},
        {"'\\x00\\x1b\\x7f'", "'\\x00\\x1b\\x7f'"},
        {"'\\u0085\\u009f\\u00a0'", "'\\u0085\\u009f\u00a0'"},
        {"'\\U0001F600 đề'", "'😀 đề'"},
        {"'\\?\\`'", "'?`'"},
        {"b'\\x00a\\377'", "b'\\x00a\\xff'"},
        {"b'đ'", "b'\\xc4\\x91'"},
        {"rb'\\x'", "b'\\\\x'"},
        {"true", "true"},
        {"null", "null"},
    }));
    CHECK(printed(line.source) == line.printed);
}

TEST_CASE("a name is printed between backquotes only where it must be") {
    const Line line = GENERATE(values<Line>({
        {"a.`b`", "a.b"},
        {"a.`b-c`", "a.`b-c`"},
        {"a.`b.c`.d", "a.`b.c`.d"},
        {"a.`b c/d`", "a.`b c/d`"},
        {"a.`in`", "a.`in`"},
        {"a.`true`.`null`", "a.`true`.`null`"},
        {"a.`inner`", "a.inner"},
        {"a.`1st`", "a.`1st`"},
        {"a.if.for.while", "a.if.for.while"},
        {"a.`b-c`(d)", "a.`b-c`(d)"},
        {".a", ".a"},
        {". a.b", ".a.b"},
        {".f( .a )", ".f(.a)"},
        {"[.a,.b]", "[.a, .b]"},
        {"a?.b:.c", "a ? .b : .c"},
        {"a in .b", "a in .b"},
        {"has(a.b)&&a.all(x,x.map(y,y)==[])", "has(a.b) && a.all(x, x.map(y, y) == [])"},
    }));
    CHECK(printed(line.source) == line.printed);
}

TEST_CASE("every character of a text and every octet of bytes reads back") {
    for (int code = 0; code < 256; ++code) {
        const auto octet = static_cast<char>(code);
        check_reads_back(tree_of(Bytes{{octet}}));
        check_reads_back(tree_of(Bytes{{'\\', octet, '\''}}));
        if (code < 0x80) {
            check_reads_back(tree_of(std::string{octet}));
            check_reads_back(tree_of(std::string{'"', octet, '\''}));
        } else {
            const auto lead = static_cast<char>(0xc0 | code >> 6);
            const auto trail = static_cast<char>(0x80 | (code & 0x3f));
            check_reads_back(tree_of(std::string{lead, trail}));
        }
    }
}

TEST_CASE("random trees are printed so that they read back, without a needless parenthesis") {
    const std::uint32_t seed = 20261124;
    std::mt19937 random(seed);
    for (std::size_t i = 0; i < 10'000; ++i) {
        INFO("seed " << seed << ", tree " << i << "; repeat: test_expression 'random trees*'");
        const Tree tree = random_tree(random, i % 6);
        check_reads_back(tree);
        const std::string text = print(tree);
        if (const auto at = needless_parenthesis(tree, text); at != std::string::npos) {
            FAIL("needless parenthesis at byte " << at << ": " << text);
        }
    }
}

TEST_CASE("random sources are printed so that they read back, and the same when printed again") {
    const std::uint32_t seed = 20261125;
    std::mt19937 random(seed);
    std::size_t parsed_count = 0;
    for (int i = 0; i < 10'000; ++i) {
        INFO("seed " << seed << ", source " << i << "; repeat: test_expression 'random sources*'");
        const std::string source = random_source(random, 4);
        const auto read = parse(source);
        const auto* tree = std::get_if<Tree>(&read);
        if (tree == nullptr) continue;
        ++parsed_count;
        check_reads_back(*tree);
        const std::string text = print(*tree);
        if (printed(text) != text) FAIL("printed differently again: " << text);
    }
    CHECK(parsed_count > 5'000);
}
