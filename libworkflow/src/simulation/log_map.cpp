// Which activity of a log is what in a procedure.
#include <algorithm>
#include <array>

#include "definition/node.hpp"
#include "definition/reader.hpp"
#include "procedure/model.hpp"
#include "workflow/calibration.hpp"

namespace workflow::simulation {
namespace {

using definition::Entry;
using definition::Findings;
using definition::MappingReader;
using definition::Node;

constexpr std::array<std::string_view, 6> map_keys{"map",    "activities", "ignored",
                                                   "finish", "columns",    "zone"};
constexpr std::array<std::string_view, 6> column_keys{"case",     "activity", "time",
                                                      "resource", "group",    "transition"};

std::vector<std::string> state_ids(const procedure::Model& model) {
    std::vector<std::string> ids;
    for (std::size_t i = 1; i < model.states.size(); ++i) ids.push_back(model.states[i].id);
    return ids;
}

std::vector<std::string> action_ids(const procedure::Model& model, procedure::StateIndex state) {
    std::vector<std::string> ids;
    for (;; state = model.states[state].parent) {
        for (const procedure::Action& action : model.states[state].actions) ids.push_back(action.id);
        if (state == procedure::root_state) return ids;
    }
}

/// `check/approve` or `check`.
std::optional<MappedActivity> read_place(Findings& findings, const Node& node,
                                         const procedure::Model& model) {
    const std::string_view text = node.text;
    const std::size_t split = text.find('/');
    Node state = node;
    state.text = text.substr(0, split);
    const auto found = definition::find_name(findings, state, state_ids(model), "unknown-state");
    if (!found) return std::nullopt;
    if (split == std::string_view::npos) return MappedActivity{state.text, {}};
    Node action = node;
    action.text = text.substr(split + 1);
    if (!definition::find_name(findings, action, action_ids(model, *found + 1), "no-such-action")) {
        return std::nullopt;
    }
    return MappedActivity{state.text, action.text};
}

void read_columns(Findings& findings, const Node& node, CsvColumns& columns) {
    const MappingReader mapping(findings, node, column_keys);
    const auto column = [&](std::string_view key, std::string& into) {
        const Node* const given = mapping.find(key);
        if (given != nullptr) into = definition::read_string(findings, *given).value_or(into);
    };
    column("case", columns.case_id);
    column("activity", columns.activity);
    column("time", columns.at);
    column("resource", columns.resource);
    column("group", columns.group);
    column("transition", columns.transition);
}

void read_map(Findings& findings, const Node& root, const procedure::Model& model, LogMap& map) {
    const MappingReader file(findings, root, map_keys);
    if (!file.is_mapping()) return;
    if (const Node* id = file.require("map")) {
        if (!id->is_scalar() || id->text != model.id) {
            return findings.error(*id, "map-of-another", {id->text, model.id});
        }
    }
    if (const Node* activities = file.require("activities");
        activities != nullptr && definition::expect_mapping(findings, *activities)) {
        for (const Entry& entry : activities->entries) {
            if (auto place = read_place(findings, *entry.value, model)) {
                map.activities[entry.key->text] = std::move(*place);
            }
        }
    }
    if (const Node* ignored = file.find("ignored")) {
        for (const Node* one : definition::one_or_several(*ignored)) map.ignored.push_back(one->text);
    }
    if (const Node* finish = file.find("finish")) {
        map.finish = definition::read_string(findings, *finish).value_or("");
    }
    if (const Node* columns = file.find("columns")) read_columns(findings, *columns, map.columns);
    if (const Node* zone = file.find("zone")) {
        const auto offset = parse_offset(zone->text);
        if (offset) {
            map.columns.offset = *offset;
        } else {
            findings.error(*zone, "not-an-offset", {zone->text});
        }
    }
}

}  // namespace

LoadedLogMap load_log_map(std::string_view yaml, const std::string& file,
                          const Procedure& procedure) {
    LoadedLogMap loaded;
    const auto document = definition::Document::parse(yaml, file, loaded.diagnostics);
    if (document == nullptr) return loaded;
    Findings findings(*document, loaded.diagnostics);
    LogMap map;
    try {
        read_map(findings, document->root(), procedure.model(), map);
    } catch (const definition::TooManyFindings&) {  // the last of them says so
    }
    if (!has_errors(loaded.diagnostics)) loaded.map = std::move(map);
    return loaded;
}

LogMap own_log_map(const Procedure& procedure) {
    LogMap map;
    const procedure::Model& model = procedure.model();
    for (procedure::StateIndex state = 1; state < model.states.size(); ++state) {
        const std::string& id = model.states[state].id;
        map.activities[id] = {id, {}};
        for (const std::string& action : action_ids(model, state)) {
            map.activities[id + "/" + action] = {id, action};
        }
    }
    map.ignored = {"start"};
    return map;
}

LoggedCase logged(const Assumptions& assumptions, const FinishedDossier& dossier) {
    LoggedCase one{std::to_string(dossier.dossier + 1), {}};
    one.events.push_back(
        {"start", assumptions.applicant.id, {}, LoggedEvent::Transition::complete, dossier.started});
    for (const Stage& stage : dossier.stages) {
        if (stage.person == SIZE_MAX) continue;
        const std::string& state = assumptions.procedure->state(stage.state).id;
        const std::string name = stage.action.empty() ? state : state + "/" + stage.action;
        const std::string& who = assumptions.people[stage.person].id;
        one.events.push_back({name, who, {}, LoggedEvent::Transition::start, stage.begun});
        one.events.push_back({name, who, {}, LoggedEvent::Transition::complete, stage.ended});
    }
    std::stable_sort(one.events.begin(), one.events.end(),
                     [](const auto& a, const auto& b) { return a.at < b.at; });
    return one;
}

}  // namespace workflow::simulation
