// Bounds on whatever an input can make large. Each has a test on both sides. Immutable.
#pragma once

#include <cstddef>
#include <cstdint>

namespace workflow::limits {

/// A procedure or calendar file, in bytes.
inline constexpr std::size_t definition_bytes_max = 4 * 1024 * 1024;
/// Nested collections in a YAML file.
inline constexpr std::size_t yaml_depth_max = 64;
/// Nodes of a YAML file after its aliases are followed.
inline constexpr std::size_t yaml_nodes_max = 200'000;
/// Diagnostics collected before reading stops.
inline constexpr std::size_t diagnostics_max = 200;
/// States of a procedure, groups and branches included.
inline constexpr std::size_t states_max = 10'000;
/// Parameters, and fields of the data, of a procedure: so many of each.
inline constexpr std::size_t names_max = 2'000;
/// Nested groups, branches and items.
inline constexpr std::size_t state_depth_max = 32;
/// Source text of one expression, in bytes.
inline constexpr std::size_t expression_bytes_max = 16 * 1024;
/// Nested operators, calls and parentheses of one expression.
inline constexpr std::size_t expression_depth_max = 100;
/// Evaluation steps of one expression: by estimate when it is compiled, by count when it runs.
inline constexpr std::size_t expression_cost_max = 1'000'000;
/// Items that the estimate takes a list of unknown length to have.
inline constexpr std::size_t expression_items_assumed = 100;
/// Source text of one regular expression, in bytes.
inline constexpr std::size_t pattern_bytes_max = 1'000;
/// Memory that one regular expression may take, compiled and while it is matched, in bytes.
inline constexpr std::int64_t pattern_memory_max = 1024 * 1024;
/// Microsteps within one step (language rule R26).
inline constexpr std::size_t microsteps_max = 1'000;
/// Timers of one instance that one call of the engine runs; what is left is due at the next. Else
/// timers that are due at once, in a circle, would go on for ever.
inline constexpr std::size_t timers_in_a_call_max = 1'000;
/// Items of one `each`.
inline constexpr std::size_t items_max = 10'000;
/// Tokens alive in one instance.
inline constexpr std::size_t tokens_max = 20'000;
/// Messages that wait for their place: under one message and key, and in one instance.
inline constexpr std::size_t kept_messages_max = 100;
/// Places that one broadcast reaches.
inline constexpr std::size_t broadcast_places_max = 1'000;
/// Bytes of one text value in a dossier's data.
inline constexpr std::size_t text_bytes_max = 1024 * 1024;
/// Bytes of one encoded instance, event or history row.
inline constexpr std::size_t body_bytes_max = 64 * 1024 * 1024;
/// Bytes of a business key, a request id, an actor's id, a unit or a role name.
inline constexpr std::size_t key_bytes_max = 200;
/// Number in front of a limit's unit (`30 working days`).
inline constexpr std::int64_t limit_count_max = 1'000'000;
/// Seconds of a duration, either way (google.protobuf.Duration: 10,000 years).
inline constexpr std::int64_t duration_seconds_max = 315'576'000'000;
/// Seconds of a timestamp: 0001-01-01T00:00:00Z to 9999-12-31T23:59:59Z.
inline constexpr std::int64_t timestamp_seconds_min = -62'135'596'800;
inline constexpr std::int64_t timestamp_seconds_max = 253'402'300'799;
/// First and last year of a calendar's range; lunar dates are computed for the same years.
inline constexpr int calendar_year_min = 1900;
inline constexpr int calendar_year_max = 2199;
/// Recurring rules of one calendar.
inline constexpr std::size_t calendar_rules_max = 100;
/// Days off, and make-up days, that one calendar lists: each.
inline constexpr std::size_t calendar_days_listed_max = 20'000;
/// Reasons of one calendar file.
inline constexpr std::size_t calendar_reasons_max = 200;
/// Bytes of a reason in all its languages, and of a source.
inline constexpr std::size_t calendar_text_bytes_max = 1'000;
/// Days in a row of one recurring rule, and days of it before its date.
inline constexpr int rule_days_max = 60;
/// Opening spans of one weekday.
inline constexpr std::size_t opening_spans_max = 24;
/// Entries of the answer to one query.
inline constexpr std::size_t page_rows_max = 1'000;

/// Attempts of one service, and the factor by which the waits between them grow.
inline constexpr std::int64_t attempts_max = 100;
/// Instances that wait for each other as callers (rule R67).
inline constexpr std::uint32_t call_depth_max = 20;

/// Cases of a tests.yaml that go on from each other, in a row.
inline constexpr std::size_t cases_in_a_row_max = 100;
/// Timers that one step of a tests.yaml lets pass, and messages of ways that it brings: together.
inline constexpr std::size_t timers_between_steps_max = 10'000;

/// People of one simulation.
inline constexpr std::size_t simulated_people_max = 10'000;

/// Bytes of an event log, inflated, its cases and events, and findings that are told of it.
inline constexpr std::size_t log_bytes_max = 1024UL * 1024 * 1024;
inline constexpr std::size_t log_cases_max = 5'000'000;
inline constexpr std::size_t log_events_max = 20'000'000;
inline constexpr std::size_t log_findings_max = 100;
/// Elements within each other, and bytes of one value, of an event log.
inline constexpr std::size_t log_depth_max = 100;
inline constexpr std::size_t log_value_bytes_max = 64 * 1024;

}  // namespace workflow::limits
