#include "definition/consequences.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace workflow::definition {
namespace {

struct Consequence {
    std::string_view key;   ///< that was meant and is misspelt
    std::string_view code;  ///< what is found because it is not there
};
constexpr std::array<Consequence, 19> consequences{{
    {"actions", "task-without-way"},
    {"to", "task-without-way"},
    {"actions", "unknown-action"},
    {"until", "wait-for-one-thing"},
    {"when", "wait-for-one-thing"},
    {"otherwise", "no-otherwise"},
    {"otherwise", "way-leads-nowhere"},
    {"to", "way-leads-nowhere"},
    {"end", "way-leads-nowhere"},
    {"sla", "unknown-clock"},
    {"limit", "unknown-clock"},
    {"limit", "missing-key"},
    {"others", "others-missing"},
    {"while_waiting", "wait-unstated"},
    {"outcomes", "unknown-outcome"},
    {"roles", "unknown-role"},
    {"receive", "occasion-not-received"},
    {"messages", "no-messages"},
    {"key", "send-to-nobody"},
}};
// The first argument of each is a name that is refused, or a state that is not there for that.
constexpr std::array<std::string_view, 3> refusals{"not-an-id", "reserved-word", "name-not-free"};
constexpr std::array<std::string_view, 3> absences{"unknown-target", "unknown-target-no-near",
                                                     "unknown-task"};

template <class Codes>
bool is_one(const Codes& codes, std::string_view code) {
    return std::find(codes.begin(), codes.end(), code) != codes.end();
}

bool follows_from_key(const Diagnostic& finding, std::string_view meant) {
    const bool is_absent = finding.code == "missing-key" || finding.code == "key-without-value";
    if (is_absent && finding.arguments.front() == meant) return true;
    return std::any_of(consequences.begin(), consequences.end(), [&](const Consequence& one) {
        return one.key == meant && one.code == finding.code;
    });
}

bool follows(const Diagnostic& finding, const Diagnostic& cause) {
    if (cause.code == "unknown-key") return follows_from_key(finding, cause.arguments.back());
    if (cause.code == "key-as-state") return follows_from_key(finding, cause.arguments.front());
    if (cause.code == "key-without-value" && finding.code != cause.code) {
        return follows_from_key(finding, cause.arguments.front());
    }
    if (cause.code == "not-a-policy") return finding.code == "wait-unstated";
    if (cause.code == "limit-and-due") return finding.code == "unit-mismatch";
    if (!is_one(refusals, cause.code) || !is_one(absences, finding.code)) return false;
    return finding.arguments.front() == cause.arguments.front();
}

}  // namespace

void drop_consequences(Diagnostics& findings) {
    const Diagnostics causes = findings;
    const auto is_told = [&](const Diagnostic& finding) {
        return std::any_of(causes.begin(), causes.end(),
                           [&](const Diagnostic& cause) { return follows(finding, cause); });
    };
    findings.erase(std::remove_if(findings.begin(), findings.end(), is_told), findings.end());
}

}  // namespace workflow::definition
