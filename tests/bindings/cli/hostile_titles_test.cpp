#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

#include "bindings/cli/tool.hpp"
#include "support/temporary_folder.hpp"
#include "support/xml.hpp"

using namespace workflow::test;

namespace {

/// What a terminal obeys or what breaks a line of a table: control characters but the end of line,
/// U+0080 to U+009F, marks that turn the direction of writing or break lines.
std::size_t find_obeyed(const std::string& text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = [&](std::size_t n) {
            return i + n < text.size() ? static_cast<unsigned char>(text[i + n]) : 0U;
        };
        if ((byte(0) < 0x20 && text[i] != '\n') || byte(0) == 0x7f) return i;
        if (byte(0) == 0xc2 && byte(1) < 0xa0) return i;
        if (byte(0) != 0xe2) continue;
        if (byte(1) == 0x80 && (byte(2) == 0x8e || byte(2) == 0x8f)) return i;
        if (byte(1) == 0x80 && byte(2) >= 0xa8 && byte(2) <= 0xae) return i;
        if (byte(1) == 0x81 && byte(2) >= 0xa6 && byte(2) <= 0xa9) return i;
    }
    return std::string::npos;
}

/// `@` stands for the hostile title.
const char* const procedure = R"(procedure: p
version: 1
title: @
calendar: vn-state
roles: {officer: @, head: @}
data: {note: {type: text, default: x, title: @}, paper: {type: optional text, title: @}}
start: {in_person: {title: @, to: phase, fields: [note]}, by_post: {title: @, to: phase}}
messages: {paid: {title: @, fields: {amount: integer}}}
outcomes: {done: @}
states:
  phase:
    title: @
    states:
      work:
        title: @
        description: @
        source: @
        task: officer
        sla:
          limit: 5 working days
          title: @
          source: @
          moments: {due: {notify: head, text: @}, 1 day after: {may_also_act: head}}
        receive: {paid: {set: {paper: "'x'"}}}
        actions:
          remark: {title: @, set: {note: fields.words}, fields: {words: {type: text, title: @}}}
          finish: {title: @, end: done}
)";

struct HostileTitle {
    const char* yaml;   ///< between double quotes in a file
    const char* shown;  ///< what a reader of a terminal sees of it
};

/// Each with something that ends, opens or moves something somewhere.
const HostileTitle titles[] = {
    {R"(a \"b\" 'c')", "a \"b\" 'c'"},
    {R"(<b>&amp;</td>--><script>)", "<b>&amp;</td>--><script>"},
    {R"(a\\N \\)", "a\\N \\"},
    {R"(a\nb\r\n| c)", "a\\x0ab\\x0d\\x0a| c"},
    {R"(\e[31m\x07\x7f)", "\\x1b[31m\\x07\\x7f"},
    {R"(a\x9b31m)", "a\\x9b31m"},
    {R"(a\u202eb\u2066\u2028)", "a\\u202eb\\u2066\\u2028"},
};

class Office {
public:
    explicit Office(const HostileTitle& title) {
        std::string text = procedure;
        for (std::size_t at = 0; (at = text.find('@', at)) != std::string::npos;) {
            const std::string quoted = std::string("\"") + title.yaml + "\"";
            text.replace(at, 1, quoted);
            at += quoted.size();
        }
        write("procedure.yaml", text);
        // It does not hold, so that the report tells all that happened.
        write("tests.yaml",
              "tests: p\npeople: {an: {role: officer}}\ncases:\n  one:\n    title: \"" +
                  std::string(title.yaml) +
                  "\"\n    given: {at: 2017-06-05 09:00, by: an, entry: in_person, "
                  "data: {note: x}, then: {states: []}}\n");
        run("load procedures/calendars/vn-state.yaml " + file());
        run("start p 1 --as an --role officer --entry in_person --data '{\"note\": \"x\"}'"
            " --at 2017-06-05T09:00");
    }

    [[nodiscard]] std::string file() const { return "'" + folder_.file("procedure.yaml") + "'"; }
    [[nodiscard]] std::string tests() const { return "'" + folder_.file("tests.yaml") + "'"; }
    ToolResult run(const std::string& command) const {
        return run_tool(command, "WORKFLOW_STORE='sqlite:" + folder_.file("d.db") + "'");
    }

private:
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_.file(name), std::ios::binary) << text;
    }

    TemporaryFolder folder_;
};

const char* const dossier_commands[] = {
    "show p/1 --at 2017-06-06T09:00",
    "worklist --as an --role officer --at 2017-06-06T09:00",
    "explain p/1 --at 2017-06-06T09:00",
    "perform p/1 nothing --as an --role officer --at 2017-06-06T09:00",
    "perform p/1 remark --as an --role officer --at 2017-06-06T09:00 "
    "--fields '{\"words\": \"\\u001b[31m\\u202e\\n\"}'",
    "tick --now 2017-07-06T09:00",
    "perform p/1 finish --as an --role officer --at 2017-07-07T09:00",
    "history p/1",
    "replay p/1",
};

}  // namespace

TEST_CASE("no title of a file reaches a terminal as more than text, whatever is asked") {
    for (const HostileTitle& title : titles) {
        const Office office(title);
        bool shown = false;
        for (const std::string command : dossier_commands) {
            for (const char* language : {" --lang en", " --lang vi"}) {
                const auto result = office.run(command + language);
                INFO(command << language << "\n" << result.output << result.errors);
                CHECK(find_obeyed(result.output + result.errors) == std::string::npos);
                shown = shown || contains(result.output, title.shown);
            }
        }
        INFO(title.shown);
        CHECK(shown);
        const auto report = office.run("test " + office.tests());
        CHECK(contains(report.output, "1 failed"));
        CHECK(find_obeyed(report.output + report.errors) == std::string::npos);
        CHECK(find_obeyed(office.run("validate " + office.file()).output) == std::string::npos);
    }
}

TEST_CASE("whatever a title holds, what is answered as JSON is JSON and shows nothing else") {
    for (const HostileTitle& title : titles) {
        const Office office(title);
        std::vector<std::string> commands(std::begin(dossier_commands), std::end(dossier_commands));
        commands.push_back("test " + office.tests());
        commands.push_back("validate " + office.file());
        for (const std::string& command : commands) {
            const auto result = office.run(command + " --format json");
            INFO(command << "\n" << result.output << result.errors);
            CHECK(nlohmann::json::accept(result.output));
            CHECK(find_obeyed(result.output) == std::string::npos);
        }
    }
}

TEST_CASE("whatever a title holds, the pictures of a dossier are pictures of it") {
    for (const HostileTitle& title : titles) {
        const Office office(title);
        for (const char* format : {"dot", "mermaid", "svg"}) {
            const auto result = office.run(std::string("graph --instance p/1 --format ") + format);
            INFO(format << "\n" << result.errors);
            CHECK(result.status == 0);
            CHECK(find_obeyed(result.output) == std::string::npos);
            if (std::string(format) != "svg") continue;
            const auto xml = workflow::testing::read_xml(result.output);
            CHECK(xml.problem == "");
            CHECK(contains(xml.shown, "now here"));
        }
    }
}
