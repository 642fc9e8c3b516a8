// A definition of any bytes: read as what its head says that it is, a calendar, the examples of a
// procedure, the scenario of its simulation, a map of a log to it, or a procedure.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/catalogue.hpp"
#include "fuzz/property.hpp"
#include "workflow/definition.hpp"
#include "workflow/calibration.hpp"
#include "workflow/scenario.hpp"
#include "workflow/simulation.hpp"

namespace {

using namespace workflow;
using namespace workflow::fuzz;

const std::string file = "input.yaml";

enum class Content { procedure, calendar, examples, simulation, log_map };

/// By the first line that is no comment.
Content content_of(std::string_view source) {
    while (source.substr(0, 1) == "#" || source.substr(0, 1) == "\n") {
        const std::size_t end = source.find('\n');
        source.remove_prefix(end == std::string_view::npos ? source.size() : end + 1);
    }
    if (source.substr(0, 9) == "calendar:") return Content::calendar;
    if (source.substr(0, 6) == "tests:") return Content::examples;
    if (source.substr(0, 11) == "simulation:") return Content::simulation;
    if (source.substr(0, 4) == "map:") return Content::log_map;
    return Content::procedure;
}

std::filesystem::path shipped(const char* name) {
    return std::filesystem::path(WORKFLOW_SOURCE_DIR) / "procedures" / name;
}

struct Loaded {
    bool exists = false;
    Diagnostics diagnostics;
};

Loaded load(std::string_view source) {
    static const auto calendar = load_calendar_file(shipped("calendars/vn-state.yaml"));
    static const auto procedure =
        load_procedure_file(shipped("service_onboarding/procedure.yaml"));
    switch (content_of(source)) {
        case Content::simulation: {
            Calendars calendars;
            calendars.add(calendar.calendar);
            auto loaded =
                simulation::load_assumptions(source, file, procedure.procedure, calendars);
            return {loaded.assumptions.has_value(), std::move(loaded.diagnostics)};
        }
        case Content::log_map: {
            auto loaded = simulation::load_log_map(source, file, *procedure.procedure);
            return {loaded.map.has_value(), std::move(loaded.diagnostics)};
        }
        case Content::calendar: {
            auto loaded = load_calendar(source, file);
            return {loaded.calendar != nullptr, std::move(loaded.diagnostics)};
        }
        case Content::examples: {
            auto loaded = load_scenarios(source, file, procedure, {calendar});
            return {loaded.scenarios != nullptr, std::move(loaded.diagnostics)};
        }
        case Content::procedure:
            break;
    }
    auto loaded = load_procedure(source, file);
    return {loaded.procedure != nullptr, std::move(loaded.diagnostics)};
}

/// Characters of a line, and one more for what is missing at its end; 0 where it does not exist.
std::size_t columns(std::string_view source, std::uint32_t line) {
    for (; line > 1; --line) {
        const std::size_t end = source.find('\n');
        if (end == std::string_view::npos) return 0;
        source.remove_prefix(end + 1);
    }
    std::size_t count = 1;
    for (const char byte : source.substr(0, source.find('\n'))) {
        if ((static_cast<unsigned char>(byte) & 0xc0U) != 0x80U) ++count;
    }
    return count;
}

void check_place(std::string_view source, const Diagnostic& one) {
    const std::string text = to_string(one);
    require(one.place.file == file, "a finding names its file", text);
    require((one.place.line == 0) == (one.place.column == 0), "line and column go together", text);
    if (one.place.line == 0) return;  // the whole file
    require(one.place.column <= columns(source, one.place.line), "a finding stands in its file",
            text);
}

/// Whether an argument of the finding holds the text itself.
bool quotes(const Diagnostic& one, std::string_view text) {
    return std::any_of(
        one.arguments.begin(), one.arguments.end(),
        [text](const std::string& argument) { return argument.find(text) != std::string::npos; });
}

void check_finding(std::string_view source, const Diagnostic& one) {
    check_place(source, one);
    require(base::find_entry(one.code) != nullptr, "a code has its sentences", one.code);
    for (const char* const language : {"en", "vi"}) {
        const std::string message = one.message(language);
        require(!message.empty(), "a finding says what is wrong", one.code);
        for (const char* const hole : {"{0}", "{1}", "{2}", "{3}"}) {
            const bool left_open = (message + one.mend(language)).find(hole) != std::string::npos;
            require(!left_open || quotes(one, hole), "a sentence has all its arguments",
                    to_string(one, language));
        }
    }
}

std::string written(const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& one : diagnostics) text += to_string(one) + "\n";
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string source(data, data + size);
    const Loaded loaded = load(source);
    for (const Diagnostic& one : loaded.diagnostics) check_finding(source, one);
    const std::string findings = written(loaded.diagnostics);
    require(loaded.exists != has_errors(loaded.diagnostics),
            "a definition exists exactly when no finding is an error", findings);
    const Loaded again = load(source);
    require(again.exists == loaded.exists && written(again.diagnostics) == findings,
            "read again it says the same", findings + "\n" + written(again.diagnostics));
    return 0;
}
