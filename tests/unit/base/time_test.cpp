#include "workflow/time.hpp"

#include <catch2/catch.hpp>

using namespace workflow;
using namespace std::chrono_literals;

TEST_CASE("a limit is read as people write it") {
    CHECK(parse_limit("30 working days") == Limit{30, Unit::working_days});
    CHECK(parse_limit("1 working day") == Limit{1, Unit::working_days});
    CHECK(parse_limit("5 working day") == Limit{5, Unit::working_days});
    CHECK(parse_limit("16 working hours") == Limit{16, Unit::working_hours});
    CHECK(parse_limit("10 days") == Limit{10, Unit::days});
    CHECK(parse_limit("3 months") == Limit{3, Unit::months});
    CHECK(parse_limit("1000000 days") == Limit{1'000'000, Unit::days});
}

TEST_CASE("what is no limit is refused, with advice") {
    for (const char* text : {"30 workdays", "-1 day", "P5D", "", "30", "working days", "30  days",
                             "3.5 days", "1000001 days", "30 working days ", "+3 days"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_limit(text));
        CHECK(parse_limit(limit_advice(text)));
    }
    CHECK(limit_advice("30 workdays") == "30 working days");
    CHECK(limit_advice("P5D") == "5 days");
    CHECK(limit_advice("-1 day") == "1 day");
    CHECK(limit_advice("5 Working Days") == "5 working days");
    CHECK(limit_advice("PT4H") == "4 hours");
}

TEST_CASE("an instant is read in its own zone, or in the one it is given") {
    const UtcOffset hanoi = 7h;
    const auto closing = parse_instant("2017-06-08T17:00:00+07:00", UtcOffset{0});
    REQUIRE(closing);
    CHECK(to_string(*closing, hanoi) == "2017-06-08T17:00:00+07:00");
    CHECK(to_string(*closing, -210min) == "2017-06-08T06:30:00-03:30");
    CHECK(parse_instant("2017-06-08 17:00", hanoi) == closing);
    CHECK(parse_instant("2017-06-08T10:00:00Z", hanoi) == closing);
    CHECK(parse_instant("2017-06-08", hanoi) == parse_instant("2017-06-07T17:00:00Z", hanoi));
    CHECK(parse_instant("2017-06-08 24:00", hanoi) == parse_instant("2017-06-09", hanoi));
    CHECK(to_string(*parse_instant("2017-06-08T10:00:00.5Z", hanoi), hanoi) ==
          "2017-06-08T17:00:00.500+07:00");
    CHECK(to_short_string(*closing, hanoi) == "2017-06-08 17:00");
}

TEST_CASE("what is no instant is refused") {
    for (const char* text : {"", "2017", "2017-13-01", "2017-02-29", "2017-06-08T25:00", "17:00",
                             "2017-06-08T17:60", "2017-06-08T17:00+0700", "2017-06-08X17:00",
                             "2017-06-08T17:00:00+07:00 ", "2017-06-08 24:01", "08-06-2017"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_instant(text, 7h));
    }
}

TEST_CASE("the day of an instant is that of the zone's own midnight") {
    const UtcOffset hanoi = 7h;
    const Instant before = *parse_instant("2017-04-24T16:59:59.999Z", hanoi);
    const Instant after = *parse_instant("2017-04-24T17:00:00Z", hanoi);
    CHECK(to_string(day_of(before, hanoi)) == "2017-04-24");
    CHECK(to_string(day_of(after, hanoi)) == "2017-04-25");
    CHECK(instant_of(day_of(after, hanoi), 0min, hanoi) == after);
}
