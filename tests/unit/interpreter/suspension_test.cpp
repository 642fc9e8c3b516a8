// An instance that an operator has set aside, with and without its clocks. 25 April 2017 is a Tuesday;
// 1 May and the day after it are off.
#include <catch2/catch.hpp>

#include "support/dossier.hpp"
#include "workflow/index_rows.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const char* const permit = R"(
procedure: permit
version: 1
title: Permit
calendar: vn-state
roles: {officer: Officer, applicant: Applicant}
messages: {paid: {fields: {}}}
sla: {limit: 10 working days, while_waiting: {applicant: pause}}
start: check
states:
  check:
    task: officer
    sla: {limit: 3 working days, moments: {due: {notify: officer}}}
    actions: {good: pay, ask: supplement}
  supplement: {task: applicant, waiting_for: applicant, to: check}
  pay:
    receive: {paid: {end: done}}
    after: {5 days: {end: unpaid}}
outcomes: {done: Done, unpaid: Unpaid}
)";

const Actor officer = actor("an", "officer");
const Actor lan = actor("lan", "operator");

Dossier started() {
    Dossier dossier(procedure_of(permit));
    REQUIRE(dossier.start("2017-04-24 09:00", lan) == "");
    return dossier;
}

IndexRows rows_of(const Dossier& dossier) {
    return index_rows(*dossier.procedure, dossier.calendars, dossier.instance);
}

std::string first_refusal(const Dossier& dossier, const Actor& who, const std::string& when) {
    const auto offers =
        permitted(*dossier.procedure, dossier.calendars, dossier.instance, who, at(when));
    REQUIRE_FALSE(offers.empty());
    return offers.front().refused ? to_string(*offers.front().refused) : "";
}

}  // namespace

TEST_CASE("nobody acts on what is suspended, and it wakes nobody") {
    Dossier dossier = started();
    REQUIRE(dossier.send("2017-04-24 10:00", Suspend{lan, "Decision 7"}) == "");
    CHECK(dossier.perform("2017-04-24 11:00", officer, "good") == "suspended");
    CHECK(dossier.send("2017-04-24 11:00", Claim{officer, dossier.token_on("check")}) == "suspended");
    CHECK(first_refusal(dossier, officer, "2017-04-24 11:00") == "suspended");
    CHECK(dossier.send("2017-04-24 11:00", Suspend{lan, "again"}) == "suspended");
    const IndexRows rows = rows_of(dossier);
    CHECK(rows.due.empty());
    CHECK(rows.work.empty());
    REQUIRE(rows.unworked.size() == 1);
    CHECK(rows.active.has_value());
    CHECK(dossier.due("procedure") == "2017-05-10");
    REQUIRE(dossier.send("2017-04-25 09:00", Resume{lan, "Decision 8"}) == "");
    CHECK(dossier.send("2017-04-25 09:00", Resume{lan, "again"}) == "not-suspended");
    CHECK(dossier.due("procedure") == "2017-05-10");
    CHECK(dossier.perform("2017-04-25 10:00", officer, "good") == "");
    CHECK(dossier.count(RecordKind::suspended) == 1);
    CHECK(dossier.count(RecordKind::resumed) == 1);
}

TEST_CASE("clocks that the decision stops go on with what they had left") {
    Dossier dossier = started();
    REQUIRE(dossier.send("2017-04-25 10:00", Suspend{lan, "Decision 7", true}) == "");
    CHECK(dossier.due("procedure") == "waiting");
    CHECK(dossier.due("check") == "waiting");
    CHECK(rows_of(dossier).active->due == Instant::max());
    REQUIRE(dossier.send("2017-05-03 10:00", Resume{lan, "Decision 8"}) == "");
    // One of three working days, and one of ten, were used.
    CHECK(dossier.due("check") == "2017-05-05");
    CHECK(dossier.due("procedure") == "2017-05-16");
    CHECK(rows_of(dossier).active->due == at("2017-05-16 17:00"));
}

TEST_CASE("a timer that fell due while it was suspended fires when it goes on") {
    Dossier dossier = started();
    REQUIRE(dossier.perform("2017-04-24 10:00", officer, "good") == "");
    REQUIRE(dossier.send("2017-04-24 11:00", Suspend{lan, "Decision 7"}) == "");
    dossier.pass_until("2017-05-20 10:00");
    CHECK(dossier.states() == Strings{"pay"});
    REQUIRE(dossier.send("2017-05-20 10:00", Resume{lan, "Decision 8"}) == "");
    CHECK(dossier.states() == Strings{"pay"});
    dossier.wake_up_at("2017-05-20 10:00");
    CHECK(dossier.outcome() == "unpaid");
}

TEST_CASE("what comes from outside is taken while it is suspended, and it may end so") {
    Dossier dossier = started();
    REQUIRE(dossier.perform("2017-04-24 10:00", officer, "good") == "");
    REQUIRE(dossier.send("2017-04-24 11:00", Suspend{lan, "Decision 7", true}) == "");
    CHECK(dossier.send("2017-04-24 12:00", Message{.message = "paid"}) == "");
    CHECK(dossier.outcome() == "done");
    CHECK_FALSE(dossier.instance.is_suspended());
    CHECK(dossier.send("2017-04-24 13:00", Resume{lan, "late"}) == "ended");
}

TEST_CASE("a clock that waited when it was suspended waits on, and a new one waits too") {
    Dossier dossier = started();
    REQUIRE(dossier.perform("2017-04-24 10:00", officer, "ask") == "");
    CHECK(dossier.due("procedure") == "waiting");
    REQUIRE(dossier.send("2017-04-25 10:00", Suspend{lan, "Decision 7", true}) == "");
    REQUIRE(dossier.send("2017-04-26 10:00",
                         MoveToken{lan, dossier.token_on("supplement"), "check", "mended"}) == "");
    CHECK(dossier.due("check") == "waiting");
    CHECK(dossier.due("procedure") == "waiting");
    REQUIRE(dossier.send("2017-04-27 10:00", Resume{lan, "Decision 8"}) == "");
    CHECK(dossier.due("check") == "2017-05-04");
    CHECK(dossier.due("procedure") == "2017-05-15");
    REQUIRE(dossier.perform("2017-04-28 10:00", officer, "ask") == "");
    REQUIRE(dossier.send("2017-04-28 11:00", Suspend{lan, "Decision 9", true}) == "");
    REQUIRE(dossier.send("2017-05-03 10:00", Resume{lan, "Decision 10"}) == "");
    CHECK(dossier.due("procedure") == "waiting");
    REQUIRE(dossier.perform("2017-05-04 10:00", actor("mai", "applicant"), "done") == "");
    CHECK(dossier.due("procedure") == "2017-05-17");
}
