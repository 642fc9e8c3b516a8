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

/// Null: there is none.
const Method* find_method(std::string_view name) {
    const auto& all = methods();
    const auto found = std::lower_bound(
        all.begin(), all.end(), name,
        [](const Method& method, std::string_view wanted) { return method.name < wanted; });
    return found == all.end() || found->name != name ? nullptr : &*found;
}

const Method& method_of(std::string_view name) {
    if (const Method* method = find_method(name)) return *method;
    const std::string near = nearest(name, calls());
    throw Error(ErrorCode::misuse, "there is no call '" + printable(name) + "'" +
                                       (near.empty() ? "" : "; did you mean '" + near + "'?"));
}

}  // namespace

std::vector<std::string> calls() {
    std::vector<std::string> names;
    for (const Method& method : methods()) names.emplace_back(method.name);
    return names;
}

Reply call(Engine& engine, std::string_view name, const Value& given) {
    const Method& method = method_of(name);
    Arguments arguments(name, given);
    return method.call(engine, arguments);
}

void call_later(CommitService& commits, Engine& engine, std::string_view name, const Value& given,
                Completion told) {
    const Method& method = method_of(name);
    if (method.later == nullptr) {
        throw Error(ErrorCode::misuse, std::string(name) + " is no step of one instance: call it and wait");
    }
    Arguments arguments(name, given);
    method.later(commits, engine, arguments, std::move(told));
}

bool is_step(std::string_view name, const Value& arguments) {
    const Method* method = find_method(name);
    if (method == nullptr || method->later == nullptr) return false;
    const Value* plan = arguments.member("plan");
    return plan == nullptr || plan->is_null();
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
