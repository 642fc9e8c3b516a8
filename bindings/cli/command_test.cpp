#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "coverage_report.hpp"
#include "definition_file.hpp"
#include "junit.hpp"
#include "text_file.hpp"
#include "terminal.hpp"
#include "test_words.hpp"
#include "words.hpp"
#include "workflow/scenario.hpp"

namespace workflow::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

struct TestOptions {
    std::vector<std::string> paths;
    std::string calendar;
    std::string junit;
    bool coverage = false;
    std::string coverage_svg;
    std::string required;  ///< `ways` or `all`; empty: nothing

    [[nodiscard]] bool wants_coverage() const {
        return coverage || !coverage_svg.empty() || !required.empty();
    }
};

/// The tests.yaml files below a folder, in the order of their paths; of a file the file.
std::vector<fs::path> files_of(const std::string& given, const Session& session) {
    std::error_code failure;
    if (!fs::exists(given, failure)) {
        throw Failure(words::nothing_there.in(session.language, printable(given)));
    }
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

/// All by which the procedure counts and those that it calls; `--calendar` is the procedure's own.
std::vector<LoadedCalendar> calendars_of(const fs::path& tests, const LoadedProcedure& procedure,
                                         const TestOptions& options, const Session& session) {
    const std::string& own = procedure.procedure->calendar();
    std::vector<LoadedProcedure> all{procedure};
    for (LoadedProcedure& called : called_procedures(tests, procedure)) {
        all.push_back(std::move(called));
    }
    std::vector<std::string> ids;
    for (const LoadedProcedure& one : all) {
        ids.push_back(one.procedure->calendar());
        for (const std::string& other : one.procedure->more_calendars()) ids.push_back(other);
    }
    std::vector<LoadedCalendar> calendars;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (std::find(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(i), ids[i]) !=
            ids.begin() + static_cast<std::ptrdiff_t>(i)) {
            continue;
        }
        const bool is_given = ids[i] == own && !options.calendar.empty();
        calendars.push_back(
            find_loaded_calendar(is_given ? options.calendar : ids[i], session, tests));
    }
    return calendars;
}

PlayedFile play_file(const fs::path& path, const TestOptions& options, const Session& session) {
    PlayedFile file;
    file.path = path;
    const LoadedProcedure beside = load_procedure_file(path.parent_path() / "procedure.yaml");
    if (beside.procedure == nullptr) {
        file.findings = beside.diagnostics;
        return file;
    }
    const LoadedScenarios loaded =
        load_scenarios_file(path, beside, calendars_of(path, beside, options, session));
    file.findings = loaded.diagnostics;
    if (loaded.scenarios == nullptr) return file;
    file.cases = play(*loaded.scenarios, session.language);
    if (options.wants_coverage()) file.coverage = cover(*loaded.scenarios);
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
                         {"objections", result.objections},
                         {"reasoning", result.reasoning}});
    }
    return {{"file", file.path.string()},
            {"diagnostics", diagnostics_json(file.findings, session)},
            {"cases", cases}};
}

std::vector<PlayedFile> play_all(const TestOptions& options, const Session& session) {
    std::vector<PlayedFile> files;
    for (const std::string& given : options.paths) {
        for (const fs::path& path : files_of(given, session)) {
            files.push_back(play_file(path, options, session));
            if (session.format == Format::text) print(file_text(files.back(), session));
        }
    }
    return files;
}

/// How many are not covered as it is required.
std::size_t lacking(const std::vector<Coverage>& coverages, const TestOptions& options) {
    if (options.required.empty()) return 0;
    const auto wanted =
        options.required == "all" ? Coverage::Wanted::all : Coverage::Wanted::without_guards;
    return static_cast<std::size_t>(
        std::count_if(coverages.begin(), coverages.end(),
                      [&](const Coverage& one) { return !one.is_full(wanted); }));
}

void report_text(std::size_t cases, std::size_t failed, std::size_t lacking,
                 const std::vector<Coverage>& coverages, const Session& session) {
    for (const Coverage& coverage : coverages) print(coverage_text(coverage, session));
    if (lacking > 0) print(words::not_covered.in(session.language, lacking) + '\n');
    print(words::cases_and_failures.in(session.language, cases, failed) + '\n');
}

void report_json(const std::vector<PlayedFile>& files, std::size_t cases, std::size_t failed,
                 const std::vector<Coverage>& coverages, const TestOptions& options,
                 const Session& session) {
    Json json{{"cases", cases}, {"failed", failed}, {"files", Json::array()}};
    for (const PlayedFile& file : files) json["files"].push_back(file_json(file, session));
    if (options.wants_coverage()) {
        json["coverage"] = Json::array();
        for (const Coverage& one : coverages) {
            json["coverage"].push_back(coverage_json(one, session));
        }
    }
    print(json_page(json));
}

int run(Session& session, const TestOptions& options) {
    const std::vector<PlayedFile> files = play_all(options, session);
    std::size_t cases = 0;
    std::size_t failed = 0;
    for (const PlayedFile& file : files) {
        cases += file.count();
        failed += file.failed();
    }
    if (!options.junit.empty()) {
        write_output(options.junit, junit_xml(files, session.language), session);
    }
    const std::vector<Coverage> coverages = combined(files);
    if (!options.coverage_svg.empty()) {
        (void)draw_coverage(coverages, options.coverage_svg, session);
    }
    const std::size_t uncovered = lacking(coverages, options);
    if (session.format == Format::json) {
        report_json(files, cases, failed, coverages, options, session);
    } else {
        report_text(cases, failed, uncovered, coverages, session);
    }
    return failed == 0 && uncovered == 0 ? exit_ok : exit_refused;
}

}  // namespace

void add_test(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "test", "Play the cases of tests.yaml files and say what does not hold");
    TestOptions& options = options_of<TestOptions>(command, session, run);
    command
        .add_option("path", options.paths,
                    "A tests.yaml beside its procedure.yaml, or a folder of such")
        ->required()
        ->option_text("FILE_OR_FOLDER...");
    command
        .add_option(
            "--calendar", options.calendar,
            "File of the procedure's calendar (default: found by its id in calendars/ beside the\n"
            "tests or beside their folder, then in calendars/ or procedures/calendars/ here, then\n"
            "among those that the tool brings with it)")
        ->option_text("CALENDAR");
    command.add_option("--junit", options.junit, "Also write the result as JUnit's XML")
        ->option_text("FILE");
    command.add_flag("--coverage", options.coverage,
                     "Also say which states, ways, moments and guards no case has seen");
    command
        .add_option("--coverage-svg", options.coverage_svg,
                    "The same, and draw each procedure there, with that dashed and red")
        ->option_text("FOLDER");
    command
        .add_option(
            "--require-coverage", options.required,
            "The same, and fail unless every state, way and moment was seen (ways), or each\n"
            "guard held and did not hold as well (all)")
        ->check(CLI::IsMember({"ways", "all"}))
        ->option_text("ways|all");
    add_format(command, session);
    command.footer(
        "One line a case; of one that does not hold also what was expected and found, with what\n"
        "happened before it. Exit status 1 when a case fails.\n"
        "What a case sees of a procedure that it calls counts for that one, where its own tests "
        "are\n"
        "played, too.\n\n"
        "Examples:\n"
        "  workflow test procedures/service_onboarding/tests.yaml\n"
        "  workflow test procedures --lang vi\n"
        "  workflow test procedures --junit tests.xml --require-coverage ways\n"
        "  workflow test procedures/petition_handling --coverage-svg pictures");
}

}  // namespace workflow::cli
