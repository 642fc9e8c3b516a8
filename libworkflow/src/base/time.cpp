#include "workflow/time.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

#include "base/time_text.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

using namespace std::chrono;
using base::take;
using base::take_number;

struct UnitWord {
    std::string_view singular;
    std::string_view plural;
    Unit unit;
};
constexpr std::array<UnitWord, 8> unit_words{{
    {"working day", "working days", Unit::working_days},
    {"working hour", "working hours", Unit::working_hours},
    {"day", "days", Unit::days},
    {"hour", "hours", Unit::hours},
    {"minute", "minutes", Unit::minutes},
    {"week", "weeks", Unit::weeks},
    {"month", "months", Unit::months},
    {"year", "years", Unit::years},
}};

std::optional<Date> take_date(std::string_view& text) {
    const auto y = take_number(text, 4);
    if (!y || !take(text, '-')) return std::nullopt;
    const auto m = take_number(text, 2);
    if (!m || !take(text, '-')) return std::nullopt;
    const auto d = take_number(text, 2);
    if (!d || *y < 1900 || *y > 2999) return std::nullopt;
    const Date date{year{*y}, month{static_cast<unsigned>(*m)}, day{static_cast<unsigned>(*d)}};
    return date.ok() ? std::optional(date) : std::nullopt;
}

/// hh:mm[:ss[.fff]]; 24:00 is the end of the day.
std::optional<milliseconds> take_clock(std::string_view& text) {
    const auto h = take_number(text, 2);
    if (!h || !take(text, ':')) return std::nullopt;
    const auto m = take_number(text, 2);
    if (!m || *h > 24 || *m > 59) return std::nullopt;
    milliseconds clock = hours{*h} + minutes{*m};
    if (take(text, ':')) {
        const auto s = take_number(text, 2);
        if (!s || *s > 59) return std::nullopt;
        clock += seconds{*s};
        if (take(text, '.')) {
            const std::string_view digits = base::take_digits(text);
            if (digits.empty() || digits.size() > 9) return std::nullopt;
            int scale = 100;
            for (const char digit : digits) {
                clock += milliseconds{scale * (digit - '0')};
                scale /= 10;
            }
        }
    }
    if (clock > hours{24}) return std::nullopt;
    return clock;
}

}  // namespace

const char* to_string(Unit unit) {
    for (const UnitWord& word : unit_words) {
        if (word.unit == unit) return word.plural.data();
    }
    return "";
}

std::string to_string(Limit limit) {
    for (const UnitWord& word : unit_words) {
        if (word.unit != limit.unit) continue;
        return fmt::format("{} {}", limit.count, limit.count == 1 ? word.singular : word.plural);
    }
    return {};
}

std::optional<Limit> parse_limit(std::string_view text) {
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc{} || count < 0 || count > limits::limit_count_max) return std::nullopt;
    if (text.front() == '-') return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    if (!take(text, ' ')) return std::nullopt;
    for (const UnitWord& word : unit_words) {
        if (text == word.singular || text == word.plural) {
            return Limit{static_cast<std::int32_t>(count), word.unit};
        }
    }
    return std::nullopt;
}

std::string limit_advice(std::string_view written) {
    std::string text(written);
    for (char& c : text) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    const auto has = [&](std::string_view part) { return text.find(part) != std::string::npos; };
    const std::size_t first = text.find_first_of("0123456789");
    std::string digits =
        first == std::string::npos
            ? ""
            : text.substr(first, text.find_first_not_of("0123456789", first) - first);
    if (digits.empty() || digits.size() > 6) digits = "30";
    // ISO 8601 durations, P5D or PT4H, are what other systems write.
    const bool iso = !text.empty() && text.front() == 'p';
    const bool work = has("work");
    const Unit unit = work && has("hour")                 ? Unit::working_hours
                      : work                              ? Unit::working_days
                      : has("hour") || (iso && has("h"))  ? Unit::hours
                      : has("min")                        ? Unit::minutes
                      : has("week") || (iso && has("w"))  ? Unit::weeks
                      : has("month") || (iso && has("m")) ? Unit::months
                      : has("year") || (iso && has("y"))  ? Unit::years
                      : has("day") || (iso && has("d"))   ? Unit::days
                                                          : Unit::working_days;
    return to_string(Limit{std::stoi(digits), unit});
}

std::string to_string(Date date) {
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

std::string to_string(Day day) {
    return to_string(Date(day));
}

std::optional<Date> parse_date(std::string_view text) {
    const auto date = take_date(text);
    return text.empty() ? date : std::nullopt;
}

std::string to_string(Instant instant, UtcOffset offset) {
    const Day day = day_of(instant, offset);
    const hh_mm_ss clock(local_time<milliseconds>(instant.time_since_epoch() + offset) - day);
    const auto zone = offset < minutes{0} ? -offset : offset;
    std::string text = fmt::format("{}T{:02}:{:02}:{:02}", to_string(day), clock.hours().count(),
                                   clock.minutes().count(), clock.seconds().count());
    if (clock.subseconds().count() != 0) text += fmt::format(".{:03}", clock.subseconds().count());
    return text + fmt::format("{}{:02}:{:02}", offset < minutes{0} ? '-' : '+', zone.count() / 60,
                              zone.count() % 60);
}

std::string to_short_string(Instant instant, UtcOffset offset) {
    const Day day = day_of(instant, offset);
    const hh_mm_ss clock(local_time<milliseconds>(instant.time_since_epoch() + offset) - day);
    return fmt::format("{} {:02}:{:02}", to_string(day), clock.hours().count(),
                       clock.minutes().count());
}

std::optional<Instant> parse_instant(std::string_view text, UtcOffset offset) {
    const auto date = take_date(text);
    if (!date) return std::nullopt;
    milliseconds clock{0};
    if (take(text, 'T') || take(text, ' ')) {
        const auto taken = take_clock(text);
        if (!taken) return std::nullopt;
        clock = *taken;
        if (!text.empty()) {
            const auto zone = parse_offset(text);
            if (!zone) return std::nullopt;
            offset = *zone;
            text = {};
        }
    }
    if (!text.empty()) return std::nullopt;
    return Instant(Day(*date).time_since_epoch() + clock - offset);
}

std::optional<UtcOffset> parse_offset(std::string_view text) {
    if (text == "Z") return UtcOffset{0};
    const bool west = take(text, '-');
    if (!west && !take(text, '+')) return std::nullopt;
    const auto h = take_number(text, 2);
    if (!h || !take(text, ':')) return std::nullopt;
    const auto m = take_number(text, 2);
    if (!m || !text.empty() || *h > 14 || *m > 59) return std::nullopt;
    const UtcOffset offset = hours{*h} + minutes{*m};
    return west ? -offset : offset;
}

}  // namespace workflow
