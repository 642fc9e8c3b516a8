// Steps that share one commit: each gets its own answer, and none undoes another.
#include <algorithm>
#include <atomic>
#include <barrier>
#include <chrono>
#include <ctime>
#include <set>
#include <thread>

#include "engine/commits.hpp"
#include "support/fault_vfs.hpp"
#include "unit/engine/office.hpp"
#include "workflow/services.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor officer = actor("an", "officer");

std::string key(int number) {
    return "two_steps/" + std::to_string(number);
}

}  // namespace

TEST_CASE("callers in many threads each get the answer of their own step") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(two_steps);
    constexpr int callers = 8;
    constexpr int each = 25;
    std::atomic<int> done = 0;
    std::atomic<int> refused = 0;
    std::atomic<int> unknown = 0;
    std::barrier together(callers);
    std::vector<std::thread> threads;
    for (int caller = 0; caller < callers; ++caller) {
        threads.emplace_back([&, caller] {
            together.arrive_and_wait();
            for (int i = 0; i < each; ++i) {
                const std::string number = std::to_string(caller * each + i);
                const Answer started = office.engine->start(
                    {"two_steps", number, officer, {}, {}}, {.id = "start " + number});
                const Answer wrong = office.engine->perform(
                    "two_steps/" + number, {"go", actor("ba", "head"), {}, {}});
                const Answer went = office.engine->perform("two_steps/" + number,
                                                           {"go", officer, {}, {}});
                done += std::holds_alternative<Done>(started) + std::holds_alternative<Done>(went);
                refused += Office::word(wrong) == "not-your-role" ? 1 : 0;
                try {
                    (void)office.engine->perform("two_steps/none", {"go", officer, {}, {}});
                } catch (const Error& error) {
                    unknown += error.code() == ErrorCode::not_found ? 1 : 0;
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(done == 2 * callers * each);
    CHECK(refused == callers * each);
    CHECK(unknown == callers * each);
    office.reopen();
    for (int i = 0; i < callers * each; ++i) {
        CHECK(office.engine->get(key(i)).instance.revision == 2);
    }
    const VerifyReport report = office.engine->verify({}, 1'000);
    CHECK(report.finished);
    CHECK(report.faults.empty());
}

TEST_CASE("calls that are handed over share one commit, whatever becomes of each") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(two_steps);
    {
        CommitService commits(*office.engine);
        auto first = commits.start_later({"two_steps", "1", officer, {}, {}});
        auto again = commits.start_later({"two_steps", "1", officer, {}, {}});
        auto other = commits.start_later({"two_steps", "1", officer, {{"note", "else"}}, {}});
        auto nobody = commits.perform_later("two_steps/none", {"go", officer, {}, {}});
        auto wrong = commits.perform_later("two_steps/1", {"go", actor("ba", "head"), {}, {}});
        auto went = commits.perform_later("two_steps/1", {"go", officer, {}, {}}, {.id = "r"});
        auto repeated = commits.perform_later("two_steps/1", {"go", officer, {}, {}}, {.id = "r"});
        auto unknown = commits.send_later(Message{.message = "none", .key = "1"});
        CHECK(first.wait_for(std::chrono::seconds(0)) == std::future_status::timeout);
        commits.stop();  // does it in this thread, for there is no other
        CHECK(Office::word(first.get()) == "done");
        CHECK(Office::word(again.get()) == "repeated");
        CHECK(Office::word(other.get()) == "already-started");
        CHECK_THROWS_AS(nobody.get(), Error);
        CHECK(Office::word(wrong.get()) == "not-your-role");
        CHECK(Office::word(went.get()) == "done");
        CHECK(Office::word(repeated.get()) == "repeated");
        CHECK(std::get<Refusal>(unknown.get()).code == RefusalCode::unknown_message);
        CHECK_THROWS_AS(commits.start_later({"two_steps", "", officer, {}, {}}), Error);
    }
    office.reopen();
    CHECK(office.engine->get("two_steps/1").instance.revision == 2);
    CHECK(office.engine->replay("two_steps/1").agrees());
}

TEST_CASE("a completion is told once, may call the engine, and cannot stop the service") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(two_steps);
    std::vector<std::string> told;
    std::atomic<int> refused_to_stop = 0;
    {
        CommitService commits(*office.engine);
        commits.start_later({"two_steps", "1", officer, {}, {}}, {}, [&](std::future<Answer> ready) {
            told.push_back(Office::word(ready.get()));
            told.push_back(Office::word(office.engine->start({"two_steps", "inner", officer, {}, {}})));
            try {
                commits.stop();
            } catch (const Error& error) {
                if (error.code() == ErrorCode::misuse) ++refused_to_stop;
            }
        });
        commits.send_later("two_steps/none", Perform{"go", officer, {}, {}}, {}, [&](std::future<Answer> ready) {
            CHECK_THROWS_AS(ready.get(), Error);
            told.emplace_back("thrown");
        });
        commits.send_later(Message{.message = "none", .key = "1"}, [&](std::future<MessageAnswer> ready) {
            CHECK(std::get<Refusal>(ready.get()).code == RefusalCode::unknown_message);
            told.emplace_back("refused");
        });
        commits.start(1);
    }
    CHECK(told == std::vector<std::string>{"done", "done", "thrown", "refused"});
    CHECK(refused_to_stop == 1);
}

TEST_CASE("threads of a commit service sleep while another leads") {
    Office office(Kept::in_memory);
    office.add(two_steps);
    std::promise<void> leads;
    std::promise<void> may_go_on;
    std::atomic<bool> is_first = true;
    // What is told of a commit is told before the next one leads.
    Engine engine(office.store, office.clock, {.salt = {}, .log = [&](const LogEntry&) {
                                                   if (!is_first.exchange(false)) return;
                                                   leads.set_value();
                                                   may_go_on.get_future().wait();
                                               }});
    std::string first;
    std::thread leader([&] { first = Office::word(engine.start({"two_steps", "1", officer, {}, {}})); });
    leads.get_future().wait();
    CommitService commits(engine);
    commits.start(1);
    auto later = commits.start_later({"two_steps", "2", officer, {}, {}});
    const std::clock_t before = std::clock();
    constexpr auto watched = std::chrono::milliseconds(500);
    std::this_thread::sleep_for(watched);
    const double busy = static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC;
    CHECK(later.wait_for(std::chrono::seconds(0)) == std::future_status::timeout);
    CHECK(busy < 0.25);  // seconds of all processors; a thread that asks again and again has 0.5
    may_go_on.set_value();
    leader.join();
    CHECK(first == "done");
    CHECK(Office::word(later.get()) == "done");
}

TEST_CASE("threads of a commit service answer callers who do not wait, and stop leaves none waiting") {
    Office office(GENERATE(Kept::in_memory, Kept::in_file));
    office.add(two_steps);
    std::vector<std::future<Answer>> answers;
    {
        CommitService commits(*office.engine);
        commits.start(2);
        for (int i = 0; i < 300; ++i) {
            answers.push_back(commits.start_later({"two_steps", std::to_string(i), officer, {}, {}}));
            answers.push_back(commits.perform_later(key(i), {"go", officer, {}, {}}));
            if (i % 50 == 0) {  // beside a caller who waits
                CHECK(office.perform(key(i), actor("ba", "head"), "to") == "unknown-action");
            }
        }
    }
    int done = 0;
    for (auto& answer : answers) done += Office::word(answer.get()) == "done" ? 1 : 0;
    CHECK(done == 600);
    CHECK(office.engine->instances({}, 1'000).size() == 300);
}

TEST_CASE("more calls than may wait are refused, and those that wait are not lost") {
    Office office(Kept::in_memory);
    office.add(two_steps);
    CommitService commits(*office.engine, {.waiting_max = 2});
    auto first = commits.start_later({"two_steps", "1", officer, {}, {}});
    auto second = commits.start_later({"two_steps", "2", officer, {}, {}});
    CHECK_THROWS_AS(commits.start_later({"two_steps", "3", officer, {}, {}}), Error);
    commits.stop();
    CHECK(Office::word(first.get()) == "done");
    CHECK(Office::word(second.get()) == "done");
    auto third = commits.start_later({"two_steps", "3", officer, {}, {}});
    commits.stop();
    CHECK(Office::word(third.get()) == "done");
}

TEST_CASE("work that breaks its transaction does not take the others' with it") {
    const auto store = make_memory_store();
    engine::Metrics metrics;
    const LogSink nobody;
    engine::Commits commits(*store, metrics, nobody);
    std::vector<std::string> told(4);
    std::vector<int> runs(4);
    for (std::size_t i = 0; i < told.size(); ++i) {
        commits.post(
            [&runs, i](Transaction& transaction) {
                ++runs[i];
                transaction.put_due({static_cast<std::int64_t>(i), "p", 1, 1});
                if (i == 1) throw Error(ErrorCode::storage, "the disk");
                if (i == 2) throw Error(ErrorCode::not_found, "it");
                return true;
            },
            [&told, i](const std::exception_ptr& error) {
                try {
                    if (error) std::rethrow_exception(error);
                    told[i] = "kept";
                } catch (const Error& thrown) {
                    told[i] = thrown.what();
                }
            });
    }
    CHECK(commits.posted() == 4);
    CHECK(commits.run_posted());
    CHECK(commits.posted() == 0);
    CHECK(told == std::vector<std::string>{"kept", "the disk", "it", "kept"});
    CHECK(runs == std::vector<int>{2, 2, 1, 1});
    const auto due = store->begin(Store::Access::read)->due(9, {}, 9);
    REQUIRE(due.size() == 2);
    CHECK(due[0].due == 0);
    CHECK(due[1].due == 3);
    CHECK_FALSE(commits.run_posted());
}

TEST_CASE("what is written but not to be kept is taken back alone; who writes nothing costs nobody") {
    const auto store = make_memory_store();
    engine::Metrics metrics;
    const LogSink nobody;
    engine::Commits commits(*store, metrics, nobody);
    const bool leaves = GENERATE(true, false);
    std::vector<int> runs(4);
    std::vector<std::string> told(4);
    for (std::size_t i = 0; i < runs.size(); ++i) {
        commits.post(
            [&runs, i, leaves](Transaction& transaction) {
                ++runs[i];
                const StoredDue row{static_cast<std::int64_t>(i), "p", 1, 1};
                if (i == 1 || i == 2) {  // a refusal, and something that is not there
                    if (leaves) transaction.put_due(row);
                    if (i == 2) throw Error(ErrorCode::not_found, "it");
                    return false;
                }
                transaction.put_due(row);
                return true;
            },
            [&told, i](const std::exception_ptr& error) { told[i] = error ? "thrown" : "answered"; });
    }
    CHECK(commits.run_posted());
    CHECK(told == std::vector<std::string>{"answered", "answered", "thrown", "answered"});
    CHECK(runs == (leaves ? std::vector<int>{2, 2, 1, 1} : std::vector<int>{1, 1, 1, 1}));
    const auto due = store->begin(Store::Access::read)->due(9, {}, 9);
    REQUIRE(due.size() == 2);
    CHECK(due[0].due == 0);
    CHECK(due[1].due == 3);
}

TEST_CASE("callers who come again and again are all answered, whoever of them leads") {
    const auto store = make_memory_store();
    engine::Metrics metrics;
    const LogSink nobody;
    engine::Commits commits(*store, metrics, nobody);
    constexpr int callers = 6;
    constexpr int each = 200;
    std::vector<std::thread> threads;
    std::atomic<int> thrown = 0;
    for (int caller = 0; caller < callers; ++caller) {
        threads.emplace_back([&, caller] {
            for (int i = 0; i < each; ++i) {
                try {
                    commits.run([&](Transaction& transaction) {
                        transaction.put_due({caller, "p", static_cast<std::uint32_t>(i), 1});
                        if (i % 10 == 9) throw Error(ErrorCode::not_found, "it");
                        return true;
                    });
                } catch (const Error&) {
                    ++thrown;
                }
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(thrown == callers * each / 10);
    CHECK(store->begin(Store::Access::read)->due(callers, {}, 10'000).size() ==
          callers * each - callers * each / 10);
}

TEST_CASE("nobody is forgotten who is chosen to lead while another has done his work already") {
    // More callers than processors, and nothing to wait for: who leads is overtaken again and again.
    const auto store = make_memory_store();
    engine::Metrics metrics;
    const LogSink nobody;
    engine::Commits commits(*store, metrics, nobody);
    constexpr int callers = 24;
    constexpr int each = 3'000;
    std::vector<std::thread> threads;
    std::atomic<int> answered = 0;
    for (int caller = 0; caller < callers; ++caller) {
        threads.emplace_back([&, caller] {
            for (int i = 0; i < each; ++i) {
                commits.run([&](Transaction& transaction) {
                    if (i % 7 != 0) transaction.put_due({caller, "p", 1, 1});
                    return i % 7 != 0;
                });
                ++answered;
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
    CHECK(answered == callers * each);
}

TEST_CASE("a disk that fails while several commit together loses none of those that were acknowledged") {
    constexpr int calls = 5;
    std::uint64_t n = 0;
    for (bool clean = false; !clean;) {
        INFO("operation " << ++n);
        REQUIRE(n < 500);
        const TemporaryFolder folder;
        FaultVfs vfs;
        SqliteOptions options;
        options.vfs = vfs.name();
        const auto clock = std::make_shared<VirtualClock>(at("2017-06-05 09:00"));
        std::set<std::string> acknowledged;
        {
            const std::shared_ptr<Store> store = open_sqlite_store(folder.file("store.db"), options);
            Engine engine(store, clock);
            engine.register_calendar(load_calendar_file(shipped("calendars/vn-state.yaml")));
            engine.register_procedure(load_procedure(two_steps, "test.yaml"));
            CommitService commits(engine);
            std::vector<std::future<Answer>> answers;
            for (int i = 0; i < calls; ++i) {
                answers.push_back(commits.start_later(
                    {"two_steps", std::to_string(i), officer, {{"note", std::string(3'000, 'x')}}, {}}));
            }
            vfs.fail_at(n, Fault::error);
            commits.stop();
            clean = !vfs.has_failed();
            vfs.heal();
            for (int i = 0; i < calls; ++i) {
                try {
                    if (Office::word(answers[static_cast<std::size_t>(i)].get()) == "done") {
                        acknowledged.insert(key(i));
                    }
                } catch (const Error& error) {
                    CHECK(error.code() == ErrorCode::storage);
                }
            }
            CHECK((acknowledged.empty() || acknowledged.size() >= calls - 1));
            CHECK(Office::word(engine.start({"two_steps", "later", officer, {}, {}})) == "done");
        }
        Engine engine(open_sqlite_store(folder.file("store.db")), clock);
        const auto ids = engine.instances({}, 100);
        const std::set<std::string> found(ids.begin(), ids.end());
        CHECK(std::includes(found.begin(), found.end(), acknowledged.begin(), acknowledged.end()));
        CHECK(found.count("two_steps/later") == 1);
        CHECK(engine.verify({}, 100).faults.empty());
    }
    CHECK(n > 3);
}
