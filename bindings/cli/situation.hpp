// Where an instance stands: its open items, who must act, until when. Pure functions.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "names.hpp"
#include "table.hpp"
#include "workflow/engine.hpp"

namespace workflow::cli {

/// A token on a state that holds no others.
struct OpenItem {
    Ordinal ordinal = 0;
    std::uint32_t state = 0;
    std::vector<std::uint32_t> roles;
    std::string for_whom;  ///< actor or unit; empty: anyone
    Instant since;
    std::optional<ClockView> clock;  ///< its own, or the nearest of what is around it
    Value incident_reason;           ///< null: none
};

[[nodiscard]] std::vector<OpenItem> open_items(const InstanceView& view, Instant now);
/// Every clock, as they stand.
[[nodiscard]] std::vector<ClockView> clocks_of(const InstanceView& view, Instant now);

/// `IT Centre`, `Confirming unit (culture)`.
[[nodiscard]] std::string who(const OpenItem& item, const Names& names);
/// `30 working days`, `a fixed date`.
[[nodiscard]] std::string length_text(const ClockView& clock, const Names& names);
/// `2017-06-08`, or empty while there is none.
[[nodiscard]] Cell due_cell(const ClockView& clock, const Names& names);
/// `in time, 3 of 30 working days used`, `late`, `waiting for applicant`.
[[nodiscard]] Cell standing_cell(const ClockView& clock, const Names& names);
/// `under way`, `ended: Put into use`.
[[nodiscard]] std::string status_text(const Instance& instance, const Names& names);

[[nodiscard]] nlohmann::ordered_json clock_json(const ClockView& clock, const Names& names);

}  // namespace workflow::cli
