// Moving stored instances to another version of their procedure. 25 April 2017 is a Tuesday.
#include "unit/engine/office.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");
const Actor clerk = actor("binh", "clerk");
const Actor operator_of_system = actor("lan", "operator");

/// Two steps, as a later decision has them: the officer is called a clerk, and has ten days.
const char* const second_version = R"(
procedure: two_steps
version: 2
title: Two steps
calendar: vn-state
roles: {clerk: Clerk, head: Head}
data: {note: optional text}
states:
  examine:
    task: clerk
    sla: {limit: 10 working days, moments: {1 working day before: {notify: clerk}}}
    actions: {go: {to: check, fields: {note: optional text}}, stop: {end: stopped}}
  check: {task: head, sla: 2 working days, to: {end: done}}
outcomes: {done: Done, stopped: Stopped}
)";
const MigrationMapping renamed{.states = {{"work", "examine"}}, .clocks = {{"work", "examine"}}};

std::shared_ptr<const Procedure> loaded(const char* yaml) {
    return procedure_or_throw(load_procedure(yaml, "test.yaml"));
}

Strings offered(Office& office, const Actor& who) {
    Strings instances;
    for (const WorkItem& item : office.engine->worklist(who).items) {
        instances.push_back(item.instance + " " + item.role);
    }
    return instances;
}

}  // namespace

TEST_CASE("an instance that is moved has the new version's rows, and no others") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "a") == "done");
    office.add(second_version);
    CHECK(offered(office, officer) == Strings{"two_steps/a officer"});
    CHECK(office.engine->next_due() == at("2017-05-03 08:00"));
    office.set("2017-04-26 09:00");
    const Answer answer =
        office.engine->migrate("two_steps/a", 2, renamed, operator_of_system, "Decision 12");
    REQUIRE(Office::word(answer) == "done");
    CHECK(std::get<Done>(answer).procedure == office.engine->procedure("two_steps", 2)->digest());
    CHECK(offered(office, officer).empty());
    CHECK(offered(office, clerk) == Strings{"two_steps/a clerk"});
    CHECK(office.engine->next_due() == at("2017-05-10 08:00"));
    office.reopen();
    CHECK(office.engine->get("two_steps/a").procedure->version() == 2);
    CHECK(office.perform("two_steps/a", clerk, "go") == "done");
    CHECK(offered(office, actor("minh", "head")) == Strings{"two_steps/a head"});
}

TEST_CASE("what is moved replays, verifies, and explains each clock by its own version") {
    Office office;
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "a") == "done");
    office.add(second_version);
    office.set("2017-04-26 09:00");
    REQUIRE(Office::word(office.engine->migrate("two_steps/a", 2, renamed, operator_of_system,
                                                "Decision 12")) == "done");
    REQUIRE(office.perform("two_steps/a", clerk, "go") == "done");
    office.reopen();
    const ReplayReport replayed = office.engine->replay("two_steps/a");
    CHECK(replayed.difference == "");
    CHECK(replayed.steps == 3);
    CHECK(office.engine->verify().faults.empty());
    const auto explained = office.engine->explain("two_steps/a");
    REQUIRE(explained.size() == 2);
    CHECK(explained[0].ended);
    CHECK(explained[0].view.result == ClockResult::early);
    CHECK(explained[0].procedure == office.engine->procedure("two_steps", 2)->digest());
    REQUIRE(explained[0].moved.size() == 1);
    CHECK(explained[0].moved[0].before == at("2017-05-04 17:00"));
    CHECK(explained[0].moved[0].after == at("2017-05-11 17:00"));
    CHECK(explained[0].moved[0].version == 2);
    CHECK(explained[0].moved[0].source.empty());
    const auto history = office.engine->history("two_steps/a");
    CHECK(office.engine->procedure(history[0].procedure)->version() == 1);
    CHECK(office.engine->procedure(history[1].procedure)->version() == 2);
}

TEST_CASE("a clock that the move gives up is explained by the version that had it") {
    Office office;
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "a") == "done");
    office.add(second_version);
    const MigrationMapping without{.states = {{"work", "examine"}}, .clocks = {{"work", ""}}};
    REQUIRE(Office::word(office.engine->migrate("two_steps/a", 2, without, operator_of_system,
                                                "Decision 12")) == "done");
    const auto explained = office.engine->explain("two_steps/a");
    REQUIRE(explained.size() == 2);
    CHECK(explained[0].ended);
    CHECK(explained[0].view.result == ClockResult::not_reached);
    CHECK(explained[0].procedure == office.engine->procedure("two_steps", 1)->digest());
    CHECK_FALSE(explained[1].ended);
    CHECK(explained[1].procedure == office.engine->procedure("two_steps", 2)->digest());
}

