// Values as the texts that cross the C interface. Pure.
#pragma once

#include <string>

#include "workflow/value.hpp"

namespace workflow::c {

/// How values are written at this border.
struct Writing {
    UtcOffset offset{};
    bool tagged = false;
};

/// What a caller hands over: JSON, in which instants and dates may be tagged; null for nothing. Error{misuse}:
/// it is none; Error{limit}: nested too deeply.
[[nodiscard]] Value parsed(const char* text);
[[nodiscard]] std::string printed(const Value& value, const Writing& writing);

}  // namespace workflow::c
