#include <cerrno>
#include <cstring>
#include <fstream>

#include "commands.hpp"
#include "definition_file.hpp"
#include "graphviz.hpp"
#include "terminal.hpp"
#include "words.hpp"
#include "workflow/graph.hpp"

namespace workflow::cli {
namespace {

struct Options {
    std::string file;
    std::string format;
    std::string output;
};

std::string picture(const Procedure& procedure, const Options& options, const Session& session) {
    const GraphOptions drawn{.language = session.language};
    if (options.format == "mermaid") return to_mermaid(procedure, drawn);
    std::string dot = to_dot(procedure, drawn);
    return options.format == "svg" ? svg_of_dot(dot, session.language) : dot;
}

void write_file(const std::string& path, const std::string& text, const Session& session) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (!file) {
        throw Failure(
            words::cannot_write.in(session.language, printable(path), std::strerror(errno)));
    }
}

int run(Session& session, const Options& options) {
    const auto procedure = find_procedure(options.file, session);
    const std::string text = picture(*procedure, options, session);
    if (options.output.empty()) {
        print(text);
        return exit_ok;
    }
    write_file(options.output, text, session);
    print(words::written.in(session.language, printable(options.output)) + '\n');
    return exit_ok;
}

}  // namespace

void add_graph(CLI::App& application, Session& session) {
    CLI::App& command =
        *application.add_subcommand("graph", "Draw a procedure: DOT, Mermaid, or SVG by Graphviz");
    Options& options = options_of<Options>(command, session, run);
    command.add_option("file", options.file, "The procedure's file")
        ->required()
        ->option_text("FILE");
    command.add_option("--format", options.format, "What to draw it as")
        ->required()
        ->check(CLI::IsMember({"dot", "mermaid", "svg"}))
        ->option_text("dot|mermaid|svg");
    command.add_option("-o,--output", options.output, "The file to write; without it, stdout")
        ->option_text("FILE");
    add_language(command, session);
    command.footer(
        "Examples:\n"
        "  workflow graph procedures/service_onboarding/procedure.yaml --format svg -o graph.svg\n"
        "  workflow graph procedures/service_onboarding/procedure.yaml --format mermaid --lang vi");
}

}  // namespace workflow::cli
