#include <catch2/catch.hpp>
#include <limits>

#include "workflow/time.hpp"

using namespace workflow;

TEST_CASE("a duration is read as CEL and Go write it") {
    struct Row {
        const char* text;
        Duration expected;
    };
    for (const auto& [text, expected] : std::initializer_list<Row>{
             {"0", {0, 0}},
             {"-0", {0, 0}},
             {"+0", {0, 0}},
             {"0s", {0, 0}},
             {"-0s", {0, 0}},
             {"5s", {5, 0}},
             {"+5s", {5, 0}},
             {"-5s", {-5, 0}},
             {"1478s", {1478, 0}},
             {"1h30m", {5400, 0}},
             {"-1h30m", {-5400, 0}},
             {"1h1m1s1ms1us1ns", {3661, 1'001'001}},
             {"3ns4us5ms6s7m8h", {29'226, 5'004'003}},
             {"1s1s", {2, 0}},
             {"007s", {7, 0}},
             {"100ms", {0, 100'000'000}},
             {"-100ms", {0, -100'000'000}},
             {"1us", {0, 1'000}},
             {"1\u00b5s", {0, 1'000}},
             {"1\u03bcs", {0, 1'000}},
             {"2ns", {0, 2}},
             {"-2ns", {0, -2}},
             {"1.5h", {5400, 0}},
             {"-1.5s", {-1, -500'000'000}},
             {".5s", {0, 500'000'000}},
             {"-.5s", {0, -500'000'000}},
             {"1.s", {1, 0}},
             {"1.5s1.5s", {3, 0}},
             {"0.9s0.2s", {1, 100'000'000}},
             {"1500ms", {1, 500'000'000}},
             {"5400000000000ns", {5400, 0}},
             {"0.000000001s", {0, 1}},
             {"0.0000000019s", {0, 1}},
             {"0.0000000009s", {0, 0}},
             {"0.9ns", {0, 0}},
             {"1.00000000000000000000000000000000000001s", {1, 0}},
             {"0.99999999999999999999999999999999999999s", {0, 999'999'999}},
             {"0.100000000000000000000h", {360, 0}},
             {"0.3333333333333333333h", {1199, 999'999'999}},
             {"0.830103483285477580700h", {2988, 372'539'827}},
         }) {
        CAPTURE(text);
        CHECK(parse_duration(text) == expected);
    }
}

TEST_CASE("what is no duration is refused") {
    for (const char* text :
         {"",        "1",      "3",    "-",    "+",      "s",       ".",     "-.",      ".s",
          "+.s",     "--1s",   "+-1s", "-+1s", "1h-30m", "1s-0.5s", "1s+1s", " 1s",     "1s ",
          "1 s",     "1h 1m",  "1d",   "1w",   "1y",     "1S",      "1H",    "1hour",   "1sec",
          "1.2.3s",  "1..5s",  "1,5s", "1e3s", "00",     "0.0",     "1h30",  "30m1",    "\u00b5s",
          "1\u00b5", "1\xb5s", "P5D",  "PT1S", "1s\n",   "0x1s",    "-0x1s", "\u0661s", "1_000s"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_duration(text));
    }
    CHECK_FALSE(parse_duration(std::string_view("1s\0", 3)));
    CHECK_FALSE(parse_duration(std::string_view("1\0s", 3)));
}

TEST_CASE("a duration ends ten thousand years either way") {
    const Duration longest{315'576'000'000, 0};
    CHECK(parse_duration("315576000000s") == longest);
    CHECK(parse_duration("-315576000000s") == Duration{-315'576'000'000, 0});
    CHECK(parse_duration("87660000h") == longest);
    CHECK(parse_duration("5259600000m") == longest);
    CHECK(parse_duration("315576000000000ms") == longest);
    CHECK(parse_duration("315576000000000000us") == longest);
    CHECK(parse_duration("315576000000000000000ns") == longest);
    CHECK(parse_duration("315575999999s1000ms") == longest);
    CHECK(parse_duration("315575999999.999999999s") == Duration{315'575'999'999, 999'999'999});
    CHECK(parse_duration("-315575999999.999999999s") == Duration{-315'575'999'999, -999'999'999});
    CHECK(parse_duration(std::string(100'000, '0') + "1s") == Duration{1, 0});
    for (const char* text :
         {"315576000001s", "-315576000001s", "315576000000.000000001s", "-315576000000.000000001s",
          "315576000000s1ns", "1ns315576000000s", "320000000000s", "-320000000000s", "87660000.1h",
          "87660001h", "5259600001m", "315576000000001ms", "315576000000000000001ns",
          "315576000000s315576000000s", "9223372036854775807s", "9223372036854775808ns9223372036h",
          "18446744073709551616s", "99999999999999999999999999999999999999h"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_duration(text));
    }
    CHECK_FALSE(parse_duration(std::string(100'000, '9') + "ns"));
}

TEST_CASE("a duration is written in seconds with the fewest decimals") {
    struct Row {
        Duration duration;
        const char* expected;
    };
    for (const auto& [duration, expected] : std::initializer_list<Row>{
             {{0, 0}, "0s"},
             {{1, 500'000'000}, "1.5s"},
             {{-1, -500'000'000}, "-1.5s"},
             {{0, 1'000'000}, "0.001s"},
             {{0, -1'000'000}, "-0.001s"},
             {{0, -500'000'000}, "-0.5s"},
             {{3600, 0}, "3600s"},
             {{-3600, 0}, "-3600s"},
             {{100, 0}, "100s"},
             {{0, 1}, "0.000000001s"},
             {{0, -1}, "-0.000000001s"},
             {{0, 999'999'999}, "0.999999999s"},
             {{12, 340'000'000}, "12.34s"},
             {{315'576'000'000, 0}, "315576000000s"},
             {{-315'576'000'000, 0}, "-315576000000s"},
             {{-315'575'999'999, -999'999'999}, "-315575999999.999999999s"},
             {{std::numeric_limits<std::int64_t>::min(), 0}, "-9223372036854775808s"},
             {{std::numeric_limits<std::int64_t>::max(), 999'999'999},
              "9223372036854775807.999999999s"},
         }) {
        CHECK(to_string(duration) == expected);
    }
}
