// Handlers and timers in threads that the host starts: nothing is lost, and nothing is done twice in
// a dossier, whatever a handler does.
#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <thread>

#include "unit/engine/office.hpp"
#include "workflow/services.hpp"

using namespace workflow;
using namespace workflow::test;
using namespace std::chrono_literals;

namespace {

const Actor officer = actor("an", "officer");

const char* const checking = R"(
procedure: checking
version: 1
title: Checking
calendar: vn-state
roles: {officer: Officer}
data: {debt: {type: integer, default: 0}}
states:
  look_up:
    service: tax_register
    result: {debt: integer}
    retry: {times: 3, first: 10 minutes}
    timeout: 2 hours
    errors: {not_found: {end: unknown}}
    actions: {skip: {role: officer, to: tell}}
    to: tell
  tell: {task: officer, after: {1 day: {end: done}}, actions: {stop: {end: done}}}
outcomes: {done: Done, unknown: Unknown}
)";
const char* const telling = R"(
procedure: telling
version: 1
title: Telling
calendar: vn-state
roles: {officer: Officer}
states:
  tell: {task: officer, actions: {go: {notify: officer, end: done}}}
outcomes: {done: Done}
)";

/// An office with quick pauses, and what its handlers are given.
struct Desk {
    Desk() : Desk(Kept::in_memory) {}
    explicit Desk(Kept kept) : office(kept) {
        office.add(checking);
        office.add(telling);
        office.set("2017-06-05 09:00");
    }

    [[nodiscard]] OutboxOptions options() {
        return {.poll = 2ms,
                .first_pause = 1min,
                .longest_pause = 4min,
                .on_problem = [this](const Delivery& delivery, const std::string& words) {
                    const std::lock_guard lock(mutex);
                    problems.push_back(delivery.key + ": " + words);
                }};
    }
    OutboxService::ServiceHandler answers(std::int64_t debt) {
        return [this, debt](const Delivery& delivery, const ServiceRequest&) -> ServiceAnswer {
            const std::lock_guard lock(mutex);
            ++asked[delivery.key];
            return FieldValues{{"debt", debt}};
        };
    }
    [[nodiscard]] std::string state(const std::string& id) const {
        const InstanceView view = office.engine->get(id);
        if (view.instance.status == Instance::Status::ended) {
            return view.procedure->outcome(view.instance.outcome).id;
        }
        std::string text;
        for (const Token& token : view.instance.tokens) {
            text += view.procedure->state(token.state).id;
            if (token.incident) text += " (incident)";
        }
        return text;
    }

    Office office;
    std::mutex mutex;
    std::map<std::string, int> asked;
    std::vector<std::string> problems;
};

/// Until it holds, or ten seconds have gone.
template <class Condition>
bool comes_true(Condition condition) {
    for (int i = 0; i < 2'000; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(5ms);
    }
    return false;
}

}  // namespace

TEST_CASE("a service's answer is kept, and its effect leaves the outbox") {
    Desk desk(GENERATE(Kept::in_memory, Kept::in_file));
    REQUIRE(desk.office.start("checking", "1") == "done");
    OutboxService outbox(*desk.office.engine, desk.options());
    outbox.handle_service("tax_register", desk.answers(7));
    CHECK(outbox.deliver_all() == 1);
    CHECK(desk.state("checking/1") == "tell");
    CHECK(desk.office.engine->get("checking/1").instance.data[0] == Value(7));
    CHECK(desk.office.engine->pending_effects().empty());
    CHECK(desk.asked == std::map<std::string, int>{{"checking/1@1", 1}});
    CHECK(desk.problems.empty());
    CHECK_FALSE(outbox.deliver_one());
}

TEST_CASE("what a service's handler throws is a failure: asked again under the same key, then an incident") {
    Desk desk;
    REQUIRE(desk.office.start("checking", "1") == "done");
    OutboxService outbox(*desk.office.engine, desk.options());
    std::vector<std::string> keys;
    outbox.handle_service("tax_register",
                          [&](const Delivery& delivery, const ServiceRequest& request) -> ServiceAnswer {
                              keys.push_back(delivery.key + " " + std::to_string(request.attempt));
                              if (request.attempt == 2) throw 2;  // NOLINT: no std::exception
                              throw std::runtime_error("no line");
                          });
    CHECK(outbox.deliver_all() == 1);
    CHECK(desk.state("checking/1") == "look_up");
    CHECK(desk.problems ==
          std::vector<std::string>{"checking/1@1: the handler 'tax_register' failed: no line"});
    for (const char* later : {"2017-06-05 09:10", "2017-06-05 10:00"}) {
        desk.office.set(later);
        REQUIRE(desk.office.engine->run_due().fired == 1);
        CHECK(outbox.deliver_all() == 1);
    }
    CHECK(keys == std::vector<std::string>{"checking/1@1 1", "checking/1@1 2", "checking/1@1 3"});
    CHECK(desk.state("checking/1") == "look_up (incident)");
    CHECK(desk.office.engine->pending_effects().empty());
}

