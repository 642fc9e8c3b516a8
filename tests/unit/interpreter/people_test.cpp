// Who may do what: four eyes, the same person, bounds; who holds a work item (rules R68, R69), and
// what an operator does to a token (R27).
#include <catch2/catch.hpp>

#include "support/dossier.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor an = actor("an", "officer");
const Actor binh = actor("binh", "officer");
const Actor chi = actor("chi", "officer");
const char* const nine = "2017-06-05 09:00";
const char* const ten = "2017-06-05 10:00";

std::string in_head(const std::string& rest) {
    return "procedure: test\nversion: 1\ntitle: Test\ncalendar: vn-state\nroles: {officer: "
           "Officer, clerk: Clerk}\nstarted_by: [officer, clerk]\n" +
           rest;
}

Dossier started(const std::string& rest, FieldValues data = {}) {
    Dossier dossier(procedure_of(in_head(rest)));
    REQUIRE(dossier.start(nine, an, std::move(data)) == "");
    return dossier;
}

const char* const draft_and_sign = R"(
states:
  draft: {task: officer, actions: {submit: {to: sign}, save: {}}}
  sign:
    task: {role: officer, not_by: draft}
    actions: {approve: {end: done}, return: {to: revise}}
  revise:
    task: {role: officer, same_as: draft}
    actions: {resubmit: {to: sign}}
outcomes: {done: Done}
)";

std::vector<PermittedAction> permitted_to(const Dossier& dossier, const Actor& who) {
    return permitted(*dossier.procedure, dossier.calendars, dossier.instance, who, at(ten));
}

}  // namespace

TEST_CASE("who finished a step may not do the one that must not be by him [R68]") {
    Dossier dossier = started(draft_and_sign);
    REQUIRE(dossier.perform(nine, an, "submit") == "");
    CHECK(dossier.perform(ten, an, "approve") == "four-eyes");
    CHECK(dossier.refusal.reason("en") ==
          "'approve' is not for 'an', who did 'draft'; somebody else must do it");
    CHECK(dossier.perform(ten, binh, "approve") == "");
}

TEST_CASE("who only saved a draft did not finish it [R68]") {
    Dossier dossier = started(draft_and_sign);
    REQUIRE(dossier.perform(nine, binh, "save") == "");
    REQUIRE(dossier.perform(nine, an, "submit") == "");
    CHECK(dossier.perform(ten, binh, "approve") == "");
}

TEST_CASE("acting for somebody does not get round the four eyes, in either direction [R68]") {
    Actor deputy = chi;
    deputy.acting_for = "an";
    {
        Dossier dossier = started(draft_and_sign);
        REQUIRE(dossier.perform(nine, an, "submit") == "");
        CHECK(dossier.perform(ten, deputy, "approve") == "four-eyes");
    }
    Dossier dossier = started(draft_and_sign);
    REQUIRE(dossier.perform(nine, deputy, "submit") == "");
    CHECK(dossier.perform(ten, an, "approve") == "four-eyes");
    CHECK(dossier.perform(ten, chi, "approve") == "four-eyes");
    CHECK(dossier.perform(ten, binh, "approve") == "");
}

TEST_CASE("same_as leaves a step to who did the other last, unless it is reassigned [R68]") {
    Dossier dossier = started(draft_and_sign);
    REQUIRE(dossier.perform(nine, an, "submit") == "");
    REQUIRE(dossier.perform(ten, binh, "return") == "");
    CHECK(dossier.perform(ten, chi, "resubmit") == "not-same-person");
    CHECK(dossier.refusal.reason("en") ==
          "'resubmit' is for 'an', who did 'draft'; he does it, or an operator gives it to somebody "
          "else");
    const Actor operator_ = actor("op", "clerk");
    REQUIRE(dossier.send(ten, Reassign{operator_, dossier.token_on("revise"), "chi", "an is ill"}) ==
            "");
    CHECK(dossier.count(RecordKind::reassigned) == 1);
    CHECK(dossier.perform(ten, an, "resubmit") == "claimed");
    CHECK(dossier.perform(ten, chi, "resubmit") == "");
}

