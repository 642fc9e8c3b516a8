// Messages inside one instance: rules R60 and R61, by hand.
#include <catch2/catch.hpp>

#include "support/dossier.hpp"
#include "workflow/index_rows.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace workflow::test;
using Strings = std::vector<std::string>;

namespace {

const Actor officer = actor("an", "officer");
const Actor operator_ = actor("root", "operator");

std::string in_head(const std::string& rest) {
    return "procedure: test\nversion: 1\ntitle: Test\ncalendar: vn-state\n"
           "roles: {officer: Officer}\n" +
           rest;
}

const std::string paying = in_head(R"(
messages: {fee_paid: {key: code, fields: {amount: integer, by: optional text}}}
data: {code: text, amount: {type: integer, default: 0}, payer: optional text}
input: [code]
states:
  pay:
    receive: {fee_paid: {when: message.amount > 0, set: {payer: message.by}, to: check}}
    after: {5 days: {end: unpaid}}
  check: {task: officer, to: {end: done}}
outcomes: {done: Done, unpaid: Unpaid}
)");

Message paid(const std::string& key, int amount) {
    return {"fee_paid", key, {{"amount", amount}}, "bank", {}};
}

const std::string early = in_head(R"(
messages: {answer: {keep: true, fields: {text: text}}}
data: {said: {type: text, default: ''}}
states:
  ask: {task: officer, actions: {send: wait_for_it, stop: {end: stopped}}}
  wait_for_it: {receive: {answer: {set: {said: "said + message.text"}, to: again}}}
  again: {task: officer, actions: {more: wait_for_it, enough: {end: done}}}
outcomes: {done: Done, stopped: Stopped}
)");

Message answer(const std::string& text) {
    return {"answer", "", {{"text", text}}, "partner", {}};
}

const std::string two_places = in_head(R"(
messages: {note: {fields: {number: integer}}}
states:
  both:
    parallel:
      first: {receive: {note: {when: "10 / message.number > 1", end: none}}}
      second: {receive: {note: {end: none}}}
    to: {end: done}
outcomes: {done: Done}
)");

Message note(int number) {
    return {"note", "", {{"number", number}}, "x", {}};
}

}  // namespace

TEST_CASE(
    "a state that waits for a message only stays until it comes, and stores what it says [R60]") {
    Dossier dossier(procedure_of(paying));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"code", "A-1"}}) == "");
    CHECK(dossier.states() == Strings{"pay"});
    REQUIRE(dossier.send(
                "2017-06-05 10:00",
                Message{"fee_paid", "A-1", {{"amount", 300}, {"by", "Hoa"}}, "bank", {}}) == "");
    CHECK(dossier.states() == Strings{"check"});
    CHECK(dossier.data("amount") == Value(300));
    CHECK(dossier.data("payer") == Value("Hoa"));
    CHECK(dossier.count(RecordKind::message_taken) == 1);
    // The second payment finds nobody; it changes nothing.
    REQUIRE(dossier.send("2017-06-05 11:00", paid("A-1", 500)) == "");
    CHECK(dossier.count(RecordKind::message_ignored) == 1);
    CHECK(dossier.data("amount") == Value(300));
    CHECK(dossier.states() == Strings{"check"});
}

TEST_CASE("a message with another key, or whose guard is false, has not found its place [R60]") {
    Dossier dossier(procedure_of(paying));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"code", "A-1"}}) == "");
    REQUIRE(dossier.send("2017-06-05 10:00", paid("A-2", 300)) == "");
    REQUIRE(dossier.send("2017-06-05 10:01", paid("A-1", 0)) == "");
    CHECK(dossier.states() == Strings{"pay"});
    CHECK(dossier.count(RecordKind::message_ignored) == 2);
    CHECK(dossier.data("amount") == Value(0));
    REQUIRE(dossier.send("2017-06-05 10:02", paid("", 300)) == "");  // addressed, without a key
    CHECK(dossier.states() == Strings{"check"});
}

TEST_CASE("a message after the time-out is recorded and changes nothing [R61]") {
    Dossier dossier(procedure_of(paying));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"code", "A-1"}}) == "");
    dossier.pass_until("2017-06-20 09:00");
    CHECK(dossier.outcome() == "unpaid");
    CHECK(dossier.send("2017-06-20 10:00", paid("A-1", 300)) == "ended");
    CHECK(
        index_rows(*dossier.procedure, dossier.calendars, dossier.instance).subscriptions.empty());
}

