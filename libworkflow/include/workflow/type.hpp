// Types of the data that a procedure declares (language rule R50). Immutable values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "workflow/time.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// `text integer number boolean date instant limit document person`, a list, one of several words,
/// or a record; `any` is the type of what only the run knows. The kinds after them occur only
/// within expressions.
struct Type {
    enum class Kind : std::uint8_t {
        any,
        null,
        text,
        integer,
        number,
        boolean,
        date,
        instant,
        limit,
        document,
        person,
        list,
        choice,
        record,
        unsigned_integer,
        bytes,
        duration,
        map,   ///< `key`, `element`; a literal whose keys are texts lists its members, too
        type,  ///< of a type: `type(x)`; element: the type that it is, where that is known
        none,  ///< of the items of an empty list: it fits everything
    };
    Kind kind = Kind::any;
    bool optional = false;
    std::shared_ptr<const Type> element{};                ///< of a list, of the values of a map
    std::shared_ptr<const Type> key{};                    ///< of the keys of a map
    std::vector<std::string> options{};                   ///< of a choice
    std::vector<std::pair<std::string, Type>> members{};  ///< of a record

    [[nodiscard]] static Type of(Kind kind) { return Type{.kind = kind}; }
    [[nodiscard]] static Type list_of(Type element);
    [[nodiscard]] static Type map_of(Type key, Type element);
    friend bool operator==(const Type& a, const Type& b);
};

/// As a definition writes it: `optional list of text`, `[receipt, signature]`.
[[nodiscard]] std::string to_string(const Type& type);

class Value;
/// Whether `value` may be stored where `type` is declared. A null only where it is optional;
/// an integer also where a number is declared.
[[nodiscard]] bool accepts(const Type& type, const Value& value);
/// The type that tells most about `value`: of a list or map whose items differ `any` items, of an
/// empty one any keys and items, of a record a map. A seal is read through.
[[nodiscard]] Type type_of(const Value& value);
/// `value` as `type` wants it: texts from a border without dates of its own (JSON) become a date,
/// instant or limit where one is declared, a whole number becomes a `number`. Nothing when it does
/// not fit. Instants without a zone are those of `offset`. A sealed value is only checked.
[[nodiscard]] std::optional<Value> conform(const Type& type, const Value& value, UtcOffset offset);

}  // namespace workflow
