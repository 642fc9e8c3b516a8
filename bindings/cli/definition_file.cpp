#include "definition_file.hpp"

#include <fstream>
#include <nlohmann/json.hpp>

#include "calendar_library.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "words.hpp"
#include "workflow/limits.hpp"

namespace workflow::cli {
namespace {

namespace fs = std::filesystem;

bool is_key_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
}

/// The beginning of the file, enough to find its first key behind long comments.
std::string beginning_of(const fs::path& path) {
    std::error_code failure;
    if (!fs::is_regular_file(path, failure)) return {};
    std::ifstream file(path, std::ios::binary);
    std::string bytes(64 * 1024, '\0');
    file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(file.gcount()));
    return bytes;
}

/// Against the procedure beside it, whose own findings come first.
void load_simulation_of(const fs::path& path, const Session& session, DefinitionFile& file) {
    file.kind = DefinitionFile::Kind::simulation;
    const LoadedProcedure beside = load_procedure_file(path.parent_path() / "procedure.yaml");
    if (beside.procedure == nullptr) {
        file.simulation.diagnostics = beside.diagnostics;
        return;
    }
    file.simulation = simulation::load_assumptions_file(
        path, beside.procedure, find_all_calendars(*beside.procedure, {}, session, path));
}

LoadedCalendar calendar_by_id(const std::string& id, const fs::path& near, const Session& session) {
    if (auto found = find_calendar_by_id(id, near)) return std::move(*found);
    throw Failure(words::no_calendar.in(session.language, printable(id),
                                        printable(joined(known_calendars(near)))));
}

}  // namespace

FirstKey first_key(std::string_view yaml) {
    FirstKey found;
    if (yaml.substr(0, 3) == "\xef\xbb\xbf") yaml.remove_prefix(3);
    while (!yaml.empty()) {
        const std::size_t end = std::min(yaml.find('\n'), yaml.size());
        const std::string_view line = yaml.substr(0, end);
        const std::size_t start = line.find_first_not_of(" \t\r");
        const bool says_nothing = start == std::string_view::npos || line[start] == '#' ||
                                  line.substr(0, 3) == "---" || line[start] == '%';
        if (!says_nothing) {
            std::size_t stop = start;
            while (stop < line.size() && is_key_character(line[stop])) ++stop;
            found.column = static_cast<std::uint32_t>(start + 1);
            if (stop < line.size() && line[stop] == ':')
                found.key = line.substr(start, stop - start);
            return found;
        }
        ++found.line;
        yaml.remove_prefix(std::min(end + 1, yaml.size()));
    }
    return found;
}

Analysis examine(LoadedProcedure& loaded) {
    if (loaded.procedure == nullptr) return {};
    Analysis analysis = analyze(*loaded.procedure);
    loaded.diagnostics.insert(loaded.diagnostics.end(), analysis.findings.begin(),
                              analysis.findings.end());
    return analysis;
}

DefinitionFile load_definition(const fs::path& path, const Session& session) {
    DefinitionFile file;
    std::error_code failure;
    const std::string shown = printable(path.string());
    const FirstKey first = first_key(beginning_of(path));
    if (fs::is_directory(path, failure)) {
        file.problem = words::is_a_folder.in(session.language, shown, shown);
    } else if (first.key == "tests") {
        const std::string folder = printable(path.parent_path().string());
        file.problem =
            words::cases_are_played.in(session.language, shown, folder.empty() ? "." : folder);
    } else if (first.key == "simulation") {
        load_simulation_of(path, session, file);
    } else if (first.key == "calendar") {
        file.kind = DefinitionFile::Kind::calendar;
        file.calendar = load_calendar_file(path);
    } else if (first.key.empty() || first.key == "procedure") {
        file.kind = DefinitionFile::Kind::procedure;
        file.procedure = load_procedure_file(path);
        file.analysis = examine(file.procedure);
    } else {
        file.problem = words::unknown_file.in(session.language, shown, first.line, first.column,
                                              first.key);
    }
    return file;
}

std::shared_ptr<const Calendar> find_calendar(const std::string& name, const Session& session,
                                              const fs::path& near) {
    return find_loaded_calendar(name, session, near).calendar;
}

LoadedCalendar find_loaded_calendar(const std::string& name, const Session& session,
                                    const fs::path& near) {
    std::error_code failure;
    const bool names_file = fs::exists(name, failure) || name.find('/') != std::string::npos;
    LoadedCalendar loaded;
    if (!names_file) {
        loaded = calendar_by_id(name, near, session);
    } else {
        if (first_key(beginning_of(name)).key == "procedure") {
            throw Failure(words::not_a_calendar.in(session.language, printable(name)));
        }
        loaded = load_calendar_file(name);
    }
    print_findings(loaded.diagnostics, session);
    if (loaded.calendar == nullptr) throw Failure("");
    return loaded;
}

LoadedProcedure find_loaded_procedure(const std::string& path, const Session& session) {
    if (first_key(beginning_of(path)).key == "calendar") {
        throw Failure(words::not_a_procedure.in(session.language, printable(path)));
    }
    LoadedProcedure loaded = load_procedure_file(path);
    print_findings(loaded.diagnostics, session);
    if (loaded.procedure == nullptr) throw Failure("");
    return loaded;
}

std::shared_ptr<const Procedure> find_procedure(const std::string& path, const Session& session) {
    return find_loaded_procedure(path, session).procedure;
}

std::string findings_text(const Diagnostics& diagnostics, std::string_view language, bool colour) {
    std::string text;
    for (const Diagnostic& diagnostic : diagnostics) {
        const bool error = diagnostic.severity == Severity::error;
        text += toned(to_string(diagnostic, language), error ? Tone::bad : Tone::warning, colour);
        text += '\n';
    }
    return text;
}

nlohmann::ordered_json diagnostic_json(const Diagnostic& diagnostic, const Session& session) {
    return {{"severity", diagnostic.severity == Severity::error ? "error" : "warning"},
            {"code", diagnostic.code},
            {"file", diagnostic.place.file},
            {"line", diagnostic.place.line},
            {"column", diagnostic.place.column},
            {"message", diagnostic.message(session.language)},
            {"mend", diagnostic.mend(session.language)}};
}

void print_findings(const Diagnostics& diagnostics, const Session& session) {
    print_error(findings_text(diagnostics, session.language, shows_colour(stderr)));
}

Calendars find_all_calendars(const Procedure& procedure, const std::string& own,
                             const Session& session, const fs::path& near) {
    Calendars calendars;
    calendars.add(find_calendar(own.empty() ? procedure.calendar() : own, session, near));
    for (const std::string& id : procedure.more_calendars()) {
        calendars.add(find_calendar(id, session, near));
    }
    for (const std::string& id : known_calendars(near)) {
        if (calendars.latest(id) != nullptr) continue;
        const auto found = find_calendar_by_id(id, near);
        if (found && found->calendar != nullptr) calendars.add(found->calendar);
    }
    return calendars;
}

}  // namespace workflow::cli
