#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "days.hpp"
#include "dossier_store.hpp"
#include "situation.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "words.hpp"
#include "workflow/json.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ShowOptions {
    StoreOptions store;
    std::string instance;
};

std::string heading(const InstanceView& view, const Names& names, Instant now,
                    const Session& session) {
    const std::string& language = session.language;
    const Instance& instance = view.instance;
    const bool late = instance.cancelled;
    return toned(printable(instance.id), Tone::strong, session.colour) + "  " +
           toned(status_text(instance, names), late ? Tone::bad : Tone::good, session.colour) +
           '\n' +
           wrapped(words::instance_line.in(language, names.procedure(), view.procedure->version(),
                                           instance.revision),
                   page_width, 0) +
           '\n' + words::started_on.in(language, names.instant(instance.started)) + ", " +
           words::as_of.in(language, names.instant(now)) + '\n';
}

std::string items_text(const std::vector<OpenItem>& items, const Names& names,
                       const Session& session) {
    const std::string& language = session.language;
    Table table({{words::item.in(language), Column::Align::right},
                 {words::state.in(language)},
                 {words::who.in(language)},
                 {words::since.in(language)},
                 {words::due.in(language)},
                 {words::standing.in(language)}});
    for (const OpenItem& item : items) {
        Cell due = item.clock ? due_cell(*item.clock, names) : Cell("");
        Cell standing = item.clock ? standing_cell(*item.clock, names) : Cell("");
        if (!item.incident_reason.is_null()) {
            standing = Cell(
                words::incident.in(language, incident_sentence(item.incident_reason, language)),
                Tone::bad);
        }
        table.add({std::to_string(item.ordinal), Cell(names.state(item.state), Tone::strong),
                   who(item, names), names.instant(item.since), due, standing});
    }
    return table.text(session.colour);
}

std::string clocks_text(const std::vector<ClockView>& clocks, const Names& names,
                        const Session& session) {
    const std::string& language = session.language;
    Table table({{words::clock.in(language)},
                 {words::limit.in(language)},
                 {words::since.in(language)},
                 {words::due.in(language)},
                 {words::standing.in(language)}});
    for (const ClockView& clock : clocks) {
        table.add({names.clock(clock.clock), length_text(clock, names),
                   names.instant(clock.round_started), due_cell(clock, names),
                   standing_cell(clock, names)});
    }
    return table.text(session.colour);
}

std::string data_text(const Instance& instance, const Names& names, const Session& session) {
    Table table({{words::field.in(session.language)}, {words::value.in(session.language)}});
    for (std::uint32_t field = 0; field < instance.data.size(); ++field) {
        if (instance.data[field].is_null()) continue;
        table.add({names.field(field), names.value(instance.data[field])});
    }
    return table.empty() ? "" : '\n' + table.text(session.colour);
}

Json items_json(const std::vector<OpenItem>& items, const Names& names) {
    Json list = Json::array();
    const UtcOffset offset = names.calendar().offset();
    for (const OpenItem& item : items) {
        Json roles = Json::array();
        for (const std::uint32_t role : item.roles) roles.push_back(names.graph().role(role).id);
        Json one = {{"item", item.ordinal},
                    {"state", names.graph().state(item.state).id},
                    {"title", names.state(item.state)},
                    {"roles", roles},
                    {"for", item.for_whom},
                    {"since", to_string(item.since, offset)},
                    {"clock", item.clock ? clock_json(*item.clock, names) : Json()}};
        if (!item.incident_reason.is_null()) {
            one["incident"] = incident_sentence(item.incident_reason, names.language());
        }
        list.push_back(std::move(one));
    }
    return list;
}

Json show_json(const InstanceView& view, const Names& names, Instant now) {
    const Instance& instance = view.instance;
    const UtcOffset offset = view.calendar->offset();
    Json clocks = Json::array();
    for (const ClockView& clock : clocks_of(view, now)) clocks.push_back(clock_json(clock, names));
    Json data = Json::object();
    for (std::uint32_t field = 0; field < instance.data.size(); ++field) {
        const Value& value = instance.data[field];
        // Sensitive values stay in the store: whoever may read them asks the engine.
        data[names.graph().field(field).id] =
            value.sealed() != nullptr ? Json(names.value(value)) : Json(to_json(value, offset));
    }
    const bool ended = instance.status == Instance::Status::ended;
    return {
        {"instance", instance.id},
        {"procedure", view.procedure->id()},
        {"version", view.procedure->version()},
        {"calendar", view.calendar->id()},
        {"revision", instance.revision},
        {"status", instance.cancelled ? "cancelled"
                   : ended            ? "ended"
                   : instance.is_suspended() ? "suspended"
                                      : "active"},
        {"outcome",
         instance.outcome == no_index ? Json() : Json(names.graph().outcome(instance.outcome).id)},
        {"variant", instance.variant},
        {"started", to_string(instance.started, offset)},
        {"as_of", to_string(now, offset)},
        {"items", items_json(open_items(view, now), names)},
        {"clocks", clocks},
        {"data", data}};
}

int run(Session& session, const ShowOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    const InstanceView view = open.engine->get(options.instance);
    const Names names(view, session);
    const Instant now = open.clock->now();
    if (session.format == Format::json) {
        print(json_page(show_json(view, names, now)));
        return exit_ok;
    }
    const auto items = open_items(view, now);
    const auto clocks = clocks_of(view, now);
    std::string text = heading(view, names, now, session);
    if (!items.empty()) text += '\n' + items_text(items, names, session);
    if (!clocks.empty()) text += '\n' + clocks_text(clocks, names, session);
    print(text + data_text(view.instance, names, session));
    return exit_ok;
}

}  // namespace

void add_show(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "show", "Where a dossier stands: who must act, until when, its data");
    ShowOptions& options = options_of<ShowOptions>(command, session, run);
    add_instance(command, options.instance);
    add_store(command, options.store, "--at,--now");
    add_format(command, session);
    command.footer(
        "Examples:\n"
        "  workflow show service_onboarding/2017-01 --store sqlite:dossiers.db\n"
        "  workflow show service_onboarding/2017-01 --at 2017-05-10 --lang vi --store sqlite:d.db");
}

}  // namespace workflow::cli
