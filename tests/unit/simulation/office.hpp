// Assumptions for tests: one procedure, its people, and how long things take.
#pragma once

#include <string>

#include "workflow/assumptions.hpp"

namespace workflow::test {

/// Open day and night, all week, from 2017 to 2019: its hours are plain time.
[[nodiscard]] std::shared_ptr<const Calendar> always_open();
/// `yaml` names the calendar by its id. From Monday, 2 January 2017, 08:00 on.
[[nodiscard]] simulation::Assumptions assumptions_of(const std::string& yaml,
                                                     const std::shared_ptr<const Calendar>& calendar);
/// So many people of that role, each of his own name.
void employ(simulation::Assumptions& assumptions, const std::string& role, int many);

/// Of a state, by its id; fails the test where there is none.
[[nodiscard]] std::size_t number_of(const simulation::Assumptions& assumptions,
                                    const std::string& state);

/// A task `check` of the role `officer` with the action `agree`, which ends it, by always_open().
inline constexpr const char* one_task = R"(procedure: one_task
version: 1
title: One task
calendar: always-open
roles: {officer: Officer}
states:
  check: {task: officer, actions: {agree: {end: agreed}}}
outcomes: {agreed: Agreed}
)";

}  // namespace workflow::test
