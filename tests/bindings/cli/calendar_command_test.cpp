#include <catch2/catch.hpp>

#include "bindings/cli/tool.hpp"

using namespace workflow::test;

TEST_CASE("calendar due gives the deadline as one line of JSON") {
    const auto due = run_tool(
        "calendar due --calendar procedures/calendars/vn-state.yaml --from 2017-04-25 "
        "\"30 working days\" --format json");
    CHECK(due.output ==
          "{\"due\": \"2017-06-08T17:00:00+07:00\", \"date\": \"2017-06-08\", "
          "\"working_days\": 30, \"projected\": false}\n");
    CHECK(due.errors.empty());
    CHECK(due.status == 0);
}

TEST_CASE("a calendar is found by its id under procedures/calendars") {
    // The three legs of Decision 1690, one after the other, then days that no notice has announced.
    const struct {
        const char* from;
        const char* limit;
        const char* json;
    } cases[] = {
        {"2017-06-08", "5 working days",
         "{\"due\": \"2017-06-15T17:00:00+07:00\", \"date\": \"2017-06-15\", \"working_days\": 5, "
         "\"projected\": false}\n"},
        {"2017-06-15T09:00:00+07:00", "10 working days",
         "{\"due\": \"2017-06-29T17:00:00+07:00\", \"date\": \"2017-06-29\", \"working_days\": 10, "
         "\"projected\": false}\n"},
        // The raw end, 4 September, is off for National Day; 31 August, 1 and 5 September are
        // worked.
        {"2017-08-30", "5 days",
         "{\"due\": \"2017-09-05T17:00:00+07:00\", \"date\": \"2017-09-05\", \"working_days\": 3, "
         "\"projected\": false}\n"},
        // Monday to Tuesday.
        {"2035-06-11", "1 working day",
         "{\"due\": \"2035-06-12T17:00:00+07:00\", \"date\": \"2035-06-12\", \"working_days\": 1, "
         "\"projected\": true}\n"},
    };
    for (const auto& one : cases) {
        const auto due =
            run_tool(std::string("calendar due --calendar vn-state --format json --from ") +
                     one.from + " \"" + one.limit + "\"");
        CHECK(due.output == one.json);
    }
}

TEST_CASE("a deadline is explained day by day, in both languages") {
    const std::string command =
        "calendar due --calendar vn-state --from 2017-04-25 \"30 working days\" --explain";
    const auto english = run_tool(command);
    CHECK(contains(english.output, "Due Thursday 2017-06-08, 17:00"));
    CHECK(contains(english.output, "day of the event: not counted"));
    CHECK(contains(english.output, "2017-05-01  Monday"));
    CHECK(contains(english.output, "day off: Labour Day"));
    CHECK(contains(english.output, " 30  2017-06-08  Thursday   counted"));
    const auto vietnamese = run_tool(command + " --lang vi");
    CHECK(contains(vietnamese.output, "30 ngày làm việc kể từ thứ Ba 2017-04-25"));
    CHECK(contains(vietnamese.output, "ngày nghỉ: Ngày Quốc tế Lao động"));
    CHECK_FALSE(contains(vietnamese.output, "counted"));
}

TEST_CASE("calendar days counts a year's working days and lists what departs from the week") {
    const auto text = run_tool("calendar days --calendar vn-state --year 2017");
    CHECK(contains(text.output, "2017: 250 working days"));
    CHECK(contains(text.output, "2017-05-01"));
    const auto json = run_tool("calendar days --calendar vn-state --year 2026 --format json");
    CHECK(contains(json.output, "\"working_days\": 249,"));
    CHECK(contains(json.output, "\"kind\": \"make_up\""));
}

TEST_CASE("a date outside the calendar is an error that names the range") {
    const auto due =
        run_tool("calendar due --calendar vn-state --from 2050-01-01 \"1 working day\"");
    CHECK(due.status == 1);
    CHECK(due.output.empty());
    CHECK(contains(due.errors, "2040-12-31"));
}

TEST_CASE("an unknown calendar is an error that lists the known ones") {
    const auto due = run_tool("calendar due --calendar vn-stat --from 2017-04-25 \"1 day\"");
    CHECK(due.status == 1);
    CHECK(contains(due.errors, "'vn-stat'"));
    CHECK(contains(due.errors, "vn-state"));
}
