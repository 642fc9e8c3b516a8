// The colours of pictures. Constants.
#pragma once

#include <array>
#include <string_view>

#include "procedure/model.hpp"

namespace workflow::exchange {

struct OfficeColour {
    std::string_view band;  ///< behind the office's name
    std::string_view ink;   ///< its name and the border of its boxes
};

/// Soft enough for print, each pair with a contrast above 6 to 1 (WCAG 2.1, 1.4.3).
inline constexpr std::array<OfficeColour, 10> office_colours{{
    {"#dbeafe", "#1e40af"},
    {"#dcfce7", "#166534"},
    {"#fef3c7", "#92400e"},
    {"#ede9fe", "#5b21b6"},
    {"#ffe4e6", "#9f1239"},
    {"#ccfbf1", "#115e59"},
    {"#ffedd5", "#9a3412"},
    {"#e2e8f0", "#334155"},
    {"#ecfccb", "#3f6212"},
    {"#cffafe", "#155e75"},
}};
inline constexpr OfficeColour no_office{"#f1f5f9", "#475569"};

inline constexpr std::string_view ink = "#0f172a";
inline constexpr std::string_view quiet_ink = "#475569";
inline constexpr std::string_view line_colour = "#64748b";
inline constexpr std::string_view frame_line = "#cbd5e1";
inline constexpr std::string_view frame_fill = "#f8fafc";
inline constexpr std::string_view trail_colour = "#2563eb";
inline constexpr std::string_view current_colour = "#ea580c";
inline constexpr std::string_view late_colour = "#dc2626";
inline constexpr std::string_view critical_colour = "#7e22ce";
inline constexpr std::string_view finding_colour = "#b91c1c";
inline constexpr std::string_view missed_colour = "#dc2626";
inline constexpr std::string_view moment_colour = "#b45309";

/// From cool to hot; ink on each has a contrast above 7 to 1.
inline constexpr std::array<std::string_view, 5> heat_colours{"#ffffff", "#fef9c3", "#fde68a",
                                                              "#fdba74", "#fca5a5"};

[[nodiscard]] constexpr OfficeColour colour_of(procedure::RoleIndex role) {
    return role == procedure::none ? no_office : office_colours[role % office_colours.size()];
}

}  // namespace workflow::exchange
