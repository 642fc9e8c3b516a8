// Services of the host: rules R65 and R66, by hand.
#include <catch2/catch.hpp>

#include "support/dossier.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");
const Actor operator_ = actor("root", "operator");

const char* const checking = R"(procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
data: {number: text, debt: {type: integer, default: 0}, said: optional text}
input: [number]
states:
  look_up:
    service: tax_register
    input: {number: number, twice: number + number}
    result: {debt: integer, note: optional text}
    retry: {times: 3, first: 10 minutes, factor: 3, longest: 20 minutes}
    timeout: 2 hours
    errors: {not_found: {set: {said: error.text}, to: ask}, closed: {end: refused}}
    actions: {skip: {role: officer, to: ask}}
    set: {said: result.note}
    to: [{when: debt > 0, to: ask}, {otherwise: {end: done}}]
  ask: {task: officer, to: {end: done}}
outcomes: {done: Done, refused: Refused}
)";

EffectResult result(const Dossier& dossier, FieldValues fields, std::uint32_t attempt = 1) {
    return {dossier.token_on("look_up"), attempt, EffectResult::Kind::result,
            std::move(fields),           {},      {}};
}
EffectResult error(const Dossier& dossier, const std::string& code, const std::string& text) {
    return {dossier.token_on("look_up"), 1, EffectResult::Kind::error, {}, code, text};
}
EffectResult failure(Ordinal token, std::uint32_t attempt) {
    return {token, attempt, EffectResult::Kind::failure, {}, {}, "no line"};
}

Dossier started() {
    Dossier dossier(procedure_of(checking));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"number", "7"}}) == "");
    return dossier;
}

std::string pass(Dossier& dossier, const std::string& when) {
    dossier.pass_until(when);
    return std::to_string(dossier.count(RecordKind::effect_requested)) + " asked";
}

}  // namespace

TEST_CASE("a result is stored and read, then the service goes on [R65] [R66]") {
    Dossier dossier = started();
    CHECK(dossier.states() == Strings{"look_up"});
    CHECK(dossier.count(RecordKind::effect_requested) == 1);
    REQUIRE(dossier.send("2017-06-05 09:05", result(dossier, {{"debt", 3}, {"note", "owes"}})) ==
            "");
    CHECK(dossier.states() == Strings{"ask"});
    CHECK(dossier.data("debt") == Value(3));
    CHECK(dossier.data("said") == Value("owes"));
    CHECK(dossier.count(RecordKind::effect_withdrawn) == 0);
    CHECK(dossier.instance.awaited.empty());
}

TEST_CASE("an error that the state names is business, and taken at once [R65]") {
    Dossier dossier = started();
    REQUIRE(dossier.send("2017-06-05 09:05", error(dossier, "not_found", "no such number")) == "");
    CHECK(dossier.states() == Strings{"ask"});
    CHECK(dossier.data("said") == Value("no such number"));
    Dossier refused = started();
    REQUIRE(refused.send("2017-06-05 09:05", error(refused, "closed", "")) == "");
    CHECK(refused.outcome() == "refused");
}

