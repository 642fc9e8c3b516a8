// What `workflow verify` says, in English and Vietnamese. Immutable.
#pragma once

#include "words.hpp"

namespace workflow::cli::words {

inline constexpr Word verified{"{} dossiers, {} rows of history: {} run again",
                               "{} hồ sơ, {} dòng lịch sử: đã chạy lại {} dòng"};
inline constexpr Word verified_older{"{} of older versions, by chain only",
                                     "{} dòng của phiên bản cũ, chỉ kiểm tra chuỗi"};
inline constexpr Word erased_by{"{} revision {}: erased what stood in {} (by {}: {})",
                               "{} lần {}: đã xóa dữ liệu của {} (bởi {}: {})"};
inline constexpr Word verified_erased{"{} with erased values", "{} dòng có dữ liệu đã xóa"};
inline constexpr Word all_as_written{"all as it was written", "mọi dòng đúng như khi ghi"};
inline constexpr Word faults_found{"{} faults", "{} sai lệch"};
inline constexpr Word fault_of_row{"{}, revision {}: {}: {}", "{}, lần sửa {}: {}: {}"};
inline constexpr Word fault_of_whole{"{}: {}: {}", "{}: {}: {}"};
inline constexpr Word anchors_agree{"{} anchors agree", "{} mốc neo khớp"};
inline constexpr Word anchors_written{"{} anchors written to {}; keep it where nobody who can write "
                                      "the store can",
                                      "Đã ghi {} mốc neo vào {}; hãy giữ tệp ở nơi mà người ghi "
                                      "được vào kho không với tới"};
inline constexpr Word bad_anchors{"'{}': {}", "'{}': {}"};

inline constexpr Word fault_changed{"changed", "bị sửa"};
inline constexpr Word fault_missing{"missing", "bị mất"};
inline constexpr Word fault_misplaced{"misplaced", "bị chuyển chỗ"};
inline constexpr Word fault_unreadable{"unreadable", "không đọc được"};
inline constexpr Word fault_forged{"forged", "bị làm giả"};
inline constexpr Word fault_truncated{"truncated", "bị cắt bớt"};
inline constexpr Word fault_rewritten{"rewritten", "bị viết lại"};

}  // namespace workflow::cli::words
