// The functions that an expression may call: what each is declared for, and what it does. Constant
// tables of pure functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "expression/comparison.hpp"
#include "expression/types.hpp"
#include "workflow/calendar.hpp"

namespace workflow::expression {

class Pattern;

/// What a function is given. Seals are open; an argument is no null unless the function takes them.
struct Arguments {
    const Value& first;
    const Value& second;  ///< null when there is no second one
    Budget& budget;
    const Calendar* calendar = nullptr;
    const Pattern* pattern = nullptr;  ///< the second argument, compiled at load
};

/// A value, or why there is none: a code of the catalogue and what fills its sentence.
struct Result {
    Value value{};
    std::string_view error{};
    std::string_view argument{};
    std::optional<std::int64_t> number{};
};

struct Function {
    std::string_view name;
    bool takes_null = false;
    Result (*apply)(const Arguments&) = nullptr;
    /// What a second argument in quotes says; it is read when the expression is compiled.
    enum class Second : std::uint8_t { plain, zone, limit, pattern } second = Second::plain;
};

/// One of the ways in which a function is declared; the first parameter of a member function is
/// what it is called on.
struct Overload {
    const Function* function = nullptr;
    bool is_member = false;
    std::vector<Family> parameters{};
    Type::Kind result = Type::Kind::any;
};

/// All overloads called `name`, in the order in which they are tried.
[[nodiscard]] std::vector<const Overload*> find_overloads(std::string_view name);
/// Every name that can be called, macros included.
[[nodiscard]] std::vector<std::string> function_names();
/// Whether the procedure language has a function of this name that this version lacks.
[[nodiscard]] bool is_known_elsewhere(std::string_view name);
/// How `name` is called: `text.startsWith(text)`; several joined by commas.
[[nodiscard]] std::string signatures(std::string_view name);

/// `wrong-type`, naming what was found.
[[nodiscard]] Result wrong_kind(const Value& found);
[[nodiscard]] Result cost_limit();
/// As a message names the kind of a value.
[[nodiscard]] std::string_view kind_name(const Value& value);

}  // namespace workflow::expression