TEST_CASE("a key is what it was when the place began to wait [R60]") {
    Dossier dossier(procedure_of(paying));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"code", "A-1"}}) == "");
    REQUIRE(dossier.send("2017-06-05 09:30", Correct{operator_, {{"code", "B-1"}}, "typo"}) == "");
    const IndexRows rows = index_rows(*dossier.procedure, dossier.calendars, dossier.instance);
    REQUIRE(rows.subscriptions.size() == 1);
    CHECK(rows.subscriptions[0].key == "A-1");
    CHECK(rows.subscriptions[0].since == at("2017-06-05 09:00"));
    REQUIRE(dossier.send("2017-06-05 10:00", paid("B-1", 300)) == "");
    CHECK(dossier.states() == Strings{"pay"});
    REQUIRE(dossier.send("2017-06-05 10:00", paid("A-1", 300)) == "");
    CHECK(dossier.states() == Strings{"check"});
    CHECK(dossier.instance.subscriptions.empty());
}

TEST_CASE("a message that the procedure does not know, or with wrong fields, is refused [R60]") {
    Dossier dossier(procedure_of(paying));
    REQUIRE(dossier.start("2017-06-05 09:00", officer, {{"code", "A-1"}}) == "");
    const Instance before = dossier.instance;
    CHECK(dossier.send("2017-06-05 10:00", Message{"fee_payd", "A-1", {}, "bank", {}}) ==
          "unknown-message");
    CHECK(dossier.refusal.reason().find("fee_paid") != std::string::npos);
    CHECK(dossier.send("2017-06-05 10:00", Message{"fee_paid", "A-1", {}, "bank", {}}) ==
          "missing-field");
    CHECK(dossier.send("2017-06-05 10:00",
                       Message{"fee_paid", "A-1", {{"amount", "much"}}, "bank", {}}) ==
          "wrong-type");
    CHECK(dossier.send("2017-06-05 10:00",
                       Message{"fee_paid", "A-1", {{"amount", 1}, {"x", 1}}, "bank", {}}) ==
          "unknown-field");
    CHECK(dossier.instance == before);
}

TEST_CASE("of several places whose guard holds the oldest token takes the message [R60]") {
    Dossier dossier(procedure_of(two_places));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.states() == Strings{"both", "first", "second"});
    SECTION("the first takes what it may") {
        REQUIRE(dossier.send("2017-06-05 10:00", note(2)) == "");
        CHECK(dossier.states() == Strings{"both", "second"});
    }
    SECTION("what it may not, or cannot judge, goes to the second") {
        const int number = GENERATE(20, 0);
        REQUIRE(dossier.send("2017-06-05 10:00", note(number)) == "");
        CHECK(dossier.states() == Strings{"both", "first"});
        CHECK(dossier.count(RecordKind::incident_opened) == 0);
    }
    REQUIRE(dossier.send("2017-06-05 11:00", note(2)) == "");
    CHECK(dossier.outcome() == "done");
}

TEST_CASE("a message routed to a token that is gone changes nothing [R24a]") {
    Dossier dossier(procedure_of(two_places));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    Message late = note(2);
    late.place = 99;
    REQUIRE(dossier.send("2017-06-05 10:00", late) == "");
    CHECK(dossier.states() == Strings{"both", "first", "second"});
    CHECK(dossier.count(RecordKind::message_ignored) == 1);
}

TEST_CASE(
    "messages kept by the instance are taken first in, first out, one at each waiting [R61]") {
    Dossier dossier(procedure_of(early));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.send("2017-06-05 10:00", answer("a")) == "");
    REQUIRE(dossier.send("2017-06-05 10:00", answer("b")) == "");
    REQUIRE(dossier.send("2017-06-05 10:00", answer("c")) == "");
    CHECK(dossier.count(RecordKind::message_kept) == 3);
    CHECK(dossier.states() == Strings{"ask"});
    REQUIRE(dossier.perform("2017-06-05 11:00", officer, "send") == "");
    CHECK(dossier.states() == Strings{"again"});
    CHECK(dossier.data("said") == Value("a"));
    REQUIRE(dossier.perform("2017-06-05 11:00", officer, "more") == "");
    CHECK(dossier.data("said") == Value("ab"));
    dossier.clear();
    REQUIRE(dossier.perform("2017-06-05 12:00", officer, "enough") == "");
    CHECK(dossier.outcome() == "done");
    CHECK(dossier.count(RecordKind::message_ignored) == 1);  // c was never read
    CHECK(dossier.instance.kept.empty());
}

