#include <catch2/catch.hpp>

#include "calendar/astronomy.hpp"
#include "workflow/calendar.hpp"

using namespace workflow;

namespace {

struct LunarCase {
    const char* gregorian;
    LunarDate lunar;
};

}  // namespace

TEST_CASE("the first day of the lunar year is that of the announced Tet") {
    const LunarCase cases[] = {
        {"2015-02-19", {2015, 1, 1, false}}, {"2016-02-08", {2016, 1, 1, false}},
        {"2017-01-28", {2017, 1, 1, false}}, {"2018-02-16", {2018, 1, 1, false}},
        {"2019-02-05", {2019, 1, 1, false}}, {"2020-01-25", {2020, 1, 1, false}},
        {"2021-02-12", {2021, 1, 1, false}}, {"2022-02-01", {2022, 1, 1, false}},
        {"2023-01-22", {2023, 1, 1, false}}, {"2024-02-10", {2024, 1, 1, false}},
        {"2025-01-29", {2025, 1, 1, false}}, {"2026-02-17", {2026, 1, 1, false}},
        {"2027-02-06", {2027, 1, 1, false}},
    };
    for (const LunarCase& one : cases) {
        CAPTURE(one.gregorian);
        CHECK(to_string(gregorian_of(one.lunar).value()) == one.gregorian);
        CHECK(lunar_of(Day(*parse_date(one.gregorian))) == one.lunar);
    }
}

TEST_CASE("Tet is Vietnam's where China's is another day, or even another month") {
    // China: 1985-02-20, 2007-02-18, 2030-02-03.
    CHECK(to_string(gregorian_of({1985, 1, 1, false}).value()) == "1985-01-21");
    CHECK(to_string(gregorian_of({2007, 1, 1, false}).value()) == "2007-02-17");
    CHECK(to_string(gregorian_of({2030, 1, 1, false}).value()) == "2030-02-02");
}

TEST_CASE("Hung Kings Day is the tenth of the third lunar month") {
    // The dates themselves, also where the day off was moved on from a weekend.
    const char* const dates[] = {"2015-04-28", "2016-04-16", "2017-04-06", "2018-04-25",
                                 "2019-04-14", "2020-04-02", "2021-04-21", "2022-04-10",
                                 "2023-04-29", "2024-04-18", "2025-04-07", "2026-04-26"};
    int year = 2015;
    for (const char* expected : dates) {
        CAPTURE(expected);
        CHECK(to_string(gregorian_of({year++, 3, 10, false}).value()) == expected);
    }
}

TEST_CASE("leap months are those that Vietnam printed") {
    // 2017: sixth; 2020: fourth; 2023: second; 2025: sixth; 1985: second (China: 1984, tenth).
    const LunarCase cases[] = {
        {"2017-07-23", {2017, 6, 1, true}}, {"2020-05-23", {2020, 4, 1, true}},
        {"2023-03-22", {2023, 2, 1, true}}, {"2025-07-25", {2025, 6, 1, true}},
        {"1985-03-21", {1985, 2, 1, true}},
    };
    for (const LunarCase& one : cases) {
        CAPTURE(one.gregorian);
        CHECK(lunar_of(Day(*parse_date(one.gregorian))) == one.lunar);
        CHECK(to_string(gregorian_of(one.lunar).value()) == one.gregorian);
    }
    CHECK_FALSE(gregorian_of({2024, 6, 1, true}));
    CHECK_FALSE(gregorian_of({2025, 5, 1, true}));
}

TEST_CASE("a lunar date that does not exist is nothing") {
    CHECK_FALSE(gregorian_of({2024, 13, 1, false}));
    CHECK_FALSE(gregorian_of({2024, 0, 1, false}));
    CHECK_FALSE(gregorian_of({2024, 1, 0, false}));
    CHECK_FALSE(gregorian_of({2024, 1, 31, false}));
    // The last month of the year of the Snake 2025 has 29 days: Tet 2026 is 17 February.
    CHECK(gregorian_of({2025, 12, 29, false}));
    CHECK_FALSE(gregorian_of({2025, 12, 30, false}));
    CHECK_FALSE(gregorian_of({1899, 1, 1, false}));
    CHECK(gregorian_of({1900, 1, 1, false}));
    CHECK(gregorian_of({2199, 12, 29, false}));
    CHECK_FALSE(gregorian_of({2200, 1, 1, false}));
}

TEST_CASE("every day of 300 years has one lunar date, and days follow each other") {
    LunarDate before = lunar_of(Day(*parse_date("1900-01-01")));
    const Day last(*parse_date("2199-12-31"));
    for (Day day(*parse_date("1900-01-02")); day <= last; day += std::chrono::days(1)) {
        const LunarDate lunar = lunar_of(day);
        const bool next_day = lunar.day == before.day + 1 && lunar.month == before.month &&
                              lunar.year == before.year && lunar.leap_month == before.leap_month;
        const bool next_month = lunar.day == 1 && before.day >= 29;
        if (!next_day && !next_month) FAIL(to_string(day));
        if (lunar.day == 1 && lunar.year > 1899 && gregorian_of(lunar) != day) FAIL(to_string(day));
        before = lunar;
    }
}

TEST_CASE("lunar dates outside the computed years are an error that names the years") {
    CHECK_NOTHROW(lunar_of(Day(*parse_date("2199-12-31"))));
    for (const Day day : {Day(*parse_date("2200-01-01")), Day(std::chrono::days(-25568)),
                          Day(std::chrono::days(1LL << 40))}) {
        try {
            static_cast<void>(lunar_of(day));
            FAIL("not refused");
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::limit);
            CHECK(std::string(error.what()).find("1900 to 2199") != std::string::npos);
        }
    }
}

TEST_CASE("the astronomy agrees with Meeus's worked examples") {
    // Example 49.a: new moon of February 1977, JDE 2443192.65118, with Delta T 48 s as UT.
    CHECK(calendar::new_moon(-283) ==
          Approx(2443192.65118 - 48.0 / 86400.0).margin(0.0001).epsilon(0));
    // Example 25.a: 1992-10-13, 0h TD: apparent longitude 199.90895 degrees.
    CHECK(calendar::sun_longitude(2448908.5 - 59.0 / 86400.0) ==
          Approx(199.90895).margin(0.0001).epsilon(0));
}
