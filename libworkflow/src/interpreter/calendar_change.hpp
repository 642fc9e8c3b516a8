// Which of an instance's calendars is meant (rule R81). Pure.
#pragma once

#include <optional>

#include "procedure/model.hpp"
#include "workflow/instance.hpp"

namespace workflow::interpreter {

/// The number under which the instance counts by that version; nothing when it does not.
[[nodiscard]] std::optional<procedure::CalendarIndex> slot_of(const Instance& instance,
                                                              const Digest& calendar);
void set_slot(Instance& instance, procedure::CalendarIndex slot, const Digest& calendar);

}  // namespace workflow::interpreter
