// The macros that run over a list or a map: cel-spec, "Macros". Constant table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "expression/program.hpp"

namespace workflow::expression {

struct Macro {
    std::string_view name;
    std::size_t arguments = 0;  ///< after what it runs over
    std::uint8_t variables = 1;
    Operation operation = Operation::all;

    /// Beside its variables and its last argument: a condition that an item must meet.
    [[nodiscard]] constexpr bool has_condition() const { return arguments == variables + 2U; }
};

[[nodiscard]] bool is_macro(std::string_view name);
/// Null when there is none of that name which takes so many arguments.
[[nodiscard]] const Macro* find_macro(std::string_view name, std::size_t arguments);

struct Arity {
    std::size_t least = 0;
    std::size_t most = 0;
};
/// How many arguments the macros called `name` take; there is one.
[[nodiscard]] Arity arity_of_macro(std::string_view name);
/// Each name once.
[[nodiscard]] std::vector<std::string> macro_names();

}  // namespace workflow::expression
