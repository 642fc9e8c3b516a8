#include <algorithm>
#include <nlohmann/json.hpp>

#include "analysis_report.hpp"
#include "analysis_words.hpp"
#include "commands.hpp"
#include "definition_file.hpp"
#include "graphviz.hpp"
#include "installed_definition.hpp"
#include "text_file.hpp"
#include "procedure_names.hpp"
#include "sarif.hpp"
#include "terminal.hpp"
#include "workflow/graph.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;

struct AnalyzeOptions {
    std::vector<std::string> files;
    std::string sarif;
    std::string svg;
    std::string from;
    std::string calendar;
    int year = 0;
};

/// Everything that is said of one file.
struct Analyzed {
    std::string path;
    LoadedProcedure loaded;
    Analysis analysis;
    std::shared_ptr<const Calendar> calendar;
    std::optional<Instant> from;
    std::vector<CalendarAnswers> answers;
};

Instant instant_of(const std::string& text, const Calendar& calendar, const Session& session) {
    const auto instant = parse_instant(text, calendar.offset());
    if (!instant) throw usage_failure(words::no_instant.in(session.language, printable(text)));
    return *instant;
}

void ask_calendar(Analyzed& analyzed, const AnalyzeOptions& options, const Session& session) {
    const Procedure& procedure = *analyzed.loaded.procedure;
    const std::string name = options.calendar.empty() ? procedure.calendar() : options.calendar;
    analyzed.calendar = find_calendar(name, session, analyzed.path);
    const Calendar& calendar = *analyzed.calendar;
    if (!options.from.empty()) analyzed.from = instant_of(options.from, calendar, session);
    if (options.year != 0 &&
        calendar.is_projected(Day(Date(std::chrono::year(options.year) / 12 / 31)))) {
        throw Failure(words::year_not_announced.in(session.language, options.year, calendar.id()));
    }
    for (const VariantCourses& courses : analyzed.analysis.courses) {
        CalendarAnswers answers{courses.variant, {}, {}};
        if (analyzed.from) {
            answers.finishes =
                finish_instants(procedure, courses.variant, calendar, *analyzed.from);
        }
        if (options.year != 0) {
            answers.year = finishes_of_year(procedure, courses.variant, calendar, options.year);
        }
        analyzed.answers.push_back(std::move(answers));
    }
}

Analyzed analyze_file(const std::string& path, const AnalyzeOptions& options, const Session& session) {
    DefinitionFile file = load_definition(path, session);
    if (file.kind == DefinitionFile::Kind::calendar ||
        file.kind == DefinitionFile::Kind::simulation) {
        throw Failure(words::only_procedures.in(session.language, printable(path)));
    }
    if (!file.problem.empty()) throw Failure(file.problem);
    Analyzed analyzed;
    analyzed.path = path;
    analyzed.loaded = std::move(file.procedure);
    analyzed.analysis = std::move(file.analysis);
    if (analyzed.loaded.procedure == nullptr) return analyzed;
    if (!options.from.empty() || options.year != 0) ask_calendar(analyzed, options, session);
    return analyzed;
}

AnalysisReport report_of(const Analyzed& analyzed, const AnalyzeOptions& options) {
    return {*analyzed.loaded.procedure,
            analyzed.analysis,
            analyzed.calendar.get(),
            analyzed.from,
            options.year != 0 ? std::optional(options.year) : std::nullopt,
            analyzed.answers};
}

void print_text(const std::string& path, const Analyzed& analyzed, const AnalyzeOptions& options,
                const Session& session) {
    const Diagnostics& findings = analyzed.loaded.diagnostics;
    print(findings_text(findings, session.language, session.colour));
    std::string head = printable(path) + ": ";
    if (analyzed.loaded.procedure == nullptr) {
        print(head +
              toned(words::nothing_to_analyze.in(session.language), Tone::bad, session.colour) +
              '\n');
        return;
    }
    const Procedure& procedure = *analyzed.loaded.procedure;
    head +=
        fmt::format("{} ({}), {} {}", ProcedureNames(procedure, session.language).procedure(),
                    procedure.id(), words::version_word.in(session.language), procedure.version());
    if (findings.empty()) {
        head += ": " + toned(words::clean.in(session.language), Tone::good, session.colour);
    }
    print(head + '\n' + report_text(report_of(analyzed, options), session) + '\n');
}

