// What changed between two versions of a procedure: sentences of `workflow diff`, without a mend.
#include <array>

#include "base/catalogue.hpp"

namespace workflow::base {
namespace {

constexpr std::array<CatalogueEntry, 41> entries{{
    {"calendar-changed", "it counts by the calendar {1} instead of {0}", "",
     "tính theo lịch {1} thay cho {0}", ""},
    {"total-changed", "the total of all limits is {1} instead of {0}", "",
     "tổng các thời hạn là {1} thay cho {0}", ""},
    {"role-added", "new role '{0}'", "", "thêm vai trò '{0}'", ""},
    {"role-removed", "the role '{0}' is gone", "", "bỏ vai trò '{0}'", ""},
    {"parameter-added", "new parameter '{0}'", "", "thêm tham số '{0}'", ""},
    {"parameter-removed", "the parameter '{0}' is gone", "", "bỏ tham số '{0}'", ""},
    {"parameter-changed", "the parameter '{0}' is {2} instead of {1}", "",
     "tham số '{0}' là {2} thay cho {1}", ""},
    {"variant-added", "new variant '{0}'", "", "thêm phương án '{0}'", ""},
    {"variant-removed", "the variant '{0}' is gone", "", "bỏ phương án '{0}'", ""},
    {"variant-changed", "in the variant '{0}', '{1}' is {3} instead of {2}", "",
     "trong phương án '{0}', '{1}' là {3} thay cho {2}", ""},
    {"field-added", "new field '{0}'", "", "thêm trường dữ liệu '{0}'", ""},
    {"field-removed", "the field '{0}' is gone", "", "bỏ trường dữ liệu '{0}'", ""},
    {"field-changed", "the field '{0}' is of type {2} instead of {1}", "",
     "trường '{0}' có kiểu {2} thay cho {1}", ""},
    {"outcome-added", "new outcome '{0}'", "", "thêm kết quả '{0}'", ""},
    {"outcome-removed", "the outcome '{0}' is gone", "", "bỏ kết quả '{0}'", ""},
    {"state-added", "new state '{0}' ({1})", "", "thêm trạng thái '{0}' ({1})", ""},
    {"state-removed", "the state '{0}' is gone", "", "bỏ trạng thái '{0}'", ""},
    {"state-kind-changed", "'{0}' is a state of the kind {2} instead of {1}", "",
     "trạng thái '{0}' thuộc loại {2} thay cho {1}", ""},
    {"state-moved", "'{0}' lies inside '{2}' instead of '{1}'", "",
     "'{0}' nằm trong '{2}' thay cho '{1}'", ""},
    {"state-role-changed", "'{0}' is done by {2} instead of {1}", "",
     "'{0}' do {2} thực hiện thay cho {1}", ""},
    {"state-for-changed", "'{0}' is for `{2}` instead of `{1}`", "",
     "'{0}' dành cho `{2}` thay cho `{1}`", ""},
    {"separation-changed", "who may do '{0}' beside its role: {2} instead of {1}", "",
     "điều kiện về người thực hiện '{0}': {2} thay cho {1}", ""},
    {"branch-guard-changed", "'{0}' opens when `{2}` instead of `{1}`", "",
     "'{0}' mở khi `{2}` thay cho `{1}`", ""},
    {"action-added", "new action '{0}' in '{1}': {2}", "", "thêm thao tác '{0}' tại '{1}': {2}",
     ""},
    {"action-removed", "the action '{0}' in '{1}' is gone", "", "bỏ thao tác '{0}' tại '{1}'", ""},
    {"action-role-changed", "the action '{0}' in '{1}' is done by {3} instead of {2}", "",
     "thao tác '{0}' tại '{1}' do {3} thực hiện thay cho {2}", ""},
    {"action-guard-changed", "the action '{0}' in '{1}' is possible when `{3}` instead of `{2}`",
     "", "thao tác '{0}' tại '{1}' thực hiện được khi `{3}` thay cho `{2}`", ""},
    {"action-way-changed", "the action '{0}' in '{1}' leads to {3} instead of {2}", "",
     "thao tác '{0}' tại '{1}' dẫn đến {3} thay cho {2}", ""},
    {"action-fields-changed", "the action '{0}' in '{1}' asks for {3} instead of {2}", "",
     "thao tác '{0}' tại '{1}' yêu cầu {3} thay cho {2}", ""},
    {"action-separation-changed",
     "who may do the action '{0}' in '{1}' beside its role: {3} instead of {2}", "",
     "điều kiện về người làm thao tác '{0}' tại '{1}': {3} thay cho {2}", ""},
    {"action-uses-changed", "how often the action '{0}' in '{1}' may be done: {3} instead of {2}",
     "", "số lần được làm thao tác '{0}' tại '{1}': {3} thay cho {2}", ""},
    {"clock-added", "new limit '{0}' of '{1}': {2}", "", "thêm thời hạn '{0}' của '{1}': {2}", ""},
    {"clock-removed", "the limit '{0}' of '{1}' is gone", "", "bỏ thời hạn '{0}' của '{1}'", ""},
    {"clock-changed", "the limit '{0}' is {2} instead of {1}", "",
     "thời hạn '{0}' là {2} thay cho {1}", ""},
    {"clock-guard-changed", "the limit '{0}' exists when `{2}` instead of `{1}`", "",
     "thời hạn '{0}' có khi `{2}` thay cho `{1}`", ""},
    {"way-added", "new way of '{0}' ({1}): {2}", "", "thêm hướng đi của '{0}' ({1}): {2}", ""},
    {"way-removed", "the way of '{0}' ({1}) to {2} is gone", "",
     "bỏ hướng đi của '{0}' ({1}) đến {2}", ""},
    {"way-changed", "the way of '{0}' ({1}): {3} instead of {2}", "",
     "hướng đi của '{0}' ({1}): {3} thay cho {2}", ""},
    {"lacks-state", "it stands on '{0}', which is not there any more as it was", "",
     "hồ sơ đang ở '{0}', trạng thái này không còn như trước", ""},
    {"lacks-clock", "the limit '{0}' runs, which is not there any more", "",
     "thời hạn '{0}' đang chạy, nay không còn nữa", ""},
    {"lacks-field", "it holds '{0}', which is not there any more as it was", "",
     "hồ sơ có '{0}', trường này không còn như trước", ""},
}};

}  // namespace

std::span<const CatalogueEntry> difference_catalogue() {
    return entries;
}

}  // namespace workflow::base
