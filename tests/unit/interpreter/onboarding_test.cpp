// The founding procedure, walked by hand: Decision 1690/QĐ-BVHTTDL, 30 / 5 / 10 working days.
#include <catch2/catch.hpp>

#include "support/dossier.hpp"
#include "workflow/index_rows.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor lan = actor("lan", "proposing_unit");
const Actor minh = actor("minh", "legal_affairs");
const Actor tuan = actor("tuan", "it_centre");
const Actor hoa = actor("hoa", "confirming_unit", "culture");
const Actor binh = actor("binh", "confirming_unit", "sports");
const Actor thu = actor("thu", "ministry_leader");

FieldValues input(List units) {
    return {{"service_name", "Festival permit"}, {"units", std::move(units)}};
}

/// A dossier that Legal Affairs agreed to at that time.
Dossier agreed_at(const std::string& when, List units) {
    Dossier dossier(onboarding());
    REQUIRE(dossier.start(when, lan, input(std::move(units))) == "");
    REQUIRE(dossier.perform(when, lan, "submit", {{"draft", "draft.pdf"}}) == "");
    REQUIRE(dossier.perform(when, minh, "agree", {{"opinion", "opinion.pdf"}}) == "");
    return dossier;
}

}  // namespace

TEST_CASE("Decision 1690/QD-BVHTTDL: 30, 5 and 10 working days from 25 April 2017 end on 8, 15 and 29 June") {
    Dossier dossier = agreed_at("2017-04-25 09:00", {"culture"});
    CHECK(dossier.states() == Strings{"it_setup"});
    CHECK(dossier.due("it_setup") == "2017-06-08");
    CHECK(dossier.perform("2017-06-08 16:00", tuan, "ask_units_to_confirm") == "");
    CHECK(dossier.result("it_setup") == "on time");
    CHECK(dossier.due("confirm") == "2017-06-15");
    CHECK(dossier.perform("2017-06-15 16:59", hoa, "accurate") == "");
    CHECK(dossier.due("piloting") == "2017-06-29");
    CHECK(dossier.perform("2017-06-20 09:00", tuan, "agreed") == "");
    CHECK(dossier.due("piloting") == "2017-06-29");  // the same 10 days
    CHECK(dossier.perform("2017-06-28 09:00", tuan, "submit", {{"submission", "s.pdf"}}) == "");
    CHECK(dossier.result("piloting") == "early");
    CHECK(dossier.perform("2017-06-30 09:00", thu, "approve") == "");
    CHECK(dossier.outcome() == "published");
}

TEST_CASE("Decision 1690/QD-BVHTTDL: a setup with warnings is late after 17:00 of its last day") {
    Dossier dossier = agreed_at("2017-04-25 09:00", {"culture"});
    dossier.clear();
    dossier.pass_until("2017-06-01 07:59");
    CHECK(dossier.notified().empty());
    dossier.pass_until("2017-06-01 08:00");  // the opening of the fifth working day before 8 June
    CHECK(dossier.notified() == Strings{"it_centre"});
    dossier.clear();
    dossier.pass_until("2017-06-08 17:00");
    const auto roles = dossier.notified();
    CHECK(std::find(roles.begin(), roles.end(), "ministry_leader") != roles.end());
    CHECK(dossier.perform("2017-06-12 09:00", tuan, "ask_units_to_confirm") == "");
    CHECK(dossier.result("it_setup") == "late");
}

TEST_CASE("after the escalation the leader may act on the late setup, before it not") {
    Dossier early = agreed_at("2017-04-25 09:00", {"culture"});
    CHECK(early.perform("2017-06-07 09:00", thu, "ask_units_to_confirm") == "not-your-role");
    Dossier late = agreed_at("2017-04-25 09:00", {"culture"});
    late.pass_until("2017-06-15 17:00");  // five working days after 8 June
    CHECK(late.perform("2017-06-16 09:00", thu, "ask_units_to_confirm") == "");
}

TEST_CASE("a department confirms for itself only") {
    Dossier dossier = agreed_at("2017-04-25 09:00", {"culture", "sports"});
    REQUIRE(dossier.perform("2017-05-08 09:00", tuan, "ask_units_to_confirm") == "");
    CHECK(dossier.states() == Strings{"confirm", "confirm", "unit_confirmation"});
    CHECK(dossier.perform("2017-05-09 09:00", hoa, "accurate") == "");
    CHECK(dossier.perform("2017-05-09 09:30", hoa, "accurate") == "not-your-unit");
    CHECK(dossier.states() == Strings{"confirm", "unit_confirmation"});
}