TEST_CASE("in an item same_as means who did the item's own step [R41, R68]") {
    Dossier dossier = started(R"(
data: {units: list of text}
input: [units]
states:
  items:
    each: {of: units, as: u}
    states:
      draft: {task: {role: officer, for: u}, actions: {submit: {to: revise}}}
      revise: {task: {role: officer, for: u, same_as: draft}, actions: {finish: {end: none}}}
    to: {end: done}
outcomes: {done: Done}
)",
                              {{"units", List{"x", "y"}}});
    const Actor x = actor("xuan", "officer", "x");
    Actor both = actor("yen", "officer", "x");
    both.units.emplace_back("y");
    REQUIRE(dossier.perform(ten, x, "submit") == "");
    REQUIRE(dossier.perform(ten, both, "submit") == "");
    CHECK(dossier.perform(ten, both, "finish") == "");
    CHECK(dossier.perform(ten, both, "finish") == "not-same-person");
    CHECK(dossier.perform(ten, x, "finish") == "");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("an action is done at most so often, counted in the instance [R69]") {
    Dossier dossier = started(R"(
parameters: {most: {type: integer, default: 2}}
states:
  a:
    task: officer
    actions: {remind: {at_most: most}, again: {to: a}, stop: {end: done}}
outcomes: {done: Done}
)");
    const auto left = [&] {
        for (const PermittedAction& action : permitted_to(dossier, an)) {
            if (action.uses_left) return *action.uses_left;
        }
        return std::int64_t{-1};
    };
    CHECK(left() == 2);
    REQUIRE(dossier.perform(ten, an, "remind") == "");
    REQUIRE(dossier.perform(ten, an, "again") == "");
    CHECK(left() == 1);
    REQUIRE(dossier.perform(ten, binh, "remind") == "");
    CHECK(left() == 0);
    CHECK(dossier.perform(ten, an, "remind") == "used-up");
    CHECK(dossier.refusal.reason("en") == "'remind' has been done 2 times, as often as it may be");
}

TEST_CASE("within an each it is counted per item [R69]") {
    Dossier dossier = started(R"(
data: {units: list of text}
input: [units]
states:
  items:
    each: {of: units, as: u}
    states:
      ask: {task: {role: officer, for: u}, actions: {remind: {at_most: 1}, finish: {end: none}}}
    to: {end: done}
outcomes: {done: Done}
)",
                              {{"units", List{"x", "y"}}});
    const Actor x = actor("xuan", "officer", "x");
    const Actor y = actor("yen", "officer", "y");
    CHECK(dossier.perform(ten, x, "remind") == "");
    CHECK(dossier.perform(ten, x, "remind") == "used-up");
    CHECK(dossier.perform(ten, y, "remind") == "");
}

TEST_CASE("who holds a work item hands it on; who may not take it cannot [R68]") {
    Dossier dossier = started(draft_and_sign);
    const Ordinal draft = dossier.token_on("draft");
    REQUIRE(dossier.send(nine, Claim{an, draft}) == "");
    CHECK(dossier.send(nine, Delegate{binh, draft, "chi"}) == "claimed");
    CHECK(dossier.send(nine, Delegate{actor("ha", "clerk"), draft, "chi"}) == "not-your-role");
    CHECK(dossier.send(nine, Delegate{an, draft, ""}) == "missing-field");
    CHECK(dossier.send(nine, Delegate{an, 9999, "chi"}) == "no-such-work-item");
    REQUIRE(dossier.send(nine, Delegate{an, draft, "chi"}) == "");
    CHECK(dossier.perform(ten, an, "submit") == "claimed");
    CHECK(dossier.perform(ten, chi, "submit") == "");
    CHECK(dossier.instance.claims.empty());
}

TEST_CASE("an operator puts a token elsewhere, beside it or beside what is around it [R27]") {
    Dossier dossier = started(R"(
states:
  phase:
    states:
      a: {task: officer, actions: {go: {to: b}}}
      b: {task: officer, actions: {leave_phase: {to: after_it}}}
  after_it: {task: officer, actions: {stop: {end: done}}}
outcomes: {done: Done}
)");
    const Actor operator_ = actor("op", "clerk");
    const auto move = [&](const std::string& from, const std::string& to) {
        return dossier.send(ten, MoveToken{operator_, dossier.token_on(from), to, "why"});
    };
    REQUIRE(move("a", "b") == "");
    CHECK(dossier.states() == Strings{"b", "phase"});
    CHECK(dossier.count(RecordKind::moved) == 1);
    CHECK(move("b", "nowhere") == "out-of-reach");
    REQUIRE(move("b", "after_it") == "");
    CHECK(dossier.states() == Strings{"after_it"});
    CHECK(move("after_it", "b") == "out-of-reach");
    CHECK(dossier.send(ten, MoveToken{operator_, 9999, "b", ""}) == "no-such-work-item");
}
