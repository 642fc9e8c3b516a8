// CEL beyond what a dossier holds: cel-spec's language definition, section by section. Expected
// values are worked out by hand from it.
#include <catch2/catch.hpp>

#include "unit/expression/cases.hpp"
#include "unit/expression/support.hpp"

using namespace expression_test;

namespace {

void check_all(std::initializer_list<Case> cases) {
    check_each(cel_value, cases);
}

}  // namespace

TEST_CASE("unsigned integers count exactly, or fail") {
    check_all({
        {"1u + 2u * 3u", "7u"},
        {"0xffu", "255u"},
        {"18446744073709551615u", "18446744073709551615u"},
        {"18446744073709551615u + 1u", "error overflow 22"},
        {"1u - 2u", "error overflow 3"},
        {"7u / 2u", "3u"},
        {"7u % 4u", "3u"},
        {"7u / 0u", "error division-by-zero 3"},
        {"dyn(1) + 1u", "error wrong-type 7"},
        {"-dyn(1u)", "error wrong-type 0"},
    });
}

TEST_CASE("numbers of three kinds compare by what they stand for") {
    check_all({
        {"1 == 1u && 1u == 1.0 && 1.0 == 1", "true"},
        {"-1 < 0u", "true"},
        {"0u > -1", "true"},
        {"9223372036854775807 < 9223372036854775808u", "true"},
        {"1u < 1.5", "true"},
        {"1.5 > 1u", "true"},
        {"0.0 == -0.0", "true"},
        {"double('NaN') == double('NaN')", "false"},
        {"double('NaN') < 1.0 || double('NaN') >= 1.0", "false"},
        {"2u in [1, 2, 3]", "true"},
        {"[1u, 2.0] == [1, 2]", "true"},
    });
}

TEST_CASE("bytes are octets") {
    check_all({
        {"size(b'\\xff\\000a')", "3"},
        {"b'a' + b'b' == b'ab'", "true"},
        {"b'\\377' == bytes('\\377')", "false"},
        {"bytes('ÿ') == b'\\303\\277'", "true"},
        {"b'ÿ' == bytes('ÿ')", "true"},
        {"br'\\n' == b'\\\\n' && Rb'\\n'.size() == 2", "true"},
        {"string(b'\\303\\277')", "ÿ"},
        {"string(b'\\xff')", "error no-conversion 0"},
        {"b'a' < b'b' && b'a' < b'aa'", "true"},
        {"b'a' == dyn('a')", "false"},
    });
}

TEST_CASE("maps are looked up by any key that is equal") {
    check_all({
        {"{1: 'a', 2u: 'b', true: 'c', 'd': 'e'}[2]", "b"},
        {"{1: 'a'}[1.0]", "a"},
        {"{1: 'a'}[dyn('x')]", "error no-such-entry 8"},
        {"{1: 'a'}[2]", "error no-such-entry 8"},
        {"1.0 in {1: 'a'} && !(2 in {1: 'a'})", "true"},
        {"{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", "true"},
        {"{1: 'a', 2: 'b'} == {2u: 'b', 1.0 == 1 ? 1 : 2: 'a'}", "true"},
        {"{1: 'a'} == {'1': 'a'}", "false"},
        {"{dyn(1): 1, dyn(1u): 2}", "error repeated-key 0"},
        {"{dyn(null): 1}", "error map-key 0"},
        {"size({1: 2, 3: 4}) + {'a': 1}.size()", "3"},
        {"{'a.b': 1}.`a.b`", "1"},
        {"{'while': 1}.while", "1"},
        {"has({'a': null}.a) && !has({'a': 1}.b)", "true"},
        {"{dyn('a'): 1}.a", "1"},
        {"[{1: 2}][0][1]", "2"},
        {"['a', 'b'][dyn(1u)] + ['a'][dyn(0.0)]", "ba"},
        {"['a'][dyn(0.5)]", "error wrong-type 5"},
    });
}

