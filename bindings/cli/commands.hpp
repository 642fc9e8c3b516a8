// One function per command: it adds the command to the command line and, when the command is the
// one chosen, leaves in Session::chosen what runs it. Confined.
#pragma once

#include <CLI/CLI.hpp>

#include "session.hpp"

namespace workflow::cli {

void add_new(CLI::App& application, Session& session);
void add_validate(CLI::App& application, Session& session);
void add_test(CLI::App& application, Session& session);
void add_analyze(CLI::App& application, Session& session);
void add_diff(CLI::App& application, Session& session);
void add_graph(CLI::App& application, Session& session);
void add_calendar(CLI::App& application, Session& session);
void add_eval(CLI::App& application, Session& session);
void add_load(CLI::App& application, Session& session);
void add_start(CLI::App& application, Session& session);
void add_perform(CLI::App& application, Session& session);
void add_send(CLI::App& application, Session& session);
void add_operate(CLI::App& application, Session& session);
void add_tick(CLI::App& application, Session& session);
void add_show(CLI::App& application, Session& session);
void add_history(CLI::App& application, Session& session);
void add_worklist(CLI::App& application, Session& session);
void add_incidents(CLI::App& application, Session& session);
void add_changes(CLI::App& application, Session& session);
void add_backup(CLI::App& application, Session& session);
void add_restore(CLI::App& application, Session& session);
void add_export(CLI::App& application, Session& session);
void add_import(CLI::App& application, Session& session);
void add_archive(CLI::App& application, Session& session);
void add_store_command(CLI::App& application, Session& session);
void add_delegation(CLI::App& application, Session& session);
void add_statistics(CLI::App& application, Session& session);
void add_find(CLI::App& application, Session& session);
void add_handover(CLI::App& application, Session& session);
void add_migrate(CLI::App& application, Session& session);
void add_explain(CLI::App& application, Session& session);
void add_replay(CLI::App& application, Session& session);
void add_verify(CLI::App& application, Session& session);
void add_simulate(CLI::App& application, Session& session);
void add_compare(CLI::App& application, Session& session);
void add_calibrate(CLI::App& application, Session& session);

/// --lang, which every command takes.
void add_language(CLI::App& command, Session& session);
/// --format text|json.
void add_format(CLI::App& command, Session& session);
/// The dossier that the command is about.
void add_instance(CLI::App& command, std::string& instance);

/// Options in an object that lives as long as the command line; `run` gets it when chosen.
template <class Options>
Options& options_of(CLI::App& command, Session& session, int (*run)(Session&, const Options&)) {
    auto options = std::make_shared<Options>();
    Options& given = *options;
    command.callback([&session, options, run] {
        session.chosen = [&session, options, run] { return run(session, *options); };
    });
    return given;
}

}  // namespace workflow::cli
