// A store of 10,000 dossiers and one of 100,000 (WORKFLOW_MANY gives another number): how much slower each
// call becomes, against hand-written statements that do the same in the same files.
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "benchmark/comparison.hpp"
#include "benchmark/prepared_statements.hpp"
#include "benchmark/store_walker.hpp"

namespace {

using namespace workflow;
using namespace workflow::benchmarks;

constexpr auto earlier = std::chrono::days(60);
constexpr std::size_t due_together = 64;  ///< rows that run_due takes in one transaction

std::size_t many() {
    const char* wanted = std::getenv("WORKFLOW_MANY");
    return wanted == nullptr ? 100'000 : std::strtoul(wanted, nullptr, 10);
}

/// Dossiers of the first stages: none has ended, most have a timer.
void fill(const std::string& path, std::size_t dossiers) {
    SqliteOptions quick;
    quick.synchronous = SqliteOptions::Synchronous::off;
    Walker walker(open_sqlite_store(path, quick));
    walker.register_definitions();
    for (std::size_t stage = 0; stage < 4; ++stage) {
        walker.walk(fmt::format("old-{}", stage), dossiers / 4, stage);
    }
}

/// Both sides' copies of a store of one size, and how often each was walked: a walk takes new keys.
class BothSides {
public:
    BothSides(const Folder& folder, std::size_t size, std::size_t walked)
        : size_(size), walked_(walked), ours_(folder.file(fmt::format("ours-{}.db", size))),
          theirs_(folder.file(fmt::format("theirs-{}.db", size))) {
        fill(ours_, size);
        copy_store(ours_, theirs_);
        walker_ = std::make_unique<Walker>(open_sqlite_store(ours_));
        walker_->warm_up();
        peer_ = std::make_unique<PreparedStatements>(theirs_);
    }
    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] Engine& engine() { return walker_->engine(); }
    [[nodiscard]] const std::string& ours() const { return ours_; }

    Comparison steps() {
        return {.name = fmt::format("start and step, {} dossiers", size_),
                .ours = {"Engine::perform",
                         [this] { walker_->walk(fmt::format("new{}", our_walks_++), walked_); },
                         [this] { return history_of_first(ours_); }},
                .theirs = {"prepared statements",
                           [this] {
                               for (const Operations& one : recorded_) peer_->run(one);
                           },
                           [this] { return history_of_first(theirs_); },
                           [this] {
                               recorded_ =
                                   record_walk(walked_, fmt::format("new{}", their_walks_++));
                           }},
                .operations = walked_ * walker_->steps_per_dossier(),
                .measure = Comparison::Measure::real_time};
    }

    Comparison worklist() {
        const Actor lawyer{"minh", {"legal_affairs"}, {}, {}};
        return {.name = fmt::format("a page of a worklist, {} dossiers", size_),
                .ours = {"Engine::worklist",
                         [this, lawyer] { found_ = engine().worklist(lawyer, {}, {}, 100).items; },
                         [this] {
                             std::uint64_t hash = hash_of("");
                             for (const WorkItem& one : found_) {
                                 hash = hash_of(one.instance, hash_of("|", hash));
                             }
                             return hash;
                         }},
                .theirs = {"SELECT ... LIMIT 100",
                           [this] {
                               page_ = peer_->hash_of_query(
                                   "SELECT instance FROM work WHERE role = ? AND state = ? AND"
                                   " unit = '' ORDER BY due, instance, ordinal LIMIT 100",
                                   {"legal_affairs", "service_onboarding/legal_appraisal"});
                               (void)peer_->hash_of_query(
                                   "SELECT body FROM instances WHERE id IN (SELECT instance FROM"
                                   " work WHERE role = ? AND state = ? AND unit = ''"
                                   " ORDER BY due, instance, ordinal LIMIT 100)",
                                   {"legal_affairs", "service_onboarding/legal_appraisal"});
                           },
                           [this] { return page_; }}};
    }

    Comparison counts() {
        return {.name = fmt::format("counts by state and unit, {} dossiers", size_),
                .ours = {"Engine::standing_counts",
                         [this] { counts_ = engine().standing_counts("service_onboarding"); },
                         [this] {
                             std::uint64_t hash = hash_of("");
                             for (const StandingCount& one : counts_) {
                                 const std::string told = "service_onboarding/" + one.state;
                                 hash = hash_of(told, hash_of("|", hash));
                                 hash = hash_of(one.unit, hash_of("|", hash));
                                 hash = hash_of(std::to_string(one.tokens), hash_of("|", hash));
                             }
                             return hash;
                         }},
                .theirs = {"SELECT ... GROUP BY",
                           [this] {
                               page_ = peer_->hash_of_query(
                                   "SELECT state, unit, CAST(count(*) AS text) FROM work WHERE"
                                   " counted = 1 GROUP BY state, unit ORDER BY state, unit",
                                   {});
                           },
                           [this] { return page_; }}};
    }

