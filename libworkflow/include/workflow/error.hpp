// Errors of the world, thrown. A refusal that a caller should expect is a value (interpreter.hpp).
// Immutable.
#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// Why an operation failed. The numbers are part of the stable interface.
enum class ErrorCode : std::uint8_t {
    not_found = 1,    ///< no such instance, procedure or calendar
    conflict = 2,     ///< somebody else changed it first: load again and retry
    storage = 3,      ///< the store could not read or write; nothing was changed
    corrupt = 4,      ///< what was read is not what was written
    unsupported = 5,  ///< made by a newer version, or not offered by this build
    limit = 6,        ///< an input is larger than limits.hpp allows
    misuse = 7,       ///< the call breaks the contract of the interface
    internal = 8,     ///< a defect of this library; the transaction was rolled back
};

[[nodiscard]] const char* to_string(ErrorCode code);

/// The world's failure or a broken contract, with a code to act on and a sentence to show.
class Error : public std::runtime_error {
public:
    Error(ErrorCode code, const std::string& message) : std::runtime_error(message), code_(code) {}
    [[nodiscard]] ErrorCode code() const noexcept { return code_; }

private:
    ErrorCode code_;
};

}  // namespace workflow