TEST_CASE("a move that is refused changes nothing, and one that is repeated neither") {
    Office office;
    office.add(two_steps);
    REQUIRE(office.start("two_steps", "a") == "done");
    office.add(second_version);
    const auto move = [&](const MigrationMapping& mapping, const std::string& reason) {
        return Office::word(office.engine->migrate("two_steps/a", 2, mapping, operator_of_system,
                                                   reason, {"request-1", {}}));
    };
    CHECK(move({}, "Decision 12") == "not-migratable");
    CHECK(office.engine->get("two_steps/a").instance.revision == 1);
    CHECK(offered(office, officer) == Strings{"two_steps/a officer"});
    CHECK(office.engine->history("two_steps/a").size() == 1);
    CHECK(move(renamed, "Decision 12") == "done");
    CHECK(move(renamed, "Decision 12") == "repeated");
    CHECK(move(renamed, "Decision 13") == "request-reused");
    CHECK(Office::word(office.engine->migrate("two_steps/a", 2, {}, operator_of_system, "again")) ==
          "same-version");
    CHECK_THROWS_WITH(office.engine->migrate("two_steps/a", 7, {}, operator_of_system, "x"),
                      "version 7 of 'two_steps' is not registered; there are: 1, 2");
    CHECK_THROWS_AS(office.engine->migrate("two_steps/a", 2, {}, Actor{}, "x"), Error);
}

TEST_CASE("the plan tells of all open instances which could move, page after page") {
    Office office;
    office.add(two_steps);
    for (const char* key : {"a", "b", "c"}) REQUIRE(office.start("two_steps", key) == "done");
    REQUIRE(office.perform("two_steps/b", officer, "go") == "done");
    REQUIRE(office.perform("two_steps/c", officer, "stop") == "done");
    const auto next = loaded(second_version);  // not registered
    const MigrationReport first = office.engine->plan_migration(next, {}, {}, 1);
    CHECK_FALSE(first.finished);
    REQUIRE(first.planned.size() == 1);
    REQUIRE(first.planned[0].plan.refused);
    CHECK(first.planned[0].version == 1);
    const MigrationReport rest = office.engine->plan_migration(next, {}, first.cursor, 10);
    CHECK(rest.finished);
    CHECK(rest.looked_at == 2);
    REQUIRE(rest.planned.size() == 1);
    CHECK(rest.planned[0].instance == "two_steps/b");
    CHECK_FALSE(rest.planned[0].plan.refused);
    CHECK(rest.planned[0].plan.dates.empty());
    const MigrationReport all = office.engine->plan_migration(next, renamed);
    REQUIRE(all.planned.size() == 2);
    REQUIRE(all.planned[0].plan.dates.size() == 1);
    CHECK(to_string(all.planned[0].plan.dates[0].before.date) == "2017-05-04");
    CHECK(to_string(all.planned[0].plan.dates[0].after.date) == "2017-05-11");
    CHECK(office.engine->get("two_steps/a").instance.revision == 1);
}

TEST_CASE("an instance takes a kept message for which only the new version waits") {
    const auto text = [](int version, const std::string& message) {
        return "procedure: post\nversion: " + std::to_string(version) +
               "\ntitle: Post\ncalendar: vn-state\nroles: {proposing_unit: Unit}\n"
               "messages:\n  payment: {key: code, keep: true}\n  receipt: {key: code, keep: true}\n"
               "data: {code: text}\ninput: [code]\nstates:\n  pending: {receive: {" +
               message + ": {end: done}}}\noutcomes: {done: Done}\n";
    };
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(text(1, "payment"));
    REQUIRE(office.start("post", "a", {{"code", "k"}}) == "done");
    office.add(text(2, "receipt"));
    CHECK(std::get<Delivered>(office.engine->send(Message{.message = "receipt", .key = "k"})).how ==
          Delivered::How::kept);
    REQUIRE(Office::word(office.engine->migrate("post/a", 2, {}, operator_of_system, "x")) ==
            "done");
    // The new version waits for what had been kept, and took it at once.
    CHECK(office.engine->get("post/a").instance.status == Instance::Status::ended);
}

TEST_CASE("a sensitive value moves sealed, and one that the move gives is sealed") {
    const auto text = [](int version, const std::string& data) {
        return "procedure: secret\nversion: " + std::to_string(version) +
               "\ntitle: Secret\ncalendar: vn-state\nroles: {officer: Officer}\ndata:\n" + data +
               "states: {work: {task: officer, to: {end: done}}}\noutcomes: {done: Done}\n";
    };
    Office office;
    office.add(text(1, "  name: {type: text, sensitive: true}\ninput: [name]\n"));
    REQUIRE(office.start("secret", "a", {{"name", "Nguyen"}}) == "done");
    office.add(text(2, "  name: {type: text, sensitive: true}\n"
                       "  phone: {type: text, sensitive: true}\ninput: [name, phone]\n"));
    office.add(text(3, "  name: text\ninput: [name]\n"));
    const Answer open = office.engine->migrate("secret/a", 3, {}, operator_of_system, "x");
    REQUIRE(Office::word(open) == "not-migratable");
    CHECK(std::get<Refusal>(open).because.front().code == RefusalCode::sensitive_lost);
    REQUIRE(Office::word(office.engine->migrate("secret/a", 2, {.data = {{"phone", "0912"}}},
                                                operator_of_system, "x")) == "done");
    office.reopen();
    const Instance instance = office.engine->get("secret/a").instance;
    for (const Value& value : instance.data) CHECK(value.sealed() != nullptr);
    const auto transaction = office.store->begin(Store::Access::read);
    for (const StoredHistory& row : transaction->history("secret/a", 0, 10)) {
        CHECK(row.body.find("0912") == std::string::npos);
        CHECK(row.body.find("Nguyen") == std::string::npos);
    }
    CHECK(office.engine->replay("secret/a").agrees());
}
