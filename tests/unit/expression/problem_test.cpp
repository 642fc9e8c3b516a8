#include <catch2/catch.hpp>

#include "base/catalogue.hpp"
#include "unit/expression/support.hpp"
#include "workflow/limits.hpp"

using namespace expression_test;

namespace {

struct Case {
    const char* source;
    const char* problem;
};

std::string repeated(std::string_view piece, std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text += piece;
    return text;
}

}  // namespace

TEST_CASE("a text that is no expression is refused where it goes wrong, with what was expected") {
    for (const auto& [source, problem] : std::initializer_list<Case>{
             {"", "expression-empty 0 []"},
             {"  // nothing", "expression-empty 0 []"},
             {"n &&", "expression-expected-operand 4 [&&]"},
             {"n == ", "expression-expected-operand 5 [==]"},
             {"n + * 2", "expression-expected-operand 4 [+]"},
             {"* 2", "expression-unexpected 0 [*]"},
             {"n n", "expression-unexpected 2 [n]"},
             {"n 'x'", "expression-unexpected 2 ['x']"},
             {"(n", "expression-unclosed 0 [( | )]"},
             {"(n]", "expression-expected-closing 2 [) | ]]"},
             {"n)", "expression-unexpected 1 [)]"},
             {"size(units", "expression-unclosed 4 [( | )]"},
             {"size(units n)", "expression-expected-closing 11 [) | n]"},
             {"size(units,", "expression-expected-operand 11 [,]"},
             {"[1, 2", "expression-unclosed 0 [[ | ]]"},
             {"[1, &&]", "expression-expected-operand 4 [,]"},
             {"units[0", "expression-unclosed 5 [[ | ]]"},
             {"{'a' 1}", "expression-expected-colon 5 []"},
             {"actor.", "expression-expected-name 6 []"},
             {"actor.'id'", "expression-expected-name 6 []"},
             {"yes ? 1", "expression-expected-colon 7 []"},
             {"title == 'abc", "expression-unclosed-text 9 [']"},
             {"title == 'abc\n'", "expression-unclosed-text 9 [']"},
             {"title == '''abc'", "expression-unclosed-text 9 [']"},
             {"n = 5", "expression-operator 2 [= | ==]"},
             {"yes and yes", "expression-operator 4 [and | &&]"},
             {"yes OR yes", "expression-operator 4 [OR | ||]"},
             {"not yes", "expression-operator 0 [not | !]"},
             {"not(yes)", "expression-operator 0 [not | !]"},
             {"yes & yes", "expression-operator 4 [& | &&]"},
             {"yes | yes", "expression-operator 4 [| | ||]"},
             {"n <> 5", "expression-operator 2 [<> | !=]"},
             {"title == ‘a’", "expression-curly-quote 9 [‘]"},
             {"n == đ", "expression-expected-operand 5 [==]"},
             {"'\\q'", "expression-escape 1 [\\q]"},
             {"'ab\\ud800'", "expression-escape 3 [\\u]"},
             {"9223372036854775808", "expression-number-range 0 [9223372036854775808]"},
             {"1e999", "expression-number-range 0 [1e999]"},
             {"1 == 18446744073709551616u", "expression-number-range 5 [18446744073709551616u]"},
             {"-1u", "expression-number-range 0 [-1u]"},
             {"b'\\u00e0'", "expression-escape 2 [\\u]"},
             {"while == 1", "expression-reserved-word 0 [while]"},
             {"actor.while", "expression-unknown-member 6 [while | id, roles, units]"},
             {"Dossier{id: 1}", "expression-no-messages 7 []"},
             {". == 1", "expression-expected-name 2 []"},
             {"actor.`id", "expression-expected-name 6 []"},
             {"'a\xff'", "expression-utf8 2 []"},
         }) {
        CAPTURE(source);
        CHECK(problems(source) == problem);
    }
}

