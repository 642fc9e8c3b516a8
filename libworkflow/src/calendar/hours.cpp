// Opening hours of a calendar: when a day ends, what is open, how much opening time lies between.
#include <algorithm>

#include "base/catalogue.hpp"
#include "calendar/tables.hpp"

namespace workflow {
namespace {

using std::chrono::days;
using std::chrono::milliseconds;
using std::chrono::minutes;

/// Opening time of one day up to `since_midnight`.
milliseconds open_until(const std::vector<OpeningSpan>& spans, milliseconds since_midnight) {
    milliseconds open{0};
    for (const OpeningSpan& span : spans) {
        open += std::clamp<milliseconds>(since_midnight, span.opens, span.closes) - span.opens;
    }
    return open;
}

/// The first time of a day at which `amount` (above 0, at most the day's) of its hours has passed.
milliseconds time_after(const std::vector<OpeningSpan>& spans, milliseconds amount) {
    for (const OpeningSpan& span : spans) {
        if (amount <= span.closes - span.opens) return span.opens + amount;
        amount -= span.closes - span.opens;
    }
    return spans.back().closes;
}

}  // namespace

Calendar::Moment Calendar::moment(Instant instant) const {
    constexpr std::uint64_t a_day = milliseconds(days(1)).count();
    // Unsigned: the difference of any two instants is defined, and one comparison covers both ends.
    const std::uint64_t since = static_cast<std::uint64_t>(instant.time_since_epoch().count()) -
                                static_cast<std::uint64_t>(ranks_.begins);
    const std::uint64_t day = since / a_day;
    if (day >= ranks_.days) throw_outside(instant);
    return {day, milliseconds(since % a_day)};
}

/// By its own day, if the zone's offset does not take that beyond all days there are.
void Calendar::throw_outside(Instant instant) const {
    const milliseconds since_epoch = instant.time_since_epoch();
    const bool is_near = since_epoch >= days(ranks_.first - 1) &&
                         since_epoch < days(ranks_.first + static_cast<std::int64_t>(ranks_.days) + 1);
    throw_outside(is_near ? workflow::day_of(instant, offset())
                          : Day(std::chrono::floor<days>(since_epoch)));
}

Day Calendar::day_of(Instant instant) const {
    return Day(days(ranks_.first + static_cast<std::int64_t>(moment(instant).day)));
}

Day Calendar::received_on(Instant instant) const {
    const CalendarDefinition& rules = definition();
    const Day day = day_of(instant);
    const bool next_when_closed =
        rules.received_out_of_hours == CalendarDefinition::OutOfHours::next_working_day;
    if (!is_working_day(day)) return next_when_closed ? next_working_day(day) : day;
    const milliseconds time = instant - instant_of(day, minutes{0}, offset());
    const minutes closing = tables_->hours(index(day)).back().closes;
    const bool late =
        (rules.cut_off && time > *rules.cut_off) || (next_when_closed && time > closing);
    return late ? next_working_day(day) : day;
}

Instant Calendar::opening(Day day) const {
    const auto& spans = tables_->hours(index(day));
    return instant_of(day, spans.empty() ? minutes{0} : spans.front().opens, offset());
}

Instant Calendar::end_of_day(Day day) const {
    const auto& spans = tables_->hours(index(day));
    if (definition().end_of_day == CalendarDefinition::EndOfDay::midnight) {
        return instant_of(day, std::chrono::hours{24}, offset());
    }
    const minutes closing =
        spans.empty() ? definition().closing_without_hours : spans.back().closes;
    return instant_of(day, closing, offset());
}

bool Calendar::is_open(Instant instant) const {
    const auto [day, time] = moment(instant);
    const auto& spans = tables_->hours(day);
    return std::any_of(spans.begin(), spans.end(), [time = time](const OpeningSpan& span) {
        return time >= span.opens && time < span.closes;
    });
}

Instant Calendar::next_open(Instant instant) const {
    const Day day = day_of(instant);
    const milliseconds time = instant - instant_of(day, minutes{0}, offset());
    for (const OpeningSpan& span : tables_->hours(index(day))) {
        if (time < span.closes) return std::max(instant, instant_of(day, span.opens, offset()));
    }
    return opening(next_working_day(day));
}

/// The instant may be the very end of the range.
milliseconds Calendar::working_time_before(Instant instant) const {
    if (instant == instant_of(last(), std::chrono::hours{24}, offset())) {
        return minutes{tables_->open_before.back()};
    }
    const auto [day, time] = moment(instant);
    return minutes{tables_->open_before[day]} + open_until(tables_->hours(day), time);
}

milliseconds Calendar::working_time(Instant from, Instant to) const {
    return working_time_before(to) - working_time_before(from);
}

Instant Calendar::add_working_time(Instant from, milliseconds amount) const {
    if (amount < milliseconds{0}) {
        throw Error(ErrorCode::misuse, base::sentence("negative-working-time", "en", {}).message);
    }
    const milliseconds passed = working_time_before(from);
    if (amount == milliseconds{0}) return from;
    const auto& table = tables_->open_before;
    const milliseconds whole = minutes{table.back()};
    if (amount > whole - passed) {
        const std::string arguments[] = {to_string(from, offset()), id(), to_string(first()),
                                         to_string(last())};
        throw Error(ErrorCode::limit,
                    base::sentence("hours-outside-calendar", "en", arguments).message);
    }
    const milliseconds wanted = passed + amount;
    // From the day on which it begins: most of what is added ends on that day or soon after.
    std::size_t at = moment(from).day;
    if (minutes{table[at + 1]} < wanted) {
        const auto here = table.begin() + static_cast<std::ptrdiff_t>(at);
        std::ptrdiff_t reach = 2;
        while (table.end() - here > reach && minutes{here[reach]} < wanted) reach *= 2;
        const auto after =
            std::lower_bound(here, here + std::min(reach + 1, table.end() - here), wanted,
                             [](std::int32_t open, milliseconds sum) { return minutes{open} < sum; });
        at = static_cast<std::size_t>(after - table.begin()) - 1;
    }
    const milliseconds time = time_after(tables_->hours(at), wanted - minutes{table[at]});
    return Instant(milliseconds(ranks_.begins) + days(at) + time);
}

}  // namespace workflow
