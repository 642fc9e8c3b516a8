// The power goes at a random moment, and the disk's cache with it: what was acknowledged is there,
// no half of a transaction is, and the file is sound. The canary shows that the suite would notice.
#include <catch2/catch.hpp>
#include <random>

#include "store/pairs.hpp"
#include "support/fault_vfs.hpp"
#include "support/temporary_folder.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

enum class Verdict : std::uint8_t { kept, lost, damaged };

SqliteOptions options_for(SqliteOptions::Synchronous synchronous, const std::string& vfs) {
    SqliteOptions options;
    options.vfs = vfs;
    options.synchronous = synchronous;
    options.busy_timeout_milliseconds = 50;
    return options;
}

/// Commits until a write chosen by the seed fails, and with it the power. Returns the commits that
/// were acknowledged.
int work_until_the_power_goes(const std::string& path, std::uint32_t seed,
                              SqliteOptions::Synchronous synchronous) {
    std::mt19937 generator(seed);
    FaultVfs vfs(FaultVfs::Power::may_fail);
    int acknowledged = 0;
    try {
        auto store = open_sqlite_store(path, options_for(synchronous, vfs.name()));
        put_pair(*store, acknowledged++);
        vfs.fail_at(1 + generator() % 700, Fault::short_write, Lasting::onwards);
        for (; acknowledged < 60; ++acknowledged) {
            put_pair(*store, acknowledged);
            if (acknowledged % 9 != 8) continue;
            store.reset();  // moves the log into the main file: one more thing to be cut short in
            store = open_sqlite_store(path, options_for(synchronous, vfs.name()));
        }
        vfs.power_cut(seed);
    } catch (const Error&) {
        vfs.power_cut(seed);
    }
    return acknowledged;
}

Verdict verdict_after(std::uint32_t seed, SqliteOptions::Synchronous synchronous) {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    const int acknowledged = work_until_the_power_goes(path, seed, synchronous);
    try {
        const FaultVfs plain;  // passes everything on, but does not wait for the disk
        const auto store =
            open_sqlite_store(path, options_for(SqliteOptions::Synchronous::full, plain.name()));
        const int kept = pairs_of(*store);
        // The one transaction that was under way may have arrived whole.
        if (kept < 0 || kept > acknowledged + 1) return Verdict::damaged;
        if (!is_sound(path)) return Verdict::damaged;
        return kept < acknowledged ? Verdict::lost : Verdict::kept;
    } catch (const Error&) {
        return Verdict::damaged;
    }
}

}  // namespace

TEST_CASE("a power cut at any moment leaves every acknowledged transaction whole") {
    for (std::uint32_t seed = 1; seed <= 300; ++seed) {
        INFO("seed " << seed);
        CHECK(verdict_after(seed, SqliteOptions::Synchronous::full) == Verdict::kept);
    }
}

TEST_CASE("the same power cuts lose acknowledged transactions when nothing is synced") {
    int lost = 0;
    for (std::uint32_t seed = 1; seed <= 100; ++seed) {
        if (verdict_after(seed, SqliteOptions::Synchronous::off) != Verdict::kept) ++lost;
    }
    CHECK(lost > 50);
}
