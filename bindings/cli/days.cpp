#include "days.hpp"

#include <nlohmann/json.hpp>

#include "words.hpp"

namespace workflow::cli {
namespace {

using DayKind = ExplainedDay::Kind;
using Json = nlohmann::ordered_json;

const Word& word_of(DayKind kind) {
    switch (kind) {
        case DayKind::start:
            return words::day_start;
        case DayKind::counted:
            return words::day_counted;
        case DayKind::weekend:
            return words::day_weekend;
        case DayKind::day_off:
            return words::day_off;
        case DayKind::make_up:
            return words::day_make_up;
        case DayKind::rolled:
            return words::day_rolled;
        case DayKind::elapsed:
            return words::day_elapsed;
    }
    return words::day_counted;
}

const char* code_of(DayKind kind) {
    switch (kind) {
        case DayKind::start:
            return "start";
        case DayKind::counted:
            return "counted";
        case DayKind::weekend:
            return "weekend";
        case DayKind::day_off:
            return "day_off";
        case DayKind::make_up:
            return "make_up";
        case DayKind::rolled:
            return "rolled";
        case DayKind::elapsed:
            return "elapsed";
    }
    return "";
}

Tone tone_of(DayKind kind) {
    switch (kind) {
        case DayKind::weekend:
        case DayKind::start:
            return Tone::faint;
        case DayKind::day_off:
        case DayKind::rolled:
            return Tone::warning;
        case DayKind::make_up:
            return Tone::good;
        case DayKind::counted:
        case DayKind::elapsed:
            return Tone::plain;
    }
    return Tone::plain;
}

const Word& unit_word(Unit unit) {
    static constexpr Word working_days{"working days", "ngày làm việc"};
    static constexpr Word working_hours{"working hours", "giờ làm việc"};
    static constexpr Word days{"days", "ngày"};
    static constexpr Word hours{"hours", "giờ"};
    static constexpr Word minutes{"minutes", "phút"};
    static constexpr Word weeks{"weeks", "tuần"};
    static constexpr Word months{"months", "tháng"};
    static constexpr Word years{"years", "năm"};
    switch (unit) {
        case Unit::working_days:
            return working_days;
        case Unit::working_hours:
            return working_hours;
        case Unit::days:
            return days;
        case Unit::hours:
            return hours;
        case Unit::minutes:
            return minutes;
        case Unit::weeks:
            return weeks;
        case Unit::months:
            return months;
        case Unit::years:
            return years;
    }
    return days;
}

/// How it counts, the reason, the notice in brackets.
std::string description(const ExplainedDay& day, std::string_view language) {
    std::string text(word_of(day.kind).in(language));
    const std::string& reason = day.reason.in(language);
    if (!reason.empty()) text += ": " + reason;
    if (!day.source.empty()) text += " (" + day.source + ")";
    if (day.projected) text.append(", ").append(words::day_projected.in(language));
    return text;
}

}  // namespace

Table days_table(const std::vector<ExplainedDay>& days, const Session& session) {
    const std::string& language = session.language;
    Table table({{words::number.in(language), Column::Align::right},
                 {words::date.in(language)},
                 {words::weekday.in(language)},
                 {words::counted_as.in(language)}});
    for (const ExplainedDay& day : days) {
        const Tone tone = tone_of(day.kind);
        table.add({Cell(day.number == 0 ? "" : std::to_string(day.number), Tone::strong),
                   Cell(to_string(day.date), tone), Cell(weekday_name(day.date, language), tone),
                   Cell(description(day, language), tone)});
    }
    return table;
}

Json days_json(const std::vector<ExplainedDay>& days, const Session& session) {
    Json list = Json::array();
    for (const ExplainedDay& day : days) {
        Json item = {{"date", to_string(day.date)},
                     {"weekday", weekday_name(day.date, session.language)},
                     {"kind", code_of(day.kind)},
                     {"number", day.number == 0 ? Json() : Json(day.number)},
                     {"reason", day.reason.in(session.language)},
                     {"source", day.source},
                     {"projected", day.projected}};
        list.push_back(std::move(item));
    }
    return list;
}

std::string named_day(Day day, const Session& session) {
    return std::string(weekday_name(day, session.language)) + " " + to_string(day);
}

std::string limit_text(Limit limit, std::string_view language) {
    if (language != "vi") return to_string(limit);
    return fmt::format("{} {}", limit.count, unit_word(limit.unit).in(language));
}

}  // namespace workflow::cli
