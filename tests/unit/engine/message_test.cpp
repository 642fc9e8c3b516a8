// Messages through the engine: by key, by address, kept, broadcast, sent on; and the race.
#include <catch2/catch.hpp>

#include "support/fault_vfs.hpp"
#include "unit/engine/office.hpp"
#include "workflow/limits.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const char* const paying = R"(
procedure: paying
version: 1
title: Paying
calendar: vn-state
roles: {officer: Officer}
messages:
  fee_paid: {key: code, keep: true, fields: {amount: integer}}
  reminder: {key: code, fields: {amount: integer}}
  closed: {broadcast: true}
data: {code: text, amount: {type: integer, default: 0}}
input: [code]
states:
  ask: {task: officer, actions: {await: pay, stop: {end: unpaid}}}
  pay:
    receive:
      fee_paid: {when: message.amount > 0, to: check}
      reminder: {when: message.amount > 5, to: check}
      closed: {end: unpaid}
  check:
    task: officer
    actions:
      pass_on: {send: {message: fee_paid, key: "'next-' + code", with: {amount: 7}}, end: done}
      tell: {send: {message: reminder, instance: "'paying/' + code", with: {amount: 9}}}
outcomes: {done: Done, unpaid: Unpaid}
)";

const Actor an = actor("an", "officer");

Message paid(const std::string& key, int amount, const std::string& name = "fee_paid") {
    return {name, key, {{"amount", amount}}, "bank", {}};
}

std::string word(const MessageAnswer& answer) {
    if (const auto* refusal = std::get_if<Refusal>(&answer)) return to_string(refusal->code);
    return to_string(std::get<Delivered>(answer).how);
}

std::string state_of(Engine& engine, const std::string& id) {
    const InstanceView view = engine.get(id);
    if (view.instance.tokens.empty()) return "ended";
    return view.procedure->state(view.instance.tokens.back().state).id;
}

void start(Office& office, const std::string& key, const std::string& code) {
    REQUIRE(office.start("paying", key, {{"code", code}}) == "done");
}

}  // namespace

TEST_CASE(
    "the longest waiting instance takes a message, the answer says which, others do not [R60]") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(paying);
    for (const char* key : {"1", "2"}) start(office, key, "X");
    office.set("2017-04-25 10:00");
    REQUIRE(office.perform("paying/2", an, "await") == "done");
    office.set("2017-04-25 11:00");
    REQUIRE(office.perform("paying/1", an, "await") == "done");
    office.reopen();
    const MessageAnswer answer = office.engine->send(paid("X", 6, "reminder"));
    REQUIRE(word(answer) == "taken");
    CHECK(std::get<Delivered>(answer).steps.front().instance == "paying/2");
    CHECK(state_of(*office.engine, "paying/1") == "pay");
    CHECK(word(office.engine->send(paid("X", 5, "reminder"))) ==
          "not found");  // its guard is false
    CHECK(word(office.engine->send(paid("Y", 6, "reminder"))) == "not found");
    CHECK(word(office.engine->send(paid("X", 6, "reminder"))) == "taken");
    CHECK(word(office.engine->send(paid("X", 6, "reminder"))) == "not found");
    CHECK(office.engine->replay("paying/2").agrees());
}

TEST_CASE("an addressed message is taken, kept in the instance or ignored there [R61]") {
    Office office;
    office.add(paying);
    start(office, "1", "X");
    CHECK(word(office.engine->send_to("paying/1", paid("", 6, "reminder"))) == "ignored");
    CHECK(word(office.engine->send_to("paying/1", paid("", 1))) == "kept");
    CHECK(word(office.engine->send_to("paying/1", paid("", 1, "remindr"))) == "unknown-message");
    CHECK_THROWS_AS(office.engine->send_to("paying/9", paid("", 1)), Error);
    REQUIRE(office.perform("paying/1", an, "await") == "done");
    CHECK(state_of(*office.engine, "paying/1") == "check");  // it took what was kept
    CHECK(word(office.engine->send_to("paying/1", paid("", 1), {"r-1", {}})) == "kept");
    const auto again = office.engine->send_to("paying/1", paid("", 1), {"r-1", {}});
    CHECK(std::get<Delivered>(again).steps.front().repeated);
    CHECK(office.engine->replay("paying/1").agrees());
}

