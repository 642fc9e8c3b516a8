// The host's own transaction on PostgreSQL: a step is kept or lost with the host's rows.
#include <catch2/catch.hpp>

#include "store/postgres_subject.hpp"
#include "support/postgres_cluster.hpp"
#include "unit/engine/office.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor officer = actor("an", "officer");

/// A host with a table of its own and one connection.
class Host {
public:
    Host() : connection(PQconnectdb(PostgresCluster::get().conninfo().c_str()), PQfinish) {
        engine = std::make_unique<Engine>(std::shared_ptr<Store>(subject.open(20)), clock);
        engine->register_calendar(load_calendar_file(shipped("calendars/vn-state.yaml")));
        engine->register_procedure(load_procedure(two_steps, "test.yaml"));
        run("DROP TABLE IF EXISTS public.payments");
        run("CREATE TABLE public.payments (id text)");
    }
    /// The first column of the first row, or the SQLSTATE of what failed.
    std::string run(const char* sql) {
        const std::unique_ptr<PGresult, void (*)(PGresult*)> result(
            PQexec(connection.get(), sql), PQclear);
        const char* state = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE);
        if (state != nullptr) return state;
        return PQntuples(result.get()) == 0 ? "" : PQgetvalue(result.get(), 0, 0);
    }
    [[nodiscard]] Engine inside() {
        return engine->in(lend_postgres(connection.get(), subject.options()));
    }
    ErrorCode lending() {
        try {
            (void)lend_postgres(connection.get(), subject.options());
        } catch (const Error& error) {
            UNSCOPED_INFO(error.what());
            return error.code();
        }
        FAIL("no error was thrown");
        return ErrorCode::internal;
    }

    const PostgresSubject subject;
    std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>(at("2017-04-25 09:00"));
    std::unique_ptr<PGconn, void (*)(PGconn*)> connection;
    std::unique_ptr<Engine> engine;
};

}  // namespace

TEST_CASE("a step in the host's PostgreSQL transaction is kept with its rows, or lost with them") {
    Host host;
    const bool commits = GENERATE(true, false);
    host.run("SET search_path = public, pg_temp");
    host.run("BEGIN");
    host.run("INSERT INTO payments VALUES ('1')");
    {
        Engine inside = host.inside();
        CHECK(Office::word(inside.start({"two_steps", "1", officer, {}, {}})) == "done");
        CHECK(Office::word(inside.perform("two_steps/1", {"go", officer, {}, {}})) == "done");
        CHECK(Office::word(inside.perform("two_steps/1", {"go", officer, {}, {}})) ==
              "not-possible-now");
        CHECK_THROWS_AS(inside.perform("two_steps/2", {"go", officer, {}, {}}), Error);
        CHECK(inside.get("two_steps/1").instance.revision == 2);
        // Between two calls the connection is the host's again.
        CHECK(host.run("SHOW search_path") == "public, pg_temp");
        CHECK(host.run("INSERT INTO payments VALUES ('2') RETURNING id") == "2");
        CHECK(inside.worklist(actor("ba", "head")).items.size() == 1);
    }
    CHECK_THROWS_AS(host.engine->get("two_steps/1"), Error);  // nobody else sees it yet
    host.run(commits ? "COMMIT" : "ROLLBACK");
    CHECK(host.run("SELECT count(*) FROM payments") == (commits ? "2" : "0"));
    CHECK(host.run("SHOW search_path") == "public, pg_temp");
    if (commits) {
        CHECK(host.engine->get("two_steps/1").instance.revision == 2);
        CHECK(host.engine->replay("two_steps/1").agrees());
    } else {
        CHECK_THROWS_AS(host.engine->get("two_steps/1"), Error);
        CHECK_FALSE(host.engine->next_due().has_value());
    }
}

TEST_CASE("a call that fails in the host's transaction leaves what the host did before it") {
    Host host;
    REQUIRE(Office::word(host.engine->start({"two_steps", "1", officer, {}, {}})) == "done");
    // Another holds the instance, longer than the host's connection waits.
    const auto holder = host.subject.open(5'000);
    const auto held = holder->begin(Store::Access::write);
    REQUIRE(held->instance("two_steps/1"));
    host.run("SET lock_timeout = 20");
    host.run("BEGIN");
    host.run("INSERT INTO public.payments VALUES ('1')");
    Engine inside = host.inside();
    CHECK_THROWS_AS(inside.perform("two_steps/1", {"go", officer, {}, {}}), Error);
    CHECK(host.run("INSERT INTO public.payments VALUES ('2') RETURNING id") == "2");
    CHECK(Office::word(inside.start({"two_steps", "2", officer, {}, {}})) == "done");
    host.run("COMMIT");
    CHECK(host.run("SELECT count(*) FROM public.payments") == "2");
    CHECK(host.engine->get("two_steps/2").instance.revision == 1);
    CHECK(host.engine->get("two_steps/1").instance.revision == 1);
}

TEST_CASE("timers run in the host's PostgreSQL transaction, over several of them") {
    Host host;
    REQUIRE(Office::word(host.engine->start({"two_steps", "1", officer, {}, {}})) == "done");
    host.clock->set(at("2017-06-05 09:00"));
    host.run("BEGIN");
    Engine inside = host.inside();
    CHECK(inside.run_due().fired > 0);
    host.run("ROLLBACK");
    CHECK(host.engine->get("two_steps/1").instance.revision == 1);
    host.run("BEGIN");
    CHECK(inside.run_due().fired > 0);
    host.run("COMMIT");
    CHECK(host.engine->get("two_steps/1").instance.revision > 1);
    CHECK(host.engine->replay("two_steps/1").agrees());
}

TEST_CASE("what is lent must be a PostgreSQL connection in a transaction, on a store") {
    Host host;
    CHECK_THROWS_AS(lend_postgres(nullptr, host.subject.options()), Error);
    CHECK(host.lending() == ErrorCode::misuse);  // no transaction
    host.run("BEGIN");
    CHECK(host.run("SELECT 1 / 0") == "22012");
    CHECK(host.lending() == ErrorCode::misuse);  // it has failed
    host.run("ROLLBACK");
    host.run("BEGIN");
    PostgresOptions elsewhere;
    elsewhere.schema = "nowhere";
    CHECK_THROWS_AS(lend_postgres(host.connection.get(), elsewhere), Error);
    // What was refused left the transaction as it was.
    CHECK(host.run("INSERT INTO public.payments VALUES ('1') RETURNING id") == "1");
    REQUIRE(PQenterPipelineMode(host.connection.get()) == 1);
    CHECK(host.lending() == ErrorCode::misuse);
    REQUIRE(PQexitPipelineMode(host.connection.get()) == 1);
    host.run("COMMIT");
    CHECK(host.run("SELECT count(*) FROM public.payments") == "1");
}
