// Instances, history rows and effects <-> bytes: what stores hold is a contract. Pure.
// README.md of this folder describes every format; golden files of each number are kept for ever.
#pragma once

#include <string>
#include <string_view>

#include "record/value_bytes.hpp"
#include "workflow/history.hpp"
#include "workflow/instance.hpp"
#include "workflow/interpreter.hpp"

namespace workflow::record {

/// The format that is written. Older ones are read through the chain of migrations.
inline constexpr std::uint64_t instance_format = 1;
inline constexpr std::uint64_t history_format = 1;
inline constexpr std::uint64_t effect_format = 1;
inline constexpr std::uint64_t message_format = 1;

[[nodiscard]] std::string encode(const Instance& instance);
/// Error{corrupt}, or Error{unsupported} for a format of a newer version.
[[nodiscard]] Instance decode_instance(std::string_view bytes, const Secrets& secrets);

[[nodiscard]] std::string encode(const HistoryEntry& entry);
[[nodiscard]] HistoryEntry decode_history(std::string_view bytes, const Secrets& secrets,
                                          Texts texts = Texts::read);

[[nodiscard]] std::string encode(const Effect& effect);
[[nodiscard]] Effect decode_effect(std::string_view bytes);

/// A message that is kept for an instance which does not wait for it yet.
[[nodiscard]] std::string encode_message(const Message& message);
[[nodiscard]] Message decode_message(std::string_view bytes);

/// Error{unsupported} or Error{corrupt} unless 1 <= format <= known.
void check_format(std::uint64_t format, std::uint64_t known, const char* what);

}  // namespace workflow::record
