#include <catch2/catch.hpp>

#include <algorithm>

#include "workflow/definition.hpp"
#include "workflow/limits.hpp"

using namespace workflow;

namespace {

/// A good file; each case replaces one part of it.
constexpr const char* good = R"(calendar: small
version: 1
title: Small
zone: {name: Asia/Ho_Chi_Minh, offset: "+07:00"}
hours:
  monday to friday: [08:00-12:00, 13:00-17:00]
received_out_of_hours: same day
end_of_day: closing
range: {from: 2024-01-01, announced_until: 2024-12-31, projected_until: 2025-12-31}
reasons:
  feast: Feast
  swap: Exchanged
years:
  2024:
    source: notice
    days_off:
      feast: [05-01, 05-02 to 05-03]
    make_up_days:
      swap: 05-11
rules:
  - reason: feast
    date: 05-01
    source: law
)";

struct Case {
    const char* from;
    const char* to;
    const char* finding;  ///< `line:column code`
    const char* mend;     ///< a part of it
};

const Case cases[] = {
    // Form.
    {"version: 1", "versoin: 1", "2:1 unknown-key", "did you mean 'version'?"},
    {"    make_up_days:", "    make_up_day:", "18:5 unknown-key", "'make_up_days'"},
    {"    date: 05-01", "    dates: 05-01", "22:5 unknown-key", "'date'"},
    {"offset: ", "ofset: ", "4:32 unknown-key", "'offset'"},
    {"announced_until", "announced_util", "9:27 unknown-key", "'announced_until'"},
    {"calendar: small", "calendar: Small!", "1:11 not-a-calendar-id", "vn-state"},
    {"calendar: small", "calendar: [small]", "1:11 not-a-calendar-id", "vn-state"},
    {"version: 1", "version: 0", "2:10 not-an-integer", "without quotes"},
    {"version: 1", "version: one", "2:10 not-an-integer", "without quotes"},
    {"\"+07:00\"", "Hanoi", "4:40 not-an-offset", "+07:00"},
    {"monday to friday", "monday to fryday", "6:3 not-a-weekday", "'friday'"},
    {"monday to friday: [", "monday: [08:00-09:00]\n  monday to friday: [", "7:3 weekday-twice",
     "keep one"},
    {"13:00-17:00", "13h-17h", "6:35 not-opening-hours", "08:00-12:00"},
    {"13:00-17:00", "13:00-25:00", "6:35 not-opening-hours", "08:00-12:00"},
    {"received_out_of_hours: same day", "received_out_of_hours: tomorrow",
     "7:24 not-a-calendar-word", "`same day` or `next working day`"},
    {"end_of_day: closing", "end_of_day: evening", "8:13 not-a-calendar-word",
     "`closing` or `24:00`"},
    {"end_of_day: closing", "end_of_day: closing\ncut_off: 3pm", "9:10 not-a-time-of-day", "15:30"},
    {"from: 2024-01-01", "from: 2023-02-29", "9:15 not-a-date", "2017-06-08"},
    {"  feast: Feast", "  feast: Feast\n  unused: Unused", "12:3 unused-reason", "remove it"},
    {"feast: [", "feest: [", "17:7 unknown-reason-near", "'feast'"},
    {"      swap: 05-11", "      mistake: 05-11", "19:7 unknown-reason", "feast, swap"},
    {"reason: feast", "reason: fest", "21:13 unknown-reason-near", "'feast'"},
    {"[05-01,", "[1 May,", "17:15 not-a-day-of-year", "02-17 to 02-20"},
    {"05-01, 05-02", "05-01, 13-02", "17:22 no-such-day", "month first"},
    {"05-01, 05-02 to 05-03", "05-01, 05-03 to 05-02", "17:22 days-reversed", "earlier day first"},
    {"  2024:", "  24:", "14:3 not-an-integer", "without quotes"},
    {"    source: notice\n", "", "15:5 missing-key", "add it"},
    {"swap: 05-11", "swap: {dates: 05-11}", "19:13 missing-key", "add it"},
    {"    date: 05-01\n", "", "21:5 rule-without-base", "lunar: 01-01"},
    {"    date: 05-01\n", "    date: 05-01\n    lunar: 01-01\n", "23:12 rule-with-two-dates",
     "two rules"},
    {"    date: 05-01\n", "    date: 05-32\n", "22:11 rule-without-date", "MM-DD"},
    {"    date: 05-01\n", "    date: May\n", "22:11 not-a-day-of-year", "02-17"},
    {"    source: law", "    source: law\n    days: 61", "24:11 not-an-integer", "without quotes"},
    {"    source: law", "    source: law\n    substitute: monday", "24:17 not-a-calendar-word",
     "`nothing` or `next working day`"},
    {"title: Small", "title: [Small]", "3:8 not-a-text", "behind the colon"},
    {"version: 1\n", "version: 1\nversion: 2\n", "3:1 duplicate-key", "keep one"},
    {"rules:\n  - reason", "rules:\n    reason", "21:5 not-a-list", "- entry"},
    // Contradictions.
    {"[08:00-12:00, 13:00-17:00]", "[]", "1:1 no-working-weekday", "monday to friday"},
    {"08:00-12:00", "12:00-08:00", "6:21 span-reversed", "08:00-12:00"},
    {"13:00-17:00", "11:00-17:00", "6:21 spans-overlap", "order the spans"},
    {"announced_until: 2024-12-31", "announced_until: 2023-12-31", "9:8 range-reversed",
     "announced_until"},
    {"projected_until: 2025-12-31", "projected_until: 2200-01-01", "9:8 range-too-wide",
     "1900 to 2199"},
    {"announced_until: 2024-12-31", "announced_until: 2024-05-10", "19:13 date-outside-announced",
     "range"},
    {"[05-01,", "[05-03,", "17:22 date-twice", "remove one"},
    {"[05-01,", "[05-04,", "17:15 day-off-on-weekend", "instead of it"},
    {"swap: 05-11", "swap: 05-01", "19:13 off-and-worked", "remove the other"},
    {"swap: 05-11", "swap: 05-06", "19:13 already-worked", "weekly day off"},
    {"swap: 05-11", "swap: [05-11, 05-11]", "19:21 date-twice", "remove one"},
    {"  monday to friday: [08:00-12:00, 13:00-17:00]",
     "  monday to thursday: 08:00-12:00\n  friday: 08:00-11:00", "20:13 make-up-hours-missing",
     "make_up_hours"},
};

