#include <catch2/catch.hpp>

#include "bindings/cli/tool.hpp"

using namespace workflow::test;

namespace {

struct Asked {
    const char* arguments;
    const char* line;
};

void check_lines(const Asked* first, const Asked* last) {
    for (; first != last; ++first) {
        CAPTURE(first->arguments);
        const auto result = run_tool(std::string("eval ") + first->arguments);
        CHECK(result.output == std::string(first->line) + '\n');
        CHECK(result.errors.empty());
        CHECK(result.status == 0);
    }
}

}  // namespace

TEST_CASE("eval answers an expression with its type and its value") {
    const Asked asked[] = {
        {"'1 + 2'", R"({"type": "int", "value": {"int": "3"}})"},
        {"'9223372036854775807'", R"({"type": "int", "value": {"int": "9223372036854775807"}})"},
        {"'18446744073709551615u'",
         R"({"type": "uint", "value": {"uint": "18446744073709551615"}})"},
        {"'1.5'", R"({"type": "double", "value": {"double": 1.5}})"},
        {"'2.0'", R"({"type": "double", "value": {"double": 2.0}})"},
        {"'0.1'", R"({"type": "double", "value": {"double": 0.1}})"},
        {"'1.0 / 0.0'", R"({"type": "double", "value": {"double": "Infinity"}})"},
        {"'-1.0 / 0.0' --lang en", R"({"type": "double", "value": {"double": "-Infinity"}})"},
        {"'0.0 / 0.0'", R"({"type": "double", "value": {"double": "NaN"}})"},
        {"'!true'", R"({"type": "bool", "value": {"bool": false}})"},
        {"'\"a\\u1ebfb\"'", R"({"type": "string", "value": {"string": "aếb"}})"},
        {"\"b'\\\\x00\\\\xff'\"", R"({"type": "bytes", "value": {"bytes_b64": "AP8="}})"},
        {"null", R"({"type": "null", "value": {"null": null}})"},
        {"'[1, 2]'",
         R"({"type": {"list": "int"}, "value": {"list": [{"int": "1"}, {"int": "2"}]}})"},
        {"'[]'", R"({"type": {"list": "dyn"}, "value": {"list": []}})"},
        {"'{\"a\": true}'", R"({"type": {"map": ["string", "bool"]}, )"
                            R"("value": {"map": [[{"string": "a"}, {"bool": true}]]}})"},
        {"'{1: 1.5}'", R"({"type": {"map": ["int", "double"]}, )"
                       R"("value": {"map": [[{"int": "1"}, {"double": 1.5}]]}})"},
        // Half past eleven in the evening UTC, 13 February 2009, is second 1234567890.
        {"'timestamp(\"2009-02-13T23:31:30Z\")'",
         R"({"type": "timestamp", "value": {"timestamp": {"seconds": 1234567890, "nanos": 0}}})"},
        {"'timestamp(\"1969-12-31T23:59:59.25Z\")'",
         R"({"type": "timestamp", "value": {"timestamp": {"seconds": -1, "nanos": 250000000}}})"},
        {"'timestamp(\"1970-01-01T00:00:00.000000001Z\")'",
         R"({"type": "timestamp", "value": {"timestamp": {"seconds": 0, "nanos": 1}}})"},
        {"'duration(\"-1.5s\")'",
         R"({"type": "duration", "value": {"duration": {"seconds": -1, "nanos": -500000000}}})"},
        {"'type(1)'", R"({"type": "type", "value": {"type": "int"}})"},
    };
    check_lines(std::begin(asked), std::end(asked));
}

TEST_CASE("the names of --data have the types of their values") {
    const Asked asked[] = {
        {"x --data '{\"x\": 3}'", R"({"type": "int", "value": {"int": "3"}})"},
        {"x --data '{\"x\": -3}'", R"({"type": "int", "value": {"int": "-3"}})"},
        {"x --data '{\"x\": 3.0}'", R"({"type": "double", "value": {"double": 3.0}})"},
        {"x --data '{\"x\": \"a\"}'", R"({"type": "string", "value": {"string": "a"}})"},
        {"x --data '{\"x\": false}'", R"({"type": "bool", "value": {"bool": false}})"},
        {"x --data '{\"x\": null}'", R"({"type": "null", "value": {"null": null}})"},
        {"x --data '{\"x\": []}'", R"({"type": {"list": "dyn"}, "value": {"list": []}})"},
        {"x --data '{\"x\": {}}'", R"({"type": {"map": ["dyn", "dyn"]}, "value": {"map": []}})"},
        {"x --data '{\"x\": [1, 2]}'",
         R"({"type": {"list": "int"}, "value": {"list": [{"int": "1"}, {"int": "2"}]}})"},
        {"x --data '{\"x\": [1, \"a\"]}'",
         R"({"type": {"list": "dyn"}, "value": {"list": [{"int": "1"}, {"string": "a"}]}})"},
        {"x --data '{\"x\": [[1], [2]]}'",
         R"({"type": {"list": {"list": "int"}}, )"
         R"("value": {"list": [{"list": [{"int": "1"}]}, {"list": [{"int": "2"}]}]}})"},
        {"x --data '{\"x\": {\"a\": 1}}'",
         R"({"type": {"map": ["string", "int"]}, )"
         R"("value": {"map": [[{"string": "a"}, {"int": "1"}]]}})"},
        {"x --data '{\"x\": {\"a\": 1, \"b\": 2.5}}'",
         R"({"type": {"map": ["string", "dyn"]}, )"
         R"("value": {"map": [[{"string": "a"}, {"int": "1"}], [{"string": "b"}, {"double": 2.5}]]}})"},
        {"'x.a + y[1]' --data '{\"x\": {\"a\": 1}, \"y\": [1, 2]}'",
         R"({"type": "int", "value": {"int": "3"}})"},
        {"'a.b' --data '{\"a.b\": 1}'", R"({"type": "int", "value": {"int": "1"}})"},
    };
    check_lines(std::begin(asked), std::end(asked));
}

