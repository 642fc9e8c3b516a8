#include <catch2/catch.hpp>

#include "unit/expression/cases.hpp"
#include "unit/expression/support.hpp"

using namespace expression_test;

namespace {

void check_all(std::initializer_list<Case> cases) {
    check_each([](std::string_view source) { return evaluated(source); }, cases);
}

}  // namespace

TEST_CASE("the expressions of the onboarding procedure have the values that its rules ask for") {
    check_all({
        {"setup_counts_from == 'signature' ? signed_on : now", "2017-04-25"},
        {"setup_counts_from == 'receipt' ? signed_on : now", "2017-06-08T17:00:00+07:00"},
        {"items.filter(i, i.outcome == 'objected').map(i, i.item)", "[health]"},
        {"items.all(i, i.outcome == 'accurate')", "false"},
        {"opinion == 'agreed' && objections.size() > 0 ? objections : units", "[health]"},
        {"opinion == 'rejected' && objections.size() > 0 ? objections : units",
         "[culture, health]"},
        {"size(units) > 0", "true"},
        {"fields.draft != ''", "true"},
        {"finished == opened", "true"},
        {"actor.id == 'lan'", "true"},
        {"'culture' in actor.units", "true"},
        {"appraisal_limit", "-"},
        {"setup_limit", "30 working days"},
    });
}

TEST_CASE("literals mean what CEL says") {
    check_all({
        {"1", "1"},
        {"-9223372036854775808", "-9223372036854775808"},
        {"9223372036854775807", "9223372036854775807"},
        {"0xff", "255"},
        {"-0x10", "-16"},
        {"1.5", "1.5"},
        {".5", "0.5"},
        {"1e3", "1000"},
        {"-2.5e-1", "-0.25"},
        {"1e-400", "0"},
        {"true", "true"},
        {"null", "-"},
        {"'a'", "a"},
        {"\"it's\"", "it's"},
        {R"('\'\n\x41\u0111\U0001F600\101\\')", "'\nAđ😀A\\"},
        {R"(r'\n')", "\\n"},
        {"'''a'b\nc'''", "a'b\nc"},
        {"\"\"\"a\"b\"\"\"", "a\"b"},
        {"''", ""},
        {"[1, 'a', [2],]", "[1, a, [2]]"},
        {"{'a': 1, 'b': 'x'}", "{a: 1, b: x}"},
        {"{'a': 1}.a", "1"},
        {"1 // one\n + 1 // two", "2"},
    });
}

TEST_CASE("arithmetic is exact or an error") {
    check_all({
        {"1 + 2 * 3", "7"},
        {"(1 + 2) * 3", "9"},
        {"7 - 2 - 1", "4"},
        {"7 / 2", "3"},
        {"-7 / 2", "-3"},
        {"-7 % 3", "-1"},
        {"7.0 / 2.0", "3.5"},
        {"whole / 2.0", "3.5"},
        {"whole + amount", "9.5"},
        {"1.0 / 0.0 > 1e300", "true"},
        {"-n", "-5"},
        {"--n", "5"},
        {"- 5", "-5"},
        {"-amount", "-2.5"},
        {"1 / 0", "error division-by-zero 2"},
        {"1 % 0", "error division-by-zero 2"},
        {"9223372036854775807 + 1", "error overflow 20"},
        {"-9223372036854775808 - 1", "error overflow 21"},
        {"9223372036854775807 * 2", "error overflow 20"},
        {"-9223372036854775808 / -1", "error overflow 21"},
        {"-9223372036854775808 % -1", "error overflow 21"},
        {"-(-9223372036854775807 - 1)", "error overflow 0"},
        {"'a' + 'b' + title", "abĐề án"},
        {"units + ['tax']", "[culture, health, tax]"},
        {"[] + []", "[]"},
        {"anything + 1", "4"},
        {"any_text + 1", "error wrong-type 9"},
        {"1 + dyn(1.0)", "error wrong-type 2"},
    });
}