std::string replaced(const std::string& from, const std::string& to) {
    std::string text = good;
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

std::string shown(const Diagnostic& diagnostic) {
    return std::to_string(diagnostic.place.line) + ":" + std::to_string(diagnostic.place.column) +
           " " + diagnostic.code;
}

}  // namespace

TEST_CASE("the file that the cases spoil is good") {
    const LoadedCalendar loaded = load_calendar(good, "small.yaml");
    CHECK(loaded.diagnostics.empty());
    CHECK(loaded.calendar);
}

TEST_CASE("a bad calendar file is refused with place, code and mend, in both languages") {
    for (const Case& one : cases) {
        CAPTURE(one.to, one.finding);
        const LoadedCalendar loaded = load_calendar(replaced(one.from, one.to), "small.yaml");
        REQUIRE_FALSE(loaded.diagnostics.empty());
        for (const Diagnostic& diagnostic : loaded.diagnostics)
            UNSCOPED_INFO(to_string(diagnostic));
        const Diagnostic& first = loaded.diagnostics.front();
        CHECK(shown(first) == one.finding);
        CHECK(first.place.file == "small.yaml");
        CHECK(first.mend().find(one.mend) != std::string::npos);
        CHECK((loaded.calendar == nullptr) == (first.severity == Severity::error));
        CHECK_FALSE(first.message("vi").empty());
        CHECK(first.message("vi") != first.message("en"));
        CHECK(to_string(first, "vi").find('{') == std::string::npos);
        CHECK(to_string(first, "en").find('{') == std::string::npos);
    }
}

