// The types of the language as CEL sees them (language rule R50). Pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "workflow/type.hpp"

namespace workflow::expression {

/// What operators and functions are declared for; `any`: only the run knows.
enum class Family : std::uint8_t {
    any,  ///< also the item of an empty list, which there is none of
    null,
    boolean,
    integer,
    unsigned_integer,
    number,
    text,  ///< text, document, person, one of several words
    bytes,
    date,
    instant,
    duration,
    limit,
    list,
    record,  ///< as a procedure declares it
    map,
    type,
};

[[nodiscard]] Family family_of(const Type& type);
[[nodiscard]] inline bool is_numeric(Family family) {
    return family == Family::integer || family == Family::unsigned_integer ||
           family == Family::number;
}
[[nodiscard]] inline bool is_moment(Family family) {
    return family == Family::date || family == Family::instant;
}
/// As a message names it.
[[nodiscard]] std::string_view family_name(Family family);
/// The same type without its `optional`.
[[nodiscard]] Type required(Type type);
/// Whether values of the two may be compared by `==`: one family, two numbers, or one unknown.
[[nodiscard]] bool comparable(const Type& a, const Type& b);

/// How many types it is made of, itself included.
[[nodiscard]] std::size_t size_of(const Type& type);

enum class Fit : std::uint8_t { never, at_run_time, always };
/// A type for a value that is of one of two; `found` is false when there is none.
struct Union {
    bool found = false;
    Type type;
};
/// An integer and a number, a date and an instant give `any`; a null makes optional.
[[nodiscard]] Union unite(const Type& a, const Type& b);
/// The same for the items of a list, the keys or the values of a map: as CEL has it, what is of two
/// families is `any`.
[[nodiscard]] Type unite_items(const Type& a, const Type& b);
/// Whether a dossier can hold values of the type (is_storable); `at_run_time` where only they tell.
[[nodiscard]] Fit storable(const Type& type);

/// Whether a value of type `actual` may stand where `expected` is asked for. A date serves as an
/// instant (its midnight in the calendar's zone).
[[nodiscard]] Fit fits(const Type& expected, const Type& actual);
/// The same of a value; `expected` any takes all.
[[nodiscard]] bool fits_value(const Type& expected, const Value& value);

}  // namespace workflow::expression
