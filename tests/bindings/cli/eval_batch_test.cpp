#include <catch2/catch.hpp>
#include <cstdlib>
#include <fstream>
#include <vector>

#include "bindings/cli/tool.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow::test;

namespace {

/// The answers to `lines`, each without its end.
std::vector<std::string> answers(const std::string& lines, const std::string& options = {}) {
    const auto result = run_tool("eval --batch - " + options, {}, lines);
    CHECK(result.errors.empty());
    CHECK(result.status == 0);
    std::vector<std::string> answers;
    std::string rest = result.output;
    for (std::size_t end = rest.find('\n'); end != std::string::npos; end = rest.find('\n')) {
        answers.push_back(rest.substr(0, end));
        rest.erase(0, end + 1);
    }
    CHECK(rest.empty());
    return answers;
}

std::string only_answer(const std::string& line) {
    const auto all = answers(line + '\n');
    REQUIRE(all.size() == 1);
    return all.front();
}

std::string nested(int depth) {
    std::string value = "{\"int\": \"1\"}";
    for (int i = 0; i < depth; ++i) value.insert(0, "{\"list\": [").append("]}");
    return value;
}

}  // namespace

TEST_CASE("every kind of typed value comes back as it was given") {
    for (const std::string value : {
             R"({"int": "-9223372036854775808"})",
             R"({"uint": "18446744073709551615"})",
             R"({"double": 1.5})",
             R"({"double": 3.0})",
             R"({"double": -0.0})",
             R"({"double": 5e-324})",
             R"({"double": 1.7976931348623157e+308})",
             R"({"double": "NaN"})",
             R"({"double": "Infinity"})",
             R"({"double": "-Infinity"})",
             R"({"bool": true})",
             R"({"string": ""})",
             R"({"string": "Tết \u0000\n\"\\"})",
             R"({"bytes_b64": ""})",
             R"({"bytes_b64": "AA=="})",
             R"({"bytes_b64": "AAE="})",
             R"({"bytes_b64": "AP/+"})",
             R"({"null": null})",
             R"({"list": []})",
             R"({"list": [{"int": "1"}, {"list": [{"string": "a"}]}]})",
             R"({"map": []})",
             R"({"map": [[{"string": "b"}, {"int": "1"}], [{"string": "a"}, {"int": "2"}]]})",
             R"({"map": [[{"bool": true}, {"int": "1"}], [{"uint": "2"}, {"null": null}]]})",
             R"({"timestamp": {"seconds": -62135596800, "nanos": 0}})",
             R"({"timestamp": {"seconds": 253402300799, "nanos": 999999999}})",
             R"({"timestamp": {"seconds": -1, "nanos": 250000000}})",
             R"({"duration": {"seconds": 315576000000, "nanos": 0}})",
             R"({"duration": {"seconds": -1, "nanos": -5}})",
             R"({"duration": {"seconds": 0, "nanos": -5}})",
             R"({"type": "int"})",
             R"({"type": "uint"})",
             R"({"type": "double"})",
             R"({"type": "bool"})",
             R"({"type": "string"})",
             R"({"type": "bytes"})",
             R"({"type": "list"})",
             R"({"type": "map"})",
             R"({"type": "null_type"})",
             R"({"type": "type"})",
             R"({"type": "google.protobuf.Timestamp"})",
             R"({"type": "google.protobuf.Duration"})",
             R"({"date": "2017-06-08"})",
             R"({"limit": "30 working days"})",
         }) {
        CAPTURE(value);
        const std::string answer = "{\"value\": " + value + "}";
        CHECK(only_answer("{\"expr\": \"x\", \"bindings\": {\"x\": " + value + "}}") == answer);
        CHECK(only_answer("{\"expr\": \"x\", \"disable_check\": true, \"bindings\": {\"x\": " +
                          value + "}}") == answer);
    }
}

TEST_CASE("what can be written in two ways comes back in one") {
    const struct {
        const char* given;
        const char* answer;
    } cases[] = {
        {R"({"int": 3})", R"({"int": "3"})"},
        {R"({"int": -3})", R"({"int": "-3"})"},
        {R"({"uint": 3})", R"({"uint": "3"})"},
        {R"({"double": 3})", R"({"double": 3.0})"},
        {R"({"timestamp": {}})", R"({"timestamp": {"seconds": 0, "nanos": 0}})"},
        {R"({"duration": {"seconds": "90"}})", R"({"duration": {"seconds": 90, "nanos": 0}})"},
        {R"({"limit": "1 working day"})", R"({"limit": "1 working day"})"},
    };
    for (const auto& one : cases) {
        CAPTURE(one.given);
        CHECK(only_answer(std::string("{\"expr\": \"x\", \"bindings\": {\"x\": ") + one.given +
                          "}}") == std::string("{\"value\": ") + one.answer + "}");
    }
}