    /// Some that are due before all the others.
    Comparison due(std::size_t timers) {
        return {.name = fmt::format("a due timer of {}", size_),
                .ours = {"Engine::run_due", [this] { (void)engine().run_due(); },
                         [this] { return due_of(ours_); },
                         [this, timers] { make_due(*walker_, our_dues_++, timers); }},
                .theirs = {"SELECT, then prepared statements",
                           [this] {
                               for (const Operations& one : recorded_) peer_->run(one);
                           },
                           [this] { return due_of(theirs_); },
                           [this, timers] {
                               SqliteOptions quick;
                               quick.synchronous = SqliteOptions::Synchronous::off;
                               Walker other(open_sqlite_store(theirs_, quick));
                               make_due(other, their_dues_, timers);
                               recorded_ = recorded_due(their_dues_++, timers);
                           }},
                .operations = timers,
                .measure = Comparison::Measure::real_time,
                .aim = "at least 0.6"};
    }

private:
    static std::string prefix_of(std::size_t round) { return fmt::format("due{}", round); }
    /// Submitted long before the others, so that the lawyer's limit is over.
    static void make_due(Walker& walker, std::size_t round, std::size_t timers) {
        walker.walk_earlier(prefix_of(round), timers, 1, earlier);
        walker.set(onboarding_walk().started - std::chrono::days(40));
    }
    static std::vector<Operations> recorded_due(std::size_t round, std::size_t timers) {
        auto store = std::make_shared<RecordingStore>(make_memory_store());
        Walker walker(store);
        walker.register_definitions();
        make_due(walker, round, timers);
        store->forget();
        (void)walker.engine().run_due();
        return store->committed();
    }
    static std::uint64_t history_of_first(const std::string& path) {
        return PreparedStatements(path).hash_of_query(
            "SELECT revision, body FROM history WHERE instance = ? ORDER BY revision",
            {"service_onboarding/new0-00000"});
    }
    static std::uint64_t due_of(const std::string& path) {
        return PreparedStatements(path).hash_of_query(
            "SELECT revision, body FROM history WHERE instance = ? ORDER BY revision",
            {"service_onboarding/" + prefix_of(0) + "-00000"});
    }

    std::size_t size_;
    std::size_t walked_;
    std::string ours_;
    std::string theirs_;
    std::unique_ptr<Walker> walker_;
    std::unique_ptr<PreparedStatements> peer_;
    std::size_t our_walks_ = 0;
    std::size_t their_walks_ = 0;
    std::size_t our_dues_ = 0;
    std::size_t their_dues_ = 0;
    std::vector<Operations> recorded_;
    std::vector<WorkItem> found_;
    std::vector<StandingCount> counts_;
    std::uint64_t page_ = 0;
};

constexpr const char* memory_option = "--memory-of";

/// What a host does all day, in a process of its own.
int work_on(const std::string& path) {
    Walker walker(open_sqlite_store(path));
    walker.walk("memory", 20);
    for (int i = 0; i < 20; ++i) {
        (void)walker.engine().worklist({"minh", {"legal_affairs"}, {}, {}}, {}, {}, 100);
        (void)walker.engine().standing_counts("service_onboarding");
    }
    walker.set(onboarding_walk().started - earlier);  // nothing is due: what is is timed elsewhere
    (void)walker.engine().run_due();
    return 0;
}

/// The memory of that process at its peak.
double peak_megabytes(const char* program, const std::string& path) {
    const pid_t child = fork();
    if (child == 0) {
        execl(program, program, memory_option, path.c_str(), nullptr);
        _exit(1);
    }
    int status = 0;
    rusage usage{};
    if (wait4(child, &status, 0, &usage) != child || status != 0) {
        throw std::runtime_error("the process on " + path + " failed");
    }
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::uint64_t opened(const std::string& path) {
    Engine engine(open_sqlite_store(path), std::make_shared<SystemClock>());
    return engine.procedures().size();
}

Comparison opening(const std::string& full, const std::string& empty) {
    return {.name = "opening the store",
            .ours = {"with all that is pending", [full] { (void)opened(full); },
                     [full] { return opened(full); }},
            .theirs = {"with nothing pending", [empty] { (void)opened(empty); },
                       [empty] { return opened(empty); }},
            .measure = Comparison::Measure::real_time,
            .aim = "at least 0.83"};
}

}  // namespace

int main(int argc, char** argv) {
    if (argc == 3 && std::string_view(argv[1]) == memory_option) return work_on(argv[2]);
    const Plan plan = plan_from(argc, argv);
    const std::size_t small = plan.tiny ? 40 : 10'000;
    const std::size_t large = plan.tiny ? 80 : many();
    const std::size_t walked = plan.tiny ? 1 : 10;
    const std::size_t timers = plan.tiny ? due_together : 4 * due_together;
    const Folder folder(plan.folder);
    std::vector<double> ratios;
    int status = 0;
    const auto run = [&](BothSides& store, bool with_due) {
        std::vector<Comparison> all{store.worklist(), store.counts(), store.steps()};
        if (with_due) all.push_back(store.due(timers));
        status += compare(plan, all, &ratios);
    };
    double peak = 0;
    {
        BothSides few(folder, small, walked);
        run(few, false);
        peak = peak_megabytes(argv[0], few.ours());
    }
    BothSides lots(folder, large, walked);
    run(lots, true);
    const std::string none = folder.file("none.db");
    fill(none, 0);
    status += compare(plan, {opening(lots.ours(), none)});
    const char* const names[] = {"a page of a worklist", "counts", "start and step"};
    for (std::size_t i = 0; i < std::size(names); ++i) {
        fmt::print("{}: from {} to {} dossiers it grows {:.2f} times as much as the statements do "
                   "(aim: at most 1.2)\n",
                   names[i], small, large, ratios[i] / ratios[3 + i]);
    }
    fmt::print("memory of an engine's process at its peak: {:.0f} MB with {} dossiers, {:.2f} times that with {} (aim: at "
               "most 1.2)\n",
               peak, small, peak_megabytes(argv[0], lots.ours()) / peak, large);
    return status == 0 ? 0 : 1;
}
