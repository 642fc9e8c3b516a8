// The tree of scopes, ordinals, and what happens in which order as a state is entered.
#include <algorithm>
#include <catch2/catch.hpp>

#include "support/dossier.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");

std::string in_head(const std::string& rest) {
    return "procedure: test\nversion: 1\ntitle: Test\ncalendar: vn-state\n"
           "roles: {officer: Officer}\noutcomes: {done: Done}\n" +
           rest;
}

/// `entered a`, `clock_started`, ... since the last clear().
Strings told(const Dossier& dossier) {
    Strings words;
    for (const Record& record : dossier.records) {
        std::string word = to_string(record.kind);
        if (record.kind == RecordKind::entered) {
            word += " " + dossier.procedure->state(record.state).id;
        }
        words.push_back(word);
    }
    return words;
}

}  // namespace

TEST_CASE("a group opens one scope, a parallel one per opened branch, an each one per item [R1]") {
    Dossier dossier(procedure_of(in_head(R"yaml(
data: {units: {type: list of text, default: [a, b]}}
states:
  group:
    states:
      both:
        parallel:
          one: {task: officer}
          two: {when: "units.size() > 5", task: officer}
          all: {each: units, states: {opinion: {task: officer, to: {end: none}}}}
        to: {end: none}
    to: {end: done}
)yaml")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    std::vector<std::pair<std::string, std::string>> opened;  // holder, what it is opened for
    for (const Scope& scope : dossier.instance.scopes) {
        if (scope.ordinal == 0) continue;
        const auto holder = std::find_if(
            dossier.instance.tokens.begin(), dossier.instance.tokens.end(),
            [&](const Token& token) { return token.ordinal == scope.parent; });
        REQUIRE(holder != dossier.instance.tokens.end());
        std::string what = "inside";
        if (scope.branch != no_index) what = dossier.procedure->state(scope.branch).id;
        if (scope.item != no_index) what = *scope.item_value.text();
        opened.emplace_back(dossier.procedure->state(holder->state).id, what);
    }
    CHECK(opened == std::vector<std::pair<std::string, std::string>>{
                        {"group", "inside"}, {"both", "one"}, {"both", "all"}, {"all", "a"},
                        {"all", "b"}});
}

TEST_CASE("an ordinal is never used again, so that nothing of an earlier visit is taken for a later "
          "one [R2]") {
    Dossier dossier(procedure_of(in_head(R"(
states:
  work: {task: officer, after: {2 days: {notify: officer}}, actions: {again: work, go: {end: done}}}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    const Ordinal first = dossier.token_on("work");
    const Instant due = dossier.instance.tokens.at(0).timers[0].due;
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "again") == "");
    CHECK(dossier.token_on("work") > first);
    REQUIRE(dossier.send("2017-06-08 10:00", TimerDue{first, 0, due}) == "");
    CHECK(dossier.count(RecordKind::timer_ignored) == 1);
    CHECK(dossier.notified().empty());
    CHECK(dossier.perform("2017-06-08 10:00", officer, "go", {}, first) == "no-such-work-item");
}

TEST_CASE("entering: recorded, then clocks, timers and messages, then the work of its kind [R10]") {
    Dossier dossier(procedure_of(in_head(R"(
messages: {news: {}}
states:
  ask: {task: officer, to: look_up}
  look_up:
    service: register
    sla: 2 working days
    after: {1 day: {notify: officer}}
    receive: {news: {notify: officer}}
    to: inside
  inside: {sla: 3 working days, states: {first: {task: officer, to: {end: done}}}}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    dossier.clear();
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "done") == "");
    CHECK(told(dossier) == Strings{"performed", "left", "entered look_up", "clock_started",
                                   "effect_requested"});
    CHECK(dossier.instance.tokens.at(0).timers.size() == 1);
    CHECK(dossier.instance.subscriptions.size() == 1);
    dossier.clear();
    const EffectResult answer{dossier.token_on("look_up"), 1, EffectResult::Kind::result, {}, {}, {}};
    REQUIRE(dossier.send("2017-06-05 11:00", answer) == "");
    CHECK(told(dossier) == Strings{"effect_result", "clock_ended", "left", "entered inside",
                                   "clock_started", "scope_opened", "entered first"});
}

TEST_CASE("now is one value in a step, when its event was noticed [R54]") {
    Dossier dossier(procedure_of(in_head(R"(
data: {first: optional instant, second: optional instant, third: optional instant}
states:
  work: {task: officer, actions: {go: {set: {first: now}, to: [{when: now == first, set: {second: now}, to: over}, {otherwise: work}]}}}
  over: {choice: [{when: now == first, set: {third: now}, end: done}, {otherwise: work}]}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "go") == "");
    CHECK(dossier.outcome() == "done");
    CHECK(dossier.data("first") == Value(at("2017-06-05 10:00")));
    CHECK(dossier.data("second") == dossier.data("first"));
    CHECK(dossier.data("third") == dossier.data("first"));
}

TEST_CASE("variant and parameters are bound at the start and do not change after it [R86]") {
    Dossier dossier(procedure_of(in_head(R"(
parameters: {limit_of_work: {type: limit, default: 2 working days}, most: {type: integer, default: 1}}
variants: {slow: {title: Slow, set: {limit_of_work: 9 working days}}}
states:
  work: {task: officer, sla: limit_of_work, actions: {again: {when: most < 2, to: work}, go: {end: done}}}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {}, "slow") == "");
    CHECK(dossier.due("work") == "2017-06-16");
    REQUIRE(dossier.perform("2017-06-06 10:00", officer, "again") == "");
    CHECK(dossier.due("work") == "2017-06-19");
    CHECK(dossier.instance.variant == "slow");
    Dossier other(dossier.procedure);
    REQUIRE(other.start("2017-06-05 09:00", officer) == "");
    CHECK(other.due("work") == "2017-06-07");
    Dossier unknown(dossier.procedure);
    CHECK(unknown.start("2017-06-05 09:00", officer, {}, "slwo") == "unknown-variant");
}

TEST_CASE("a start may tell and send, as any way does [R20]") {
    Dossier dossier(procedure_of(in_head(R"(
messages: {begun: {key: code, fields: {code: text}}}
data: {code: text}
input: [code]
start: {to: work, notify: officer, text: "{code} has come", send: {message: begun, key: code, with: {code: code}}}
states:
  work: {task: officer, to: {end: done}}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"code", "x"}}) == "");
    CHECK(dossier.notified() == Strings{"officer"});
    CHECK(dossier.count(RecordKind::sent) == 1);
}

TEST_CASE("each type takes its own values and no others [R50]") {
    struct Kind {
        const char* type;
        Value good;
        Value bad;
    };
    for (const Kind& kind : std::vector<Kind>{
             {"text", "a", 5},
             {"integer", 5, "a"},
             {"number", 0.5, "a"},
             {"boolean", true, 1},
             {"date", "2017-06-05", "2017-02-30"},
             {"instant", "2017-06-05T09:00:00+07:00", "soon"},
             {"limit", "2 working days", "2 workdays"},
             {"document", "plan.pdf", 5},
             {"person", "an", 5},
             {"list of integer", List{1, 2}, List{"a"}},
             {"[early, late]", "late", "never"},
             {"{size: integer}", Members{{"size", 1}}, Members{{"size", "a"}}},
             {"optional date", "2017-06-05", 5},
         }) {
        CAPTURE(kind.type);
        Dossier dossier(procedure_of(in_head(
            "data: {x: " + std::string(kind.type) +
            "}\nstates:\n  work: {task: officer, actions: {go: {fields: [x], end: done}}}\n")));
        REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
        CHECK(dossier.perform("2017-06-05 10:00", officer, "go", {{"x", kind.bad}}) ==
              "wrong-type");
        CHECK(dossier.perform("2017-06-05 10:00", officer, "go", {{"x", kind.good}}) == "");
        CHECK_FALSE(dossier.data("x").is_null());
    }
}