TEST_CASE("a message that nobody knows, or with wrong fields, is refused and not kept [R60]") {
    Office office;
    office.add(paying);
    CHECK(word(office.engine->send({"fee_payd", "X", {}, "bank", {}})) == "unknown-message");
    CHECK(word(office.engine->send({"fee_paid", "X", {}, "bank", {}})) == "missing-field");
    CHECK(word(office.engine->send({"fee_paid", "X", {{"amount", "a"}}, "bank", {}})) ==
          "wrong-type");
    CHECK(office.store->begin(Store::Access::read)->messages("fee_paid", "X", 9).empty());
}

TEST_CASE("kept messages are taken first in, first out, each once, and a hundred at most [R61]") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(paying);
    for (int i = 1; i <= 100; ++i) REQUIRE(word(office.engine->send(paid("X", i))) == "kept");
    CHECK(word(office.engine->send(paid("X", 101))) == "too-large");
    office.reopen();
    for (const char* key : {"1", "2"}) {
        start(office, key, "X");
        REQUIRE(office.perform(std::string("paying/") + key, an, "await") == "done");
        CHECK(state_of(*office.engine, std::string("paying/") + key) == "check");
    }
    const auto history = office.engine->history("paying/2");
    CHECK(std::get<Message>(history.back().event).fields.front().second == Value(2));
    CHECK(office.store->begin(Store::Access::read)->messages("fee_paid", "X", 200).size() == 98);
    CHECK(office.engine->replay("paying/2").agrees());
}

TEST_CASE(
    "a message that arrives while the instance begins to wait is taken once, in both orders and "
    "with a crash between [R61]") {
    const bool message_first = GENERATE(true, false);
    const bool crash = GENERATE(false, true);
    CAPTURE(message_first, crash);
    Office office;
    office.add(paying);
    start(office, "1", "X");
    const auto arrives = [&](const std::string& how) {
        CHECK(word(office.engine->send(paid("X", 3))) == how);
    };
    if (message_first) arrives("kept");
    if (!message_first) REQUIRE(office.perform("paying/1", an, "await") == "done");
    if (crash) office.reopen();
    if (message_first) REQUIRE(office.perform("paying/1", an, "await") == "done");
    if (!message_first) arrives("taken");
    CHECK(state_of(*office.engine, "paying/1") == "check");
    const auto reading = office.store->begin(Store::Access::read);
    CHECK(reading->messages("fee_paid", "X", 9).empty());
    CHECK(reading->subscriptions("fee_paid", "X", {}, 9).empty());
}

TEST_CASE("a crash at any operation of the race leaves the message taken once [R61]") {
    const bool message_first = GENERATE(true, false);
    std::uint64_t n = 0;
    for (bool clean = false; !clean;) {
        ++n;
        CAPTURE(message_first, n);
        REQUIRE(n < 500);
        const TemporaryFolder folder;
        FaultVfs vfs;
        SqliteOptions options;
        options.vfs = vfs.name();
        const auto clock = std::make_shared<VirtualClock>(at("2017-04-25 09:00"));
        const auto open = [&] {
            return std::make_unique<Engine>(open_sqlite_store(folder.file("s.db"), options), clock);
        };
        auto engine = open();
        engine->register_calendar(load_calendar_file(shipped("calendars/vn-state.yaml")));
        engine->register_procedure(load_procedure(paying, "p.yaml"));
        engine->start({"paying", "1", an, {{"code", "X"}}, {}});
        const auto wait = [&] {
            (void)engine->perform("paying/1", {"await", an, {}, {}}, {"w", {}});
        };
        const auto arrive = [&] { (void)engine->send(paid("X", 3)); };
        const auto taken = [&] {
            const auto history = engine->history("paying/1");
            return std::count_if(history.begin(), history.end(), [](const HistoryEntry& entry) {
                return std::holds_alternative<Message>(entry.event);
            });
        };
        vfs.fail_at(n, Fault::error, Lasting::onwards);
        try {
            message_first ? arrive() : wait();
            message_first ? wait() : arrive();
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::storage);
        }
        clean = !vfs.has_failed();
        engine.reset();  // the process dies, and another one begins
        vfs.heal();
        engine = open();
        // Each is repeated unless it is seen to have been done.
        const bool is_kept = !open_sqlite_store(folder.file("s.db"), options)
                                  ->begin(Store::Access::read)
                                  ->messages("fee_paid", "X", 9)
                                  .empty();
        const bool has_arrived = is_kept || taken() == 1;
        if (message_first && !has_arrived) arrive();
        wait();
        if (!message_first && !has_arrived) arrive();
        CHECK(state_of(*engine, "paying/1") == "check");
        CHECK(taken() == 1);
        CHECK(word(engine->send_to("paying/1", paid("", 3, "reminder"))) == "ignored");
        CHECK(engine->replay("paying/1").agrees());
    }
    CHECK(n > 6);
}

