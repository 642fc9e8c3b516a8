// What a calendar looks up: made once from a checked definition. Immutable.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "workflow/calendar.hpp"

namespace workflow {

/// Every table is indexed by the days since the first of the range.
struct Calendar::Tables {
    enum class Nature : std::uint8_t { working, weekend, day_off, make_up };
    /// Why a day departs from its week, in the definition's own words.
    struct Note {
        std::int32_t index;
        const Text* reason;
        const std::string* source;
    };

    explicit Tables(CalendarDefinition checked);
    Tables(const Tables&) = delete;
    Tables& operator=(const Tables&) = delete;

    [[nodiscard]] std::size_t size() const { return nature.size(); }
    [[nodiscard]] const std::vector<OpeningSpan>& hours(std::size_t index) const {
        if (nature[index] == Nature::make_up) return definition.make_up_hours;
        if (nature[index] != Nature::working) return closed_;
        return definition.week[(weekday_first_ + index) % 7];
    }
    /// Null for a day that is as the week says.
    [[nodiscard]] const Note* note(std::size_t index) const;

    CalendarDefinition definition;
    Day first;
    Day last;
    Day announced_until;
    std::vector<Nature> nature;
    std::vector<Note> notes;                ///< by index
    std::vector<std::int32_t> before;       ///< [size + 1] working days before a day
    std::vector<std::int32_t> nth;          ///< the working days
    std::vector<std::int32_t> open_before;  ///< [size + 1] opening minutes before a day

private:
    void add_exceptions();
    void add_projected();
    void set(Day day, Nature kind, const Text& reason, const std::string& source);
    void sum_up();

    const std::vector<OpeningSpan> closed_;  ///< the hours of a day off
    std::size_t weekday_first_;              ///< of `first`, from Sunday
};

}  // namespace workflow
