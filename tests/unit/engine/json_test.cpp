#include "workflow/json.hpp"

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "workflow/error.hpp"

using namespace workflow;

TEST_CASE("values of the data become JSON as a reader expects them") {
    const UtcOffset hanoi = std::chrono::hours(7);
    CHECK(to_json(Value(), hanoi).dump() == "null");
    CHECK(to_json(Limit{30, Unit::working_days}, hanoi).dump() == R"("30 working days")");
    CHECK(to_json(*parse_instant("2017-06-08 17:00", hanoi), hanoi).dump() ==
          R"("2017-06-08T17:00:00+07:00")");
    CHECK(to_json(Members{{"a", List{1, "x", true}}}, hanoi).dump() == R"({"a":[1,"x",true]})");
}

TEST_CASE("JSON becomes fields; what is no object, too large or too deep is an error") {
    const auto fields =
        fields_from_json(nlohmann::json::parse(R"({"a": 1, "b": ["x", null, 1.5]})"));
    REQUIRE(fields.size() == 2);
    CHECK(fields[0].second == Value(1));
    CHECK(fields[1].second == Value(List{"x", Value(), 1.5}));
    CHECK_THROWS_AS(fields_from_json(nlohmann::json::parse("[1]")), Error);
    CHECK_THROWS_AS(value_from_json(nlohmann::json::parse("18446744073709551615")), Error);
    std::string deep;
    for (int i = 0; i < 70; ++i) deep += '[';
    for (int i = 0; i < 70; ++i) deep += ']';
    CHECK_THROWS_AS(value_from_json(nlohmann::json::parse(deep)), Error);
}
