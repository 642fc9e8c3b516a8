// How PostgreSQL answers each statement: there is a way by a key, without sorting.
#include <catch2/catch.hpp>

#include "postgres/statements.hpp"
#include "store/postgres_subject.hpp"

using namespace workflow;
using namespace workflow::test;
using store::Sql;

namespace {

std::size_t parameters_of(const std::string& sql) {
    std::size_t count = 0;
    while (sql.find("$" + std::to_string(count + 1)) != std::string::npos) ++count;
    return count;
}

/// A session in which reading a whole table or sorting is what is done only where nothing else can be.
class Planner {
public:
    explicit Planner(const PostgresSubject& subject) {
        session_.run("SET search_path = " + subject.quoted_name());
        session_.run("SET plan_cache_mode = force_generic_plan");
        for (const char* way : {"seqscan", "bitmapscan", "sort", "incremental_sort", "hashagg"}) {
            session_.run("SET enable_" + std::string(way) + " = off");
        }
    }
    std::string plan_of(const std::string& sql) {
        session_.run("PREPARE one AS " + sql);
        std::string values;
        for (std::size_t i = parameters_of(sql); i > 0; --i) {
            values += values.empty() ? "NULL" : ", NULL";
        }
        const std::string given = values.empty() ? "" : "(" + values + ")";
        std::string plan;
        for (const std::string& line :
             session_.run("EXPLAIN (COSTS OFF) EXECUTE one" + given)) {
            plan += line + "\n";
        }
        session_.run("DEALLOCATE one");
        return plan;
    }

private:
    PostgresSession session_;
};

bool reads_a_table(const std::string& plan) {
    return plan.find("Seq Scan") != std::string::npos;
}
bool sorts(const std::string& plan) {
    return plan.find("Sort") != std::string::npos;
}

}  // namespace

TEST_CASE("PostgreSQL finds the rows of every statement by a key, and sorts none") {
    const PostgresSubject subject;
    Planner planner(subject);
    std::size_t by_key = 0;
    for (std::size_t number = 0; number < store::sql_count; ++number) {
        const std::string sql = postgres::postgres_text(static_cast<Sql>(number));
        const std::string plan = planner.plan_of(sql);
        CAPTURE(sql, plan);
        CHECK_FALSE(reads_a_table(plan));
        // Groups of what ended in a period: found by the key, and grouped by what is none.
        CHECK(sorts(plan) == (static_cast<Sql>(number) == Sql::closed_count));
        if (plan.find("Index") != std::string::npos) ++by_key;
    }
    CHECK(by_key > store::sql_count / 2);
}

TEST_CASE("a statement without a key in PostgreSQL would be noticed") {
    const PostgresSubject subject;
    Planner planner(subject);
    CHECK(reads_a_table(planner.plan_of("SELECT id FROM instances WHERE body = $1")));
    CHECK(sorts(planner.plan_of("SELECT id FROM instances ORDER BY body")));
}
