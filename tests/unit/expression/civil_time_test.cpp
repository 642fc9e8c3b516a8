#include "expression/civil_time.hpp"

#include <array>
#include <catch2/catch.hpp>

#include "unit/calendar/fixture.hpp"

using namespace workflow;
using namespace workflow::expression;
using namespace std::chrono_literals;

namespace {

/// `-` for nothing.
template <typename Time>
std::string text_of(const std::optional<Time>& time) {
    return time ? to_string(*time) : "-";
}
Duration length(const char* text) {
    return *parse_duration(text);
}
Timestamp point(const char* text) {
    return *parse_timestamp(text);
}

constexpr const char* first_moment = "0001-01-01T00:00:00Z";
constexpr const char* last_moment = "9999-12-31T23:59:59.999999999Z";

}  // namespace

TEST_CASE("durations add and subtract exactly, in one sign, up to the range's ends") {
    struct Row {
        const char* a;
        const char* b;
        const char* sum;
        const char* difference;
    };
    for (const auto& [a, b, sum, difference] : std::initializer_list<Row>{
             {"1s", "2s", "3s", "-1s"},
             {"0.6s", "0.6s", "1.2s", "0s"},
             {"-0.6s", "-0.6s", "-1.2s", "0s"},
             {"1s", "-0.000000001s", "0.999999999s", "1.000000001s"},
             {"-1s", "0.000000001s", "-0.999999999s", "-1.000000001s"},
             {"1.2s", "-1.5s", "-0.3s", "2.7s"},
             {"-1.2s", "1.5s", "0.3s", "-2.7s"},
             {"0.5s", "-1s", "-0.5s", "1.5s"},
             {"0.5s", "-0.5s", "0s", "1s"},
             {"2.1s", "0.2s", "2.3s", "1.9s"},
             {"1.999999999s", "1.999999999s", "3.999999998s", "0s"},
             {"-1.999999999s", "-1.999999999s", "-3.999999998s", "0s"},
             {"315576000000s", "0s", "315576000000s", "315576000000s"},
             {"315576000000s", "-0.000000001s", "315575999999.999999999s", "-"},
             {"315576000000s", "0.000000001s", "-", "315575999999.999999999s"},
             {"-315576000000s", "0.000000001s", "-315575999999.999999999s", "-"},
             {"-315576000000s", "-0.000000001s", "-", "-315575999999.999999999s"},
             {"315576000000s", "315576000000s", "-", "0s"},
             {"-315576000000s", "315576000000s", "0s", "-"},
             {"315575999999.5s", "0.5s", "315576000000s", "315575999999s"},
             {"315575999999.5s", "0.500000001s", "-", "315575999998.999999999s"},
         }) {
        CAPTURE(a, b);
        CHECK(text_of(add(length(a), length(b))) == sum);
        CHECK(text_of(add(length(b), length(a))) == sum);
        CHECK(text_of(subtract(length(a), length(b))) == difference);
    }
    // Of one sign: what a text cannot show.
    CHECK(add(Duration{1, 0}, Duration{0, -1}) == Duration{0, 999'999'999});
    CHECK(add(Duration{-1, 0}, Duration{0, 1}) == Duration{0, -999'999'999});
    CHECK(add(Duration{2, 0}, Duration{0, -1}) == Duration{1, 999'999'999});
    CHECK(add(Duration{-2, 0}, Duration{0, 1}) == Duration{-1, -999'999'999});
    CHECK(negated(Duration{-1, -500'000'000}) == Duration{1, 500'000'000});
    CHECK(negated(Duration{0, 1}) == Duration{0, -1});
    CHECK(negated(Duration{}) == Duration{});
}

