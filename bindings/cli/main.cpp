// The command-line tool `workflow`.
#include "commands.hpp"
#include "terminal.hpp"
#include "words.hpp"
#include "workflow/definition.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/error.hpp"

namespace workflow::cli {

void add_language(CLI::App& command, Session& session) {
    command.add_option("--lang", session.language, "Language of labels and findings (default: en)")
        ->check(CLI::IsMember({"en", "vi"}))
        ->option_text("en|vi");
}

void add_format(CLI::App& command, Session& session) {
    const std::map<std::string, Format> formats{{"text", Format::text}, {"json", Format::json}};
    command.add_option("--format", session.format, "Text for people or JSON (default: text)")
        ->transform(CLI::CheckedTransformer(formats, CLI::ignore_case))
        ->option_text("text|json");
    add_language(command, session);
}

void add_instance(CLI::App& command, std::string& instance) {
    command.add_option("instance", instance, "The dossier, PROCEDURE/KEY")
        ->required()
        ->option_text("INSTANCE");
}

namespace {

/// `workflow: error: ...`, one line; hostile text was made printable where it was quoted, and is
/// once more here.
void print_failure(const std::string& sentence, std::string_view code, const Session& session) {
    if (sentence.empty()) return;  // the findings have said it
    const std::string lead = session.language == "vi" ? "lỗi" : "error";
    const std::string bracket = code.empty() ? "" : fmt::format("[{}]", code);
    print_error(fmt::format("{}: {}\n",
                            toned("workflow: " + lead + bracket, Tone::bad, shows_colour(stderr)),
                            printable(sentence)));
}

/// What was meant by a word that is no command, or an option that stands in front of one.
std::string guess(const CLI::App& application, int count, char** arguments) {
    if (count < 2) return {};
    const std::string first = arguments[1];
    if (first.rfind("--", 0) == 0 && first != "--help" && first != "--version") {
        return fmt::format("; options stand behind the command: workflow COMMAND {}", first);
    }
    std::vector<std::string> commands;
    for (const CLI::App* command : application.get_subcommands({})) {
        if (command->get_name() == first) return {};
        commands.push_back(command->get_name());
    }
    const std::string near = nearest(first, commands);
    const std::string meant = near.empty() ? "" : fmt::format("; did you mean '{}'", near);
    return fmt::format("; '{}' is no command{}", first, meant);
}

/// CLI11's messages hold the argument as it was given.
std::string usage_message(const CLI::Error& error, const std::string& guessed) {
    std::string said = error.what();
    if (said.find("--language") != std::string::npos) said += "; it is called --lang";
    return "workflow: " + printable(said + guessed) + "; see workflow --help\n";
}

void add_commands(CLI::App& application, Session& session) {
    application.require_subcommand(1);
    application.set_version_flag("--version", "workflow " WORKFLOW_VERSION);
    add_new(application, session);
    add_validate(application, session);
    add_test(application, session);
    add_analyze(application, session);
    add_simulate(application, session);
    add_compare(application, session);
    add_calibrate(application, session);
    add_diff(application, session);
    add_graph(application, session);
    add_calendar(application, session);
    add_eval(application, session);
    add_load(application, session);
    add_start(application, session);
    add_perform(application, session);
    add_send(application, session);
    add_operate(application, session);
    add_tick(application, session);
    add_show(application, session);
    add_history(application, session);
    add_worklist(application, session);
    add_incidents(application, session);
    add_find(application, session);
    add_statistics(application, session);
    add_changes(application, session);
    add_handover(application, session);
    add_delegation(application, session);
    add_migrate(application, session);
    add_explain(application, session);
    add_replay(application, session);
    add_verify(application, session);
    add_backup(application, session);
    add_restore(application, session);
    add_export(application, session);
    add_import(application, session);
    add_archive(application, session);
    add_store_command(application, session);
    application.footer(
        "workflow COMMAND --help tells a command's options, with examples.\n"
        "Exit status: 0 done, 1 refused or invalid, 2 usage.");
}

int run_chosen(Session& session) {
    try {
        return session.chosen();
    } catch (const Failure& failure) {
        print_failure(failure.what(), "", session);
        return failure.status();
    } catch (const DefinitionError& error) {
        print_failure(error.what(), "", session);
    } catch (const Error& error) {
        print_failure(error.what(), to_string(error.code()), session);
    } catch (const std::bad_alloc&) {
        print_failure("out of memory", "", session);
    } catch (const std::exception& error) {
        print_failure(error.what(), "internal", session);
    }
    return exit_refused;
}

int run(int count, char** arguments) {
    Session session;
    session.colour = shows_colour(stdout);
    CLI::App application("Runs administrative procedures from their definitions, on working days.",
                         "workflow");
    add_commands(application, session);
    application.failure_message([&](const CLI::App*, const CLI::Error& error) {
        return usage_message(error, guess(application, count, arguments));
    });
    try {
        application.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        return application.exit(error) == 0 ? exit_ok : exit_usage;
    }
    return run_chosen(session);
}

}  // namespace
}  // namespace workflow::cli

int main(int count, char** arguments) {
    try {
        return workflow::cli::run(count, arguments);
    } catch (const std::exception&) {  // stderr itself cannot be written
        return workflow::cli::exit_refused;
    }
}
