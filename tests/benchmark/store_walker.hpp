// Dossiers of service_onboarding through an engine on a store's file: what the benchmarks of stores time.
// Confined.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "benchmark/onboarding_walk.hpp"
#include "benchmark/recording_store.hpp"
#include "workflow/services.hpp"

namespace workflow::benchmarks {

/// Removed with all that is in it.
class Folder {
public:
    explicit Folder(const std::string& parent);
    ~Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

/// Calls of the engine: whole dossiers, every one taken a step further before the next step.
class Walker {
public:
    explicit Walker(std::shared_ptr<Store> store);
    void register_definitions();
    /// What comes once, before the first step: of a store that has definitions the engine reads them,
    /// and the connections of so many writers are opened, as a peer's are.
    void warm_up(std::size_t writers = 1);
    [[nodiscard]] std::size_t steps_per_dossier() const { return walk_.steps.size() + 1; }
    [[nodiscard]] Engine& engine() { return engine_; }
    void set(Instant now) { clock_->set(now); }

    /// By one caller.
    void walk(const std::string& prefix, std::size_t dossiers, std::size_t steps_max = SIZE_MAX);
    /// The same, all of it so much earlier.
    void walk_earlier(const std::string& prefix, std::size_t dossiers, std::size_t steps_max,
                      std::chrono::days by);
    /// By callers side by side, each with his share of the dossiers. `in_flight` 0: each waits for
    /// his answer; else he hands over so many calls before he waits for the oldest.
    void walk_side_by_side(const std::string& prefix, std::size_t dossiers, std::size_t callers,
                           std::size_t in_flight);

private:
    Walk walk_ = onboarding_walk();
    std::shared_ptr<Store> store_;
    std::shared_ptr<VirtualClock> clock_;
    Engine engine_;
};

/// A store as an office has it: dossiers of every stage lie in it already.
void make_template(const std::string& path, std::size_t dossiers);
/// What walk() reads and writes, transaction by transaction.
[[nodiscard]] std::vector<Operations> record_walk(std::size_t dossiers,
                                                  const std::string& prefix = "new");
/// A copy that is on the disk: else its own pages would be written while the first steps are timed.
void copy_store(const std::string& from, const std::string& to);

}  // namespace workflow::benchmarks
