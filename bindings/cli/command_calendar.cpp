#include <nlohmann/json.hpp>

#include "calendar_commands.hpp"
#include "commands.hpp"
#include "days.hpp"
#include "definition_file.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::days;

struct DueOptions {
    std::string calendar;
    std::string from;
    std::string limit;
    bool explain = false;
};

struct Computed {
    Limit limit;
    bool from_date = false;  ///< a date alone was given: its opening
    Instant from;
    Day received;
    Deadline deadline;
    std::vector<ExplainedDay> derivation;  ///< only when asked for
};

Computed compute(const Calendar& calendar, const DueOptions& options, const Session& session) {
    Computed result;
    const auto limit = parse_limit(options.limit);
    if (!limit) {
        throw usage_failure(words::bad_limit.in(session.language, printable(options.limit),
                                                session.language == "vi"
                                                    ? std::string(words::limit_example.vi)
                                                    : printable(limit_advice(options.limit))));
    }
    result.limit = *limit;
    if (const auto date = parse_date(options.from)) {
        result.from_date = true;
        result.from = calendar.opening(Day(*date));
    } else if (const auto instant = parse_instant(options.from, calendar.offset())) {
        result.from = *instant;
    } else {
        throw usage_failure(
            words::bad_instant.in(session.language, "--from", printable(options.from)));
    }
    result.received = calendar.received_on(result.from);
    result.deadline = calendar.deadline(result.from, *limit);
    if (options.explain) result.derivation = calendar.explain(result.from, *limit).days;
    return result;
}

std::int64_t working_days(const Calendar& calendar, const Computed& computed) {
    return calendar.count_working_days(computed.received + days(1),
                                       computed.deadline.date + days(1));
}

Json due_json(const Calendar& calendar, const Computed& computed) {
    return {{"due", to_string(computed.deadline.instant, calendar.offset())},
            {"date", to_string(computed.deadline.date)},
            {"working_days", working_days(calendar, computed)},
            {"projected", computed.deadline.projected}};
}

std::string time_of_day(Instant instant, UtcOffset offset) {
    return to_short_string(instant, offset).substr(11);
}

std::string due_text(const Calendar& calendar, const Computed& computed, const Session& session) {
    const std::string& language = session.language;
    const Deadline& deadline = computed.deadline;
    std::string text = toned(words::due_line.in(language, weekday_name(deadline.date, language),
                                                to_string(deadline.date),
                                                time_of_day(deadline.instant, calendar.offset())),
                             Tone::strong, session.colour) +
                       '\n';
    const Day from = calendar.day_of(computed.from);
    text += words::limit_from.in(
                language, limit_text(computed.limit, language), weekday_name(from, language),
                computed.from_date ? to_string(from)
                                   : to_short_string(computed.from, calendar.offset()),
                calendar.id(), calendar.version()) +
            '\n';
    if (computed.received != from) {
        text += words::counts_as_received.in(language, weekday_name(computed.received, language),
                                             to_string(computed.received)) +
                '\n';
    }
    if (deadline.projected) {
        text += toned(words::projected_note.in(language,
                                               to_string(calendar.definition().announced_until)),
                      Tone::warning, session.colour) +
                '\n';
    }
    return text;
}

int run_due(Session& session, const DueOptions& options) {
    const auto calendar = find_calendar(options.calendar, session);
    const Computed computed = compute(*calendar, options, session);
    if (session.format == Format::json) {
        Json json = due_json(*calendar, computed);
        if (options.explain) {
            json["calendar"] = calendar->id();
            json["version"] = calendar->version();
            json["days"] = days_json(computed.derivation, session);
            print(json_page(json));
        } else {
            print(json_line(json) + '\n');
        }
        return exit_ok;
    }
    print(due_text(*calendar, computed, session));
    if (options.explain)
        print('\n' + days_table(computed.derivation, session).text(session.colour));
    return exit_ok;
}

struct DaysOptions {
    std::string calendar;
    int year = 0;
};