TEST_CASE("what is no typed value is told with the name that it was for") {
    for (const std::string value : {
             "3",
             "null",
             "[]",
             "{}",
             R"({"int": "3", "uint": "3"})",
             R"({"integer": "3"})",
             R"({"int": "9223372036854775808"})",
             R"({"int": 9223372036854775808})",
             R"({"int": "3x"})",
             R"({"int": " 3"})",
             R"({"int": "+3"})",
             R"({"int": ""})",
             R"({"int": 3.0})",
             R"({"int": true})",
             R"({"uint": "-1"})",
             R"({"uint": -1})",
             R"({"uint": "18446744073709551616"})",
             R"({"double": "1.5"})",
             R"({"double": null})",
             R"({"bool": "true"})",
             R"({"string": 3})",
             R"({"bytes_b64": "A"})",
             R"({"bytes_b64": "AA="})",
             R"({"bytes_b64": "AA=A"})",
             R"({"bytes_b64": "===="})",
             R"({"bytes_b64": "AB=="})",
             R"({"bytes_b64": "A A="})",
             R"({"null": 0})",
             R"({"list": {}})",
             R"({"list": [3]})",
             R"({"map": {}})",
             R"({"map": [[]]})",
             R"({"map": [[{"string": "a"}]]})",
             R"({"map": [[{"double": 1.0}, {"int": "1"}]]})",
             R"({"map": [[{"string": "a"}, {"int": "1"}], [{"string": "a"}, {"int": "1"}]]})",
             R"({"map": [[{"int": "1"}, {"int": "1"}], [{"uint": "1"}, {"int": "1"}]]})",
             R"({"timestamp": 0})",
             R"({"timestamp": {"seconds": 253402300800}})",
             R"({"timestamp": {"seconds": -62135596801}})",
             R"({"timestamp": {"nanos": -1}})",
             R"({"timestamp": {"nanos": 1000000000}})",
             R"({"timestamp": {"minutes": 1}})",
             R"({"duration": {"seconds": 315576000001}})",
             R"({"duration": {"seconds": 1, "nanos": -1}})",
             R"({"duration": {"nanos": 1000000000}})",
             R"({"type": "integer"})",
             R"({"type": 1})",
             R"({"date": "2017-02-29"})",
             R"({"limit": "soon"})",
         }) {
        CAPTURE(value);
        const std::string answer =
            only_answer("{\"expr\": \"1\", \"bindings\": {\"name\": " + value + "}}");
        CHECK(answer.rfind("{\"error\": ", 0) == 0);
        CHECK(contains(answer, "name"));
    }
}

TEST_CASE("a line that cannot be answered says why, and the run goes on") {
    const struct {
        const char* line;
        const char* part;
    } cases[] = {
        {"", "JSON"},
        {"{", "JSON"},
        {"{\"expr\": \"1\"} {}", "JSON"},
        {"\xff", "JSON"},
        {"{\"expr\": 1e999}", "double"},
        {"[1]", "array"},
        {"{}", "'expr' is missing"},
        {"{\"expr\": 1}", "'expr' must be a string"},
        {R"({"expr": "1", "container": 1})", "'container' must be"},
        {R"({"expr": "1", "disable_check": "yes"})", "'disable_check' must be"},
        {R"({"expr": "1", "check_only": 1})", "'check_only' must be"},
        {R"({"expr": "1", "bindings": []})", "'bindings' must be"},
        {R"({"expr": "1", "type_env": {}})", "'type_env' must be"},
        {R"({"expr": "1", "type_env": [1]})", "'type_env' must be"},
        {R"({"expr": "1", "type_env": [{"ident": "int"}]})", "'type_env' must be"},
        {R"({"expr": "1", "type_env": [{"name": "x"}]})", "'type_env' must be"},
        {R"({"expr": "1", "type_env": [{"name": "x", "ident": "integer"}]})", "is no type"},
        {R"({"expr": "1", "type_env": [{"name": "x", "ident": {"map": ["int"]}}]})", "is no type"},
        {R"({"expr": "1", "type_env": [{"name": "x", "ident": {"set": "int"}}]})", "is no type"},
        {R"({"expr": "1", "type_env": [{"name": "x", "ident": "int"}, {"name": "x", "ident": "int"}]})",
         "twice"},
        {R"({"expr": "1", "type_env": [{"name": "f", "function": {}}]})",
         "functions cannot be declared"},
        {R"({"expr": "1 / 0"})", "(at byte 2)"},
        {R"({"expr": "1 +"})", "(at byte "},
    };
    for (const auto& one : cases) {
        CAPTURE(one.line);
        const auto all = answers(std::string(one.line) + "\n{\"expr\": \"1 + 2\"}\n");
        REQUIRE(all.size() == 2);
        CHECK(all[0].rfind("{\"error\": \"", 0) == 0);
        CHECK(contains(all[0], one.part));
        CHECK(all[1] == "{\"value\": {\"int\": \"3\"}}");
    }
}

