// The server goes, sessions are ended, locks are held, lines are cut: what was acknowledged stays, what
// was refused leaves nothing, the Error says what happened, and the store works again afterwards.
#include <catch2/catch.hpp>
#include <thread>

#include "postgres/failure.hpp"
#include "store/pairs.hpp"
#include "store/postgres_subject.hpp"
#include "support/postgres_cluster.hpp"
#include "support/socket_relay.hpp"

using namespace workflow;
using namespace workflow::test;
using Access = Store::Access;

namespace {

void check_storage(const Error& error, const std::string& words) {
    CHECK(error.code() == ErrorCode::storage);
    CHECK_THAT(error.what(), Catch::Contains(words));
}

/// Ends every session of the store, as an administrator would.
void terminate_sessions() {
    PostgresSession().run(
        "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
        " WHERE application_name = 'libworkflow'");
}

}  // namespace

TEST_CASE("a server that restarts under an open store ends its transactions and nothing else") {
    PostgresSubject subject;
    Store& store = subject.store();
    put_pair(store, 0);
    auto writing = store.begin(Access::write);
    writing->put_instance("p/000001", 0, {1, "lost"});
    auto reading = store.begin(Access::read);
    CHECK(reading->instances("", 9).size() == 1);
    PostgresCluster::get().stop();
    check_storage(error_of([&] { writing->commit(); }), subject.name());
    check_storage(error_of([&] { static_cast<void>(reading->instances("", 9)); }), "nothing was kept");
    check_storage(error_of([&] { writing->put_due({1, "p", 1, 1}); }), "failed before");
    check_storage(error_of([&] { static_cast<void>(store.begin(Access::write)->instance("p")); }),
                  "connecting failed");
    PostgresCluster::get().start();
    CHECK(pairs_of(store) == 1);  // while the two that broke are still open
    put_pair(store, 1);
    writing.reset();
    reading.reset();
    CHECK(pairs_of(store) == 2);
    subject.reopen();
    CHECK(pairs_of(subject.store()) == 2);
}

TEST_CASE("a session that is ended in mid-transaction keeps nothing of it, and is replaced") {
    PostgresSubject subject;
    Store& store = subject.store();
    put_pair(store, 0);
    {
        const auto transaction = store.begin(Access::write);
        transaction->put_instance("p/000001", 0, {1, "lost"});
        terminate_sessions();
        const Error error = error_of([&] { static_cast<void>(transaction->instances("", 9)); });
        check_storage(error, "terminating connection due to administrator command");
        CHECK_THAT(error.what(), Catch::Contains("57P01") && Catch::Contains("nothing was kept"));
    }
    CHECK(pairs_of(store) == 1);
    terminate_sessions();  // one that is idle: nobody notices
    put_pair(store, 1);
    CHECK(pairs_of(store) == 2);
}

TEST_CASE("an instance that somebody else holds beyond the time-out is named with the server's words") {
    PostgresSubject subject;
    const auto store = subject.open(30);
    put_pair(*store, 0);
    PostgresSession holder;
    holder.run("SET search_path = " + subject.quoted_name());
    holder.run("BEGIN");
    holder.run("SELECT 1 FROM instances WHERE id = 'p/000000' FOR UPDATE");
    {
        const auto transaction = store->begin(Access::write);
        transaction->put_due({1, "p/000000", 1, 1});
        const Error error = error_of([&] { static_cast<void>(transaction->instance("p/000000")); });
        check_storage(error, "canceling statement due to lock timeout");
        CHECK_THAT(error.what(), Catch::Contains("55P03") && Catch::Contains("after 30 ms") &&
                                     Catch::Contains("pg_stat_activity"));
        check_storage(error_of([&] { transaction->commit(); }), "failed before");
    }
    CHECK(store->begin(Access::read)->instance("p/000000")->revision == 1);  // reading goes on
    put_pair(*store, 1);
    holder.run("COMMIT");
    const auto transaction = store->begin(Access::write);
    transaction->put_instance("p/000000", 1, {2, "after"});
    transaction->commit();
    CHECK_FALSE(store->begin(Access::read)->next_due().has_value());
    CHECK(store->begin(Access::read)->instance("p/000000")->revision == 2);
}

TEST_CASE("of two transactions that wait for each other one goes on and one meets a conflict") {
    PostgresSubject subject;
    Store& store = subject.store();
    put_pair(store, 0);
    put_pair(store, 1);
    std::atomic<int> ready = 0;
    std::atomic<int> done = 0;
    std::vector<Error> met;
    std::mutex mutex;
    const auto cross = [&](const char* first, const char* second) {
        const auto transaction = store.begin(Access::write);
        transaction->put_instance(first, 1, {2, "crossed"});
        static_cast<void>(transaction->instance(first));
        for (++ready; ready < 2;) std::this_thread::yield();
        try {
            transaction->put_instance(second, 1, {2, "crossed"});
            transaction->commit();
            ++done;
        } catch (const Error& error) {
            const std::lock_guard lock(mutex);
            met.push_back(error);
        }
    };
    std::thread other([&] { cross("p/000001", "p/000000"); });
    cross("p/000000", "p/000001");
    other.join();
    CHECK(done == 1);
    REQUIRE(met.size() == 1);
    CHECK(met[0].code() == ErrorCode::conflict);
    CHECK_THAT(met[0].what(), Catch::Contains("deadlock detected") && Catch::Contains("repeat"));
    CHECK(store.begin(Access::read)->instance("p/000000")->revision == 2);
    CHECK(store.begin(Access::read)->instance("p/000001")->revision == 2);
}

