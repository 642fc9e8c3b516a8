// What must hold of every dossier between two steps, whatever has happened to it. Pure.
#pragma once

#include <string>

#include "workflow/calendar.hpp"
#include "workflow/index_rows.hpp"
#include "workflow/instance.hpp"
#include "workflow/procedure.hpp"

namespace workflow::test {

/// The first invariant that does not hold, in words with the ordinal concerned; empty: all hold.
/// Everything is counted anew from the instance: tokens and scopes, bags of joins, names, lists,
/// claims, clocks and their ledgers, due instants, work items and the instance's bytes.
[[nodiscard]] std::string broken_invariant(const Procedure& procedure, const Calendars& calendars,
                                           const Instance& instance);

}  // namespace workflow::test
