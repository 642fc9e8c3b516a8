#include "starting_folder.hpp"

namespace workflow::cli {
namespace {

struct Template {
    const char* name;
    std::string_view en;
    std::string_view vi;
};

// ID stands for the procedure's id.
constexpr Template procedure{
    "procedure.yaml",
    R"(# A procedure to begin with: change it line by line, and after each change run
#   workflow validate ID/procedure.yaml
#   workflow test ID
# What stands behind # is for you; the engine does not read it. Indent with spaces, two a level.
procedure: ID          # its id: small letters a-z, digits and _; the name of this folder
version: 1             # raise it with every change, once dossiers are running
title: {en: New procedure, vi: Quy trình mới}
# source: "Decree .../.../NĐ-CP, art. ..."      # the legal basis; in quotes where a comma or `: ` is in it
calendar: vn-state     # the working days by which limits are counted

# Who takes part.
roles:
  applicant: {en: Applicant, vi: Người nộp hồ sơ}
  officer:   {en: Officer, vi: Chuyên viên}
  head:      {en: Head of office, vi: Trưởng phòng}
started_by: [applicant]

# Limits have a name, so that they stand in one place. With a `source` they are law, without one a
# default of yours.
parameters:
  check_limit:  {type: limit, default: 5 working days}
  decide_limit: {type: limit, default: 2 working days}

# What a dossier knows. `optional`: may be left out.
data:
  subject: {type: text, title: {en: Subject, vi: Nội dung}}
  opinion: {type: optional text, title: {en: Opinion, vi: Ý kiến}}
  reason:  {type: optional text, title: {en: Reason, vi: Lý do}}
input: [subject]       # what must be there when it begins

# What happens. It begins with the first state. A task belongs to a role, and each of its actions
# leads to a state or ends the dossier. The name of an action that leads to a state is enough.
states:
  check:
    title: {en: Check, vi: Kiểm tra hồ sơ}
    task: officer
    sla:
      limit: check_limit
      moments:
        1 working day before: {notify: officer}
        due: {notify: head}
    actions:
      pass: {title: {en: Pass on, vi: Trình}, fields: {opinion: text}, to: decide}
      ask:  {title: {en: Ask for more, vi: Yêu cầu bổ sung}, fields: {reason: text}, to: supplement}
  supplement:
    title: {en: Supplement, vi: Bổ sung hồ sơ}
    task: applicant
    after: {30 days: {end: closed}}      # nothing came: closed
    actions:
      supply: {title: {en: Supply, vi: Nộp bổ sung}, to: check}
  decide:
    title: {en: Decide, vi: Quyết định}
    task: {role: head, not_by: check}    # not by the person who has checked it
    sla: decide_limit
    actions:
      approve: {title: {en: Approve, vi: Đồng ý}, end: approved}
      refuse:  {title: {en: Refuse, vi: Từ chối}, fields: {reason: text}, end: refused}
      return:  {title: {en: Return, vi: Trả lại}, fields: {reason: text}, to: check}

# How a dossier can end.
outcomes:
  approved: {en: Approved, vi: Đồng ý}
  refused:  {en: Refused, vi: Từ chối}
  closed:   {en: Closed without a decision, vi: Đóng hồ sơ khi chưa quyết định}
)",
    R"(# Quy trình mẫu để bắt đầu: sửa từng dòng, sau mỗi lần sửa chạy
#   workflow validate ID/procedure.yaml
#   workflow test ID
# Phần sau dấu # là ghi chú, máy không đọc. Thụt lề bằng dấu cách, mỗi cấp hai dấu cách.
procedure: ID          # tên (id): chữ thường a-z, chữ số và _; cũng là tên thư mục này
version: 1             # tăng lên mỗi khi sửa, kể từ lúc đã có hồ sơ chạy
title: {en: New procedure, vi: Quy trình mới}
# source: "Nghị định số .../.../NĐ-CP, Điều ..."   # căn cứ pháp lý; có dấu phẩy hoặc `: ` thì đặt trong dấu nháy
calendar: vn-state     # lịch ngày làm việc dùng để tính thời hạn

# Các vai trò tham gia.
roles:
  applicant: {en: Applicant, vi: Người nộp hồ sơ}
  officer:   {en: Officer, vi: Chuyên viên}
  head:      {en: Head of office, vi: Trưởng phòng}
started_by: [applicant]

# Thời hạn được đặt tên để chỉ ghi ở một chỗ. Có `source` là do pháp luật quy định, không có là do
# đơn vị tự đặt. working days = ngày làm việc.
parameters:
  check_limit:  {type: limit, default: 5 working days}
  decide_limit: {type: limit, default: 2 working days}

# Dữ liệu của hồ sơ. `optional`: có thể bỏ trống.
data:
  subject: {type: text, title: {en: Subject, vi: Nội dung}}
  opinion: {type: optional text, title: {en: Opinion, vi: Ý kiến}}
  reason:  {type: optional text, title: {en: Reason, vi: Lý do}}
input: [subject]       # dữ liệu phải có khi bắt đầu

# Diễn biến. Bắt đầu từ trạng thái đầu tiên. Mỗi task thuộc về một vai trò; mỗi thao tác (action) của
# task dẫn đến một trạng thái (to) hoặc kết thúc hồ sơ (end).
states:
  check:
    title: {en: Check, vi: Kiểm tra hồ sơ}
    task: officer
    sla:                                 # thời hạn của bước này
      limit: check_limit
      moments:                           # nhắc trước hạn một ngày làm việc; đến hạn thì báo trưởng phòng
        1 working day before: {notify: officer}
        due: {notify: head}
    actions:
      pass: {title: {en: Pass on, vi: Trình}, fields: {opinion: text}, to: decide}
      ask:  {title: {en: Ask for more, vi: Yêu cầu bổ sung}, fields: {reason: text}, to: supplement}
  supplement:
    title: {en: Supplement, vi: Bổ sung hồ sơ}
    task: applicant
    after: {30 days: {end: closed}}      # sau 30 ngày không bổ sung thì đóng hồ sơ
    actions:
      supply: {title: {en: Supply, vi: Nộp bổ sung}, to: check}
  decide:
    title: {en: Decide, vi: Quyết định}
    task: {role: head, not_by: check}    # người quyết định không phải là người đã kiểm tra
    sla: decide_limit
    actions:
      approve: {title: {en: Approve, vi: Đồng ý}, end: approved}
      refuse:  {title: {en: Refuse, vi: Từ chối}, fields: {reason: text}, end: refused}
      return:  {title: {en: Return, vi: Trả lại}, fields: {reason: text}, to: check}

# Các kết quả kết thúc hồ sơ.
outcomes:
  approved: {en: Approved, vi: Đồng ý}
  refused:  {en: Refused, vi: Từ chối}
  closed:   {en: Closed without a decision, vi: Đóng hồ sơ khi chưa quyết định}
)"};

constexpr Template tests{"tests.yaml",
                         R"(# Cases that must hold, told day by day: workflow test ID
# A step is one event. Under `then` stands what must be so; what is not named is not checked.
tests: ID
people:
  an:   {role: applicant}
  minh: {role: officer}
  lan:  {role: head}

cases:
  approved:
    title: Checked in three days, approved on the day after
    given: {at: 2026-03-02 09:00, by: an, data: {subject: Licence}, then: {states: [check], due: {check: 2026-03-09}}}
    steps:
      - {at: 2026-03-05 10:00, by: minh, do: pass, with: {opinion: Complete}, then: {states: [decide], clocks: {check: early}}}
      - {by: minh, do: approve, then: {refused: not-your-role}}
      - {at: 2026-03-06 10:00, by: lan, do: approve, then: {ended: approved}}
  refused:
    title: Returned by the head once, then refused
    given: {at: 2026-03-02 09:00, by: an, data: {subject: Licence}}
    steps:
      - {by: minh, do: pass, with: {opinion: Complete}}
      - {by: lan, do: return, with: {reason: Article 5 was not looked at}, then: {states: [check]}}
      - {by: minh, do: pass, with: {opinion: Article 5 is not met}}
      - {by: lan, do: refuse, with: {reason: Article 5}, then: {ended: refused}}
  late:
    title: Nobody checks it, so the officer is reminded and the head is told; then the applicant is asked
    given: {at: 2026-03-02 09:00, by: an, data: {subject: Licence}}
    steps:
      - {at: 2026-03-06 08:00, then: {notified: [officer]}}
      - {at: 2026-03-09 17:00, then: {notified: [head]}}
      - {at: 2026-03-10 09:00, by: minh, do: ask, with: {reason: A map}, then: {states: [supplement], clocks: {check: late}}}
      - {at: 2 days, by: an, do: supply, then: {states: [check]}}
  closed:
    title: What was asked for does not come within 30 days
    given: {at: 2026-03-02 09:00, by: an, data: {subject: Licence}}
    steps:
      - {by: minh, do: ask, with: {reason: A map}}
      - {at: 2026-04-02 09:00, then: {ended: closed}}
)",
                         R"(# Các trường hợp phải đúng, kể theo từng ngày: workflow test ID
# Mỗi bước là một sự kiện. Dưới `then` là điều phải đúng; điều không nêu thì không kiểm tra.
tests: ID
people:
  an:   {role: applicant}
  minh: {role: officer}
  lan:  {role: head}

cases:
  approved:
    title: Kiểm tra trong ba ngày, đồng ý vào ngày hôm sau
    given: {at: 2026-03-02 09:00, by: an, data: {subject: Giấy phép}, then: {states: [check], due: {check: 2026-03-09}}}
    steps:
      - {at: 2026-03-05 10:00, by: minh, do: pass, with: {opinion: Đầy đủ}, then: {states: [decide], clocks: {check: early}}}
      - {by: minh, do: approve, then: {refused: not-your-role}}
      - {at: 2026-03-06 10:00, by: lan, do: approve, then: {ended: approved}}
  refused:
    title: Trưởng phòng trả lại một lần, sau đó từ chối
    given: {at: 2026-03-02 09:00, by: an, data: {subject: Giấy phép}}
    steps:
      - {by: minh, do: pass, with: {opinion: Đầy đủ}}
      - {by: lan, do: return, with: {reason: Chưa xem xét Điều 5}, then: {states: [check]}}
      - {by: minh, do: pass, with: {opinion: Không đáp ứng Điều 5}}
      - {by: lan, do: refuse, with: {reason: Điều 5}, then: {ended: refused}}
  late:
    title: "Không ai kiểm tra: nhắc chuyên viên, báo trưởng phòng; sau đó yêu cầu bổ sung"
    given: {at: 2026-03-02 09:00, by: an, data: {subject: Giấy phép}}
    steps:
      - {at: 2026-03-06 08:00, then: {notified: [officer]}}
      - {at: 2026-03-09 17:00, then: {notified: [head]}}
      - {at: 2026-03-10 09:00, by: minh, do: ask, with: {reason: Bản đồ}, then: {states: [supplement], clocks: {check: late}}}
      - {at: 2 days, by: an, do: supply, then: {states: [check]}}
  closed:
    title: Hết 30 ngày mà không bổ sung
    given: {at: 2026-03-02 09:00, by: an, data: {subject: Giấy phép}}
    steps:
      - {by: minh, do: ask, with: {reason: Bản đồ}}
      - {at: 2026-04-02 09:00, then: {ended: closed}}
)"};

