// Cases as they are read from a file, with findings and limits. Confined to one load.
#pragma once

#include <string>
#include <unordered_map>

#include "workflow/event_log.hpp"

namespace workflow::event_log {

/// Thrown, within the readers, when nothing more can be read of the file.
struct Unreadable {};

class LogBuilder {
public:
    LogBuilder(std::string file, Diagnostics& diagnostics)
        : file_(std::move(file)), diagnostics_(diagnostics) {}

    /// Reading goes on behind it; the last finding that there may be ends it.
    void error(std::uint32_t line, std::uint32_t column, std::string_view code,
               std::vector<std::string> arguments = {});
    /// Reading ends.
    [[noreturn]] void fail(std::uint32_t line, std::uint32_t column, std::string_view code,
                           std::vector<std::string> arguments = {});

    /// The case of that id, which begins where there is none yet.
    [[nodiscard]] LoggedCase& case_of(const std::string& id, std::uint32_t line);
    /// A case of its own.
    void add(LoggedCase one, std::uint32_t line);
    /// An event more of all.
    void count_event(std::uint32_t line);

    /// Events by time; nothing where a finding is an error.
    [[nodiscard]] std::optional<EventLog> take();

private:
    std::string file_;
    Diagnostics& diagnostics_;
    EventLog log_;
    std::unordered_map<std::string, std::size_t> numbers_;
    std::size_t events_ = 0;
};

[[nodiscard]] LoggedEvent::Transition transition_named(std::string_view name);

}  // namespace workflow::event_log