TEST_CASE("a wrong name gets the nearest one") {
    for (const auto& [source, problem] : std::initializer_list<Case>{
             {"oponion == 'agreed'", "expression-unknown-name 0 [oponion | opinion]"},
             {"1 + nunbers.size()", "expression-unknown-name 4 [nunbers | numbers]"},
             {"opinion == agreed", "expression-unquoted 11 [agreed]"},
             {"title == urgent", "expression-unquoted 9 [urgent]"},
             {"urgent != title", "expression-unquoted 0 [urgent]"},
             {"title == titel", "expression-unknown-name 9 [titel | title]"},
             {"draft == 'x'", "expression-unknown-name 0 [draft | fields.draft]"},
             {"actor.ids", "expression-unknown-member 6 [ids | id]"},
             {"fields['drft']", "expression-unknown-member 7 [drft | draft]"},
             {"items.all(i, i.outcom == 'accurate')",
              "expression-unknown-member 15 [outcom | outcome]"},
             {"units.sice()", "expression-unknown-function 6 [sice | size]"},
             {"i > 0 && units.exists(i, i == '')", "expression-unknown-name 0 [i | n]"},
             {"opinion == 'agred'", "expression-no-option 11 [agred | agreed]"},
             {"'agred' != opinion", "expression-no-option 0 [agred | agreed]"},
             {"opinion in ['agreed', 'rejectd']", "expression-no-option 22 [rejectd | rejected]"},
             {"opinion == (yes ? 'agreed' : 'x')",
              "expression-no-option 29 [x | agreed, rejected]"},
             {"items.all(i, i.outcome == 'acurate')",
              "expression-no-option 26 [acurate | accurate]"},
         }) {
        CAPTURE(source);
        CHECK(problems(source) == problem);
    }
}

TEST_CASE("types that do not go together are refused at load") {
    for (const auto& [source, problem] : std::initializer_list<Case>{
             {"n == 'a'", "expression-type-mismatch 2 [== | integer | text]"},
             {"title < 1", "expression-type-mismatch 6 [< | text | integer]"},
             {"setup_limit < setup_limit", "expression-type-mismatch 12 [< | limit | limit]"},
             {"n < null", "expression-type-mismatch 2 [< | integer | null]"},
             {"n + 1.0", "expression-mixed-numbers 2 [+ | integer | number]"},
             {"title - 'a'", "expression-type-mismatch 6 [- | text | text]"},
             {"amount % 2.0", "expression-type-mismatch 7 [% | number | number]"},
             {"-title", "expression-operand 0 [- | text]"},
             {"published < now", "expression-date-with-instant 10 []"},
             {"now == signed_on", "expression-date-with-instant 4 []"},
             {"n && yes", "expression-not-boolean 0 [&& | integer]"},
             {"yes || title", "expression-not-boolean 7 [|| | text]"},
             {"!n", "expression-not-boolean 1 [! | integer]"},
             {"n ? 1 : 2", "expression-not-boolean 0 [? | integer]"},
             {"yes ? 1 : 'a'", "expression-branches 4 [integer | text]"},
             {"1 in units", "expression-type-mismatch 2 [in | integer | list of text]"},
             {"1 in n", "expression-type-mismatch 2 [in | integer | integer]"},
             {"title.size", "expression-no-members 6 [size | text]"},
             {"title[0]", "expression-no-index 5 [text]"},
             {"units['a']", "expression-index 6 [text]"},
             {"has(n)", "expression-has 4 []"},
             {"has(actor.id, 1)", "expression-arity 0 [has | 1 | 2]"},
             {"size()", "expression-arity 0 [size | 1 | 0]"},
             {"size(n)",
              "expression-arguments 0 [size | integer | size(text), size(bytes), size(list), "
              "size(map), size(record), text.size(), bytes.size(), list.size(), map.size(), "
              "record.size()]"},
             {"contains(title, 'a')", "expression-call-style 0 [contains | text.contains(text)]"},
             {"all(units, u, true)", "expression-call-style 0 [all | list.all(item, ...)]"},
             {"units.all(1, true)", "expression-macro-variable 10 [all]"},
             {"units.all(u)", "expression-arity 6 [all | 2-3 | 1]"},
             {"units.map(u, 1, 2, 3)", "expression-arity 6 [map | 2-3 | 4]"},
             {"n.filter(i, true)", "expression-not-a-list 2 [filter | integer]"},
             {"title.matches('a(')", "expression-pattern 14 [missing ): a(]"},
             {"title.matches(n)",
              "expression-arguments 6 [matches | text, integer | text.matches(text), "
              "matches(text, text)]"},
             {"timestamp('today') < now", "expression-conversion 10 [today | timestamp]"},
             {"duration('1 day') > duration('1h')", "expression-conversion 9 [1 day | duration]"},
             {"now - 1", "expression-type-mismatch 4 [- | instant | integer]"},
             {"now + now", "expression-type-mismatch 4 [+ | instant | instant]"},
             {"-(1u) == 1", "expression-operand 0 [- | unsigned integer]"},
             {"n + 1u", "expression-mixed-numbers 2 [+ | integer | unsigned integer]"},
             {"units.all(u, u, true)", "expression-macro-variable 13 [all]"},
             {"units.transformList(i, u)", "expression-arity 6 [transformList | 3-4 | 2]"},
             {"working_days(now, 3)",
              "expression-arguments 0 [working_days | instant, integer | working_days(date, date), "
              "working_days(date, instant), working_days(instant, date), "
              "working_days(instant, instant)]"},
             {"next('monday', 3)",
              "expression-arguments 0 [next | text, integer | next(text, date), next(text, "
              "instant)]"},
             {"plus(now, '3 workdays') > now", "not-a-limit 10 [3 workdays | 3 working days]"},
             {"open(1)", "expression-arguments 0 [open | integer | open(date), open(instant)]"},
             {"{amount: 1}", "expression-map-key 1 [number]"},
             {"{now: 1}", "expression-map-key 1 [instant]"},
             {"{n: 1}['a']", "expression-index 7 [text]"},
             {"{n: 1}.a", "expression-no-members 7 [a | map of integer to integer]"},
             {"{'a': 1, 'a': 2}", "expression-duplicate-key 9 [a]"},
             {"nn > 1 && tite == 1",
              "expression-unknown-name 0 [nn | n]; expression-unknown-name 10 [tite | title]"},
         }) {
        CAPTURE(source);
        CHECK(problems(source) == problem);
    }
}

