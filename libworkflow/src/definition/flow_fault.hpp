// Where the brackets of a malformed file go wrong, for a parser tells only where it gave up. Pure.
#pragma once

#include <optional>
#include <string_view>

namespace workflow::definition {

struct FlowFault {
    const char* code;
    std::size_t offset;  ///< of the byte at which an author would mend it
};
/// The first fault within [ ] or { }, or right behind a quoted text. Costs a pass over the file.
[[nodiscard]] std::optional<FlowFault> find_flow_fault(std::string_view source);

}  // namespace workflow::definition
