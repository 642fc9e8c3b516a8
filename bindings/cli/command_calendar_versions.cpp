// A new version of a calendar: what it would move in a store, and moving it.
#include <nlohmann/json.hpp>

#include "calendar_commands.hpp"
#include "commands.hpp"
#include "days.hpp"
#include "definition_file.hpp"
#include "dossier_store.hpp"
#include "names.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct CalendarVersionOptions {
    StoreOptions store;
    ActorOptions actor;
    std::string calendar;
    std::string cursor;
    std::size_t batch = 100;
    bool once = false;
};

/// `2017-06-08 is a day off: National mourning (Notice 9/TB)`.
std::string because(const ExplainedDay& day, const Session& session) {
    const std::string& language = session.language;
    const std::string source = printable(day.source);
    const std::string& reason = day.reason.in(language);
    const std::string why =
        reason.empty() ? source : printable(reason) + (source.empty() ? "" : " (" + source + ")");
    switch (day.kind) {
        case ExplainedDay::Kind::day_off:
            return words::because_day.in(language, to_string(day.date), words::day_off.in(language),
                                         why);
        case ExplainedDay::Kind::make_up:
        case ExplainedDay::Kind::counted:
            return words::because_day.in(language, to_string(day.date),
                                         words::day_counted.in(language), why);
        case ExplainedDay::Kind::weekend:
            return words::because_day.in(language, to_string(day.date),
                                         words::day_weekend.in(language), why);
        case ExplainedDay::Kind::start:
        case ExplainedDay::Kind::rolled:
        case ExplainedDay::Kind::elapsed:
            break;
    }
    return words::because_hours.in(language, why);
}

class CalendarReporter {
public:
    CalendarReporter(Engine& engine, const Calendar& version, const Session& session)
        : engine_(engine), version_(version), session_(session) {}

    void add(const CalendarReport& batch) {
        looked_at_ += batch.looked_at;
        concerned_ += batch.concerned;
        for (const auto& failure : batch.failed) failed_.push_back(failure);
        for (const auto& moved : batch.moved) moved_.push_back(moved);
        cursor_ = batch.cursor;
        finished_ = batch.finished;
    }

    [[nodiscard]] bool has_failures() const { return !failed_.empty(); }

    void print_as(const Word& heading) {
        if (session_.format == Format::json) return print(json_page(json()));
        const std::string& language = session_.language;
        std::string text = heading.in(language, concerned_, looked_at_, printable(version_.id()),
                                      version_.version(), moved_.size());
        text = wrapped(text, page_width, 0) + '\n';
        text += moved_.empty() ? std::string(words::nothing_moves.in(language)) + '\n'
                               : '\n' + table().text(session_.colour);
        print(text);
        for (const auto& [instance, why] : failed_) {
            print_error(words::not_run.in(language, printable(instance), printable(why)) + '\n');
        }
    }

private:
    Table table() {
        const std::string& language = session_.language;
        Table result({{words::instance.in(language)},
                      {words::clock.in(language)},
                      {words::due_now.in(language)},
                      {words::due_then.in(language)},
                      {words::because.in(language)}});
        for (const auto& one : moved_) {
            const Names names(engine_.get(one.instance), session_);
            for (const Redated& date : one.dates) {
                result.add({printable(one.instance), names.subject(date),
                            names.due(date.before.instant), names.due(date.after.instant),
                            because(date.because, session_)});
            }
        }
        return result;
    }

    Json json() {
        Json list = Json::array();
        for (const auto& one : moved_) {
            const Names names(engine_.get(one.instance), session_);
            for (const Redated& date : one.dates) {
                const bool clock = date.clock != no_index;
                list.push_back(
                    {{"instance", one.instance},
                     {"clock", clock ? Json(names.graph().clock(date.clock).id) : Json()},
                     {"timer_of", clock ? Json() : Json(names.graph().state(date.state).id)},
                     {"before", to_string(date.before.instant, version_.offset())},
                     {"after", to_string(date.after.instant, version_.offset())},
                     {"before_date", to_string(date.before.date)},
                     {"after_date", to_string(date.after.date)},
                     {"day", to_string(date.because.date)},
                     {"because", because(date.because, session_)},
                     {"source", date.because.source}});
            }
        }
        Json failed = Json::array();
        for (const auto& [instance, why] : failed_) {
            failed.push_back({{"instance", instance}, {"why", why}});
        }
        return {{"calendar", version_.id()},
                {"version", version_.version()},
                {"looked_at", looked_at_},
                {"concerned", concerned_},
                {"moved", list},
                {"failed", failed},
                {"cursor", cursor_},
                {"finished", finished_}};
    }

