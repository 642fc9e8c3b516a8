#include <algorithm>
#include <array>
#include <unordered_map>

#include "definition/source_file.hpp"
#include "scenario/step_reader.hpp"
#include "workflow/limits.hpp"
#include "workflow/scenario.hpp"

namespace workflow {
namespace scenario {
namespace {

using definition::Entry;
using definition::Findings;
using definition::MappingReader;
using definition::Node;
using definition::one_or_several;

constexpr std::array<std::string_view, 3> file_keys{"tests", "people", "cases"};
constexpr std::array<std::string_view, 3> person_keys{"role", "unit", "for"};
constexpr std::array<std::string_view, 4> case_keys{"title", "given", "after", "steps"};

Actor read_person(Reading& reading, const Entry& entry) {
    Actor person{.id = read_name(reading, *entry.key).value_or("")};
    const MappingReader mapping(reading.findings, *entry.value, person_keys);
    if (!mapping.is_mapping()) return person;
    if (const Node* roles = mapping.require("role")) {
        for (const Node* role : one_or_several(*roles)) {
            if (find_role_of_any(reading, *role)) person.roles.push_back(role->text);
        }
    }
    if (const Node* units = mapping.find("unit")) {
        for (const Node* unit : one_or_several(*units)) {
            if (auto id = definition::read_string(reading.findings, *unit)) {
                person.units.push_back(std::move(*id));
            }
        }
    }
    if (const Node* whom = mapping.find("for")) {
        person.acting_for = read_name(reading, *whom).value_or("");
    }
    return person;
}

/// The cases of the file: those from which others go on are read before them, for the time of a
/// step may follow from the step before it.
class CaseReader {
public:
    CaseReader(Reading& reading, const Node& cases) : reading_(reading), cases_(cases) {
        for (const Entry& entry : cases.entries) {
            (void)definition::read_id(reading.findings, *entry.key);
            reading.script.cases.push_back(
                {.id = entry.key->text, .place = reading.findings.place(*entry.key)});
        }
        progress_.assign(cases.entries.size(), Progress::waiting);
    }

    void read() {
        for (std::size_t i = 0; i < cases_.entries.size(); ++i) (void)read_until_end(i);
    }

private:
    enum class Progress : std::uint8_t { waiting, reading, read };

    /// When the case ends; nothing where a finding hides it.
    std::optional<Instant> read_until_end(std::size_t number) {
        Case& read = reading_.script.cases[number];
        if (progress_[number] == Progress::waiting) {
            progress_[number] = Progress::reading;
            ++depth_;
            read_case(number, read);
            --depth_;
            progress_[number] = Progress::read;
        }
        return ends_[number];
    }

    void read_case(std::size_t number, Case& read) {
        const Node& node = *cases_.entries[number].value;
        const MappingReader mapping(reading_.findings, node, case_keys);
        if (const Node* title = mapping.require("title")) {
            read.title = definition::read_text(reading_.findings, *title);
        }
        const Node* given = mapping.find("given");
        const Node* after = mapping.find("after");
        if ((given == nullptr) == (after == nullptr)) {
            reading_.findings.error(node, "given-or-after", {read.id});
            return;
        }
        std::optional<Instant> now;
        if (given != nullptr) {
            auto start = read_given_start(reading_, *given);
            if (!start) return;
            now = start->at;
            read.steps.push_back(std::move(*start));
        } else {
            now = end_of(*after, read);
            if (!now) return;
        }
        if (const Node* steps = mapping.find("steps")) read_steps(*steps, read, *now);
        ends_[number] = now;
    }

    std::optional<Instant> end_of(const Node& after, Case& read) {
        std::vector<std::string> ids;
        for (const Case& known : reading_.script.cases) ids.push_back(known.id);
        const auto number = find_name(reading_, after, ids, "unknown-case");
        if (!number) return std::nullopt;
        if (progress_[*number] == Progress::reading) {
            reading_.findings.error(after, "case-goes-round", {read.id});
            return std::nullopt;
        }
        if (depth_ > limits::cases_in_a_row_max) {
            reading_.findings.error(after, "too-many-cases-in-a-row",
                                    {std::to_string(limits::cases_in_a_row_max)});
            return std::nullopt;
        }
        read.after = *number;
        return read_until_end(*number);
    }

    void read_steps(const Node& steps, Case& read, Instant& now) {
        if (!definition::expect_sequence(reading_.findings, steps)) return;
        for (const Node* node : steps.items) {
            auto step = read_step(reading_, *node, now);
            if (!step) continue;
            now = step->at;
            read.steps.push_back(std::move(*step));
        }
    }

