#include "event_log/log_builder.hpp"

#include <algorithm>

#include "workflow/limits.hpp"

namespace workflow::event_log {

void LogBuilder::error(std::uint32_t line, std::uint32_t column, std::string_view code,
                       std::vector<std::string> arguments) {
    diagnostics_.push_back(
        {Severity::error, std::string(code), {file_, line, column}, std::move(arguments)});
    if (diagnostics_.size() + 1 < limits::log_findings_max) return;
    fail(line, column, "log-too-many-findings", {std::to_string(limits::log_findings_max)});
}

void LogBuilder::fail(std::uint32_t line, std::uint32_t column, std::string_view code,
                      std::vector<std::string> arguments) {
    diagnostics_.push_back(
        {Severity::error, std::string(code), {file_, line, column}, std::move(arguments)});
    throw Unreadable{};
}

LoggedCase& LogBuilder::case_of(const std::string& id, std::uint32_t line) {
    const auto [known, is_new] = numbers_.try_emplace(id, log_.cases.size());
    if (is_new) add({id, {}}, line);
    return log_.cases[known->second];
}

void LogBuilder::add(LoggedCase one, std::uint32_t line) {
    if (log_.cases.size() >= limits::log_cases_max) {
        fail(line, 1, "log-too-many-cases", {std::to_string(limits::log_cases_max)});
    }
    log_.cases.push_back(std::move(one));
}

void LogBuilder::count_event(std::uint32_t line) {
    if (++events_ > limits::log_events_max) {
        fail(line, 1, "log-too-many-events", {std::to_string(limits::log_events_max)});
    }
}

std::optional<EventLog> LogBuilder::take() {
    if (has_errors(diagnostics_)) return std::nullopt;
    for (LoggedCase& one : log_.cases) {
        std::stable_sort(one.events.begin(), one.events.end(),
                         [](const auto& a, const auto& b) { return a.at < b.at; });
    }
    return std::move(log_);
}

LoggedEvent::Transition transition_named(std::string_view name) {
    std::string word(name);
    for (char& letter : word) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    if (word == "start") return LoggedEvent::Transition::start;
    if (word.empty() || word == "complete") return LoggedEvent::Transition::complete;
    return LoggedEvent::Transition::other;
}

}  // namespace workflow::event_log
