// How SQLite answers each statement: by a key, without sorting, however many rows there are.
#include <catch2/catch.hpp>

#include <sqlite3.h>

#include <memory>
#include <set>

#include "store/sql_statements.hpp"
#include "support/temporary_folder.hpp"
#include "workflow/store.hpp"

using namespace workflow;
using namespace workflow::test;
using store::Sql;

namespace {

/// The steps of the plan, as SQLite says them: `SEARCH due USING PRIMARY KEY (due<?)`.
std::vector<std::string> plan_of(sqlite3* database, const char* sql) {
    const std::string explained = std::string("EXPLAIN QUERY PLAN ") + sql;
    sqlite3_stmt* statement = nullptr;
    REQUIRE(sqlite3_prepare_v2(database, explained.c_str(), -1, &statement, nullptr) == SQLITE_OK);
    std::vector<std::string> steps;
    while (sqlite3_step(statement) == SQLITE_ROW) {
        steps.emplace_back(reinterpret_cast<const char*>(sqlite3_column_text(statement, 3)));
    }
    sqlite3_finalize(statement);
    return steps;
}

}  // namespace

TEST_CASE("every statement finds its rows by a key, and none is sorted") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    static_cast<void>(open_sqlite_store(path));
    sqlite3* opened = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &opened) == SQLITE_OK);
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
    // The first of all in their order, and all definitions, which are few.
    const std::set<Sql> from_the_beginning{Sql::due_next, Sql::definition_list, Sql::work_roles};
    // Groups of what ended in a period: that is found by the key, and grouped by what is none.
    const std::set<Sql> grouped{Sql::closed_count};
    // What the statement itself has found so far, and its first row.
    const std::set<std::string> of_its_own{"SCAN CONSTANT ROW", "SCAN met", "SCAN lowest"};
    std::size_t searches = 0;
    for (std::size_t number = 0; number < store::sql_count; ++number) {
        const auto statement = static_cast<Sql>(number);
        const char* const sql = store::sql_text(statement);
        for (const std::string& step : plan_of(database.get(), sql)) {
            CAPTURE(sql, step);
            CHECK((step.find("TEMP B-TREE") == std::string::npos || grouped.contains(statement)));
            const bool is_search = step.starts_with("SEARCH ");
            searches += is_search ? 1 : 0;
            const bool scans = step.starts_with("SCAN ") && !of_its_own.contains(step);
            CHECK((!scans || from_the_beginning.contains(statement)));
        }
    }
    CHECK(searches > store::sql_count / 2);
}

TEST_CASE("a statement without a key for what it asks would be noticed") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    static_cast<void>(open_sqlite_store(path));
    sqlite3* opened = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &opened) == SQLITE_OK);
    const std::unique_ptr<sqlite3, int (*)(sqlite3*)> database(opened, sqlite3_close);
    const auto plan =
        plan_of(database.get(), "SELECT id FROM instances WHERE revision = 7 ORDER BY body");
    REQUIRE(plan.size() == 2);
    CHECK(plan[0].starts_with("SCAN instances"));
    CHECK(plan[1].find("TEMP B-TREE") != std::string::npos);
}
