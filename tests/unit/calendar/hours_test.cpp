#include <catch2/catch.hpp>

#include "unit/calendar/fixture.hpp"

using namespace workflow;
using namespace calendar_fixture;
using OutOfHours = CalendarDefinition::OutOfHours;

TEST_CASE("an office is open from its opening to just before its closing") {
    const auto calendar = build(definition());
    CHECK_FALSE(calendar->is_open(at("2024-05-06 07:59:59.999")));
    CHECK(calendar->is_open(at("2024-05-06 08:00")));
    CHECK(calendar->is_open(at("2024-05-06 11:59:59.999")));
    CHECK_FALSE(calendar->is_open(at("2024-05-06 12:00")));
    CHECK(calendar->is_open(at("2024-05-06 13:00")));
    CHECK_FALSE(calendar->is_open(at("2024-05-06 17:00")));
    CHECK_FALSE(calendar->is_open(at("2024-05-05 10:00")));
    CHECK_FALSE(calendar->is_open(at("2024-05-02 10:00")));
    CHECK(calendar->is_open(at("2024-05-11 10:00")));
}

TEST_CASE("the next opening is now, after lunch, or on the next working day") {
    const auto calendar = build(definition());
    CHECK(calendar->next_open(at("2024-05-06 09:30")) == at("2024-05-06 09:30"));
    CHECK(calendar->next_open(at("2024-05-06 07:00")) == at("2024-05-06 08:00"));
    CHECK(calendar->next_open(at("2024-05-06 12:00")) == at("2024-05-06 13:00"));
    CHECK(calendar->next_open(at("2024-05-03 17:00")) == at("2024-05-06 08:00"));
    CHECK(calendar->next_open(at("2024-05-10 17:00")) == at("2024-05-11 08:00"));
    CHECK(calendar->next_open(at("2024-05-01 00:00")) == at("2024-05-03 08:00"));
}

TEST_CASE("a day ends at its closing hour, or at the legal 24:00") {
    CalendarDefinition legal = definition();
    legal.end_of_day = CalendarDefinition::EndOfDay::midnight;
    CHECK(build(legal)->end_of_day(day("2024-05-06")) == at("2024-05-07 00:00"));
    const auto calendar = build(definition());
    CHECK(calendar->end_of_day(day("2024-05-06")) == at("2024-05-06 17:00"));
    CHECK(calendar->end_of_day(day("2024-05-11")) == at("2024-05-11 17:00"));
    CHECK(calendar->end_of_day(day("2024-05-05")) == at("2024-05-05 17:00"));
    CalendarDefinition early = definition();
    early.closing_without_hours = 12h;
    CHECK(build(early)->end_of_day(day("2024-05-05")) == at("2024-05-05 12:00"));
    CHECK(calendar->opening(day("2024-05-06")) == at("2024-05-06 08:00"));
    CHECK(calendar->opening(day("2024-05-05")) == at("2024-05-05 00:00"));
}

TEST_CASE("a make-up day has its own hours where the file gives them") {
    CalendarDefinition own = definition();
    own.make_up_hours = {{8h, 11h}};
    CHECK(build(own)->end_of_day(day("2024-05-11")) == at("2024-05-11 11:00"));
    CHECK(build(own)->working_time(at("2024-05-11"), at("2024-05-12")) == 3h);
}

TEST_CASE("something counts as received on the day that the calendar says") {
    struct Case {
        const char* arrives;
        const char* same_day;
        const char* next_working_day;
        const char* cut_off_1500;
    };
    const Case cases[] = {
        {"2024-05-06 07:00", "2024-05-06", "2024-05-06", "2024-05-06"},
        {"2024-05-06 15:00", "2024-05-06", "2024-05-06", "2024-05-06"},
        {"2024-05-06 15:00:00.001", "2024-05-06", "2024-05-06", "2024-05-07"},
        {"2024-05-06 17:00", "2024-05-06", "2024-05-06", "2024-05-07"},
        {"2024-05-06 17:00:00.001", "2024-05-06", "2024-05-07", "2024-05-07"},
        {"2024-05-10 20:00", "2024-05-10", "2024-05-11", "2024-05-11"},
        {"2024-05-05 10:00", "2024-05-05", "2024-05-06", "2024-05-05"},
        {"2024-05-01 16:00", "2024-05-01", "2024-05-03", "2024-05-01"},
    };
    CalendarDefinition next = definition();
    next.received_out_of_hours = OutOfHours::next_working_day;
    CalendarDefinition cut_off = definition();
    cut_off.cut_off = 15h;
    for (const Case& one : cases) {
        CAPTURE(one.arrives);
        CHECK(to_string(build(definition())->received_on(at(one.arrives))) == one.same_day);
        CHECK(to_string(build(next)->received_on(at(one.arrives))) == one.next_working_day);
        CHECK(to_string(build(cut_off)->received_on(at(one.arrives))) == one.cut_off_1500);
    }
}