TEST_CASE("a failure is repeated after a growing pause, then an incident opens [R65]") {
    Dossier dossier = started();
    const Ordinal token = dossier.token_on("look_up");
    REQUIRE(dossier.send("2017-06-05 09:05", failure(token, 1)) == "");
    CHECK(pass(dossier, "2017-06-05 09:14") == "1 asked");
    CHECK(pass(dossier, "2017-06-05 09:15") == "2 asked");
    // Told twice, and told of an attempt that is over: nothing happens.
    REQUIRE(dossier.send("2017-06-05 09:16", failure(token, 1)) == "");
    CHECK(dossier.count(RecordKind::answer_ignored) == 1);
    REQUIRE(dossier.send("2017-06-05 09:20", failure(token, 2)) == "");
    REQUIRE(dossier.send("2017-06-05 09:20", failure(token, 2)) == "");
    CHECK(dossier.count(RecordKind::answer_ignored) == 2);
    // Three times ten minutes, but never more than twenty.
    CHECK(pass(dossier, "2017-06-05 09:39") == "2 asked");
    CHECK(pass(dossier, "2017-06-05 09:40") == "3 asked");
    REQUIRE(dossier.send("2017-06-05 09:41", failure(token, 3)) == "");
    CHECK(dossier.count(RecordKind::incident_opened) == 1);
    CHECK(pass(dossier, "2017-06-06 09:40") == "3 asked");
    CHECK(dossier.states() == Strings{"look_up"});

    SECTION("the operator lets it try once more") {
        REQUIRE(dossier.send("2017-06-06 10:00", Retry{operator_, token}) == "");
        CHECK(dossier.count(RecordKind::effect_requested) == 4);
        REQUIRE(dossier.send("2017-06-06 10:01", failure(token, 4)) == "");
        CHECK(dossier.count(RecordKind::incident_opened) == 2);
    }
    SECTION("the operator answers in its place") {
        CHECK(dossier.send("2017-06-06 10:00", Resolve{operator_, token, {}, "no_such", "x"}) ==
              "unknown-error");
        CHECK(dossier.send("2017-06-06 10:00",
                           Resolve{operator_, token, {{"debt", "x"}}, "", "x"}) == "wrong-type");
        CHECK(dossier.send("2017-06-06 10:00", Resolve{operator_, token + 1, {}, "", "x"}) ==
              "not-waiting");
        REQUIRE(dossier.send("2017-06-06 10:00",
                             Resolve{operator_, token, {{"debt", 0}}, "", "by phone"}) == "");
        CHECK(dossier.outcome() == "done");
        CHECK(dossier.count(RecordKind::incident_resolved) == 1);
    }
    SECTION("the operator answers with an error of the state") {
        REQUIRE(dossier.send("2017-06-06 10:00",
                             Resolve{operator_, token, {}, "not_found", "by phone"}) == "");
        CHECK(dossier.data("said") == Value("by phone"));
    }
    SECTION("the answer comes after all") {
        REQUIRE(dossier.send("2017-06-06 10:00", result(dossier, {{"debt", 2}}, 3)) == "");
        CHECK(dossier.states() == Strings{"ask"});
    }
}

