// What `workflow simulate`, `compare` and `calibrate` say, in English and Vietnamese. Immutable.
#pragma once

#include "words.hpp"

namespace workflow::cli::words {

// --- headings
inline constexpr Word sim_outcome{"Outcome", "Kết quả"};
inline constexpr Word sim_dossiers{"Dossiers", "Số hồ sơ"};
inline constexpr Word sim_share{"Share", "Tỷ lệ"};
inline constexpr Word sim_days_mean{"Days, mean", "Số ngày, trung bình"};
inline constexpr Word sim_half{"Half within", "Một nửa trong"};
inline constexpr Word sim_most{"95 % within", "95 % trong"};
inline constexpr Word sim_limit{"Limit", "Thời hạn"};
inline constexpr Word sim_ends{"Ends", "Số lần"};
inline constexpr Word sim_late{"Late", "Quá hạn"};
inline constexpr Word sim_sure{"95 % sure", "Tin cậy 95 %"};
inline constexpr Word sim_state{"State", "Trạng thái"};
inline constexpr Word sim_times{"Times a dossier", "Lần mỗi hồ sơ"};
inline constexpr Word sim_waiting{"Waiting, days", "Chờ, ngày"};
inline constexpr Word sim_waiting_most{"95 % within", "95 % trong"};
inline constexpr Word sim_effort{"Work, hours", "Xử lý, giờ"};
inline constexpr Word sim_queue{"Queue", "Hàng đợi"};
inline constexpr Word sim_queue_most{"Longest", "Dài nhất"};
inline constexpr Word sim_office{"Office", "Bộ phận"};
inline constexpr Word sim_people{"People", "Số người"};
inline constexpr Word sim_busy{"Busy", "Bận"};
inline constexpr Word sim_figure{"What", "Nội dung"};
inline constexpr Word sim_before{"Before", "Trước"};
inline constexpr Word sim_after{"After", "Sau"};
inline constexpr Word sim_change{"Change", "Thay đổi"};

// --- sentences
inline constexpr Word sim_head{"{} ({}), version {}: {} × {} dossiers from {}",
                               "{} ({}), phiên bản {}: {} × {} hồ sơ từ {}"};
inline constexpr Word sim_lead{
    "A dossier takes {} working days on average{}; half are done within {}, 95 of 100 within {}.",
    "Một hồ sơ mất trung bình {} ngày làm việc{}; một nửa xong trong {}, 95 trên 100 trong {} ngày."};
inline constexpr Word sim_interval{" (95 % sure: {} to {})", " (tin cậy 95 %: {} đến {})"};
inline constexpr Word sim_late_clock{"{} is late {} of the time{}.", "{} quá hạn {} số lần{}."};
inline constexpr Word sim_nothing_late{"No limit is ever exceeded.", "Không thời hạn nào bị vượt."};
inline constexpr Word sim_bottleneck{
    "Most time is lost waiting for {}: {} working days a dossier; its people are busy {} of their time.",
    "Mất nhiều thời gian nhất vì chờ {}: {} ngày làm việc mỗi hồ sơ; người ở đó bận {} thời gian."};
inline constexpr Word sim_no_bottleneck{"Hardly anybody waits for people.", "Hầu như không phải chờ người."};
inline constexpr Word sim_efficiency{
    "People work on a dossier for {} of the time that it takes.",
    "Thời gian có người xử lý chiếm {} thời gian của hồ sơ."};
inline constexpr Word sim_left{
    "{} dossiers never end: the first stands on '{}', waiting for something that never comes.",
    "{} hồ sơ không bao giờ kết thúc: hồ sơ đầu tiên dừng ở '{}', chờ điều không bao giờ đến."};
inline constexpr Word sim_unable{"{} times work was done for nothing; the first time: {}",
                                 "{} lần xử lý không có tác dụng; lần đầu: {}"};
inline constexpr Word sim_incidents{"{} times something stood still (an incident).",
                                    "{} lần bị dừng lại (sự cố)."};
inline constexpr Word sim_stopped{"Stopped: this is what has been computed so far.",
                                  "Đã dừng: đây là những gì đã tính được."};
inline constexpr Word sim_no_scenario{
    "there is no scenario '{}'; write one (procedures/README.md, \"Simulating\"), or name it with "
    "--scenario",
    "không có kịch bản '{}'; hãy viết một tệp (procedures/README.vi.md), hoặc nêu bằng --scenario"};
inline constexpr Word sim_overloaded{
    "{} cannot do what comes: {} hours of work an hour, and {} people; the queue grows without end. "
    "Let fewer dossiers come, add people or lower the effort; --allow-overload runs it all the same",
    "{} không làm hết việc đến: mỗi giờ có {} giờ công việc, chỉ có {} người; hàng đợi tăng mãi. "
    "Hãy giảm hồ sơ, thêm người hoặc giảm công; --allow-overload vẫn chạy"};
inline constexpr Word sim_bad_until{"--until '{}' is no date; write YYYY-MM-DD",
                                    "--until '{}' không phải ngày; hãy viết YYYY-MM-DD"};
inline constexpr Word sim_until_before{"--until {} lies before the scenario begins, on {}",
                                       "--until {} nằm trước lúc kịch bản bắt đầu, {}"};
inline constexpr Word sim_progress{"{} dossiers, {} a second, {} left",
                                   "{} hồ sơ, {} mỗi giây, còn {}"};
inline constexpr Word sim_written{"written: {}", "đã ghi: {}"};

inline constexpr Word sim_dossier{"Dossier", "Hồ sơ"};
inline constexpr Word sim_late_with{"Will be late", "Sẽ quá hạn"};
inline constexpr Word sim_ends_about{"Ends about", "Kết thúc khoảng"};
inline constexpr Word sim_ends_until{"95 % sure by", "Tin cậy 95 % trước"};
inline constexpr Word sim_other_versions{
    "{} dossiers run by another version of the procedure and were left out; name that version's file",
    "{} hồ sơ chạy theo phiên bản khác và bị bỏ qua; hãy nêu tệp của phiên bản đó"};

// --- calibrate
inline constexpr Word cal_head{"{} cases, {} events; {} events found their place.",
                               "{} trường hợp, {} sự kiện; {} sự kiện tìm được vị trí."};
inline constexpr Word cal_begins_known{"The log says when work began.", "Nhật ký nêu lúc bắt đầu xử lý."};
inline constexpr Word cal_begins_unknown{
    "The log does not say when work began: it is taken to begin when the event before it was done and "
    "whoever does it was free.",
    "Nhật ký không nêu lúc bắt đầu xử lý: coi như bắt đầu khi sự kiện trước đã xong và người xử lý rảnh."};
inline constexpr Word cal_unmapped{"Not mapped: {} ({}×)", "Chưa gán: {} ({}×)"};
inline constexpr Word cal_what{"What", "Nội dung"};
inline constexpr Word cal_seen{"Seen", "Số lần"};
inline constexpr Word cal_distribution{"Distribution", "Phân phối"};
inline constexpr Word cal_mean{"Mean, hours", "Trung bình, giờ"};
inline constexpr Word cal_distance{"Distance", "Khoảng cách"};
inline constexpr Word cal_arrivals{"between arrivals", "giữa hai lần đến"};
inline constexpr Word cal_note{
    "Distance: of Kolmogorov and Smirnov, 0 (the same) to 1; up to 0.08 a named distribution is taken, "
    "else what was observed.",
    "Khoảng cách: Kolmogorov–Smirnov, từ 0 (trùng) đến 1; đến 0.08 thì dùng phân phối có tên, nếu không thì "
    "dùng số liệu quan sát."};

// --- the page
inline constexpr Word sim_dossier_line{"Dossier {}: {}, {} working days{}",
                                       "Hồ sơ {}: {}, {} ngày làm việc{}"};
inline constexpr Word sim_was_late{", late", ", quá hạn"};
inline constexpr Word page_title{"Simulation: {}", "Mô phỏng: {}"};
inline constexpr Word page_summary{"In words", "Tóm tắt"};
inline constexpr Word page_change{"What changes", "Thay đổi gì"};
inline constexpr Word page_lead{"How long dossiers take", "Hồ sơ mất bao lâu"};
inline constexpr Word page_lead_axis{"working days from start to end", "số ngày làm việc từ đầu đến cuối"};
inline constexpr Word page_used_axis{"working days used", "số ngày làm việc đã dùng"};
inline constexpr Word page_dossiers_axis{"dossiers", "hồ sơ"};
inline constexpr Word page_limits{"Against the limits", "So với thời hạn"};
inline constexpr Word page_limit_note{"Limit: {} working days; beyond it in red.",
                                      "Thời hạn: {} ngày làm việc; phần vượt màu đỏ."};
inline constexpr Word page_graph{"Where dossiers wait", "Hồ sơ chờ ở đâu"};
inline constexpr Word page_graph_note{
    "The warmer a box, the more of all waiting is before it.",
    "Ô càng đậm thì càng nhiều thời gian chờ nằm ở đó."};
inline constexpr Word page_no_graph{"Install Graphviz to see the graph here.",
                                    "Hãy cài Graphviz để thấy sơ đồ ở đây."};
inline constexpr Word page_over_time{"Queues and work over time", "Hàng đợi và công việc theo thời gian"};
inline constexpr Word page_queue{"Work items that wait", "Việc đang chờ"};
inline constexpr Word page_busy{"People at work", "Số người đang xử lý"};
inline constexpr Word page_typical{"Some dossiers as most are", "Vài hồ sơ điển hình"};
inline constexpr Word page_worst{"The dossiers that took longest", "Những hồ sơ lâu nhất"};
inline constexpr Word page_gantt_note{
    "Grey: it waits. Blue: somebody works on it. Shaded: days off.",
    "Xám: đang chờ. Xanh: có người xử lý. Nền sẫm: ngày nghỉ."};
inline constexpr Word page_figures{"Figures", "Số liệu"};
inline constexpr Word page_run{
    "{} replications, seed {}; {} dossiers began and {} ended. A working day has {} hours. Figures of this page "
    "as JSON: `workflow simulate --json`.",
    "{} lần chạy, hạt giống {}; {} hồ sơ bắt đầu, {} kết thúc. Một ngày làm việc có {} giờ. Số liệu dạng JSON: "
    "`workflow simulate --json`."};
inline constexpr Word page_no_charts{
    "This page was made without Chart.js (package libjs-chart.js), so its charts are missing.",
    "Trang này được tạo khi không có Chart.js (gói libjs-chart.js) nên thiếu biểu đồ."};
inline constexpr Word page_load{"{}× a dossier; waits {} days", "{}× mỗi hồ sơ; chờ {} ngày"};

// --- compare
inline constexpr Word sim_shorter{
    "Dossiers take {} working days less: {} instead of {}{}.",
    "Hồ sơ mất ít hơn {} ngày làm việc: {} thay vì {}{}."};
inline constexpr Word sim_longer{
    "Dossiers take {} working days more: {} instead of {}{}.",
    "Hồ sơ mất nhiều hơn {} ngày làm việc: {} thay vì {}{}."};
inline constexpr Word sim_same{
    "Nothing shows that dossiers take longer or shorter: {} working days, and {}{}.",
    "Không thấy hồ sơ mất nhiều hay ít thời gian hơn: {} ngày làm việc, và {}{}."};
inline constexpr Word sim_late_change{"{} is late {} of the time instead of {}{}.",
                                      "{} quá hạn {} số lần thay vì {}{}."};
inline constexpr Word sim_late_gone{"{} is late {} of the time in the first, and has no such limit in the second.",
                                    "{} quá hạn {} số lần ở phương án đầu, phương án sau không có thời hạn này."};
inline constexpr Word sim_fig_lead{"Days from start to end", "Số ngày từ đầu đến cuối"};
inline constexpr Word sim_fig_late{"Late: {}", "Quá hạn: {}"};
inline constexpr Word sim_fig_waiting{"Days of waiting for {}", "Số ngày chờ {}"};
inline constexpr Word sim_fig_busy{"Busy: {}", "Bận: {}"};
inline constexpr Word sim_fig_outcome{"Ended as {}", "Kết thúc: {}"};

}  // namespace workflow::cli::words
