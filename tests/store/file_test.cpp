// Files that are no store, no more a store, or not yet known, and what is said about each.
#include <sqlite3.h>
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "store/pairs.hpp"
#include "store/subject.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

/// Does what another program would do to the file.
void run_sql(const std::string& path, const std::string& sql) {
    sqlite3* database = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
    CHECK(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(database);
}

void overwrite(const std::string& path, std::streamoff place, const std::string& bytes) {
    std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(place);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    REQUIRE(file.good());
}

std::string bytes_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), {});
}

std::string store_with_pairs(const TemporaryFolder& folder, int count) {
    const std::string path = folder.file("store.db");
    const auto store = open_sqlite_store(path);
    for (int number = 0; number < count; ++number) put_pair(*store, number);
    return path;
}

Error opening_error(const std::string& path,
                    SqliteOptions::Create create = SqliteOptions::Create::if_missing) {
    SqliteOptions options;
    options.create = create;
    const Error error = error_of([&] { static_cast<void>(open_sqlite_store(path, options)); });
    CHECK_THAT(error.what(), Catch::Contains("'" + path + "'") && Catch::Contains("; "));
    return error;
}

/// Opening and then reading everything; the first error.
Error reading_error(const std::string& path) {
    return error_of([&] {
        const auto store = open_sqlite_store(path);
        static_cast<void>(pairs_of(*store));
    });
}

}  // namespace

TEST_CASE("a store of a newer layout is refused with both numbers and left as it is") {
    const TemporaryFolder folder;
    const std::string path = store_with_pairs(folder, 1);
    run_sql(path, "PRAGMA user_version = 9");
    const std::string before = bytes_of(path);
    const Error error = opening_error(path);
    CHECK(error.code() == ErrorCode::unsupported);
    CHECK_THAT(error.what(), Catch::Contains("number 9") && Catch::Contains("up to 2") &&
                                 Catch::Contains("newer version of libworkflow"));
    CHECK((bytes_of(path) == before));
}

TEST_CASE("a store whose layout number is below 1 is corrupt") {
    const TemporaryFolder folder;
    const std::string path = store_with_pairs(folder, 1);
    run_sql(path, "PRAGMA user_version = -3");
    CHECK(opening_error(path).code() == ErrorCode::corrupt);
}

TEST_CASE("a SQLite file of another application is refused and left as it is") {
    const TemporaryFolder folder;
    const std::string path = folder.file("other.db");
    const char* const others[] = {"CREATE TABLE people (name TEXT)", "PRAGMA application_id = 7",
                                  "CREATE TABLE instances (id TEXT); PRAGMA user_version = 1"};
    for (const char* other : others) {
        INFO(other);
        std::filesystem::remove(path);
        run_sql(path, other);
        const std::string before = bytes_of(path);
        const Error error = opening_error(path);
        CHECK(error.code() == ErrorCode::unsupported);
        CHECK_THAT(error.what(), Catch::Contains("another application"));
        CHECK((bytes_of(path) == before));
    }
}