    Engine& engine_;
    const Calendar& version_;
    const Session& session_;
    std::size_t looked_at_ = 0;
    std::size_t concerned_ = 0;
    std::vector<CalendarReport::Moved> moved_;
    std::vector<std::pair<std::string, std::string>> failed_;
    std::string cursor_;
    bool finished_ = true;
};

/// Batch after batch from the cursor; one batch only where that was asked for.
template <class Batch>
void go_through(const CalendarVersionOptions& options, CalendarReporter& report, Batch batch) {
    std::string cursor = options.cursor;
    while (true) {
        const CalendarReport one = batch(cursor);
        report.add(one);
        if (one.finished || options.once) return;
        cursor = one.cursor;
    }
}

int run_impact(Session& session, const CalendarVersionOptions& options) {
    const auto calendar = find_calendar(options.calendar, session);
    const OpenStore open = open_store(options.store, Creates::no, session);
    CalendarReporter report(*open.engine, *calendar, session);
    go_through(options, report, [&](const std::string& cursor) {
        return open.engine->calendar_impact(calendar, cursor, options.batch);
    });
    report.print_as(words::impact_line);
    return report.has_failures() ? exit_refused : exit_ok;
}

int run_apply(Session& session, const CalendarVersionOptions& options) {
    const LoadedCalendar loaded = find_loaded_calendar(options.calendar, session);
    const OpenStore open = open_store(options.store, Creates::no, session);
    open.engine->register_calendar(loaded);
    CalendarReporter report(*open.engine, *loaded.calendar, session);
    go_through(options, report, [&](const std::string& cursor) {
        return open.engine->apply_calendar(loaded.calendar->id(), options.actor.actor(), cursor,
                                           options.batch);
    });
    report.print_as(words::apply_line);
    return report.has_failures() ? exit_refused : exit_ok;
}

void add_common(CLI::App& command, CalendarVersionOptions& options, Session& session) {
    command
        .add_option("--calendar", options.calendar,
                    "The new version: a calendar's file, or an id found under procedures/calendars")
        ->required()
        ->option_text("FILE|ID");
    add_store(command, options.store, "--at,--now");
    command.add_option("--batch", options.batch, "How many dossiers are looked at in one batch")
        ->option_text("N")
        ->check(CLI::Range(1, 1000));
    command
        .add_option("--after", options.cursor,
                    "Go on behind this dossier: the cursor of what was interrupted")
        ->option_text("INSTANCE");
    command.add_flag("--once", options.once, "One batch only; its cursor is in --format json");
    add_format(command, session);
}

}  // namespace

void add_calendar_impact(CLI::App& calendar, Session& session) {
    CLI::App& command = *calendar.add_subcommand(
        "impact", "Which deadlines of a store a new version of a calendar would move, and why");
    CalendarVersionOptions& options = options_of<CalendarVersionOptions>(command, session, run_impact);
    add_common(command, options, session);
    command.footer(
        "Nothing is changed.\n\n"
        "Example:\n"
        "  workflow calendar impact --calendar vn-state-2.yaml --store sqlite:dossiers.db");
}

void add_calendar_apply(CLI::App& calendar, Session& session) {
    CLI::App& command = *calendar.add_subcommand(
        "apply", "Let the dossiers of a store count by a new version of a calendar");
    CalendarVersionOptions& options = options_of<CalendarVersionOptions>(command, session, run_apply);
    add_common(command, options, session);
    add_actor(command, options.actor, Needs::id_and_role);
    command.footer(
        "Open deadlines that it touches get new dates, each told in its dossier's history; ended\n"
        "ones keep their result. What was interrupted may be run again from the beginning.\n\n"
        "Example:\n"
        "  workflow calendar apply --calendar vn-state-2.yaml --as lan --role operator \\\n"
        "    --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
