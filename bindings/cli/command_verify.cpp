#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "commands.hpp"
#include "dossier_store.hpp"
#include "table.hpp"
#include "terminal.hpp"
#include "text_file.hpp"
#include "verify_words.hpp"

namespace workflow::cli {
namespace {

using Json = nlohmann::ordered_json;
using Fault = VerifyReport::Fault;

struct VerifyOptions {
    StoreOptions store;
    std::string instance;
    std::string anchor;
    std::string write_anchor;
};

const Word& word_of(Fault::Kind kind) {
    switch (kind) {
        case Fault::Kind::changed:
            return words::fault_changed;
        case Fault::Kind::missing:
            return words::fault_missing;
        case Fault::Kind::misplaced:
            return words::fault_misplaced;
        case Fault::Kind::unreadable:
            return words::fault_unreadable;
        case Fault::Kind::forged:
            return words::fault_forged;
        case Fault::Kind::truncated:
            return words::fault_truncated;
        case Fault::Kind::rewritten:
            break;
    }
    return words::fault_rewritten;
}

std::vector<Anchor> read_anchors(const std::string& path, const Session& session) {
    const std::string text = read_input(path, session);
    try {
        return parse_anchors(text);
    } catch (const Error& error) {
        throw Failure(words::bad_anchors.in(session.language, printable(path), error.what()));
    }
}

/// All batches as one.
VerifyReport verify_all(Engine& engine) {
    VerifyReport all;
    while (!all.finished) {
        VerifyReport batch = engine.verify(all.cursor);
        all.instances += batch.instances;
        all.rows += batch.rows;
        all.run_again += batch.run_again;
        all.older_semantics += batch.older_semantics;
        all.erased += batch.erased;
        std::move(batch.faults.begin(), batch.faults.end(), std::back_inserter(all.faults));
        std::move(batch.erasures.begin(), batch.erasures.end(), std::back_inserter(all.erasures));
        all.cursor = std::move(batch.cursor);
        all.finished = batch.finished;
    }
    return all;
}

std::vector<Anchor> all_anchors(Engine& engine) {
    std::vector<Anchor> all;
    while (true) {
        const auto page = engine.anchors(all.empty() ? std::string() : all.back().instance);
        if (page.empty()) return all;
        all.insert(all.end(), page.begin(), page.end());
    }
}

std::string fault_text(const Fault& fault, const Session& session) {
    const std::string& language = session.language;
    const auto kind = word_of(fault.kind).in(language);
    const std::string instance = printable(fault.instance);
    return toned(fault.revision == 0
                     ? words::fault_of_whole.in(language, instance, kind, printable(fault.words))
                     : words::fault_of_row.in(language, instance, fault.revision, kind,
                                              printable(fault.words)),
                 Tone::bad, session.colour) +
           '\n';
}

std::string report_text(const VerifyReport& report, std::size_t anchors, const Session& session) {
    const std::string& language = session.language;
    std::string text;
    for (const Fault& fault : report.faults) text += fault_text(fault, session);
    for (const auto& one : report.erasures) {
        text += words::erased_by.in(language, printable(one.instance), one.revision,
                                    printable(joined(one.fields)), printable(one.actor),
                                    printable(one.reason)) +
                '\n';
    }
    text += words::verified.in(language, report.instances, report.rows, report.run_again);
    if (report.older_semantics > 0) {
        text += ", " + words::verified_older.in(language, report.older_semantics);
    }
    if (report.erased > 0) text += ", " + words::verified_erased.in(language, report.erased);
    text += "; ";
    if (!report.faults.empty()) {
        return text +
               toned(words::faults_found.in(language, report.faults.size()), Tone::bad,
                     session.colour) +
               '\n';
    }
    text += toned(words::all_as_written.in(language), Tone::good, session.colour);
    if (anchors > 0) text += "; " + words::anchors_agree.in(language, anchors);
    return text + '\n';
}

Json report_json(const VerifyReport& report, std::size_t anchors) {
    Json faults = Json::array();
    for (const Fault& fault : report.faults) {
        faults.push_back({{"instance", fault.instance},
                          {"revision", fault.revision == 0 ? Json() : Json(fault.revision)},
                          {"kind", to_string(fault.kind)},
                          {"words", fault.words}});
    }
    Json erasures = Json::array();
    for (const auto& one : report.erasures) {
        erasures.push_back({{"instance", one.instance},
                            {"revision", one.revision},
                            {"at", to_string(one.at, {})},
                            {"actor", one.actor},
                            {"fields", one.fields},
                            {"reason", one.reason}});
    }
    return {{"instances", report.instances},
            {"rows", report.rows},
            {"run_again", report.run_again},
            {"older_semantics", report.older_semantics},
            {"erased", report.erased},
            {"anchors", anchors},
            {"erasures", erasures},
            {"faults", faults}};
}

int run(Session& session, const VerifyOptions& options) {
    std::vector<Anchor> anchors;
    if (!options.anchor.empty()) anchors = read_anchors(options.anchor, session);
    const OpenStore open = open_store(options.store, Creates::no, session);
    Engine& engine = *open.engine;
    VerifyReport report =
        options.instance.empty() ? verify_all(engine) : engine.verify_one(options.instance);
    if (!options.instance.empty()) {
        std::erase_if(anchors,
                      [&](const Anchor& one) { return one.instance != options.instance; });
    }
    for (Fault& fault : engine.compare(anchors)) report.faults.push_back(std::move(fault));
    print(session.format == Format::json ? json_page(report_json(report, anchors.size()))
                                         : report_text(report, anchors.size(), session));
    if (!report.faults.empty()) return exit_refused;
    if (!options.write_anchor.empty()) {
        const std::vector<Anchor> taken = all_anchors(engine);
        write_output(options.write_anchor, to_text(taken), session);
        if (session.format == Format::text) {
            print(words::anchors_written.in(session.language, taken.size(),
                                            printable(options.write_anchor)) +
                  '\n');
        }
    }
    return exit_ok;
}

}  // namespace

void add_verify(CLI::App& application, Session& session) {
    CLI::App& command = *application.add_subcommand(
        "verify", "Find rows of history that were changed, lost, moved or forged");
    VerifyOptions& options = options_of<VerifyOptions>(command, session, run);
    command.add_option("instance", options.instance, "One dossier, PROCEDURE/KEY (default: all)")
        ->option_text("INSTANCE");
    command
        .add_option("--anchor", options.anchor,
                    "Anchors that were written earlier: finds what was cut off or written anew, too")
        ->option_text("FILE");
    command
        .add_option("--write-anchor", options.write_anchor,
                    "Write the heads of all chains there, when nothing is wrong")
        ->option_text("FILE");
    add_store(command, options.store, nullptr);
    add_format(command, session);
    command.footer(
        "Every row is compared with the one that it is chained to, and every step is run again.\n"
        "Exit status 1 when something is wrong.\n\n"
        "Examples:\n"
        "  workflow verify --store sqlite:dossiers.db --write-anchor 2026-11.anchor\n"
        "  workflow verify --store sqlite:dossiers.db --anchor 2026-11.anchor\n"
        "  workflow verify service_onboarding/2017-01 --store sqlite:dossiers.db --lang vi");
}

}  // namespace workflow::cli
