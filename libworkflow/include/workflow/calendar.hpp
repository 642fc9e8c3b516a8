// Working days: which dates count, when offices are open, where a limit ends, and why.
// Immutable: a Calendar may be shared between threads.
#pragma once

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "workflow/diagnostic.hpp"
#include "workflow/digest.hpp"
#include "workflow/error.hpp"
#include "workflow/text.hpp"
#include "workflow/time.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// Opening hours of one stretch of a day: [opens, closes), minutes since midnight.
struct OpeningSpan {
    std::chrono::minutes opens{};
    std::chrono::minutes closes{};
    friend bool operator==(const OpeningSpan&, const OpeningSpan&) = default;
};

/// One date that departs from the week: a day off, or a make-up day worked in exchange.
struct DayException {
    Date date;
    Text reason;
    std::string source;  ///< the notice or law that says so
    Place place;         ///< where the file says it
};

/// A rule for years whose days off are not announced yet.
struct RecurringRule {
    enum class Kind : std::uint8_t {
        fixed,  ///< the same month and day of every Gregorian year
        lunar,  ///< the same month and day of every Vietnamese lunar year
    };
    /// What happens when a day of it falls on a weekly day off (Labour Code 45/2019, art. 111(3)).
    enum class Substitute : std::uint8_t { none, next_working_day };
    Kind kind = Kind::fixed;
    std::uint8_t month = 1;
    std::uint8_t day = 1;
    std::int16_t days = 1;  ///< how many days in a row
    std::int16_t starts_before =
        0;  ///< how many of them lie before that date (Tet begins the day before)
    Substitute substitute = Substitute::none;
    std::optional<int> from_year;  ///< first Gregorian year in which it holds
    Text reason;
    std::string source;
    Place place;
};

/// What a calendar file says, before it is checked.
struct CalendarDefinition {
    std::string id;
    std::int64_t version = 1;
    Text title;
    std::string source;
    UtcOffset offset{};                            ///< the time zone rule: a fixed offset
    std::string zone_name;                         ///< for people: `Asia/Ho_Chi_Minh`
    std::array<std::vector<OpeningSpan>, 7> week;  ///< Sunday first; empty: a weekly day off
    /// Of a weekly day off that is worked in exchange. Empty: those of the week's working days,
    /// which must then all be alike.
    std::vector<OpeningSpan> make_up_hours;
    std::optional<std::chrono::minutes> cut_off;  ///< received after it: as on the next working day
    enum class OutOfHours : std::uint8_t { same_day, next_working_day };
    /// What counts as received when: on a day off, or after the day's closing.
    OutOfHours received_out_of_hours = OutOfHours::same_day;
    enum class EndOfDay : std::uint8_t { closing, midnight };
    /// Civil Code 91/2015, art. 148: the legal end is 24:00; offices close earlier.
    EndOfDay end_of_day = EndOfDay::closing;
    /// End of a day that has no opening hours. 0: the latest closing hour of the week.
    std::chrono::minutes closing_without_hours{};
    Date first;            ///< first date of the range
    Date announced_until;  ///< last date whose days off are announced
    Date last;             ///< last date of the range, projected by rules
    std::vector<DayException> days_off;
    std::vector<DayException> working_days;
    std::vector<RecurringRule> rules;
    Place place;
    std::array<Place, 7> week_places;  ///< where the file says the hours, as `week`
    Place make_up_place;
    Place range_place;
    Digest digest{};  ///< SHA-256 of the file's bytes
};

/// Where a limit ends. People are shown `date`; the engine compares with `instant`.
struct Deadline {
    Day date;
    Instant instant;
    bool projected = false;  ///< reaches beyond the announced years: may still move
};

/// One day of a derivation.
struct ExplainedDay {
    Day date;
    enum class Kind : std::uint8_t {
        start,  ///< the day of the event: not counted
        counted,
        weekend,
        day_off,
        make_up,  ///< a weekly day off that is worked, and counted
        rolled,   ///< past the end of the limit, because the end fell on a day off
        elapsed,  ///< of a limit in hours or minutes, which counts no days
    };
    Kind kind;
    std::int64_t number = 0;  ///< of a counted day: 1, 2, 3 ...
    Text reason;              ///< of a day off or make-up day
    std::string source;
    bool projected = false;
};

struct Explanation {
    Limit limit;
    Instant from;
    Day first_day;  ///< the day on which it counts as received
    std::vector<ExplainedDay> days;
    Deadline deadline;
};

