// Dossiers of a procedure: under way, on a state, ended with an outcome, or with a value in a field.
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "dossier_store.hpp"
#include "listing_words.hpp"
#include "names.hpp"
#include "statistics_words.hpp"
#include "table.hpp"
#include "terminal.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct FindOptions {
    StoreOptions store;
    std::string procedure;
    std::string state;
    std::string outcome;
    std::string field;
    std::optional<std::string> value;
    bool counts = false;
    std::string after;
    std::size_t limit = 100;
};

/// One page of a list, as a table and as JSON.
struct Listed {
    Table table;
    Json json = Json::array();
    std::string cursor;
    bool finished = true;
};

class Finder {
public:
    Finder(Engine& engine, const FindOptions& options, const Session& session)
        : engine_(engine), options_(options), session_(session),
          procedure_(engine.procedure(options.procedure)),
          offset_(engine.calendar(procedure_->calendar())->offset()) {}

    [[nodiscard]] Listed list() const {
        if (options_.counts) return counts();
        if (!options_.state.empty()) return standing();
        if (!options_.outcome.empty()) return closed();
        if (!options_.field.empty()) return found();
        return under_way();
    }

private:
    [[nodiscard]] std::string_view word(const Word& which) const {
        return which.in(session_.language);
    }
    [[nodiscard]] std::string day(Instant instant) const {
        return to_string(day_of(instant, offset_));
    }
    [[nodiscard]] std::string day(const std::optional<Instant>& instant) const {
        return instant ? day(*instant) : std::string();
    }
    [[nodiscard]] Json instant(const std::optional<Instant>& at) const {
        return at ? Json(to_string(*at, offset_)) : Json();
    }

    [[nodiscard]] Listed counts() const {
        Listed listed{Table({{word(words::state)},
                             {word(words::unit)},
                             {word(words::tokens), Column::Align::right},
                             {word(words::ended_late), Column::Align::right}})};
        for (const StandingCount& one : engine_.standing_counts(options_.procedure)) {
            listed.table.add({one.state, printable(one.unit), std::to_string(one.tokens),
                              Cell(std::to_string(one.late),
                                   one.late > 0 ? Tone::bad : Tone::plain)});
            listed.json.push_back({{"state", one.state},
                                   {"unit", one.unit},
                                   {"dossiers", one.tokens},
                                   {"late", one.late}});
        }
        return listed;
    }

    [[nodiscard]] Listed standing() const {
        Listed listed{Table({{word(words::instance)},
                             {word(words::item), Column::Align::right},
                             {word(words::unit)},
                             {word(words::due)}})};
        const StandingPage page =
            engine_.standing(options_.procedure, options_.state, options_.after, options_.limit);
        for (const StandingItem& one : page.items) {
            listed.table.add({printable(one.instance), std::to_string(one.ordinal),
                              printable(one.unit), day(one.due)});
            listed.json.push_back({{"instance", one.instance},
                                   {"item", one.ordinal},
                                   {"unit", one.unit},
                                   {"due", instant(one.due)}});
        }
        listed.cursor = page.cursor;
        listed.finished = page.finished;
        return listed;
    }

    [[nodiscard]] Listed under_way() const {
        Listed listed{Table({{word(words::instance)},
                             {word(words::unit)},
                             {word(words::received_on)},
                             {word(words::due)}})};
        const UnderWayPage page =
            engine_.under_way(options_.procedure, options_.after, options_.limit);
        for (const UnderWayItem& one : page.items) {
            listed.table.add(
                {printable(one.instance), printable(one.unit), day(one.received), day(one.due)});
            listed.json.push_back({{"instance", one.instance},
                                   {"unit", one.unit},
                                   {"received", instant(one.received)},
                                   {"due", instant(one.due)}});
        }
        listed.cursor = page.cursor;
        listed.finished = page.finished;
        return listed;
    }

