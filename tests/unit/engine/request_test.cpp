// What makes a call safe to repeat after a lost answer.
#include "unit/engine/office.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor officer = actor("an", "officer");

}  // namespace

TEST_CASE(
    "the same procedure and key twice is the same instance, and the second start changes nothing") {
    const Kept kept = GENERATE(Kept::in_memory, Kept::in_file);
    Office office(kept);
    office.add(two_steps);
    CHECK(office.start("two_steps", "A-1") == "done");
    REQUIRE(office.perform("two_steps/A-1", officer, "go") == "done");
    CHECK(office.start("two_steps", "A-1") == "repeated");
    CHECK(office.engine->get("two_steps/A-1").instance.revision == 2);
    CHECK(office.engine->instances().size() == 1);
}

TEST_CASE(
    "the same request again gives the first answer, also after a restart and after other steps") {
    const Kept kept = GENERATE(Kept::in_memory, Kept::in_file);
    Office office(kept);
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "1") == "done");
    const Perform go{"go", officer, {{"note", "x"}}, {}};
    const Answer first = office.engine->perform("two_steps/1", go, {"r-1", {}});
    REQUIRE(Office::word(first) == "done");
    office.reopen();
    REQUIRE(office.perform("two_steps/1", actor("chi", "head"), "done") == "done");
    const Answer again = office.engine->perform("two_steps/1", go, {"r-1", {}});
    REQUIRE(Office::word(again) == "repeated");
    CHECK(std::get<Done>(again).records == std::get<Done>(first).records);
    CHECK(std::get<Done>(again).revision == 2);
    CHECK(office.engine->history("two_steps/1").size() == 3);
}

TEST_CASE("a request id used for something else is refused") {
    Office office;
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "1") == "done");
    REQUIRE(office.perform("two_steps/1", officer, "go", {{"note", "x"}}, {"r-1", {}}) == "done");
    CHECK(office.perform("two_steps/1", officer, "go", {{"note", "y"}}, {"r-1", {}}) ==
          "request-reused");
    CHECK(office.perform("two_steps/1", officer, "stop", {}, {"r-1", {}}) == "request-reused");
}

TEST_CASE("an expected revision that has passed is refused as a conflict") {
    Office office;
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "1") == "done");
    CHECK(office.perform("two_steps/1", officer, "go", {}, {{}, Revision{7}}) == "conflict");
    CHECK(office.perform("two_steps/1", officer, "go", {}, {{}, Revision{1}}) == "done");
}

TEST_CASE("a start with a key that is taken and other data is refused, and the first stands") {
    Office office;
    office.add_onboarding();
    const FieldValues data{{"service_name", "S"}, {"units", List{"culture"}}};
    REQUIRE(office.start("service_onboarding", "1", data) == "done");
    CHECK(office.start("service_onboarding", "1", data) == "repeated");
    const FieldValues other{{"service_name", "T"}, {"units", List{"culture"}}};
    CHECK(office.start("service_onboarding", "1", other) == "already-started");
    CHECK(office.engine->get("service_onboarding/1").instance.data[0] == Value("S"));
}

TEST_CASE("nobody, or a name that cannot be shown, is no actor") {
    Office office;
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "1") == "done");
    for (const char* id : {"", "a\x1b[31m", "\xff"}) {
        CHECK_THROWS_AS(office.perform("two_steps/1", actor(id, "officer"), "go"), Error);
    }
    CHECK(office.engine->get("two_steps/1").instance.revision == 1);
}
