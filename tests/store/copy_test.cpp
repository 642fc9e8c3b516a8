// Copies of a SQLite store that is in use.
#include <catch2/catch.hpp>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "support/temporary_folder.hpp"
#include "workflow/error.hpp"
#include "workflow/store.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

namespace fs = std::filesystem;

/// Two instances that are always written together.
void write_pair(Store& store, std::uint64_t revision) {
    const auto transaction = store.begin(Store::Access::write);
    for (const char* id : {"p/a", "p/b"}) {
        transaction->put_instance(id, revision - 1, {revision, std::string(2'000, 'x')});
    }
    transaction->commit();
}

std::string message_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("a copy of a store that is written meanwhile is the store at one instant") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    const auto store = open_sqlite_store(path);
    write_pair(*store, 1);
    {
        const auto transaction = store->begin(Store::Access::write);
        for (int i = 0; i < 3'000; ++i) {
            transaction->put_instance("q/" + std::to_string(i), 0, {1, std::string(2'000, 'y')});
        }
        transaction->commit();
    }
    std::atomic<bool> stop = false;
    std::uint64_t written = 1;
    std::thread writer([&] {
        while (!stop) write_pair(*store, ++written);
    });
    for (int i = 0; i < 3; ++i) {
        const std::string copy = folder.file("copy" + std::to_string(i) + ".db");
        std::size_t calls = 0;
        std::size_t left_last = 1;
        const std::uint64_t size =
            copy_sqlite_store(path, copy, [&](std::size_t left, std::size_t all) {
                ++calls;
                CHECK(left <= all);
                left_last = left;
            });
        CHECK(size == fs::file_size(copy));
        CHECK(calls > 1);
        CHECK(left_last == 0);
        CHECK_FALSE(fs::exists(copy + ".partial"));
        const auto opened = open_sqlite_store(copy);
        const auto transaction = opened->begin(Store::Access::read);
        CHECK(transaction->instance("p/a")->revision == transaction->instance("p/b")->revision);
        CHECK(transaction->instance("q/2999")->revision == 1);
    }
    stop = true;
    writer.join();
    CHECK(written > 1);
}

TEST_CASE("a copy can be written, and what is copied back is the store again") {
    const TemporaryFolder folder;
    write_pair(*open_sqlite_store(folder.file("store.db")), 1);
    copy_sqlite_store(folder.file("store.db"), folder.file("backup.db"));
    fs::remove(folder.file("store.db"));
    copy_sqlite_store(folder.file("backup.db"), folder.file("store.db"));
    const auto store = open_sqlite_store(folder.file("store.db"));
    write_pair(*store, 2);
    CHECK(store->begin(Store::Access::read)->instance("p/b")->revision == 2);
}

TEST_CASE("nothing is copied over what is there, nor from what is no store") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    write_pair(*open_sqlite_store(path), 1);
    std::ofstream(folder.file("there.db")) << "mine";
    CHECK(message_of([&] { copy_sqlite_store(path, folder.file("there.db")); }) ==
          "'" + folder.file("there.db") + "' is there already; name a file that is not");
    CHECK_THROWS_AS(copy_sqlite_store(folder.file("there.db"), folder.file("new.db")), Error);
    CHECK_THROWS_AS(copy_sqlite_store(folder.file("absent.db"), folder.file("new.db")), Error);
    CHECK_THROWS_AS(copy_sqlite_store(path, folder.file("nowhere/new.db")), Error);
    CHECK_THROWS_AS(copy_sqlite_store(path, ""), Error);
    CHECK_FALSE(fs::exists(folder.file("new.db")));
    CHECK_FALSE(fs::exists(folder.file("absent.db")));
}

TEST_CASE("a copy that is interrupted leaves no backup, and the next one is whole") {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    write_pair(*open_sqlite_store(path), 1);
    const auto interrupt = [](std::size_t, std::size_t) { throw std::runtime_error("enough"); };
    CHECK_THROWS_AS(copy_sqlite_store(path, folder.file("backup.db"), interrupt),
                    std::runtime_error);
    CHECK_FALSE(fs::exists(folder.file("backup.db")));
    copy_sqlite_store(path, folder.file("backup.db"));
    CHECK(open_sqlite_store(folder.file("backup.db"))
              ->begin(Store::Access::read)
              ->instance("p/a")
              ->revision == 1);
}