TEST_CASE("no answer in time is a failure [R65]") {
    Dossier dossier = started();
    CHECK(pass(dossier, "2017-06-05 10:59") == "1 asked");
    dossier.pass_until("2017-06-05 11:00");
    CHECK(dossier.count(RecordKind::effect_failed) == 1);
    CHECK(pass(dossier, "2017-06-05 11:10") == "2 asked");
    // The first answer is as good as the second: it is the same work.
    REQUIRE(dossier.send("2017-06-05 11:11", result(dossier, {{"debt", 0}}, 1)) == "");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("a result of the wrong type, and an error that nobody expects, are failures [R66]") {
    for (const EffectResult& wrong :
         {result(started(), {{"debt", "much"}}), result(started(), {}),
          result(started(), {{"debt", 1}, {"more", 2}}), error(started(), "strange", "?")}) {
        Dossier dossier = started();
        REQUIRE(dossier.send("2017-06-05 09:05", wrong) == "");
        CHECK(dossier.states() == Strings{"look_up"});
        CHECK(dossier.count(RecordKind::effect_failed) == 1);
        CHECK(pass(dossier, "2017-06-05 09:15") == "2 asked");
    }
}

TEST_CASE("wrong answers in the pause neither postpone nor count as attempts [R65] [R66]") {
    Dossier dossier = started();
    REQUIRE(dossier.send("2017-06-05 09:05", result(dossier, {{"debt", "much"}})) == "");
    REQUIRE(dossier.send("2017-06-05 09:10", result(dossier, {{"debt", "much"}}, 1)) == "");
    REQUIRE(dossier.send("2017-06-05 09:12", error(dossier, "strange", "?")) == "");
    CHECK(dossier.count(RecordKind::effect_failed) == 1);
    CHECK(dossier.count(RecordKind::answer_ignored) == 2);
    CHECK(pass(dossier, "2017-06-05 09:15") == "2 asked");
}

TEST_CASE("a service that is left is withdrawn, and its late answer changes nothing [R2] [R23]") {
    Dossier dossier = started();
    const EffectResult late = result(dossier, {{"debt", 3}});
    REQUIRE(dossier.perform("2017-06-05 09:30", officer, "skip") == "");
    CHECK(dossier.count(RecordKind::effect_withdrawn) == 1);
    REQUIRE(dossier.send("2017-06-05 09:31", late) == "");
    CHECK(dossier.states() == Strings{"ask"});
    CHECK(dossier.data("debt") == Value(0));
    CHECK(dossier.count(RecordKind::answer_ignored) == 1);
}

TEST_CASE("an answer to what was never asked is refused") {
    Dossier dossier = started();
    const EffectResult none{.token = 99, .attempt = 1, .kind = EffectResult::Kind::result};
    CHECK(dossier.send("2017-06-05 09:31", none) == "no-such-work-item");
    CHECK(dossier.count(RecordKind::answer_ignored) == 0);
}

TEST_CASE("what cannot be evaluated after a result stands still, and a retry asks again [R27]") {
    Dossier dossier(procedure_of(R"(procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
data: {parts: {type: integer, default: 0}, share: {type: integer, default: 0}}
states:
  count: {service: counter, result: {total: integer}, set: {share: result.total / parts}, to: {end: done}}
  work: {task: officer, to: {end: done}}
start: count
outcomes: {done: Done}
actions: {aside: {role: officer, to: work}}
)"));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    const Ordinal token = dossier.token_on("count");
    const EffectResult answer{token, 1, EffectResult::Kind::result, {{"total", 8}}, {}, {}};
    REQUIRE(dossier.send("2017-06-05 09:01", answer) == "");
    CHECK(dossier.states() == Strings{"count"});
    CHECK(dossier.count(RecordKind::incident_opened) == 1);
    REQUIRE(dossier.send("2017-06-05 09:02", Correct{operator_, {{"parts", 2}}, "unset"}) == "");
    REQUIRE(dossier.send("2017-06-05 09:03", Retry{operator_, token}) == "");
    CHECK(dossier.count(RecordKind::effect_requested) == 2);
    REQUIRE(dossier.send("2017-06-05 09:04", answer) == "");
    CHECK(dossier.outcome() == "done");
    CHECK(dossier.data("share") == Value(4));
}

TEST_CASE("of several starts one is named, and takes its own fields [R67]") {
    Dossier dossier(procedure_of(R"(procedure: test
version: 1
title: Test
calendar: vn-state
roles: {officer: Officer}
data: {code: optional text, desk: optional integer}
start:
  web: {fields: [code], to: first}
  counter: {fields: [desk], when: desk > 0, to: second}
states:
  first: {task: officer, to: {end: done}}
  second: {task: officer, to: {end: done}}
outcomes: {done: Done}
)"));
    const auto start = [&](const std::string& entry, FieldValues data) {
        Dossier fresh(dossier.procedure);
        Start event{.actor = officer, .data = std::move(data)};
        event.calendar = state_calendar()->digest();
        event.entry = entry;
        const std::string refused = fresh.send("2017-06-05 09:00", event);
        return refused.empty() ? fresh.states().front() : refused;
    };
    CHECK(start("web", {{"code", "a"}}) == "first");
    CHECK(start("counter", {{"desk", 2}}) == "second");
    CHECK(start("counter", {{"desk", 0}}) == "guard-false");
    CHECK(start("counter", {{"code", "a"}}) == "unknown-field");
    CHECK(start("", {{"code", "a"}}) == "unknown-entry");
    CHECK(start("wbe", {{"code", "a"}}) == "unknown-entry");
}
