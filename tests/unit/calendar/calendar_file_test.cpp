#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "unit/calendar/fixture.hpp"
#include "workflow/definition.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace calendar_fixture;

namespace {

constexpr const char* full = R"(calendar: town-hall_2
version: 7
title: {en: Town hall, vi: Tòa thị chính}
source: a decree
zone: {name: Asia/Kabul, offset: "+04:30"}
hours:
  monday to thursday: [08:00-12:00, 13:00-17:00]
  friday: 08:00-12:00
  saturday to sunday: []
make_up_hours: [09:00-11:00]
cut_off: 15:30
received_out_of_hours: next working day
end_of_day: 24:00
closing_on_days_off: 16:00
range: {from: 2024-01-01, announced_until: 2024-12-31, projected_until: 2026-12-31}
reasons:
  feast: {en: Feast, vi: Hội}
  swap: Exchanged
years:
  2024:
    source: the year's notice
    days_off:
      feast: [01-02 to 01-04, 03-01]
      swap: {dates: [05-02], source: another notice}
    make_up_days: {swap: {dates: 05-11, source: another notice}}
rules:
  - {reason: feast, date: 01-02, days: 3, starts_before: 1, substitute: next working day,
     since: 2026, source: the law}
  - {reason: feast, lunar: 01-01, substitute: nothing, source: the law}
)";

struct TemporaryFolder {
    std::filesystem::path path = std::filesystem::temp_directory_path() /
                                 ("workflow-calendar-" + std::to_string(Catch::rngSeed()) + "-" +
                                  std::to_string(reinterpret_cast<std::uintptr_t>(this)));
    TemporaryFolder() { std::filesystem::create_directories(path); }
    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

}  // namespace

TEST_CASE("every key of a calendar file has its effect") {
    const LoadedCalendar loaded = load_calendar(full, "town.yaml");
    for (const Diagnostic& diagnostic : loaded.diagnostics) UNSCOPED_INFO(to_string(diagnostic));
    REQUIRE(loaded.calendar);
    CHECK(loaded.diagnostics.empty());
    CHECK(loaded.source == full);
    const Calendar& calendar = *loaded.calendar;
    CHECK(calendar.digest() == sha256(full));
    CHECK(calendar.id() == "town-hall_2");
    CHECK(calendar.version() == 7);
    CHECK(calendar.definition().title.in("vi") == "Tòa thị chính");
    CHECK(calendar.definition().source == "a decree");
    CHECK(calendar.definition().zone_name == "Asia/Kabul");
    CHECK(calendar.offset() == 4h + 30min);
    const auto local = [](const char* text) { return parse_instant(text, 4h + 30min).value(); };
    CHECK(calendar.working_time(local("2024-01-05"), local("2024-01-06")) == 4h);
    CHECK(calendar.working_time(local("2024-01-08"), local("2024-01-09")) == 8h);
    CHECK(calendar.working_time(local("2024-05-11"), local("2024-05-12")) == 2h);
    CHECK(calendar.received_on(local("2024-01-08 15:31")) == day("2024-01-09"));
    CHECK(calendar.received_on(local("2024-01-06 10:00")) == day("2024-01-08"));
    CHECK(calendar.end_of_day(day("2024-01-08")) == local("2024-01-09 00:00"));
    CHECK(calendar.definition().closing_without_hours == 16h);
    CHECK(calendar.add_working_days(day("2024-01-01"), 1) == day("2024-01-05"));
    const auto days = calendar.explain_days(day("2024-05-01"), day("2024-05-02"));
    CHECK(days[0].reason.in("vi") == "Exchanged");
    CHECK(days[0].source == "another notice");
    CHECK(calendar.explain_days(day("2024-02-29"), day("2024-03-01"))[0].source ==
          "the year's notice");
    // Rules: 1 to 3 January from 2026 on (3 is a Saturday: Monday 5); Tet 2025 is Wed 29 January.
    CHECK(calendar.is_working_day(day("2025-01-02")));
    CHECK(calendar.add_working_days(day("2025-12-31"), 1) == day("2026-01-06"));
    CHECK_FALSE(calendar.is_working_day(day("2025-01-29")));
}

TEST_CASE("the place of an announced day is that of its words in the file") {
    const LoadedCalendar loaded = load_calendar(full, "town.yaml");
    REQUIRE(loaded.calendar);
    const CalendarDefinition& read = loaded.calendar->definition();
    REQUIRE(read.days_off.size() == 5);
    CHECK(read.days_off[3].date == date("2024-03-01"));
    CHECK(read.days_off[3].place == Place{"town.yaml", 23, 31});
}

TEST_CASE("a calendar file that cannot be read is a finding") {
    const TemporaryFolder folder;
    for (const auto& path : {folder.path / "missing.yaml", folder.path}) {
        const LoadedCalendar loaded = load_calendar_file(path);
        CHECK_FALSE(loaded.calendar);
        REQUIRE(loaded.diagnostics.size() == 1);
        CHECK(loaded.diagnostics[0].code == "unreadable-file");
        CHECK(loaded.diagnostics[0].place.file == path.string());
    }
}

TEST_CASE("a calendar file may be as large as the limit, and no larger") {
    const TemporaryFolder folder;
    const auto path = folder.path / "large.yaml";
    std::string text = full;
    // Comment lines of 100 characters, then one that fills up.
    while (text.size() + 200 < limits::definition_bytes_max)
        text += "#" + std::string(98, 'x') + "\n";
    text += "#" + std::string(limits::definition_bytes_max - text.size() - 1, 'x');
    const auto write = [&] { std::ofstream(path, std::ios::binary) << text; };
    write();
    CHECK(load_calendar_file(path).calendar);
    text += "x";
    write();
    const LoadedCalendar loaded = load_calendar_file(path);
    CHECK_FALSE(loaded.calendar);
    REQUIRE(loaded.diagnostics.size() == 1);
    CHECK(loaded.diagnostics[0].code == "file-too-large");
}
