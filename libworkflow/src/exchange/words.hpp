// What a picture says beside the titles of the procedure, in English and Vietnamese. Pure
// functions.
#pragma once

#include <string>
#include <string_view>

#include "procedure/model.hpp"

namespace workflow::exchange {

enum class Word : std::uint8_t {
    otherwise,
    now_here,
    late,
    repeated,     ///< an `each`, by its item
    repeated_of,  ///< by its list
    side_by_side,
    by_rule,        ///< a limit that only the run knows
    after_a_while,  ///< a timer whose length only the run knows
    fixed_date,     ///< a clock that ends on a date that is computed
    until_date,     ///< one that ends on the date of a field
    reminder,
    when_due,
    also_starts,
    withdraws,
    service,
    calls,
    also_possible,
    tells,
    may_act_too,
    sends,
    more_time,
    recorded,
    begins_again,
    if_,
    waits_until,
    error,
    other_error,
    variant,
    longest_way,
    count_of_word
};
[[nodiscard]] std::string_view word(Word word, std::string_view language);

/// `30 working days`, `30 ngày làm việc`.
[[nodiscard]] std::string limit_text(Limit limit, std::string_view language);
/// `after 5 days`, `every 5 days`, `every 5 days, 3 times`. `times` as in a way: 0 is without end.
[[nodiscard]] std::string timer_text(Limit limit, std::uint32_t times, std::string_view language);
/// `every last working day of the quarter`.
[[nodiscard]] std::string recurring_text(const RecurringDate& rule, std::string_view language);
/// `on: fee paid`: the arrival of a message.
[[nodiscard]] std::string message_text(const std::string& title, std::string_view language);
/// `5 working days before due`.
[[nodiscard]] std::string moment_text(const procedure::Moment& moment, std::string_view language);
/// What a join waits for: `waits for all`.
[[nodiscard]] std::string join_text(const procedure::Join& join, std::string_view language);
/// `one at a time: NAME`.
[[nodiscard]] std::string door_text(const std::string& door, std::string_view language);
/// An id with blanks for its underscores.
[[nodiscard]] std::string words_of_id(const std::string& id);
/// The title in the language, else the id with blanks for its underscores.
[[nodiscard]] std::string title_text(const Text& title, const std::string& id,
                                     std::string_view language);

}  // namespace workflow::exchange