TEST_CASE(
    "a kept message that fails at the procedure itself opens one incident and is gone [R27]") {
    Office office;
    office.add(R"(
procedure: sharing
version: 1
title: Sharing
calendar: vn-state
roles: {officer: Officer}
messages: {result: {key: code, keep: true, fields: {share: integer}}}
data: {code: text, parts: {type: integer, default: 0}, each_part: {type: integer, default: 0}}
input: [code]
receive: {result: {set: {each_part: message.share / parts}}}
states: {work: {task: officer, to: {end: done}}}
outcomes: {done: Done}
)");
    for (const int share : {8, 9}) {
        const Message result{"result", "X", {{"share", share}}, "partner", {}};
        REQUIRE(word(office.engine->send(result)) == "kept");
    }
    REQUIRE(office.start("sharing", "1", {{"code", "X"}}) == "done");
    CHECK(office.store->begin(Store::Access::read)->messages("result", "X", 9).empty());
    std::size_t incidents = 0;
    for (const HistoryEntry& entry : office.engine->history("sharing/1")) {
        for (const Record& record : entry.records) {
            incidents += record.kind == RecordKind::incident_opened ? 1 : 0;
        }
    }
    CHECK(incidents == 2);  // one of each
    CHECK(state_of(*office.engine, "sharing/1") == "work");
    REQUIRE(office.perform("sharing/1", an, "done") == "done");
    CHECK(office.engine->replay("sharing/1").agrees());
}

TEST_CASE("a broadcast reaches every place that waits and nobody else [R60]") {
    Office office;
    office.add(paying);
    for (const char* key : {"1", "2", "3"}) start(office, key, key);
    for (const char* key : {"1", "3"}) {
        REQUIRE(office.perform(std::string("paying/") + key, an, "await") == "done");
    }
    const auto answer = office.engine->send({"closed", "", {}, "registry", {}});
    CHECK(word(answer) == "taken");
    CHECK(std::get<Delivered>(answer).steps.size() == 2);
    CHECK(state_of(*office.engine, "paying/1") == "ended");
    CHECK(state_of(*office.engine, "paying/2") == "ask");
    CHECK(word(office.engine->send({"closed", "", {}, "registry", {}})) == "not found");
}

TEST_CASE("what a way sends is brought by run_due once, and wakes the engine like a timer [R60]") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(paying);
    start(office, "1", "X");
    start(office, "2", "next-X");
    REQUIRE(office.perform("paying/1", an, "await") == "done");
    REQUIRE(office.perform("paying/2", an, "await") == "done");
    REQUIRE(word(office.engine->send(paid("X", 1))) == "taken");
    REQUIRE(office.perform("paying/1", an, "pass_on") == "done");
    CHECK(state_of(*office.engine, "paying/2") == "pay");
    office.reopen();  // a crash before it is brought
    CHECK(office.engine->next_due() == at("2017-04-25 09:00"));
    CHECK(office.engine->pending_effects().empty());
    const DueReport report = office.engine->run_due();
    CHECK(report.delivered == 1);
    CHECK(report.failed.empty());
    CHECK(state_of(*office.engine, "paying/2") == "check");
    CHECK(office.engine->run_due().delivered == 0);
    // Nobody waits for what this one sends, and the dossier that it names does not exist.
    REQUIRE(office.perform("paying/2", an, "tell") == "done");
    CHECK(office.engine->run_due().undelivered == 1);
    CHECK(office.engine->replay("paying/2").agrees());
}

TEST_CASE(
    "limit: messages that answer themselves multiply by a page in a call, and no further [R60]") {
    Office office(Kept::in_memory);
    office.add(R"(
procedure: echo
version: 1
title: Echo
calendar: vn-state
roles: {officer: Officer}
messages: {call: {broadcast: true}}
actions: {begin: {role: officer, send: {message: call}}, stop: {role: officer, end: done}}
states:
  part: {fork: [answer, answer]}
  answer: {receive: {call: {to: answer, send: {message: call}}}}
outcomes: {done: Done}
)");
    REQUIRE(office.start("echo", "1") == "done");
    REQUIRE(office.perform("echo/1", an, "begin") == "done");
    const DueReport first = office.engine->run_due();
    CHECK(first.delivered == limits::page_rows_max);
    CHECK(first.failed.empty());
    CHECK(office.engine->next_due() == at("2017-04-25 09:00"));
    REQUIRE(office.perform("echo/1", an, "stop") == "done");
    CHECK(office.engine->run_due().delivered == 0);  // nobody waits any more
}
