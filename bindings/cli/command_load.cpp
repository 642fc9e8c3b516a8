#include <filesystem>
#include <nlohmann/json.hpp>

#include "calendar_library.hpp"
#include "commands.hpp"
#include "definition_file.hpp"
#include "dossier_store.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

struct LoadOptions {
    StoreOptions store;
    std::vector<std::string> paths;
};

/// Everything that the paths hold, read before anything is written.
struct Definitions {
    std::vector<LoadedCalendar> calendars;
    std::vector<LoadedProcedure> procedures;
    bool valid = true;
};

void add_file(Definitions& definitions, const fs::path& path, const Session& session) {
    DefinitionFile file = load_definition(path, session);
    print_findings(file.diagnostics(), session);
    if (!file.problem.empty()) print_error(file.problem + '\n');
    if (file.calendar.calendar != nullptr) {
        definitions.calendars.push_back(std::move(file.calendar));
    } else if (file.procedure.procedure != nullptr) {
        definitions.procedures.push_back(std::move(file.procedure));
    } else {
        definitions.valid = false;
    }
}

void add_folder(Definitions& definitions, const fs::path& path, const Session& session) {
    std::error_code failure;
    if (fs::exists(path / "procedure.yaml", failure)) {
        return add_file(definitions, path / "procedure.yaml", session);
    }
    const ProcedureRegistry registry(path);
    print_findings(registry.diagnostics(), session);
    if (has_errors(registry.diagnostics())) definitions.valid = false;
    for (const auto& [id, calendar] : registry.calendars())
        definitions.calendars.push_back(calendar);
    for (const auto& [id, procedure] : registry.procedures()) {
        definitions.procedures.push_back(procedure);
        print_findings(examine(definitions.procedures.back()).findings, session);
    }
    const bool empty = registry.calendars().empty() && registry.procedures().empty();
    if (empty && definitions.valid) {
        throw Failure(words::nothing_found.in(session.language, printable(path.string())));
    }
}

void print_loaded(const Definitions& definitions, const Session& session) {
    const std::string& language = session.language;
    Json json = Json::array();
    Table table({{words::kind.in(language)},
                 {words::id.in(language)},
                 {words::version.in(language), Column::Align::right},
                 {words::title.in(language)}});
    const auto add = [&](const char* kind, const Word& word, const std::string& id,
                         std::int64_t version, const Text& title, const Digest& digest) {
        json.push_back(
            {{"kind", kind}, {"id", id}, {"version", version}, {"digest", to_hex(digest)}});
        table.add({word.in(language), Cell(id, Tone::strong), std::to_string(version),
                   title.in(language)});
    };
    for (const LoadedCalendar& loaded : definitions.calendars) {
        const Calendar& calendar = *loaded.calendar;
        add("calendar", words::calendar_kind, calendar.id(), calendar.version(),
            calendar.definition().title, calendar.digest());
    }
    for (const LoadedProcedure& loaded : definitions.procedures) {
        const Procedure& procedure = *loaded.procedure;
        add("procedure", words::procedure_kind, procedure.id(), procedure.version(),
            procedure.title(), procedure.digest());
    }
    print(session.format == Format::json ? json_page({{"loaded", json}})
                                         : table.text(session.colour));
}

/// A calendar that neither the store nor the command line has is one that is found by its id.
void register_with_calendars(Engine& engine, const LoadedProcedure& procedure,
                             Definitions& definitions, const fs::path& near) {
    try {
        return engine.register_procedure(procedure);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found) throw;
    }
    std::vector<std::string> ids = procedure.procedure->more_calendars();
    ids.push_back(procedure.procedure->calendar());
    for (const std::string& id : ids) {
        auto found = find_calendar_by_id(id, near);
        if (!found || found->calendar == nullptr) continue;
        engine.register_calendar(*found);
        definitions.calendars.push_back(std::move(*found));
    }
    engine.register_procedure(procedure);
}

int run(Session& session, const LoadOptions& options) {
    Definitions definitions;
    for (const std::string& path : options.paths) {
        std::error_code failure;
        if (fs::is_directory(path, failure)) {
            add_folder(definitions, path, session);
        } else {
            add_file(definitions, path, session);
        }
    }
    if (!definitions.valid) throw Failure(std::string(words::nothing_loaded.in(session.language)));
    const OpenStore open = open_store(options.store, Creates::yes, session);
    for (const auto& calendar : definitions.calendars) open.engine->register_calendar(calendar);
    for (const auto& procedure : definitions.procedures) {
        register_with_calendars(*open.engine, procedure, definitions, options.paths.front());
    }
    print_loaded(definitions, session);
    return exit_ok;
}

}  // namespace

void add_load(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "load", "Put procedures and calendars into a store, making it when there is none");
    LoadOptions& options = options_of<LoadOptions>(command, session, run);
    command
        .add_option("path", options.paths,
                    "Files, or folders with calendars/*.yaml and ID/procedure.yaml")
        ->required()
        ->option_text("FILE_OR_FOLDER...");
    add_store(command, options.store, nullptr);
    add_format(command, session);
    command.footer(
        "A calendar that a procedure names is loaded with it where the store has none of that id:\n"
        "one in calendars/ or procedures/calendars/, or one that the tool brings with it.\n"
        "Nothing is loaded when a file has errors. Loading the same again changes nothing; "
        "dossiers\n"
        "under way stay on the version that they were started with.\n\n"
        "Examples:\n"
        "  workflow load procedures --store sqlite:dossiers.db\n"
        "  workflow load procedures/calendars/vn-state.yaml my.yaml --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