TEST_CASE("macros run over lists and maps, by one variable or two") {
    check_all({
        {"{'a': 1, 'b': 2}.all(k, k in ['a', 'b'])", "true"},
        {"{'a': 1, 'b': 2}.exists_one(k, k == 'a')", "true"},
        {"{'a': 1, 'b': 2}.map(k, k + k)", "[aa, bb]"},
        {"{1: 'x', 2: 'y'}.filter(k, k > 1)", "[2]"},
        {"[5, 6].all(i, v, v == i + 5)", "true"},
        {"[5, 6].exists(i, v, i == 1 && v == 6)", "true"},
        {"[1, 1].existsOne(i, v, i == v)", "true"},
        {"{'a': 1}.all(k, v, k == 'a' && v == 1)", "true"},
        {"[5, 6].transformList(i, v, i * 10 + v)", "[5, 16]"},
        {"[5, 6].transformList(i, v, i > 0, v)", "[6]"},
        {"{'a': 1, 'b': 2}.transformMap(k, v, v * 10)", "{a: 10, b: 20}"},
        {"{'a': 1, 'b': 2}.transformMap(k, v, k != 'a', k + '!')", "{b: b!}"},
        {"[7, 8].transformMap(i, v, v)", "{0: 7, 1: 8}"},
        {"[1, 2].all(x, [3].exists(x, x == 3))", "true"},
        {"[1, 'a', 2].exists(x, x == 2)", "true"},
        {"[1, 0].exists(x, 1 / x == 1)", "true"},
        {"[0, 0].exists(x, 1 / x == 1)", "error division-by-zero 19"},
        {"[].map(x, x.y)", "[]"},
    });
}

TEST_CASE("conversions read what CEL reads") {
    check_all({
        {"uint('18446744073709551615')", "18446744073709551615u"},
        {"uint(dyn(-1))", "error overflow 0"},
        {"uint(3.9)", "3u"},
        {"uint(-0.5)", "error overflow 0"},
        {"int(7u)", "7"},
        {"int(18446744073709551615u)", "error overflow 0"},
        {"double(3u)", "3"},
        {"string(3u)", "3"},
        {"bool('TRUE') && bool('1') && !bool('f')", "true"},
        {"bool(title)", "error no-conversion 0"},
        {"int(timestamp('1970-01-01T00:01:00Z'))", "60"},
        {"timestamp(60) == timestamp('1970-01-01T00:01:00Z')", "true"},
        {"timestamp(dyn(253402300800))", "error time-range 0"},
        {"string(duration('90m'))", "5400s"},
        {"string(timestamp('2009-02-13T23:31:30.5+07:00'))", "2009-02-13T16:31:30.5Z"},
        {"duration(duration('1s')) == duration('1000ms')", "true"},
    });
}

TEST_CASE("a type is a value, too") {
    check_all({
        {"type(1) == int && type(1u) == uint && type(1.0) == double", "true"},
        {"type('a') == string && type(b'a') == bytes && type(null) == null_type", "true"},
        {"type([]) == list && type({}) == map && type({1: 2}) == map", "true"},
        {"type(type(1)) == type && type(int) == type", "true"},
        {"type(now) == google.protobuf.Timestamp", "true"},
        {"type(now - now) == google.protobuf.Duration", "true"},
        {"type(1) == type(1u)", "false"},
        {"type(published)", "google.protobuf.Timestamp"},
        {"type(setup_limit)", "limit"},
    });
}