TEST_CASE("values compare across integers and numbers, and nulls equal nulls only") {
    check_all({
        {"1 == 1.0", "true"},
        {"1 < 1.5", "true"},
        {"2.0 >= 2", "true"},
        {"9007199254740993 == 9007199254740992", "false"},
        {"9223372036854775807 < 9223372036854775808.0", "false"},
        {"9223372036854775807 < 9.3e18", "true"},
        {"-9223372036854775808 > -9.3e18", "true"},
        {"0.0 / 0.0 == 0.0 / 0.0", "false"},
        {"0.0 / 0.0 <= 1", "false"},
        {"'a' < 'b'", "true"},
        {"'Z' < 'a'", "true"},
        {"false < true", "true"},
        {"[1, 2] == [1.0, 2]", "true"},
        {"[1] == [1, 2]", "false"},
        {"{'a': 1, 'b': 2} == {'b': 2, 'a': 1}", "true"},
        {"published > signed_on", "true"},
        {"received < now", "true"},
        {"setup_limit == appraisal_limit", "false"},
        {"note == null", "true"},
        {"null != note", "false"},
        {"unset == null", "true"},
        {"note == 'x'", "false"},
        {"anything == 'a'", "false"},
        {"2 in numbers", "true"},
        {"2.0 in numbers", "true"},
        {"'tax' in units", "false"},
        {"'a' in {'a': 1}", "true"},
        {"count > 1", "error null-value 0"},
        {"n + count", "error null-value 4"},
        {"unset == 'x'", "error null-value 0"},
        {"any_text < 1", "error wrong-type 9"},
        {"dyn(published) == now", "error date-with-instant 15"},
    });
}

TEST_CASE("an error beside && and || is forgotten when the other side decides") {
    check_all({
        {"false && 1 / 0 == 1", "false"},
        {"1 / 0 == 1 && false", "false"},
        {"1 / 0 == 1 && true", "error division-by-zero 2"},
        {"true || 1 / 0 == 1", "true"},
        {"1 / 0 == 1 || true", "true"},
        {"1 / 0 == 1 || false", "error division-by-zero 2"},
        {"1 / 0 == 1 || count > 1 || yes", "true"},
        {"count > 1 || 1 / 0 == 1", "error null-value 0"},
        {"maybe || true", "true"},
        {"maybe && true", "error null-value 0"},
        {"!maybe", "error null-value 1"},
        {"anything && true", "error wrong-type 0"},
        {"anything && false", "false"},
        {"false ? 1 / 0 : 2", "2"},
        {"true ? 1 : 1 / 0", "1"},
        {"1 / 0 == 1 ? 1 : 2", "error division-by-zero 2"},
        {"n > 3 ? n > 4 : false", "true"},
        {"!!yes", "true"},
    });
}

TEST_CASE("macros walk over lists") {
    check_all({
        {"numbers.all(i, i > 0)", "true"},
        {"[].all(i, i > 0)", "true"},
        {"numbers.all(i, 1 / (i - 1) > 5)", "false"},
        {"[1, 2].all(i, 1 / (i - 1) > 0)", "error division-by-zero 16"},
        {"numbers.exists(i, i == 2)", "true"},
        {"[].exists(i, i == 2)", "false"},
        {"numbers.exists(i, 1 / (i - 1) == 1)", "true"},
        {"[1, 3].exists(i, 1 / (i - 1) == 1)", "error division-by-zero 19"},
        {"numbers.exists_one(i, i > 2)", "true"},
        {"numbers.exists_one(i, i > 1)", "false"},
        {"numbers.exists_one(i, 1 / (i - 1) == 1)", "error division-by-zero 24"},
        {"numbers.filter(i, i % 2 == 1)", "[1, 3]"},
        {"numbers.map(i, i * i)", "[1, 4, 9]"},
        {"numbers.map(i, i > 1, i * 10)", "[20, 30]"},
        {"numbers.map(i, numbers.filter(k, k < i).size())", "[0, 1, 2]"},
        {"numbers.filter(n, n == 5).size() == 0 && n == 5", "true"},
        {"any_list.map(i, i)", "[1, a, -]"},
        {"any_list.filter(i, i == null).size()", "1"},
        {"note.map(i, i)", "problem expression-not-a-list 5"},
        {"anything.map(i, i)", "error wrong-type 9"},
    });
}

