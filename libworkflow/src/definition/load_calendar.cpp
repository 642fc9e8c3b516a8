#include "definition/calendar_reader.hpp"
#include "definition/source_file.hpp"
#include "workflow/definition.hpp"

namespace workflow {
namespace {

/// Nothing when there is an error.
std::shared_ptr<const Calendar> read(definition::Findings& findings, const definition::Node& root,
                                     const Digest& digest) {
    std::optional<CalendarDefinition> read = definition::read_calendar(findings, root);
    if (!read) return nullptr;
    read->digest = digest;
    // Contradictions are looked for even if something else was wrong: all findings at once.
    auto built = Calendar::build(std::move(*read));
    if (auto* contradictions = std::get_if<Diagnostics>(&built)) {
        for (Diagnostic& one : *contradictions) findings.error(one.place, one.code, one.arguments);
        return nullptr;
    }
    if (findings.has_errors()) return nullptr;
    return std::get<std::shared_ptr<const Calendar>>(built);
}

}  // namespace

LoadedCalendar load_calendar(std::string_view yaml, const std::string& file) {
    LoadedCalendar loaded;
    loaded.source = std::string(yaml);
    const auto document = definition::Document::parse(yaml, file, loaded.diagnostics);
    if (document == nullptr) return loaded;
    definition::Findings findings(*document, loaded.diagnostics);
    try {
        loaded.calendar = read(findings, document->root(), sha256(yaml));
    } catch (const definition::TooManyFindings&) {  // the last of them says so
    }
    return loaded;
}

LoadedCalendar load_calendar_file(const std::filesystem::path& path) {
    LoadedCalendar loaded;
    const std::optional<std::string> bytes = definition::read_source_file(path, loaded.diagnostics);
    return bytes ? load_calendar(*bytes, path.string()) : loaded;
}

}  // namespace workflow