TEST_CASE("a line asks with names, types and a container") {
    const struct {
        const char* line;
        const char* answer;
    } cases[] = {
        {R"({"expr": "x + y", "bindings": {"x": {"int": "1"}, "y": {"int": "2"}}})",
         R"({"value": {"int": "3"}})"},
        {R"({"expr": "a.b.c", "bindings": {"a.b.c": {"string": "yes"}}})",
         R"({"value": {"string": "yes"}})"},
        {R"({"expr": "y", "bindings": {"x.y": {"bool": true}, "y": {"int": "1"}}, "container": "x"})",
         R"({"value": {"bool": true}})"},
        {R"({"expr": "x", "type_env": [{"name": "x", "ident": "int"}], "check_only": true})",
         R"({"deduced_type": "int"})"},
        {R"({"expr": "[x]", "bindings": {"x": {"uint": "1"}}, "check_only": true})",
         R"({"deduced_type": {"list": "uint"}})"},
        {R"({"expr": "x", "check_only": true, "type_env": [{"name": "x", "ident": {"map": ["int", {"list": "dyn"}]}}]})",
         R"({"deduced_type": {"map": ["int", {"list": "dyn"}]}})"},
        {R"({"expr": "1 / 0", "check_only": true})", R"({"deduced_type": "int"})"},
        {R"({"expr": "nobody || true", "disable_check": true})", R"({"value": {"bool": true}})"},
        {R"({"expr": "1", "name": "ours", "expect": {}})", R"({"value": {"int": "1"}})"},
    };
    for (const auto& one : cases) {
        CAPTURE(one.line);
        CHECK(only_answer(one.line) == one.answer);
    }
}

TEST_CASE("every type that can be declared is printed as it was given") {
    for (const std::string type :
         {"\"int\"", "\"uint\"", "\"double\"", "\"bool\"", "\"string\"", "\"bytes\"", "\"null\"",
          "\"dyn\"", "\"timestamp\"", "\"duration\"", "\"type\"", "\"date\"", "\"limit\"",
          "{\"list\": {\"list\": \"int\"}}", "{\"map\": [\"bool\", \"dyn\"]}"}) {
        CAPTURE(type);
        CHECK(
            only_answer("{\"expr\": \"x\", \"check_only\": true, \"type_env\": [{\"name\": \"x\", "
                        "\"ident\": " +
                        type + "}]}") == "{\"deduced_type\": " + type + "}");
    }
}

TEST_CASE("names without a declared type have that of their value") {
    const struct {
        const char* value;
        const char* type;
    } cases[] = {
        {R"({"list": [{"int": "1"}, {"int": "2"}]})", R"({"list": "int"})"},
        {R"({"list": [{"int": "1"}, {"uint": "2"}]})", R"({"list": "dyn"})"},
        {R"({"list": [{"list": []}, {"list": []}]})", R"({"list": {"list": "dyn"}})"},
        {R"({"map": [[{"int": "1"}, {"bool": true}]]})", R"({"map": ["int", "bool"]})"},
        {R"({"map": [[{"int": "1"}, {"bool": true}], [{"string": "a"}, {"bool": true}]]})",
         R"({"map": ["dyn", "bool"]})"},
        {R"({"map": []})", R"({"map": ["dyn", "dyn"]})"},
        {R"({"timestamp": {"nanos": 1}})", "\"timestamp\""},
        {R"({"type": "int"})", "\"type\""},
    };
    for (const auto& one : cases) {
        CAPTURE(one.value);
        CHECK(only_answer(
                  std::string("{\"expr\": \"x\", \"check_only\": true, \"bindings\": {\"x\": ") +
                  one.value + "}}") == std::string("{\"deduced_type\": ") + one.type + "}");
    }
}

