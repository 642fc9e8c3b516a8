#include <array>

#include "base/catalogue.hpp"

namespace workflow::base {
namespace {

// Forks, joins, what a way does beside its own course, names held by one at a time.
constexpr std::array<CatalogueEntry, 20> tokens_entries{{
    {"fork-empty", "the fork names nothing that it leads to",
     "list its targets, as in `fork: [a, b]`", "fork chưa nêu nơi dẫn đến",
     "hãy liệt kê các trạng thái đích, ví dụ `fork: [a, b]`"},
    {"fork-ends", "a way of the fork '{0}' does not say where its token begins", "give it `to:`",
     "một hướng đi của fork '{0}' chưa nêu nơi bắt đầu", "hãy thêm `to:` cho hướng đi đó"},
    {"fork-leads-out", "the fork '{0}' leads to '{1}', which does not stand beside it",
     "lead to states beside the fork; they may lead on from there",
     "fork '{0}' dẫn đến '{1}', là trạng thái không cùng cấp với nó",
     "hãy dẫn đến các trạng thái cùng cấp; từ đó có thể đi tiếp"},
    {"otherwise-never", "`otherwise` is never taken: a way without `when` always is",
     "remove it, or give every way before it a `when`",
     "`otherwise` không bao giờ được chọn vì có hướng đi không có `when`",
     "hãy bỏ nó, hoặc thêm `when` cho mọi hướng đi phía trước"},
    {"not-a-join", "'{0}' does not say when the join goes on",
     "write all, any, inclusive, a number or a condition",
     "'{0}' chưa nêu khi nào điểm nhập đi tiếp",
     "hãy ghi all, any, inclusive, một số hoặc một điều kiện"},
    {"inclusive-not-here", "'{0}' knows what it has opened, so `inclusive` says nothing",
     "write `join: all`", "'{0}' đã biết mình mở những gì nên `inclusive` không có nghĩa",
     "hãy ghi `join: all`"},
    {"others-missing", "'{0}' may go on before all have finished: what happens to the others?",
     "add `others: cancel` or `others: keep`",
     "'{0}' có thể đi tiếp khi chưa xong hết: phần còn lại sẽ thế nào?",
     "hãy thêm `others: cancel` hoặc `others: keep`"},
    {"others-without-join", "'{0}' waits for all, so there are no others",
     "remove `others`, or say `join: any`, a number or a condition",
     "'{0}' chờ tất cả nên không có phần còn lại",
     "hãy bỏ `others`, hoặc ghi `join: any`, một số hay một điều kiện"},
    {"not-others", "'{0}' does not say what happens to the others", "write `cancel` or `keep`",
     "'{0}' chưa nêu cách xử lý phần còn lại", "hãy ghi `cancel` hoặc `keep`"},
    {"aside-at-start", "where something begins there is nothing for `{0}` yet",
     "remove it, or put it on a way of the first state", "lúc bắt đầu chưa có gì để dùng `{0}`",
     "hãy bỏ nó, hoặc đặt ở hướng đi của trạng thái đầu"},
    {"door-out-of-range", "'{0}' wants name number {1}, which the procedure does not have",
     "name one of the procedure's", "'{0}' cần tên số {1}, nhưng quy trình không có",
     "hãy dùng một tên có trong quy trình"},
    {"missing-join", "the join '{0}' does not say when it goes on", "give it a join rule",
     "điểm nhập '{0}' chưa nêu khi nào đi tiếp", "hãy thêm quy tắc nhập"},
    {"join-count-too-high", "'{0}' waits for {1}, and only {2} can come",
     "lower the number, or lead more ways to it", "'{0}' chờ {1} luồng, nhưng chỉ có thể có {2}",
     "hãy giảm số đó, hoặc dẫn thêm hướng đi đến nó"},
    {"join-cannot-reset",
     "the join '{0}' cannot tell when a round is over: the fork '{1}' opens a varying number, and "
     "one more can always come round",
     "use `parallel` with `when` on its branches: it knows what it has opened",
     "điểm nhập '{0}' không thể biết khi nào hết một vòng: fork '{1}' mở số luồng thay đổi, và "
     "luôn "
     "có thể có thêm luồng quay lại",
     "hãy dùng `parallel` với `when` ở các nhánh: nó biết mình đã mở những gì"},
    {"join-as-branch", "'{0}' is a branch alone in its scope: nothing can come together there",
     "put it into a group, with what is to join",
     "'{0}' là nhánh duy nhất trong phạm vi của nó nên không có gì để nhập",
     "hãy đặt nó vào một nhóm, cùng những gì cần nhập"},
    {"join-not-started", "the join '{0}' cannot be begun with: a token comes to it from a source",
     "lead to a state before the join",
     "không thể bắt đầu từ điểm nhập '{0}': luồng phải đến từ một nguồn",
     "hãy dẫn đến một trạng thái đứng trước điểm nhập"},
    {"cancel-holds-carrier", "`cancel` names '{0}', which holds '{1}', whose way this is",
     "lead the way out of '{0}' instead",
     "`cancel` nêu '{0}', là nơi chứa '{1}' của chính hướng đi này",
     "hãy dẫn hướng đi ra khỏi '{0}'"},
    {"cancel-holds-target", "`cancel` names '{0}', where the way leads",
     "name other states, or lead elsewhere", "`cancel` nêu '{0}', là nơi hướng đi dẫn đến",
     "hãy nêu trạng thái khác, hoặc dẫn đến nơi khác"},
    {"aside-is-left", "'{0}' is left by this way, which leads to '{1}' or ends it",
     "remove it from `cancel` and `also_start`",
     "hướng đi này rời khỏi '{0}' vì dẫn đến hoặc kết thúc '{1}'",
     "hãy bỏ nó khỏi `cancel` và `also_start`"},
    {"active-twice",
     "two tokens of the fork '{1}' can stand on '{0}' at once, and it is done twice",
     "join them before it, if once is meant",
     "hai luồng của fork '{1}' có thể cùng ở '{0}' và việc này được làm hai lần",
     "nếu chỉ muốn làm một lần, hãy nhập các luồng trước đó"},
}};

}  // namespace

std::span<const CatalogueEntry> tokens_catalogue() {
    return tokens_entries;
}

}  // namespace workflow::base
