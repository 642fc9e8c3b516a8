// Calls of procedures, and services, through the engine: rule R67.
#include <catch2/catch.hpp>

#include "unit/engine/office.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor an = actor("an", "officer");

const std::string head = R"(version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
)";

const std::string caller = "procedure: caller\n" + head + R"(
data: {size: integer, grade: optional text, after: optional text}
input: [size]
states:
  ask:
    call: appraisal
    input: {amount: size * 2}
    result: {grade: optional text}
    set: {after: outcome}
    outcomes: {good: next, cancelled: stopped, otherwise: {end: refused}}
    actions: {give_up: {role: officer, to: next}}
  next: {task: officer, to: {end: done}}
  stopped: {task: officer, to: {end: refused}}
outcomes: {done: Done, refused: Refused}
)";

const std::string callee = "procedure: appraisal\n" + head + R"(
data: {amount: integer, grade: optional text}
input: [amount]
output: [grade, amount]
start: {to: work, when: amount > 0}
states:
  work:
    task: officer
    actions: {pass: {set: {grade: "'A'"}, end: good}, fail: {end: bad}}
outcomes: {good: Good, bad: Bad}
)";

std::string where(Engine& engine, const std::string& id) {
    const InstanceView view = engine.get(id);
    if (view.instance.cancelled) return "cancelled";
    if (view.instance.status == Instance::Status::ended) {
        return "ended " + view.procedure->outcome(view.instance.outcome).id;
    }
    const Token& token = view.instance.tokens.back();
    return view.procedure->state(token.state).id + (token.incident ? " stands still" : "");
}

struct Called {
    Office office{Kept::in_memory};
    std::string parent = "caller/1";
    std::string child;

    explicit Called(int size = 3) {
        office.add(caller);
        office.add(callee);
        REQUIRE(office.start("caller", "1", {{"size", size}}) == "done");
        child = office.engine->get(parent).instance.awaited[0].child;
        (void)office.engine->run_due();
    }
    std::string value(const std::string& field) {
        const InstanceView view = office.engine->get(parent);
        for (std::uint32_t i = 0; i < view.instance.data.size(); ++i) {
            if (view.procedure->field(i).id == field) return to_string(view.instance.data[i], {});
        }
        return "?";
    }
};

}  // namespace

TEST_CASE("a called procedure gets its input, and its end and output come back [R67]") {
    Called called;
    CHECK(called.child == "appraisal/caller/1#1");
    CHECK(where(*called.office.engine, called.child) == "work");
    CHECK(where(*called.office.engine, called.parent) == "ask");
    REQUIRE(called.office.perform(called.child, an, "pass") == "done");
    CHECK(where(*called.office.engine, called.parent) == "ask");  // its end is still on its way
    CHECK(called.office.engine->run_due().carried == 1);
    CHECK(where(*called.office.engine, called.parent) == "next");
    CHECK(called.value("grade") == "A");
    CHECK(called.value("after") == "good");
    for (const std::string& id : {called.parent, called.child}) {
        CHECK(called.office.engine->replay(id).agrees());
    }
}

TEST_CASE("other outcomes of the child take otherwise [R67]") {
    Called called;
    REQUIRE(called.office.perform(called.child, an, "fail") == "done");
    (void)called.office.engine->run_due();
    CHECK(where(*called.office.engine, called.parent) == "ended refused");
}

TEST_CASE("a call that is left cancels its child, and the child's end changes nothing [R23]") {
    Called called;
    REQUIRE(called.office.perform(called.parent, an, "give_up") == "done");
    (void)called.office.engine->run_due();
    CHECK(where(*called.office.engine, called.child) == "cancelled");
    CHECK(where(*called.office.engine, called.parent) == "next");
}

TEST_CASE("a child that somebody else cancels comes back so [R67]") {
    Called called;
    (void)called.office.engine->send(called.child, Cancel{actor("root", "operator"), "by mistake"});
    (void)called.office.engine->run_due();
    CHECK(where(*called.office.engine, called.parent) == "stopped");
}

