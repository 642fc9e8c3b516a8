// The functions of CEL that this version knows, each with what it is declared for. Constant tables.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "expression/program.hpp"
#include "expression/types.hpp"

namespace workflow::expression {

struct Overload {
    std::string_view name;
    bool is_member = false;  ///< called as target.name(...): the target is the first parameter
    std::vector<Family> parameters{};
    Type::Kind result = Type::Kind::any;
    Operation operation = Operation::identity;
};

/// All overloads called `name`, in the order in which they are tried.
[[nodiscard]] std::vector<const Overload*> find_overloads(std::string_view name);
/// Every name that can be called, macros included.
[[nodiscard]] std::vector<std::string> function_names();
/// Whether CEL or the procedure language has a function of this name that this version lacks.
[[nodiscard]] bool is_known_elsewhere(std::string_view name);

}  // namespace workflow::expression
