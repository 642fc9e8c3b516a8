#include <catch2/catch.hpp>

#include <random>

#include "unit/calendar/fixture.hpp"

using namespace workflow;
using namespace calendar_fixture;
using std::chrono::days;

namespace {

/// What the tables must agree with: a plain walk over the days.
Day walk(const Calendar& calendar, Day day, std::int64_t n) {
    const days step(n < 0 ? -1 : 1);
    while (n != 0) {
        day += step;
        if (calendar.is_working_day(day)) n -= step.count();
    }
    return day;
}

std::int64_t count_by_walking(const Calendar& calendar, Day from, Day to) {
    std::int64_t count = 0;
    for (Day day = from; day < to; day += days(1)) count += calendar.is_working_day(day) ? 1 : 0;
    return count;
}

/// Opening time of the hours 08:00-12:00 and 13:00-17:00, minute by minute.
std::chrono::minutes open_by_walking(const Calendar& calendar, Instant from, Instant to) {
    std::chrono::minutes open{0};
    for (Instant now = from; now < to; now += 1min) {
        const Day day = day_of(now, 7h);
        const auto time = now - instant_of(day, 0min, 7h);
        const bool inside = (time >= 8h && time < 12h) || (time >= 13h && time < 17h);
        if (inside && calendar.is_working_day(day)) open += 1min;
    }
    return open;
}

CalendarDefinition long_definition() {
    CalendarDefinition result = definition();
    result.first = date("2000-01-01");
    result.last = date("2060-12-31");
    result.rules.resize(2);
    result.rules[0].days = 3;
    result.rules[1].kind = RecurringRule::Kind::lunar;
    result.rules[1].days = 5;
    result.rules[1].substitute = RecurringRule::Substitute::next_working_day;
    return result;
}

}  // namespace

TEST_CASE("tables agree with a plain walk over the days, and counting undoes adding") {
    const auto seed = Catch::rngSeed() != 0 ? Catch::rngSeed() : 20170425U;
    INFO("seed " << seed << ": test_calendar --rng-seed " << seed);
    std::mt19937 random(seed);
    const auto calendar = build(long_definition());
    std::uniform_int_distribution<int> any_day(2000, 20000);
    std::uniform_int_distribution<int> any_count(-600, 600);
    for (int i = 0; i < 3000; ++i) {
        const Day from = calendar->first() + days(any_day(random));
        const int n = any_count(random);
        CAPTURE(to_string(from), n);
        const Day end = calendar->add_working_days(from, n);
        REQUIRE(end == walk(*calendar, from, n));
        const Day low = std::min(from, end);
        const Day high = std::max(from, end);
        const std::int64_t between = calendar->count_working_days(low, high);
        REQUIRE(between == count_by_walking(*calendar, low, high));
        REQUIRE(calendar->count_working_days(high, low) == -between);
        if (n > 0) REQUIRE(calendar->count_working_days(from + days(1), end + days(1)) == n);
        if (n < 0) REQUIRE(calendar->count_working_days(end, from) == -n);
        REQUIRE(calendar->roll_forward(from) == walk(*calendar, from - days(1), 1));
    }
}

TEST_CASE("working time agrees with a plain walk over the minutes, and adding undoes measuring") {
    const auto seed = Catch::rngSeed() != 0 ? Catch::rngSeed() : 20170425U;
    INFO("seed " << seed << ": test_calendar --rng-seed " << seed);
    std::mt19937 random(seed);
    const auto calendar = build(long_definition());
    std::uniform_int_distribution<int> any_minute(0, 30'000'000);
    std::uniform_int_distribution<int> any_length(0, 30 * 24 * 60);
    const Instant start = at("2000-01-01 00:00");
    for (int i = 0; i < 200; ++i) {
        const Instant from = start + std::chrono::minutes(any_minute(random));
        const Instant to = from + std::chrono::minutes(any_length(random));
        CAPTURE(to_string(from, 7h), to_string(to, 7h));
        const auto open = calendar->working_time(from, to);
        REQUIRE(open == open_by_walking(*calendar, from, to));
        const Instant end = calendar->add_working_time(from, open);
        REQUIRE(end <= to);
        REQUIRE(calendar->working_time(from, end) == open);
        if (open > 0ms) REQUIRE(calendar->working_time(from, end - 1ms) == open - 1ms);
    }
}