/// Thrown as Error{limit}: "2041-03-01 is outside vn-state, which covers 2014-12-01 to 2040-12-31".
class Calendar {
public:
    /// Checks and prepares. Diagnostics name what contradicts itself: a date both off and worked,
    /// a day off on a weekend, spans that overlap, a range that ends before it begins. Days after
    /// `announced_until` follow the rules alone; days up to it follow the lists alone.
    [[nodiscard]] static std::variant<std::shared_ptr<const Calendar>, Diagnostics> build(
        CalendarDefinition definition);
    ~Calendar();
    Calendar(const Calendar&) = delete;
    Calendar& operator=(const Calendar&) = delete;

    [[nodiscard]] const CalendarDefinition& definition() const;
    [[nodiscard]] const std::string& id() const;
    [[nodiscard]] std::int64_t version() const;
    [[nodiscard]] const Digest& digest() const;
    [[nodiscard]] UtcOffset offset() const;
    [[nodiscard]] Day first() const;
    [[nodiscard]] Day last() const;
    /// After the announced years, in the range or beyond it.
    [[nodiscard]] bool is_projected(Day day) const;

    // --- days: constant time, two table look-ups; Error{limit} outside the range -------------
    [[nodiscard]] bool is_working_day(Day day) const;
    /// The n-th working day after `day` (n > 0; `day` itself is not counted), or before it (n < 0).
    /// n = 0: `day` itself, whether it is worked or not.
    [[nodiscard]] Day add_working_days(Day day, std::int64_t n) const;
    /// Working days in [from, to); negative of [to, from) when `to` lies before. Both may be the
    /// day after the last of the range.
    [[nodiscard]] std::int64_t count_working_days(Day from, Day to) const;
    /// The first working day on or after `day`.
    [[nodiscard]] Day roll_forward(Day day) const;
    [[nodiscard]] Day next_working_day(Day day) const;      ///< strictly after
    [[nodiscard]] Day previous_working_day(Day day) const;  ///< strictly before

    // --- hours ---------------------------------------------------------------------------------
    /// The day on which something that arrives at `instant` counts as received: the next working
    /// day after the cut-off and, where the file says so, on a day off or after closing; else its
    /// own.
    [[nodiscard]] Day received_on(Instant instant) const;
    [[nodiscard]] Day day_of(Instant instant) const;
    [[nodiscard]] Instant opening(Day day) const;     ///< of a working day; else its midnight
    [[nodiscard]] Instant end_of_day(Day day) const;  ///< closing hour or 24:00, as the file says
    [[nodiscard]] bool is_open(Instant instant) const;
    [[nodiscard]] Instant next_open(Instant instant) const;  ///< `instant` itself when open
    /// Opening time in [from, to); negative when `to` lies before. Logarithmic.
    [[nodiscard]] std::chrono::milliseconds working_time(Instant from, Instant to) const;
    /// Opening time before `instant` since the first day that the calendar covers: the difference of two
    /// is the working time between them.
    [[nodiscard]] std::chrono::milliseconds working_time_before(Instant instant) const;
    /// The first instant at which `amount` (not negative) of opening time has passed since `from`.
    [[nodiscard]] Instant add_working_time(Instant from, std::chrono::milliseconds amount) const;

    // --- limits --------------------------------------------------------------------------------
    /// Where `limit` from `from` ends: day units at the end of their last day, counted from the day
    /// on which `from` counts as received, calendar units rolled on to the next working day (Civil
    /// Code art. 147, 148); months and years end on the corresponding day, or the last of the
    /// month; hours and minutes exactly; working hours inside opening hours. Nothing: the day
    /// itself. Error{misuse} for a negative limit.
    [[nodiscard]] Deadline deadline(Instant from, Limit limit) const;
    /// The same counted from a day, which is not counted; hours and minutes from its opening.
    [[nodiscard]] Deadline deadline(Day from, Limit limit) const;
    /// What is left at `now` until `deadline`: working days in (day of now, deadline's day],
    /// negative when past, and opening time.
    struct Remaining {
        std::int64_t working_days;
        std::chrono::milliseconds working_time;
    };
    [[nodiscard]] Remaining remaining(Instant now, const Deadline& deadline) const;
    /// Every day from that of `from` to the deadline's, and why it counts or does not. Linear in
    /// the distance.
    [[nodiscard]] Explanation explain(Instant from, Limit limit) const;
    /// Every day in (from, until]: the days that an interval of a clock uses, with a running
    /// number.
    [[nodiscard]] std::vector<ExplainedDay> explain_days(Day from, Day until) const;

private:
    struct Tables;
    explicit Calendar(std::unique_ptr<const Tables> tables);
    [[nodiscard]] ExplainedDay described(Day day) const;
    std::unique_ptr<const Tables> tables_;