TEST_CASE("timestamps and durations are reckoned with exactly") {
    check_all({
        {"timestamp('2017-04-25T08:00:00Z') + duration('24h')", "2017-04-26T15:00:00+07:00"},
        {"duration('1h') + timestamp('2017-04-25T08:00:00Z') - duration('30m')",
         "2017-04-25T15:30:00+07:00"},
        {"timestamp('2017-04-25T08:00:00Z') - timestamp('2017-04-24T07:59:59Z')", "86401s"},
        {"duration('1h') - duration('90m')", "-1800s"},
        {"duration('1h') > duration('59m') && duration('60m') == duration('1h')", "true"},
        {"timestamp('9999-12-31T23:59:59Z') + duration('1s')", "error time-range 34"},
        {"timestamp('2017-04-25T08:00:00.000000001Z') > timestamp('2017-04-25T08:00:00Z')", "true"},
        {"timestamp('2017-04-25T08:00:00.000000001Z') == timestamp('2017-04-25T08:00:00Z')",
         "false"},
        // 8 June less 25 April: 44 days, by whole days.
        {"published - signed_on == duration('1056h')", "true"},
        // 8 June at midnight in the calendar's zone, which is +07:00.
        {"timestamp(published) == timestamp('2017-06-08T00:00:00+07:00')", "true"},
        {"published + duration('17h') == now", "true"},
    });
}

TEST_CASE("parts of a timestamp are those of UTC, of an offset, or of the calendar's zone") {
    // 17:00 at +07:00 is 10:00 UTC, on a Thursday.
    check_all({
        {"now.getHours()", "10"},
        {"now.getHours('+07:00')", "17"},
        {"now.getHours('UTC')", "10"},
        {"now.getHours('-11:30')", "22"},
        {"now.getDate('-11:30')", "7"},
        {"now.getHours('Asia/Ho_Chi_Minh')", "17"},
        {"now.getHours('America/New_York')", "error unknown-zone 4"},
        {"now.getFullYear() * 10000 + (now.getMonth() + 1) * 100 + now.getDate()", "20170608"},
        {"[now.getDayOfWeek(), now.getDayOfMonth(), now.getDayOfYear()]", "[4, 7, 158]"},
        {"published.getDate() * 100 + published.getHours()", "800"},
        {"published.getDate('-11:00')", "8"},
        {"duration('3725.5s').getHours()", "1"},
        {"duration('3725.5s').getMinutes()", "62"},
        {"duration('3725.5s').getSeconds()", "3725"},
        {"duration('3725.5s').getMilliseconds()", "500"},
        {"duration('1h').getFullYear()", "problem expression-arguments 15"},
    });
}

TEST_CASE("a zone that only a calendar may know is told") {
    const auto zones = [](const char* source) {
        const auto compiled = Expression::compile(source, dossier().variables, {});
        const auto found = std::get<Expression>(compiled).zones();
        return std::vector<std::string>(found.begin(), found.end());
    };
    CHECK(zones("now.getHours('UTC') + now.getHours('-03:30') + now.getHours(title)").empty());
    CHECK(zones("now.getHours('Asia/Ho_Chi_Minh') + now.getDate('Asia/Ho_Chi_Minh')") ==
          std::vector<std::string>{"Asia/Ho_Chi_Minh"});
}

TEST_CASE("working days are counted without the first day and with the last") {
    // Civil Code 91/2015, art. 147: the first day is not counted.
    check_all({
        {"working_days(timestamp('2017-06-05T03:00:00Z'), timestamp('2017-06-08T03:00:00Z'))", "3"},
        {"working_days(published, published)", "0"},
        {"working_days(timestamp('2017-06-09T03:00:00Z'), timestamp('2017-06-12T03:00:00Z'))", "1"},
        {"working_days(timestamp('2017-06-12T03:00:00Z'), timestamp('2017-06-09T03:00:00Z'))",
         "-1"},
        {"add_working_days(published, 1)", "2017-06-09"},
        {"add_working_days(published, 2)", "2017-06-12"},
        {"add_working_days(now, 0)", "2017-06-08"},
        {"add_working_days(published, -3)", "2017-06-05"},
        {"working_days(published, add_working_days(published, 17))", "17"},
        {"add_working_days(published, 9223372036854775807)", "error beyond-calendar 0"},
        {"working_days(published, timestamp('9999-01-01T00:00:00Z'))", "error beyond-calendar 0"},
    });
    CHECK(unchecked_value("working_days(published, now)") == "error no-calendar 0");
}

