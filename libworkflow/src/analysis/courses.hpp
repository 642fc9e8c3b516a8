// How soon and how late a dossier may end, by the limits of the states that it passes. Thread-safe
// functions.
#pragma once

#include <string_view>
#include <vector>

#include "procedure/model.hpp"
#include "workflow/analysis.hpp"

namespace workflow::analysis {

/// How far a dossier has come: `at` decides; `nominal` compares what `at` does not count.
struct Progress {
    std::int64_t at = 0;
    std::int64_t nominal = 0;
    friend auto operator<=>(const Progress&, const Progress&) = default;
};

/// What limits add. Immutable.
class Measure {
public:
    virtual ~Measure() = default;
    [[nodiscard]] virtual Progress after(Progress from, Limit limit) const = 0;
    /// Whether `at` counts that unit.
    [[nodiscard]] virtual bool counts(Unit unit) const = 0;
};

/// Every unit by its usual length in minutes: to compare ways without a calendar.
class NominalMeasure final : public Measure {
public:
    [[nodiscard]] static std::int64_t minutes(Limit limit);
    [[nodiscard]] Progress after(Progress from, Limit limit) const override;
    [[nodiscard]] bool counts(Unit) const override { return true; }
};

/// One unit (weeks as days, hours as minutes, years as months); all others add nothing.
class UnitMeasure final : public Measure {
public:
    explicit UnitMeasure(Unit unit);
    [[nodiscard]] Progress after(Progress from, Limit limit) const override;
    [[nodiscard]] bool counts(Unit unit) const override;

private:
    Unit unit_;
};

/// Instants of a calendar, in milliseconds since 1970.
class CalendarMeasure final : public Measure {
public:
    explicit CalendarMeasure(const Calendar& calendar) : calendar_(calendar) {}
    [[nodiscard]] Progress after(Progress from, Limit limit) const override;
    [[nodiscard]] bool counts(Unit) const override { return true; }

private:
    const Calendar& calendar_;
};

/// `3 weeks` as 21 days, `2 hours` as 120 minutes, `1 year` as 12 months.
[[nodiscard]] Limit in_base_unit(Limit limit);

/// So many stays are passed at most to find the courses of a procedure, and so many ways to one place
/// are compared.
inline constexpr std::size_t visits_max = 100'000;
inline constexpr std::size_t front_max = 256;

enum class Bound : std::uint8_t { earliest, latest };

struct FoundCourse {
    procedure::OutcomeIndex outcome = procedure::none;
    Progress end;
    Course course;
};
/// The best course for each outcome with which the procedure can end, in the order of outcomes.
/// At the latest, a way back that `at_most` bounds is gone as often as it allows; one that nothing
/// bounds is left out. Where the work ends first, Course::is_at_least says so, and an outcome may be
/// missing. Linear in states and ways times rounds, and at worst in visits_max.
[[nodiscard]] std::vector<FoundCourse> find_courses(const procedure::Model& model,
                                                    std::string_view variant,
                                                    const Measure& measure, Progress start,
                                                    Bound bound);

}  // namespace workflow::analysis
