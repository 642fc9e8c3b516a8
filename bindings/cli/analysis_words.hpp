// The words of `workflow analyze` and `workflow diff`, in English and Vietnamese. Immutable.
#pragma once

#include "words.hpp"

namespace workflow::cli::words {

inline constexpr Word every_dossier{"Every dossier passes", "Mọi hồ sơ đều qua"};
inline constexpr Word every_dossier_of{"Every dossier that ends as \"{}\" passes",
                                       "Mọi hồ sơ kết thúc \"{}\" đều qua"};
inline constexpr Word how_long{"How long it takes, if everybody keeps the limits",
                               "Thời gian giải quyết, nếu mọi người đúng hạn"};
inline constexpr Word how_long_in{"The same in the variant \"{}\"",
                                  "Như trên, trong phương án \"{}\""};
inline constexpr Word at_earliest{"at the earliest", "sớm nhất"};
inline constexpr Word at_latest{"at the latest", "muộn nhất"};
inline constexpr Word at_once{"on the same day", "ngay trong ngày"};
inline constexpr Word equals{"{} = {}", "{} = {}"};
inline constexpr Word by_law{"of these by law", "trong đó theo luật"};
inline constexpr Word no_limit_for{"without a limit", "không có thời hạn"};
inline constexpr Word and_word{"and", "và"};
inline constexpr Word at_least{"at least {}: there are more ways than can be followed",
                              "ít nhất {}: có nhiều đường đi hơn mức có thể duyệt hết"};
inline constexpr Word open_end{"no limit bounds it", "không có thời hạn ràng buộc"};
inline constexpr Word more_rounds{"longer by each round of a way back that nothing bounds",
                                  "dài thêm sau mỗi vòng quay lại không bị giới hạn"};
inline constexpr Word rounds_on_top{
    "Rounds of ways back that nothing bounds come on top of the latest end.",
    "Các vòng quay lại không bị giới hạn chưa được tính vào thời điểm muộn nhất."};
inline constexpr Word loops{"Ways back that nothing bounds",
                            "Các hướng quay lại không bị giới hạn"};
inline constexpr Word loops_bounded{"Ways back that are bounded", "Các hướng quay lại có giới hạn"};
inline constexpr Word loop_by_action{"{}: from {} back to {}", "{}: từ {} quay lại {}"};
inline constexpr Word loop_by_itself{"from {} back to {}", "từ {} quay lại {}"};
inline constexpr Word situations{"{} situations of tokens that go side by side were looked at.",
                                 "Đã xem xét {} tình huống của các nhánh chạy song song."};
inline constexpr Word situations_bound{
    "Only {} situations of tokens that go side by side were looked at: there are more.",
    "Chỉ xem xét {} tình huống của các nhánh chạy song song: còn nhiều hơn nữa."};
inline constexpr Word started_at{"Started on {}, by the calendar {}", "Bắt đầu {}, theo lịch {}"};
inline constexpr Word started_in{"Started on any working day of {}, by the calendar {}",
                                 "Bắt đầu vào ngày làm việc bất kỳ của năm {}, theo lịch {}"};
inline constexpr Word outcome_heading{"Outcome", "Kết quả"};
inline constexpr Word earliest_heading{"Earliest end", "Sớm nhất"};
inline constexpr Word latest_heading{"Latest end", "Muộn nhất"};
inline constexpr Word remark_heading{"Remark", "Ghi chú"};
inline constexpr Word shortest_heading{"Shortest", "Ngắn nhất"};
inline constexpr Word longest_heading{"Longest", "Dài nhất"};
inline constexpr Word year_extreme{"{} days: {} to {} ({} such starts)",
                                   "{} ngày: {} đến {} ({} ngày bắt đầu như vậy)"};
inline constexpr Word or_longer{"people may take longer where there is no limit",
                                "có thể lâu hơn ở chỗ không có thời hạn"};
inline constexpr Word nothing_to_analyze{"it has errors, so that nothing more can be said",
                                         "có lỗi nên chưa phân tích được"};
inline constexpr Word clean{"nothing found", "không phát hiện vấn đề"};
inline constexpr Word only_procedures{"'{}' is a calendar; name the file of a procedure",
                                      "'{}' là lịch; hãy nêu tệp của một quy trình"};
inline constexpr Word no_instant{"'{}' is no instant; write it as 2026-03-02 09:00",
                                 "'{}' không phải thời điểm; hãy viết như 2026-03-02 09:00"};
inline constexpr Word year_not_announced{
    "the days off of {} are not announced in the calendar {}; name an earlier year",
    "lịch {1} chưa công bố ngày nghỉ năm {0}; hãy nêu một năm trước đó"};
inline constexpr Word no_difference{"Nothing changed that this looks at.",
                                 "Không có thay đổi nào được phát hiện."};
inline constexpr Word could_move{"{} of {} open dossiers of other versions could move to it",
                                 "{} trên {} hồ sơ đang mở của phiên bản khác có thể chuyển sang"};
inline constexpr Word changes{"From version {} to version {}: {} changes",
                              "Từ phiên bản {} sang phiên bản {}: {} thay đổi"};

}  // namespace workflow::cli::words