TEST_CASE("the result must fit what is asked for") {
    const Type boolean = Type::of(Type::Kind::boolean);
    const Type text = Type::of(Type::Kind::text);
    const Type number = Type::of(Type::Kind::number);
    const Type instant = Type::of(Type::Kind::instant);
    const Type choice{.kind = Type::Kind::choice, .options = {"agreed", "rejected"}};
    Type limit = Type::of(Type::Kind::limit);
    CHECK(problems("n", boolean) == "expression-result 0 [boolean | integer]");
    CHECK(problems("maybe", boolean) == "expression-may-be-null 0 [boolean]");
    CHECK(problems("maybe != null && maybe", boolean).empty());
    CHECK(problems("note != null ? note : ''", text).empty());
    CHECK(problems("note == null ? '' : note", text).empty());
    CHECK(problems("has(fields.remark) ? fields.remark : ''", text).empty());
    CHECK(problems("n > 1 ? note : ''", text) == "expression-may-be-null 0 [text]");
    CHECK(problems("n", number).empty());
    CHECK(problems("opinion", text).empty());
    CHECK(problems("'agred'", choice) == "expression-no-option 0 [agred | agreed]");
    CHECK(problems("yes ? 'agreed' : 'rejected'", choice).empty());
    CHECK(problems("[]", Type::list_of(text)).empty());
    CHECK(problems("numbers", Type::list_of(text)) ==
          "expression-result 0 [list of text | list of integer]");
    CHECK(problems("appraisal_limit", limit) == "expression-may-be-null 0 [limit]");
    CHECK(problems("yes ? signed_on : now", instant).empty());
    limit.optional = true;
    CHECK(problems("appraisal_limit", limit).empty());
    CHECK(problems("yes ? setup_limit : null", limit).empty());
    CHECK(problems("yes ? setup_limit : appraisal_limit", limit).empty());
}

TEST_CASE("what only the run knows is checked when it runs") {
    const Type text = Type::of(Type::Kind::text);
    CHECK(evaluated("any_text", text) == "text");
    CHECK(evaluated("anything", text) == "error wrong-type 0");
    CHECK(evaluated("title", {.kind = Type::Kind::choice, .options = {"a"}}) ==
          "error wrong-type 0");
    CHECK(evaluated("yes ? signed_on : now", Type::of(Type::Kind::instant)) == "2017-04-25");
    CHECK(evaluated("any_list[2]", text) == "error null-value 8");
}

TEST_CASE("an expression may be as long as the limit and no longer") {
    const std::size_t limit = workflow::limits::expression_bytes_max;
    CHECK(problems("1" + std::string(limit - 1, ' ')).empty());
    CHECK(problems("1" + std::string(limit, ' ')) == "expression-too-long 16384 [16385 | 16384]");
    CHECK(problems(std::string(1024 * 1024, '(')) == "expression-too-long 16384 [1048576 | 16384]");
}

