// Copies of a store: taken while it is in use, and put back.
#include "commands.hpp"
#include "dossier_store.hpp"
#include "terminal.hpp"
#include "words.hpp"

namespace workflow::cli {
namespace {

struct BackupOptions {
    StoreOptions store;
    std::string file;
};

int run_backup(Session& session, const BackupOptions& options) {
    const std::string path = store_path(options.store, Creates::no, session);
    const std::uint64_t bytes = copy_sqlite_store(path, options.file);
    print(words::copied.in(session.language, printable(options.file), bytes) + '\n');
    return exit_ok;
}

int run_restore(Session& session, const BackupOptions& options) {
    const std::string path = store_path(options.store, Creates::yes, session);
    const std::uint64_t bytes = copy_sqlite_store(options.file, path);
    print(words::copied.in(session.language, printable(path), bytes) + '\n');
    return exit_ok;
}

}  // namespace

void add_backup(CLI::App& application, Session& session) {
    CLI::App& command =
        *application.add_subcommand("backup", "Copy a store while it is in use");
    BackupOptions& options = options_of<BackupOptions>(command, session, run_backup);
    add_store(command, options.store, nullptr);
    command.add_option("-o,--output", options.file, "The new file; what is there stays")
        ->required()
        ->option_text("FILE");
    add_language(command, session);
    command.footer(
        "Of a file (sqlite:); a server has pg_dump. The copy is the store as it stood at one\n"
        "instant, and is checked.\n\n"
        "Example:\n"
        "  workflow backup --store sqlite:dossiers.db -o dossiers-2026-11-26.db");
}

void add_restore(CLI::App& application, Session& session) {
    CLI::App& command =
        *application.add_subcommand("restore", "Put a backup where a store is wanted");
    BackupOptions& options = options_of<BackupOptions>(command, session, run_restore);
    command.add_option("file", options.file, "The backup")->required()->option_text("FILE");
    add_store(command, options.store, nullptr);
    add_language(command, session);
    command.footer(
        "Move a broken store away first, with its -wal and -shm: nothing is overwritten.\n\n"
        "Example:\n"
        "  workflow restore dossiers-2026-11-26.db --store sqlite:dossiers.db\n"
        "  workflow verify --store sqlite:dossiers.db");
}

}  // namespace workflow::cli
