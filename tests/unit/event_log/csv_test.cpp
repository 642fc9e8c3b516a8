// Event logs in CSV, as spreadsheets and databases write them.
#include <catch2/catch.hpp>
#include <filesystem>

#include "workflow/event_log.hpp"

using namespace workflow;

namespace {

LoadedEventLog load(const std::string& text, CsvColumns columns = {}) {
    return load_csv_log(text, "log.csv", columns);
}

std::string only_code(const LoadedEventLog& loaded) {
    CHECK_FALSE(loaded.log.has_value());
    REQUIRE(loaded.diagnostics.size() == 1);
    return loaded.diagnostics[0].code;
}

}  // namespace

TEST_CASE("rows become events of their cases, in whatever order they stand") {
    CsvColumns columns{.case_id = "Case ID",
                       .activity = "What",
                       .at = "When",
                       .resource = "Who",
                       .transition = "Phase",
                       .offset = std::chrono::hours(7)};
    const LoadedEventLog loaded = load(
        "\xef\xbb\xbfWhen,Case ID,What,Who,Phase\r\n"
        "2017-01-02 10:00,b,\"Check, then \"\"sign\"\"\",Lan,start\r\n"
        "2017-01-02 09:00,a,Arrive,,complete\r\n"
        "\r\n"
        "2017-01-02T08:00:00Z,b,\"two\nlines\",Lan,\r\n",
        columns);
    REQUIRE(loaded.diagnostics.empty());
    REQUIRE(loaded.log->cases.size() == 2);
    const LoggedCase& b = loaded.log->cases[0];
    CHECK(b.id == "b");
    REQUIRE(b.events.size() == 2);
    CHECK(b.events[0].activity == "Check, then \"sign\"");
    CHECK(b.events[0].transition == LoggedEvent::Transition::start);
    CHECK(to_string(b.events[0].at, UtcOffset{}) == "2017-01-02T03:00:00+00:00");
    CHECK(b.events[1].activity == "two\nlines");
    CHECK(loaded.log->cases[1].events[0].resource.empty());
}

TEST_CASE("cells may be apart by semicolons") {
    const LoadedEventLog loaded = load("case;activity;time\n1;a, b;2017-01-02 09:00\n");
    REQUIRE(loaded.log.has_value());
    CHECK(loaded.log->cases[0].events[0].activity == "a, b");
}

TEST_CASE("what is wrong in a table is told with its line") {
    LoadedEventLog loaded = load("case,what,time\n1,a,2017-01-02\n");
    CHECK(only_code(loaded) == "no-such-column");
    CHECK(loaded.diagnostics[0].mend() == "its columns are: case, what, time");
    loaded = load("case,activity,time\n1,a,2017-01-02\n1,b\n");
    CHECK(only_code(loaded) == "wrong-number-of-cells");
    CHECK(loaded.diagnostics[0].place.line == 3);
    loaded = load("case,activity,time\n1,a,02/01/2017\n");
    CHECK(only_code(loaded) == "not-a-timestamp");
    CHECK(loaded.diagnostics[0].place.line == 2);
    CHECK(only_code(load("case,activity,time\n1,a,\n")) == "event-without-time");
    CHECK(only_code(load("case,activity,time\n1,,2017-01-02\n")) == "event-without-name");
    CHECK(only_code(load("case,activity,time\n,a,2017-01-02\n")) == "case-without-name");
    CHECK(only_code(load("case,activity,time\n1,\"a,2017-01-02\n")) == "quote-not-closed");
    CHECK(only_code(load("case,activity,time\n1,\"a\"b,2017-01-02\n")) == "text-behind-quote");
    CHECK(only_code(load("")) == "not-a-log");
}

TEST_CASE("a file that is not there is a finding") {
    const LoadedEventLog loaded = load_event_log_file("/nowhere/log.csv");
    CHECK(only_code(loaded) == "unreadable-file");
}
