#include "coverage_report.hpp"

#include <nlohmann/json.hpp>

#include "graphviz.hpp"
#include "test_words.hpp"
#include "workflow/graph.hpp"

namespace workflow::cli {
namespace {

using PartKind = CoveredPart::Kind;

const Word& sentence_of(const CoveredPart& part) {
    switch (part.kind) {
        case PartKind::state:
            return words::never_entered;
        case PartKind::way:
            return words::never_taken;
        case PartKind::moment:
            return words::never_came;
        case PartKind::guard:
            break;
    }
    if (part.seen) return words::never_false;
    return part.seen_false ? words::never_true : words::never_asked;
}

std::string sentence(const CoveredPart& part, const Session& session) {
    return sentence_of(part).in(session.language, printable(part.name));
}

std::string counts(const Coverage& coverage, const Session& session) {
    const auto states = coverage.count(PartKind::state);
    const auto ways = coverage.count(PartKind::way);
    const auto moments = coverage.count(PartKind::moment);
    const auto guards = coverage.count(PartKind::guard);
    return words::coverage_counts.in(session.language, coverage.procedure->id(), states.covered,
                                     states.all, ways.covered, ways.all, moments.covered,
                                     moments.all, guards.covered, guards.all);
}

MissedParts missed_of(const Coverage& coverage) {
    MissedParts missed;
    for (const CoveredPart& part : coverage.parts) {
        if (part.is_covered() || part.kind == PartKind::guard) continue;
        if (part.kind != PartKind::state) {
            missed.ways.push_back(part.place);
            continue;
        }
        for (std::uint32_t state = 1; state < coverage.procedure->state_count(); ++state) {
            if (coverage.procedure->state(state).id == part.name) missed.states.push_back(state);
        }
    }
    return missed;
}

std::string_view name_of(PartKind kind) {
    switch (kind) {
        case PartKind::state:
            return "state";
        case PartKind::way:
            return "way";
        case PartKind::moment:
            return "moment";
        case PartKind::guard:
            return "guard";
    }
    return {};
}

}  // namespace

std::vector<Coverage> combined(const std::vector<PlayedFile>& files) {
    std::vector<Coverage> result;
    for (const PlayedFile& file : files) {
        if (!file.coverage.empty()) result.push_back(file.coverage.front());
    }
    for (Coverage& own : result) {
        for (const PlayedFile& file : files) {
            for (const Coverage& other : file.coverage) {
                if (other.procedure->digest() == own.procedure->digest()) own.add(other);
            }
        }
    }
    return result;
}

std::string coverage_text(const Coverage& coverage, const Session& session) {
    std::string text = counts(coverage, session) + '\n';
    for (const CoveredPart& part : coverage.parts) {
        if (part.is_covered()) continue;
        text += "  " + printable(part.place.file) + ":" + std::to_string(part.place.line) + ":" +
                std::to_string(part.place.column) + ": " + sentence(part, session) + '\n';
    }
    return text;
}

nlohmann::ordered_json coverage_json(const Coverage& coverage, const Session& session) {
    nlohmann::ordered_json json;
    json["procedure"] = coverage.procedure->id();
    for (const PartKind kind : {PartKind::state, PartKind::way, PartKind::moment, PartKind::guard}) {
        const auto count = coverage.count(kind);
        json[std::string(name_of(kind)) + "s"] = {{"covered", count.covered}, {"all", count.all}};
    }
    json["missed"] = nlohmann::ordered_json::array();
    for (const CoveredPart& part : coverage.parts) {
        if (part.is_covered()) continue;
        json["missed"].push_back({{"kind", name_of(part.kind)},
                                  {"name", part.name},
                                  {"file", part.place.file},
                                  {"line", part.place.line},
                                  {"column", part.place.column},
                                  {"message", sentence(part, session)}});
    }
    return json;
}

std::vector<std::string> draw_coverage(const std::vector<Coverage>& coverages,
                                       const std::string& folder, const Session& session) {
    std::vector<std::string> paths;
    for (const Coverage& coverage : coverages) {
        const MissedParts missed = missed_of(coverage);
        const std::string title = coverage.procedure->title().in(session.language);
        GraphOptions options{.language = session.language};
        if (!missed.states.empty() || !missed.ways.empty()) {
            options.title = words::coverage_title.in(session.language, title);
        }
        options.missed = &missed;
        paths.push_back(write_svg(folder, coverage.procedure->id(),
                                  to_dot(*coverage.procedure, options), session));
    }
    return paths;
}

}  // namespace workflow::cli
