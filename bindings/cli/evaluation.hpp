// One question to CEL: an expression, and the values of its names. Confined.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflow/expression.hpp"
#include "workflow/interpreter.hpp"

namespace workflow::cli {

struct Question {
    std::string expression;
    std::vector<Variable> variables;
    std::vector<Value> values;  ///< of the variables, by slot
    ExpressionSettings settings{.results = ExpressionSettings::Results::all};
    bool only_check = false;  ///< asks for the type, not for the value
};

/// Names with their values, whose types are those of the values.
[[nodiscard]] Question question_of(const std::string& expression, const FieldValues& data);

/// Reads `{"expr": ..., "bindings": ..., "type_env": ..., "container": ..., "disable_check": ...,
/// "check_only": ...}`; other members are not looked at. Failure in `language`.
[[nodiscard]] Question read_question(std::string_view json, const std::string& language);

/// Failure with all that the checker found, in `language`.
[[nodiscard]] Expression compile(const Question& question, const std::string& language);
/// Failure with why there is no value. `calendar` may be null.
[[nodiscard]] Value evaluate(const Expression& expression, const Question& question,
                             const Calendar* calendar, const std::string& language);

}  // namespace workflow::cli