TEST_CASE("a child that is stopped or gives nothing leaves an optional result as it is [R67]") {
    const std::string lister = "procedure: caller\n" + head + R"(
data: {size: integer, grade: optional text}
input: [size]
states:
  ask:
    call: appraisal
    input: {amount: size}
    result: [grade]
    outcomes: {good: next, cancelled: stopped, otherwise: {end: refused}}
  next: {task: officer, to: {end: done}}
  stopped: {task: officer, to: {end: refused}}
outcomes: {done: Done, refused: Refused}
)";
    Office office(Kept::in_memory);
    office.add(lister);
    office.add(callee);
    for (const char* key : {"1", "2"}) {
        REQUIRE(office.start("caller", key, {{"size", 1}}) == "done");
    }
    (void)office.engine->run_due();
    const auto child = [&](const std::string& parent) {
        return office.engine->get(parent).instance.awaited[0].child;
    };
    REQUIRE(std::holds_alternative<Done>(office.engine->send(child("caller/1"), Cancel{an, "so"})));
    REQUIRE(office.perform(child("caller/2"), an, "fail") == "done");  // sets no grade
    (void)office.engine->run_due();
    CHECK(where(*office.engine, "caller/1") == "stopped");
    CHECK(where(*office.engine, "caller/2") == "ended refused");
}

TEST_CASE("a child that refuses to start opens an incident, and a retry starts it [R67] [R27]") {
    Called called(0);
    CHECK(where(*called.office.engine, called.parent) == "ask stands still");
    Engine& engine = *called.office.engine;
    const Instance parent = engine.get(called.parent).instance;
    const Value reason = incident_reason(parent, parent.tokens.at(0).ordinal);
    CHECK(incident_sentence(reason).find("could not be started: guard-false") != std::string::npos);
    const Actor root = actor("root", "operator");
    (void)engine.send(called.parent, Correct{root, {{"size", 2}}, "was missing"});
    (void)engine.send(called.parent,
                      Retry{root, engine.get(called.parent).instance.tokens.at(0).ordinal});
    (void)engine.run_due();
    CHECK(where(engine, called.parent) == "ask");
    CHECK(where(engine, called.child) == "work");
}

TEST_CASE("a procedure that is not registered opens an incident [R67]") {
    Office office(Kept::in_memory);
    office.add(caller);
    REQUIRE(office.start("caller", "1", {{"size", 1}}) == "done");
    (void)office.engine->run_due();
    CHECK(where(*office.engine, "caller/1") == "ask stands still");
}

TEST_CASE("a procedure that another process has registered since is found [R67]") {
    Office office(Kept::in_memory);
    office.add(caller);
    Engine other(office.store, office.clock);
    other.register_procedure(load_procedure(callee, "appraisal.yaml"));
    REQUIRE(office.start("caller", "1", {{"size", 1}}) == "done");
    (void)office.engine->run_due();
    CHECK(where(*office.engine, "caller/1") == "ask");
    CHECK(where(*office.engine, office.engine->get("caller/1").instance.awaited[0].child) ==
          "work");
}

TEST_CASE("a detached call goes on at once, and neither end touches the other [R67]") {
    Office office(Kept::in_memory);
    office.add("procedure: caller\n" + head + R"(
data: {size: integer}
input: [size]
states:
  ask: {call: appraisal, input: {amount: size}, detached: true, to: next}
  next: {task: officer, to: {end: done}}
outcomes: {done: Done}
)");
    office.add(callee);
    REQUIRE(office.start("caller", "1", {{"size", 1}}) == "done");
    CHECK(where(*office.engine, "caller/1") == "next");
    (void)office.engine->run_due();
    const std::string child = "appraisal/caller/1#1";
    REQUIRE(office.perform("caller/1", an, "done") == "done");
    CHECK(where(*office.engine, child) == "work");
    REQUIRE(office.perform(child, an, "pass") == "done");
    CHECK(office.engine->run_due().carried == 0);
}

