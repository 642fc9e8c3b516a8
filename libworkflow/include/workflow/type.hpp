// Types of the data that a procedure declares (language rule R50). Immutable values.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "workflow/time.hpp"

namespace workflow {

/// `text integer number boolean date instant limit document person`, a list, one of several words,
/// or a record; `any` is the type of what only the run knows.
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
    };
    Kind kind = Kind::any;
    bool optional = false;
    std::shared_ptr<const Type> element{};               ///< of a list
    std::vector<std::string> options{};                  ///< of a choice
    std::vector<std::pair<std::string, Type>> members{}; ///< of a record

    [[nodiscard]] static Type of(Kind kind) { return Type{.kind = kind}; }
    [[nodiscard]] static Type list_of(Type element);
    friend bool operator==(const Type& a, const Type& b);
};

/// As a definition writes it: `optional list of text`, `[receipt, signature]`.
[[nodiscard]] std::string to_string(const Type& type);

class Value;
/// Whether `value` may be stored where `type` is declared. A null only where it is optional;
/// an integer also where a number is declared.
[[nodiscard]] bool accepts(const Type& type, const Value& value);
/// `value` as `type` wants it: texts from a border without dates of its own (JSON) become a date,
/// instant or limit where one is declared, a whole number becomes a `number`. Nothing when it does
/// not fit. Instants without a zone are those of `offset`. A sealed value is only checked.
[[nodiscard]] std::optional<Value> conform(const Type& type, const Value& value, UtcOffset offset);

}  // namespace workflow
