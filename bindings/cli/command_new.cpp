#include <filesystem>

#include "commands.hpp"
#include "definition_file.hpp"
#include "text_file.hpp"
#include "starting_folder.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

namespace fs = std::filesystem;

struct NewOptions {
    std::string id;
    std::string into = ".";
};

/// A name that no procedure can have is refused by the loader, in its words.
void check_id(const std::string& id, const std::string& yaml, const Session& session) {
    const LoadedProcedure loaded = load_procedure(yaml, id);
    if (loaded.procedure != nullptr && loaded.procedure->id() == id) return;
    Diagnostic finding{Severity::error, "not-an-id", {}, {id}};
    for (const Diagnostic& one : loaded.diagnostics) {
        if (one.severity != Severity::error) continue;
        finding = one;
        break;
    }
    throw Failure(finding.message(session.language) + "; " + finding.mend(session.language));
}

int run(Session& session, const NewOptions& options) {
    const auto files = starting_folder(options.id, session.language);
    check_id(options.id, files.front().second, session);
    const fs::path folder = fs::path(options.into) / options.id;
    std::error_code failure;
    if (fs::exists(folder, failure)) {
        throw Failure(words::folder_exists.in(session.language, printable(folder.string())));
    }
    if (!fs::create_directories(folder, failure)) {
        throw Failure(words::cannot_write.in(session.language, printable(folder.string()),
                                             failure.message()));
    }
    for (const auto& [name, text] : files) {
        write_output((folder / name).string(), text, session);
        print(words::written.in(session.language, printable((folder / name).string())) + '\n');
    }
    return exit_ok;
}

}  // namespace

void add_new(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "new", "Write a commented folder to begin a procedure with: it validates, tests and draws");
    NewOptions& options = options_of<NewOptions>(command, session, run);
    command.add_option("id", options.id, "Its id: small letters a-z, digits and _")
        ->required()
        ->option_text("ID");
    command.add_option("--into", options.into, "Folder in which to make it (default: here)")
        ->option_text("FOLDER");
    add_language(command, session);
    command.footer(
        "Writes ID/procedure.yaml, ID/tests.yaml and ID/README.md; an ID that is there is left\n"
        "alone. --lang vi writes the comments in Vietnamese.\n\n"
        "Examples:\n"
        "  workflow new leave_request --into procedures\n"
        "  workflow new leave_request --lang vi");
}

}  // namespace workflow::cli