TEST_CASE("a file that is no SQLite file is corrupt and left as it is") {
    const TemporaryFolder folder;
    const std::string path = folder.file("letter.txt");
    const std::string text(5'000, 'k');
    std::ofstream(path) << text;
    const Error error = opening_error(path);
    CHECK(error.code() == ErrorCode::corrupt);
    CHECK_THAT(error.what(), Catch::Contains("file is not a database"));
    CHECK((bytes_of(path) == text));
}

TEST_CASE("a store whose tables are not those of its number is corrupt") {
    const TemporaryFolder folder;
    for (const char* damage : {"DROP TABLE due", "ALTER TABLE work RENAME COLUMN unit TO office",
                               "ALTER TABLE history DROP COLUMN body"}) {
        INFO(damage);
        const std::string path = store_with_pairs(folder, 1);
        run_sql(path, damage);
        CHECK(opening_error(path).code() == ErrorCode::corrupt);
        std::filesystem::remove(path);
    }
}

TEST_CASE("damaged bytes are reported as corrupt, wherever they are") {
    const TemporaryFolder folder;
    const std::string path = store_with_pairs(folder, 40);
    const std::string whole = bytes_of(path);
    SECTION("in the header") {
        overwrite(path, 0, std::string(64, '\x5a'));
        CHECK(reading_error(path).code() == ErrorCode::corrupt);
    }
    SECTION("in the page of the tables' list") {
        overwrite(path, 100, std::string(200, '\xff'));
        CHECK(reading_error(path).code() == ErrorCode::corrupt);
    }
    SECTION("in every page behind the first") {
        for (std::size_t page = 1; page < whole.size() / 4096; ++page) {
            overwrite(path, static_cast<std::streamoff>(page * 4096), std::string(64, '\xa5'));
        }
        CHECK(reading_error(path).code() == ErrorCode::corrupt);
    }
    SECTION("because the file ends too early") {
        for (const std::size_t size : {whole.size() - 4096, whole.size() / 2, std::size_t{4'500}}) {
            INFO(size);
            std::filesystem::resize_file(path, size);
            CHECK(reading_error(path).code() == ErrorCode::corrupt);
        }
    }
    // Still the same file, so that nothing was "mended" by the attempt.
    CHECK(std::filesystem::exists(path));
}

TEST_CASE("any byte of the file may be wrong without a crash") {
    const TemporaryFolder folder;
    const std::string path = store_with_pairs(folder, 3);
    const std::string whole = bytes_of(path);
    std::uint32_t random = 20170425;
    INFO("seed " << random);
    for (int round = 0; round < 400; ++round) {
        random = random * 1664525U + 1013904223U;
        const std::size_t place = random % whole.size();
        std::string damaged = whole;
        for (std::size_t at = place; at < std::min(place + 8, whole.size()); ++at) {
            damaged[at] =
                static_cast<char>(static_cast<unsigned char>(damaged[at]) ^ (random >> 24U | 1U));
        }
        std::ofstream(path, std::ios::binary | std::ios::trunc) << damaged;
        SqliteOptions options;
        options.synchronous = SqliteOptions::Synchronous::off;  // only for speed
        try {
            const auto store = open_sqlite_store(path, options);
            static_cast<void>(pairs_of(*store));
            put_pair(*store, 999);
        } catch (const Error& error) {
            INFO("round " << round << ": " << error.what());
            CHECK(error.code() != ErrorCode::internal);
            CHECK(error.code() != ErrorCode::misuse);
        }
        for (const char* suffix : {"", "-wal", "-shm"}) std::filesystem::remove(path + suffix);
    }
}

TEST_CASE("a store that must exist is not made") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    const Error missing = opening_error(path, SqliteOptions::Create::never);
    CHECK(missing.code() == ErrorCode::storage);
    CHECK_THAT(missing.what(), Catch::Contains("unable to open database file"));
    CHECK_FALSE(std::filesystem::exists(path));
    std::ofstream(path).flush();
    const Error empty = opening_error(path, SqliteOptions::Create::never);
    CHECK(empty.code() == ErrorCode::corrupt);
    CHECK_THAT(empty.what(), Catch::Contains("empty"));
}

TEST_CASE("a path that cannot be a file is refused") {
    const TemporaryFolder folder;
    CHECK(opening_error(folder.file("no/such/folder/store.db")).code() == ErrorCode::storage);
    CHECK(error_of([] { static_cast<void>(open_sqlite_store("")); }).code() == ErrorCode::misuse);
    SqliteOptions options;
    options.busy_timeout_milliseconds = -1;
    CHECK(error_of([&] {
              static_cast<void>(open_sqlite_store(folder.file("s.db"), options));
          }).code() == ErrorCode::misuse);
}

TEST_CASE("paths that SQLite would read as something else are plain files") {
    const TemporaryFolder folder;
    const auto here = std::filesystem::current_path();
    std::filesystem::current_path(folder.file("."));
    for (const char* path : {":memory:", "file:x.db?mode=memory", "'; DROP TABLE due; --.db"}) {
        INFO(path);
        put_pair(*open_sqlite_store(path), 0);
        CHECK(std::filesystem::exists(path));
        CHECK(pairs_of(*open_sqlite_store(path)) == 1);
    }
    std::filesystem::current_path(here);
}
