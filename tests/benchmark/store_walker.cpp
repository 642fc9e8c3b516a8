#include "benchmark/store_walker.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <barrier>
#include <cstdlib>
#include <deque>
#include <thread>

namespace workflow::benchmarks {
namespace {

namespace fs = std::filesystem;

std::string key(const std::string& prefix, std::size_t number) {
    return fmt::format("{}-{:05}", prefix, number);
}

void check(const Answer& answer) {
    if (const auto* refusal = std::get_if<Refusal>(&answer)) {
        throw std::runtime_error(refusal->reason());
    }
}

Engine::StartRequest start_of(const Walk& walk, const std::string& key) {
    return {.procedure = "service_onboarding", .key = key, .actor = walk.starter, .data = walk.data};
}

Request request_of(std::size_t step) {
    return {.id = "request-" + std::to_string(step)};
}

}  // namespace

Folder::Folder(const std::string& parent) {
    std::string pattern = (fs::path(parent.empty() ? "." : parent) / "store-benchmark-XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
    path_ = pattern;
}

Folder::~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

Walker::Walker(std::shared_ptr<Store> store)
    : store_(std::move(store)),
      clock_(std::make_shared<VirtualClock>(walk_.started)),
      engine_(store_, clock_) {}

void Walker::register_definitions() {
    engine_.register_all(ProcedureRegistry(procedures_folder()));
}

void Walker::warm_up(std::size_t writers) {
    if (engine_.procedure("service_onboarding") == nullptr) {
        throw std::runtime_error("the store lacks service_onboarding");
    }
    std::vector<std::unique_ptr<Transaction>> opened;
    for (std::size_t i = 0; i < writers; ++i) {
        opened.push_back(store_->begin(Store::Access::write));
        static_cast<void>(opened.back()->instance(std::to_string(i)));
    }
}

void Walker::walk(const std::string& prefix, std::size_t dossiers, std::size_t steps_max) {
    walk_earlier(prefix, dossiers, steps_max, std::chrono::days(0));
}

void Walker::walk_earlier(const std::string& prefix, std::size_t dossiers, std::size_t steps_max,
                          std::chrono::days by) {
    clock_->set(walk_.started - by);
    for (std::size_t i = 0; i < dossiers; ++i) {
        check(engine_.start(start_of(walk_, key(prefix, i)), request_of(0)));
    }
    for (std::size_t step = 0; step < walk_.steps.size() && step < steps_max; ++step) {
        clock_->set(walk_.steps[step].now - by);
        for (std::size_t i = 0; i < dossiers; ++i) {
            check(engine_.perform("service_onboarding/" + key(prefix, i), walk_.steps[step].action,
                                  request_of(step + 1)));
        }
    }
}

void Walker::walk_side_by_side(const std::string& prefix, std::size_t dossiers,
                               std::size_t callers, std::size_t in_flight) {
    CommitService commits(engine_);
    if (in_flight != 0) commits.start(2);
    std::size_t stage = 0;
    const auto next_stage = [&]() noexcept {
        if (stage < walk_.steps.size()) clock_->set(walk_.steps[stage].now);
        ++stage;
    };
    clock_->set(walk_.started);
    std::barrier all(static_cast<std::ptrdiff_t>(callers), next_stage);
    const auto call = [&](std::size_t caller) {
        std::deque<std::future<Answer>> waiting;
        for (std::size_t step = 0; step <= walk_.steps.size(); ++step) {
            for (std::size_t i = caller; i < dossiers; i += callers) {
                const std::string id = "service_onboarding/" + key(prefix, i);
                if (in_flight == 0) {
                    check(step == 0 ? engine_.start(start_of(walk_, key(prefix, i)), request_of(0))
                                    : engine_.perform(id, walk_.steps[step - 1].action,
                                                      request_of(step)));
                    continue;
                }
                if (waiting.size() == in_flight) check(waiting.front().get()), waiting.pop_front();
                waiting.push_back(
                    step == 0 ? commits.start_later(start_of(walk_, key(prefix, i)), request_of(0))
                              : commits.perform_later(id, walk_.steps[step - 1].action,
                                                      request_of(step)));
            }
            for (auto& one : waiting) check(one.get());
            waiting.clear();
            all.arrive_and_wait();
        }
    };
    std::vector<std::thread> threads;
    for (std::size_t caller = 0; caller < callers; ++caller) threads.emplace_back(call, caller);
    for (std::thread& thread : threads) thread.join();
}

void make_template(const std::string& path, std::size_t dossiers) {
    SqliteOptions quick;
    quick.synchronous = SqliteOptions::Synchronous::off;
    Walker walker(open_sqlite_store(path, quick));
    walker.register_definitions();
    for (std::size_t stage = 0; stage < walker.steps_per_dossier(); ++stage) {
        walker.walk(fmt::format("old-{}", stage), dossiers / walker.steps_per_dossier(), stage);
    }
}

std::vector<Operations> record_walk(std::size_t dossiers, const std::string& prefix) {
    auto store = std::make_shared<RecordingStore>(make_memory_store());
    Walker walker(store);
    walker.register_definitions();
    store->forget();
    walker.walk(prefix, dossiers);
    return store->committed();
}

void copy_store(const std::string& from, const std::string& to) {
    for (const char* suffix : {"-wal", "-shm"}) fs::remove(to + suffix);
    fs::copy_file(from, to, fs::copy_options::overwrite_existing);
    const int file = open(to.c_str(), O_RDWR);
    if (file < 0 || fsync(file) != 0 || close(file) != 0) {
        throw std::runtime_error("cannot sync " + to);
    }
}

}  // namespace workflow::benchmarks
