// Several processes on one store. WORKFLOW_COUNTER_PROCESS is the path of counter_process.
#include <catch2/catch.hpp>

#include <csignal>

#include "store/subject.hpp"
#include "support/process.hpp"
#include "support/temporary_folder.hpp"
#ifdef WORKFLOW_HAS_POSTGRES
#include "store/postgres_subject.hpp"
#include "support/postgres_cluster.hpp"
#endif

using namespace workflow;
using namespace workflow::test;
using Access = Store::Access;

namespace {

/// counter_process, with its arguments.
class Counter : public Process {
public:
    explicit Counter(std::vector<std::string> arguments)
        : Process(WORKFLOW_COUNTER_PROCESS, std::move(arguments)) {}
    /// Waits until it has said something.
    void wait_for_word() const { REQUIRE_FALSE(read_some().empty()); }
};

}  // namespace

TEST_CASE("processes that make one new file at once and count in it lose no count") {
    for (int round = 0; round < 5; ++round) {
        const TemporaryFolder folder;
        const std::string path = folder.file("store.db");
        constexpr int counts_each = 40;
        {
            Counter first({"count", path, std::to_string(counts_each)});
            Counter second({"count", path, std::to_string(counts_each)});
            Counter third({"count", path, std::to_string(counts_each)});
            CHECK(first.end() == 0);
            CHECK(second.end() == 0);
            CHECK(third.end() == 0);
        }
        const auto store = open_sqlite_store(path);
        const auto transaction = store->begin(Access::read);
        CHECK(transaction->instance("counter")->revision == 3 * counts_each);
        CHECK(transaction->history("counter", 0, 1'000).size() == 3 * counts_each);
    }
}

TEST_CASE("a lock that another process holds is waited for, then named in the error") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    SqliteOptions options;
    options.busy_timeout_milliseconds = 30;
    const auto store = open_sqlite_store(path, options);
    Counter holder({"hold", path});
    holder.wait_for_word();
    const Error error = error_of([&] { static_cast<void>(store->begin(Access::write)); });
    CHECK(error.code() == ErrorCode::storage);
    CHECK_THAT(error.what(), Catch::Contains("another process holds the write lock") &&
                                 Catch::Contains("30 ms") && Catch::Contains(path));
    CHECK(store->begin(Access::read)->instances("", 9).empty());  // reading goes on
    CHECK(holder.end() == 0);
    const auto transaction = store->begin(Access::write);  // usable again
    transaction->put_due({1, "p", 1, 1});
    transaction->commit();
}

TEST_CASE("a file that vanishes is not made anew behind the back of an open store") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    const auto store = open_sqlite_store(path);
    const auto busy = store->begin(Access::write);  // so that the next needs another connection
    for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
    CHECK(error_of([&] { static_cast<void>(store->begin(Access::read)); }).code() ==
          ErrorCode::storage);
    CHECK_FALSE(std::filesystem::exists(path));
}

#ifdef WORKFLOW_HAS_POSTGRES
TEST_CASE("processes that make one new PostgreSQL store at once and count in it lose no count") {
    const std::string place = PostgresCluster::get().conninfo();
    for (int round = 0; round < 5; ++round) {
        PostgresSession().run("DROP SCHEMA IF EXISTS workflow CASCADE");
        constexpr int counts_each = 40;
        {
            Counter first({"count", place, std::to_string(counts_each)});
            Counter second({"count", place, std::to_string(counts_each)});
            Counter third({"count", place, std::to_string(counts_each)});
            CHECK(first.end() == 0);
            CHECK(second.end() == 0);
            CHECK(third.end() == 0);
        }
        const auto store = open_postgres_store(place);
        const auto transaction = store->begin(Access::read);
        CHECK(transaction->instance("counter")->revision == 3 * counts_each);
        CHECK(transaction->history("counter", 0, 1'000).size() == 3 * counts_each);
    }
}

TEST_CASE("an instance that another process holds is waited for, and free when that is killed") {
    const std::string place = PostgresCluster::get().conninfo();
    PostgresOptions options;
    options.lock_timeout_milliseconds = 30;
    const auto store = open_postgres_store(place, options);
    const auto hold_counter = [&] {
        static_cast<void>(store->begin(Access::write)->instance("counter"));
    };
    Counter holder({"hold", place});
    holder.wait_for_word();
    const Error error = error_of(hold_counter);
    CHECK(error.code() == ErrorCode::storage);
    CHECK_THAT(error.what(), Catch::Contains("lock timeout") && Catch::Contains("30 ms"));
    CHECK(holder.kill() == SIGKILL);
    options.lock_timeout_milliseconds = 60'000;  // the server notices when it reads from the dead
    const auto patient = open_postgres_store(place, options);
    static_cast<void>(patient->begin(Access::write)->instance("counter"));
}
#endif
