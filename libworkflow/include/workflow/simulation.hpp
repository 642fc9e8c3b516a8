// A procedure in virtual time, before it is decreed: discrete events over the one step() that production
// runs, replicated with independent random numbers. The threads are its own, and gone when it returns.
#pragma once

#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/assumptions.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/simulation_results.hpp"
#include "workflow/visibility.hpp"

namespace workflow {
namespace simulation WORKFLOW_PUBLIC {

/// Nothing when a finding is an error; the findings.
struct LoadedAssumptions {
    std::optional<Assumptions> assumptions;
    Diagnostics diagnostics;
};
/// From a scenario file (procedures/README.md). Never throws on bad input: what the procedure does not have
/// is a finding with its place and the nearest name. `calendars` hold those that the procedure and the
/// people name; `file` is only named in findings. Error{not_found}: the procedure's own is not among them.
[[nodiscard]] LoadedAssumptions load_assumptions(std::string_view yaml, const std::string& file,
                                                 std::shared_ptr<const Procedure> procedure,
                                                 const Calendars& calendars);
[[nodiscard]] LoadedAssumptions load_assumptions_file(const std::filesystem::path& path,
                                                      std::shared_ptr<const Procedure> procedure,
                                                      const Calendars& calendars);

struct Run {
    std::uint64_t dossiers = 1'000;  ///< that come in all
    std::optional<Instant> until;    ///< none comes after it
    std::uint64_t warm_up = 0;       ///< the first of them, which fill the empty office: not counted
    std::uint64_t seed = 0;
    std::uint64_t replication = 0;
    /// Dossiers that are under way when it begins, of this very procedure: none of them may have begun
    /// later. They are counted, whatever the warm-up. They outlive the run.
    std::span<const Instance> open = {};
    /// Told of each dossier that is counted when it ends; it must not throw. None: nothing is kept for it.
    std::function<void(const FinishedDossier&)> on_end = {};
};

struct Plan {
    Run run;                          ///< of each; the replication's number is its own
    std::uint64_t replications = 10;  ///< at least 1
    std::size_t threads = 1;          ///< at least 1; more do not change a bit of the result
    /// Told what has been done, one call at a time, from any of the threads: replications that have ended,
    /// and dossiers that have ended in all. False: what runs is given up, and no more are begun. It must
    /// not throw.
    std::function<bool(std::uint64_t replications, std::uint64_t dossiers)> progress = {};
};

/// Every value of all replications together, in the order of their numbers; what is added up over time
/// is the sum.
struct Simulated {
    /// Those that were run to their end, in order; where there is none, as far as they were run.
    std::vector<Replication> replications;
    bool stopped = false;  ///< fewer than were planned
    Replication together;
    /// Of the mean hours from start to end; nothing for fewer than two.
    std::optional<ConfidenceInterval> lead;
    /// Of the share of a clock's ends that were late, by id; of clocks that ended in each replication.
    std::map<std::string, ConfidenceInterval> late;
};

/// Thread-safe. The assumptions must have no objection. Run::on_end is told of the first replication's
/// dossiers only. Error{limit}: time goes beyond the days that the calendar covers. Error{misuse}: no
/// dossier starts so, in the words of the refusal. Of several, the first replication's.
[[nodiscard]] Simulated simulate(const Assumptions& assumptions, const Plan& plan);

// --- what it says --------------------------------------------------------------------------------
/// Work that comes against people who could do it, where that is heaviest.
struct Load {
    std::vector<std::uint32_t> roles;  ///< that share these people; empty: nobody's time is limited
    double hours_coming = 0;           ///< of work, in an hour of the procedure's calendar
    double people = 0;                 ///< by how much of that hour they are there
    [[nodiscard]] double ratio() const { return people == 0 ? 0 : hours_coming / people; }
};
/// From a small run in which nobody waits for anybody: how much work a dossier makes for each role. Among all
/// sets of roles (up to 12 roles; of more each alone and all together) the one with the highest ratio: where
/// it is 1 or more, queues grow without end, however work is shared (max-flow min-cut). Pure. Errors as of
/// simulate().
[[nodiscard]] Load heaviest_load(const Assumptions& assumptions);

/// Where dossiers lose most time waiting for people.
struct Bottleneck {
    std::uint32_t role = no_index;   ///< no_index: nobody waits for anybody
    double waiting_a_dossier = 0;    ///< hours
    double utilisation = 0;          ///< share of their time that its people work, on whatever
};
[[nodiscard]] Bottleneck bottleneck_of(const Assumptions& assumptions, const Replication& result);
/// Share of their time that the people of a role work, those apart whose time is not limited; nothing: there
/// are no others.
[[nodiscard]] std::optional<double> utilisation_of(const Assumptions& assumptions,
                                                   const Replication& result, std::uint32_t role);

/// Dossiers to be shown: the ones that took longest, and some that took about as long as most. The same
/// dossiers in any order give the same. Confined.
class Examples {
public:
    void add(const FinishedDossier& course);
    /// At most so many, the longest first.
    [[nodiscard]] std::vector<FinishedDossier> worst(std::size_t many) const;
    /// Those nearest to `lead` hours of some hundred that were kept by chance; the nearest first.
    [[nodiscard]] std::vector<FinishedDossier> typical(std::size_t many, double lead) const;

private:
    struct Kept {
        std::uint64_t rank = 0;
        FinishedDossier course;
    };
    std::vector<Kept> worst_;
    std::vector<Kept> sample_;
};

/// One figure of two simulations that used the same random numbers.
struct Difference {
    enum class Figure : std::uint8_t {
        lead,         ///< mean hours from start to end
        late,         ///< share of the ends of a clock
        waiting,      ///< mean hours of a role's work items
        utilisation,  ///< of a role's people
        outcome       ///< share of the dossiers that ended so
    };
    Figure figure{};
    std::string of;  ///< id of the clock, role or outcome; empty: of the whole
    double before = 0;
    double after = 0;
    /// Of after - before, from one difference a replication (Law, 5th ed., 10.2.1); nothing for fewer than two.
    std::optional<ConfidenceInterval> change;
};
/// Of both the figures that both have, in the order of Figure. The plans were the same.
[[nodiscard]] std::vector<Difference> differences(const Assumptions& before_assumptions,
                                                  const Simulated& before,
                                                  const Assumptions& after_assumptions,
                                                  const Simulated& after);

/// All figures, with names and titles. Lead, waiting and the like are in working days (hours_of_day()) and
/// say so in their keys; effort is in hours. The same assumptions and plan give the same bytes.
[[nodiscard]] nlohmann::ordered_json to_json(const Assumptions& assumptions, const Plan& plan,
                                             const Simulated& simulated);
/// One value per difference, as above.
[[nodiscard]] nlohmann::ordered_json to_json(const std::vector<Difference>& differences,
                                             double hours_of_day);

}  // namespace simulation
}  // namespace workflow