TEST_CASE("a business error takes the way that the procedure names") {
    Desk desk;
    REQUIRE(desk.office.start("checking", "1") == "done");
    OutboxService outbox(*desk.office.engine, desk.options());
    outbox.handle_service("tax_register", [](const Delivery&, const ServiceRequest&) -> ServiceAnswer {
        return BusinessError{"not_found", "nobody of that number"};
    });
    CHECK(outbox.deliver_all() == 1);
    CHECK(desk.state("checking/1") == "unknown");
}

TEST_CASE("a notice whose handler throws is given again until it is taken") {
    Desk desk;
    REQUIRE(desk.office.start("telling", "1") == "done");
    REQUIRE(desk.office.perform("telling/1", officer, "go") == "done");
    OutboxService outbox(*desk.office.engine, desk.options());
    int given = 0;
    outbox.handle_notices([&](const Delivery& delivery, const Notice& notice) {
        CHECK(delivery.key == "telling/1@2.0");
        CHECK(notice.roles == std::vector<std::uint32_t>{0});
        if (++given < 4) throw std::runtime_error("the mail server is away");
    });
    // Pauses of 1, 2 and 4 minutes, each a quarter more or less at random.
    const std::vector<std::pair<const char*, int>> given_by{
        {"09:00:00", 1}, {"09:00:44", 1}, {"09:01:16", 2}, {"09:02:45", 2},
        {"09:03:47", 3}, {"09:06:46", 3}, {"09:08:48", 4}, {"09:30:00", 4}};
    for (const auto& [when, times] : given_by) {
        desk.office.set(std::string("2017-06-05 ") + when);
        // A process that begins anew knows of the pauses, too: they stand in the store.
        OutboxService another(*desk.office.engine, desk.options());
        another.handle_notices([](const Delivery&, const Notice&) {});
        if (desk.office.engine->pending_effects().empty() || given == times) {
            CHECK_FALSE(another.deliver_one());
        }
        outbox.deliver_all();
        CHECK(given == times);
    }
    CHECK(desk.office.engine->pending_effects().empty());
    CHECK(desk.problems.size() == 3);
}

TEST_CASE("what a dead process had taken is taken over when its lease ends, under the same key") {
    Desk desk(GENERATE(Kept::in_memory, Kept::in_file));
    REQUIRE(desk.office.start("checking", "1") == "done");
    const auto dead = desk.office.engine->take_effects(1min, 9);
    REQUIRE(dead.size() == 1);
    CHECK(dead[0].tries == 1);
    desk.office.reopen();
    OutboxService outbox(*desk.office.engine, desk.options());
    outbox.handle_service("tax_register", desk.answers(7));
    desk.office.set("2017-06-05 09:00:59");
    CHECK_FALSE(outbox.deliver_one());
    desk.office.set("2017-06-05 09:01");
    CHECK(outbox.deliver_all() == 1);
    CHECK(desk.asked == std::map<std::string, int>{{"checking/1@1", 1}});
    CHECK(desk.state("checking/1") == "tell");
    CHECK(desk.office.engine->pending_effects().empty());
}

TEST_CASE("who comes after his lease neither takes the effect out nor lays it back") {
    Desk desk;
    REQUIRE(desk.office.start("telling", "1") == "done");
    REQUIRE(desk.office.perform("telling/1", officer, "go") == "done");
    auto& engine = *desk.office.engine;
    const auto late = engine.take_effects(1min, 9);
    desk.office.set("2017-06-05 09:05");
    const auto now = engine.take_effects(1min, 9);
    REQUIRE(now.size() == 1);
    CHECK(now[0].tries == 2);
    engine.postpone(late[0], 0ms);
    CHECK(engine.take_effects(1min, 9).empty());
    engine.acknowledge(late[0]);
    CHECK(engine.pending_effects().size() == 1);
    engine.acknowledge(now[0]);
    CHECK(engine.pending_effects().empty());
}