Json file_json(const std::string& path, const Analyzed& analyzed, const AnalyzeOptions& options,
               const Session& session) {
    const Diagnostics& findings = analyzed.loaded.diagnostics;
    Json json{{"file", path}, {"valid", !has_errors(findings)}, {"diagnostics", Json::array()}};
    for (const Diagnostic& finding : findings) {
        json["diagnostics"].push_back(diagnostic_json(finding, session));
    }
    if (analyzed.loaded.procedure != nullptr) {
        json["report"] = report_json(report_of(analyzed, options));
    }
    return json;
}

/// With all that was found, and the way that takes longest.
void draw(const Analyzed& analyzed, const std::string& folder, const Session& session) {
    if (analyzed.loaded.procedure == nullptr) return;
    const Procedure& procedure = *analyzed.loaded.procedure;
    Analysis marked = analyzed.analysis;
    marked.findings = analyzed.loaded.diagnostics;
    GraphOptions graph{.language = session.language};
    graph.analysis = &marked;
    (void)write_svg(folder, procedure.id(), to_dot(procedure, graph), session);
}

int run(Session& session, const AnalyzeOptions& options) {
    Diagnostics all;
    Json files = Json::array();
    for (const std::string& path : options.files) {
        const Analyzed analyzed = analyze_file(path, options, session);
        all.insert(all.end(), analyzed.loaded.diagnostics.begin(),
                   analyzed.loaded.diagnostics.end());
        if (!options.svg.empty()) draw(analyzed, options.svg, session);
        if (session.format == Format::json) {
            files.push_back(file_json(path, analyzed, options, session));
        } else {
            print_text(path, analyzed, options, session);
        }
    }
    const auto errors = static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(),
        [](const Diagnostic& finding) { return finding.severity == Severity::error; }));
    const std::size_t warnings = all.size() - errors;
    if (session.format == Format::json) {
        print(json_page({{"errors", errors}, {"warnings", warnings}, {"files", files}}));
    } else {
        print(words::errors_and_warnings.in(session.language, options.files.size(), errors,
                                            warnings) +
              '\n');
    }
    if (!options.sarif.empty()) {
        write_output(options.sarif, json_page(sarif_log(all, session.language)), session);
    }
    return errors == 0 ? exit_ok : exit_refused;
}

}  // namespace

void add_analyze(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "analyze",
        "Say what a procedure means as a whole: what it passes, how long, where it loops");
    AnalyzeOptions& options = options_of<AnalyzeOptions>(command, session, run);
    takes_names(command.add_option("file", options.files, "Files of procedures"))
        ->required()
        ->option_text("FILE...");
    command.add_option("--sarif", options.sarif, "Write the findings to FILE as SARIF 2.1.0")
        ->option_text("FILE");
    command
        .add_option("--svg", options.svg,
                    "Draw each procedure there, with the findings and the longest way")
        ->option_text("FOLDER");
    command.add_option("--from", options.from, "Tell the ends of a dossier that starts then")
        ->option_text("INSTANT");
    command
        .add_option("--year", options.year,
                    "Tell the ends for every working day of an announced year")
        ->check(CLI::Range(1900, 2199))
        ->option_text("YEAR");
    command
        .add_option("--calendar", options.calendar,
                    "Calendar for --from and --year (default: the procedure's)")
        ->option_text("ID|FILE");
    add_format(command, session);
    command.footer(
        "Findings come first, as of `workflow validate` and beyond it. A loop counts once, at the\n"
        "latest as often as `at_most` allows. Exit status 1 when there are errors; warnings alone\n"
        "are 0.\n\n"
        "Examples:\n"
        "  workflow analyze procedures/service_onboarding/procedure.yaml\n"
        "  workflow analyze procedures/*/procedure.yaml --sarif findings.sarif\n"
        "  workflow analyze my.yaml --from '2026-03-02 09:00' --year 2026 --lang vi");
}

}  // namespace workflow::cli
