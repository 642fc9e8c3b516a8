#include "marshal/marshal.hpp"

#include <algorithm>
#include <array>

#include "marshal/methods.hpp"
#include "workflow/error.hpp"

namespace workflow::marshal {
namespace {

std::vector<Method> sorted_methods() {
    std::vector<Method> all;
    for (const auto part : {definition_methods(), event_methods(), question_methods(),
                            version_methods(), upkeep_methods()}) {
        all.insert(all.end(), part.begin(), part.end());
    }
    std::sort(all.begin(), all.end(), [](const Method& a, const Method& b) {
        return std::string_view(a.name) < b.name;
    });
    return all;
}

const std::vector<Method>& methods() {
    static const std::vector<Method> all = sorted_methods();
    return all;
}

}  // namespace

std::vector<std::string> calls() {
    std::vector<std::string> names;
    for (const Method& method : methods()) names.emplace_back(method.name);
    return names;
}

Reply call(Engine& engine, std::string_view name, const Value& given) {
    const auto& all = methods();
    const auto found = std::lower_bound(
        all.begin(), all.end(), name,
        [](const Method& method, std::string_view wanted) { return method.name < wanted; });
    if (found == all.end() || found->name != name) {
        const std::string near = nearest(name, calls());
        throw Error(ErrorCode::misuse, "there is no call '" + printable(name) + "'" +
                                           (near.empty() ? "" : "; did you mean '" + near + "'?"));
    }
    Arguments arguments(name, given);
    return found->call(engine, arguments);
}

Reply reply(const Answer& answer, Engine& engine, const std::string& instance) {
    if (const auto* step = std::get_if<Done>(&answer)) return {false, done(*step, engine)};
    const auto& refused = std::get<Refusal>(answer);
    if (refused.permitted.empty()) return {true, refusal(refused, nullptr)};
    const InstanceView view = engine.get(instance);
    return {true, refusal(refused, &view)};
}

Members batch(const BatchReport& report) {
    return {{"looked_at", count(report.looked_at)},
            {"concerned", count(report.concerned)},
            {"failed", failures(report.failed)},
            {"cursor", report.cursor},
            {"finished", report.finished}};
}

}  // namespace workflow::marshal
