// A scenario file as a whole.
#include <algorithm>
#include <array>

#include "analysis/parameters.hpp"
#include "definition/source_file.hpp"
#include "definition/type_reader.hpp"
#include "simulation/reading.hpp"
#include "workflow/error.hpp"
#include "workflow/simulation.hpp"

namespace workflow::simulation {
namespace {

using definition::Entry;
using definition::Findings;
using definition::MappingReader;
using definition::Node;

constexpr std::array<std::string_view, 15> file_keys{
    "simulation", "title", "begins", "variant", "entry",  "set",      "arrivals", "applicant",
    "data",       "staff", "people", "queue",   "states", "messages", "actions"};

/// What if the procedure's parameters were others: they are those of every variant then.
std::shared_ptr<const Procedure> read_parameters(Findings& findings, const Node& node,
                                                 const std::shared_ptr<const Procedure>& procedure) {
    if (!definition::expect_mapping(findings, node)) return procedure;
    const auto& parameters = procedure->model().parameters;
    std::vector<std::string> ids;
    for (const procedure::Parameter& parameter : parameters) ids.push_back(parameter.id);
    std::vector<std::pair<procedure::ParameterIndex, Value>> values;
    for (const Entry& entry : node.entries) {
        const auto found =
            definition::find_name(findings, *entry.key, ids, "unknown-parameter");
        if (!found) continue;
        auto value = definition::read_value(findings, *entry.value, parameters[*found].type);
        if (value) values.emplace_back(*found, std::move(*value));
    }
    return analysis::with_parameters(*procedure, values);
}

void read_variant(Reading& reading, const Node& node) {
    std::vector<std::string> ids;
    for (const procedure::Variant& variant : reading.model.variants) ids.push_back(variant.id);
    if (definition::find_name(reading.findings, node, ids, "unknown-variant")) {
        reading.made.variant = node.text;
    }
}

void read_entry(Reading& reading, const Node& node) {
    std::vector<std::string> ids;
    for (const auto& entry : reading.model.states.front().entries) ids.push_back(entry.id);
    if (definition::find_name(reading.findings, node, ids, "unknown-start")) {
        reading.made.entry = node.text;
    }
}

/// Where nothing else is said somebody of a role that may start it does; the same who works on its tasks,
/// where one person does that for all dossiers.
void suppose_applicant(Reading& reading) {
    Person& applicant = reading.made.applicant;
    for (const procedure::RoleIndex role : reading.model.started_by) {
        applicant.roles.push_back(reading.model.roles[role].id);
    }
    if (applicant.roles.empty()) return;
    for (const Person& person : reading.made.people) {
        const auto& roles = person.roles;
        if (!person.unlimited ||
            std::find(roles.begin(), roles.end(), applicant.roles.front()) == roles.end()) {
            continue;
        }
        applicant = person;
        return;
    }
}

/// Who does the tasks, and how the called procedures come out, must be known before anything runs.
void report_missing(Reading& reading, const Node& root) {
    const auto& people = reading.made.people;
    for (const procedure::State& state : reading.model.states) {
        if (state.kind == procedure::Kind::task && state.role != procedure::none) {
            const std::string& role = reading.model.roles[state.role].id;
            const bool is_held = std::any_of(people.begin(), people.end(), [&](const Person& one) {
                return std::find(one.roles.begin(), one.roles.end(), role) != one.roles.end();
            });
            if (!is_held) reading.findings.error(root, "nobody-holds-role", {role, state.id});
        }
        if (state.call && !state.call->detached && !reading.made.calls.contains(state.id)) {
            reading.findings.error(root, "call-without-end", {state.id, state.call->procedure});
        }
    }
}

void read_parts(Reading& reading, const MappingReader& file) {
    const auto part = [&](std::string_view key, void (*read)(Reading&, const Node&)) {
        if (const Node* node = file.find(key)) read(reading, *node);
    };
    if (const Node* title = file.find("title")) {
        reading.made.title = definition::read_text(reading.findings, *title);
    }
    if (const Node* begins = file.require("begins")) {
        if (const auto at = read_instant(reading, *begins)) reading.made.begins = *at;
    }
    part("variant", read_variant);
    part("entry", read_entry);
    if (const Node* arrivals = file.require("arrivals")) read_arrivals(reading, *arrivals);
    part("data", read_data);
    part("staff", read_staff);
    part("people", read_people);
    if (const Node* applicant = file.find("applicant")) {
        read_applicant(reading, *applicant);
    } else {
        suppose_applicant(reading);
    }
    part("queue", read_queue);
    part("states", read_states);
    part("messages", read_messages);
    if (const Node* actions = file.find("actions")) {
        read_occasional(reading, *actions, reading.model.states.front());
    }
    if (!reading.findings.has_errors()) report_missing(reading, file.node());
}

void read_file(Findings& findings, const Node& root, Assumptions& made) {
    const MappingReader file(findings, root, file_keys);
    if (!file.is_mapping()) return;
    if (const Node* simulation = file.require("simulation")) {
        if (!simulation->is_scalar() || simulation->text != made.procedure->id()) {
            return findings.error(*simulation, "simulation-of-another",
                                  {simulation->text, made.procedure->id()});
        }
    }
    if (const Node* parameters = file.find("set")) {
        made.procedure = read_parameters(findings, *parameters, made.procedure);
    }
    Reading reading{findings, made.procedure->model(), made.calendar(), made};
    read_parts(reading, file);
}

}  // namespace

LoadedAssumptions load_assumptions(std::string_view yaml, const std::string& file,
                                   std::shared_ptr<const Procedure> procedure,
                                   const Calendars& calendars) {
    LoadedAssumptions loaded;
    Assumptions made;
    made.procedure = std::move(procedure);
    made.calendars = calendars;
    (void)made.calendar();
    const auto document = definition::Document::parse(yaml, file, loaded.diagnostics);
    if (document == nullptr) return loaded;
    Findings findings(*document, loaded.diagnostics);
    try {
        read_file(findings, document->root(), made);
    } catch (const definition::TooManyFindings&) {  // the last of them says so
    }
    if (!has_errors(loaded.diagnostics)) loaded.assumptions = std::move(made);
    return loaded;
}

LoadedAssumptions load_assumptions_file(const std::filesystem::path& path,
                                        std::shared_ptr<const Procedure> procedure,
                                        const Calendars& calendars) {
    LoadedAssumptions loaded;
    const auto bytes = definition::read_source_file(path, loaded.diagnostics);
    if (!bytes) return loaded;
    return load_assumptions(*bytes, path.string(), std::move(procedure), calendars);
}

}  // namespace workflow::simulation
