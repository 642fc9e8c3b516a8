// What the system around sees of a dossier (rule R85), and on which days a version may be started.
#include <catch2/catch.hpp>

#include "support/dossier.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor officer = actor("an", "officer");
const char* const nine = "2017-06-05 09:00";
const char* const ten = "2017-06-05 10:00";

std::string in_head(const std::string& rest) {
    return "procedure: test\nversion: 1\ntitle: Test\ncalendar: vn-state\nroles: {officer: "
           "Officer}\n" +
           rest;
}

std::string status_of(const Dossier& dossier) {
    const std::uint32_t status = dossier.instance.outer_status;
    return status == no_index ? "" : dossier.procedure->outer_status(status).id;
}

}  // namespace

TEST_CASE("the outer status is that of the state entered last; with none it stays [R85]") {
    Dossier dossier(procedure_of(in_head(R"(
statuses: {1: Received, 2: In process, 5: Withdrawal asked for, 9: Done}
states:
  work:
    status: 2
    states:
      receive_it: {task: officer, status: 1, actions: {accept: {to: check}}}
      check: {task: officer, actions: {ask_back: {also_start: withdrawal}, finish: {to: silent}}}
      withdrawal: {task: officer, status: 5, actions: {reject: {end: none}}}
      silent: {task: officer, actions: {close: {end: done}}}
    outcomes: {done: {to: late_part}, otherwise: {to: late_part}}
  late_part: {task: officer, actions: {end_it: {end: done}}}
outcomes: {done: {title: Done, status: 9}}
)")));
    REQUIRE(dossier.start(nine, officer) == "");
    CHECK(status_of(dossier) == "1");
    REQUIRE(dossier.perform(ten, officer, "accept") == "");
    CHECK(status_of(dossier) == "2");
    REQUIRE(dossier.perform(ten, officer, "ask_back") == "");
    CHECK(status_of(dossier) == "5");
    REQUIRE(dossier.perform(ten, officer, "reject") == "");
    CHECK(status_of(dossier) == "2");  // back in process, by itself
    REQUIRE(dossier.perform(ten, officer, "finish") == "");
    REQUIRE(dossier.perform(ten, officer, "close") == "");
    CHECK(status_of(dossier) == "2");  // nothing active carries one: the last one stays
    REQUIRE(dossier.perform(ten, officer, "end_it") == "");
    CHECK(status_of(dossier) == "9");
    CHECK(dossier.count(RecordKind::status_changed) == 5);
}

TEST_CASE("a version is started in its days only, the first and the last included [TP7]") {
    const auto procedure = procedure_of(in_head(R"(
valid: {from: 2017-06-01, until: 2017-06-05}
states:
  a: {task: officer, actions: {stop: {end: done}}}
outcomes: {done: Done}
)"));
    CHECK(Dossier(procedure).start("2017-05-31 16:00", officer) == "not-valid");
    CHECK(Dossier(procedure).start("2017-06-01 00:00", officer) == "");
    CHECK(Dossier(procedure).start("2017-06-05 23:59", officer) == "");
    Dossier late(procedure);
    CHECK(late.start("2017-06-06 00:00", officer) == "not-valid");
    CHECK(late.refusal.reason("en") ==
          "'test' can be started from 2017-06-01 until 2017-06-05 only; start a version that is "
          "valid on that day");
}