TEST_CASE("members, items and functions are read as CEL has it") {
    check_all({
        {"items[1].item", "health"},
        {"items[1]['outcome']", "objected"},
        {"any_list[0]", "1"},
        {"numbers[3]", "error index-out-of-range 7"},
        {"numbers[-1]", "error index-out-of-range 7"},
        {"has(fields.draft)", "true"},
        {"has(fields.remark)", "false"},
        {"!has(fields.remark)", "true"},
        {"fields.remark", "-"},
        {"fields['dra' + 'ft']", "draft.pdf"},
        {"fields['x' + 'y']", "error no-such-entry 6"},
        {"anything.x", "error wrong-type 9"},
        {"size('Đề án')", "5"},
        {"title.size()", "5"},
        {"size({'a': 1})", "1"},
        {"title.contains('án')", "true"},
        {"title.contains('')", "true"},
        {"title.startsWith('Đề')", "true"},
        {"title.endsWith('x')", "false"},
        {"note.contains('x')", "error null-value 0"},
        {"int('-12')", "-12"},
        {"int(2.9)", "2"},
        {"int(1e30)", "error overflow 0"},
        {"int('12a')", "problem expression-conversion 4"},
        {"int(title)", "error no-conversion 0"},
        {"double(3) / 2.0", "1.5"},
        {"double('2.5')", "2.5"},
        {"string(12) + string(true) + string(1.5)", "12true1.5"},
        {"string(published)", "2017-06-08"},
        {"string(now)", "2017-06-08T10:00:00Z"},
        {"secret == 'hidden'", "true"},
        {"secret + '!'", "hidden!"},
        {"secrets.map(s, s + '1')", "[a1, b1]"},
        {"'a' in secrets", "true"},
        {"secrets == ['a', 'b']", "true"},
    });
}

TEST_CASE("an expression says what it reads, and the same data give the same value") {
    const Dossier data = dossier();
    const auto compiled = Expression::compile("n > 1 && n < 9 && note == null", data.variables, {});
    const auto& expression = std::get<Expression>(compiled);
    CHECK(expression.reads().size() == 2);
    CHECK_FALSE(expression.is_constant());
    CHECK(expression.type() == Type::of(Type::Kind::boolean));
    const std::array frames{std::span<const Value>(data.values)};
    CHECK(std::get<bool>(expression.test(frames)));
    CHECK(std::get<bool>(expression.test(frames)));
    CHECK(std::get<Value>(expression.evaluate(frames)) == Value(true));
    const auto constant = Expression::compile("1 + 1", {}, {});
    CHECK(std::get<Expression>(constant).is_constant());
    CHECK(std::get<Value>(std::get<Expression>(constant).evaluate({})) == Value(2));
}

TEST_CASE("an error names what was unset") {
    const Dossier data = dossier();
    const std::array frames{std::span<const Value>(data.values)};
    const auto argument_of = [&](std::string_view source) {
        const auto compiled = Expression::compile(source, data.variables, {});
        const auto result = std::get<Expression>(compiled).evaluate(frames);
        return std::get<workflow::EvaluationError>(result).arguments.at(0);
    };
    CHECK(argument_of("count > 1") == "count");
    CHECK(argument_of("unset + 'x'") == "unset");
    CHECK(argument_of("fields.remark + 'x'") == "remark");
    CHECK(argument_of("dyn(null) + 'x'") == "null");
    CHECK(argument_of("numbers[7]") == "7");
    CHECK(argument_of("anything.size()") == "integer");
}
