// Processes that die at any moment, as by kill -9: what was acknowledged stays, nothing half done is
// seen, nothing is lost and nothing done twice. That the disk keeps what it was told to sync is shown
// elsewhere (store/power_test.cpp): a killed process leaves its writes in the system's cache.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <random>
#include <sstream>
#include <thread>

#include "crash/examination.hpp"
#include "store/subject.hpp"
#include "support/process.hpp"
#include "support/temporary_folder.hpp"
#include "workflow/services.hpp"
#ifdef WORKFLOW_HAS_POSTGRES
#include "store/postgres_subject.hpp"
#include "support/postgres_cluster.hpp"
#endif

using namespace workflow;
using namespace workflow::test;
using namespace std::chrono_literals;

namespace {

int number_from(const char* variable, int otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : std::atoi(text);
}

/// Where a test keeps its dossiers; gone with it.
struct Home {
    TemporaryFolder folder;
    std::string place;
    std::shared_ptr<void> schema;  ///< of PostgreSQL, dropped at the end
};

using MakeHome = std::function<std::unique_ptr<Home>()>;

std::unique_ptr<Home> sqlite_home() {
    auto made = std::make_unique<Home>();
    made->place = made->folder.file("store.db");
    return made;
}

#ifdef WORKFLOW_HAS_POSTGRES
std::unique_ptr<Home> postgres_home() {
    auto made = std::make_unique<Home>();
    const auto subject = std::make_shared<PostgresSubject>();
    made->place = PostgresCluster::get().conninfo() + "\t" + subject->name();
    made->schema = subject;
    return made;
}
#endif

struct Kind {
    const char* name;
    MakeHome make;
};

std::vector<Kind> kinds() {
    std::vector<Kind> all{{"SQLite", sqlite_home}};
#ifdef WORKFLOW_HAS_POSTGRES
    all.push_back({"PostgreSQL", postgres_home});
#endif
    return all;
}

std::string milliseconds(Instant instant) {
    return std::to_string(instant.time_since_epoch().count());
}

std::vector<Acknowledged> parsed(const std::string& said) {
    std::vector<Acknowledged> steps;
    std::istringstream lines(said.substr(0, said.rfind('\n') + 1));
    for (Acknowledged step; lines >> step.instance >> step.request >> step.revision;) {
        steps.push_back(step);
    }
    return steps;
}

std::vector<std::string> lines_of(const std::string& path) {
    std::vector<std::string> lines;
    std::ifstream file(path);
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

/// What is left in the outbox, and what is still due, done in peace.
void finish(Engine& engine, VirtualClock& clock, std::vector<std::string>& handled) {
    OutboxService outbox(engine);
    outbox.handle_service("register", [&](const Delivery& delivery, const ServiceRequest&) {
        handled.push_back(delivery.key);
        return ServiceAnswer(FieldValues{{"debt", 1}});
    });
    outbox.handle_notices(
        [&](const Delivery& delivery, const Notice&) { handled.push_back(delivery.key); });
    for (int round = 0; round < 5; ++round) {
        clock.set(clock.now() + 24h);  // beyond every lease and pause
        engine.run_due();
        outbox.deliver_all();
    }
}

/// Rounds on one store: every look at it costs as much as all that has happened there.
constexpr int rounds_max = 8;

struct Tally {
    std::size_t steps = 0;
    std::size_t deliveries = 0;
};

Tally kill_again_and_again(const Kind& kind, int rounds, std::mt19937& random) {
    Tally tally;
    const std::unique_ptr<Home> kept = kind.make();
    const std::string handled_file = kept->folder.file("handled");
    const auto clock = std::make_shared<VirtualClock>(Instant(1'496'300'000'000ms));  // 1 June 2017
    { register_crash_procedure(*std::make_unique<Engine>(open_place(kept->place), clock)); }
    for (int round = 0; round < rounds; ++round) {
        INFO("round " << round);
        clock->set(clock->now() + 7h);
        Process worker(WORKFLOW_CRASH_WORKER,
                       {"work", kept->place, std::to_string(random() % 1'000'000),
                        milliseconds(clock->now()), handled_file});
        std::string said = worker.read_some();  // it works
        REQUIRE_FALSE(said.empty());
        std::this_thread::sleep_for(std::chrono::milliseconds(random() % 250));
        REQUIRE(worker.kill() == SIGKILL);
        said += worker.read_all();
        const auto acknowledged = parsed(said);
        tally.steps += acknowledged.size();
        const std::shared_ptr<Store> store = open_place(kept->place);
        Engine engine(store, clock);
        REQUIRE(broken_histories(engine) == Breaches{});
        REQUIRE(broken_index(engine, *store) == Breaches{});
        REQUIRE(lost_steps(engine, acknowledged) == Breaches{});
    }
    const std::shared_ptr<Store> store = open_place(kept->place);
    Engine engine(store, clock);
    std::vector<std::string> handled = lines_of(handled_file);
    finish(engine, *clock, handled);
    CHECK(engine.pending_effects().empty());
    CHECK(undelivered(engine, handled) == Breaches{});
    CHECK(doubled_timers(engine) == Breaches{});
    CHECK(broken_histories(engine) == Breaches{});
    tally.deliveries = handled.size();
    return tally;
}

}  // namespace

TEST_CASE("a process that is killed at any moment loses no step, no timer and no effect") {
    const Kind kind = GENERATE(from_range(kinds()));
    INFO(kind.name);
    const int rounds = number_from("WORKFLOW_CRASH_ROUNDS", rounds_max);
    std::mt19937 random(7);
    Tally all;
    for (int done = 0; done < rounds; done += rounds_max) {
        const Tally some = kill_again_and_again(kind, std::min(rounds_max, rounds - done), random);
        all.steps += some.steps;
        all.deliveries += some.deliveries;
    }
    CHECK(all.steps > static_cast<std::size_t>(rounds));
    std::cout << kind.name << ": killed " << rounds << " times, " << all.steps
              << " steps acknowledged, " << all.deliveries << " deliveries\n";
}

TEST_CASE("processes that share what is due, killed one after the other, fire each timer once") {
    const Kind kind = GENERATE(from_range(kinds()));
    INFO(kind.name);
    const int timers = number_from("WORKFLOW_CRASH_TIMERS", 10'000);
    const std::unique_ptr<Home> kept = kind.make();
    const auto clock = std::make_shared<VirtualClock>(Instant(1'496'300'000'000ms));
    {
        Engine engine(open_place(kept->place), clock);
        register_crash_procedure(engine);
        CommitService commits(engine);
        commits.start(4);
        std::vector<std::future<Answer>> started;
        for (int i = 0; i < timers; ++i) {
            started.push_back(
                commits.start_later({"crash", std::to_string(i), crash_officer(), {}, {}}));
        }
        for (auto& one : started) REQUIRE(std::holds_alternative<Done>(one.get()));
    }
    clock->set(clock->now() + 80h);  // each has a timer after one day
    const std::vector<std::string> arguments{"timers", kept->place, milliseconds(clock->now())};
    const std::shared_ptr<Store> store = open_place(kept->place);
    Engine engine(store, clock);
    std::vector<std::unique_ptr<Process>> workers;
    for (int i = 0; i < 3; ++i) {
        workers.push_back(std::make_unique<Process>(WORKFLOW_CRASH_WORKER, arguments));
    }
    int killed = 0;
    const auto is_due = [&] {
        const auto next = engine.next_due();
        return next && *next <= clock->now();
    };
    for (std::size_t turn = 0; is_due(); ++turn) {
        std::this_thread::sleep_for(60ms);
        auto& worker = workers[turn % workers.size()];
        killed += worker->kill() == SIGKILL ? 1 : 0;
        worker = std::make_unique<Process>(WORKFLOW_CRASH_WORKER, arguments);
    }
    for (auto& worker : workers) CHECK(worker->end() == 0);
    CHECK(killed > 0);
    CHECK(doubled_timers(engine) == Breaches{});
    CHECK(broken_histories(engine) == Breaches{});
    CHECK(broken_index(engine, *store) == Breaches{});
    int fired = 0;
    for (int i = 0; i < timers; ++i) {
        fired += engine.get(crash_instance(i)).instance.revision == 2 ? 1 : 0;
    }
    CHECK(fired == timers);
    std::cout << kind.name << ": " << timers << " timers, " << killed << " processes killed\n";
}

TEST_CASE("what the examination looks for, it finds") {
    const auto clock = std::make_shared<VirtualClock>(Instant(1'496'300'000'000ms));
    const std::shared_ptr<Store> store = make_memory_store();
    Engine engine(store, clock);
    register_crash_procedure(engine);
    REQUIRE(std::holds_alternative<Done>(
        engine.start({"crash", "1", crash_officer(), {}, {}}, {.id = "a"})));
    REQUIRE(std::holds_alternative<Done>(
        engine.perform("crash/1", {"go", crash_officer(), {}, {}}, {.id = "b"})));
    CHECK(lost_steps(engine, {{"crash/1", "a", 1}, {"crash/1", "b", 2}}) == Breaches{});
    CHECK(lost_steps(engine, {{"crash/1", "c", 2}, {"crash/1", "b", 3}, {"crash/2", "a", 1}}).size() == 3);
    CHECK(undelivered(engine, {"crash/1@2"}) == Breaches{});
    CHECK(undelivered(engine, {"crash/1@3"}).size() == 2);
    CHECK(broken_index(engine, *store) == Breaches{});
    const auto transaction = store->begin(Store::Access::write);
    transaction->put_due({1, "crash/1", 1, 0});
    transaction->put_work({"officer", "work", "", 1, "crash/1", 9});
    auto row = transaction->history("crash/1", 1, 1).front();
    row.body.back() = static_cast<char>(row.body.back() + 1);
    transaction->append_history("crash/1", {3, row.body});
    transaction->commit();
    CHECK(broken_index(engine, *store).size() == 2);
    CHECK_FALSE(broken_histories(engine).empty());
}
