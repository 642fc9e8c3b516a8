#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "definition_file.hpp"
#include "terminal.hpp"
#include "words.hpp"
#include "workflow/scenario.hpp"

namespace workflow::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct Options {
    std::vector<std::string> paths;
    std::string calendar;
};

/// The tests.yaml files below a folder, in the order of their paths; of a file the file.
std::vector<fs::path> files_of(const std::string& given, const Session& session) {
    std::error_code failure;
    if (!fs::is_directory(given, failure)) return {given};
    std::vector<fs::path> files;
    for (fs::recursive_directory_iterator entry(given, failure);
         !failure && entry != fs::recursive_directory_iterator(); entry.increment(failure)) {
        if (entry->path().filename() == "tests.yaml") files.push_back(entry->path());
    }
    if (failure || files.empty()) {
        throw Failure(words::no_tests.in(session.language, printable(given)));
    }
    std::sort(files.begin(), files.end());
    return files;
}

struct PlayedFile {
    fs::path path;
    Diagnostics findings;
    std::vector<ScenarioResult> cases;

    /// What cannot be loaded counts as one case that failed.
    [[nodiscard]] bool is_loaded() const { return !has_errors(findings); }
    [[nodiscard]] std::size_t count() const { return is_loaded() ? cases.size() : 1; }
    [[nodiscard]] std::size_t failed() const {
        const auto fails = [](const ScenarioResult& one) { return !one.holds(); };
        return is_loaded()
                   ? static_cast<std::size_t>(std::count_if(cases.begin(), cases.end(), fails))
                   : 1;
    }
};

PlayedFile play_file(const fs::path& path, const Options& options, const Session& session) {
    PlayedFile file{.path = path};
    const LoadedProcedure beside = load_procedure_file(path.parent_path() / "procedure.yaml");
    if (beside.procedure == nullptr) {
        file.findings = beside.diagnostics;
        return file;
    }
    std::vector<LoadedCalendar> calendars{find_loaded_calendar(
        options.calendar.empty() ? beside.procedure->calendar() : options.calendar, session)};
    for (const std::string& other : beside.procedure->more_calendars()) {
        calendars.push_back(find_loaded_calendar(other, session));
    }
    const LoadedScenarios loaded = load_scenarios_file(path, beside, std::move(calendars));
    file.findings = loaded.diagnostics;
    if (loaded.scenarios != nullptr) file.cases = play(*loaded.scenarios, session.language);
    return file;
}

/// `holds  service_onboarding/set_up: Legal agrees ...`.
std::string verdict(const PlayedFile& file, const ScenarioResult& result, const Session& session) {
    const Word& word = result.holds() ? words::case_holds : words::case_fails;
    return toned(word.in(session.language), result.holds() ? Tone::good : Tone::bad,
                 session.colour) +
           "  " + printable(file.path.parent_path().filename().string()) + "/" +
           printable(result.id) + ": " + printable(result.title) + '\n';
}

std::string file_text(const PlayedFile& file, const Session& session) {
    std::string text = findings_text(file.findings, session.language, session.colour);
    for (const ScenarioResult& result : file.cases) {
        text += verdict(file, result, session) + failure_text(result, session.language);
    }
    return text;
}

Json diagnostics_json(const Diagnostics& diagnostics, const Session& session) {
    Json json = Json::array();
    for (const Diagnostic& one : diagnostics) json.push_back(diagnostic_json(one, session));
    return json;
}

Json file_json(const PlayedFile& file, const Session& session) {
    Json cases = Json::array();
    for (const ScenarioResult& result : file.cases) {
        cases.push_back({{"case", result.id},
                         {"title", result.title},
                         {"holds", result.holds()},
                         {"failures", diagnostics_json(result.failures, session)},
                         {"timeline", result.timeline},
                         {"reasoning", result.reasoning}});
    }
    return {{"file", file.path.string()},
            {"diagnostics", diagnostics_json(file.findings, session)},
            {"cases", cases}};
}

int run(Session& session, const Options& options) {
    std::size_t cases = 0;
    std::size_t failed = 0;
    Json files = Json::array();
    for (const std::string& given : options.paths) {
        for (const fs::path& path : files_of(given, session)) {
            const PlayedFile file = play_file(path, options, session);
            cases += file.count();
            failed += file.failed();
            if (session.format == Format::json) {
                files.push_back(file_json(file, session));
            } else {
                print(file_text(file, session));
            }
        }
    }
    if (session.format == Format::json) {
        print(json_page({{"cases", cases}, {"failed", failed}, {"files", files}}));
    } else {
        print(words::cases_and_failures.in(session.language, cases, failed) + '\n');
    }
    return failed == 0 ? exit_ok : exit_refused;
}

}  // namespace

void add_test(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "test", "Play the cases of tests.yaml files and say what does not hold");
    Options& options = options_of<Options>(command, session, run);
    command
        .add_option("path", options.paths,
                    "A tests.yaml beside its procedure.yaml, or a folder of such")
        ->required()
        ->option_text("FILE_OR_FOLDER...");
    command
        .add_option("--calendar", options.calendar,
                    "File of the procedure's calendar (default: below procedures/calendars)")
        ->option_text("CALENDAR");
    add_format(command, session);
    command.footer(
        "One line a case; of one that does not hold also what was expected and found, with what\n"
        "happened before it. Exit status 1 when a case fails.\n\n"
        "Examples:\n"
        "  workflow test procedures/service_onboarding/tests.yaml\n"
        "  workflow test procedures --lang vi");
}

}  // namespace workflow::cli
