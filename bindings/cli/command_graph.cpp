#include <optional>
#include <vector>

#include "commands.hpp"
#include "definition_file.hpp"
#include "dossier_store.hpp"
#include "graphviz.hpp"
#include "installed_definition.hpp"
#include "text_file.hpp"
#include "terminal.hpp"
#include "words.hpp"
#include "workflow/error.hpp"
#include "workflow/graph.hpp"

namespace workflow::cli {
namespace {

struct DrawingOptions {
    StoreOptions store;
    std::string file;
    std::string format;
    std::string variant;
    std::string instance;
    std::string output;
};

/// What is drawn: a file's procedure, or that of a dossier with the way that it took.
struct Subject {
    std::shared_ptr<const Procedure> procedure;
    std::string variant;
    std::string title;
    std::optional<Trail> trail;
};

Subject subject_of_file(const DrawingOptions& options, const Session& session) {
    if (options.file.empty()) {
        throw usage_failure(std::string(words::nothing_to_draw.in(session.language)));
    }
    return {find_procedure(options.file, session), options.variant, {}, std::nullopt};
}

/// The version that the dossier runs is drawn; a file beside it only has to be of that procedure.
Subject subject_of_instance(const DrawingOptions& options, const Session& session) {
    if (!options.variant.empty()) {
        throw usage_failure(std::string(words::variant_beside_instance.in(session.language)));
    }
    const OpenStore open = open_store(options.store, Creates::no, session);
    const InstanceView view = open.engine->get(options.instance);
    if (!options.file.empty()) {
        const std::string id = find_procedure(options.file, session)->id();
        if (id != view.procedure->id()) {
            throw Failure(words::other_procedure.in(session.language, printable(options.instance),
                                                    printable(view.procedure->id()),
                                                    printable(options.file), printable(id)));
        }
    }
    std::vector<std::vector<Record>> history;
    for (HistoryEntry& entry : open.engine->history(options.instance)) {
        history.push_back(std::move(entry.records));
    }
    return {view.procedure, view.instance.variant, options.instance,
            trail_of(*view.procedure, history, &view.instance)};
}

std::string drawn(const Subject& subject, const DrawingOptions& options, const Session& session) {
    GraphOptions graph{.language = session.language, .variant = subject.variant};
    if (subject.trail) {
        graph.trail = &*subject.trail;
        graph.title = words::drawn_dossier.in(
            session.language, subject.procedure->title().in(session.language), subject.title);
    }
    if (options.format == "mermaid") return to_mermaid(*subject.procedure, graph);
    std::string dot = to_dot(*subject.procedure, graph);
    return options.format == "svg" ? svg_of_dot(dot, session.language) : dot;
}

std::string picture(const Subject& subject, const DrawingOptions& options, const Session& session) {
    try {
        return drawn(subject, options, session);
    } catch (const Error& error) {
        if (error.code() != ErrorCode::misuse) throw;
        throw Failure(words::no_such_variant.in(session.language, printable(subject.variant)));
    }
}

int run(Session& session, const DrawingOptions& options) {
    const Subject subject = options.instance.empty() ? subject_of_file(options, session)
                                                     : subject_of_instance(options, session);
    const std::string text = picture(subject, options, session);
    if (options.output.empty()) {
        print(text);
        return exit_ok;
    }
    write_output(options.output, text, session);
    print(words::written.in(session.language, printable(options.output)) + '\n');
    return exit_ok;
}

}  // namespace

void add_graph(CLI::App& application, Session& session) {
    CLI::App& command =
        *application.add_subcommand("graph", "Draw a procedure: DOT, Mermaid, or SVG by Graphviz");
    DrawingOptions& options = options_of<DrawingOptions>(command, session, run);
    takes_names(command.add_option("file", options.file, "The procedure's file; not needed with --instance"))
        ->option_text("FILE");
    command.add_option("--format", options.format, "What to draw it as")
        ->required()
        ->check(CLI::IsMember({"dot", "mermaid", "svg"}))
        ->option_text("dot|mermaid|svg");
    command
        .add_option("--variant", options.variant,
                    "The variant whose limits are drawn; that of a dossier is known")
        ->option_text("ID");
    command
        .add_option("--instance", options.instance,
                    "A dossier of the store: where it stands and the way that it took")
        ->option_text("PROCEDURE/KEY");
    add_store(command, options.store, nullptr);
    command.add_option("-o,--output", options.output, "The file to write; without it, stdout")
        ->option_text("FILE");
    add_language(command, session);
    command.footer(
        "Examples:\n"
        "  workflow graph procedures/service_onboarding/procedure.yaml --format svg -o graph.svg\n"
        "  workflow graph procedures/petition_handling/procedure.yaml --format mermaid --lang vi "
        "--variant national\n"
        "  workflow graph --format svg -o dossier.svg --store sqlite:dossiers.db "
        "--instance service_onboarding/2026-001");
}

}  // namespace workflow::cli
