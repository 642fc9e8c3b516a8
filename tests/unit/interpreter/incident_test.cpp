// What cannot be evaluated: rules R26 and R27.
#include <catch2/catch.hpp>

#include "unit/interpreter/small_procedure.hpp"

using namespace workflow;
using namespace workflow::test;
using workflow::test::small::in_head;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");
const Actor operator_ = actor("root", "operator");

const char* const dividing = R"(
data: {parts: {type: integer, default: 0}}
states:
  ask: {task: officer, actions: {go: sort, finish: {when: "10 / parts > 1", end: done}}}
  sort:
    choice:
      - {when: "10 / parts > 1", end: done}
      - otherwise: ask
outcomes: {done: Done}
)";

}  // namespace

TEST_CASE("R27: a guard that cannot be evaluated refuses a person's action, with the place") {
    Dossier dossier(procedure_of(in_head(dividing)));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    const Instance before = dossier.instance;
    CHECK(dossier.perform("2017-06-05 10:00", officer, "finish") == "cannot-evaluate");
    CHECK(dossier.refusal.reason().find("10 / parts > 1") != std::string::npos);
    CHECK(dossier.instance == before);
}

TEST_CASE("R27: in an automatic move it is an incident on the token, mended by data and a retry") {
    Dossier dossier(procedure_of(in_head(dividing)));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "go") == "");
    CHECK(dossier.states() == Strings{"sort"});
    CHECK(dossier.count(RecordKind::incident_opened) == 1);
    const Ordinal token = dossier.token_on("sort");
    CHECK(incident_sentence(dossier.instance.incidents.begin()->reason).find("10 / parts") !=
          std::string::npos);
    // Retrying without mending the data leaves it where it was, said once more.
    REQUIRE(dossier.send("2017-06-05 11:00", Retry{operator_, token}) == "");
    CHECK(dossier.states() == Strings{"sort"});
    REQUIRE(dossier.send("2017-06-05 12:00", Correct{operator_, {{"parts", 2}}, "typing error"}) ==
            "");
    REQUIRE(dossier.send("2017-06-05 12:00", Retry{operator_, token}) == "");
    CHECK(dossier.outcome() == "done");
    CHECK(dossier.send("2017-06-05 13:00", Retry{operator_, token}) == "ended");
}

TEST_CASE("R27: a timer whose way fails leaves the incident; it fires when it is retried") {
    Dossier dossier(procedure_of(in_head(R"(
data: {parts: {type: integer, default: 0}, quotient: {type: integer, default: 0}}
states:
  work: {task: officer, after: {1 day: {set: {quotient: "10 / parts"}}}, to: {end: done}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    dossier.pass_until("2017-06-07 09:00");
    CHECK(dossier.count(RecordKind::incident_opened) == 1);
    CHECK(dossier.count(RecordKind::timer_fired) == 0);
    CHECK(dossier.perform("2017-06-07 10:00", officer, "done") == "incident");
    REQUIRE(dossier.send("2017-06-07 11:00", Correct{operator_, {{"parts", 5}}, "typing error"}) ==
            "");
    REQUIRE(dossier.send("2017-06-07 11:00", Retry{operator_, dossier.token_on("work")}) == "");
    dossier.pass_until("2017-06-07 11:00");
    CHECK(dossier.data("quotient") == Value(2));
    CHECK(dossier.perform("2017-06-07 12:00", officer, "done") == "");
}

TEST_CASE("R26: a circle of automatic moves is refused to a person, and undone") {
    Dossier dossier(procedure_of(in_head(R"(
data: {round: {type: integer, default: 0}}
states:
  work: {task: officer, actions: {go: first}}
  first:
    choice:
      - {when: round >= 0, set: {round: round + 1}, to: second}
      - otherwise: {end: done}
  second:
    wait: {when: round > 0}
    to: first
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    const Instance before = dossier.instance;
    CHECK(dossier.perform("2017-06-05 10:00", officer, "go") == "too-many-microsteps");
    CHECK(dossier.instance == before);
}

TEST_CASE("Cancel ends the instance with the outcome `cancelled`, with the reason on record") {
    Dossier dossier(procedure_of(in_head(dividing)));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.send("2017-06-05 10:00", Cancel{operator_, "sent twice"}) == "");
    CHECK(dossier.outcome() == "cancelled");
    CHECK(dossier.count(RecordKind::cancelled_instance) == 1);
}