TEST_CASE("a queued write that meets another's row is a conflict of commit, and keeps nothing") {
    PostgresSubject subject;
    Store& store = subject.store();
    put_pair(store, 0);
    {
        const auto transaction = store.begin(Access::write);
        static_cast<void>(transaction->instance("p/000000"));
        PostgresSession stranger;  // one that does not keep to the locks
        stranger.run("INSERT INTO " + subject.quoted_name() + ".history VALUES ('p/000000', 2, '', '')");
        transaction->put_instance("p/000000", 1, {2, "lost"});
        transaction->append_history("p/000000", {2, "lost"});
        const Error error = error_of([&] { transaction->commit(); });
        CHECK(error.code() == ErrorCode::conflict);
        CHECK_THAT(error.what(), Catch::Contains("23505") && Catch::Contains("committing failed"));
    }
    CHECK(store.begin(Access::read)->instance("p/000000")->revision == 1);
}

TEST_CASE("a line that is cut at any piece loses nothing that was acknowledged") {
    bool kept_unanswered = false;
    int piece = 0;
    for (bool clean = false; !clean;) {
        INFO("piece " << ++piece);
        REQUIRE(piece < 200);
        PostgresSubject subject;
        put_pair(subject.store(), 0);
        SocketRelay relay(PostgresCluster::get().folder());
        const auto store = open_postgres_store(
            "host=" + relay.folder() + " user=workflow dbname=postgres", subject.options());
        put_pair(*store, 1);
        int acknowledged = 2;
        std::optional<Error> error;
        relay.cut_at(piece);
        try {
            for (; acknowledged < 5; ++acknowledged) put_pair(*store, acknowledged);
            static_cast<void>(pairs_of(*store));
        } catch (const Error& caught) {
            error.emplace(caught);
        }
        clean = !relay.has_cut();
        relay.cut_at(0);
        // The cut of a rollback that nobody waits for is no error.
        CHECK((clean ? !error : error || acknowledged == 5));
        const int found = pairs_of(subject.store());
        if (error) {
            CHECK(error->code() == ErrorCode::storage);
            const bool may = std::string(error->what()).find("may have been kept") != std::string::npos;
            CHECK((found == acknowledged || (may && found == acknowledged + 1)));
            kept_unanswered = kept_unanswered || found > acknowledged;
        }
        CHECK(pairs_of(*store) == found);
        put_pair(*store, found);  // the same store, over a new line
        CHECK(pairs_of(subject.store()) == found + 1);
    }
    CHECK(piece > 8);
    CHECK(kept_unanswered);  // the case that only a repeat with the same request id can tell
}

TEST_CASE("the server's states become the errors that a host can act on") {
    struct Case {
        const char* doing;
        const char* state;
        ErrorCode code;
        const char* mend;
    };
    const Case cases[] = {
        {"reading", "40001", ErrorCode::conflict, "load again and repeat"},
        {"committing", "40001", ErrorCode::conflict, "load again and repeat"},
        {"committing", "40003", ErrorCode::storage, "may have been kept"},
        {"writing", "40P01", ErrorCode::conflict, "each of two transactions"},
        {"writing", "23505", ErrorCode::conflict, "another transaction was first"},
        {"reading", "55P03", ErrorCode::storage, "after 70 ms"},
        {"reading", "57014", ErrorCode::storage, "statement_timeout"},
        {"reading", "57P01", ErrorCode::storage, "nothing was kept"},
        {"committing", "57P01", ErrorCode::storage, "may have been kept"},
        {"committing", "", ErrorCode::storage, "may have been kept"},
        {"connecting", "", ErrorCode::storage, "when the server can be reached"},
        {"connecting", "57P03", ErrorCode::storage, "has started"},
        {"connecting", "53300", ErrorCode::storage, "max_connections"},
        {"connecting", "28P01", ErrorCode::storage, "pg_hba.conf"},
        {"writing", "53100", ErrorCode::storage, "disk"},
        {"writing", "54000", ErrorCode::limit, "smaller"},
        {"writing", "25006", ErrorCode::storage, "primary"},
        {"reading", "42501", ErrorCode::storage, "grant"},
        {"reading", "42P01", ErrorCode::corrupt, "not those of a store"},
        {"reading", "26000", ErrorCode::unsupported, "session mode"},
        {"reading", "XX001", ErrorCode::corrupt, "damaged"},
        {"writing", "22021", ErrorCode::internal, "defect"},
        {"writing", "P0001", ErrorCode::storage, "server's log"},
    };
    const postgres::Address address{"password=s3cret", "s", 70, "postgresql://here/x schema s"};
    for (const Case& one : cases) {
        CAPTURE(one.doing, one.state);
        const Error error = postgres::failure(address, {one.doing, one.state, "its\n  words\x1b"});
        CHECK(error.code() == one.code);
        CHECK_THAT(error.what(), Catch::Contains(one.mend) && Catch::Contains(address.name) &&
                                     Catch::Contains("its words") && Catch::Contains(one.state) &&
                                     !Catch::Contains("\x1b") && !Catch::Contains("s3cret"));
    }
}

TEST_CASE("a key that is too long for the server's index is refused and keeps nothing") {
    PostgresSubject subject;
    std::string key;  // of bytes that do not compress
    for (std::uint32_t number = 1; key.size() < 9'000; number = number * 1'664'525U + 1'013'904'223U) {
        key += static_cast<char>(number >> 24U);
    }
    const Error error = error_of([&] {
        const auto transaction = subject.store().begin(Access::write);
        transaction->put_instance(key, 0, {1, "x"});
        transaction->commit();
    });
    CHECK(error.code() == ErrorCode::limit);
    CHECK(subject.store().begin(Access::read)->instances("", 9).empty());
}
