// Officers, handlers and timers of one seed on a disk that fails or loses its power, all in one process
// and on one thread: a seed that fails, fails again. WORKFLOW_CRASH_SEEDS gives the long form.
#include <catch2/catch.hpp>

#include <chrono>
#include <cstdlib>
#include <iostream>
#include <limits>
#include <optional>
#include <random>

#include "crash/examination.hpp"
#include "support/fault_vfs.hpp"
#include "support/temporary_folder.hpp"
#include "workflow/error.hpp"
#include "workflow/services.hpp"

using namespace workflow;
using namespace workflow::test;
using namespace std::chrono_literals;

namespace {

constexpr int dossiers = 6;
constexpr auto beginning = Instant(1'496'300'000'000ms);  // 1 June 2017

unsigned number_from(const char* variable, unsigned otherwise) {
    const char* text = std::getenv(variable);
    return text == nullptr ? otherwise : static_cast<unsigned>(std::atoi(text));
}

enum class Defect : std::uint8_t {
    none,
    nothing_is_synced,  ///< synchronous=OFF
    forgets_a_timer,    ///< a row of what is due is lost now and then
};

/// All that is left when the power has gone: the file, and what people outside have seen.
struct Outside {
    std::vector<Acknowledged> acknowledged;
    std::vector<std::string> handled;
    std::shared_ptr<VirtualClock> clock = std::make_shared<VirtualClock>(beginning);
};

/// One process at work on the file.
class World {
public:
    World(const std::string& path, const std::string& vfs, std::uint32_t seed, Defect defect,
          Outside& outside)
        : random_(seed), defect_(defect), outside_(outside) {
        SqliteOptions options{.busy_timeout_milliseconds = 50, .vfs = vfs};
        if (defect == Defect::nothing_is_synced) {
            options.synchronous = SqliteOptions::Synchronous::off;
        }
        store_ = open_sqlite_store(path, options);
        engine_ = std::make_unique<Engine>(store_, outside.clock);
        register_crash_procedure(*engine_);
        outbox_ = std::make_unique<OutboxService>(*engine_,
                                                  OutboxOptions{.lease = std::chrono::minutes(10)});
        outbox_->handle_service("register", [this](const Delivery& delivery, const ServiceRequest&) {
            outside_.handled.push_back(delivery.key);
            if (!is_calm_ && random_() % 7 == 0) {
                throw std::runtime_error("the register does not answer");
            }
            return ServiceAnswer(FieldValues{{"debt", 1}});
        });
        outbox_->handle_notices([this](const Delivery& delivery, const Notice&) {
            outside_.handled.push_back(delivery.key);
        });
    }

    /// Throws Error when the disk fails.
    void take_turn() {
        switch (random_() % 8) {
            case 0:
                outside_.clock->set(outside_.clock->now() + std::chrono::hours(random_() % 12));
                engine_->run_due();
                return;
            case 1:
                outbox_->deliver_all();
                return;
            default:
                act_once();
        }
    }
    /// All that is still due and to be delivered.
    void finish() {
        is_calm_ = true;
        for (int round = 0; round < 5; ++round) {
            outside_.clock->set(outside_.clock->now() + 24h);  // beyond every lease and pause
            engine_->run_due();
            outbox_->deliver_all();
        }
    }
    /// Looks at all that must hold.
    [[nodiscard]] Breaches examine() {
        Breaches breaches = broken_histories(*engine_);
        const auto add = [&](const Breaches& more) {
            breaches.insert(breaches.end(), more.begin(), more.end());
        };
        add(broken_index(*engine_, *store_));
        add(lost_steps(*engine_, outside_.acknowledged));
        finish();
        if (!engine_->pending_effects().empty()) breaches.emplace_back("an effect is left over");
        add(undelivered(*engine_, outside_.handled));
        add(doubled_timers(*engine_));
        return breaches;
    }

private:
    void act_once() {
        const std::string request = std::to_string(outside_.acknowledged.size()) + "-" +
                                    std::to_string(random_());
        const auto done = act(*engine_, random_, dossiers, request);
        if (!done) return;
        outside_.acknowledged.push_back(*done);
        if (defect_ == Defect::forgets_a_timer && random_() % 2 == 0) forget_a_timer();
    }
    void forget_a_timer() {
        const auto transaction = store_->begin(Store::Access::write);
        const auto rows = transaction->due(std::numeric_limits<std::int64_t>::max(), {}, 1);
        if (!rows.empty()) transaction->erase_due(rows.front());
        transaction->commit();
    }