TEST_CASE("a timestamp moves by a duration, and not beyond the years 1 to 9999") {
    struct Row {
        const char* from;
        const char* by;
        const char* later;
        const char* earlier;
    };
    for (const auto& [from, by, later, earlier] : std::initializer_list<Row>{
             {"2024-02-28T12:00:00Z", "24h", "2024-02-29T12:00:00Z", "2024-02-27T12:00:00Z"},
             {"2023-02-28T12:00:00Z", "24h", "2023-03-01T12:00:00Z", "2023-02-27T12:00:00Z"},
             {"1970-01-01T00:00:00Z", "1ns", "1970-01-01T00:00:00.000000001Z",
              "1969-12-31T23:59:59.999999999Z"},
             {"1970-01-01T00:00:00Z", "-1.5s", "1969-12-31T23:59:58.5Z", "1970-01-01T00:00:01.5Z"},
             {"1969-12-31T23:59:59.75Z", "0.5s", "1970-01-01T00:00:00.25Z",
              "1969-12-31T23:59:59.25Z"},
             {"1969-12-31T23:59:59.25Z", "0.5s", "1969-12-31T23:59:59.75Z",
              "1969-12-31T23:59:58.75Z"},
             {"1969-12-31T23:59:59.999999999Z", "1.999999999s", "1970-01-01T00:00:01.999999998Z",
              "1969-12-31T23:59:58Z"},
             {first_moment, "0s", first_moment, first_moment},
             {first_moment, "1ns", "0001-01-01T00:00:00.000000001Z", "-"},
             {first_moment, "-1ns", "-", "0001-01-01T00:00:00.000000001Z"},
             {last_moment, "1ns", "-", "9999-12-31T23:59:59.999999998Z"},
             {last_moment, "-1ns", "9999-12-31T23:59:59.999999998Z", "-"},
             {"9999-12-31T23:59:59Z", "0.999999999s", last_moment,
              "9999-12-31T23:59:58.000000001Z"},
             {first_moment, "315537897599.999999999s", last_moment, "-"},
             {first_moment, "315537897600s", "-", "-"},
             {last_moment, "315537897599.999999999s", "-", first_moment},
             {last_moment, "315576000000s", "-", "-"},
             {first_moment, "-315576000000s", "-", "-"},
         }) {
        CAPTURE(from, by);
        CHECK(text_of(add(point(from), length(by))) == later);
        CHECK(text_of(subtract(point(from), length(by))) == earlier);
    }
}

TEST_CASE("the distance of two timestamps is exact, over the whole range, too") {
    struct Row {
        const char* a;
        const char* b;
        const char* distance;
    };
    for (const auto& [a, b, distance] : std::initializer_list<Row>{
             {"2024-03-01T00:00:00Z", "2024-02-28T00:00:00Z", "172800s"},
             {"2023-03-01T00:00:00Z", "2023-02-28T00:00:00Z", "86400s"},
             {"1970-01-01T00:00:00.25Z", "1969-12-31T23:59:59.75Z", "0.5s"},
             {"1969-12-31T23:59:59.75Z", "1970-01-01T00:00:00.25Z", "-0.5s"},
             {"1970-01-01T00:00:01Z", "1969-12-31T23:59:59.999999999Z", "1.000000001s"},
             {"2017-06-08T10:00:00Z", "2017-06-08T10:00:00Z", "0s"},
             // 2^63 - 1 nanoseconds, and one more.
             {"2262-04-11T23:47:16.854775807Z", "1970-01-01T00:00:00Z", "9223372036.854775807s"},
             {"2262-04-11T23:47:16.854775808Z", "1970-01-01T00:00:00Z", "-"},
             {last_moment, first_moment, "-"},
             {first_moment, last_moment, "-"},
         }) {
        CAPTURE(a, b);
        CHECK(text_of(subtract(point(a), point(b))) == distance);
    }
}

