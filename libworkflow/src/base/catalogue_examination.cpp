#include <array>

#include "base/catalogue.hpp"

namespace workflow::base {
namespace {

constexpr std::array<CatalogueEntry, 11> examination_entries{{
    {"total-exceeded", "{0} come to {1}, and the total is {2}",
     "shorten one of these limits, or mend the total", "{0} cộng lại là {1}, trong khi tổng là {2}",
     "hãy rút ngắn một trong các thời hạn này, hoặc sửa tổng"},
    {"total-exceeded-in-variant", "in the variant '{3}' {0} come to {1}, and the total is {2}",
     "shorten one of these limits, or set the total in the variant, too",
     "trong phương án '{3}', {0} cộng lại là {1}, trong khi tổng là {2}",
     "hãy rút ngắn một trong các thời hạn này, hoặc đặt cả tổng trong phương án"},
    {"total-not-fixed", "the total depends on more than parameters",
     "write a limit such as `45 working days`, or the name of a parameter",
     "tổng phụ thuộc vào nhiều thứ hơn là tham số",
     "hãy viết một thời hạn như `45 working days`, hoặc tên một tham số"},
    {"total-not-sure",
     "there are more paths than can be followed: one of them may come to more than the total",
     "let fewer actions have `at_most`, or a smaller one",
     "có nhiều đường đi hơn mức có thể duyệt hết: một trong số đó có thể vượt quá tổng",
     "hãy dùng at_most ở ít thao tác hơn, hoặc với số nhỏ hơn"},
    {"guard-never-true", "the condition `{0}` holds in no case", "mend it, or remove its way",
     "điều kiện `{0}` không đúng trong trường hợp nào", "hãy sửa nó, hoặc xóa hướng đi của nó"},
    {"guard-gap", "with {0} nobody can leave '{1}': no condition of its ways holds",
     "add a way for this case, or one without a condition",
     "với {0} không ai rời được '{1}': không điều kiện nào của các hướng đi đúng",
     "hãy thêm một hướng đi cho trường hợp này, hoặc một hướng không có điều kiện"},
    {"four-eyes-impossible",
     "'{0}' is left to who finished '{1}', and forbidden to who finished '{1}': nobody can do it",
     "keep same_as or not_by",
     "'{0}' chỉ dành cho người đã làm '{1}', lại cấm người đã làm '{1}': "
     "không ai thực hiện được",
     "hãy giữ same_as hoặc not_by"},
    {"limit-longer-than-outer", "clock '{0}' has {1}, and '{2}' around it only {3}",
     "shorten the inner limit, or lengthen the outer one",
     "thời hạn '{0}' là {1}, trong khi '{2}' bao quanh nó chỉ là {3}",
     "hãy rút ngắn thời hạn bên trong, hoặc kéo dài thời hạn bên ngoài"},
    {"read-before-set", "'{0}' is read in '{1}', and no way to there sets it",
     "ask for it in an action before, give it a default, or declare it optional",
     "'{0}' được đọc tại '{1}', nhưng không hướng đi nào dẫn đến đó gán giá trị cho nó",
     "hãy yêu cầu nhập nó trong một thao tác trước đó, đặt giá trị mặc định, hoặc khai báo "
     "optional"},
    {"join-starves", "the join '{0}' can wait for ever: nothing comes from {1} any more",
     "lead every way of the fork to it, or let it wait for fewer",
     "điểm hợp '{0}' có thể chờ mãi: không còn gì đến từ {1}",
     "hãy dẫn mọi hướng của điểm rẽ đến đó, hoặc để nó chờ ít hơn"},
    {"tokens-without-end", "going round leaves one more on '{0}' each time, without end",
     "let what parts meet in a join before the way leads back, or withdraw it with cancel",
     "mỗi lần quay vòng lại để thêm một lượt ở '{0}', không có giới hạn",
     "hãy cho các nhánh gặp nhau ở điểm hợp trước khi quay lại, hoặc rút chúng bằng cancel"},
}};

}  // namespace

std::span<const CatalogueEntry> examination_catalogue() {
    return examination_entries;
}

}  // namespace workflow::base