    std::mt19937 random_;
    Defect defect_;
    Outside& outside_;
    bool is_calm_ = false;
    std::shared_ptr<Store> store_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<OutboxService> outbox_;
};

/// What is found by who opens the file on a sound disk.
Breaches examined(const std::string& path, std::uint32_t seed, Outside& outside) {
    const FaultVfs plain;  // passes everything on, but does not wait for the disk
    try {
        return World(path, plain.name(), seed, Defect::none, outside).examine();
    } catch (const Error& error) {
        return {error.what()};
    }
}

struct Cut {
    Breaches breaches;
    std::size_t steps = 0;
};

/// Works until an operation chosen by the seed fails, and with it the power.
Cut cut_short(std::uint32_t seed, Defect defect) {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    Outside outside;
    {
        FaultVfs vfs(FaultVfs::Power::may_fail);
        std::mt19937 random(seed);
        World world(path, vfs.name(), seed, defect, outside);
        vfs.fail_at(1 + random() % 4'000, Fault::short_write, Lasting::onwards);
        try {
            for (int turn = 0; turn < 300; ++turn) world.take_turn();
        } catch (const Error&) {  // the disk is gone
        }
        vfs.power_cut(seed);
    }
    return {examined(path, seed + 1, outside), outside.acknowledged.size()};
}

/// Whether the n-th operation of that kind came, and failed.
bool fail_once(std::uint64_t n, Operation operation, Fault fault) {
    const TemporaryFolder folder;
    const std::string path = folder.file("store.db");
    Outside outside;
    bool has_failed = false;
    {
        FaultVfs vfs;
        vfs.fail_at(n, operation, fault);
        std::optional<World> world;
        for (int turn = 0; turn < 20; ++turn) {
            try {
                if (!world) world.emplace(path, vfs.name(), 3, Defect::none, outside);
                world->take_turn();
            } catch (const Error&) {
                REQUIRE(vfs.has_failed());
                if (n % 2 == 0) world.reset();  // another process goes on
            }
        }
        has_failed = vfs.has_failed();
    }
    CHECK(examined(path, 4, outside) == Breaches{});
    return has_failed;
}

}  // namespace

TEST_CASE("each write, sync and open of the disk fails once, and nothing is lost or done twice") {
    const auto begun = std::chrono::steady_clock::now();
    std::size_t faults = 0;
    for (const Operation operation : {Operation::open, Operation::write, Operation::sync}) {
        for (const Fault fault : {Fault::error, Fault::full, Fault::short_write}) {
            if (operation != Operation::write && fault != Fault::error) continue;
            for (std::uint64_t n = 1;; ++n) {
                CAPTURE(n, operation, fault);
                if (!fail_once(n, operation, fault)) break;
                ++faults;
            }
        }
    }
    CHECK(faults > 300);
    std::cout << "simulated: " << faults << " faults, one in each run, "
              << std::chrono::duration_cast<std::chrono::milliseconds>(
                     std::chrono::steady_clock::now() - begun)
                     .count()
              << " ms\n";
}

TEST_CASE("a power cut at any moment of the work loses no step, no timer and no effect") {
    const unsigned seeds = number_from("WORKFLOW_CRASH_SEEDS", 60);
    std::size_t steps = 0;
    for (std::uint32_t seed = 1; seed <= seeds; ++seed) {
        const Cut cut = cut_short(seed, Defect::none);
        CAPTURE(seed);
        CHECK(cut.breaches == Breaches{});
        steps += cut.steps;
    }
    CHECK(steps > seeds);
    std::cout << "simulated: " << seeds << " power cuts, " << steps << " steps acknowledged\n";
}

TEST_CASE("a seed gives the same again") {
    const Cut once = cut_short(11, Defect::nothing_is_synced);
    const Cut again = cut_short(11, Defect::nothing_is_synced);
    CHECK(once.steps == again.steps);
    CHECK(once.breaches == again.breaches);
}

TEST_CASE("a disk that nothing is synced to, and a timer that is forgotten, are found") {
    const auto found = [](Defect defect) {
        int count = 0;
        for (std::uint32_t seed = 1; seed <= 20; ++seed) {
            if (!cut_short(seed, defect).breaches.empty()) ++count;
        }
        return count;
    };
    CHECK(found(Defect::nothing_is_synced) > 10);
    CHECK(found(Defect::forgets_a_timer) > 10);
}