    /// The part of the tables that counting days needs, beside the object so that it inlines.
    struct Ranks {
        std::int64_t first = 0;    ///< days since 1970-01-01
        std::int64_t begins = 0;   ///< milliseconds since 1970-01-01 00:00 UTC
        std::uint64_t days = 0;    ///< in the range
        std::int64_t working = 0;  ///< working days in the range
        const std::int32_t* before =
            nullptr;                        ///< [days + 1]: working days of the range before a day
        const std::int32_t* nth = nullptr;  ///< [working]: days after `first`
    };
    Ranks ranks_;
    [[nodiscard]] std::size_t index(Day day) const;
    /// A day of the range by its index, and the time since its midnight.
    struct Moment {
        std::size_t day;
        std::chrono::milliseconds time;
    };
    [[nodiscard]] Moment moment(Instant instant) const;
    [[noreturn]] void throw_outside(Instant instant) const;
    [[noreturn]] void throw_outside(Day day) const;
    [[noreturn]] void throw_beyond(Day day, std::int64_t working_days) const;
};

inline std::size_t Calendar::index(Day day) const {
    // Unsigned: the difference of any two days is defined, and one comparison covers both ends.
    const std::uint64_t offset = static_cast<std::uint64_t>(day.time_since_epoch().count()) -
                                 static_cast<std::uint64_t>(ranks_.first);
    if (offset >= ranks_.days) throw_outside(day);
    return offset;
}

inline bool Calendar::is_working_day(Day day) const {
    const std::size_t at = index(day);
    return ranks_.before[at] != ranks_.before[at + 1];
}

inline Day Calendar::add_working_days(Day day, std::int64_t n) const {
    const std::size_t at = index(day);
    if (n == 0) return day;
    const int after = n > 0 ? 1 : 0;
    if (n > ranks_.working || n < -ranks_.working) throw_beyond(day, n);
    const std::int64_t wanted = ranks_.before[at + static_cast<std::size_t>(after)] + n - after;
    if (wanted < 0 || wanted >= ranks_.working) throw_beyond(day, n);
    return Day(std::chrono::days(ranks_.first + ranks_.nth[wanted]));
}

/// The calendars that a step may use, by digest: an explicit input, so that a step is pure.
class Calendars {
public:
    void add(std::shared_ptr<const Calendar> calendar);
    /// Null when there is none.
    [[nodiscard]] const Calendar* find(const Digest& digest) const;
    /// The highest version registered under `id`, or null.
    [[nodiscard]] const Calendar* latest(const std::string& id) const;
    [[nodiscard]] const std::vector<std::shared_ptr<const Calendar>>& all() const { return all_; }

private:
    std::vector<std::shared_ptr<const Calendar>> all_;
};

/// A date of the Vietnamese lunar calendar.
struct LunarDate {
    int year = 0;
    int month = 1;
    int day = 1;
    bool leap_month = false;
    friend bool operator==(const LunarDate&, const LunarDate&) = default;
};

/// The Gregorian day of a Vietnamese lunar date, computed from new moons and solar terms at UTC+7
/// (Jean Meeus, Astronomical Algorithms, 2nd ed., chapters 25 and 49): the month of the winter
/// solstice is the eleventh, and of thirteen months between two solstices the first without a major
/// solar term is the leap month. Lunar years 1900 to 2199; nothing for another year nor for a date
/// that does not exist. Valid as Vietnam's official calendar from 1968 on: before that the north
/// used UTC+8 (Decision 121/CP of 8 August 1967 introduced UTC+7), so that some months of 1900 to
/// 1967 were printed a day apart from what is computed here.
[[nodiscard]] std::optional<Day> gregorian_of(LunarDate date);
/// The lunar date of a Gregorian day at UTC+7. Error{limit} outside the years 1900 to 2199.
[[nodiscard]] LunarDate lunar_of(Day day);

}  // namespace workflow
