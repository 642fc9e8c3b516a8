// `workflow calendar impact` and `apply`, and what a lawyer reads of extended and fixed deadlines.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>

#include "bindings/cli/tool.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow::test;

namespace {

/// Limits that are extended, that wait, and a fixed date.
constexpr const char* permit = R"(procedure: permit
version: 1
title: Permit
calendar: vn-state
roles: {officer: Officer}
data: {effective: date}
input: [effective]
sla:
  whole: {limit: 10 working days, source: Decree 61/2018, while_waiting: pause}
  effect: {due: effective, while_waiting: continue}
states:
  examine:
    task: officer
    actions:
      ask: supplement
      more: {extend: {whole: 5 working days}}
      grant: {end: granted}
  supplement: {title: Supplement, task: officer, waiting_for: supplement, to: examine}
outcomes: {granted: Granted}
)";

/// Without the line breaks of a table's column.
std::string as_one_line(const std::string& text) {
    std::istringstream words(text);
    std::string line;
    for (std::string word; words >> word;) line += (line.empty() ? "" : " ") + word;
    return line;
}

class Office {
public:
    Office() {
        std::ofstream(folder_.file("permit.yaml")) << permit;
        REQUIRE(
            run("load procedures/calendars/vn-state.yaml " + folder_.file("permit.yaml")).status ==
            0);
        REQUIRE(run("start permit 1 --as an --role officer --at 2017-06-05T09:00 "
                    "--data '{\"effective\": \"2017-07-02\"}'")
                    .errors == "");
    }
    [[nodiscard]] ToolResult run(const std::string& command) const {
        return run_tool(command + " --store 'sqlite:" + folder_.file("permits.db") + "'");
    }
    [[nodiscard]] ToolResult perform(const std::string& action, const std::string& when) const {
        return run("perform permit/1 " + action + " --as an --role officer --at " + when);
    }
    /// The shipped calendar with Friday 16 June 2017 taken off, as version 2.
    [[nodiscard]] std::string next_calendar() const {
        const auto shown = run_tool("calendar days --calendar vn-state --year 2017");
        REQUIRE(shown.status == 0);
        const std::filesystem::path root(WORKFLOW_SOURCE_DIR);
        std::ifstream file(root / "procedures/calendars/vn-state.yaml");
        std::string yaml(std::istreambuf_iterator<char>(file), {});
        yaml.replace(yaml.find("version: 1"), 10, "version: 2");
        yaml.insert(yaml.find("reasons:\n") + 9, "  mourning: {en: Mourning, vi: Quốc tang}\n");
        const std::size_t days = yaml.find("days_off:\n", yaml.find("\n  2017:"));
        yaml.insert(days + 10, "      mourning: {dates: 06-16, source: Notice 9/TB}\n");
        const std::string path = folder_.file("vn-state-2.yaml");
        std::ofstream(path) << yaml;
        return path;
    }

private:
    TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("explain tells a lawyer the extension, the wait and both dates [R76, R77]") {
    const Office office;
    REQUIRE(office.perform("more", "2017-06-07T09:00").status == 0);
    REQUIRE(office.perform("ask", "2017-06-12T09:00").status == 0);
    const auto waits = office.run("explain permit/1 --at 2017-06-13T09:00");
    CHECK(contains(waits.output, "There is no due date while it waits"));
    CHECK(contains(waits.output, "Extended on 2017-06-07 09:00 by 5 working days."));
    CHECK(contains(waits.output, "effect (the whole procedure): a fixed date"));
    CHECK(contains(waits.output, "Sunday 2017-07-02 is no working day"));
    CHECK(contains(waits.output, "2017-07-03"));  // 2 July is a Sunday
    REQUIRE(office.perform("done", "2017-06-19T09:00").status == 0);
    const auto runs = office.run("explain permit/1 --at 2017-06-20T09:00");
    CHECK(contains(runs.output, "due Monday 2017-07-03"));
    CHECK(contains(runs.output, "Without the extensions it would be due 2017-06-26"));
    CHECK(contains(runs.output, "10 working days were left on Monday 2017-06-19"));
    CHECK(contains(runs.output, "waits for supplement"));
    const auto show = office.run("show permit/1 --at 2017-06-20T09:00");
    CHECK(contains(show.output, "2017-07-03 (extended; first 2017-06-26)"));
    const auto json = office.run("show permit/1 --at 2017-06-20T09:00 --format json");
    CHECK(contains(json.output, "\"original_date\": \"2017-06-26\""));
    CHECK(contains(json.output, "\"extended\": true"));
    const auto vietnamese = office.run("explain permit/1 --at 2017-06-20T09:00 --lang vi");
    CHECK(contains(vietnamese.output, "Gia hạn ngày 2017-06-07 09:00 thêm 5 ngày làm việc"));
    REQUIRE(office.perform("grant", "2017-06-28T09:00").status == 0);
    const auto history = office.run("history permit/1");
    CHECK(contains(as_one_line(history.output), "extended: due 2017-06-26 instead of 2017-06-19"));
    CHECK(contains(as_one_line(history.output), "against the original date 2017-06-26: late"));
}

TEST_CASE("impact says in advance what a new calendar moves and why, apply does it [R81]") {
    const Office office;
    const std::string next = office.next_calendar();
    const auto impact =
        office.run("calendar impact --calendar '" + next + "' --now 2017-06-06T09:00");
    CHECK(impact.errors == "");
    CHECK(impact.status == 0);
    CHECK(contains(impact.output, "permit/1"));
    CHECK(contains(impact.output, "2017-06-19"));
    CHECK(contains(impact.output, "2017-06-20"));
    CHECK(contains(impact.output, "Notice"));
    const auto before = office.run("show permit/1 --at 2017-06-06T09:00");
    CHECK(contains(before.output, "2017-06-19"));  // nothing was changed
    const auto json = office.run("calendar impact --calendar '" + next +
                                 "' --now 2017-06-06T09:00 --format json");
    CHECK(contains(json.output, "\"source\": \"Notice 9/TB\""));
    CHECK(contains(json.output, "\"day\": \"2017-06-16\""));
    const auto applied = office.run("calendar apply --calendar '" + next +
                                    "' --as lan --role operator --now 2017-06-06T09:00");
    CHECK(applied.errors == "");
    CHECK(applied.status == 0);
    CHECK(contains(applied.output, "2017-06-20"));
    CHECK(contains(office.run("show permit/1 --at 2017-06-06T10:00").output, "2017-06-20"));
    const auto history = office.run("history permit/1");
    CHECK(contains(history.output, "Notice 9/TB"));
    CHECK(contains(history.output, "lan"));
    const auto again = office.run("calendar apply --calendar '" + next +
                                  "' --as lan --role operator --now 2017-06-06T11:00");
    CHECK(contains(again.output, "No deadline moves."));
    const auto explained = office.run("explain permit/1 --at 2017-06-06T12:00");
    CHECK(contains(as_one_line(explained.output),
                   "Moved on 2017-06-06 09:00 by version 2 of the calendar: due 2017-06-20 instead "
                   "of 2017-06-19"));
    CHECK(contains(as_one_line(explained.output), "(Notice 9/TB)"));
    CHECK(office.run("replay permit/1").status == 0);
}
