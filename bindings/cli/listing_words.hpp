// What the commands say that list from many dossiers. Immutable.
#pragma once

#include "words.hpp"

namespace workflow::cli::words {

inline constexpr Word no_incidents{"Nothing stands still.", "Không có gì đang dừng."};
inline constexpr Word why{"why", "vì sao"};
inline constexpr Word no_changes{"Nothing has changed.", "Không có gì thay đổi."};
inline constexpr Word more_items{"There is more: --limit {}", "Còn nữa: --limit {}"};
inline constexpr Word next_cursor{"Go on with --after {}", "Xem tiếp bằng --after {}"};

}  // namespace workflow::cli::words
