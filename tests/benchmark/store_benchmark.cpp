// A durable step in a SQLite file, synchronous=FULL, against hand-written prepared statements that
// read and write the same rows.
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

#include "benchmark/comparison.hpp"
#include "benchmark/onboarding_walk.hpp"
#include "benchmark/prepared_statements.hpp"
#include "workflow/engine.hpp"

namespace {

namespace fs = std::filesystem;
using namespace workflow;
using namespace workflow::benchmarks;

/// Removed with all that is in it.
class Folder {
public:
    explicit Folder(const std::string& parent) {
        std::string pattern =
            (fs::path(parent.empty() ? "." : parent) / "store-benchmark-XXXXXX").string();
        if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make " + pattern);
        path_ = pattern;
    }
    ~Folder() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string file(const std::string& name) const {
        return (path_ / name).string();
    }

private:
    fs::path path_;
};

/// Calls of the engine: whole dossiers, every one taken a step further before the next step.
class Walker {
public:
    explicit Walker(std::shared_ptr<Store> store)
        : clock_(std::make_shared<VirtualClock>(walk_.started)),
          engine_(std::move(store), clock_) {}

    void register_definitions() { engine_.register_all(ProcedureRegistry(procedures_folder())); }

    void walk(const std::string& prefix, std::size_t dossiers, std::size_t steps_max) {
        clock_->set(walk_.started);
        for (std::size_t i = 0; i < dossiers; ++i) {
            check(engine_.start({.procedure = "service_onboarding",
                                 .key = key(prefix, i),
                                 .actor = walk_.starter,
                                 .data = walk_.data},
                                {.id = "request-0"}));
        }
        for (std::size_t step = 0; step < walk_.steps.size() && step < steps_max; ++step) {
            clock_->set(walk_.steps[step].now);
            const Request request{.id = "request-" + std::to_string(step + 1)};
            for (std::size_t i = 0; i < dossiers; ++i) {
                check(engine_.perform("service_onboarding/" + key(prefix, i),
                                      walk_.steps[step].action, request));
            }
        }
    }
    [[nodiscard]] std::size_t steps_per_dossier() const { return walk_.steps.size() + 1; }

private:
    static std::string key(const std::string& prefix, std::size_t number) {
        return fmt::format("{}-{:05}", prefix, number);
    }
    static void check(const Answer& answer) {
        if (const auto* refusal = std::get_if<Refusal>(&answer))
            throw std::runtime_error(refusal->reason());
    }

    Walk walk_ = onboarding_walk();
    std::shared_ptr<VirtualClock> clock_;
    Engine engine_;
};

/// A store as an office has it: dossiers of every stage lie in it already.
void make_template(const std::string& path, std::size_t dossiers) {
    SqliteOptions quick;
    quick.synchronous = SqliteOptions::Synchronous::off;
    Walker walker(open_sqlite_store(path, quick));
    walker.register_definitions();
    for (std::size_t stage = 0; stage < walker.steps_per_dossier(); ++stage) {
        walker.walk(fmt::format("old-{}", stage), dossiers / walker.steps_per_dossier(), stage);
    }
}

std::vector<Operations> record(std::size_t dossiers) {
    auto store = std::make_shared<RecordingStore>(make_memory_store());
    Walker walker(store);
    walker.register_definitions();
    store->forget();
    walker.walk("new", dossiers, SIZE_MAX);
    return store->committed();
}

void copy(const std::string& from, const std::string& to) {
    for (const char* suffix : {"-wal", "-shm"}) fs::remove(to + suffix);
    fs::copy_file(from, to, fs::copy_options::overwrite_existing);
    // Else the copy's own pages would be written while the first steps are timed.
    const int file = open(to.c_str(), O_RDWR);
    if (file < 0 || fsync(file) != 0 || close(file) != 0) {
        throw std::runtime_error("cannot sync " + to);
    }
}

std::uintmax_t size_of_log(const std::string& path) {
    std::error_code absent;
    const std::uintmax_t size = fs::file_size(path + "-wal", absent);
    return absent ? 0 : size;
}

}  // namespace

int main(int argc, char** argv) {
    const Plan plan = plan_from(argc, argv);
    const std::size_t dossiers = plan.tiny ? 1 : 30;
    const Folder folder(plan.folder);
    const std::string empty = folder.file("template.db");
    const std::string our_file = folder.file("ours.db");
    const std::string their_file = folder.file("theirs.db");
    make_template(empty, plan.tiny ? 10 : 2000);
    const std::vector<Operations> transactions = record(dossiers);

    std::unique_ptr<Walker> walker;
    std::unique_ptr<PreparedStatements> peer;
    std::uintmax_t log_before = 0;
    std::uintmax_t log_after = 0;
    const auto prepare_ours = [&] {
        walker.reset();
        copy(empty, our_file);
        walker = std::make_unique<Walker>(open_sqlite_store(our_file));
        log_before = size_of_log(our_file);
    };
    const auto walk_ours = [&] {
        walker->walk("new", dossiers, SIZE_MAX);
        log_after = size_of_log(our_file);
    };
    const auto prepare_theirs = [&] {
        peer.reset();
        copy(empty, their_file);
        peer = std::make_unique<PreparedStatements>(their_file);
    };
    const auto walk_theirs = [&] {
        for (const Operations& operations : transactions) peer->run(operations);
    };
    const std::size_t steps = transactions.size();
    const int status = compare(
        plan, {Comparison{.name = "durable step of service_onboarding",
                          .ours = {"Engine::perform", walk_ours,
                                   [&] { return PreparedStatements(our_file).hash_of_rows(); },
                                   prepare_ours},
                          .theirs = {"prepared statements", walk_theirs,
                                     [&] { return peer->hash_of_rows(); }, prepare_theirs},
                          .operations = steps,
                          .measure = Comparison::Measure::real_time,
                          .aim = "at least 0.8"}});
    const auto pages_per_step = [&](std::uintmax_t bytes) {
        constexpr double bytes_per_frame = 4096 + 24;  // a page and its header in the log
        return static_cast<double>(bytes) / bytes_per_frame / static_cast<double>(steps);
    };
    fmt::print(
        "pages of the write-ahead log per step: ours {:.2f} (aim: at most 8), theirs {:.2f}\n",
        pages_per_step(log_after - log_before), pages_per_step(size_of_log(their_file)));
    return status;
}