Day day_of(int year, unsigned month, unsigned day) {
    return Day(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}

/// The days of the year that depart from the week, in order.
std::vector<ExplainedDay> exceptions(const Calendar& calendar, int year) {
    const Day before = day_of(year, 1, 1) - days(1);
    const Day last = day_of(year, 12, 31);
    std::vector<ExplainedDay> result;
    // A day is explained as following another: the first of the range has none before it.
    const Day from = before < calendar.first() ? calendar.first() : before;
    if (from > before && !calendar.is_working_day(from)) {
        ExplainedDay first = calendar.explain(calendar.opening(from), {}).days.front();
        first.kind =
            first.reason.empty() ? ExplainedDay::Kind::weekend : ExplainedDay::Kind::day_off;
        if (!first.reason.empty()) result.push_back(std::move(first));
    }
    for (ExplainedDay& day : calendar.explain_days(from, last)) {
        const bool departs =
            day.kind == ExplainedDay::Kind::day_off || day.kind == ExplainedDay::Kind::make_up;
        day.number = 0;
        if (departs) result.push_back(std::move(day));
    }
    return result;
}

Json year_json(const Calendar& calendar, int year, const Session& session) {
    Json months = Json::array();
    for (unsigned month = 1; month <= 12; ++month) {
        const Day first = day_of(year, month, 1);
        const Day next = month == 12 ? day_of(year + 1, 1, 1) : day_of(year, month + 1, 1);
        months.push_back(calendar.count_working_days(first, next));
    }
    return {
        {"calendar", calendar.id()},
        {"version", calendar.version()},
        {"year", year},
        {"working_days", calendar.count_working_days(day_of(year, 1, 1), day_of(year + 1, 1, 1))},
        {"working_days_by_month", months},
        {"projected", calendar.is_projected(day_of(year, 12, 31))},
        {"exceptions", days_json(exceptions(calendar, year), session)}};
}

std::string months_text(const Json& months, const Session& session) {
    const std::string_view month = words::month.in(session.language);
    const std::string_view working = words::working_days.in(session.language);
    const std::size_t width = std::max(display_width(month), display_width(working));
    const auto heading = [&](std::string_view text) {
        return std::string(text) + std::string(width - display_width(text), ' ');
    };
    std::string first = toned(heading(month), Tone::strong, session.colour);
    std::string second = toned(heading(working), Tone::strong, session.colour);
    for (std::size_t i = 0; i < months.size(); ++i) {
        first += fmt::format("{:>4}", i + 1);
        second += fmt::format("{:>4}", months[i].get<std::int64_t>());
    }
    return first + '\n' + second + '\n';
}

std::string exceptions_text(const std::vector<ExplainedDay>& days_listed, const Session& session) {
    const std::string& language = session.language;
    if (days_listed.empty()) return std::string(words::no_days.in(language)) + '\n';
    Table table({{words::date.in(language)},
                 {words::weekday.in(language)},
                 {words::kind.in(language)},
                 {words::reason.in(language)},
                 {words::source.in(language)}});
    for (const ExplainedDay& day : days_listed) {
        const bool make_up = day.kind == ExplainedDay::Kind::make_up;
        std::string kind((make_up ? words::kind_make_up : words::kind_day_off).in(language));
        if (day.projected) kind.append(", ").append(words::day_projected.in(language));
        table.add({to_string(day.date), weekday_name(day.date, language),
                   Cell(kind, make_up ? Tone::good : Tone::plain), day.reason.in(language),
                   Cell(day.source, Tone::faint)});
    }
    return table.text(session.colour);
}

int run_days(Session& session, const DaysOptions& options) {
    const auto calendar = find_calendar(options.calendar, session);
    const Json json = year_json(*calendar, options.year, session);
    if (session.format == Format::json) {
        print(json_page(json));
        return exit_ok;
    }
    const std::string& language = session.language;
    std::string heading =
        words::year_line.in(language, printable(calendar->definition().title.in(language)),
                            options.year, json["working_days"].get<std::int64_t>());
    if (json["projected"].get<bool>()) {
        heading += words::year_projected.in(
            language, to_string(std::max(Day(calendar->definition().announced_until) + days(1),
                                         day_of(options.year, 1, 1))));
    }
    print(toned(heading, Tone::strong, session.colour) + "\n\n" +
          months_text(json["working_days_by_month"], session) + '\n' +
          exceptions_text(exceptions(*calendar, options.year), session));
    return exit_ok;
}

void add_calendar_option(CLI::App& command, std::string& calendar) {
    command
        .add_option("--calendar", calendar,
                    "A calendar's file, or an id found under procedures/calendars")
        ->required()
        ->option_text("FILE|ID");
}

void add_due(CLI::App& calendar, Session& session) {
    CLI::App& command = *calendar.add_subcommand("due", "Where a limit ends, and why");
    DueOptions& options = options_of<DueOptions>(command, session, run_due);
    add_calendar_option(command, options.calendar);
    command
        .add_option("--from", options.from,
                    "When it was received: a date, or an instant (without a zone: the calendar's)")
        ->required()
        ->option_text("DATE|INSTANT");
    command
        .add_option("limit", options.limit,
                    "\"30 working days\", \"5 days\", \"8 working hours\", \"1 month\"")
        ->required()
        ->option_text("LIMIT");
    command.add_flag("--explain", options.explain, "List every day, and why it counts or does not");
    add_format(command, session);
    command.footer(
        "The day of receipt is not counted (Civil Code 91/2015, art. 147).\n\n"
        "Examples:\n"
        "  workflow calendar due --calendar vn-state --from 2017-04-25 \"30 working days\"\n"
        "  workflow calendar due --calendar vn-state --from 2017-04-25T16:30 \"5 days\" --explain\n"
        "  workflow calendar due --calendar my.yaml --from 2026-02-10 \"1 month\" --format json");
}

void add_days(CLI::App& calendar, Session& session) {
    CLI::App& command = *calendar.add_subcommand("days", "The working days of a year");
    DaysOptions& options = options_of<DaysOptions>(command, session, run_days);
    add_calendar_option(command, options.calendar);
    command.add_option("--year", options.year, "The year, such as 2017")
        ->required()
        ->option_text("YEAR")
        ->check(CLI::Range(1900, 2199));
    add_format(command, session);
    command.footer(
        "Examples:\n"
        "  workflow calendar days --calendar vn-state --year 2017\n"
        "  workflow calendar days --calendar vn-state --year 2026 --lang vi --format json");
}

}  // namespace

void add_calendar(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "calendar", "Working days: where limits end, days off of a year");
    command.require_subcommand(1);
    add_due(command, session);
    add_days(command, session);
    add_calendar_impact(command, session);
    add_calendar_apply(command, session);
}

}  // namespace workflow::cli