TEST_CASE("an expression without a value is answered with an error and status 1") {
    const struct {
        const char* arguments;
        const char* part;
    } cases[] = {
        {"'1 +'", "(at byte "},
        {"'nobody'", "nobody"},
        {"'1 / 0'", "(at byte 2)"},
        {"'x + 1' --data '{\"x\": \"a\"}'", "(at byte 2)"},
        {"'nobody && nothing'", "'nothing'"},  // both are told
        {"x --data '{'", "--data"},
        {"x --data '[1]'", "--data"},
        {"x --data '{\"x\": 1e999}'", "--data"},
        {"x --data '{\"x\": 9223372036854775808}'", "error"},
        {"'{1: 2}[3]'", "nothing under this key"},
        {"'nam' --data '{\"name\": 1}'", "perhaps you mean: name"},
        {"'1 +' --lang vi", "(tại byte "},
        {"''", "error"},
        {"\"$(printf \"'\\\\377'\")\"", "error"},  // no UTF-8
    };
    for (const auto& one : cases) {
        CAPTURE(one.arguments);
        const auto result = run_tool(std::string("eval ") + one.arguments);
        CHECK(result.output.rfind("{\"error\": \"", 0) == 0);
        CHECK(contains(result.output, one.part));
        CHECK(result.output.find('\n') + 1 == result.output.size());
        CHECK(result.errors.empty());
        CHECK(result.status == 1);
    }
}

TEST_CASE("an error of eval begins with its code") {
    const auto result = run_tool("eval '1 / 0'");
    const std::string code = "division-by-zero: ";
    CHECK(result.output.find(code) == std::string("{\"error\": \"").size());
}

TEST_CASE("an expression that would make too much is answered with an error") {
    // Forty times a pair of what was before: 2^40 numbers.
    std::string expression = "[1]";
    for (int i = 0; i < 40; ++i) expression += ".map(x, [x, x])";
    const auto result = run_tool("eval '" + expression + "'");
    CHECK(contains(result.output, "{\"error\": "));
    CHECK(result.status == 1);
}

TEST_CASE("an expression that begins with a minus stands behind two of them") {
    const auto result = run_tool("eval --data '{\"x\": 1}' -- -x");
    CHECK(result.output == "{\"type\": \"int\", \"value\": {\"int\": \"-1\"}}\n");
    CHECK(result.status == 0);
}

TEST_CASE("eval answers in JSON whichever format is asked for") {
    const std::string line = "{\"type\": \"int\", \"value\": {\"int\": \"3\"}}\n";
    CHECK(run_tool("eval '1 + 2' --format text").output == line);
    CHECK(run_tool("eval '1 + 2' --format json").output == line);
}

TEST_CASE("eval counts by the calendar that is named") {
    const auto unknown = run_tool("eval 1 --calendar nowhere");
    CHECK(unknown.status == 1);
    CHECK(unknown.output.empty());
    CHECK(contains(unknown.errors, "there is no calendar 'nowhere'"));
    // Thirty working days after 25 April 2017 is 8 June (calendar_command_test.cpp).
    const std::string counted = "\"add_working_days(timestamp('2017-04-25T02:00:00Z'), 30)\"";
    for (const char* calendar : {"vn-state", "procedures/calendars/vn-state.yaml"}) {
        const auto known = run_tool("eval " + counted + " --calendar " + calendar);
        CHECK(known.output == "{\"type\": \"date\", \"value\": {\"date\": \"2017-06-08\"}}\n");
    }
    const auto without = run_tool("eval " + counted);
    CHECK(without.status == 1);
    CHECK(contains(without.output, "{\"error\": "));
}

TEST_CASE("the help of eval shows every kind of typed value") {
    const auto help = run_tool("eval --help");
    for (const char* kind :
         {"{\"int\": \"3\"}", "{\"uint\": \"3\"}", "{\"double\": 1.5}", "{\"double\": \"NaN\"}",
          "{\"bool\": true}", "{\"string\": \"x\"}", "{\"bytes_b64\": \"AA==\"}",
          "{\"null\": null}", "{\"list\": [{\"int\": \"3\"}]}",
          "{\"map\": [[{\"string\": \"key\"}, {\"int\": \"3\"}]]}",
          "{\"timestamp\": {\"seconds\": 0, \"nanos\": 0}}",
          "{\"duration\": {\"seconds\": 90, \"nanos\": 0}}", "{\"type\": \"int\"}",
          "{\"date\": \"2017-06-08\"}", "{\"limit\": \"30 working days\"}"}) {
        CAPTURE(kind);
        CHECK(contains(help.output, kind));
    }
}
