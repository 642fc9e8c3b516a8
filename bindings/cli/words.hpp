// The tool's own words and sentences, in English and Vietnamese. Immutable. The findings of files
// and the reasons of refusals are in the library's catalogue.
#pragma once

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <string_view>

namespace workflow::cli {

struct Word {
    std::string_view en;
    std::string_view vi;

    [[nodiscard]] std::string_view in(std::string_view language) const {
        return language == "vi" ? vi : en;
    }
    /// With its `{}` filled in.
    template <class First, class... Rest>
    [[nodiscard]] std::string in(std::string_view language, const First& first,
                                 const Rest&... rest) const {
        return fmt::format(fmt::runtime(in(language)), first, rest...);
    }
};

/// `Thursday`, `thứ Năm`.
[[nodiscard]] std::string_view weekday_name(std::chrono::local_days day, std::string_view language);

namespace words {

// --- headings ---
inline constexpr Word number{"No.", "Số"};
inline constexpr Word date{"Date", "Ngày"};
inline constexpr Word weekday{"Weekday", "Thứ"};
inline constexpr Word counted_as{"Counted as", "Cách tính"};
inline constexpr Word reason{"Reason", "Lý do"};
inline constexpr Word source{"Source", "Căn cứ"};
inline constexpr Word kind{"Kind", "Loại"};
inline constexpr Word id{"Id", "Mã"};
inline constexpr Word version{"Version", "Phiên bản"};
inline constexpr Word title{"Title", "Tên"};
inline constexpr Word month{"Month", "Tháng"};
inline constexpr Word working_days{"Working days", "Ngày làm việc"};
inline constexpr Word item{"Item", "Việc"};
inline constexpr Word state{"State", "Trạng thái"};
inline constexpr Word who{"Who must act", "Người phải xử lý"};
inline constexpr Word since{"Since", "Từ lúc"};
inline constexpr Word due{"Due", "Đến hạn"};
inline constexpr Word standing{"Standing", "Tình trạng"};
inline constexpr Word clock{"Clock", "Thời hạn"};
inline constexpr Word limit{"Limit", "Hạn mức"};
inline constexpr Word used{"Used", "Đã dùng"};
inline constexpr Word field{"Field", "Trường"};
inline constexpr Word value{"Value", "Giá trị"};
inline constexpr Word revision{"Rev.", "Lần"};
inline constexpr Word when{"When", "Lúc"};
inline constexpr Word actor{"Who", "Ai"};
inline constexpr Word what{"What happened", "Diễn biến"};
inline constexpr Word instance{"Instance", "Hồ sơ"};
inline constexpr Word offered_to{"Offered to", "Giao cho"};
inline constexpr Word action{"Action", "Thao tác"};
inline constexpr Word actions{"Actions", "Thao tác"};
inline constexpr Word from{"From", "Từ"};
inline constexpr Word until{"To", "Đến"};
inline constexpr Word stretch{"Stretch", "Giai đoạn"};

// --- calendars ---
inline constexpr Word day_weekend{"weekend", "ngày nghỉ hằng tuần"};
inline constexpr Word day_counted{"counted", "được tính"};
inline constexpr Word day_start{"day of the event: not counted",
                                "ngày phát sinh sự kiện: không tính"};
inline constexpr Word day_off{"day off", "ngày nghỉ"};
inline constexpr Word day_make_up{"make-up working day: counted", "ngày làm bù: được tính"};
inline constexpr Word day_rolled{"after the end: rolled to the next working day",
                                 "sau ngày cuối: chuyển sang ngày làm việc tiếp theo"};
inline constexpr Word day_elapsed{"time runs", "thời gian vẫn chạy"};
inline constexpr Word day_projected{"projected", "dự kiến"};
inline constexpr Word kind_day_off{"day off", "ngày nghỉ"};
inline constexpr Word kind_make_up{"make-up day", "làm bù"};
inline constexpr Word due_line{"Due {} {}, {}", "Đến hạn {} {}, {}"};
inline constexpr Word limit_from{"{} from {} {}, by the calendar {} (version {})",
                                 "{} kể từ {} {}, theo lịch {} (phiên bản {})"};
inline constexpr Word counts_as_received{"Counts as received on {} {}.",
                                         "Được coi là nhận ngày {} {}."};
inline constexpr Word projected_note{
    "Projected: days off after {} are not announced yet, so that this date may move.",
    "Dự kiến: lịch nghỉ sau ngày {} chưa được công bố, ngày này có thể thay đổi."};
inline constexpr Word year_line{"{} in {}: {} working days", "{} năm {}: {} ngày làm việc"};
inline constexpr Word year_projected{" (projected by rules from {} on)",
                                     " (dự kiến theo quy tắc từ {})"};
inline constexpr Word no_days{"No days off but the weekly ones.",
                              "Không có ngày nghỉ nào ngoài ngày nghỉ hằng tuần."};
inline constexpr Word no_calendar{
    "there is no calendar '{}': neither a file, nor an id in calendars/ or procedures/calendars/ here "
    "or beside the procedure; known: {}; give one of them, or the path of a calendar file",
    "không có lịch '{}': không phải tệp, cũng không phải mã trong calendars/ hay procedures/calendars/ "
    "ở đây hoặc bên cạnh quy trình; đã biết: {}; hãy nêu một trong số đó, hoặc đường dẫn tệp lịch"};
inline constexpr Word not_a_calendar{
    "'{}' is not a calendar: its first key is 'procedure'; give the "
    "file of a calendar",
    "'{}' không phải lịch: khóa đầu tiên là 'procedure'; hãy nêu "
    "tệp lịch"};
inline constexpr Word not_a_procedure{
    "'{}' is not a procedure: its first key is 'calendar'; give "
    "the file of a procedure",
    "'{}' không phải quy trình: khóa đầu tiên là 'calendar'; hãy "
    "nêu tệp quy trình"};
inline constexpr Word bad_limit{"'{}' is not a limit; write {}",
                                "'{}' không phải là thời hạn; hãy viết {}"};
inline constexpr Word limit_example{"for example \"30 working days\", \"5 days\", \"1 month\"",
                                    "ví dụ \"30 working days\", \"5 days\", \"1 month\""};
inline constexpr Word bad_instant{
    "{}: '{}' is not a date or time; write 2017-04-25 or 2017-04-25T09:00:00+07:00",
    "{}: '{}' không phải ngày hay giờ; hãy viết 2017-04-25 hoặc 2017-04-25T09:00:00+07:00"};

// --- test ---
inline constexpr Word case_holds{"holds", "đúng"};
inline constexpr Word case_fails{"FAILS", "SAI"};
inline constexpr Word cases_and_failures{"{} cases, {} failed", "{} trường hợp, {} sai"};
inline constexpr Word no_tests{"there is no tests.yaml below '{}'; name a folder that holds one",
                               "không có tests.yaml nào trong '{}'; hãy nêu thư mục có tệp đó"};

// --- validate, load ---
inline constexpr Word errors_and_warnings{"files: {}, errors: {}, warnings: {}",
                                          "{} tệp, {} lỗi, {} cảnh báo"};
inline constexpr Word all_valid{"valid", "hợp lệ"};
inline constexpr Word version_word{"version", "phiên bản"};
inline constexpr Word invalid{"not valid", "không hợp lệ"};
inline constexpr Word procedure_kind{"procedure", "quy trình"};
inline constexpr Word simulation_kind{"simulation of", "mô phỏng"};
inline constexpr Word calendar_kind{"calendar", "lịch"};
inline constexpr Word unknown_file{
    "{}:{}:{}: error[unknown-definition]: the first key is '{}', so that this is neither a "
    "procedure "
    "nor a calendar; begin the file with 'procedure: ID' or 'calendar: ID'",
    "{}:{}:{}: lỗi[unknown-definition]: khóa đầu tiên là '{}' nên đây không phải quy trình hay "
    "lịch; "
    "hãy bắt đầu tệp bằng 'procedure: MÃ' hoặc 'calendar: MÃ'"};
inline constexpr Word cases_are_played{
    "{}: error[unknown-definition]: these are cases of a procedure, which are played: workflow test {}",
    "{}: lỗi[unknown-definition]: đây là các trường hợp kiểm thử của một quy trình, hãy chạy bằng: "
    "workflow test {}"};
inline constexpr Word is_a_folder{
    "{}: error[unknown-definition]: this is a folder; give its files, for example {}/procedure.yaml",
    "{}: lỗi[unknown-definition]: đây là thư mục; hãy nêu tệp trong đó, ví dụ {}/procedure.yaml"};
inline constexpr Word nothing_there{
    "there is no '{}'; give a folder that holds tests.yaml, or such a file",
    "không có '{}'; hãy nêu thư mục có tests.yaml, hoặc chính tệp đó"};
inline constexpr Word nothing_found{
    "'{}' holds no definitions; a folder has calendars/*.yaml and ID/procedure.yaml",
    "'{}' không có định nghĩa nào; thư mục cần có calendars/*.yaml và MÃ/procedure.yaml"};
inline constexpr Word nothing_loaded{"nothing was loaded: mend the errors first",
                                     "chưa nạp gì: hãy sửa các lỗi trước"};

// --- graph ---
inline constexpr Word dot_missing{
    "svg needs Graphviz, whose program 'dot' was not found; install it (apt-get install graphviz) "
    "or "
    "use --format dot",
    "svg cần Graphviz nhưng không tìm thấy chương trình 'dot'; hãy cài (apt-get install graphviz) "
    "hoặc dùng --format dot"};
inline constexpr Word dot_failed{"'dot' could not draw the graph: {}", "'dot' không vẽ được: {}"};
inline constexpr Word dot_slow{
    "'dot' was stopped after {} seconds; the graph is too large to draw, use --format dot",
    "đã dừng 'dot' sau {} giây; biểu đồ quá lớn, hãy dùng --format dot"};
inline constexpr Word dot_large{
    "'dot' was stopped: its picture is larger than {} MB; use --format dot",
    "đã dừng 'dot': hình lớn hơn {} MB; hãy dùng --format dot"};
inline constexpr Word cannot_write{"'{}' cannot be written: {}", "không ghi được '{}': {}"};
inline constexpr Word nothing_to_draw{
    "nothing to draw is named; give the FILE of a procedure, or --store and --instance",
    "chưa nêu gì để vẽ; hãy nêu tệp quy trình, hoặc --store và --instance"};
inline constexpr Word variant_beside_instance{
    "--variant says nothing beside --instance: a dossier has the variant that it was started with; "
    "leave it out",
    "--variant không dùng cùng --instance: hồ sơ giữ phương án khi bắt đầu; hãy bỏ đi"};
inline constexpr Word other_procedure{
    "'{}' is a dossier of the procedure '{}', but '{}' is the file of '{}'; leave the file out",
    "'{}' là hồ sơ của quy trình '{}', nhưng '{}' là tệp của '{}'; hãy bỏ tệp đi"};
inline constexpr Word no_such_variant{
    "the procedure has no variant '{}'; take one that its file lists under 'variants'",
    "quy trình không có phương án '{}'; hãy chọn một phương án mà tệp nêu trong 'variants'"};
inline constexpr Word drawn_dossier{"{} – dossier {}", "{} – hồ sơ {}"};
inline constexpr Word written{"Written to {}", "Đã ghi vào {}"};
inline constexpr Word folder_exists{"{} is there already; choose another name, or another folder by --into",
                                    "{} đã có; hãy chọn tên khác, hoặc thư mục khác bằng --into"};

// --- the store ---
inline constexpr Word bad_store{
    "--store: '{}' is not a store; write sqlite:PATH or postgresql://USER@HOST/DATABASE",
    "--store: '{}' không phải kho lưu trữ; hãy viết sqlite:ĐƯỜNG_DẪN hoặc "
    "postgresql://NGƯỜI_DÙNG@MÁY_CHỦ/CƠ_SỞ_DỮ_LIỆU"};
inline constexpr Word no_postgres{
    "--store: this build has no PostgreSQL store; build it where libpq is installed, or write "
    "sqlite:PATH",
    "--store: bản dựng này không có kho lưu trữ PostgreSQL; hãy dựng lại nơi có libpq, hoặc viết "
    "sqlite:ĐƯỜNG_DẪN"};
inline constexpr Word no_store{
    "no store is named; add --store sqlite:PATH or --store postgresql://USER@HOST/DATABASE (or set "
    "WORKFLOW_STORE)",
    "chưa nêu kho lưu trữ; hãy thêm --store sqlite:ĐƯỜNG_DẪN hoặc --store "
    "postgresql://NGƯỜI_DÙNG@MÁY_CHỦ/CƠ_SỞ_DỮ_LIỆU (hoặc đặt WORKFLOW_STORE)"};
inline constexpr Word store_absent{
    "'{}' does not exist; make it with: workflow load FOLDER --store sqlite:{}",
    "'{}' không tồn tại; hãy tạo bằng: workflow load THƯ_MỤC --store sqlite:{}"};
inline constexpr Word bad_json{
    "{}: this is no JSON object ({}); write it as '{{\"name\": \"value\"}}'",
    "{}: đây không phải đối tượng JSON ({}); hãy viết "
    "'{{\"tên\": \"giá trị\"}}'"};
inline constexpr Word zone_needed{
    "{}: the calendars of this store have several time zones; add one, as in "
    "2017-04-25T09:00:00+07:00",
    "{}: các lịch trong kho có nhiều múi giờ; hãy ghi rõ, ví dụ 2017-04-25T09:00:00+07:00"};
inline constexpr Word loaded{"loaded", "đã nạp"};
inline constexpr Word started{"Started {}", "Đã khởi tạo {}"};
inline constexpr Word already_started{"{} had been started before: nothing was changed",
                                      "{} đã được khởi tạo từ trước: không thay đổi gì"};
inline constexpr Word done{"Done: {} is at revision {}", "Đã thực hiện: {} ở lần sửa {}"};
inline constexpr Word verb_needs{"{} needs {}", "{} cần {}"};
inline constexpr Word done_before{"Done before by the same request: nothing was changed",
                                  "Cùng yêu cầu này đã thực hiện trước đó: không thay đổi gì"};
inline constexpr Word refused{"Refused: {}", "Bị từ chối: {}"};
inline constexpr Word possible_now{"Possible now:", "Có thể thực hiện:"};
inline constexpr Word fired{"Timers fired: {}", "Số hẹn giờ đã chạy: {}"};
inline constexpr Word next_timer{"Next: {}", "Kế tiếp: {}"};
inline constexpr Word no_timer{"Next: none", "Kế tiếp: không có"};
inline constexpr Word not_run{"{} could not be run: {}", "không chạy được {}: {}"};

// --- an instance ---
inline constexpr Word status_active{"under way", "đang xử lý"};
inline constexpr Word status_suspended{"suspended", "đang tạm dừng"};
inline constexpr Word status_ended{"ended: {}", "đã kết thúc: {}"};
inline constexpr Word status_cancelled{"cancelled", "đã hủy"};
inline constexpr Word no_outcome{"without an outcome", "không có kết quả"};
inline constexpr Word instance_line{"{} (version {}), revision {}",
                                    "{} (phiên bản {}), lần sửa {}"};
inline constexpr Word started_on{"Started {}", "Bắt đầu {}"};
inline constexpr Word as_of{"as of {}", "tính đến {}"};
inline constexpr Word anyone{"anyone", "bất kỳ ai"};
inline constexpr Word nobody{"nobody: it waits", "không ai: đang chờ"};
inline constexpr Word incident{"stands still: {}", "đang dừng: {}"};
inline constexpr Word whole_procedure{"the whole procedure", "toàn bộ quy trình"};
inline constexpr Word empty_list{"Nothing waits.", "Không có việc nào đang chờ."};
inline constexpr Word no_clocks{"It has no clocks.", "Không có thời hạn nào."};
inline constexpr Word default_source{"a default: no law is named", "mặc định: không nêu văn bản"};

inline constexpr Word early{"early", "trước hạn"};
inline constexpr Word on_time{"on time", "đúng hạn"};
inline constexpr Word late{"late", "quá hạn"};
inline constexpr Word waiting{"waiting", "tạm dừng"};
inline constexpr Word waiting_for{"waiting for {}", "chờ {}"};
inline constexpr Word in_time{"in time", "trong hạn"};
inline constexpr Word running_late{"late", "quá hạn"};
inline constexpr Word used_of{"{} of {} used", "đã dùng {}/{}"};
inline constexpr Word not_reached{"not reached", "không tới mốc kết thúc"};
inline constexpr Word no_source{"no law is named", "không nêu văn bản"};
inline constexpr Word late_waiting_for{"late, waiting for {}", "quá hạn, chờ {}"};
inline constexpr Word clock_of{"{} ({})", "{} ({})"};
inline constexpr Word fixed_date{"a fixed date", "ngày cố định"};
inline constexpr Word original_due{"Originally due", "Hạn ban đầu"};
inline constexpr Word extended_from{"{} (extended; first {})", "{} (đã gia hạn; ban đầu {})"};
inline constexpr Word not_begun{"not begun", "chưa bắt đầu"};
inline constexpr Word ended_as{"ended {}", "kết thúc {}"};

// --- history ---
inline constexpr Word system{"(the clock)", "(đồng hồ)"};
inline constexpr Word a_service{"(the service)", "(dịch vụ)"};
inline constexpr Word for_whom{"{} for {}", "{} thay {}"};
inline constexpr Word record_started{"started", "khởi tạo hồ sơ"};
inline constexpr Word record_ended{"ended: {}", "kết thúc: {}"};
inline constexpr Word record_cancelled_instance{"cancelled: {}", "hủy hồ sơ: {}"};
inline constexpr Word record_entered{"→ {}", "→ {}"};
inline constexpr Word record_withdrawn{"withdrawn: {}", "rút: {}"};
inline constexpr Word record_opened{"opened for {}: {}", "mở cho {}: {}"};
inline constexpr Word record_done{"{}: {}", "{}: {}"};
inline constexpr Word record_performed{"{}", "{}"};
inline constexpr Word record_data{"{} = {}", "{} = {}"};
inline constexpr Word record_timer{"timer of {} fired ({})", "hẹn giờ của {} đã chạy ({})"};
inline constexpr Word record_timer_ignored{"a timer came too late and was ignored",
                                           "một hẹn giờ đến muộn, bỏ qua"};
inline constexpr Word record_notified{"told {}", "đã báo {}"};
inline constexpr Word record_escalated{"{} may act, too, in {}", "{} cũng được xử lý ở {}"};
inline constexpr Word record_clock_started{"clock of {}: due {}", "thời hạn {}: đến hạn {}"};
inline constexpr Word record_clock_waiting{"clock of {} waits for {}",
                                           "thời hạn {} tạm dừng chờ {}"};
inline constexpr Word record_clock_suspended{"clock of {} waits while the dossier is suspended",
                                             "thời hạn {} tạm dừng trong lúc hồ sơ bị tạm dừng"};
inline constexpr Word record_suspended{"suspended: {}", "tạm dừng hồ sơ: {}"};
inline constexpr Word record_suspended_waiting{"suspended, its clocks wait: {}",
                                               "tạm dừng hồ sơ, thời hạn không chạy: {}"};
inline constexpr Word record_resumed{"goes on: {}", "tiếp tục hồ sơ: {}"};
inline constexpr Word record_clock_resumed{"clock of {} goes on: due {}",
                                           "thời hạn {} chạy tiếp: đến hạn {}"};
inline constexpr Word record_clock_restarted{"clock of {} begins anew: due {}",
                                             "thời hạn {} tính lại từ đầu: đến hạn {}"};
inline constexpr Word record_clock_extended{"clock of {} extended: due {} instead of {}",
                                            "gia hạn {}: đến hạn {} thay cho {}"};
inline constexpr Word record_clock_redated{
    "clock of {} counted again by the new calendar: due {} instead of {} ({})",
    "thời hạn {} tính lại theo lịch mới: đến hạn {} thay cho {} ({})"};
inline constexpr Word record_timer_redated{
    "timer of {} counted again by the new calendar: {} instead of {} ({})",
    "hẹn giờ của {} tính lại theo lịch mới: {} thay cho {} ({})"};
inline constexpr Word record_migrated{"moved from version {} to version {} of the procedure: {}",
                                      "chuyển từ phiên bản {} sang phiên bản {} của quy trình: {}"};
inline constexpr Word record_clock_migrated{
    "clock of {} counted by the new version: due {} instead of {}",
    "thời hạn {} tính theo phiên bản mới: đến hạn {} thay cho {}"};
inline constexpr Word record_erased{"erased what stood in {}: {}", "xóa dữ liệu của {}: {}"};
inline constexpr Word record_given_up{"the clock '{}' was given up by the move: no result",
                                      "thời hạn '{}' bị bỏ khi chuyển phiên bản: không có kết quả"};
inline constexpr Word record_calendar_changed{"counts by the calendar {}, version {}, from now on",
                                              "từ nay tính theo lịch {}, phiên bản {}"};
inline constexpr Word record_not_reached{
    "{}: left before what would have stopped the clock: no result",
    "{}: rời đi trước mốc kết thúc thời hạn: không có kết quả"};
inline constexpr Word record_clock_ended_extended{
    "{}: {} (due {}); against the original date {}: {}",
    "{}: {} (hạn {}); so với hạn ban đầu {}: {}"};
inline constexpr Word record_moment{"{}: {}", "{}: {}"};
inline constexpr Word record_clock_ended{"{}: {} (due {})", "{}: {} (hạn {})"};
inline constexpr Word record_incident{"{} stands still: {}", "{} dừng lại: {}"};
inline constexpr Word record_incident_resolved{"{} goes on", "{} tiếp tục"};
inline constexpr Word record_retried{"{} is tried again: {}", "{} được thử lại: {}"};
inline constexpr Word record_joined{"joined at {}", "nhập tại {}"};
inline constexpr Word record_swallowed{"came late to {}", "đến sau tại {}"};
inline constexpr Word record_at_door{"{} waits until '{}' is free", "{} chờ đến khi '{}' rảnh"};
inline constexpr Word record_claimed{"{} takes {}", "{} nhận {}"};
inline constexpr Word record_reassigned{"{} is given to {}: {}", "{} được giao cho {}: {}"};
inline constexpr Word record_delegated{"{} hands {} to {}", "{} chuyển {} cho {}"};
inline constexpr Word record_moved{"an operator puts {} on {}: {}",
                                   "người vận hành chuyển {} sang {}: {}"};
inline constexpr Word record_status{"outer status: {}", "trạng thái bên ngoài: {}"};
inline constexpr Word record_released{"{} gives {} back", "{} trả lại {}"};
inline constexpr Word record_corrected{"data corrected: {}", "sửa dữ liệu: {}"};
inline constexpr Word record_message_taken{"message received: {}", "nhận thông điệp: {}"};
inline constexpr Word record_message_kept{"message kept until it is waited for: {}",
                                           "thông điệp được giữ lại chờ xử lý: {}"};
inline constexpr Word record_message_ignored{"message that nobody waited for: {}",
                                              "thông điệp không có nơi nào chờ: {}"};
inline constexpr Word record_sent{"message sent: {} to {}", "gửi thông điệp: {} đến {}"};
inline constexpr Word record_requested{"asked, from {}: {} (attempt {})",
                                       "đã yêu cầu, từ {}: {} (lần thứ {})"};
inline constexpr Word record_result{"answer for {}", "đã có trả lời cho {}"};
inline constexpr Word record_error{"answer for {}: {} {}", "trả lời cho {}: {} {}"};
inline constexpr Word record_failed{"{}: attempt {} failed: {} {}", "{}: lần thứ {} không thành: {} {}"};
inline constexpr Word record_unawaited{"{} is not waited for any more", "không còn chờ {}"};
inline constexpr Word record_answer_ignored{"an answer came too late", "trả lời đến quá muộn"};
inline constexpr Word record_child_started{"begun: {}", "bắt đầu: {}"};
inline constexpr Word record_child_ended{"{} has ended: {}", "{} đã kết thúc: {}"};
inline constexpr Word message_taken{"{} was taken by", "{} đã được nhận bởi"};
inline constexpr Word message_kept{"{} is kept until somebody waits for it",
                                   "{} được giữ lại đến khi có nơi chờ"};
inline constexpr Word message_ignored{"{} found nobody who waits for it in the dossier",
                                      "{} không có nơi nào chờ trong hồ sơ"};
inline constexpr Word message_not_found{"{} found nobody who waits for it",
                                        "{} không có nơi nào chờ"};
inline constexpr Word event_start{"start", "khởi tạo"};
inline constexpr Word moment_due{"the due date has come", "đã đến hạn"};
inline constexpr Word moment_before{"{} before the due date", "trước hạn {}"};
inline constexpr Word moment_after{"{} after the due date", "quá hạn {}"};
inline constexpr Word moment_every{"every {} after the due date", "cứ mỗi {} sau hạn"};
inline constexpr Word moment_share{"{} of the limit is used", "đã dùng {} thời hạn"};
inline constexpr Word noticed_late{"was due {}, noticed only now", "đến hạn {}, nay mới nhận biết"};

// --- a new version of a calendar ---
inline constexpr Word impact_line{
    "{} of {} dossiers count by an older version of {}; version {} would move {} of them:",
    "{} trên {} hồ sơ đang tính theo phiên bản cũ của {}; phiên bản {} sẽ dời hạn {} hồ sơ:"};
inline constexpr Word apply_line{
    "{} of {} dossiers counted by an older version of {}; version {} has moved {} of them:",
    "{} trên {} hồ sơ đã tính theo phiên bản cũ của {}; phiên bản {} đã dời hạn {} hồ sơ:"};
inline constexpr Word due_now{"Due now", "Hạn hiện tại"};
inline constexpr Word due_then{"Due by it", "Hạn theo lịch mới"};
inline constexpr Word because{"Because", "Vì"};
inline constexpr Word copied{"{} is written: {} bytes", "đã ghi {}: {} byte"};
inline constexpr Word only_files{
    "--store names a server, whose data are copied by pg_dump; name a file: sqlite:PATH",
    "--store nêu một máy chủ, dữ liệu ở đó được sao bằng pg_dump; hãy nêu một tệp: sqlite:PATH"};
inline constexpr Word in_hand{"Work items in hand: {}", "Số việc đang giữ: {}"};
inline constexpr Word handed_over{"Work items handed over: {}", "Số việc đã bàn giao: {}"};
inline constexpr Word due_after_move{"Due after the move", "Hạn sau khi chuyển"};
inline constexpr Word cannot_move{"{} cannot be moved:", "không chuyển được {}:"};
inline constexpr Word plan_line{
    "{} of {} open dossiers of other versions of {} could move to version {}.",
    "{} trên {} hồ sơ đang mở theo phiên bản khác của {} có thể chuyển sang phiên bản {}."};
inline constexpr Word migrated_line{
    "{} of {} open dossiers of other versions of {} have moved to version {}.",
    "{} trên {} hồ sơ đang mở theo phiên bản khác của {} đã chuyển sang phiên bản {}."};
inline constexpr Word dates_change{"Deadlines that change: {}", "Số thời hạn thay đổi: {}"};
inline constexpr Word because_day{"{} is {}: {}", "{} là {}: {}"};
inline constexpr Word because_hours{"other opening hours: {}", "giờ làm việc khác: {}"};
inline constexpr Word timer_of{"timer of {}", "hẹn giờ của {}"};
inline constexpr Word nothing_moves{"No deadline moves.", "Không thời hạn nào thay đổi."};

// --- explain, replay ---
inline constexpr Word clock_line{"{}: {}", "{}: {}"};
inline constexpr Word due_on{"due {}", "đến hạn {}"};
inline constexpr Word explain_extended{"Extended on {} by {}.", "Gia hạn ngày {} thêm {}."};
inline constexpr Word explain_extended_to{"Extended on {} to {}.", "Gia hạn ngày {} đến {}."};
inline constexpr Word explain_earlier_round{
    "Extended on {} in an earlier round, which counts no more.",
    "Gia hạn ngày {} ở lượt trước, nay không còn tính."};
inline constexpr Word explain_original{
    "Without the extensions it would be due {}; against that date: {}.",
    "Nếu không gia hạn thì đến hạn {}; so với ngày đó: {}."};
inline constexpr Word explain_moved{
    "Moved on {} by version {} of the calendar: due {} instead of {} ({}).",
    "Tính lại ngày {} theo phiên bản {} của lịch: đến hạn {} thay cho {} ({})."};
inline constexpr Word explain_moved_by_procedure{
    "Moved on {} by version {} of the procedure: due {} instead of {}.",
    "Tính lại ngày {} theo phiên bản {} của quy trình: đến hạn {} thay cho {}."};
inline constexpr Word explain_fixed_on{
    "{} is no working day, so it ends with the next.",
    "{} không phải ngày làm việc nên kết thúc vào ngày làm việc tiếp theo."};
inline constexpr Word explain_round{
    "Round {}: the whole limit began anew on {}, when the wait was over.",
    "Lượt {}: toàn bộ thời hạn tính lại từ {}, khi hết thời gian chờ."};
inline constexpr Word explain_left{"{} were left on {}, and count from there:",
                                   "Còn {} vào ngày {}, tính tiếp từ đó:"};
inline constexpr Word explain_waits{
    "There is no due date while it waits. What was used until then stays used.",
    "Không có ngày đến hạn trong khi chờ. Phần đã dùng trước đó vẫn được tính."};
inline constexpr Word explain_waits_restart{
    "There is no due date while it waits. The whole limit begins anew when the wait is over.",
    "Không có ngày đến hạn trong khi chờ. Toàn bộ thời hạn tính lại từ đầu khi hết chờ."};
inline constexpr Word explain_late_kept{
    "It was late before it waited and keeps the due date that it had.",
    "Thời hạn đã quá trước khi chờ nên giữ nguyên ngày đến hạn."};
inline constexpr Word explain_idle{"It has not begun to count.", "Thời hạn chưa bắt đầu tính."};
inline constexpr Word explain_calendar{"Counted by the calendar {}, version {}.",
                                       "Tính theo lịch {}, phiên bản {}."};
inline constexpr Word clock_counts{"counts", "tính"};
inline constexpr Word clock_waits{"waits for {}", "tạm dừng chờ {}"};
inline constexpr Word replay_agrees{"{} steps run again, all digests agree",
                                    "đã chạy lại {} bước, mọi mã băm đều khớp"};
inline constexpr Word replay_older{"{} of older versions, verified by chain only",
                                   "{} bước của phiên bản cũ, chỉ kiểm tra chuỗi"};
inline constexpr Word replay_erased{"{} with erased values, verified by chain only",
                                    "{} bước có dữ liệu đã xóa, chỉ kiểm tra chuỗi"};
inline constexpr Word replay_differs{"revision {} differs: {}", "lần sửa {} không khớp: {}"};

// --- eval ---
inline constexpr Word expression_or_batch{
    "give either an expression or --batch FILE; see workflow eval --help",
    "hãy nêu một biểu thức hoặc --batch TỆP; xem workflow eval --help"};
inline constexpr Word data_in_batch{
    "--data goes with an expression; each line of a batch has its own 'bindings'",
    "--data đi cùng một biểu thức; mỗi dòng của --batch có 'bindings' riêng"};
inline constexpr Word cannot_read{"'{}' cannot be read; check its path and rights",
                                  "không đọc được '{}'; hãy kiểm tra đường dẫn và quyền truy cập"};
inline constexpr Word line_long{"the line is longer than {} MiB; give its parts as several lines",
                                "dòng dài quá {} MiB; hãy chia thành nhiều dòng"};
inline constexpr Word json_deep{"the JSON is nested deeper than {}; make it flatter",
                                "JSON lồng nhau sâu quá {}; hãy bớt lồng"};
inline constexpr Word not_json{"this is no JSON: it cannot be read from byte {} on",
                               "đây không phải JSON: không đọc được từ byte {}"};
inline constexpr Word number_large{"the JSON has a number that no double holds",
                                   "JSON có số vượt quá phạm vi của double"};
inline constexpr Word not_object{
    "this is no JSON object ({}); write {{\"expr\": \"1 + 2\"}}",
    "đây không phải đối tượng JSON ({}); hãy viết {{\"expr\": \"1 + 2\"}}"};
inline constexpr Word no_expr{"'expr' is missing; write {\"expr\": \"1 + 2\"}",
                              "thiếu 'expr'; hãy viết {\"expr\": \"1 + 2\"}"};
inline constexpr Word wrong_member{"'{}' must be {}", "'{}' phải là {}"};
inline constexpr Word a_string{"a string", "một chuỗi"};
inline constexpr Word true_or_false{"true or false", "true hoặc false"};
inline constexpr Word an_object_of_values{"an object such as {\"x\": {\"int\": \"3\"}}",
                                          "đối tượng, ví dụ {\"x\": {\"int\": \"3\"}}"};
inline constexpr Word a_list_of_types{"a list such as [{\"name\": \"x\", \"ident\": \"int\"}]",
                                      "danh sách, ví dụ [{\"name\": \"x\", \"ident\": \"int\"}]"};
inline constexpr Word in_binding{"the value of {}: {}", "giá trị của {}: {}"};
inline constexpr Word declared_twice{"'type_env' declares {} twice; keep one of them",
                                     "'type_env' khai báo {} hai lần; hãy giữ một"};
inline constexpr Word no_functions{
    "{}: functions cannot be declared; 'type_env' holds names with an 'ident'",
    "{}: không khai báo được hàm; 'type_env' chỉ chứa tên kèm 'ident'"};
inline constexpr Word names_many{"there are more than {} names; give fewer",
                                 "có hơn {} tên; hãy bớt đi"};
inline constexpr Word not_typed{
    "{} is no typed value; write an object of one member that names the kind, as in {{\"int\": "
    "\"3\"}}",
    "{} không phải giá trị có kiểu; hãy viết đối tượng một thành viên nêu kiểu, ví dụ "
    "{{\"int\": \"3\"}}"};
inline constexpr Word no_such_kind{
    "{} is no kind of value; the kinds are int, uint, double, bool, string, bytes_b64, null, list, "
    "map, "
    "timestamp, duration, type, date, limit",
    "{} không phải kiểu giá trị; các kiểu là int, uint, double, bool, string, bytes_b64, null, "
    "list, "
    "map, timestamp, duration, type, date, limit"};
inline constexpr Word not_of_kind{"{} is no {}; write it as {}", "{} không phải {}; hãy viết {}"};
inline constexpr Word not_a_key{"{} is no key of a map; a key is int, uint, bool or string",
                                "{} không làm khóa được; khóa là int, uint, bool hoặc string"};
inline constexpr Word key_twice{"the key {} comes twice; keep one of them",
                                "khóa {} xuất hiện hai lần; hãy giữ một"};
inline constexpr Word not_a_type{
    "{} is no type; write \"int\", {{\"list\": \"int\"}} or {{\"map\": [\"string\", \"int\"]}}",
    "{} không phải kiểu; hãy viết \"int\", {{\"list\": \"int\"}} hoặc {{\"map\": [\"string\", "
    "\"int\"]}}"};
inline constexpr Word answer_large{"the value is larger than {} MiB; ask for a part of it",
                                   "giá trị lớn hơn {} MiB; hãy hỏi một phần của nó"};
inline constexpr Word at_byte{"{}: {} (at byte {}); {}", "{}: {} (tại byte {}); {}"};

}  // namespace words
}  // namespace workflow::cli
