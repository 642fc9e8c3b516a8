// The values that an expression can have, where all that it reads is known or one of a few words.
// Thread-safe functions.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "procedure/model.hpp"

namespace workflow::analysis {

/// One case: what each enumerated name was taken to be, `kind = 'complaint'`.
struct ValueCase {
    Value value;
    std::string names;  ///< for people
};

/// The frames of expressions in one variant, all data null.
class CaseFrames {
public:
    CaseFrames(const procedure::Model& model, std::string_view variant);

    [[nodiscard]] Value& at(Slot slot) { return frames_[slot.frame][slot.slot]; }
    [[nodiscard]] std::variant<Value, EvaluationError> evaluate(const Expression& expression) const;

private:
    std::vector<std::vector<Value>> frames_;
};

/// Every case in that variant. Nothing where the expression reads or asks what has no enumerable
/// type, cannot be evaluated in some case, or has more than limits::guard_cases_max cases.
[[nodiscard]] std::optional<std::vector<ValueCase>> possible_values(const procedure::Model& model,
                                                                    const Expression& expression,
                                                                    std::string_view variant);
/// The same for several expressions that read the same names: one list of values per case.
struct JointCase {
    std::vector<Value> values;
    std::vector<std::pair<Slot, Value>> fixed;  ///< what the names were taken to be
    std::string names;
};
[[nodiscard]] std::optional<std::vector<JointCase>> possible_values(
    const procedure::Model& model, std::span<const Expression* const> expressions,
    std::string_view variant);

/// All variants' ids, the empty one first.
[[nodiscard]] std::vector<std::string> variants_of(const procedure::Model& model);

/// Every limit that can stand there; nothing where that cannot be said. No limit: none is possible.
struct PossibleLimits {
    std::vector<Limit> limits;
    bool may_be_none = false;
};
[[nodiscard]] std::optional<PossibleLimits> possible_limits(
    const procedure::Model& model, const std::variant<Limit, procedure::Cel>& limit,
    std::string_view variant);

}  // namespace workflow::analysis
