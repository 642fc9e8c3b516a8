// Where a calendar is found that a command or a procedure names by its id. Thread-safe functions.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/definition.hpp"

namespace workflow::cli {

/// The same for every command, in this order: calendars/ beside the file `near`, and beside its folder;
/// calendars/ and procedures/calendars/ of the working folder; what the tool brings with it. A file with
/// errors goes by its name. `near` may be empty.
[[nodiscard]] std::optional<LoadedCalendar> find_calendar_by_id(const std::string& id,
                                                                const std::filesystem::path& near);
/// The ids of all that are there, sorted.
[[nodiscard]] std::vector<std::string> known_calendars(const std::filesystem::path& near);

/// A calendar of procedures/calendars as it was when the tool was built.
struct ShippedCalendar {
    std::string_view id;
    std::string_view yaml;
};
[[nodiscard]] const std::vector<ShippedCalendar>& shipped_calendars();

}  // namespace workflow::cli
