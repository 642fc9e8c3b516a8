// What `workflow statistics` and `workflow find` say, in English and Vietnamese. Immutable.
#pragma once

#include "words.hpp"

namespace workflow::cli::words {

inline constexpr Word unit{"Unit", "Đơn vị"};
inline constexpr Word period{"Period", "Kỳ"};
inline constexpr Word carried_over{"Carried over", "Kỳ trước chuyển sang"};
inline constexpr Word received_in{"Received", "Tiếp nhận"};
inline constexpr Word resolved_in{"Resolved", "Đã giải quyết"};
inline constexpr Word ended_early{"Early", "Trước hạn"};
inline constexpr Word ended_on_time{"On time", "Đúng hạn"};
inline constexpr Word ended_late{"Late", "Quá hạn"};
inline constexpr Word without_limit{"No limit", "Không tính hạn"};
inline constexpr Word in_progress{"In progress", "Đang giải quyết"};
inline constexpr Word late_now{"Late now", "Đang quá hạn"};
inline constexpr Word average_days{"Days, average", "Số ngày bình quân"};
inline constexpr Word no_unit{"(none)", "(không nêu)"};
inline constexpr Word no_dossiers{"No dossiers.", "Không có hồ sơ nào."};
inline constexpr Word tokens{"Dossiers", "Số hồ sơ"};
inline constexpr Word received_on{"Received", "Tiếp nhận lúc"};
inline constexpr Word closed_on{"Ended", "Kết thúc lúc"};
inline constexpr Word result{"Result", "Kết quả"};
inline constexpr Word bad_day{"{} '{}' is no date; write YYYY-MM-DD",
                              "{} '{}' không phải ngày; hãy viết YYYY-MM-DD"};
inline constexpr Word one_search{"name one of --state, --outcome, --field and --counts",
                                 "chỉ nêu một trong --state, --outcome, --field và --counts"};
inline constexpr Word value_needed{"--field needs --value", "--field cần --value"};
inline constexpr Word period_backwards{"--until lies before --from", "--until đứng trước --from"};

}  // namespace workflow::cli::words
