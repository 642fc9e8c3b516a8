// Hands what an engine tells to spdlog (github.com/gabime/spdlog). Only here is spdlog needed: a host that
// includes this links it.
#pragma once

#include <memory>
#include <spdlog/logger.h>
#include <utility>

#include "workflow/log.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// A sink for EngineOptions::log. Thread-safe where the logger is (spdlog's `_mt` ones).
[[nodiscard]] inline LogSink log_to(std::shared_ptr<spdlog::logger> logger) {
    return [logger = std::move(logger)](const LogEntry& entry) {
        const auto level = entry.level == LogLevel::debug  ? spdlog::level::debug
                           : entry.level == LogLevel::info ? spdlog::level::info
                                                           : spdlog::level::warn;
        if (entry.trace.empty()) {
            logger->log(level, "{}: {}", entry.instance, entry.text);
        } else {
            logger->log(level, "{}: {} [{}]", entry.instance, entry.text, entry.trace);
        }
    };
}

}  // namespace workflow
