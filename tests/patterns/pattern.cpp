#include "patterns/pattern.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "workflow/definition.hpp"
#include "workflow/scenario.hpp"

namespace workflow::test {
namespace {

namespace fs = std::filesystem;

std::string findings_of(const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& one : diagnostics) text += to_string(one) + "\n";
    return text;
}

/// What follows `start` on the first line that begins with it.
std::string line_after(const std::string& text, const std::string& start) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        if (line.rfind(start, 0) == 0) return line.substr(start.size());
    }
    return {};
}

LoadedCalendar calendar() {
    static const LoadedCalendar loaded =
        load_calendar_file(fs::path(WORKFLOW_SOURCE_DIR) / "procedures/calendars/vn-state.yaml");
    return loaded;
}

/// `time_02_durations`: TP2; `01_sequence`: 1.
std::string number_of(std::string folder) {
    const bool of_time = folder.rfind("time_", 0) == 0;
    if (of_time) folder = folder.substr(5);
    return (of_time ? "TP" : "") + std::to_string(std::stoi(folder));
}

void play_cases(Pattern& pattern, const LoadedProcedure& procedure) {
    const LoadedScenarios loaded = load_scenarios_file(
        patterns_folder() / pattern.folder / "tests.yaml", procedure, {calendar()});
    pattern.failures += findings_of(loaded.diagnostics);
    if (loaded.scenarios == nullptr) return;
    const auto results = play(*loaded.scenarios);
    pattern.cases = results.size();
    for (const ScenarioResult& result : results) pattern.failures += failure_text(result);
}

Pattern played(const std::string& folder) {
    const fs::path file = patterns_folder() / folder / "procedure.yaml";
    const std::string text = content_of(file);
    Pattern pattern{.folder = folder,
                    .number = number_of(folder),
                    .title = line_after(text, "title: "),
                    .construct = line_after(text, "# "),
                    .rating = line_after(text, "# rating: ")};
    const LoadedProcedure loaded = load_procedure_file(file);
    if (loaded.procedure == nullptr) {
        pattern.failures = findings_of(loaded.diagnostics);
        return pattern;
    }
    for (const std::string& id : loaded.procedure->state_ids()) {
        pattern.states += (pattern.states.empty() ? "" : " ") + id;
    }
    play_cases(pattern, loaded);
    return pattern;
}

}  // namespace

fs::path patterns_folder() {
    return fs::path(WORKFLOW_SOURCE_DIR) / "tests/patterns";
}

std::string content_of(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::vector<Pattern> play_patterns() {
    std::vector<std::string> folders;
    for (const auto& entry : fs::directory_iterator(patterns_folder())) {
        if (entry.is_directory()) folders.push_back(entry.path().filename().string());
    }
    std::sort(folders.begin(), folders.end());
    std::vector<Pattern> patterns;
    for (const std::string& folder : folders) patterns.push_back(played(folder));
    return patterns;
}

std::string table_of(const std::vector<Pattern>& patterns) {
    std::string table =
        "| No. | Pattern | Rating | Construct | States | Cases |\n"
        "| --- | --- | --- | --- | --- | --- |\n";
    for (const Pattern& pattern : patterns) {
        table += fmt::format("| {} | [{}]({}) | {} | {} | {} | {} |\n", pattern.number,
                             pattern.title, pattern.folder, pattern.rating, pattern.construct,
                             pattern.states, pattern.cases);
    }
    return table;
}

}  // namespace workflow::test
