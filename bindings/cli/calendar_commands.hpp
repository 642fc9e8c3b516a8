// What `workflow calendar` has beside counting days. Confined.
#pragma once

#include "session.hpp"

namespace CLI {
class App;
}

namespace workflow::cli {

void add_calendar_impact(CLI::App& calendar, Session& session);
void add_calendar_apply(CLI::App& calendar, Session& session);

}  // namespace workflow::cli
