// Several engines on one PostgreSQL store, as several processes would have it.
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "store/postgres_subject.hpp"
#include "support/postgres_cluster.hpp"
#include "support/socket_relay.hpp"
#include "unit/engine/office.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const char* const paying = R"(
procedure: paying
version: 1
title: Paying
calendar: vn-state
roles: {officer: Officer}
messages: {fee_paid: {key: code, keep: true}}
data: {code: text}
input: [code]
states:
  ask: {task: officer, actions: {await: pay}}
  pay: {receive: {fee_paid: check}}
  check: {task: officer, to: {end: done}}
outcomes: {done: Done}
)";

/// An engine of its own on a store of its own.
std::unique_ptr<Engine> engine_on(const PostgresSubject& subject, const char* now) {
    return std::make_unique<Engine>(std::shared_ptr<Store>(subject.open(60'000)),
                                    std::make_shared<VirtualClock>(at(now)));
}

/// As a host does: what met a conflict is done again.
template <class Work>
void repeated(Work work) {
    for (bool done = false; !done;) {
        try {
            work();
            done = true;
        } catch (const Error& error) {
            if (error.code() != ErrorCode::conflict) throw;
        }
    }
}

template <class First, class Second>
void at_once(First first, Second second) {
    std::atomic<int> ready = 0;
    const auto meet = [&ready] {
        for (++ready; ready < 2;) std::this_thread::yield();
    };
    std::thread other([&] { meet(), second(); });
    meet(), first();
    other.join();
}

}  // namespace

TEST_CASE("engines that run what is due at once fire each timer once") {
    const PostgresSubject subject;
    const auto first = engine_on(subject, "2017-05-31 08:00");
    first->register_calendar(load_calendar_file(shipped("calendars/vn-state.yaml")));
    first->register_procedure(load_procedure(two_steps, "test.yaml"));
    constexpr std::size_t dossiers = 30;
    const auto desk = engine_on(subject, "2017-04-25 09:00");
    for (std::size_t number = 0; number < dossiers; ++number) {
        REQUIRE(Office::word(desk->start({"two_steps", std::to_string(number),
                                          actor("lan", "officer"), {}, {}})) == "done");
    }
    const auto second = engine_on(subject, "2017-05-31 08:00");
    DueReport one, two;
    at_once([&] { one = first->run_due(); }, [&] { two = second->run_due(); });
    const DueReport rest = first->run_due();  // passed over by one while the other had it
    CHECK(one.failed.size() + two.failed.size() + rest.failed.size() == 0);
    CHECK(one.fired + two.fired + rest.fired == 2 * dossiers);
    CHECK(first->next_due() == std::nullopt);
    for (std::size_t number = 0; number < dossiers; ++number) {
        const std::string id = "two_steps/" + std::to_string(number);
        CHECK(first->history(id).size() == 3);
        CHECK(first->replay(id).agrees());
    }
}

TEST_CASE("a message and the place that begins to wait for it, at two engines at once, meet") {
    const PostgresSubject subject;
    const auto desk = engine_on(subject, "2017-04-25 09:00");
    desk->register_calendar(load_calendar_file(shipped("calendars/vn-state.yaml")));
    desk->register_procedure(load_procedure(paying, "test.yaml"));
    const auto mail = engine_on(subject, "2017-04-25 09:00");
    for (int round = 0; round < 60; ++round) {
        const std::string key = std::to_string(round);
        const std::string id = "paying/" + key;
        REQUIRE(Office::word(desk->start(
                    {"paying", key, actor("lan", "officer"), {{"code", key}}, {}})) == "done");
        at_once(
            [&] {
                repeated([&] {
                    (void)desk->perform(id, {"await", actor("lan", "officer"), {}, {}},
                                        {.id = "await"});
                });
            },
            [&] { repeated([&] { (void)mail->send(Message{"fee_paid", key, {}, "bank", {}}); }); });
        INFO(id);
        const auto rows = desk->history(id);
        CHECK(std::holds_alternative<Message>(rows.back().event));
        CHECK(desk->replay(id).agrees());
    }
}

TEST_CASE("the feed of changes skips nothing that commits later than what came behind it") {
    const PostgresSubject subject;
    const auto first = subject.open(60'000);
    const auto second = subject.open(60'000);
    const auto told = [&](const std::optional<StoredChange>& after) {
        return subject.open(60'000)->begin(Store::Access::read)->changes(after, 9);
    };
    auto slow = first->begin(Store::Access::write);
    slow->append_history("slow", {1, "x"});
    static_cast<void>(slow->last_history("slow"));  // it has reached the server
    auto quick = second->begin(Store::Access::write);
    quick->append_history("quick", {1, "x"});
    quick->commit();
    // The quick one is there, but the slow one may still come to stand before it.
    CHECK(told({}).empty());
    slow->commit();
    const auto both = told({});
    REQUIRE(both.size() == 2);
    CHECK(both[0].instance == "slow");
    CHECK(both[1].instance == "quick");
    CHECK(told(both[1]).empty());
    // What is given up holds nothing back.
    {
        const auto dropped = first->begin(Store::Access::write);
        dropped->append_history("dropped", {1, "x"});
        static_cast<void>(dropped->last_history("dropped"));
        auto later = second->begin(Store::Access::write);
        later->append_history("later", {1, "x"});
        later->commit();
        CHECK(told(both[1]).empty());
    }
    const auto rest = told(both[1]);
    REQUIRE(rest.size() == 1);
    CHECK(rest[0].instance == "later");
}

TEST_CASE("a store goes from SQLite to PostgreSQL and back, and nothing is lost") {
    const PostgresSubject subject;
    const TemporaryFolder folder;
    Office office;
    office.add(paying);
    for (const char* key : {"a", "b", "c"}) {
        REQUIRE(office.start("paying", key, {{"code", key}}) == "done");
    }
    REQUIRE(office.perform("paying/a", actor("an", "officer"), "await") == "done");
    REQUIRE(office.perform("paying/b", actor("an", "officer"), "await") == "done");
    (void)office.engine->send(Message{.message = "fee_paid", .key = "b"});
    REQUIRE(office.perform("paying/b", actor("an", "officer"), "done") == "done");
    (void)office.engine->send(Message{.message = "fee_paid", .key = "later"});
    const TransferReport out = office.engine->export_to(folder.file("1"));
    const auto server = engine_on(subject, "2017-04-25 09:00");
    CHECK(server->import_from(folder.file("1")) == out);
    CHECK(server->verify().faults.empty());
    CHECK(server->standing_counts("paying") == office.engine->standing_counts("paying"));
    CHECK(server->closed("paying", "done").items.size() == 1);
    CHECK(server->statistics("paying", at("2017-04-01 00:00"), at("2017-05-01 00:00")) ==
          office.engine->statistics("paying", at("2017-04-01 00:00"), at("2017-05-01 00:00")));
    CHECK(server->worklist(actor("an", "officer")).items.size() == 1);
    TransferReport back = server->export_to(folder.file("2"));
    back.bytes = out.bytes;
    CHECK(back == out);
    // It goes on there, as it would have.
    CHECK(server->send(Message{.message = "fee_paid", .key = "a"}).index() == 0);
    CHECK(server->standing("paying", "check").items.size() == 1);
    const TransferReport archived = server->archive(folder.file("3"), at("2017-05-01 00:00"));
    CHECK(archived.instances == 1);
    CHECK(server->instances() == std::vector<std::string>{"paying/a", "paying/c"});
    CHECK(server->import_from(folder.file("3")).instances == 1);
    CHECK(server->instances().size() == 3);
    CHECK(server->verify().faults.empty());
}

TEST_CASE("the step that ends an instance takes two round trips as well") {
    PostgresSubject subject;
    const SocketRelay relay(PostgresCluster::get().folder());
    Engine engine(open_postgres_store("host=" + relay.folder() + " user=workflow dbname=postgres",
                                      subject.options()),
                  std::make_shared<VirtualClock>(at("2017-04-25 09:00")));
    engine.register_calendar(load_calendar_file(shipped("calendars/vn-state.yaml")));
    engine.register_procedure(load_procedure(two_steps, "test.yaml"));
    const Actor officer = actor("an", "officer");
    REQUIRE(Office::word(engine.start({"two_steps", "1", officer, {}, {}})) == "done");
    const int before = relay.round_trips();
    REQUIRE(Office::word(engine.perform("two_steps/1", {"stop", officer, {}, {}})) == "done");
    CHECK(relay.round_trips() == before + 2);
    CHECK(engine.replay("two_steps/1").agrees());
    CHECK(subject.store().begin(Store::Access::read)->closed("two_steps", "stopped", {}, 9).size() ==
          1);
}
