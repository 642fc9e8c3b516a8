#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "dossier_store.hpp"
#include "names.hpp"
#include "readable.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct HistoryOptions {
    StoreOptions store;
    std::string instance;
};

/// A timer that was noticed a minute or more after it fell due, as after an outage.
std::optional<Line> noticed_late(const HistoryEntry& entry, const Names& names) {
    const auto* timer = std::get_if<TimerDue>(&entry.event);
    if (timer == nullptr || entry.now - timer->due < std::chrono::minutes(1)) return std::nullopt;
    return Line{words::noticed_late.in(names.language(), names.instant(timer->due)), Tone::faint};
}

std::vector<Line> lines_of(const HistoryEntry& entry, Reader& reader, const Names& names) {
    std::vector<Line> lines = reader.lines(entry.records);
    if (auto late = noticed_late(entry, names)) lines.push_back(std::move(*late));
    if (lines.empty()) lines.push_back({kind_of(entry.event), Tone::faint});
    return lines;
}

std::string history_text(const std::vector<HistoryEntry>& history, NamesByVersion& versions,
                         const Session& session) {
    const std::string& language = session.language;
    Table table({{words::revision.in(language), Column::Align::right},
                 {words::when.in(language)},
                 {words::actor.in(language)},
                 {words::what.in(language)}});
    Reader reader(versions.now());
    for (const HistoryEntry& entry : history) {
        const Names& names = versions.of(entry.procedure);
        reader.use(names);
        bool first = true;
        for (const Line& line : lines_of(entry, reader, names)) {
            table.add({first ? std::to_string(entry.revision) : "",
                       first ? names.instant(entry.now) : "",
                       first ? actor_of(entry.event, language) : "", Cell(line.text, line.tone)});
            first = false;
        }
    }
    return table.text(session.colour);
}

Json history_json(const std::vector<HistoryEntry>& history, NamesByVersion& versions) {
    Json list = Json::array();
    Reader reader(versions.now());
    const UtcOffset offset = versions.now().calendar().offset();
    for (const HistoryEntry& entry : history) {
        const Names& names = versions.of(entry.procedure);
        reader.use(names);
        Json records = Json::array();
        for (const Record& record : entry.records) {
            const auto line = reader.line(record);
            records.push_back(
                {{"kind", to_string(record.kind)},
                 {"at", to_string(record.at, offset)},
                 {"state",
                  record.state == no_index ? Json() : Json(names.graph().state(record.state).id)},
                 {"text", line ? Json(line->text) : Json()}});
        }
        list.push_back({{"revision", entry.revision},
                        {"now", to_string(entry.now, offset)},
                        {"event", kind_of(entry.event)},
                        {"who", actor_of(entry.event, names.language())},
                        {"request", entry.request},
                        {"semantics", entry.semantics},
                        {"procedure_digest", to_hex(entry.procedure)},
                        {"calendar_digest", to_hex(entry.calendar)},
                        {"instance_digest", to_hex(entry.instance_after)},
                        {"previous_digest", to_hex(entry.previous)},
                        {"records", records}});
    }
    return list;
}

int run(Session& session, const HistoryOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    const std::vector<HistoryEntry> history = open.engine->history(options.instance);
    NamesByVersion names(*open.engine, options.instance, session);
    if (session.format == Format::json) {
        print(
            json_page({{"instance", options.instance}, {"history", history_json(history, names)}}));
    } else {
        print(history_text(history, names, session));
    }
    return exit_ok;
}

}  // namespace

void add_history(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "history", "What happened in a dossier, who did it, which deadlines were kept");
    HistoryOptions& options = options_of<HistoryOptions>(command, session, run);
    add_instance(command, options.instance);
    add_store(command, options.store, nullptr);
    add_format(command, session);
    command.footer(
        "Examples:\n"
        "  workflow history service_onboarding/2017-01 --store sqlite:dossiers.db\n"
        "  workflow history service_onboarding/2017-01 --format json --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