TEST_CASE("a limit is added and taken away as a clock counts it [R53]") {
    // Thursday 8 June 2017, 17:00.
    check_all({
        {"plus(now, '3 working days')", "2017-06-13T17:00:00+07:00"},
        {"plus(published, '2 days')", "2017-06-12T17:00:00+07:00"},
        {"plus(now, '90 minutes')", "2017-06-08T18:30:00+07:00"},
        {"plus(now, setup_limit) > plus(now, '29 working days')", "true"},
        {"minus(now, '4 working days')", "2017-06-02T17:00:00+07:00"},
        {"minus(now, '1 month')", "2017-05-08T17:00:00+07:00"},
        {"minus(timestamp('2017-03-31T02:00:00Z'), '1 month')", "2017-02-28T09:00:00+07:00"},
        {"minus(now, '2 hours')", "2017-06-08T15:00:00+07:00"},
        {"minus(now, '3 working hours')", "error limit-backwards 0"},
        {"plus(now, title)", "error no-limit 0"},
        {"plus(now, '10 years')", "error beyond-calendar 0"},
        {"minus(now, '2016 years').getFullYear()", "1"},
        {"minus(now, '2017 years')", "error beyond-calendar 0"},
        {"minus(now, '1000000 years')", "error beyond-calendar 0"},
        {"minus(now, '1000000 weeks')", "error beyond-calendar 0"},
    });
}

TEST_CASE("opening hours are those of the calendar [R53]") {
    check_all({
        {"open(timestamp('2017-06-08T01:00:00Z'))", "true"},
        {"open(timestamp('2017-06-08T05:30:00Z'))", "false"},
        {"opening(now)", "2017-06-08T08:00:00+07:00"},
        {"closing(published)", "2017-06-08T17:00:00+07:00"},
        {"next('monday', now)", "2017-06-12"},
        {"next_open(now)", "2017-06-09T08:00:00+07:00"},
        {"clock(now)", "17:00"},
        {"clock(timestamp('2017-06-08T01:05:00Z'))", "08:05"},
    });
}

TEST_CASE("a question is answered by whoever runs the expression [R53]") {
    struct Known : workflow::Answers {
        [[nodiscard]] Value answer(std::size_t question, std::size_t subject,
                                   const Value& since) const override {
            const bool has_since = !since.is_null();
            return static_cast<std::int64_t>(question * 100 + subject * 10 + (has_since ? 1 : 0));
        }
    };
    using Since = workflow::Question::Since;
    const Type integer = Type::of(Type::Kind::integer);
    const std::vector<workflow::Question> questions{
        {"times", {"ask", "remind"}, integer, Since::optional}, {"visits", {"ask"}, integer}};
    const auto value = [&](const char* source, const workflow::Answers* answers) -> std::string {
        const auto compiled =
            Expression::compile(source, dossier().variables, {}, {.questions = questions});
        if (const auto* problems = std::get_if<1>(&compiled)) return problems->front().code;
        const Dossier data = dossier();
        const std::array frames{std::span<const Value>(data.values)};
        const auto& expression = std::get<Expression>(compiled);
        CHECK_FALSE(expression.is_constant());
        const auto result = expression.evaluate(frames, {nullptr, answers});
        if (const auto* error = std::get_if<workflow::EvaluationError>(&result)) return error->code;
        return to_string(std::get<Value>(result), {});
    };
    const Known known;
    CHECK(value("times('remind')", &known) == "10");
    CHECK(value("times('ask', now)", &known) == "1");
    CHECK(value("visits('ask') + times('remind', signed_on)", &known) == "111");
    CHECK(value("times('remind')", nullptr) == "no-answer");
    CHECK(value("times('remnd')", &known) == "expression-unknown-subject");
    CHECK(value("times(title)", &known) == "expression-name-in-quotes");
    CHECK(value("times()", &known) == "expression-arity");
    CHECK(value("visits('ask', now)", &known) == "expression-arity");
    CHECK(value("times('ask', 3)", &known) == "expression-arguments");
}