TEST_CASE("when one department objects the others finish, and only it is asked again") {
    Dossier dossier = agreed_at("2017-04-25 09:00", {"culture", "sports"});
    REQUIRE(dossier.perform("2017-05-08 09:00", tuan, "ask_units_to_confirm") == "");
    REQUIRE(dossier.perform("2017-05-09 09:00", binh, "object", {{"objection", "Wrong form"}}) ==
            "");
    CHECK(dossier.states() == Strings{"confirm", "unit_confirmation"});
    REQUIRE(dossier.perform("2017-05-10 09:00", hoa, "accurate") == "");
    CHECK(dossier.states() == Strings{"it_fix"});
    CHECK(dossier.due("it_fix") == "2017-05-17");
    CHECK(dossier.data("objections") == Value(List{"sports"}));
    REQUIRE(dossier.perform("2017-05-11 09:00", tuan, "fixed") == "");
    CHECK(dossier.states() == Strings{"confirm", "unit_confirmation"});
    CHECK(dossier.perform("2017-05-12 09:00", hoa, "accurate") == "not-your-unit");
    CHECK(dossier.perform("2017-05-12 09:00", binh, "accurate") == "");
    CHECK(dossier.states() == Strings{"pilot_and_agree", "piloting"});
}

TEST_CASE("a silent department is overdue, never taken as agreeing") {
    Dossier dossier = agreed_at("2017-04-25 09:00", {"culture", "sports"});
    REQUIRE(dossier.perform("2017-05-08 09:00", tuan, "ask_units_to_confirm") == "");
    REQUIRE(dossier.perform("2017-05-09 09:00", hoa, "accurate") == "");
    dossier.pass_until("2017-07-03 09:00");
    CHECK(dossier.states() == Strings{"confirm", "unit_confirmation"});
    const auto views =
        clocks(*dossier.procedure, dossier.calendars, dossier.instance, at("2017-07-03 09:00"));
    REQUIRE(views.size() >= 1);
    CHECK(views.back().result == ClockResult::running_late);
    CHECK(dossier.perform("2017-07-03 09:30", binh, "accurate") == "");
    CHECK(dossier.result("confirm") == "late");
}

TEST_CASE(
    "a return by Legal Affairs starts the drafting anew, and the setup only after agreement") {
    Dossier dossier(onboarding());
    REQUIRE(dossier.start("2017-04-25 09:00", lan, input({"culture"})) == "");
    REQUIRE(dossier.perform("2017-04-25 10:00", lan, "submit", {{"draft", "d.pdf"}}) == "");
    CHECK(dossier.perform("2017-04-26 10:00", minh, "return") == "missing-field");
    CHECK(dossier.perform("2017-04-26 10:00", minh, "return", {{"reason", "No fee"}}) == "");
    CHECK(dossier.states() == Strings{"draft_process"});
    REQUIRE(dossier.perform("2017-05-02 10:00", lan, "submit", {{"draft", "d2.pdf"}}) == "");
    REQUIRE(dossier.perform("2017-05-03 10:00", minh, "agree", {{"opinion", "o.pdf"}}) == "");
    CHECK(dossier.due("it_setup") == "2017-06-14");  // domain table: 3 May + 30 working days
}

TEST_CASE(
    "the proposing unit withdraws while others are at work, and nobody can do anything after") {
    Dossier dossier = agreed_at("2017-04-25 09:00", {"culture", "sports"});
    REQUIRE(dossier.perform("2017-05-08 09:00", tuan, "ask_units_to_confirm") == "");
    CHECK(dossier.perform("2017-05-08 10:00", lan, "withdraw") == "missing-field");
    CHECK(dossier.perform("2017-05-08 10:00", lan, "withdraw", {{"reason", "New law"}}) == "");
    CHECK(dossier.outcome() == "withdrawn_by_unit");
    CHECK(index_rows(*dossier.procedure, dossier.calendars, dossier.instance).due.empty());
    CHECK(index_rows(*dossier.procedure, dossier.calendars, dossier.instance).work.empty());
    CHECK(dossier.perform("2017-05-08 11:00", hoa, "accurate") == "ended");
}

TEST_CASE("without departments there is nobody to confirm: the start is refused") {
    Dossier dossier(onboarding());
    CHECK(dossier.start("2017-04-25 09:00", lan, input({})) == "guard-false");
}

TEST_CASE("05/2016/TT-BCT art. 6: the other ministry's numbers on the same states") {
    Dossier dossier(onboarding());
    REQUIRE(dossier.start("2017-07-28 09:00", lan, input({"culture"}), "moit") == "");
    REQUIRE(dossier.perform("2017-07-28 09:00", lan, "submit",
                            {{"draft", "d.pdf"}, {"signed_on", "2017-07-20"}}) == "");
    REQUIRE(dossier.perform("2017-07-31 09:00", minh, "agree", {{"opinion", "o.pdf"}}) == "");
    CHECK(dossier.due("it_setup") == "2017-08-31");  // counted from the signature
    REQUIRE(dossier.perform("2017-08-25 09:00", tuan, "ask_units_to_confirm") == "");
    REQUIRE(dossier.perform("2017-08-30 09:00", hoa, "accurate") == "");
    CHECK(dossier.due("pilot_and_agree") == "2017-09-05");  // 5 calendar days, 4 September is off
    CHECK(dossier.due("piloting") == "none");
}