TEST_CASE("opening time between two instants leaves out lunch, nights and days off") {
    struct Case {
        const char* from;
        const char* to;
        std::chrono::milliseconds open;
    };
    const Case cases[] = {
        {"2024-05-06 08:00", "2024-05-06 17:00", 8h},
        {"2024-05-06 11:30", "2024-05-06 13:30", 1h},
        {"2024-05-03 16:00", "2024-05-06 09:00", 2h},
        {"2024-05-10 16:00", "2024-05-11 09:00", 2h},
        {"2024-05-01 00:00", "2024-05-03 00:00", 0h},
        {"2024-05-06 08:00:00.250", "2024-05-06 08:00:01", 750ms},
        {"2024-05-06 00:00", "2024-05-13 00:00", 48h},
        {"2025-12-31 16:00", "2026-01-01 00:00", 1h},
    };
    const auto calendar = build(definition());
    for (const Case& one : cases) {
        CAPTURE(one.from, one.to);
        CHECK(calendar->working_time(at(one.from), at(one.to)) == one.open);
        CHECK(calendar->working_time(at(one.to), at(one.from)) == -one.open);
    }
}

TEST_CASE("an amount of opening time ends at the first instant at which it has passed") {
    struct Case {
        const char* from;
        std::chrono::milliseconds amount;
        const char* end;
    };
    const Case cases[] = {
        {"2024-05-06 08:00", 4h, "2024-05-06 12:00"},
        {"2024-05-06 08:00", 4h + 1ms, "2024-05-06 13:00:00.001"},
        {"2024-05-06 08:00", 8h, "2024-05-06 17:00"},
        {"2024-05-06 10:00", 8h, "2024-05-07 10:00"},
        {"2024-05-03 17:00", 1min, "2024-05-06 08:01"},
        {"2024-05-05 10:00", 0h, "2024-05-05 10:00"},
        {"2024-05-01 09:00", 8h, "2024-05-03 17:00"},
        {"2024-05-10 12:00", 8h, "2024-05-11 12:00"},
        {"2025-12-31 16:00", 1h, "2025-12-31 17:00"},
    };
    const auto calendar = build(definition());
    for (const Case& one : cases) {
        CAPTURE(one.from, one.end);
        CHECK(calendar->add_working_time(at(one.from), one.amount) == at(one.end));
    }
    CHECK_THROWS_AS(calendar->add_working_time(at("2025-12-31 16:00"), 1h + 1ms), Error);
}

TEST_CASE("an office that closes at 24:00 ends its hours on its own day") {
    CalendarDefinition night = definition();
    for (std::size_t i = 1; i <= 5; ++i) night.week[i] = {{20h, 24h}};
    const auto calendar = build(night);
    const Deadline deadline = calendar->deadline(at("2024-05-06 10:00"), {4, Unit::working_hours});
    CHECK(deadline.date == day("2024-05-06"));
    CHECK(deadline.instant == at("2024-05-07 00:00"));
}

TEST_CASE("what remains is negative once the deadline has passed") {
    const auto calendar = build(definition());
    const Deadline due = calendar->deadline(day("2024-05-06"), {5, Unit::working_days});
    CHECK(due.date == day("2024-05-11"));
    CHECK(calendar->remaining(at("2024-05-06 16:00"), due).working_days == 5);
    CHECK(calendar->remaining(at("2024-05-06 16:00"), due).working_time == 41h);
    CHECK(calendar->remaining(at("2024-05-11 16:00"), due).working_days == 0);
    CHECK(calendar->remaining(at("2024-05-14 09:00"), due).working_days == -2);
    CHECK(calendar->remaining(at("2024-05-14 09:00"), due).working_time == -9h);
}