TEST_CASE("a pattern matches any part of a text, in linear time") {
    check_all({
        {"'hồ sơ 12/2017'.matches('[0-9]+/[0-9]{4}$')", "true"},
        {"matches('abc', '^b')", "false"},
        {"'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'.matches('(a*)*b')", "false"},
        {"'a'.matches('(')", "problem expression-pattern 12"},
        {"'a'.matches('a' + '(')", "error no-pattern 4"},
        {"'a'.matches(title + 'x') || true", "true"},
    });
}

TEST_CASE("a leading dot passes by the variables of macros") {
    check_all({
        {"[1].all(n, n == 1)", "true"},
        {"[1].all(n, .n == 1)", "false"},
        {".title == title", "true"},
    });
}

TEST_CASE("unchecked, everything is left to the run") {
    check_each(unchecked_value, {
                                    {"nobody || true", "true"},
                                    {"nobody", "error unknown-name 0"},
                                    {"f(1) || true", "true"},
                                    {"f(1)", "error unknown-function 0"},
                                    {"title.g() || true", "true"},
                                    {"size(1, 2)", "error unknown-function 0"},
                                    {"false && 32", "false"},
                                    {"'a' || true", "true"},
                                    {"1 + 'a'", "error wrong-type 2"},
                                    {"1 < 'a'", "error wrong-type 2"},
                                    {"[1] < [2]", "error wrong-type 4"},
                                    {"1.5 % 1.0", "error wrong-type 4"},
                                    {"!0", "error wrong-type 1"},
                                    {"n.x", "error wrong-type 2"},
                                    {"{null: 1}[null]", "error map-key 0"},
                                    {"1.0 == 1", "true"},
                                    {"int == type(1)", "true"},
                                });
}

TEST_CASE("names are looked up in the container first, and as a whole before their parts") {
    const std::vector<workflow::Variable> variables{
        {"x.y", Type::of(Type::Kind::integer), {0, 0}},
        {"y", Type::of(Type::Kind::integer), {0, 1}},
        {"a.b", Type::map_of(Type::of(Type::Kind::text), Type::of(Type::Kind::integer)), {0, 2}},
        {"a.b.c", Type::of(Type::Kind::integer), {0, 3}},
    };
    const std::vector<Value> values{1, 2, workflow::Members{{"c", 3}, {"d", 5}}, 4};
    const auto value = [&](const char* source, const char* container) {
        const auto compiled = Expression::compile(source, variables, {}, {.container = container});
        const std::array frames{std::span<const Value>(values)};
        const auto result = std::get<Expression>(compiled).evaluate(frames);
        return to_string(std::get<Value>(result), {});
    };
    CHECK(value("y", "") == "2");
    CHECK(value("y", "x") == "1");
    CHECK(value("y", "x.z") == "1");
    CHECK(value(".y", "x") == "2");
    CHECK(value("a.b.c", "") == "4");
    CHECK(value("a.b.d", "") == "5");
    CHECK(value("b.c", "a") == "4");
    CHECK(value("[{'b': {'c': 9}}].map(a, a.b.c)[0]", "") == "9");
}

TEST_CASE("what the checker finds out is what CEL deduces") {
    for (const auto& [source, expected] : std::initializer_list<Case>{
             {"[]", "list of any"},
             {"[[], [1]]", "list of list of integer"},
             {"[1, 'a']", "list of any"},
             {"[1, 2u]", "list of any"},
             {"{1: 'a'}", "map of integer to text"},
             {"{'a': 1}", "map of text to integer"},
             {"{1: 'a', 'b': 2}", "map of any to any"},
             {"[].map(x, x)[0].foo", "any"},
             {"[1].transformMap(i, v, 'a')", "map of integer to text"},
             {"[] + [1]", "list of integer"},
             {"{'a': [1]}.a[0]", "integer"},
             {"now - now", "duration"},
             {"n > 0 ? 1u : 2u", "unsigned integer"},
         }) {
        CAPTURE(source);
        const auto compiled =
            Expression::compile(source, dossier().variables, {},
                                {.results = workflow::ExpressionSettings::Results::all});
        CHECK(to_string(std::get<Expression>(compiled).type()) == expected);
    }
}
