// What came in and what became of it, by unit and, where asked for, by month.
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "dossier_store.hpp"
#include "statistics_words.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct StatisticsOptions {
    StoreOptions store;
    std::string procedure;
    std::string from;
    std::string until;
    bool by_month = false;
};

struct Period {
    Day first;
    Day last;
    std::vector<UnitStatistics> units;
};

Day day_given(const std::string& text, const char* option, const Session& session) {
    const auto date = parse_date(text);
    if (!date) {
        throw usage_failure(words::bad_day.in(session.language, option, printable(text)));
    }
    return Day(*date);
}

std::vector<Period> periods_of(Day first, Day last, bool by_month) {
    std::vector<Period> periods;
    while (first <= last) {
        const Date date(first);
        const Day end_of_month(date.year() / date.month() / std::chrono::last);
        const Day end = by_month ? std::min(end_of_month, last) : last;
        periods.push_back({first, end, {}});
        first = end + std::chrono::days(1);
    }
    return periods;
}

std::string title_of(const Period& period) {
    return to_string(period.first) + " – " + to_string(period.last);
}

Json period_json(const Period& period) {
    Json units = Json::array();
    for (const UnitStatistics& one : period.units) {
        units.push_back({{"unit", one.unit},
                         {"carried_over", one.carried_over},
                         {"received", one.received},
                         {"resolved", one.resolved()},
                         {"early", one.early},
                         {"on_time", one.on_time},
                         {"late", one.late},
                         {"without_limit", one.without_limit},
                         {"in_progress", one.in_progress()},
                         {"late_now", one.late_now},
                         {"average_working_days", one.average_working_days()}});
    }
    return {{"from", to_string(period.first)}, {"until", to_string(period.last)}, {"units", units}};
}

std::string periods_text(const std::vector<Period>& periods, const Session& session) {
    const std::string& language = session.language;
    const auto number = Column::Align::right;
    Table table({{words::period.in(language)},
                 {words::unit.in(language)},
                 {words::carried_over.in(language), number},
                 {words::received_in.in(language), number},
                 {words::resolved_in.in(language), number},
                 {words::ended_early.in(language), number},
                 {words::ended_on_time.in(language), number},
                 {words::ended_late.in(language), number},
                 {words::without_limit.in(language), number},
                 {words::in_progress.in(language), number},
                 {words::late_now.in(language), number},
                 {words::average_days.in(language), number}});
    const auto count = [](std::size_t value) { return std::to_string(value); };
    for (const Period& period : periods) {
        for (const UnitStatistics& one : period.units) {
            table.add({periods.size() > 1 ? title_of(period) : std::string(),
                       one.unit.empty() ? std::string(words::no_unit.in(language))
                                        : printable(one.unit),
                       count(one.carried_over), count(one.received), count(one.resolved()),
                       count(one.early), count(one.on_time),
                       Cell(count(one.late), one.late > 0 ? Tone::bad : Tone::plain),
                       count(one.without_limit), count(one.in_progress()),
                       Cell(count(one.late_now), one.late_now > 0 ? Tone::bad : Tone::plain),
                       one.resolved() == 0 ? std::string()
                                           : fmt::format("{:.1f}", one.average_working_days())});
        }
    }
    return table.empty() ? std::string(words::no_dossiers.in(language)) + '\n'
                         : table.text(session.colour);
}

int run(Session& session, const StatisticsOptions& options) {
    const Day first = day_given(options.from, "--from", session);
    const OpenStore open = open_store(options.store, Creates::no, session);
    const auto procedure = open.engine->procedure(options.procedure);
    const UtcOffset offset = open.engine->calendar(procedure->calendar())->offset();
    const Day last = options.until.empty() ? day_of(open.clock->now(), offset)
                                           : day_given(options.until, "--until", session);
    if (last < first) {
        throw usage_failure(std::string(words::period_backwards.in(session.language)));
    }
    std::vector<Period> periods = periods_of(first, last, options.by_month);
    Json list = Json::array();
    for (Period& period : periods) {
        period.units = open.engine->statistics(
            options.procedure, instant_of(period.first, {}, offset),
            instant_of(period.last + std::chrono::days(1), {}, offset));
        list.push_back(period_json(period));
    }
    print(session.format == Format::json
              ? json_page({{"procedure", options.procedure}, {"periods", list}})
              : periods_text(periods, session));
    return exit_ok;
}

}  // namespace

void add_statistics(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "statistics", "What came in and what became of it: early, on time, late, average days");
    StatisticsOptions& options = options_of<StatisticsOptions>(command, session, run);
    command.add_option("procedure", options.procedure, "Its id")->required()->option_text("ID");
    command.add_option("--from", options.from, "First day, YYYY-MM-DD")
        ->required()
        ->option_text("DATE");
    command.add_option("--until", options.until, "Last day (default: today)")->option_text("DATE");
    command.add_flag("--by-month", options.by_month, "A line for each month");
    add_store(command, options.store, "--at,--now");
    add_format(command, session);
    command.footer(
        "By unit where the procedure names one (`unit:`). The columns are those of form\n"
        "06/VPCP/KSTT; days are working days, without the time that was waited for.\n\n"
        "Example:\n"
        "  workflow statistics service_onboarding --from 2017-01-01 --until 2017-12-31 --by-month \\\n"
        "      --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
