// What the PostgreSQL store promises beyond every store: its schema, how it is opened, and writers
// side by side.
#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "store/postgres_subject.hpp"
#include "support/postgres_cluster.hpp"
#include "support/socket_relay.hpp"

using namespace workflow;
using namespace workflow::test;
using Access = Store::Access;

namespace {

/// Constraints of the schema that make one instance wait for another, in words.
std::vector<std::string> crossings(const std::string& schema) {
    const std::string of_schema = "n.nspname = '" + schema + "'";
    // Every unique index, a primary key's too, of every table but those that hold no instance data.
    auto found = PostgresSession().run(
        "SELECT 'unique: ' || c.relname || ' ' || pg_get_indexdef(i.indexrelid) FROM pg_index i"
        " JOIN pg_class c ON c.oid = i.indrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE " + of_schema + " AND i.indisunique"
        " AND c.relname NOT IN ('layout', 'definitions', 'messages', 'delegations')"
        " AND NOT EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid"
        " AND a.attnum = ANY ((i.indkey::int2[])[0:i.indnkeyatts - 1])"
        " AND a.attname = CASE c.relname WHEN 'instances' THEN 'id' ELSE 'instance' END)");
    const auto others = PostgresSession().run(
        "SELECT k.contype::text || ': ' || k.conname FROM pg_constraint k"
        " JOIN pg_namespace n ON n.oid = k.connamespace WHERE " + of_schema +
        " AND k.contype NOT IN ('p', 'u', 'c')"
        " UNION ALL SELECT 'trigger: ' || t.tgname FROM pg_trigger t JOIN pg_class c"
        " ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace WHERE " + of_schema +
        " UNION ALL SELECT 'no primary key: ' || c.relname FROM pg_class c JOIN pg_namespace n"
        " ON n.oid = c.relnamespace WHERE " + of_schema + " AND c.relkind IN ('r', 'p')"
        " AND NOT EXISTS (SELECT 1 FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary)");
    found.insert(found.end(), others.begin(), others.end());
    return found;
}

void put(Store& store, const char* id, std::uint64_t revision) {
    const auto transaction = store.begin(Access::write);
    transaction->put_instance(id, revision - 1, {revision, "x"});
    transaction->commit();
}

/// Returns when somebody waits for a lock of the database.
void await_a_waiter() {
    PostgresSession session;
    while (session.run("SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'").empty()) {
        std::this_thread::yield();
    }
}

ErrorCode refused(const PostgresOptions& options) {
    return error_of([&] {
               static_cast<void>(open_postgres_store(PostgresCluster::get().conninfo(), options));
           }).code();
}

}  // namespace

TEST_CASE("no unique or foreign key of the PostgreSQL schema crosses instances") {
    const PostgresSubject subject;
    const std::string& schema = subject.name();
    CHECK(crossings(schema) == std::vector<std::string>{});
    const auto tables = PostgresSession().run(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
        " WHERE n.nspname = '" + schema + "' AND c.relkind = 'r' ORDER BY 1");
    CHECK(tables == std::vector<std::string>{"active", "closed", "definitions", "delegations",
                                             "dispatches", "due", "effects", "fields", "history",
                                             "incidents", "instances", "layout", "messages",
                                             "secrets", "subscriptions", "work"});
}

TEST_CASE("a unique or foreign key that crosses instances is found") {
    const PostgresSubject subject;
    PostgresSession session;
    session.run("SET search_path = " + subject.quoted_name());
    SECTION("a unique index without the instance") {
        session.run("CREATE UNIQUE INDEX crossing ON history (request) INCLUDE (instance)");
    }
    SECTION("a foreign key") {
        session.run("ALTER TABLE due ADD CONSTRAINT crossing FOREIGN KEY (instance)"
                    " REFERENCES instances");
    }
    SECTION("a table without a key") { session.run("CREATE TABLE crossing (number bigint)"); }
    const auto found = crossings(subject.name());
    REQUIRE_FALSE(found.empty());
    CHECK_THAT(found.front(), Catch::Contains("crossing"));
}

TEST_CASE("many that open one new schema at once make its tables once") {
    const PostgresSubject subject;  // gives the name, and removes what is made
    PostgresOptions options = subject.options();
    options.create = PostgresOptions::Create::if_missing;
    PostgresSession().run("DROP SCHEMA " + subject.quoted_name() + " CASCADE");
    std::atomic<int> opened = 0;
    std::vector<std::thread> openers;
    for (int number = 0; number < 6; ++number) {
        openers.emplace_back([&] {
            try {
                static_cast<void>(subject.open(options)->begin(Access::read)->instances("", 1));
                ++opened;
            } catch (const Error& error) {
                UNSCOPED_INFO(error.what());
            }
        });
    }
    for (auto& opener : openers) opener.join();
    CHECK(opened == 6);
}

