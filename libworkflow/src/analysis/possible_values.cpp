#include "analysis/possible_values.hpp"

#include <algorithm>

#include "workflow/analysis.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

struct Name {
    Slot slot;
    std::string id;
    std::vector<Value> values;
};

/// Empty: no type of a few values.
std::vector<Value> values_of(const Type& type) {
    std::vector<Value> values;
    if (type.kind == Type::Kind::boolean) {
        values = {Value(true), Value(false)};
    } else if (type.kind == Type::Kind::choice) {
        for (const std::string& option : type.options) values.emplace_back(option);
    }
    if (!values.empty() && type.optional) values.emplace_back();
    return values;
}

/// Nothing where some name has no type of a few values.
std::optional<std::vector<Name>> names_read(const Model& model,
                                            std::span<const Expression* const> expressions) {
    std::vector<Name> names;
    for (const Expression* expression : expressions) {
        if (!expression->asks().empty()) return std::nullopt;
        for (const Slot slot : expression->reads()) {
            const bool known = slot.frame == frame_parameters ||
                               slot == Slot{frame_event, slot_variant} ||
                               std::any_of(names.begin(), names.end(),
                                           [&](const Name& name) { return name.slot == slot; });
            if (known) continue;
            if (slot.frame != frame_data) return std::nullopt;
            const Field& field = model.data[slot.slot];
            std::vector<Value> values = values_of(field.type);
            if (values.empty()) return std::nullopt;
            names.push_back({slot, field.id, std::move(values)});
        }
    }
    return names;
}

std::string quoted(const Value& value) {
    if (value.text() != nullptr) return "'" + *value.text() + "'";
    return to_string(value, UtcOffset{});
}

}  // namespace

CaseFrames::CaseFrames(const Model& model, std::string_view variant) : frames_(frame_count) {
    frames_[frame_data].resize(model.data.size());
    const std::span<const Value> parameters = parameters_of(model, variant);
    frames_[frame_parameters].assign(parameters.begin(), parameters.end());
    frames_[frame_locals].resize(model.local_slots);
    frames_[frame_event].resize(event_slot_count);
    if (!variant.empty()) frames_[frame_event][slot_variant] = Value(variant);
}

std::variant<Value, EvaluationError> CaseFrames::evaluate(const Expression& expression) const {
    std::vector<std::span<const Value>> spans;
    for (const std::vector<Value>& frame : frames_) spans.emplace_back(frame);
    return expression.evaluate(spans);
}

std::optional<std::vector<JointCase>> possible_values(
    const Model& model, std::span<const Expression* const> expressions, std::string_view variant) {
    const auto names = names_read(model, expressions);
    if (!names) return std::nullopt;
    std::size_t count = 1;
    for (const Name& name : *names) {
        count *= name.values.size();
        if (count > limits::guard_cases_max) return std::nullopt;
    }
    CaseFrames frames(model, variant);
    std::vector<JointCase> cases;
    for (std::size_t number = 0; number < count; ++number) {
        JointCase one;
        std::size_t rest = number;
        for (const Name& name : *names) {
            const Value& value = name.values[rest % name.values.size()];
            rest /= name.values.size();
            frames.at(name.slot) = value;
            one.fixed.emplace_back(name.slot, value);
            one.names += (one.names.empty() ? "" : ", ") + name.id + " = " + quoted(value);
        }
        for (const Expression* expression : expressions) {
            const auto value = frames.evaluate(*expression);
            if (!std::holds_alternative<Value>(value)) return std::nullopt;
            one.values.push_back(std::get<Value>(value));
        }
        cases.push_back(std::move(one));
    }
    return cases;
}

std::optional<std::vector<ValueCase>> possible_values(const Model& model,
                                                      const Expression& expression,
                                                      std::string_view variant) {
    const Expression* const only = &expression;
    const auto joint = possible_values(model, std::span(&only, 1), variant);
    if (!joint) return std::nullopt;
    std::vector<ValueCase> cases;
    for (const JointCase& one : *joint) cases.push_back({one.values.front(), one.names});
    return cases;
}

std::vector<std::string> variants_of(const Model& model) {
    std::vector<std::string> ids{""};
    for (const Variant& variant : model.variants) ids.push_back(variant.id);
    return ids;
}

std::optional<PossibleLimits> possible_limits(const Model& model,
                                              const std::variant<Limit, Cel>& limit,
                                              std::string_view variant) {
    PossibleLimits found;
    if (const Limit* const fixed = std::get_if<Limit>(&limit)) {
        found.limits.push_back(*fixed);
        return found;
    }
    const auto cases = possible_values(model, std::get<Cel>(limit).expression, variant);
    if (!cases) return std::nullopt;
    for (const ValueCase& one : *cases) {
        if (const Limit* const value = one.value.limit()) {
            found.limits.push_back(*value);
        } else if (one.value.is_null()) {
            found.may_be_none = true;
        } else {
            return std::nullopt;
        }
    }
    return found;
}

}  // namespace workflow::analysis
