// A store of each older layout, kept as it was written then, brought to this build's.
#include <catch2/catch.hpp>

#include <sqlite3.h>

#include <filesystem>

#include "support/temporary_folder.hpp"
#include "workflow/engine.hpp"
#include "workflow/upgrade.hpp"

using namespace workflow;
using namespace workflow::test;
namespace fs = std::filesystem;
using Strings = std::vector<std::string>;

namespace {

/// layouts/1.db: seven dossiers of layouts/permit.yaml, by `workflow` of the build before layout 2.
std::string kept_store(const TemporaryFolder& folder) {
    const std::string path = folder.file("store.db");
    fs::copy_file(fs::path(WORKFLOW_SOURCE_DIR) / "tests/store/layouts/1.db", path);
    return path;
}

std::shared_ptr<Clock> june() {
    return std::make_shared<VirtualClock>(*parse_instant("2017-06-23T16:00", std::chrono::hours(7)));
}

Strings dues(Store& store) {
    Strings all;
    for (const StoredDue& row : store.begin(Store::Access::read)->due(INT64_MAX, {}, 1'000)) {
        all.push_back(std::to_string(row.due) + " " + row.instance + " " +
                      std::to_string(row.ordinal) + "." + std::to_string(row.timer));
    }
    return all;
}

std::string error_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return std::string(to_string(error.code())) + ": " + error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("a store of layout 1 is refused until it is upgraded, and says how") {
    const TemporaryFolder folder;
    const std::string path = kept_store(folder);
    const std::string why = error_of([&] { (void)open_sqlite_store(path); });
    CHECK(why.starts_with("unsupported: "));
    CHECK(why.find("workflow store upgrade") != std::string::npos);
    // It can be copied first.
    CHECK(copy_sqlite_store(path, folder.file("backup.db")) > 0);
}

TEST_CASE("a store of layout 1 becomes one of this build, with the deadlines that it had") {
    const TemporaryFolder folder;
    const std::string path = kept_store(folder);
    Strings before;
    {
        const auto rehearsal = begin_sqlite_upgrade(path);
        CHECK(rehearsal->from() == 1);
        before = dues(*rehearsal->store());
        const UpgradeReport report = upgrade_rows(rehearsal->store());
        CHECK(report.failed.empty());
        CHECK(report.instances == 7);
        CHECK(report.deadlines == 1);
    }
    CHECK(before == Strings{"1499162400000 permit/serving 1.0"});
    CHECK_FALSE(error_of([&] { (void)open_sqlite_store(path); }).empty());  // nothing was kept
    {
        const auto upgrade = begin_sqlite_upgrade(path);
        std::size_t told = 0;
        CHECK(upgrade_rows(upgrade->store(), [&](std::size_t done) { told = done; }).failed.empty());
        CHECK(told == 7);
        upgrade->commit();
    }
    const std::shared_ptr<Store> store = open_sqlite_store(path);
    CHECK(dues(*store) == before);
    Engine engine(store, june());
    CHECK(engine.verify().faults.empty());
    CHECK(engine.verify().run_again == 24);
    const std::vector<StandingCount> counts{{"check", "north", 1, 1},
                                            {"register", "", 1, 0},
                                            {"supplement", "", 1, 0}};
    CHECK(engine.standing_counts("permit") == counts);
    CHECK(engine.under_way("permit").items.size() == 3);
    const auto granted = engine.closed("permit", "granted").items;
    REQUIRE(granted.size() == 2);
    CHECK(granted[0].instance == "permit/granted");
    CHECK(granted[0].working_days == 3);
    CHECK(granted[1].instance == "permit/waited");
    CHECK(granted[1].result == KeptLimit::early);
    CHECK(granted[1].working_days == 5);
    const auto refused = engine.closed("permit", "refused").items;
    REQUIRE(refused.size() == 1);
    CHECK(refused[0].result == KeptLimit::late);
    CHECK(engine.closed("permit", "cancelled").items.size() == 1);
    CHECK(engine.worklist({"lan", {"officer"}, {"north"}, {}}).items.size() == 1);
    CHECK(engine.pending_effects().size() == 5);
    CHECK(begin_sqlite_upgrade(path)->from() == store_schema_number);
}

TEST_CASE("an instance that cannot be read is told, and the store stays as it was") {
    const TemporaryFolder folder;
    const std::string path = kept_store(folder);
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    REQUIRE(sqlite3_exec(database,
                         "UPDATE instances SET body = x'00' WHERE id = 'permit/asked';"
                         "UPDATE due SET due = due + 1",
                         nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
    const auto upgrade = begin_sqlite_upgrade(path);
    const UpgradeReport report = upgrade_rows(upgrade->store());
    REQUIRE(report.failed.size() == 2);
    CHECK(report.failed[0].first == "permit/asked");
    CHECK(report.failed[1].first == "permit/serving");
    CHECK(report.failed[1].second.find("is not in the store") != std::string::npos);
}

TEST_CASE("what an upgrade makes has the tables that a new store has") {
    const TemporaryFolder folder;
    const std::string path = kept_store(folder);
    {
        const auto upgrade = begin_sqlite_upgrade(path);
        (void)upgrade_rows(upgrade->store());
        upgrade->commit();
    }
    const std::string fresh = folder.file("fresh.db");
    (void)open_sqlite_store(fresh);
    const auto columns = [](const std::string& file) {
        Strings found;
        sqlite3* database = nullptr;
        REQUIRE(sqlite3_open(file.c_str(), &database) == SQLITE_OK);
        const auto add = [](void* to, int, char** values, char**) {
            static_cast<Strings*>(to)->push_back(std::string(values[0]) + "." + values[1] + " " +
                                                 values[2] + " " + values[3]);
            return 0;
        };
        REQUIRE(sqlite3_exec(database,
                             "SELECT m.name, c.name, c.type, c.pk FROM sqlite_schema m,"
                             " pragma_table_info(m.name) c WHERE m.type = 'table' ORDER BY 1, 2",
                             add, &found, nullptr) == SQLITE_OK);
        sqlite3_close(database);
        return found;
    };
    CHECK(columns(path) == columns(fresh));
    CHECK(columns(fresh).size() > 50);
}