TEST_CASE("procedures that call each other for ever stop at a depth, with an incident [R67]") {
    Office office(Kept::in_memory);
    office.add("procedure: endless\n" + head + R"(
states:
  deeper: {call: endless, to: {end: done}}
  work: {task: officer, to: {end: done}}
start: deeper
actions: {aside: {role: officer, to: work}}
outcomes: {done: Done}
)");
    REQUIRE(office.start("endless", "1") == "done");
    (void)office.engine->run_due();
    const auto ids = office.engine->instances();
    CHECK(ids.size() == 20);
    std::size_t standing = 0;
    for (const std::string& id : ids) {
        standing += where(*office.engine, id) == "deeper stands still" ? 1U : 0U;
    }
    CHECK(standing == 1);
    // Cancelled from the top, all of them go.
    (void)office.engine->send("endless/1", Cancel{actor("root", "operator"), "endless"});
    (void)office.engine->run_due();
    for (const std::string& id : ids) CHECK(where(*office.engine, id) == "cancelled");
}

TEST_CASE("the version of a call is the one that is valid on the day, unless it says one [R67]") {
    Office office(Kept::in_memory);
    const auto version = [](const std::string& number, const std::string& valid) {
        std::string yaml = "procedure: sub\n" + head + valid + R"(
states: {work: {task: officer, to: {end: done}}}
outcomes: {done: Done}
)";
        return yaml.replace(yaml.find("version: 1"), 10, "version: " + number);
    };
    office.add(version("1", "valid: {until: 2017-12-31}"));
    office.add(version("2", "valid: {from: 2018-01-01}"));
    for (const auto& [id, said] :
         {std::pair("by_day", ""), std::pair("by_number", ", version: 1")}) {
        office.add("procedure: " + std::string(id) + "\n" + head + "states: {ask: {call: sub" +
                   said + ", to: {end: done}}}\noutcomes: {done: Done}\n");
    }
    const auto called = [&](const std::string& id, const std::string& key) {
        REQUIRE(office.start(id, key) == "done");
        (void)office.engine->run_due();
        const InstanceView parent = office.engine->get(id + "/" + key);
        if (parent.instance.tokens.at(0).incident) return std::string("stands still");
        return std::to_string(
            office.engine->get(parent.instance.awaited[0].child).procedure->version());
    };
    office.set("2017-06-05 09:00");
    CHECK(called("by_day", "a") == "1");
    office.set("2018-06-05 09:00");
    CHECK(called("by_day", "b") == "2");
    CHECK(called("by_number", "c") == "stands still");  // version 1 is over
}

TEST_CASE("what a service is asked waits in the outbox until it is answered [R65]") {
    Office office(Kept::in_file);
    office.add("procedure: looking\n" + head + R"(
data: {number: text, debt: {type: integer, default: 0}}
input: [number]
states:
  look_up: {service: register, input: {number: number}, result: [debt], to: {end: done}}
outcomes: {done: Done}
)");
    REQUIRE(office.start("looking", "1", {{"number", "7"}}) == "done");
    for (int time = 0; time < 2; ++time) {
        const auto pending = office.engine->pending_effects();
        REQUIRE(pending.size() == 1);
        const auto& request = std::get<ServiceRequest>(pending.front().effect);
        CHECK(request.handler == "register");
        CHECK(request.attempt == 1);
        CHECK(request.input == Value(Members{{"number", "7"}}));
        office.reopen();
    }
    const auto pending = office.engine->pending_effects();
    const EffectResult answer{std::get<ServiceRequest>(pending.front().effect).token,
                              1,
                              EffectResult::Kind::result,
                              {{"debt", 5}},
                              {},
                              {}};
    REQUIRE(Office::word(office.engine->send("looking/1", answer)) == "done");
    // A crash before the acknowledgement: the work is done again, its answer changes nothing.
    office.reopen();
    CHECK(Office::word(office.engine->send("looking/1", answer)) == "ended");
    office.engine->acknowledge(pending.front());
    CHECK(office.engine->pending_effects().empty());
    CHECK(office.engine->replay("looking/1").agrees());
}
