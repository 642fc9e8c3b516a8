#include <catch2/catch.hpp>

#include <limits>

#include "unit/calendar/fixture.hpp"

using namespace workflow;
using namespace calendar_fixture;

namespace {

/// The message of the Error{limit} that `call` must throw.
template <typename Call>
std::string refusal_of(Call call) {
    try {
        call();
    } catch (const Error& error) {
        CHECK(error.code() == ErrorCode::limit);
        return error.what();
    }
    FAIL("not refused");
    return {};
}

constexpr auto most = std::numeric_limits<std::int64_t>::max();
constexpr auto least = std::numeric_limits<std::int64_t>::min();

}  // namespace

TEST_CASE("a date outside the range is an error that names calendar and range") {
    const auto calendar = build(definition());
    const std::string expected =
        "2026-01-01 is outside small, which covers 2024-05-01 to 2025-12-31";
    CHECK(refusal_of([&] { (void)calendar->is_working_day(day("2026-01-01")); }) == expected);
    CHECK(refusal_of([&] { (void)calendar->add_working_days(day("2026-01-01"), 1); }) == expected);
    CHECK(refusal_of([&] { (void)calendar->roll_forward(day("2026-01-01")); }) == expected);
    CHECK(refusal_of([&] { (void)calendar->opening(day("2026-01-01")); }) == expected);
    CHECK(refusal_of([&] { (void)calendar->end_of_day(day("2026-01-01")); }) == expected);
    CHECK(refusal_of([&] {
              (void)calendar->deadline(day("2026-01-01"), {1, Unit::days});
          }) == expected);
    CHECK(refusal_of([&] {
              (void)calendar->deadline(at("2026-01-01"), {1, Unit::hours});
          }) == expected);
    CHECK(refusal_of([&] { (void)calendar->received_on(at("2026-01-01")); }) == expected);
    CHECK(refusal_of([&] { (void)calendar->is_working_day(day("2024-04-30")); }) ==
          "2024-04-30 is outside small, which covers 2024-05-01 to 2025-12-31");
}

TEST_CASE("the first and the last day of the range are inside") {
    const auto calendar = build(definition());
    CHECK_FALSE(calendar->is_working_day(day("2024-05-01")));
    CHECK(calendar->is_working_day(day("2025-12-31")));
    CHECK(to_string(calendar->first()) == "2024-05-01");
    CHECK(to_string(calendar->last()) == "2025-12-31");
    CHECK(calendar->day_of(at("2024-05-01 00:00")) == day("2024-05-01"));
    CHECK(calendar->day_of(at("2025-12-31 23:59:59.999")) == day("2025-12-31"));
    refusal_of([&] { (void)calendar->day_of(at("2024-04-30 23:59:59.999")); });
    refusal_of([&] { (void)calendar->day_of(at("2025-12-31 24:00")); });
}

TEST_CASE("counting may reach the ends of the range and not one day further") {
    const auto calendar = build(definition());
    CHECK(calendar->add_working_days(day("2025-12-30"), 1) == day("2025-12-31"));
    CHECK(refusal_of([&] { (void)calendar->add_working_days(day("2025-12-31"), 1); }) ==
          "counting working days from 2025-12-31 by 1 leads outside small, which covers 2024-05-01 "
          "to 2025-12-31");
    CHECK(calendar->add_working_days(day("2024-05-06"), -1) == day("2024-05-03"));
    refusal_of([&] { (void)calendar->add_working_days(day("2024-05-03"), -1); });
    refusal_of([&] { (void)calendar->previous_working_day(day("2024-05-01")); });
    refusal_of([&] { (void)calendar->next_working_day(day("2025-12-31")); });
    const std::int64_t all = calendar->count_working_days(day("2024-05-01"), day("2026-01-01"));
    CHECK(calendar->add_working_days(day("2024-05-01"), all) == day("2025-12-31"));
    refusal_of([&] { (void)calendar->add_working_days(day("2024-05-01"), all + 1); });
    refusal_of([&] { (void)calendar->count_working_days(day("2024-05-01"), day("2026-01-02")); });
    refusal_of([&] { (void)calendar->count_working_days(day("2024-04-30"), day("2024-05-02")); });
}

TEST_CASE("rolling on past the end of the range is refused") {
    CalendarDefinition short_range = definition();
    short_range.last = date("2024-06-02");  // a Sunday
    const auto calendar = build(short_range);
    CHECK(calendar->roll_forward(day("2024-05-31")) == day("2024-05-31"));
    refusal_of([&] { (void)calendar->roll_forward(day("2024-06-01")); });
    refusal_of([&] { (void)calendar->deadline(day("2024-05-31"), {1, Unit::days}); });
}

TEST_CASE("absurd inputs are refused and nothing overflows") {
    const auto calendar = build(definition());
    for (const std::int64_t number : {most, least, most - 1, least + 1}) {
        refusal_of([&] { (void)calendar->is_working_day(Day(std::chrono::days(number))); });
        refusal_of([&] { (void)calendar->add_working_days(day("2024-06-03"), number); });
        refusal_of(
            [&] { (void)calendar->add_working_days(Day(std::chrono::days(number)), number); });
        refusal_of([&] { (void)calendar->day_of(Instant(std::chrono::milliseconds(number))); });
        refusal_of([&] { (void)calendar->next_open(Instant(std::chrono::milliseconds(number))); });
        refusal_of([&] {
            (void)calendar->working_time(at("2024-06-03"),
                                         Instant(std::chrono::milliseconds(number)));
        });
        CHECK_NOTHROW(calendar->is_projected(Day(std::chrono::days(number))));
    }
    refusal_of([&] {
        (void)calendar->add_working_time(at("2024-06-03"), std::chrono::milliseconds(most));
    });
    for (const Unit unit : {Unit::working_days, Unit::working_hours, Unit::days, Unit::hours,
                            Unit::minutes, Unit::weeks, Unit::months, Unit::years}) {
        CAPTURE(to_string(unit));
        for (const std::int32_t count : {1'000'000, std::numeric_limits<std::int32_t>::max()}) {
            if (unit == Unit::minutes && count == 1'000'000) continue;  // 694 days: may fit
            refusal_of([&] { (void)calendar->deadline(day("2024-06-03"), {count, unit}); });
            refusal_of([&] { (void)calendar->deadline(at("2024-06-03 09:00"), {count, unit}); });
            refusal_of([&] { (void)calendar->explain(at("2024-06-03 09:00"), {count, unit}); });
        }
    }
}

TEST_CASE("a negative limit is a misuse") {
    const auto calendar = build(definition());
    for (const std::int32_t count : {-1, std::numeric_limits<std::int32_t>::min()}) {
        try {
            (void)calendar->deadline(at("2024-06-03 09:00"), {count, Unit::hours});
            FAIL("not refused");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::misuse);
        }
    }
    CHECK_THROWS_AS(calendar->add_working_time(at("2024-06-03"), -1ms), Error);
}