    Reading& reading_;
    const Node& cases_;
    std::vector<Progress> progress_;
    std::size_t depth_ = 0;  ///< cases that are being read, each going on from the next
    std::unordered_map<std::size_t, std::optional<Instant>> ends_;
};

void read_script(Findings& findings, const Node& root, Script& script) {
    Reading reading{findings, script.procedure->model(), script};
    const MappingReader file(findings, root, file_keys);
    if (!file.is_mapping()) return;
    if (const Node* tests = file.require("tests"); tests != nullptr) {
        if (!tests->is_scalar() || tests->text != reading.model.id) {
            findings.error(*tests, "tests-of-another", {tests->text, reading.model.id});
        }
    }
    if (const Node* people = file.require("people");
        people != nullptr && definition::expect_mapping(findings, *people)) {
        for (const Entry& entry : people->entries) {
            script.people.push_back(read_person(reading, entry));
        }
    }
    if (const Node* cases = file.require("cases");
        cases != nullptr && definition::expect_mapping(findings, *cases)) {
        CaseReader(reading, *cases).read();
    }
}

std::shared_ptr<Script> empty_script(LoadedProcedure procedure,
                                     std::vector<LoadedCalendar> calendars,
                                     std::vector<LoadedProcedure> called) {
    const auto script = std::make_shared<Script>();
    script->procedure = procedure_or_throw(procedure);
    for (const LoadedCalendar& given : calendars) {
        const auto calendar = calendar_or_throw(given);
        script->calendars.add(calendar);
        if (calendar->id() == script->procedure->calendar()) script->calendar = calendar;
    }
    if (script->calendar == nullptr) {
        throw Error(ErrorCode::not_found, "the calendar '" + script->procedure->calendar() +
                                              "', by which '" + script->procedure->id() +
                                              "' counts, is not among the given");
    }
    script->loaded_procedure = std::move(procedure);
    script->loaded_calendars = std::move(calendars);
    script->called = std::move(called);
    return script;
}

}  // namespace
}  // namespace scenario

std::vector<LoadedProcedure> called_procedures(const std::filesystem::path& tests,
                                               const LoadedProcedure& procedure) {
    const std::filesystem::path folder = tests.parent_path();
    std::vector<LoadedProcedure> found;
    if (procedure.procedure == nullptr) return found;
    std::vector<std::string> known{procedure.procedure->id()};
    std::vector<std::string> wanted = procedure.procedure->called();
    while (!wanted.empty()) {
        const std::string id = wanted.back();
        wanted.pop_back();
        if (std::find(known.begin(), known.end(), id) != known.end()) continue;
        known.push_back(id);
        for (const auto& place : {folder / id, folder / ".." / id}) {
            std::error_code failure;
            const auto file = place / "procedure.yaml";
            if (!std::filesystem::is_regular_file(file, failure)) continue;
            LoadedProcedure called = load_procedure_file(file);
            if (called.procedure == nullptr) continue;
            for (const std::string& next : called.procedure->called()) wanted.push_back(next);
            found.push_back(std::move(called));
            break;
        }
    }
    return found;
}

LoadedScenarios load_scenarios(std::string_view yaml, const std::string& file,
                               LoadedProcedure procedure, std::vector<LoadedCalendar> calendars,
                               std::vector<LoadedProcedure> called) {
    const auto script =
        scenario::empty_script(std::move(procedure), std::move(calendars), std::move(called));
    LoadedScenarios loaded;
    const auto document = definition::Document::parse(yaml, file, loaded.diagnostics);
    if (document == nullptr) return loaded;
    definition::Findings findings(*document, loaded.diagnostics);
    try {
        scenario::read_script(findings, document->root(), *script);
    } catch (const definition::TooManyFindings&) {  // the last of them says so
    }
    if (!has_errors(loaded.diagnostics)) loaded.scenarios = script;
    return loaded;
}

LoadedScenarios load_scenarios_file(const std::filesystem::path& path, LoadedProcedure procedure,
                                    std::vector<LoadedCalendar> calendars) {
    LoadedScenarios loaded;
    const auto bytes = definition::read_source_file(path, loaded.diagnostics);
    if (!bytes) return loaded;
    auto called = called_procedures(path, procedure);
    return load_scenarios(*bytes, path.string(), std::move(procedure), std::move(calendars),
                          std::move(called));
}

}  // namespace workflow
