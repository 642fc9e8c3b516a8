#include "expression/macros.hpp"

#include <algorithm>
#include <array>

namespace workflow::expression {
namespace {

// Those of one name stand together.
constexpr std::array<Macro, 15> macros{{
    {"all", 2, 1, Operation::all},
    {"all", 3, 2, Operation::all},
    {"exists", 2, 1, Operation::exists},
    {"exists", 3, 2, Operation::exists},
    {"exists_one", 2, 1, Operation::exists_one},
    {"exists_one", 3, 2, Operation::exists_one},
    {"existsOne", 2, 1, Operation::exists_one},
    {"existsOne", 3, 2, Operation::exists_one},
    {"map", 2, 1, Operation::map},
    {"map", 3, 1, Operation::map},
    {"filter", 2, 1, Operation::filter},
    {"transformList", 3, 2, Operation::map},
    {"transformList", 4, 2, Operation::map},
    {"transformMap", 3, 2, Operation::transform_map},
    {"transformMap", 4, 2, Operation::transform_map},
}};

}  // namespace

bool is_macro(std::string_view name) {
    return std::any_of(macros.begin(), macros.end(),
                       [&](const Macro& macro) { return macro.name == name; });
}

const Macro* find_macro(std::string_view name, std::size_t arguments) {
    const auto found = std::find_if(macros.begin(), macros.end(), [&](const Macro& macro) {
        return macro.name == name && macro.arguments == arguments;
    });
    return found != macros.end() ? &*found : nullptr;
}

Arity arity_of_macro(std::string_view name) {
    Arity arity{SIZE_MAX, 0};
    for (const Macro& macro : macros) {
        if (macro.name != name) continue;
        arity = {std::min(arity.least, macro.arguments), std::max(arity.most, macro.arguments)};
    }
    return arity;
}

std::vector<std::string> macro_names() {
    std::vector<std::string> names;
    for (const Macro& macro : macros) {
        if (names.empty() || names.back() != macro.name) names.emplace_back(macro.name);
    }
    return names;
}

}  // namespace workflow::expression
