// The disk fails at each of its operations in turn: what was acknowledged stays, what was refused
// leaves nothing, and the store works again when the fault has gone.
#include <catch2/catch.hpp>

#include "store/pairs.hpp"
#include "store/subject.hpp"
#include "support/fault_vfs.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow;
using namespace workflow::test;
using Access = Store::Access;

namespace {

SqliteOptions options_over(const FaultVfs& vfs) {
    SqliteOptions options;
    options.vfs = vfs.name();
    options.busy_timeout_milliseconds = 50;
    return options;
}

/// Several commits with reads between; returns how many were acknowledged.
int work_until_error(Store& store, int first, std::optional<Error>& error) {
    int done = first;
    try {
        for (; done < first + 4; ++done) put_pair(store, done);
    } catch (const Error& caught) {
        error.emplace(caught);
    }
    return done;
}

void fail_each_operation(Fault fault, Lasting lasting) {
    std::uint64_t n = 0;
    for (bool clean = false; !clean;) {
        INFO("operation " << ++n);
        REQUIRE(n < 2'000);
        const TemporaryFolder folder;
        FaultVfs vfs;
        const std::string path = folder.file("store.db");
        std::optional<Error> error;
        int acknowledged = 0;
        {
            const auto store = open_sqlite_store(path, options_over(vfs));
            for (; acknowledged < 3; ++acknowledged) put_pair(*store, acknowledged);
            vfs.fail_at(n, fault, lasting);
            acknowledged = work_until_error(*store, acknowledged, error);
            clean = !vfs.has_failed();
            vfs.heal();
            if (error) {
                CHECK(error->code() == ErrorCode::storage);
                CHECK_THAT(error->what(), Catch::Contains(path) && Catch::Contains("SQLite"));
            }
            CHECK(pairs_of(*store) == acknowledged);
            put_pair(*store, acknowledged++);
        }
        const auto reopened = open_sqlite_store(path, options_over(vfs));
        CHECK(pairs_of(*reopened) == acknowledged);
        CHECK(is_sound(path));
    }
    CHECK(n > 10);
}

/// As above, while the file is made and opened.
void fail_each_operation_of_opening(Fault fault) {
    std::uint64_t n = 0;
    for (bool clean = false; !clean;) {
        INFO("operation " << ++n);
        REQUIRE(n < 2'000);
        const TemporaryFolder folder;
        FaultVfs vfs;
        const std::string path = folder.file("store.db");
        vfs.fail_at(n, fault, Lasting::once);
        try {
            const auto store = open_sqlite_store(path, options_over(vfs));
            put_pair(*store, 0);
            put_pair(*store, 1);
        } catch (const Error& error) {
            CHECK(error.code() == ErrorCode::storage);
            INFO(error.what());
            CHECK_THAT(error.what(), Catch::Contains(path));
        }
        clean = !vfs.has_failed();
        vfs.heal();
        const auto again = open_sqlite_store(path, options_over(vfs));
        const int kept = pairs_of(*again);
        if (clean) CHECK(kept == 2);
        put_pair(*again, kept);
        CHECK(pairs_of(*again) == kept + 1);
        CHECK(is_sound(path));
    }
    CHECK(n > 20);
}

}  // namespace

TEST_CASE("a disk that fails once, at any operation, loses nothing that was acknowledged") {
    fail_each_operation(Fault::error, Lasting::once);
}
TEST_CASE("a disk that fails from any operation on loses nothing that was acknowledged") {
    fail_each_operation(Fault::error, Lasting::onwards);
}
TEST_CASE("a disk that runs full at any write loses nothing that was acknowledged") {
    fail_each_operation(Fault::full, Lasting::onwards);
}
TEST_CASE("a write that arrives in half loses nothing that was acknowledged") {
    fail_each_operation(Fault::short_write, Lasting::once);
}
TEST_CASE("a store whose making failed at any operation can be made again") {
    fail_each_operation_of_opening(Fault::error);
    fail_each_operation_of_opening(Fault::short_write);
}

TEST_CASE("a disk that is full says so and what to do, and takes writes again when it is not") {
    const TemporaryFolder folder;
    FaultVfs vfs;
    const auto store = open_sqlite_store(folder.file("store.db"), options_over(vfs));
    put_pair(*store, 0);
    vfs.fill_disk();
    const Error error = error_of([&] { put_pair(*store, 1); });
    CHECK(error.code() == ErrorCode::storage);
    CHECK_THAT(error.what(), Catch::Contains("database or disk is full") &&
                                 Catch::Contains("free space") &&
                                 Catch::Contains(folder.file("store.db")));
    CHECK(pairs_of(*store) == 1);  // reading goes on
    vfs.heal();
    put_pair(*store, 1);
    CHECK(pairs_of(*store) == 2);
}

TEST_CASE("a file that can only be read is refused at opening, with its path and the mend") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    put_pair(*open_sqlite_store(path), 0);
    FaultVfs vfs;
    vfs.make_read_only();
    const Error error =
        error_of([&] { static_cast<void>(open_sqlite_store(path, options_over(vfs))); });
    CHECK(error.code() == ErrorCode::storage);
    CHECK_THAT(error.what(),
               Catch::Contains("readonly") && Catch::Contains(path) && Catch::Contains("writable"));
    vfs.heal();
    CHECK(pairs_of(*open_sqlite_store(path, options_over(vfs))) == 1);
}

TEST_CASE("a file that turns read-only while it is open refuses writes and still reads") {
    const TemporaryFolder folder;
    FaultVfs vfs;
    const auto store = open_sqlite_store(folder.file("store.db"), options_over(vfs));
    put_pair(*store, 0);
    vfs.make_read_only();
    CHECK(error_of([&] { put_pair(*store, 1); }).code() == ErrorCode::storage);
    vfs.heal();
    CHECK(pairs_of(*store) == 1);
    put_pair(*store, 1);
    CHECK(pairs_of(*store) == 2);
}

TEST_CASE("a commit whose sync failed is not there after a crash either") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    const std::string copy = folder.file("copy.db");
    FaultVfs vfs;
    const auto store = open_sqlite_store(path, options_over(vfs));
    put_pair(*store, 0);
    vfs.fail_at(1, Operation::sync, Fault::error);
    CHECK(error_of([&] { put_pair(*store, 1); }).code() == ErrorCode::storage);
    CHECK(vfs.has_failed());
    // The files as a process that is killed now would leave them.
    std::filesystem::copy_file(path, copy);
    if (std::filesystem::exists(path + "-wal")) {
        std::filesystem::copy_file(path + "-wal", copy + "-wal");
    }
    CHECK(pairs_of(*open_sqlite_store(copy)) == 1);
}
