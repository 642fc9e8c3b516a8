#include <algorithm>
#include <nlohmann/json.hpp>

#include "calendar_library.hpp"
#include "commands.hpp"
#include "definition_file.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ValidateOptions {
    std::vector<std::string> files;
};

struct Counts {
    std::size_t errors = 0;
    std::size_t warnings = 0;
};

Counts count(const DefinitionFile& file) {
    const Diagnostics& all = file.diagnostics();
    const auto errors = static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(),
        [](const Diagnostic& diagnostic) { return diagnostic.severity == Severity::error; }));
    return {errors + (file.problem.empty() ? 0 : 1), all.size() - errors};
}

Json file_json(const std::string& path, const DefinitionFile& file, const Session& session) {
    Json findings = Json::array();
    for (const Diagnostic& diagnostic : file.diagnostics()) {
        findings.push_back(diagnostic_json(diagnostic, session));
    }
    if (!file.problem.empty()) {
        findings.push_back({{"severity", "error"},
                            {"code", "unknown-definition"},
                            {"file", path},
                            {"message", file.problem}});
    }
    return {{"file", path}, {"valid", count(file).errors == 0}, {"diagnostics", findings}};
}

/// `procedures/x.yaml: procedure service_onboarding, version 1: valid`.
std::string verdict(const std::string& path, const DefinitionFile& file, const Session& session) {
    std::string text = printable(path) + ": ";
    if (file.procedure.procedure != nullptr) {
        text +=
            fmt::format("{} {}, {} {}: ", words::procedure_kind.in(session.language),
                        file.procedure.procedure->id(), words::version_word.in(session.language),
                        file.procedure.procedure->version());
    } else if (file.calendar.calendar != nullptr) {
        text += fmt::format("{} {}, {} {}: ", words::calendar_kind.in(session.language),
                            file.calendar.calendar->id(), words::version_word.in(session.language),
                            file.calendar.calendar->version());
    }
    if (file.simulation.assumptions) {
        text += fmt::format("{} {}: ", words::simulation_kind.in(session.language),
                            file.simulation.assumptions->procedure->id());
    }
    const bool valid = count(file).errors == 0;
    return text + toned((valid ? words::all_valid : words::invalid).in(session.language),
                        valid ? Tone::good : Tone::bad, session.colour);
}

/// The place of a top key's value in a file, for what the loader does not look at.
Place place_of(const LoadedProcedure& loaded, const std::string& path, std::string_view key) {
    Place place{path, 1, 1};
    std::uint32_t line = 1;
    for (std::string_view rest = loaded.source; !rest.empty(); ++line) {
        if (rest.starts_with(key)) place = {path, line, 1};
        rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    }
    return place;
}

/// A calendar that is found nowhere is a mistake in its name, or one that another machine has.
void check_calendars(DefinitionFile& file, const std::string& path) {
    LoadedProcedure& loaded = file.procedure;
    if (loaded.procedure == nullptr) return;
    const auto check = [&](const std::string& id, std::string_view key) {
        if (find_calendar_by_id(id, path)) return;
        const auto known = known_calendars(path);
        const std::string near = nearest(id, known);
        loaded.diagnostics.push_back({Severity::warning,
                                      "calendar-not-found",
                                      place_of(loaded, path, key),
                                      {id, near.empty() ? joined(known) : near}});
    };
    check(loaded.procedure->calendar(), "calendar:");
    for (const std::string& id : loaded.procedure->more_calendars()) check(id, "calendars:");
}

int run(Session& session, const ValidateOptions& options) {
    Counts total;
    Json files = Json::array();
    std::string verdicts;
    for (const std::string& path : options.files) {
        DefinitionFile file = load_definition(path, session);
        check_calendars(file, path);
        const Counts counts = count(file);
        total.errors += counts.errors;
        total.warnings += counts.warnings;
        if (session.format == Format::json) {
            files.push_back(file_json(path, file, session));
            continue;
        }
        print(findings_text(file.diagnostics(), session.language, session.colour));
        if (!file.problem.empty()) print(toned(file.problem, Tone::bad, session.colour) + '\n');
        verdicts += verdict(path, file, session) + '\n';
    }
    if (session.format == Format::json) {
        print(json_page({{"valid", total.errors == 0},
                         {"errors", total.errors},
                         {"warnings", total.warnings},
                         {"files", files}}));
    } else {
        print(verdicts);
        if (options.files.size() > 1 || total.errors + total.warnings > 0) {
            print(words::errors_and_warnings.in(session.language, options.files.size(),
                                                total.errors, total.warnings) +
                  '\n');
        }
    }
    return total.errors == 0 ? exit_ok : exit_refused;
}

}  // namespace

void add_validate(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "validate", "Check procedures, calendars and scenarios, and say how to mend them");
    ValidateOptions& options = options_of<ValidateOptions>(command, session, run);
    command
        .add_option("file", options.files,
                    "Procedures, calendars or scenarios of simulations, told apart by their first key;\n"
                    "a scenario is held against procedure.yaml beside it")
        ->required()
        ->option_text("FILE...");
    add_format(command, session);
    command.footer(
        "Every finding is a line FILE:LINE:COLUMN: error[code]: what; mend. Exit status 1 when "
        "there\n"
        "are errors; warnings alone are 0.\n\n"
        "Examples:\n"
        "  workflow validate procedures/service_onboarding/procedure.yaml\n"
        "  workflow validate procedures/*/procedure.yaml procedures/calendars/*.yaml --lang vi\n"
        "  workflow validate my.yaml --format json");
}

}  // namespace workflow::cli
