#include "workflow/engine.hpp"

#include "unit/engine/office.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor officer = actor("an", "officer");
const Actor head = actor("chi", "head");

ErrorCode error_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.code();
    }
    FAIL("no error");
    return ErrorCode::internal;
}

}  // namespace

TEST_CASE("a dossier goes on where it stood after the store is closed and opened again") {
    const Kept kept = GENERATE(Kept::in_memory, Kept::in_file);
    Office office(kept);
    office.add(two_steps);
    CHECK(office.start("two_steps", "1") == "done");
    office.reopen();
    CHECK(office.perform("two_steps/1", officer, "go") == "done");
    const InstanceView before = office.engine->get("two_steps/1");
    office.reopen();
    const InstanceView after = office.engine->get("two_steps/1");
    CHECK(after.instance == before.instance);
    CHECK(after.procedure->id() == "two_steps");
    CHECK(after.calendar->id() == "vn-state");
    CHECK(office.perform("two_steps/1", head, "done") == "done");
    CHECK(office.engine->get("two_steps/1").instance.status == Instance::Status::ended);
}

TEST_CASE("a running instance stays on the version it was started with") {
    Office office;
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "old") == "done");
    std::string newer = two_steps;
    newer.replace(newer.find("version: 1"), 10, "version: 2");
    newer.replace(newer.find("limit: 5 working days"), 21, "limit: 9 working days");
    office.add(newer);
    REQUIRE(office.start("two_steps", "new") == "done");
    office.reopen();
    CHECK(office.engine->get("two_steps/old").procedure->version() == 1);
    CHECK(office.engine->get("two_steps/new").procedure->version() == 2);
    CHECK(office.engine->procedure("two_steps")->version() == 2);
    CHECK(office.engine->procedure("two_steps", 1)->version() == 1);
}

TEST_CASE("the same version with other bytes is refused, the same bytes again are nothing") {
    Office office;
    office.add(two_steps);
    office.add(two_steps);
    std::string other = two_steps;
    other.replace(other.find("title: Two"), 10, "title: 222");
    CHECK(error_of([&] { office.add(other); }) == ErrorCode::conflict);
}

TEST_CASE("a procedure that names a time zone other than the calendar's own is not taken") {
    Office office;
    const auto with_zone = [](const std::string& zone) {
        return "procedure: hours\nversion: 1\ntitle: Hours\ncalendar: vn-state\n"
               "roles: {clerk: Clerk}\nstates:\n  ask:\n    task: clerk\n"
               "    actions:\n      agree: {when: \"now.getHours('" +
               zone +
               "') < 12\", end: agreed}\n      refuse: {end: agreed}\n"
               "outcomes: {agreed: Agreed}\n";
    };
    CHECK_NOTHROW(office.add(with_zone("Asia/Ho_Chi_Minh")));
    CHECK_THROWS_WITH(office.add(with_zone("Asia/Kathmandu")),
                      Catch::Contains("test.yaml:10:21") && Catch::Contains("Asia/Kathmandu"));
}

TEST_CASE("a procedure whose calendar is not registered, or that has errors, is not taken") {
    Office office;
    std::string elsewhere = two_steps;
    elsewhere.replace(elsewhere.find("vn-state"), 8, "xx-state");
    CHECK(error_of([&] { office.add(elsewhere); }) == ErrorCode::not_found);
    CHECK_THROWS_AS(office.add("procedure: x"), DefinitionError);
    CHECK(office.engine->procedures().empty());
}

TEST_CASE("what does not exist is said by name, with the nearest") {
    Office office;
    office.add(two_steps);
    CHECK(error_of([&] { (void)office.engine->get("two_steps/none"); }) == ErrorCode::not_found);
    CHECK(error_of([&] { (void)office.engine->history("two_steps/none"); }) ==
          ErrorCode::not_found);
    CHECK(error_of([&] { office.perform("two_steps/none", officer, "go"); }) ==
          ErrorCode::not_found);
    try {
        office.start("two_step", "1");
        FAIL("no error");
    } catch (const Error& error) {
        CHECK(std::string(error.what()).find("the nearest is 'two_steps'") != std::string::npos);
    }
    CHECK(error_of([&] { office.start("two_steps", ""); }) == ErrorCode::misuse);
    CHECK(error_of([&] { office.start("two_steps", "a\nb"); }) == ErrorCode::misuse);
    CHECK(error_of([&] { office.start("two_steps", "a#1"); }) == ErrorCode::misuse);
    CHECK(error_of([&] { office.start("two_steps", std::string(201, 'k')); }) == ErrorCode::limit);
    CHECK(office.start("two_steps", std::string(200, 'k')) == "done");
}

TEST_CASE("a worklist shows what waits for the actor, by role and unit") {
    const Kept kept = GENERATE(Kept::in_memory, Kept::in_file);
    Office office(kept);
    office.add_onboarding();
    const FieldValues data{{"service_name", "S"}, {"units", List{"culture", "sports"}}};
    REQUIRE(office.start("service_onboarding", "7", data) == "done");
    const std::string id = "service_onboarding/7";
    REQUIRE(office.perform(id, actor("lan", "proposing_unit"), "submit", {{"draft", "d"}}) ==
            "done");
    CHECK(office.engine->worklist(actor("minh", "legal_affairs")).items.size() == 1);
    REQUIRE(office.perform(id, actor("minh", "legal_affairs"), "agree", {{"opinion", "o"}}) ==
            "done");
    REQUIRE(office.perform(id, actor("tuan", "it_centre"), "ask_units_to_confirm") == "done");
    CHECK(office.engine->worklist(actor("minh", "legal_affairs")).items.empty());
    const auto items = office.engine->worklist(actor("hoa", "confirming_unit", "culture")).items;
    REQUIRE(items.size() == 1);
    CHECK(items.front().unit == "culture");
    CHECK(office.engine->worklist(actor("x", "confirming_unit", "tourism")).items.empty());
    REQUIRE(office.perform(id, actor("hoa", "confirming_unit", "culture"), "accurate") == "done");
    CHECK(office.engine->worklist(actor("hoa", "confirming_unit", "culture")).items.empty());
}

TEST_CASE("a refusal writes nothing and says what the actor could do instead") {
    Office office;
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "1") == "done");
    const auto before = office.engine->get("two_steps/1").instance;
    const Answer answer = office.engine->perform("two_steps/1", {"done", officer, {}, {}});
    REQUIRE(std::holds_alternative<Refusal>(answer));
    CHECK(std::get<Refusal>(answer).permitted.size() == 2);
    CHECK(office.engine->get("two_steps/1").instance == before);
    CHECK(office.engine->history("two_steps/1").size() == 1);
}

TEST_CASE("notices wait in the outbox until they are acknowledged") {
    Office office;
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "1") == "done");
    office.set("2017-05-05 09:00");
    office.engine->run_due();
    office.reopen();
    const auto pending = office.engine->pending_effects();
    REQUIRE(pending.size() == 1);
    CHECK(pending.front().instance == "two_steps/1");
    office.engine->acknowledge(pending.front());
    CHECK(office.engine->pending_effects().empty());
}
