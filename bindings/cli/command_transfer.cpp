// Dossiers in a file: all of a store, what ended long ago, and back.
#include <nlohmann/json.hpp>

#include "care_words.hpp"
#include "commands.hpp"
#include "dossier_store.hpp"
#include "terminal.hpp"

namespace workflow::cli {
namespace {

struct TransferOptions {
    StoreOptions store;
    std::string file;
    int days = 0;
};

std::string written_text(const TransferReport& report, const TransferOptions& options,
                         const Session& session) {
    return words::file_written.in(session.language, printable(options.file), report.instances,
                                  report.steps, report.bytes) +
           '\n';
}

std::string besides(const TransferReport& report, const Session& session) {
    return words::and_besides.in(session.language, report.messages,
                                 report.effects + report.dispatches, report.closed,
                                 report.delegations) +
           '\n';
}

int run_export(Session& session, const TransferOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    const TransferReport report = open.engine->export_to(options.file);
    print(written_text(report, options, session) + besides(report, session));
    return exit_ok;
}

int run_import(Session& session, const TransferOptions& options) {
    const OpenStore open = open_store(options.store, Creates::yes, session);
    const TransferReport report = open.engine->import_from(options.file);
    print(words::brought.in(session.language, report.instances - report.already_there, report.steps,
                            report.already_there) +
          '\n' + besides(report, session));
    return exit_ok;
}

int run_archive(Session& session, const TransferOptions& options) {
    const OpenStore open = open_store(options.store, Creates::no, session);
    const Instant before = open.clock->now() - std::chrono::days(options.days);
    const TransferReport report = open.engine->archive(options.file, before);
    print(written_text(report, options, session) +
          std::string(words::taken_out.in(session.language)) + '\n');
    return exit_ok;
}

void add_new_file(CLI::App& command, TransferOptions& options) {
    command.add_option("file", options.file, "The new file; what is there stays")
        ->required()
        ->option_text("FILE");
}

}  // namespace

void add_export(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "export", "All of a store in a file, for a store of another kind");
    TransferOptions& options = options_of<TransferOptions>(command, session, run_export);
    add_new_file(command, options);
    add_store(command, options.store, nullptr);
    add_language(command, session);
    command.footer(
        "It holds sensitive values, too.\n\n"
        "Example:\n"
        "  workflow export dossiers.transfer --store sqlite:dossiers.db");
}

void add_import(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "import", "Bring an export or an archive into a store, which is made when it is missing");
    TransferOptions& options = options_of<TransferOptions>(command, session, run_import);
    command.add_option("file", options.file, "What `export` or `archive` wrote")
        ->required()
        ->option_text("FILE");
    add_store(command, options.store, nullptr);
    add_language(command, session);
    command.footer(
        "Nothing is brought when anything in the file is wrong. What was interrupted may be run again.\n\n"
        "Example:\n"
        "  workflow import dossiers.transfer --store postgresql://workflow@localhost/dossiers\n"
        "  workflow verify --store postgresql://workflow@localhost/dossiers");
}

void add_archive(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "archive", "Take what ended long ago out of a store, into a file");
    TransferOptions& options = options_of<TransferOptions>(command, session, run_archive);
    add_new_file(command, options);
    command.add_option("--older-than", options.days, "Ended at least so many days ago")
        ->required()
        ->check(CLI::Range(0, 100'000))
        ->option_text("DAYS");
    add_store(command, options.store, "--at,--now");
    add_language(command, session);
    command.footer(
        "Statistics keep them. The file is read by `import` into an empty store, and verified there.\n\n"
        "Example:\n"
        "  workflow archive 2017.transfer --older-than 365 --store sqlite:dossiers.db\n"
        "  workflow import 2017.transfer --store sqlite:2017.db\n"
        "  workflow verify --store sqlite:2017.db");
}

}  // namespace workflow::cli