TEST_CASE("the message first and the waiting first end alike [R61]") {
    Dossier first(procedure_of(early));
    REQUIRE(first.start("2017-06-05 09:00", officer) == "");
    Dossier second = first;
    REQUIRE(first.send("2017-06-05 10:00", answer("a")) == "");
    REQUIRE(first.perform("2017-06-05 10:00", officer, "send") == "");
    REQUIRE(second.perform("2017-06-05 10:00", officer, "send") == "");
    REQUIRE(second.send("2017-06-05 10:00", answer("a")) == "");
    CHECK(first.states() == second.states());
    CHECK(first.states() == Strings{"again"});
    CHECK(first.data("said") == second.data("said"));
}

TEST_CASE("a hundred messages are kept, the next is refused [R61]") {
    Dossier dossier(procedure_of(early));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    for (std::size_t i = 0; i < limits::kept_messages_max; ++i) {
        REQUIRE(dossier.send("2017-06-05 10:00", answer("a")) == "");
    }
    CHECK(dossier.send("2017-06-05 10:00", answer("a")) == "too-large");
    CHECK(dossier.instance.kept.size() == limits::kept_messages_max);
}

TEST_CASE("a message whose way fails waits for the retry of the token that stands still [R27]") {
    Dossier dossier(procedure_of(in_head(R"(
messages: {result: {fields: {share: integer}}}
data: {parts: {type: integer, default: 0}, each_part: {type: integer, default: 0}}
states:
  wait_for_it: {receive: {result: {set: {each_part: message.share / parts}, end: done}}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.send("2017-06-05 10:00", Message{"result", "", {{"share", 8}}, "x", {}}) == "");
    CHECK(dossier.states() == Strings{"wait_for_it"});
    CHECK(dossier.count(RecordKind::incident_opened) == 1);
    CHECK(dossier.count(RecordKind::message_taken) == 0);
    REQUIRE(dossier.send("2017-06-05 11:00", Correct{operator_, {{"parts", 2}}, "was unset"}) ==
            "");
    CHECK(dossier.states() == Strings{"wait_for_it"});
    REQUIRE(dossier.send("2017-06-05 12:00", Retry{operator_, dossier.token_on("wait_for_it")}) ==
            "");
    CHECK(dossier.outcome() == "done");
    CHECK(dossier.data("each_part") == Value(4));
}

TEST_CASE(
    "a kept message that fails at the procedure itself opens one incident and is gone [R27]") {
    Dossier dossier(procedure_of(in_head(R"(
messages: {result: {keep: true, fields: {share: integer}}}
data: {parts: optional integer, each_part: {type: integer, default: 0}}
receive: {result: {when: parts != null, set: {each_part: message.share / parts}}}
states: {work: {task: officer, to: {end: done}}}
outcomes: {done: Done}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.send("2017-06-05 10:00", Message{"result", "", {{"share", 8}}, "x", {}}) == "");
    CHECK(dossier.count(RecordKind::message_kept) == 1);
    REQUIRE(dossier.send("2017-06-05 11:00", Correct{operator_, {{"parts", 0}}, "x"}) == "");
    CHECK(dossier.count(RecordKind::incident_opened) == 1);
    CHECK(dossier.count(RecordKind::message_ignored) == 1);
    CHECK(dossier.count(RecordKind::message_taken) == 0);
    CHECK(dossier.instance.kept.empty());
    // The next one is taken.
    REQUIRE(dossier.send("2017-06-05 12:00", Correct{operator_, {{"parts", 2}}, "x"}) == "");
    REQUIRE(dossier.send("2017-06-05 12:00", Message{"result", "", {{"share", 8}}, "x", {}}) == "");
    CHECK(dossier.data("each_part") == Value(4));
}

TEST_CASE("a message after which the work would move without end is undone and kept [R26, R27]") {
    Dossier dossier(procedure_of(in_head(R"(
messages: {go: {fields: {rounds: integer}}}
data: {rounds: {type: integer, default: 0}}
states:
  wait_for_it: {receive: {go: count}}
  count: {choice: [{when: rounds > 0, set: {rounds: rounds - 1}, to: again}, {otherwise: stop}]}
  again: {wait: {when: rounds >= 0}, to: count}
  stop: {task: officer, to: {end: done}}
outcomes: {done: Done}
)")));
    const auto go = [](int rounds) { return Message{"go", "", {{"rounds", rounds}}, "x", {}}; };
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.send("2017-06-05 10:00", go(500)) == "");
    CHECK(dossier.states() == Strings{"wait_for_it"});
    CHECK(dossier.data("rounds") == Value(0));
    CHECK(dossier.count(RecordKind::incident_opened) == 1);
    CHECK(dossier.count(RecordKind::message_taken) == 0);
    REQUIRE(dossier.instance.kept.size() == 1);
    // It would be so again: the retry is refused and changes nothing.
    const Ordinal token = dossier.token_on("wait_for_it");
    CHECK(dossier.send("2017-06-05 11:00", Retry{operator_, token}) == "too-many-microsteps");
    CHECK(dossier.instance.kept.size() == 1);
    // 2 * 499 + 1 moves may be.
    Dossier within(dossier.procedure);
    REQUIRE(within.start("2017-06-05 09:00", officer) == "");
    REQUIRE(within.send("2017-06-05 10:00", go(499)) == "");
    CHECK(within.states() == Strings{"stop"});
}

TEST_CASE("a group and the procedure take messages wherever the work inside stands [R60]") {
    Dossier dossier(procedure_of(in_head(R"(
messages: {withdrawn: {}, remark: {fields: {text: text}}}
data: {last: {type: text, default: ''}}
receive: {remark: {set: {last: message.text}}}
states:
  phase:
    receive: {withdrawn: closing}
    states:
      one: {task: officer, to: two}
      two: {task: officer, to: {end: none}}
    to: {end: done}
  closing: {task: officer, to: {end: gone}}
outcomes: {done: Done, gone: Gone}
)")));
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    REQUIRE(dossier.send("2017-06-05 10:00", Message{"remark", "", {{"text", "x"}}, "x", {}}) ==
            "");
    CHECK(dossier.data("last") == Value("x"));
    CHECK(dossier.states() == Strings{"one", "phase"});
    REQUIRE(dossier.perform("2017-06-05 10:00", officer, "done") == "");
    REQUIRE(dossier.send("2017-06-05 11:00", Message{"withdrawn", "", {}, "x", {}}) == "");
    CHECK(dossier.states() == Strings{"closing"});
    REQUIRE(dossier.send("2017-06-05 12:00", Message{"withdrawn", "", {}, "x", {}}) == "");
    CHECK(dossier.count(RecordKind::message_ignored) == 1);
}

TEST_CASE("a way sends with the data that it has set, and not without a key [R20, R60]") {
    const auto procedure = procedure_of(in_head(R"(
messages: {ready: {key: partner, fields: {number: integer, text: optional text}}}
data: {partner: optional text, count: {type: integer, default: 1}}
states:
  work:
    task: officer
    actions:
      tell: {set: {count: count + 1}, send: {message: ready, key: partner, with: {number: count}}}
      close: {end: done}
outcomes: {done: Done}
)"));
    Dossier dossier(procedure);
    REQUIRE(dossier.start("2017-06-05 09:00", officer) == "");
    CHECK(dossier.perform("2017-06-05 10:00", officer, "tell") == "cannot-evaluate");
    CHECK(dossier.data("count") == Value(1));
    REQUIRE(dossier.send("2017-06-05 10:00", Correct{operator_, {{"partner", "P-7"}}, "x"}) == "");
    const Outcome outcome = step(*procedure, dossier.calendars, dossier.instance,
                                 Perform{"tell", officer, {}, {}}, at("2017-06-05 11:00"));
    const auto& effects = std::get<Step>(outcome).effects;
    REQUIRE(effects.size() == 1);
    const auto& dispatch = std::get<Dispatch>(effects.front());
    CHECK(dispatch.message ==
          Message{"ready", "P-7", {{"number", 2}}, dossier.instance.id, std::nullopt});
    CHECK(dispatch.instance.empty());
}
