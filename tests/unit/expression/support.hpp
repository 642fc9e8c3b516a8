// The variables that the tables of this suite use, and a short way to evaluate.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "workflow/expression.hpp"

namespace expression_test {

using workflow::Expression;
using workflow::Type;
using workflow::Value;

/// Names, types and values of a small dossier: one frame.
struct Dossier {
    std::vector<workflow::Variable> variables;
    std::vector<Value> values;

    void add(std::string name, Type type, Value value);
    [[nodiscard]] Type type_of(std::string_view name) const;
};

[[nodiscard]] Dossier dossier();

/// The value as text, or `error CODE OFFSET`, or `problem CODE OFFSET`.
[[nodiscard]] std::string evaluated(std::string_view source, const Type& expected = {});
/// The same of any CEL value, by a calendar of 2017 at +07:00 without days off;
/// unchecked: all is left to the run.
[[nodiscard]] std::string cel_value(std::string_view source);
[[nodiscard]] std::string unchecked_value(std::string_view source);
/// All problems as `CODE OFFSET [argument, ...]`, joined by `; `; empty when it compiles.
[[nodiscard]] std::string problems(std::string_view source, const Type& expected = {});

}  // namespace expression_test
