// Who acts for whom within dates, and what four eyes make of it. 25 April 2017 is a Tuesday.
#include "unit/engine/office.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const char* const letter = R"(
procedure: letter
version: 1
title: Letter
calendar: vn-state
roles: {officer: Officer, head: Head}
states:
  draft: {task: {role: officer, for: "'north'"}, to: review}
  review: {task: {role: officer, not_by: draft}, to: mend}
  mend: {task: {role: officer, same_as: draft}, to: {end: done}}
outcomes: {done: Done}
)";

const Actor an{"an", {"officer"}, {"north"}, {}};
const Actor binh_for_an{"binh", {}, {}, "an"};

Delegation delegation() {
    return {.delegator = "an",
            .delegate = "binh",
            .roles = {"officer"},
            .units = {"north"},
            .since = at("2017-04-26 00:00"),
            .until = at("2017-04-28 00:00"),
            .entered_by = "lan",
            .reason = "Decision 12"};
}

}  // namespace

TEST_CASE("a delegate acts within the dates, with what was delegated, and it is recorded") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(letter);
    REQUIRE(office.start("letter", "a") == "done");
    CHECK(office.perform("letter/a", binh_for_an, "done") == "not-delegated");
    office.engine->put_delegation(delegation());
    CHECK(office.perform("letter/a", binh_for_an, "done") == "not-delegated");  // not yet
    CHECK(office.engine->worklist(binh_for_an).items.empty());
    office.set("2017-04-26 09:00");
    CHECK(office.engine->worklist(binh_for_an).items.size() == 1);
    CHECK(office.engine->permitted("letter/a", binh_for_an).size() == 1);
    CHECK(office.perform("letter/a", binh_for_an, "done", {}, {.id = "r"}) == "done");
    const auto history = office.engine->history("letter/a");
    const Actor* const recorded = actor_of(history.back().event);
    CHECK(recorded->id == "binh");
    CHECK(recorded->acting_for == "an");
    CHECK(recorded->roles == std::vector<std::string>{"officer"});
    CHECK(recorded->units == std::vector<std::string>{"north", "an"});
    office.set("2017-04-28 09:00");  // over
    CHECK(office.perform("letter/a", binh_for_an, "done") == "not-delegated");
    CHECK(office.perform("letter/a", binh_for_an, "done", {}, {.id = "r"}) == "repeated");
    CHECK(office.engine->verify().faults.empty());
}

TEST_CASE("four eyes count both, and the same person may be he for whom one acts") {
    Office office;
    office.add(letter);
    REQUIRE(office.start("letter", "a") == "done");
    office.engine->put_delegation(delegation());
    office.set("2017-04-26 09:00");
    REQUIRE(office.perform("letter/a", binh_for_an, "done") == "done");
    CHECK(office.perform("letter/a", an, "done") == "four-eyes");
    CHECK(office.perform("letter/a", {"binh", {"officer"}, {}, {}}, "done") == "four-eyes");
    CHECK(office.perform("letter/a", binh_for_an, "done") == "four-eyes");
    REQUIRE(office.perform("letter/a", {"chi", {"officer"}, {}, {}}, "done") == "done");
    // Binh finished the draft; who acts for another is himself, too.
    CHECK(office.perform("letter/a", an, "done") == "not-same-person");
    CHECK(office.perform("letter/a", binh_for_an, "done") == "done");
}

TEST_CASE("what the delegator has claimed is open to the delegate, and to nobody else") {
    Office office;
    office.add(letter);
    REQUIRE(office.start("letter", "a") == "done");
    office.engine->put_delegation(delegation());
    REQUIRE(Office::word(office.engine->send("letter/a", Claim{an, 1})) == "done");
    office.set("2017-04-26 09:00");
    CHECK(office.perform("letter/a", {"chi", {"officer"}, {"north"}, {}}, "done") == "claimed");
    CHECK(office.engine->worklist(binh_for_an).items.size() == 1);
    CHECK(office.perform("letter/a", binh_for_an, "done") == "done");
}

TEST_CASE("delegations are listed, taken back by an earlier end, and refused where they make no sense") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(letter);
    office.engine->put_delegation(delegation());
    Delegation other = delegation();
    other.delegate = "chi";
    office.engine->put_delegation(other);
    const DelegationPage first = office.engine->delegations({}, 1);
    REQUIRE(first.delegations.size() == 1);
    CHECK(first.delegations[0] == delegation());
    CHECK_FALSE(first.finished);
    CHECK(office.engine->delegations(first.cursor, 10).delegations ==
          std::vector<Delegation>{other});
    Delegation shorter = delegation();
    shorter.until = at("2017-04-26 00:00");
    office.engine->put_delegation(shorter);
    office.reopen();
    CHECK(office.engine->delegations().delegations.size() == 2);
    REQUIRE(office.start("letter", "a") == "done");
    office.set("2017-04-26 09:00");
    CHECK(office.perform("letter/a", binh_for_an, "done") == "not-delegated");
    for (const auto& break_it : std::vector<void (*)(Delegation&)>{
             [](Delegation& one) { one.delegate.clear(); },
             [](Delegation& one) { one.delegator.clear(); },
             [](Delegation& one) { one.entered_by.clear(); },
             [](Delegation& one) { one.delegator = "binh"; },
             [](Delegation& one) { one.until = one.since - std::chrono::hours(1); },
             [](Delegation& one) { one.delegate = "a\nb"; }}) {
        Delegation broken = delegation();
        break_it(broken);
        CHECK_THROWS_AS(office.engine->put_delegation(broken), Error);
    }
    CHECK_THROWS_AS(office.engine->delegations("1.99.x"), Error);
}