TEST_CASE("a service is not asked again when its answer is not waited for any more") {
    Desk desk;
    REQUIRE(desk.office.start("checking", "1") == "done");
    const auto dead = desk.office.engine->take_effects(1min, 9);
    REQUIRE(dead.size() == 1);
    // Whoever had taken it has died, and an officer goes on without the answer.
    desk.office.set("2017-06-05 09:30");
    REQUIRE(desk.office.perform("checking/1", officer, "skip") == "done");
    OutboxService outbox(*desk.office.engine, desk.options());
    outbox.handle_service("tax_register", desk.answers(7));
    outbox.deliver_all();
    CHECK(desk.asked.count("checking/1@1") == 0);
    CHECK(desk.office.engine->pending_effects().empty());
}

TEST_CASE("an effect whose dossier cannot be loaded does not hold the others back") {
    Desk desk;
    REQUIRE(desk.office.start("checking", "1") == "done");
    REQUIRE(desk.office.start("checking", "2") == "done");
    REQUIRE(desk.office.engine->take_effects(1min, 9).size() == 2);
    {
        const auto transaction = desk.office.store->begin(Store::Access::write);
        const auto row = transaction->instance("checking/1");
        transaction->put_instance("checking/1", row->revision, {row->revision + 1, "damaged"});
        transaction->commit();
    }
    desk.office.set("2017-06-05 09:05");
    OutboxService outbox(*desk.office.engine, desk.options());
    outbox.handle_service("tax_register", desk.answers(7));
    outbox.deliver_all();
    CHECK(desk.state("checking/2") == "tell");
    CHECK(desk.office.engine->pending_effects().size() == 1);
}

TEST_CASE("several engines share one outbox: each effect is in one's hands at a time") {
    Desk desk(GENERATE(Kept::in_memory, Kept::in_file));
    for (int i = 0; i < 30; ++i) REQUIRE(desk.office.start("checking", std::to_string(i)) == "done");
    Engine other(desk.office.store, desk.office.clock);
    OutboxService here(*desk.office.engine, desk.options());
    OutboxService there(other, desk.options());
    here.handle_service("tax_register", desk.answers(1));
    there.handle_service("tax_register", desk.answers(2));
    here.start(2);
    there.start(2);
    CHECK(comes_true([&] { return desk.office.engine->pending_effects().empty(); }));
    here.stop();
    there.stop();
    CHECK(desk.asked.size() == 30);
    for (const auto& [key, times] : desk.asked) CHECK(times == 1);
    CHECK(desk.problems.empty());
}

TEST_CASE("the outbox is read page by page, and what nobody handles does not hide what is behind it") {
    Desk desk;
    for (int i = 0; i < 7; ++i) REQUIRE(desk.office.start("checking", std::to_string(i)) == "done");
    desk.office.set("2017-06-05 09:01");
    REQUIRE(desk.office.start("telling", "1") == "done");
    REQUIRE(desk.office.perform("telling/1", officer, "go") == "done");
    std::vector<std::string> seen;
    std::optional<Engine::Pending> last;
    while (true) {
        const auto page = desk.office.engine->pending_effects(last, 3);
        for (const auto& pending : page) seen.push_back(pending.instance);
        if (page.size() < 3) break;
        last = page.back();
    }
    CHECK(seen == std::vector<std::string>{"checking/0", "checking/1", "checking/2", "checking/3",
                                           "checking/4", "checking/5", "checking/6", "telling/1"});
    int given = 0;
    OutboxService outbox(*desk.office.engine, desk.options());
    outbox.handle_notices([&](const Delivery&, const Notice&) { ++given; });
    CHECK(outbox.deliver_all() == 1);
    CHECK(given == 1);
    CHECK_THROWS_AS(desk.office.engine->take_effects(0ms, 1), Error);
}

TEST_CASE("what nobody here handles stays for another process") {
    Desk desk;
    REQUIRE(desk.office.start("checking", "1") == "done");
    OutboxService outbox(*desk.office.engine, desk.options());
    outbox.handle_service("another", desk.answers(1));
    CHECK_FALSE(outbox.deliver_one());
    CHECK(desk.office.engine->pending_effects().size() == 1);
    OutboxService other(*desk.office.engine, desk.options());
    other.handle_service("tax_register", desk.answers(1));
    CHECK(other.deliver_one());
}

