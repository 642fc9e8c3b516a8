// What the engine gives, as values that any language can hold: records of texts, numbers, dates, instants.
// Numbers of a procedure's version become ids. Pure functions.
#pragma once

#include <string>
#include <vector>

#include "workflow/engine.hpp"

namespace workflow::marshal {

/// Text, or null where it is empty.
[[nodiscard]] Value text_or_null(const std::string& text);
[[nodiscard]] Value instant_or_null(const std::optional<Instant>& instant);
[[nodiscard]] Value list_of(const std::vector<std::string>& texts);
/// Of lists of anything that `one` turns into a value.
template <class Items, class One>
[[nodiscard]] Value list_of(const Items& items, const One& one) {
    List list;
    list.reserve(items.size());
    for (const auto& item : items) list.push_back(one(item));
    return list;
}
[[nodiscard]] Value count(std::uint64_t number);

/// A value of the data. Sensitive ones only where they are to be shown; else, and once erased, null.
enum class Sensitive : std::uint8_t { hidden, shown };
[[nodiscard]] Value datum(const Value& value, Sensitive sensitive);

/// {kind, at, token, state, subject, outcome, value}: numbers as ids where they have some.
[[nodiscard]] Value record(const Record& record, const Procedure& procedure);
[[nodiscard]] Value records(const std::vector<Record>& records, const Procedure& procedure);
/// {instance, revision, repeated, records}.
[[nodiscard]] Value done(const Done& done, const Engine& engine);
/// {code, reason, arguments, permitted, because}. `instance` as it stands; null where there is none.
[[nodiscard]] Value refusal(const Refusal& refusal, const InstanceView* instance);
/// {item, state, action, title, refused, reason, uses_left}.
[[nodiscard]] Value permitted(const PermittedAction& action, const Procedure& procedure);
[[nodiscard]] Value clock(const ClockView& clock, const Procedure& procedure);
/// Where an instance stands: tokens, clocks, data.
[[nodiscard]] Value instance(const InstanceView& view, Instant now, Sensitive sensitive);
[[nodiscard]] Value history_entry(const HistoryEntry& entry, const Procedure& procedure);
[[nodiscard]] Value actor(const Actor& actor);
[[nodiscard]] Value redated(const Redated& moved, const Procedure& procedure);
[[nodiscard]] Value work_item(const WorkItem& item);
/// {instance, reason} each.
[[nodiscard]] Value failures(const std::vector<std::pair<std::string, std::string>>& failed);

}  // namespace workflow::marshal