TEST_CASE("the ranges end where CEL says") {
    CHECK(is_in_range(Timestamp{-62'135'596'800, 0}));
    CHECK_FALSE(is_in_range(Timestamp{-62'135'596'801, 999'999'999}));
    CHECK(is_in_range(Timestamp{253'402'300'799, 999'999'999}));
    CHECK_FALSE(is_in_range(Timestamp{253'402'300'800, 0}));
    CHECK(is_in_range(Duration{315'576'000'000, 0}));
    CHECK_FALSE(is_in_range(Duration{315'576'000'000, 1}));
    CHECK(is_in_range(Duration{315'575'999'999, 999'999'999}));
    CHECK(is_in_range(Duration{-315'576'000'000, 0}));
    CHECK_FALSE(is_in_range(Duration{-315'576'000'000, -1}));
    CHECK(is_in_range(Duration{-315'575'999'999, -999'999'999}));
}

TEST_CASE("clocks at an offset show their own date and time") {
    struct Row {
        const char* at;
        UtcOffset offset;
        /// In the order of TimePart.
        std::array<std::int64_t, 10> parts;
    };
    // Weekdays from a printed calendar: 13 February 2009 is a Friday, 1 January of the year 1 a
    // Monday (Gregorian reckoning), 31 December 9999 a Friday.
    for (const auto& [at, offset, parts] : std::initializer_list<Row>{
             {"2009-02-13T23:31:30.123456789Z", 0min, {2009, 1, 12, 13, 5, 43, 23, 31, 30, 123}},
             {"2009-02-13T23:31:30.123456789Z", 7h, {2009, 1, 13, 14, 6, 44, 6, 31, 30, 123}},
             {"2009-02-13T23:31:30.123456789Z", -150min, {2009, 1, 12, 13, 5, 43, 21, 1, 30, 123}},
             {"2016-12-31T20:00:00Z", 7h, {2017, 0, 0, 1, 0, 0, 3, 0, 0, 0}},
             {"2017-01-01T02:00:00Z", -5h, {2016, 11, 30, 31, 6, 365, 21, 0, 0, 0}},
             {"2024-02-28T23:59:59Z", 1min, {2024, 1, 28, 29, 4, 59, 0, 0, 59, 0}},
             {"2023-02-28T23:59:59Z", 1min, {2023, 2, 0, 1, 3, 59, 0, 0, 59, 0}},
             {"2024-12-31T00:00:00Z", 0min, {2024, 11, 30, 31, 2, 365, 0, 0, 0, 0}},
             {"2023-12-31T00:00:00Z", 0min, {2023, 11, 30, 31, 0, 364, 0, 0, 0, 0}},
             {"1969-12-31T23:59:59.999999999Z", 0min, {1969, 11, 30, 31, 3, 364, 23, 59, 59, 999}},
             {"1969-12-31T23:59:59.000000001Z", 1h, {1970, 0, 0, 1, 4, 0, 0, 59, 59, 0}},
             {first_moment, 0min, {1, 0, 0, 1, 1, 0, 0, 0, 0, 0}},
             {first_moment, -1min, {0, 11, 30, 31, 0, 365, 23, 59, 0, 0}},
             {first_moment, -1439min, {0, 11, 30, 31, 0, 365, 0, 1, 0, 0}},
             {last_moment, 0min, {9999, 11, 30, 31, 5, 364, 23, 59, 59, 999}},
             {last_moment, 1439min, {10000, 0, 0, 1, 6, 0, 23, 58, 59, 999}},
         }) {
        for (std::size_t i = 0; i < parts.size(); ++i) {
            CAPTURE(at, offset.count(), i);
            CHECK(part_of(point(at), offset, static_cast<TimePart>(i)) == parts[i]);
        }
    }
}

TEST_CASE(
    "a duration is told in whole hours, minutes or seconds, and the milliseconds of its second") {
    struct Row {
        const char* duration;
        std::int64_t hours, minutes, seconds, milliseconds;
    };
    for (const auto& [text, hours, minutes, seconds, milliseconds] : std::initializer_list<Row>{
             {"0s", 0, 0, 0, 0},
             {"10000s", 2, 166, 10'000, 0},
             {"-10000s", -2, -166, -10'000, 0},
             {"123.321456789s", 0, 2, 123, 321},
             {"-123.321456789s", 0, -2, -123, -321},
             {"3599.999999999s", 0, 59, 3'599, 999},
             {"-3599.999999999s", 0, -59, -3'599, -999},
             {"3600s", 1, 60, 3'600, 0},
             {"-0.5s", 0, 0, 0, -500},
             {"0.000999999s", 0, 0, 0, 0},
             {"315576000000s", 87'660'000, 5'259'600'000, 315'576'000'000, 0},
             {"-315576000000s", -87'660'000, -5'259'600'000, -315'576'000'000, 0},
         }) {
        CAPTURE(text);
        CHECK(part_of(length(text), TimePart::hours) == hours);
        CHECK(part_of(length(text), TimePart::minutes) == minutes);
        CHECK(part_of(length(text), TimePart::seconds) == seconds);
        CHECK(part_of(length(text), TimePart::milliseconds) == milliseconds);
    }
    for (const TimePart part : {TimePart::full_year, TimePart::month, TimePart::day_of_month,
                                TimePart::date, TimePart::day_of_week, TimePart::day_of_year}) {
        CHECK_FALSE(part_of(Duration{86'400, 0}, part));
    }
}

TEST_CASE("an instant and a day are timestamps") {
    CHECK(timestamp_of(Instant(0ms)) == Timestamp{0, 0});
    CHECK(timestamp_of(Instant(1ms)) == Timestamp{0, 1'000'000});
    CHECK(timestamp_of(Instant(-1ms)) == Timestamp{-1, 999'000'000});
    CHECK(timestamp_of(Instant(-1000ms)) == Timestamp{-1, 0});
    CHECK(timestamp_of(Instant(-1001ms)) == Timestamp{-2, 999'000'000});
    const auto midnight = [](int year, unsigned month, unsigned day, UtcOffset offset) {
        const Date date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
        return to_string(timestamp_of(Day(date), offset));
    };
    CHECK(midnight(2017, 6, 8, 7h) == "2017-06-07T17:00:00Z");
    CHECK(midnight(2017, 1, 1, -210min) == "2017-01-01T03:30:00Z");
    CHECK(midnight(1970, 1, 1, 0min) == "1970-01-01T00:00:00Z");
    CHECK(midnight(1, 1, 1, 0min) == first_moment);
    CHECK(midnight(9999, 12, 31, 0min) == "9999-12-31T00:00:00Z");
}

TEST_CASE("a zone is UTC, a fixed offset, or the calendar's own by its name") {
    struct Row {
        const char* name;
        std::optional<UtcOffset> expected;
    };
    CalendarDefinition definition = calendar_fixture::definition();
    definition.zone_name = "Asia/Ho_Chi_Minh";
    const auto hanoi = calendar_fixture::build(definition);
    for (const auto& [name, expected] : std::initializer_list<Row>{
             {"UTC", 0min},
             {"+07:00", 420min},
             {"-09:30", -570min},
             {"07:00", 420min},
             {"00:00", 0min},
             {"-00:00", 0min},
             {"+14:00", 840min},
             {"-14:00", -840min},
             {"+23:59", 1439min},
             {"-23:59", -1439min},
             {"+24:00", std::nullopt},
             {"+07:60", std::nullopt},
             {"+7:00", std::nullopt},
             {"+07", std::nullopt},
             {"+0700", std::nullopt},
             {"+07:00 ", std::nullopt},
             {"+-07:00", std::nullopt},
             {"--07:00", std::nullopt},
             {"UTC+07:00", std::nullopt},
             {"Z", std::nullopt},
             {"utc", std::nullopt},
             {"GMT", std::nullopt},
             {"Europe/Paris", std::nullopt},
             {"asia/ho_chi_minh", std::nullopt},
             {"", std::nullopt},
             {"+", std::nullopt},
         }) {
        CAPTURE(name);
        CHECK(zone_offset(name, nullptr) == expected);
        CHECK(zone_offset(name, hanoi.get()) == expected);
    }
    CHECK(zone_offset("Asia/Ho_Chi_Minh", hanoi.get()) == UtcOffset{420});
    CHECK_FALSE(zone_offset("Asia/Ho_Chi_Minh", nullptr));
}

TEST_CASE("a calendar's name for its zone does not change what UTC and fixed offsets mean") {
    for (const auto& [name, expected] : std::initializer_list<std::pair<const char*, UtcOffset>>{
             {"UTC", 0min}, {"+08:00", 480min}, {"08:00", 480min}}) {
        CAPTURE(name);
        CalendarDefinition definition = calendar_fixture::definition();
        definition.zone_name = name;
        CHECK(zone_offset(name, calendar_fixture::build(definition).get()) == expected);
    }
    // A calendar without a name for its zone has no zone called "".
    CHECK_FALSE(zone_offset("", calendar_fixture::build(calendar_fixture::definition()).get()));
}