TEST_CASE("a process that dies after its answer was kept doubles nothing: the same key comes again") {
    Desk desk;
    REQUIRE(desk.office.start("checking", "1") == "done");
    const auto pending = desk.office.engine->pending_effects();
    REQUIRE(pending.size() == 1);
    const auto& request = std::get<ServiceRequest>(pending[0].effect);
    // All that was left to do was to acknowledge it.
    (void)desk.office.engine->send("checking/1",
                                   EffectResult{.token = request.token, .result = {{"debt", 1}}});
    REQUIRE(desk.state("checking/1") == "tell");
    OutboxService outbox(*desk.office.engine, desk.options());
    outbox.handle_service("tax_register", desk.answers(99));
    CHECK(outbox.deliver_all() == 1);
    CHECK(desk.asked == std::map<std::string, int>{{"checking/1@1", 1}});
    CHECK(desk.state("checking/1") == "tell");
    CHECK(desk.office.engine->get("checking/1").instance.data[0] == Value(1));
    CHECK(desk.office.engine->pending_effects().empty());
}

TEST_CASE("a withdrawn service is told to whoever wants to hear it") {
    Desk desk;
    REQUIRE(desk.office.start("checking", "1") == "done");
    REQUIRE(desk.office.perform("checking/1", officer, "skip") == "done");
    OutboxService outbox(*desk.office.engine, desk.options());
    outbox.handle_service("tax_register", desk.answers(1));
    int withdrawn = 0;
    outbox.handle_withdrawal("tax_register", [&](const Delivery& delivery, const ServiceRequest&) {
        CHECK(delivery.key == "checking/1@1");
        ++withdrawn;
    });
    CHECK(outbox.deliver_all() == 2);  // the request, of which nobody had heard, and its withdrawal
    CHECK(withdrawn == 1);
    CHECK(desk.state("checking/1") == "tell");
}

TEST_CASE("several threads deliver each effect once, and one that hangs holds only its own") {
    Desk desk(GENERATE(Kept::in_memory, Kept::in_file));
    constexpr int dossiers = 60;
    OutboxService outbox(*desk.office.engine, desk.options());
    std::promise<void> let_go;
    const std::shared_future<void> goes_on = let_go.get_future().share();
    const auto answer = desk.answers(3);
    outbox.handle_service("tax_register",
                          [&](const Delivery& delivery, const ServiceRequest& request) {
                              if (delivery.key == "checking/7@1") goes_on.wait();
                              return answer(delivery, request);
                          });
    outbox.start(3);
    for (int i = 0; i < dossiers; ++i) {
        REQUIRE(desk.office.start("checking", std::to_string(i)) == "done");
        outbox.wake();
    }
    const auto delivered = [&] {
        const std::lock_guard lock(desk.mutex);
        return desk.asked.size();
    };
    CHECK(comes_true([&] { return delivered() == dossiers - 1; }));
    CHECK(desk.state("checking/7") == "look_up");
    let_go.set_value();
    CHECK(comes_true([&] { return desk.office.engine->pending_effects().empty(); }));
    outbox.stop();
    CHECK(desk.asked.size() == dossiers);
    for (const auto& [key, times] : desk.asked) CHECK(times == 1);
    for (int i = 0; i < dossiers; ++i) CHECK(desk.state("checking/" + std::to_string(i)) == "tell");
    CHECK(desk.problems.empty());
}

TEST_CASE("handlers are registered once, and before threads are started") {
    Desk desk;
    OutboxService outbox(*desk.office.engine, desk.options());
    outbox.handle_service("a", desk.answers(1));
    CHECK_THROWS_AS(outbox.handle_service("a", desk.answers(1)), Error);
    outbox.start(1);
    CHECK_THROWS_AS(outbox.handle_service("b", desk.answers(1)), Error);
    outbox.stop();
    outbox.handle_service("b", desk.answers(1));
    outbox.start(2);
}

TEST_CASE("timers fire by themselves once their time has come, and stop when they are told to") {
    Desk desk;
    REQUIRE(desk.office.start("checking", "1") == "done");
    REQUIRE(desk.office.perform("checking/1", officer, "skip") == "done");
    std::atomic<std::size_t> fired{0};
    TimerService timers(*desk.office.engine,
                        {.poll = 2ms,
                         .on_report = [&](const DueReport& report) { fired += report.fired; },
                         .on_problem = {}});
    timers.start();
    CHECK_THROWS_AS(timers.start(), Error);
    std::this_thread::sleep_for(30ms);
    CHECK(fired == 0);
    desk.office.set("2017-06-07 10:00");
    timers.wake();
    CHECK(comes_true([&] { return fired == 1; }));
    CHECK(comes_true([&] { return desk.state("checking/1") == "done"; }));
    timers.stop();
    REQUIRE(desk.office.start("checking", "2") == "done");
    REQUIRE(desk.office.perform("checking/2", officer, "skip") == "done");
    desk.office.set("2017-06-20 10:00");
    std::this_thread::sleep_for(30ms);
    CHECK(fired == 1);
}
