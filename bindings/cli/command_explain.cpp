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

struct ExplainOptions {
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
    const Word& unknown = view.fixed ? words::no_source : words::default_source;
    const std::string first =
        names.clock(view.clock) + ": " + length_text(view, names) + " (" +
        (source.empty() ? std::string(unknown.in(language)) : printable(source)) + ")";
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

/// What an extension adds, as its clock's limit counts.
Limit added(std::int64_t amount, Unit unit) {
    constexpr std::int64_t minute = 60'000;
    Limit limit{static_cast<std::int32_t>(amount), unit};
    if (unit == Unit::weeks) limit.unit = Unit::days;
    if (unit == Unit::minutes || unit == Unit::hours || unit == Unit::working_hours) {
        const bool whole = unit != Unit::minutes && amount % (60 * minute) == 0;
        limit.count = static_cast<std::int32_t>(amount / (whole ? 60 * minute : minute));
        if (!whole) limit.unit = Unit::minutes;
    }
    return limit;
}

/// What a reader needs to know before the days: rounds, waits, more time.
std::string remarks(const ClockExplanation& explanation, const Names& names,
                    const Session& session) {
    const std::string& language = session.language;
    const ClockView& view = explanation.view;
    std::string text;
    const auto add = [&](const std::string& sentence) {
        text += "  " + wrapped(sentence, page_width - 2, 2) + '\n';
    };
    if (view.calendar != 0) {
        add(words::explain_calendar.in(language, explanation.calendar_id,
                                       explanation.calendar_version));
    }
    if (view.phase == ClockState::Phase::idle) add(std::string(words::explain_idle.in(language)));
    if (view.round > 1) {
        add(words::explain_round.in(language, view.round, names.instant(view.round_started)));
    }
    if (view.due && explanation.fixed_on && !view.extended &&
        *explanation.fixed_on != view.due->date) {
        add(words::explain_fixed_on.in(language, named_day(*explanation.fixed_on, session)));
    }
    for (const ExtraTime& one : explanation.extensions) {
        const std::string when = names.instant(one.at);
        if (one.round != view.round) {
            add(words::explain_earlier_round.in(language, when));
        } else if (one.date) {
            add(words::explain_extended_to.in(language, when, named_day(*one.date, session)));
        } else {
            const Limit more = added(one.amount, view.limit.unit);
            add(words::explain_extended.in(language, when, limit_text(more, language)));
        }
    }
    for (const auto& one : explanation.moved) {
        if (one.source.empty()) {
            add(words::explain_moved_by_procedure.in(language, names.instant(one.at), one.version,
                                                     names.due(one.after), names.due(one.before)));
            continue;
        }
        add(words::explain_moved.in(language, names.instant(one.at), one.version,
                                    names.due(one.after), names.due(one.before),
                                    printable(one.source)));
    }
    if (view.extended && view.original_due) {
        add(words::explain_original.in(language, names.due(view.original_due->instant),
                                       names.result(view.original_result)));
    }
    if (view.phase == ClockState::Phase::waiting) {
        const Word& word =
            explanation.restarts ? words::explain_waits_restart : words::explain_waits;
        add(std::string(word.in(language)));
    }
    if (explanation.late_kept && !explanation.restarts) {
        add(std::string(words::explain_late_kept.in(language)));
    }
    return text;
}

std::string explanation_text(const ClockExplanation& explanation, const Names& names,
                             const Session& session) {
    std::string text = heading(explanation, names, session);
    text += remarks(explanation, names, session);
    // One stretch that counts says nothing that the days do not say.
    const bool plain = explanation.stretches.size() == 1 &&
                       explanation.stretches.front().interval.counts &&
                       (explanation.derivation || explanation.view.fixed);
    if (!plain && !explanation.stretches.empty()) {
        text += '\n' + stretches_table(explanation, names).text(session.colour, 2);
    }
    if (explanation.derivation) {
        const Explanation& derivation = *explanation.derivation;
        text += '\n';
        if (!plain || !explanation.extensions.empty()) {
            text += "  " +
                    words::explain_left.in(session.language,
                                           limit_text(derivation.limit, session.language),
                                           named_day(derivation.first_day, session)) +
                    "\n\n";
        }
        text += days_table(derivation.days, session).text(session.colour, 2);
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
    Json extensions = Json::array();
    for (const auto& one : explanation.extensions) {
        const std::string amount = to_string(added(one.amount, explanation.view.limit.unit));
        extensions.push_back({{"at", to_string(one.at, offset)},
                              {"round", one.round},
                              {"by", one.date ? Json() : Json(amount)},
                              {"to", one.date ? Json(to_string(*one.date)) : Json()}});
    }
    json["extensions"] = extensions;
    Json moved = Json::array();
    for (const auto& one : explanation.moved) {
        moved.push_back({{"at", to_string(one.at, offset)},
                         {"version", one.version},
                         {"before", to_string(one.before, offset)},
                         {"after", to_string(one.after, offset)},
                         {"source", one.source}});
    }
    json["moved"] = moved;
    json["calendar_version"] = explanation.calendar_version;
    json["days"] =
        explanation.derivation ? days_json(explanation.derivation->days, session) : Json::array();
    return json;
}

int run(Session& session, const ExplainOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    NamesByVersion names(*open.engine, options.instance, session);
    const std::vector<ClockExplanation> explanations = open.engine->explain(options.instance);
    if (session.format == Format::json) {
        Json list = Json::array();
        for (const auto& one : explanations) {
            list.push_back(explanation_json(one, names.of(one.procedure), session));
        }
        print(json_page({{"instance", options.instance}, {"clocks", list}}));
        return exit_ok;
    }
    std::string text;
    for (const auto& one : explanations) {
        text += (text.empty() ? "" : "\n") + explanation_text(one, names.of(one.procedure), session);
    }
    if (explanations.empty()) text = std::string(words::no_clocks.in(session.language)) + '\n';
    print(text);
    return exit_ok;
}

}  // namespace

void add_explain(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "explain", "Why each deadline of a dossier is where it is, day by day");
    ExplainOptions& options = options_of<ExplainOptions>(command, session, run);
    add_instance(command, options.instance);
    add_store(command, options.store, "--at,--now");
    add_format(command, session);
    command.footer(
        "Example:\n"
        "  workflow explain service_onboarding/2017-01 --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