TEST_CASE("a schema that is no store of this version is refused and left as it is") {
    const PostgresSubject subject;
    PostgresOptions options = subject.options();
    options.create = PostgresOptions::Create::if_missing;
    PostgresSession session;
    session.run("SET search_path = " + subject.quoted_name());
    SECTION("a newer layout") {
        session.run("UPDATE layout SET number = 99");
        const Error error = error_of([&] { static_cast<void>(subject.open(options)); });
        CHECK(error.code() == ErrorCode::unsupported);
        CHECK_THAT(error.what(), Catch::Contains("number 99") && Catch::Contains(options.schema));
    }
    SECTION("no layout number") {
        session.run("DELETE FROM layout");
        CHECK(refused(options) == ErrorCode::corrupt);
    }
    SECTION("two layout numbers") {
        session.run("INSERT INTO layout VALUES (7)");
        CHECK(refused(options) == ErrorCode::corrupt);
    }
    SECTION("another application's tables") {
        session.run("ALTER TABLE layout RENAME TO plans");
        CHECK(refused(options) == ErrorCode::unsupported);
        CHECK(session.run("SELECT number FROM plans").size() == 1);
    }
    SECTION("no tables, and none are to be made") {
        session.run("DROP SCHEMA " + subject.quoted_name() + " CASCADE");
        options.create = PostgresOptions::Create::never;
        CHECK(refused(options) == ErrorCode::storage);
        CHECK(session.run("SELECT 1 FROM pg_namespace WHERE nspname = '" + options.schema + "'")
                  .empty());
    }
}

TEST_CASE("an address that cannot be is refused before a server is asked, without its password") {
    const auto error_with = [](const std::string& conninfo, const PostgresOptions& options) {
        return error_of([&] { static_cast<void>(open_postgres_store(conninfo, options)); });
    };
    const auto misused = [&](const std::string& conninfo, const PostgresOptions& options) {
        return error_with(conninfo, options).code() == ErrorCode::misuse;
    };
    const std::string good = PostgresCluster::get().conninfo();
    CHECK(misused("postgresql://[::1", {}));
    CHECK(misused("colour=blue", {}));
    CHECK(misused(good + std::string(1, '\0'), {}));
    CHECK(misused(good, {.schema = ""}));
    CHECK(misused(good, {.schema = std::string(64, 's')}));
    CHECK(misused(good, {.schema = "pg_mine"}));
    CHECK(misused(good, {.schema = "\xff"}));
    CHECK(misused(good, {.lock_timeout_milliseconds = 0}));
    const Error error =
        error_with("postgresql://lan:h%C3%A0n0i@/x?host=%2Fnowhere&password=s3cret", {});
    CHECK(error.code() == ErrorCode::storage);
    CHECK_THAT(error.what(), Catch::Contains("/nowhere") && Catch::Contains("connecting failed") &&
                                 !Catch::Contains("s3cret") && !Catch::Contains("n0i"));
    CHECK(error_with(good + " dbname=absent", {}).code() == ErrorCode::storage);
}

TEST_CASE("transactions that write different instances go on side by side") {
    PostgresSubject subject;
    const auto other = subject.open(50);
    put(subject.store(), "old", 1);
    const auto first = subject.store().begin(Access::write);
    first->put_instance("old", 1, {2, "first"});
    first->put_instance("new", 0, {1, "first"});
    first->put_due({1, "old", 1, 1});
    const auto second = subject.store().begin(Access::write);
    second->put_instance("other new", 0, {1, "second"});
    second->put_due({1, "other new", 1, 1});
    second->commit();
    put(*other, "third", 1);
    CHECK(other->begin(Access::read)->instance("old")->revision == 1);
    first->commit();
    CHECK(other->begin(Access::read)->instances("", 9).size() == 4);
}

TEST_CASE("a transaction that asks for an instance waits for its writer and finds what he wrote") {
    PostgresSubject subject;
    const bool exists = GENERATE(true, false);
    CAPTURE(exists);
    if (exists) put(subject.store(), "p", 1);
    const std::uint64_t before = exists ? 1 : 0;
    const auto writer = subject.store().begin(Access::write);
    writer->put_instance("p", before, {before + 1, "writer"});
    std::optional<StoredInstance> seen;
    std::optional<ErrorCode> refusal;
    std::thread waiter([&] {
        const auto transaction = subject.store().begin(Access::write);
        seen = transaction->instance("p");
        try {
            transaction->put_instance("p", before, {before + 1, "waiter"});
        } catch (const Error& error) {
            refusal = error.code();
        }
    });
    await_a_waiter();
    writer->commit();
    waiter.join();
    REQUIRE(seen);
    CHECK(seen->body == "writer");
    CHECK(refusal == ErrorCode::conflict);
}

TEST_CASE("a database whose transactions only read, or are serializable, by default is written all the same") {
    PostgresSubject subject;
    put(subject.store(), "p", 1);
    const auto store = open_postgres_store(
        PostgresCluster::get().conninfo() +
            " options='-c default_transaction_isolation=serializable"
            " -c default_transaction_read_only=on'",
        subject.options());
    const auto writer = subject.store().begin(Access::write);
    writer->put_instance("p", 1, {2, "writer"});
    std::optional<StoredInstance> seen;
    std::thread waiter([&] {
        const auto transaction = store->begin(Access::write);
        seen = transaction->instance("p");
        transaction->put_instance("p", 2, {3, "waiter"});
        transaction->commit();
    });
    await_a_waiter();
    writer->commit();
    waiter.join();
    REQUIRE(seen);
    CHECK(seen->revision == 2);
    CHECK(subject.store().begin(Access::read)->instance("p")->body == "waiter");
}