    [[nodiscard]] Listed closed() const {
        Listed listed{Table({{word(words::instance)},
                             {word(words::unit)},
                             {word(words::received_on)},
                             {word(words::closed_on)},
                             {word(words::result)},
                             {word(words::working_days), Column::Align::right}})};
        const ClosedPage page =
            engine_.closed(options_.procedure, options_.outcome, options_.after, options_.limit);
        for (const ClosedItem& one : page.items) {
            listed.table.add({printable(one.instance), printable(one.unit), day(one.received),
                              day(one.closed), result(one.result),
                              std::to_string(one.working_days)});
            listed.json.push_back({{"instance", one.instance},
                                   {"unit", one.unit},
                                   {"received", instant(one.received)},
                                   {"closed", instant(one.closed)},
                                   {"result", to_string(one.result)},
                                   {"working_days", one.working_days}});
        }
        listed.cursor = page.cursor;
        listed.finished = page.finished;
        return listed;
    }

    [[nodiscard]] Listed found() const {
        Listed listed{Table({{word(words::instance)}})};
        const FoundPage page = engine_.find(options_.procedure, options_.field,
                                            Value(*options_.value), options_.after, options_.limit);
        for (const std::string& one : page.instances) {
            listed.table.add({printable(one)});
            listed.json.push_back({{"instance", one}});
        }
        listed.cursor = page.cursor;
        listed.finished = page.finished;
        return listed;
    }

    [[nodiscard]] Cell result(KeptLimit result) const {
        switch (result) {
            case KeptLimit::early:
                return {word(words::ended_early), Tone::good};
            case KeptLimit::on_time:
                return {word(words::ended_on_time), Tone::good};
            case KeptLimit::late:
                return {word(words::ended_late), Tone::bad};
            case KeptLimit::none:
                break;
        }
        return {word(words::without_limit)};
    }

    Engine& engine_;
    const FindOptions& options_;
    const Session& session_;
    std::shared_ptr<const Procedure> procedure_;
    UtcOffset offset_;
};

int run(Session& session, const FindOptions& options) {
    const int asked = static_cast<int>(!options.state.empty()) +
                      static_cast<int>(!options.outcome.empty()) +
                      static_cast<int>(!options.field.empty()) + static_cast<int>(options.counts);
    if (asked > 1) throw usage_failure(std::string(words::one_search.in(session.language)));
    if (!options.field.empty() && !options.value) {
        throw usage_failure(std::string(words::value_needed.in(session.language)));
    }
    const OpenStore open = open_store(options.store, Creates::no, session);
    const Listed listed = Finder(*open.engine, options, session).list();
    if (session.format == Format::json) {
        print(json_page({{"dossiers", listed.json},
                         {"cursor", listed.cursor},
                         {"finished", listed.finished}}));
        return exit_ok;
    }
    print(listed.table.empty() ? std::string(words::no_dossiers.in(session.language)) + '\n'
                               : listed.table.text(session.colour));
    if (!listed.finished) {
        print(words::next_cursor.in(session.language, printable(listed.cursor)) + '\n');
    }
    return exit_ok;
}

}  // namespace

void add_find(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "find", "Dossiers of a procedure: under way, on a state, ended, or by a field's value");
    FindOptions& options = options_of<FindOptions>(command, session, run);
    command.add_option("procedure", options.procedure, "Its id")->required()->option_text("ID");
    command.add_option("--state", options.state, "What stands on this state")->option_text("ID");
    command
        .add_option("--outcome", options.outcome, "What has ended with it, `cancelled` among them")
        ->option_text("ID");
    command.add_option("--field", options.field, "A field marked `indexed`, with --value")
        ->option_text("ID");
    command.add_option("--value", options.value, "What it holds")->option_text("TEXT");
    command.add_flag("--counts", options.counts, "How many stand where, by state and unit");
    command.add_option("--after", options.after, "The cursor of the page before")
        ->option_text("CURSOR");
    command.add_option("--limit", options.limit, "So many at most")
        ->option_text("N")
        ->check(CLI::Range(1, 1'000));
    add_store(command, options.store, "--at,--now");
    add_format(command, session);
    command.footer(
        "Examples:\n"
        "  workflow find service_onboarding --store sqlite:dossiers.db\n"
        "  workflow find service_onboarding --state setup --store sqlite:dossiers.db\n"
        "  workflow find service_onboarding --counts --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
