// The host's own transaction: a step is kept or lost with the host's rows, and nothing else is.
#include <sqlite3.h>

#include "unit/engine/office.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor officer = actor("an", "officer");

/// A host with a table of its own in the store's file, and one connection.
class Host {
public:
    Host() {
        {
            const std::shared_ptr<Store> made = open_sqlite_store(path());
            Engine first(made, clock);
            first.register_calendar(load_calendar_file(shipped("calendars/vn-state.yaml")));
            first.register_procedure(load_procedure(two_steps, "test.yaml"));
        }
        store = open_sqlite_store(path(), {.busy_timeout_milliseconds = 20});
        engine = std::make_unique<Engine>(store, clock);
        REQUIRE(sqlite3_open(path().c_str(), &connection) == SQLITE_OK);
        run("CREATE TABLE payments (id TEXT)");
    }
    Host(const Host&) = delete;
    Host& operator=(const Host&) = delete;
    ~Host() { sqlite3_close(connection); }

    void run(const std::string& sql) const {
        REQUIRE(sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    }
    /// As another connection sees them.
    [[nodiscard]] int payments() const {
        sqlite3* other = nullptr;
        REQUIRE(sqlite3_open(path().c_str(), &other) == SQLITE_OK);
        sqlite3_stmt* statement = nullptr;
        sqlite3_prepare_v2(other, "SELECT count(*) FROM payments", -1, &statement, nullptr);
        sqlite3_step(statement);
        const int count = sqlite3_column_int(statement, 0);
        sqlite3_finalize(statement);
        sqlite3_close(other);
        return count;
    }
    [[nodiscard]] Revision revision(const std::string& id) const {
        return engine->get(id).instance.revision;
    }
    [[nodiscard]] std::string path() const { return folder_.file("store.db"); }

private:
    TemporaryFolder folder_;

public:
    std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>(at("2017-04-25 09:00"));
    std::shared_ptr<Store> store;
    std::unique_ptr<Engine> engine;
    sqlite3* connection = nullptr;
};

Error error_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error;
    }
    FAIL("no error was thrown");
    return Error(ErrorCode::internal, "");
}

}  // namespace

TEST_CASE("a step in the host's transaction is kept with the host's rows, or lost with them") {
    const Host host;
    const bool commits = GENERATE(true, false);
    {
        host.run("BEGIN IMMEDIATE");
        Engine inside = host.engine->in(lend_sqlite(host.connection));
        host.run("INSERT INTO payments VALUES ('1')");
        CHECK(Office::word(inside.start({"two_steps", "1", officer, {}, {}})) == "done");
        CHECK(Office::word(inside.perform("two_steps/1", {"go", officer, {}, {}})) == "done");
        // What is refused leaves nothing, and the rest goes on.
        CHECK(Office::word(inside.perform("two_steps/1", {"go", officer, {}, {}})) ==
              "not-possible-now");
        CHECK_THROWS_AS(inside.perform("two_steps/2", {"go", officer, {}, {}}), Error);
        host.run("INSERT INTO payments VALUES ('2')");
        CHECK(inside.get("two_steps/1").instance.revision == 2);
        CHECK_THROWS_AS(host.engine->get("two_steps/1"), Error);  // nobody else sees it yet
        host.run(commits ? "COMMIT" : "ROLLBACK");
    }
    CHECK(host.payments() == (commits ? 2 : 0));
    if (commits) {
        CHECK(host.revision("two_steps/1") == 2);
        CHECK(host.engine->replay("two_steps/1").agrees());
        CHECK(host.engine->worklist(actor("ba", "head")).items.size() == 1);
    } else {
        CHECK_THROWS_AS(host.engine->get("two_steps/1"), Error);
        CHECK(host.engine->worklist(actor("ba", "head")).items.empty());
        CHECK_FALSE(host.engine->next_due().has_value());
    }
}

TEST_CASE("timers and messages run in the host's transaction, too") {
    const Host host;
    REQUIRE(Office::word(host.engine->start({"two_steps", "1", officer, {}, {}})) == "done");
    host.clock->set(at("2017-06-05 09:00"));
    host.run("BEGIN IMMEDIATE");
    CHECK(host.engine->in(lend_sqlite(host.connection)).run_due().fired > 0);
    host.run("ROLLBACK");
    const Revision before = host.revision("two_steps/1");
    CHECK(before == 1);
    host.run("BEGIN IMMEDIATE");
    CHECK(host.engine->in(lend_sqlite(host.connection)).run_due().fired > 0);
    host.run("COMMIT");
    CHECK(host.revision("two_steps/1") > before);
    CHECK(host.engine->pending_effects().size() > 0);
}

TEST_CASE("what is lent must be a connection on a store, with a transaction that can write") {
    const Host host;
    CHECK(error_of([&] { (void)lend_sqlite(nullptr); }).code() == ErrorCode::misuse);
    const Error none = error_of([&] { (void)lend_sqlite(host.connection); });
    CHECK(none.code() == ErrorCode::misuse);
    CHECK_THAT(none.what(), Catch::Contains("no open transaction") &&
                                Catch::Contains("BEGIN IMMEDIATE"));
    host.run("BEGIN");
    Engine inside = host.engine->in(lend_sqlite(host.connection));
    CHECK(inside.instances().empty());
    const Error reads = error_of([&] { (void)inside.start({"two_steps", "1", officer, {}, {}}); });
    CHECK(reads.code() == ErrorCode::misuse);
    CHECK_THAT(reads.what(), Catch::Contains("only reads so far"));
    host.run("COMMIT");
    CHECK(error_of([&] { (void)inside.instances(); }).code() == ErrorCode::misuse);

    const TemporaryFolder folder;
    sqlite3* other = nullptr;
    REQUIRE(sqlite3_open(folder.file("other.db").c_str(), &other) == SQLITE_OK);
    sqlite3_exec(other, "CREATE TABLE t (x); BEGIN", nullptr, nullptr, nullptr);
    const Error foreign = error_of([&] { (void)lend_sqlite(other); });
    CHECK(foreign.code() == ErrorCode::unsupported);
    CHECK_THAT(foreign.what(), Catch::Contains("other.db"));
    sqlite3_close(other);

    CHECK(error_of([&] { (void)host.engine->in(nullptr); }).code() == ErrorCode::misuse);
}

TEST_CASE("definitions are not registered in a transaction that may be rolled back") {
    const Host host;
    host.run("BEGIN IMMEDIATE");
    Engine inside = host.engine->in(lend_sqlite(host.connection));
    const Error error =
        error_of([&] { inside.register_procedure(load_procedure(two_steps, "test.yaml")); });
    CHECK(error.code() == ErrorCode::misuse);
    CHECK_THAT(error.what(), Catch::Contains("with the engine itself"));
    host.run("ROLLBACK");
}

TEST_CASE("a lent connection serves one call after another, over several of the host's transactions") {
    const Host host;
    host.run("BEGIN IMMEDIATE");
    Engine inside = host.engine->in(lend_sqlite(host.connection));
    CHECK(Office::word(inside.start({"two_steps", "1", officer, {}, {}})) == "done");
    host.run("COMMIT");
    host.run("BEGIN IMMEDIATE");
    CHECK(Office::word(inside.perform("two_steps/1", {"go", officer, {}, {}})) == "done");
    host.run("ROLLBACK");
    host.run("BEGIN IMMEDIATE");
    CHECK(inside.get("two_steps/1").instance.revision == 1);
    CHECK(Office::word(inside.perform("two_steps/1", {"go", officer, {}, {}})) == "done");
    host.run("COMMIT");
    CHECK(host.revision("two_steps/1") == 2);
}
