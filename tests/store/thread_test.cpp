// Threads that share one Store: writers follow each other, readers see whole transactions only.
#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "store/subject.hpp"

using namespace workflow;
using namespace workflow::test;
using Access = Store::Access;

namespace {

/// Adds 1 to the revision of both counters in one transaction.
void count_up(Store& store) {
    const auto transaction = store.begin(Access::write);
    for (const char* id : {"left", "right"}) {
        const auto row = transaction->instance(id);
        const std::uint64_t revision = row ? row->revision : 0;
        transaction->put_instance(id, revision, {revision + 1, std::to_string(revision + 1)});
    }
    transaction->commit();
}

std::uint64_t revision_of(Transaction& transaction, const char* id) {
    const auto row = transaction.instance(id);
    return row ? row->revision : 0;
}

}  // namespace

TEST_CASE("threads that count on one store lose no count, and readers never see half of one") {
    const auto& kind = GENERATE(from_range(subject_kinds()));
    INFO(kind.name);
    const auto subject = kind.make();
    Store& store = subject->store();
    constexpr int counts_each = 60;
    std::atomic<int> torn = 0;
    std::atomic<int> failures = 0;
    std::atomic<bool> finished = false;
    const auto guarded = [&failures](const auto& work) {
        try {
            work();
        } catch (const Error&) {
            ++failures;
        }
    };
    std::vector<std::thread> writers;
    for (int number = 0; number < 3; ++number) {
        writers.emplace_back([&] {
            guarded([&] {
                for (int count = 0; count < counts_each; ++count) count_up(store);
            });
        });
    }
    std::thread reader([&] {
        guarded([&] {
            while (!finished) {
                const auto transaction = store.begin(Access::read);
                if (revision_of(*transaction, "left") != revision_of(*transaction, "right")) {
                    ++torn;
                }
            }
        });
    });
    for (auto& writer : writers) writer.join();
    finished = true;
    reader.join();
    CHECK(failures == 0);
    CHECK(torn == 0);
    CHECK(revision_of(*store.begin(Access::read), "left") == 3 * counts_each);
}

TEST_CASE("a transaction may end on another thread than the one that began it") {
    const auto& kind = GENERATE(from_range(subject_kinds()));
    INFO(kind.name);
    const auto subject = kind.make();
    auto transaction = subject->store().begin(Access::write);
    std::thread([&] { transaction.reset(); }).join();
    count_up(subject->store());
    CHECK(revision_of(*subject->store().begin(Access::read), "right") == 1);
}

TEST_CASE("a second writer of one process is told who holds the lock") {
    const auto subject = subject_kinds()[1].make();
    SqliteOptions options;
    options.busy_timeout_milliseconds = 20;
    const auto store = open_sqlite_store(subject->name(), options);
    const auto holder = store->begin(Access::write);
    const Error error = error_of([&] { static_cast<void>(store->begin(Access::write)); });
    CHECK(error.code() == ErrorCode::storage);
    CHECK_THAT(error.what(), Catch::Contains("this process") && Catch::Contains("20 ms"));
    CHECK_FALSE(store->begin(Access::read)->instance("left").has_value());
}
