#include "simulation/arrivals.hpp"

#include <algorithm>

#include "simulation/hours.hpp"

namespace workflow::simulation {
namespace {

const Subject arrivals("arrivals");

using std::chrono::days;
using std::chrono::milliseconds;

constexpr days a_year{365};

std::size_t weekday_of(Day day) {
    return std::chrono::weekday(day).c_encoding();
}

/// How many are expected on that day. Nobody comes on a holiday; on a day off of the week that is worked
/// in exchange as many come as on its usual days.
double expected_on(const WeekOfArrivals& week, const Calendar& calendar, Day day) {
    const auto& open = calendar.definition().week;
    const double own = week.per_weekday[weekday_of(day)];
    const bool usually_open = !open[weekday_of(day)].empty();
    const bool is_worked = calendar.is_working_day(day);
    if (usually_open) return is_worked ? own : 0;
    if (!is_worked) return own;
    double sum = 0;
    double count = 0;
    for (std::size_t weekday = 0; weekday < open.size(); ++weekday) {
        if (open[weekday].empty()) continue;
        sum += week.per_weekday[weekday];
        count += 1;
    }
    return count == 0 ? own : std::max(own, sum / count);
}

/// The stretches of that day in which somebody may come, with their weights.
std::vector<std::pair<OpeningSpan, double>> stretches_of(const WeekOfArrivals& week,
                                                         const Calendar& calendar, Day day) {
    if (!week.hours.empty()) return week.hours;
    const CalendarDefinition& definition = calendar.definition();
    const std::vector<OpeningSpan>* spans = &definition.week[weekday_of(day)];
    if (spans->empty() && calendar.is_working_day(day)) spans = &definition.make_up_hours;
    if (spans->empty()) return {{OpeningSpan{{}, std::chrono::hours(24)}, 1}};
    std::vector<std::pair<OpeningSpan, double>> stretches;
    for (const OpeningSpan& span : *spans) {
        stretches.emplace_back(span, static_cast<double>((span.closes - span.opens).count()));
    }
    return stretches;
}

}  // namespace

ArrivalTimes::ArrivalTimes(const Assumptions& assumptions, std::uint64_t seed,
                           std::uint64_t replication)
    : assumptions_(assumptions),
      calendar_(assumptions.calendar()),
      seed_(seed),
      replication_(replication),
      last_(assumptions.begins) {}

std::optional<Instant> ArrivalTimes::next() {
    const auto next =
        std::visit([this](const auto& one) { return after(one); }, assumptions_.arrivals);
    if (next) last_ = *next;
    ++number_;
    return next;
}

std::optional<Instant> ArrivalTimes::after(const Distribution& pause) {
    Draws stream = draws_for({seed_, replication_, arrivals, number_});
    return calendar_.add_working_time(last_, of_hours(draw(pause, stream)));
}

/// Where the expectation since the last has grown by what is drawn (Law, 8.6.2: by inverting it).
std::optional<Instant> ArrivalTimes::after(const WeekOfArrivals& week) {
    Draws stream = draws_for({seed_, replication_, arrivals, number_});
    double left = quantile_of(Exponential{1}, stream.uniform());
    for (Day day = calendar_.day_of(last_);; day += days(1)) {
        const double expected = expected_on(week, calendar_, day);
        if (expected == 0) continue;
        const auto stretches = stretches_of(week, calendar_, day);
        double weights = 0;
        for (const auto& [span, weight] : stretches) weights += weight;
        for (const auto& [span, weight] : stretches) {
            const Instant opens = instant_of(day, span.opens, calendar_.offset());
            const Instant from = std::max(opens, last_);
            const Instant to = instant_of(day, span.closes, calendar_.offset());
            if (from >= to || weight == 0) continue;
            const double rate = expected * weight / weights / static_cast<double>((to - opens).count());
            const double here = rate * static_cast<double>((to - from).count());
            if (left < here) return from + milliseconds(static_cast<std::int64_t>(left / rate));
            left -= here;
        }
    }
}

std::optional<Instant> ArrivalTimes::after(const std::vector<Instant>& listed) {
    if (number_ >= listed.size()) return std::nullopt;
    return listed[number_];
}

double arrivals_an_hour(const Assumptions& assumptions) {
    const Calendar& calendar = assumptions.calendar();
    if (const auto* pause = std::get_if<Distribution>(&assumptions.arrivals)) {
        return 1 / mean_of(*pause);
    }
    const auto hours = [&](Instant from, Instant to) {
        return hours_of(calendar.working_time(from, to));
    };
    if (const auto* listed = std::get_if<std::vector<Instant>>(&assumptions.arrivals)) {
        if (listed->size() < 2) return 0;
        return static_cast<double>(listed->size() - 1) / hours(listed->front(), listed->back());
    }
    const auto& week = std::get<WeekOfArrivals>(assumptions.arrivals);
    const Day first = calendar.day_of(assumptions.begins);
    const Day end = std::min(first + a_year, calendar.last());
    double expected = 0;
    for (Day day = first; day < end; day += days(1)) expected += expected_on(week, calendar, day);
    return expected / hours(assumptions.begins, instant_of(end, {}, calendar.offset()));
}

}  // namespace workflow::simulation
