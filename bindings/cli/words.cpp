#include "words.hpp"

#include <array>

namespace workflow::cli {

std::string_view weekday_name(std::chrono::local_days day, std::string_view language) {
    static constexpr std::array<Word, 7> names{{{"Sunday", "Chủ nhật"},
                                                {"Monday", "thứ Hai"},
                                                {"Tuesday", "thứ Ba"},
                                                {"Wednesday", "thứ Tư"},
                                                {"Thursday", "thứ Năm"},
                                                {"Friday", "thứ Sáu"},
                                                {"Saturday", "thứ Bảy"}}};
    return names[std::chrono::weekday(day).c_encoding()].in(language);
}

}  // namespace workflow::cli