TEST_CASE("an expression may be nested as deep as the limit and no deeper") {
    const auto too_deep = [](const std::string& source) {
        return problems(source).starts_with("expression-too-deep");
    };
    CHECK(problems(repeated("(", 99) + "1" + repeated(")", 99)).empty());
    CHECK(too_deep(repeated("(", 100) + "1" + repeated(")", 100)));
    CHECK(problems(repeated("!", 99) + "yes").empty());
    CHECK(too_deep(repeated("!", 100) + "yes"));
    CHECK(problems("1" + repeated("+1", 99)).empty());
    CHECK(too_deep("1" + repeated("+1", 100)));
    CHECK(problems(repeated("yes?1:", 99) + "2").empty());
    CHECK(too_deep(repeated("yes?1:", 100) + "2"));
    CHECK(too_deep(repeated("(", 10'000)));
    CHECK(too_deep(repeated("[", 10'000)));
    CHECK(too_deep(repeated("-", 10'000) + "n"));
    CHECK(too_deep(repeated("{'a':", 3'000)));
    CHECK(too_deep(repeated("size(", 3'000)));
    CHECK(too_deep("n" + repeated(".a", 5'000)));
    CHECK(problems("yes" + repeated(" || yes", 2'000)).empty());
}

TEST_CASE("work without end stops at the cost limit") {
    std::string nested = "true";
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h"}) {
        nested = "[1,2,3,4,5,6,7,8,9,10].all(" + std::string(name) + ", " + nested + ")";
    }
    // 10 + 10^2 + ... + 10^8 times three steps: seen before it runs.
    CHECK(evaluated(nested) == "problem expression-too-costly 0");
    CHECK(evaluated("any_list.all(a, any_list.all(b, any_list.all(c, true)))") ==
          "problem expression-too-costly 0");
    CHECK(evaluated("any_list.all(a, any_list.all(b, true))") == "true");
    CHECK(evaluated("['0123456789abcdef']" + repeated(".map(x, x + x)", 40))
              .starts_with("error text-too-long"));
    CHECK(evaluated("[1]" + repeated(".map(x, [x, x])", 60)).starts_with("error cost-limit"));
    // Counted before anything else looks at it.
    CHECK(evaluated("[dyn(1)]" + repeated(".map(x, [x, x])", 60)).starts_with("error cost-limit"));
    CHECK(evaluated("size([1]" + repeated(".map(x, [x, x])", 60) + ")") == "1");
    const std::string doubled = "[1]" + repeated(".map(x, [x, x])", 40);
    CHECK(evaluated(doubled + " == " + doubled).starts_with("error cost-limit"));
}

TEST_CASE("a result that no dossier can hold is refused where the type tells, else when it runs") {
    for (const auto& [source, problem] : std::initializer_list<Case>{
             {"1u", "expression-not-storable 0 [unsigned integer]"},
             {"b'a'", "expression-not-storable 0 [bytes]"},
             {"now - now", "expression-not-storable 0 [duration]"},
             {"type(n)", "expression-not-storable 0 [type]"},
             {"[1u]", "expression-not-storable 0 [list of unsigned integer]"},
             {"{n: 1}", "expression-not-storable 0 [map of integer to integer]"},
             {"{'a': 1u}", "expression-not-storable 0 [map of text to unsigned integer]"},
         }) {
        CAPTURE(source);
        CHECK(problems(source) == problem);
    }
    CHECK(evaluated("dyn(1u)") == "error not-storable 0");
    CHECK(evaluated("now + duration('1ns')") == "error not-storable 4");
    CHECK(evaluated("{'at': now + duration('1ns')}") == "error not-storable 0");
    CHECK(evaluated("now + duration('1ms')") == "2017-06-08T17:00:00.001+07:00");
    CHECK(evaluated("{dyn(1): 'x'}") == "error not-storable 0");
    CHECK(evaluated("{dyn('a'): 'x'}") == "{a: x}");
    CHECK(evaluated("[dyn(1u)]") == "error not-storable 0");
    CHECK(evaluated("1u < 2u && b'a' != b'b' && type(n) == int && {n: 1}[n] == 1") == "true");
}

TEST_CASE("every problem and error has its sentences in English and Vietnamese") {
    for (const auto& entry : workflow::base::expression_catalogue()) {
        CAPTURE(entry.code);
        CHECK_FALSE(entry.message_en.empty());
        CHECK_FALSE(entry.mend_en.empty());
        CHECK_FALSE(entry.message_vi.empty());
        CHECK_FALSE(entry.mend_vi.empty());
    }
}
