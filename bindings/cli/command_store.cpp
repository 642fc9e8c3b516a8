// A store of an older build, brought to this one's layout.
#include <CLI/CLI.hpp>

#include "care_words.hpp"
#include "commands.hpp"
#include "dossier_store.hpp"
#include "terminal.hpp"
#include "workflow/upgrade.hpp"

namespace workflow::cli {
namespace {

struct UpgradeOptions {
    StoreOptions store;
    bool dry_run = false;
    bool no_backup = false;
    std::string backup;
};

int run_upgrade(Session& session, const UpgradeOptions& options) {
    const std::string& language = session.language;
    if (!options.dry_run && !options.no_backup && options.backup.empty()) {
        throw usage_failure(std::string(words::backup_needed.in(language)));
    }
    if (!options.backup.empty() && is_server(options.store)) {
        throw usage_failure(std::string(words::server_backup.in(language)));
    }
    if (!options.backup.empty()) {
        const std::string path = store_path(options.store, Creates::no, session);
        const std::uint64_t bytes = copy_sqlite_store(path, options.backup);
        print(words::copied.in(language, printable(options.backup), bytes) + '\n');
    }
    const auto upgrade = begin_upgrade(options.store, session);
    const std::string name = printable(upgrade->store()->name());
    if (upgrade->from() == store_schema_number) {
        print(words::nothing_to_upgrade.in(language, name, store_schema_number) + '\n');
        return exit_ok;
    }
    const UpgradeReport report = upgrade_rows(upgrade->store());
    for (const auto& [instance, why] : report.failed) {
        print_error(words::not_run.in(language, printable(instance), printable(why)) + '\n');
    }
    if (!report.failed.empty()) {
        throw Failure(words::not_upgraded.in(language, report.failed.size(), report.instances));
    }
    const Word& word = options.dry_run ? words::would_upgrade : words::upgraded;
    if (!options.dry_run) upgrade->commit();
    print(word.in(language, name, upgrade->from(), store_schema_number, report.instances,
                  report.deadlines) +
          '\n');
    return exit_ok;
}

}  // namespace

void add_store_command(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand("store", "Care for the store itself");
    command.require_subcommand(1);
    CLI::App& upgrade = *command.add_subcommand(
        "upgrade", "Bring a store that an older build made to the layout of this one");
    UpgradeOptions& options = options_of<UpgradeOptions>(upgrade, session, run_upgrade);
    add_store(upgrade, options.store, nullptr);
    upgrade.add_flag("--dry-run", options.dry_run, "Do all of it, and keep nothing");
    upgrade.add_option("--backup", options.backup, "Copy it there first, a file that is not there")
        ->option_text("FILE");
    upgrade.add_flag("--no-backup", options.no_backup, "There is one already");
    add_language(upgrade, session);
    upgrade.footer(
        "All in one transaction: interrupted, the store is as it was, and it is run again. Stop what\n"
        "uses the store before.\n\n"
        "Example:\n"
        "  workflow store upgrade --store sqlite:dossiers.db --dry-run\n"
        "  workflow store upgrade --store sqlite:dossiers.db --backup dossiers-before.db");
}

}  // namespace workflow::cli
