// What an engine tells whoever keeps the host's log. Plain values.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

enum class LogLevel : std::uint8_t {
    debug,    ///< a step was taken, or refused
    info,     ///< a decision of an operator was carried out
    warning,  ///< something stands still, or could not be run now
};
/// One event. Names instances, states and codes, and who did it; never a value of the data.
struct LogEntry {
    LogLevel level{};
    std::string instance;
    std::string text;   ///< one line in English
    std::string trace;  ///< `traceparent` of the call; empty: none
};
/// Called after the commit of what it is told, from whichever thread committed, so that it must be
/// thread-safe; what it throws is dropped. Empty: nothing is told.
using LogSink = std::function<void(const LogEntry&)>;

}  // namespace workflow
