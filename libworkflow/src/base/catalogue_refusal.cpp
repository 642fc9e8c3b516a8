#include <array>

#include "base/catalogue.hpp"

namespace workflow::base {
namespace {

// Why a person's action, or a start, is refused; interpreter.hpp, RefusalCode.
constexpr std::array<CatalogueEntry, 28> entries{{
    {"refused-ended", "'{0}' has ended, nothing can be done in it any more", "",
     "'{0}' đã kết thúc, không thể thực hiện gì thêm", ""},
    {"refused-unknown-action", "the procedure has no action '{0}'", "the nearest is '{1}'",
     "quy trình không có thao tác '{0}'", "thao tác gần nhất là '{1}'"},
    {"refused-not-possible-now", "'{0}' is not possible now",
     "it belongs to the state '{1}', where the dossier does not stand",
     "lúc này không thể thực hiện '{0}'",
     "thao tác này thuộc trạng thái '{1}', hồ sơ hiện không ở đó"},
    {"refused-ambiguous", "'{0}' is possible on several work items: {1}",
     "say which one by its number", "'{0}' có thể thực hiện trên nhiều việc: {1}",
     "hãy nêu số của việc cần thực hiện"},
    {"refused-not-your-role", "'{0}' is done by the role '{1}', which '{2}' does not hold",
     "sign in as somebody who holds it",
     "'{0}' do vai trò '{1}' thực hiện, '{2}' không có vai trò này",
     "hãy dùng tài khoản có vai trò đó"},
    {"refused-not-your-unit", "'{0}' is here for '{1}', to whom '{2}' does not belong",
     "one unit cannot act for another", "'{0}' ở đây dành cho '{1}', '{2}' không thuộc đơn vị này",
     "đơn vị này không thể làm thay đơn vị khác"},
    {"refused-guard-false", "the condition of '{0}' does not hold: {1}", "",
     "điều kiện của '{0}' không thỏa mãn: {1}", ""},
    {"refused-incident", "'{0}' stands still: {1}", "an operator corrects the data and retries",
     "'{0}' đang dừng do sự cố: {1}", "người vận hành cần sửa dữ liệu rồi thử lại"},
    {"refused-missing-field", "the field '{0}' is missing", "give it, as {1}", "thiếu trường '{0}'",
     "hãy cung cấp trường này, kiểu {1}"},
    {"refused-unknown-field", "the field '{0}' is not asked for here", "the nearest is '{1}'",
     "trường '{0}' không được yêu cầu ở đây", "trường gần nhất là '{1}'"},
    {"refused-wrong-type", "the field '{0}' must be {1}, not '{2}'", "",
     "trường '{0}' phải có kiểu {1}, không phải '{2}'", ""},
    {"refused-cannot-evaluate", "{0}: {1}, in: {2}", "correct the data that it reads",
     "{0}: {1}, trong: {2}", "hãy sửa dữ liệu mà biểu thức này đọc"},
    {"refused-too-many-microsteps", "more than {0} automatic moves followed one another",
     "the procedure goes round in a circle: mend its guards",
     "có hơn {0} bước tự động nối tiếp nhau", "quy trình bị lặp vòng: hãy sửa các điều kiện"},
    {"refused-conflict", "the dossier is at revision {0}, not {1}",
     "somebody acted in between: load it again", "hồ sơ đang ở phiên bản {0}, không phải {1}",
     "đã có người xử lý trước: hãy tải lại hồ sơ"},
    {"refused-request-reused", "the request id '{0}' was used before for something else",
     "give every request an id of its own", "mã yêu cầu '{0}' đã được dùng cho việc khác",
     "mỗi yêu cầu cần một mã riêng"},
    {"refused-already-started", "'{0}' has been started already, with other data",
     "take another key, or send the same data again", "'{0}' đã được bắt đầu trước đó, với dữ liệu khác",
     "hãy dùng mã khác, hoặc gửi lại đúng dữ liệu cũ"},
    {"refused-not-started", "'{0}' has not been started", "start it first",
     "'{0}' chưa được bắt đầu", "hãy bắt đầu hồ sơ trước"},
    {"refused-unknown-variant", "the procedure has no variant '{0}'", "the nearest is '{1}'",
     "quy trình không có phương án '{0}'", "phương án gần nhất là '{1}'"},
    {"refused-no-such-work-item", "work item {0} does not offer '{1}'",
     "ask the worklist for what is open", "việc số {0} không có thao tác '{1}'",
     "hãy xem danh sách việc đang mở"},
    {"refused-no-incident", "{0} has no incident to retry", "", "{0} không có sự cố nào để thử lại",
     ""},
    {"refused-too-large", "'{0}' is larger than {1}", "", "'{0}' lớn hơn mức cho phép {1}", ""},
    {"refused-outside-calendar", "{0}", "check the time, or use a calendar that covers it", "{0}",
     "hãy kiểm tra thời điểm, hoặc dùng lịch có bao gồm thời điểm đó"},
    {"refused-starved", "'{0}' waits for others, and none of them can come any more",
     "act in a state around it, cancel what waits, or mend the procedure",
     "'{0}' đang chờ các luồng khác nhưng không còn luồng nào có thể đến",
     "hãy xử lý ở trạng thái bao quanh, hủy phần đang chờ, hoặc sửa quy trình"},
    {"refused-stuck", "'{0}' and all else that is open wait for each other",
     "act in a state around them, correct the data, or mend the procedure",
     "'{0}' và mọi phần đang mở đều chờ lẫn nhau",
     "hãy xử lý ở trạng thái bao quanh, sửa dữ liệu, hoặc sửa quy trình"},
    {"refused-list-shorter", "the list of '{0}' has {1} items, after {2} were taken from it",
     "add to it only: an item once taken stays", "danh sách của '{0}' còn {1} mục, trong khi đã lấy {2} mục",
     "chỉ được thêm: mục đã lấy thì giữ nguyên"},
    {"refused-held-elsewhere", "'{0}' must wait: '{2}' holds '{1}'",
     "it is free when that is left or released", "'{0}' phải chờ: '{2}' đang giữ '{1}'",
     "sẽ rảnh khi việc đó được rời khỏi hoặc trả lại"},
    {"refused-claimed", "'{0}' has been taken by '{1}'", "ask him to give it back",
     "'{0}' đã được '{1}' nhận", "hãy đề nghị người đó trả lại"},
    {"refused-not-claimed", "nobody has taken work item {0}", "there is nothing to give back",
     "chưa có ai nhận việc số {0}", "không có gì để trả lại"},
}};

}  // namespace

std::span<const CatalogueEntry> refusal_catalogue() {
    return entries;
}

}  // namespace workflow::base