TEST_CASE("a declared name without a value is null when it is read") {
    const std::string answer =
        only_answer(R"({"expr": "x + 1", "type_env": [{"name": "x", "ident": "int"}]})");
    CHECK(contains(answer, "{\"error\": "));
}

TEST_CASE("a batch is read from a file, whose last line may lack its end") {
    const TemporaryFolder folder;
    std::ofstream(folder.file("lines")) << "{\"expr\": \"1\"}\r\n{\"expr\": \"2\"}";
    const auto result = run_tool("eval --batch '" + folder.file("lines") + "'");
    CHECK(result.output == "{\"value\": {\"int\": \"1\"}}\n{\"value\": {\"int\": \"2\"}}\n");
    CHECK(result.status == 0);
    CHECK(answers("").empty());
}

TEST_CASE("a batch that cannot be read is an error") {
    for (const char* file : {"/nowhere/lines", "procedures"}) {
        const auto result = run_tool(std::string("eval --batch ") + file);
        CHECK(result.status == 1);
        CHECK(result.output.empty());
        CHECK(contains(result.errors, std::string("'") + file + "' cannot be read"));
    }
}

TEST_CASE("errors of a batch are told in the language asked for") {
    const auto all = answers("{}\n{\"expr\": \"1 / 0\"}\n", "--lang vi");
    REQUIRE(all.size() == 2);
    CHECK(contains(all[0], "thiếu 'expr'"));
    CHECK(contains(all[1], "(tại byte 2)"));
}

TEST_CASE("JSON may be nested 256 deep and no deeper") {
    // A list has two levels; the line and its bindings are two, the number in the middle is one.
    const std::string before = "{\"expr\": \"1\", \"bindings\": {\"x\": ";
    CHECK(only_answer(before + nested(126) + "}}") == "{\"value\": {\"int\": \"1\"}}");
    CHECK(contains(only_answer(before + nested(127) + "}}"), "nested deeper than 256"));
    CHECK(contains(only_answer(std::string(1'000'000, '[')), "nested deeper than 256"));
    // Brackets within a text are none.
    CHECK(only_answer(R"({"expr": "1", "x": "\")" + std::string(300, '[') + "\"}") ==
          "{\"value\": {\"int\": \"1\"}}");
}

TEST_CASE("a line may have 16 MiB and no more") {
    const std::string line = "{\"expr\": \"1\"}";
    const std::size_t most = 16U * 1024U * 1024U;
    const std::string longest = line + std::string(most - line.size(), ' ');
    const auto all = answers(longest + '\n' + longest + " \n" + line + '\n');
    REQUIRE(all.size() == 3);
    CHECK(all[0] == "{\"value\": {\"int\": \"1\"}}");
    CHECK(contains(all[1], "longer than 16 MiB"));
    CHECK(all[2] == "{\"value\": {\"int\": \"1\"}}");
}

TEST_CASE("a value may take 64 MiB and no more") {
    // The text of 10 MiB stands in it six times, then seven times.
    const std::string text(10U * 1024U * 1024U, 'a');
    const std::string bindings = "\"bindings\": {\"x\": {\"string\": \"" + text + "\"}}}";
    const auto six = only_answer("{\"expr\": \"[x, x, x, x, x, x]\", " + bindings);
    CHECK(six.size() > 6 * text.size());
    const auto seven = only_answer("{\"expr\": \"[x, x, x, x, x, x, x]\", " + bindings);
    CHECK(contains(seven, "{\"error\": "));
    CHECK(contains(seven, "larger than 64 MiB"));
}

TEST_CASE("each line is answered before the next is read") {
    const TemporaryFolder folder;
    // The second question is asked when the first is answered: a shell that waits for ever is
    // ended.
    const std::string script =
        "cd '" + folder.file("") +
        "' && mkfifo in out && { '" WORKFLOW_TOOL
        "' eval --batch - <in >out & } && exec 3>in 4<out && "
        "echo '{\"expr\": \"1\"}' >&3 && read -r first <&4 && "
        "echo '{\"expr\": \"2\"}' >&3 && read -r second <&4 && exec 3>&- && wait && "
        "test \"$first$second\" = '{\"value\": {\"int\": \"1\"}}{\"value\": {\"int\": \"2\"}}'";
    std::ofstream(folder.file("script")) << script;
    CHECK(std::system(("timeout 60 sh '" + folder.file("script") + "'").c_str()) == 0);
}