TEST_CASE("a missing part of a calendar file is named") {
    for (const char* key : {"calendar", "version", "title", "zone", "hours",
                            "received_out_of_hours", "end_of_day", "range"}) {
        CAPTURE(key);
        std::string text;
        bool dropping = false;
        for (std::size_t at = 0; at < std::string(good).size();) {
            const std::string all = good;
            const std::size_t end = all.find('\n', at) + 1;
            const std::string line = all.substr(at, end - at);
            if (line[0] != ' ') dropping = line.rfind(std::string(key) + ":", 0) == 0;
            if (!dropping) text += line;
            at = end;
        }
        const LoadedCalendar loaded = load_calendar(text, "small.yaml");
        CHECK_FALSE(loaded.calendar);
        REQUIRE_FALSE(loaded.diagnostics.empty());
        CHECK(shown(loaded.diagnostics.front()) == "1:1 missing-key");
        CHECK(loaded.diagnostics.front().arguments.front() == key);
    }
}

TEST_CASE("faults of form and contradictions are reported together") {
    std::string text = good;
    text.replace(text.find("version: 1"), 10, "versoin: 1");
    text.replace(text.find("swap: 05-11"), 11, "swap: 05-06");
    const LoadedCalendar loaded = load_calendar(text, "small.yaml");
    REQUIRE(loaded.diagnostics.size() == 3);
    CHECK(shown(loaded.diagnostics[0]) == "2:1 unknown-key");
    CHECK(shown(loaded.diagnostics[1]) == "1:1 missing-key");
    CHECK(shown(loaded.diagnostics[2]) == "19:13 already-worked");
}

TEST_CASE("what is no calendar at all is refused") {
    for (const char* text :
         {"", "just text", "[1, 2]", "calendar", "{}", "calendar: {", "\xff\xfe"}) {
        CAPTURE(text);
        const LoadedCalendar loaded = load_calendar(text, "small.yaml");
        CHECK_FALSE(loaded.calendar);
        CHECK(has_errors(loaded.diagnostics));
    }
}

TEST_CASE("a calendar file has limits, and what lies on them is read") {
    struct SizeCase {
        const char* code;
        std::size_t most;
        std::string (*text)(std::size_t);
    };
    const SizeCase sizes[] = {
        {"too-many-reasons", limits::calendar_reasons_max,
         [](std::size_t size) {
             // Two of them are the good file's own.
             std::string reasons;
             for (std::size_t i = 2; i < size; ++i) reasons += "  r" + std::to_string(i) + ": x\n";
             return replaced("years:", reasons + "years:");
         }},
        {"calendar-text-too-long", limits::calendar_text_bytes_max,
         [](std::size_t size) {
             return replaced("source: notice", "source: " + std::string(size, 'x'));
         }},
        {"calendar-text-too-long", limits::calendar_text_bytes_max,
         [](std::size_t size) {
             return replaced("feast: Feast",
                             "feast: {en: " + std::string(size - 1, 'x') + ", vi: x}");
         }},
    };
    for (const SizeCase& one : sizes) {
        CAPTURE(one.code);
        CHECK(load_calendar(one.text(one.most), "small.yaml").calendar);
        const LoadedCalendar loaded = load_calendar(one.text(one.most + 1), "small.yaml");
        CHECK_FALSE(loaded.calendar);
        REQUIRE_FALSE(loaded.diagnostics.empty());
        CHECK(std::any_of(loaded.diagnostics.begin(), loaded.diagnostics.end(),
                          [&](const Diagnostic& found) { return found.code == one.code; }));
    }
}

TEST_CASE("a file that lists far too many days is refused and not expanded") {
    std::string days;
    for (int i = 0; i < 100'000; ++i) days += "01-01 to 12-31, ";
    const LoadedCalendar loaded =
        load_calendar(replaced("[05-01, 05-02 to 05-03]", "[" + days + "01-01]"), "small.yaml");
    CHECK_FALSE(loaded.calendar);
    REQUIRE(loaded.diagnostics.size() == 1);
    CHECK(loaded.diagnostics[0].code == "too-many-days");
    CHECK(loaded.diagnostics[0].place.line == 17);
}

TEST_CASE("unknown reasons by the thousand are refused in bounded time") {
    std::string days;
    for (int i = 0; i < 50'000; ++i) days += "      fiest" + std::to_string(i) + ": 05-02\n";
    const LoadedCalendar loaded =
        load_calendar(replaced("      feast: [05-01, 05-02 to 05-03]\n", days), "small.yaml");
    CHECK_FALSE(loaded.calendar);
    CHECK(loaded.diagnostics.size() == limits::diagnostics_max);
}