TEST_CASE("a message that is kept and the place that begins to wait for it do not miss each other") {
    PostgresSubject subject;
    const auto sender = subject.store().begin(Access::write);
    sender->put_message({"paid", "X", 1, "kept"});
    std::size_t found = 0;
    std::thread waiter([&] {
        const auto transaction = subject.store().begin(Access::write);
        transaction->put_subscription({"paid", "X", 1, "p", 1});
        found = transaction->messages("paid", "X", 9).size();
    });
    await_a_waiter();
    sender->commit();
    waiter.join();
    CHECK(found == 1);
}

TEST_CASE("what is due is claimed by one transaction and passed over by the others") {
    PostgresSubject subject;
    Store& store = subject.store();
    const StoredDue row{1, "p", 1, 1};
    put(store, "p", 1);
    {
        const auto transaction = store.begin(Access::write);
        transaction->put_due(row);
        transaction->commit();
    }
    const auto first = store.begin(Access::write);
    CHECK(first->claim_due(row));
    CHECK(first->claim_due(row));  // again: it is its own
    CHECK_FALSE(store.begin(Access::write)->claim_due(row));
    first->erase_due(row);
    CHECK_FALSE(first->claim_due(row));
    first->commit();
    CHECK_FALSE(store.begin(Access::write)->claim_due(row));
}

TEST_CASE("a step takes two round trips: read and lock, then write and commit") {
    PostgresSubject subject;
    const SocketRelay relay(PostgresCluster::get().folder());
    const auto store = open_postgres_store("host=" + relay.folder() + " user=workflow dbname=postgres",
                                           subject.options());
    put(*store, "p", 1);
    const int before = relay.round_trips();
    const auto transaction = store->begin(Access::write);
    const auto row = transaction->instance("p");
    CHECK(relay.round_trips() == before + 1);
    transaction->put_instance("p", row->revision, {2, std::string(20'000, 'x')});
    transaction->append_history("p", {2, "y", "request"});
    transaction->put_due({1, "p", 1, 1});
    transaction->erase_due({2, "p", 1, 1});
    transaction->put_work({"officer", "p/check", "", 5, "p", 1});
    transaction->put_effect({1, "p", 2, 0, 0, "z"});
    transaction->commit();
    CHECK(relay.round_trips() == before + 2);
    CHECK(subject.store().begin(Access::read)->instance("p")->revision == 2);
}

TEST_CASE("a history that is foretold comes with its instance, and grows with what is written") {
    PostgresSubject subject;
    const SocketRelay relay(PostgresCluster::get().folder());
    const auto store = open_postgres_store("host=" + relay.folder() + " user=workflow dbname=postgres",
                                           subject.options());
    {
        const auto transaction = store->begin(Access::write);
        transaction->put_instance("p", 0, {1, "one"});
        transaction->append_history("p", {1, "x", "first"});
        transaction->commit();
    }
    const int before = relay.round_trips();
    const auto transaction = store->begin(Access::write);
    transaction->expect_history("p");
    const auto row = transaction->instance("p");
    transaction->put_instance("p", row->revision, {2, "two"});
    transaction->append_history("p", {2, "y", "request"});
    const auto all = transaction->history("p", 0, 9);
    REQUIRE(all.size() == 2);
    CHECK(all.back().body == "y");
    CHECK(relay.round_trips() == before + 1);
    CHECK(transaction->history("p", 1, 9).size() == 1);  // not from the beginning
    CHECK(transaction->history("p", 0, 1).size() == 1);  // nor all of it
    CHECK(relay.round_trips() > before + 1);
    CHECK(transaction->history("q", 0, 9).empty());
    transaction->commit();
    CHECK(subject.store().begin(Access::read)->history("p", 0, 9).size() == 2);
}

TEST_CASE("a repeated request and what is not there yet are asked for in the same round trip") {
    PostgresSubject subject;
    const SocketRelay relay(PostgresCluster::get().folder());
    const auto store = open_postgres_store("host=" + relay.folder() + " user=workflow dbname=postgres",
                                           subject.options());
    int before = relay.round_trips();
    {
        const auto starting = store->begin(Access::write);
        starting->expect_absent("p");
        CHECK_FALSE(starting->instance("p").has_value());
        CHECK(relay.round_trips() == before + 1);
        starting->put_instance("p", 0, {1, "one"});
        starting->append_history("p", {1, "one", "first"});
        starting->commit();
        CHECK(relay.round_trips() == before + 2);
    }
    const std::string request = GENERATE("first", "second");
    before = relay.round_trips();
    const auto transaction = store->begin(Access::write);
    transaction->expect_request("p", request);
    CHECK(transaction->instance("p")->revision == 1);
    CHECK(transaction->request("p", request).has_value() == (request == "first"));
    CHECK(relay.round_trips() == before + 1);
}