constexpr Template page{"README.md",
                        R"(# ID

What the procedure is for, in two sentences.

**Legal basis**: the law, with articles. Every limit in procedure.yaml that it sets has a `source`.

**Choices of ours**: what the law leaves open, and how it is done here.

    workflow validate ID/procedure.yaml
    workflow test ID
    workflow graph ID/procedure.yaml --format svg -o ID/procedure.svg

The keys are explained in procedures/reference.md, the way from an empty file to a tested procedure in
procedures/README.md.
)",
                        R"(# ID

Quy trình dùng để làm gì, trong hai câu.

**Căn cứ pháp lý**: văn bản, điều khoản. Mỗi thời hạn do văn bản quy định có `source` trong procedure.yaml.

**Lựa chọn của đơn vị**: những điểm pháp luật để mở và cách làm ở đây.

    workflow validate ID/procedure.yaml --lang vi
    workflow test ID --lang vi
    workflow graph ID/procedure.yaml --format svg -o ID/procedure.svg --lang vi

Ý nghĩa từng khóa có trong procedures/reference.vi.md; cách làm từ tệp trống đến quy trình đã kiểm thử
có trong procedures/README.vi.md.
)"};

std::string filled(std::string_view text, std::string_view id) {
    std::string result;
    for (std::size_t at = text.find("ID"); at != std::string_view::npos; at = text.find("ID")) {
        result += text.substr(0, at);
        result += id;
        text.remove_prefix(at + 2);
    }
    return result += text;
}

}  // namespace

std::vector<std::pair<std::string, std::string>> starting_folder(std::string_view id,
                                                                 std::string_view language) {
    std::vector<std::pair<std::string, std::string>> files;
    for (const Template& one : {procedure, tests, page}) {
        files.emplace_back(one.name, filled(language == "vi" ? one.vi : one.en, id));
    }
    return files;
}

}  // namespace workflow::cli
