// What a procedure means as a whole: what every dossier must pass, where it may go round, how long
// it may take. Thread-safe functions over immutable procedures.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "workflow/calendar.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/procedure.hpp"
#include "workflow/time.hpp"
#include "workflow/visibility.hpp"

namespace workflow::limits {

/// Cases of enumerated fields in which a guard or limit is tried.
inline constexpr std::size_t guard_cases_max = 1'000;
/// Situations of tokens that are looked at, in all scopes together.
inline constexpr std::size_t situations_max = 10'000;

}  // namespace workflow::limits

namespace workflow WORKFLOW_PUBLIC {

/// "No outcome", "no clock".
inline constexpr std::uint32_t no_number = UINT32_MAX;

/// One stay on the way through a procedure.
struct CourseStep {
    std::uint32_t state = 0;
    std::optional<Limit> limit;       ///< what bounds the stay; nothing: nothing does
    std::uint32_t clock = no_number;  ///< whose limit it is; no_number: a timer's
    bool open = false;                ///< how long it takes is up to people and others alone
};

/// A way from the start to an end. A loop is gone through once, at the latest as often as `at_most`
/// allows. Where things go on side by side, it is the part that takes longest.
struct Course {
    std::vector<CourseStep> steps;  ///< automatic states left out; a group whose own limit is what
                                    ///< bounds it stands for its inside
    /// There are more ways than could be followed: the latest end may be later.
    bool is_at_least = false;
    /// Some stay is bounded by nothing, so that people may take longer.
    [[nodiscard]] bool is_open() const;
    /// Its limits added up, by unit: weeks as days, hours as minutes, years as months.
    [[nodiscard]] std::vector<Limit> sum() const;
    /// The same of the limits that name a legal source only.
    [[nodiscard]] std::vector<Limit> sum_by_law(const Procedure& procedure) const;
};

/// How soon and how late a dossier may end in one way, if everybody keeps his limits.
struct OutcomeCourses {
    std::uint32_t outcome = no_number;
    Course earliest;
    Course latest;  ///< the critical path
};

/// A way that leads back to where the dossier has been.
struct Loop {
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    std::uint32_t action = no_number;  ///< of `from`, that leads back; no_number: no person does
    bool is_bounded = false;           ///< `at_most` of the action, or a guard that counts
};

/// Times in one variant.
struct VariantCourses {
    std::string variant;  ///< empty: none chosen
    std::vector<OutcomeCourses> outcomes;
};

/// What is passed by every dossier that ends with the outcome.
struct MustPass {
    std::uint32_t outcome = no_number;
    std::vector<std::uint32_t> states;  ///< in the order of the way
};

/// How many situations of tokens were looked at, and whether the bound ended the search.
struct Exploration {
    std::size_t situations = 0;
    bool bound_reached = false;
};

struct Analysis {
    Diagnostics findings;                  ///< beyond those of loading; by place
    std::vector<std::uint32_t> must_pass;  ///< by every dossier, however it ends
    std::vector<MustPass> must_pass_for;   ///< by outcome
    std::vector<Loop> loops;
    std::vector<VariantCourses> courses;  ///< the first without a variant
    Exploration exploration;
};
/// Linear in states and ways, but for guards over enumerated fields (at most
/// limits::guard_cases_max cases each) and the exploration (limits::situations_max).
[[nodiscard]] Analysis analyze(const Procedure& procedure);

/// When a dossier that starts at `start` may end, by its own calendar: all that counts by another
/// is counted by this one, too. Error{limit} beyond the calendar's range.
struct OutcomeInstants {
    std::uint32_t outcome = no_number;
    Instant earliest;
    Instant latest;
    bool is_open = false;           ///< people may take longer than `latest`
    std::int64_t working_days = 0;  ///< after the day of the start up to that of `latest`
};
[[nodiscard]] std::vector<OutcomeInstants> finish_instants(const Procedure& procedure,
                                                           const std::string& variant,
                                                           const Calendar& calendar, Instant start);

/// The same for every working day of a year, each dossier started at its opening.
struct YearOfStarts {
    std::uint32_t outcome = no_number;
    struct Extreme {
        Day start;  ///< the first start that has it
        Day finish;
        std::int64_t days = 0;   ///< calendar days from start to finish
        std::size_t starts = 0;  ///< how many start days have it
    };
    Extreme shortest;
    Extreme longest;
    bool is_open = false;
};
/// Error{misuse} for a year in which some day is not announced, Error{limit} as above.
[[nodiscard]] std::vector<YearOfStarts> finishes_of_year(const Procedure& procedure,
                                                         const std::string& variant,
                                                         const Calendar& calendar, int year);

}  // namespace workflow
