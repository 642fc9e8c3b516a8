#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "days.hpp"
#include "dossier_store.hpp"
#include "situation.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct Options {
    StoreOptions store;
    std::string instance;
};

std::string reason_of(const Interval& interval, const Names& names) {
    if (interval.counts) return std::string(words::clock_counts.in(names.language()));
    const std::string what =
        interval.reason == no_index ? "" : printable(names.graph().reason(interval.reason));
    return words::clock_waits.in(names.language(), what);
}

Table stretches_table(const ClockExplanation& explanation, const Names& names) {
    const std::string& language = names.language();
    Table table({{words::from.in(language)},
                 {words::until.in(language)},
                 {words::used.in(language), Column::Align::right},
                 {words::stretch.in(language)}});
    for (const auto& stretch : explanation.stretches) {
        const Interval& interval = stretch.interval;
        table.add({names.instant(interval.from), interval.open ? "…" : names.instant(interval.to),
                   std::to_string(stretch.used), reason_of(interval, names)});
    }
    return table;
}

/// `Set up and install: 30 working days (Decision 1690/QĐ-BVHTTDL), due Thursday 2017-06-08, on
/// time`.
std::string heading(const ClockExplanation& explanation, const Names& names,
                    const Session& session) {
    const std::string& language = session.language;
    const ClockView& view = explanation.view;
    const std::string& source = names.graph().clock_source(view.clock);
    std::string first =
        names.clock(view.clock) + ": " + limit_text(view.limit, language) + " (" +
        (source.empty() ? std::string(words::default_source.in(language)) : printable(source)) +
        ")";
    std::string text = toned(wrapped(first, page_width, 2), Tone::strong, session.colour) + "\n  ";
    if (view.due) {
        text += words::due_on.in(language, named_day(view.due->date, session)) + "; ";
    }
    const Cell standing = standing_cell(view, names);
    std::string how = standing.text;
    if (explanation.ended) how = words::ended_as.in(language, how);
    text += toned(how, standing.tone, session.colour) + '\n';
    if (view.due && view.due->projected) {
        text += "  " +
                toned(words::projected_note.in(
                          language, to_string(names.calendar().definition().announced_until)),
                      Tone::warning, session.colour) +
                '\n';
    }
    return text;
}

std::string explanation_text(const ClockExplanation& explanation, const Names& names,
                             const Session& session) {
    std::string text = heading(explanation, names, session);
    // One stretch that counts says nothing that the days do not say.
    const bool plain = explanation.stretches.size() == 1 &&
                       explanation.stretches.front().interval.counts && explanation.derivation;
    if (!plain) text += '\n' + stretches_table(explanation, names).text(session.colour, 2);
    if (explanation.derivation) {
        text += '\n' + days_table(explanation.derivation->days, session).text(session.colour, 2);
    }
    return text;
}

Json explanation_json(const ClockExplanation& explanation, const Names& names,
                      const Session& session) {
    const UtcOffset offset = names.calendar().offset();
    Json json = clock_json(explanation.view, names);
    json["source"] = names.graph().clock_source(explanation.view.clock);
    json["ended"] = explanation.ended;
    Json stretches = Json::array();
    for (const auto& stretch : explanation.stretches) {
        const Interval& interval = stretch.interval;
        stretches.push_back({{"from", to_string(interval.from, offset)},
                             {"to", interval.open ? Json() : Json(to_string(interval.to, offset))},
                             {"counts", interval.counts},
                             {"used", stretch.used},
                             {"why", reason_of(interval, names)}});
    }
    json["stretches"] = stretches;
    json["days"] =
        explanation.derivation ? days_json(explanation.derivation->days, session) : Json::array();
    return json;
}

int run(Session& session, const Options& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    const Names names(open.engine->get(options.instance), session);
    const std::vector<ClockExplanation> explanations = open.engine->explain(options.instance);
    if (session.format == Format::json) {
        Json list = Json::array();
        for (const auto& one : explanations) list.push_back(explanation_json(one, names, session));
        print(json_page({{"instance", options.instance}, {"clocks", list}}));
        return exit_ok;
    }
    std::string text;
    for (const auto& one : explanations) {
        text += (text.empty() ? "" : "\n") + explanation_text(one, names, session);
    }
    if (explanations.empty()) text = std::string(words::no_clocks.in(session.language)) + '\n';
    print(text);
    return exit_ok;
}

}  // namespace

void add_explain(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "explain", "Why each deadline of a dossier is where it is, day by day");
    Options& options = options_of<Options>(command, session, run);
    add_instance(command, options.instance);
    add_store(command, options.store, "--at,--now");
    add_format(command, session);
    command.footer(
        "Example:\n"
        "  workflow explain service_onboarding/2017-01 --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
