// What has been judged open may be done without being judged again, and comes to the same.
#include <catch2/catch.hpp>

#include "interpreter/offers.hpp"
#include "interpreter/step_in_place.hpp"
#include "support/dossier.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const char* const lending = R"(
procedure: lending
version: 1
title: Lending
calendar: vn-state
roles: {officer: Officer, head: Head}
started_by: [officer]
input: [amount]
data: {amount: integer, note: optional text}
actions: {withdraw: {role: officer, end: withdrawn}}
states:
  check:
    task: officer
    sla: 5 working days
    actions:
      decide: {fields: [note], to: [{when: amount > 100, to: sign}, {otherwise: {end: done}}]}
      pass_on: {to: sign}
      large: {when: amount > 1000, end: done}
  sign: {task: {role: head, not_by: check}, sla: 2 working days, actions: {sign: {end: done}}}
outcomes: {done: Done, withdrawn: Withdrawn}
)";

struct Left {
    Instance instance;
    std::vector<Record> records;
    std::vector<Effect> effects;
    std::optional<Refusal> refusal;
};

Left performed(const Dossier& dossier, const Perform& perform, const interpreter::Offer& offer,
               Instant now) {
    Left left{dossier.instance, {}, {}, {}};
    left.refusal = interpreter::perform_in_place(*dossier.procedure, dossier.calendars, left.instance,
                                                 {left.records, left.effects}, perform, offer, now);
    return left;
}

}  // namespace

TEST_CASE("an action on an offer that was judged open does what a step does") {
    Dossier dossier(procedure_of(lending));
    const std::int64_t amount = GENERATE(5, 500);
    REQUIRE(dossier.start("2017-06-05 09:00", actor("an", "officer"), {{"amount", amount}}) == "");
    const Actor officer = actor("an", "officer");
    const Instant now = at("2017-06-06 10:00");
    const Ordinal item = dossier.token_on("check");
    Instance stands = dossier.instance;
    std::vector<interpreter::Judged> judged;
    interpreter::judge(item, *dossier.procedure, dossier.calendars, stands, officer, now, judged);
    CHECK(stands == dossier.instance);
    CHECK(judged.size() == 3);
    std::size_t open = 0;
    for (const auto& [offer, refused] : judged) {
        CHECK(offer.carrier == item);
        if (refused) continue;
        ++open;
        const std::string action = dossier.procedure->action(offer.state, offer.action).id;
        CAPTURE(action);
        const FieldValues fields =
            action == "decide" ? FieldValues{{"note", "seen"}} : FieldValues{};
        const Perform perform{action, officer, fields, item};
        const Left left = performed(dossier, perform, offer, now);
        REQUIRE(!left.refusal);
        const Outcome outcome =
            step(*dossier.procedure, dossier.calendars, dossier.instance, perform, now);
        const Step& taken = std::get<Step>(outcome);
        CHECK(left.instance == taken.instance);
        CHECK(left.records == taken.records);
        CHECK(left.effects == taken.effects);
    }
    CHECK(open == 2);

    SECTION("fields are looked at all the same") {
        for (const auto& [offer, refused] : judged) {
            if (refused || dossier.procedure->action(offer.state, offer.action).id != "decide") continue;
            const Left left = performed(dossier, {"decide", officer, {{"nothing", 1}}, item}, offer, now);
            REQUIRE(left.refusal);
            CHECK(left.refusal->code == RefusalCode::unknown_field);
        }
    }
    SECTION("what the procedure itself offers is judged by itself") {
        interpreter::judge(0, *dossier.procedure, dossier.calendars, stands, officer, now, judged);
        REQUIRE(judged.size() == 1);
        CHECK(!judged.front().refused);
    }
    SECTION("and an item that is not there offers nothing") {
        interpreter::judge(item + 7, *dossier.procedure, dossier.calendars, stands, officer, now, judged);
        CHECK(judged.empty());
    }
}
