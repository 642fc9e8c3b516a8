#include "exchange/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace workflow::exchange {
namespace {

struct Entry {
    std::string_view english;
    std::string_view vietnamese;
};

constexpr std::array<Entry, static_cast<std::size_t>(Word::count_of_word)> words{{
    {"otherwise", "trường hợp khác"},
    {"now here", "đang ở đây"},
    {"late", "quá hạn"},
    {"for each", "lặp lại cho từng"},
    {"for each of:", "lặp lại theo:"},
    {"side by side", "thực hiện song song"},
    {"limit set case by case", "thời hạn tùy trường hợp"},
    {"after a time set case by case", "sau thời gian tùy trường hợp"},
    {"until a fixed date", "đến ngày ấn định"},
    {"until", "đến"},
    {"reminder", "nhắc"},
    {"when due", "khi đến hạn"},
    {"also starts", "đồng thời mở"},
    {"withdraws", "rút lại"},
    {"service", "dịch vụ"},
    {"calls", "gọi quy trình"},
    {"also possible", "cũng có thể"},
    {"tells", "báo"},
    {"may act, too", "cũng được xử lý"},
    {"sends", "gửi"},
    {"more time", "thêm thời hạn"},
    {"recorded", "ghi nhận"},
    {"begins again", "bắt đầu lại"},
    {"if", "nếu"},
    {"waits until", "chờ đến khi"},
    {"error", "lỗi"},
    {"other error", "lỗi khác"},
    {"variant", "phương án"},
    {"longest way to", "đường găng đến"},
}};

std::string_view vietnamese_unit(Unit unit) {
    switch (unit) {
        case Unit::working_days:
            return "ngày làm việc";
        case Unit::working_hours:
            return "giờ làm việc";
        case Unit::days:
            return "ngày";
        case Unit::hours:
            return "giờ";
        case Unit::minutes:
            return "phút";
        case Unit::weeks:
            return "tuần";
        case Unit::months:
            return "tháng";
        case Unit::years:
            return "năm";
    }
    return {};
}

bool is_vietnamese(std::string_view language) {
    return language == "vi";
}

std::string times_text(std::uint32_t times, bool vietnamese) {
    return times > 1 ? fmt::format(fmt::runtime(vietnamese ? ", {} lần" : ", {} times"), times)
                     : std::string();
}

}  // namespace

std::string_view word(Word word, std::string_view language) {
    const Entry& entry = words[static_cast<std::size_t>(word)];
    return is_vietnamese(language) ? entry.vietnamese : entry.english;
}

std::string limit_text(Limit limit, std::string_view language) {
    if (!is_vietnamese(language)) return to_string(limit);
    return fmt::format("{} {}", limit.count, vietnamese_unit(limit.unit));
}

std::string timer_text(Limit limit, std::uint32_t times, std::string_view language) {
    const bool vietnamese = is_vietnamese(language);
    const std::string length = limit_text(limit, language);
    if (times == 1) return (vietnamese ? "sau " : "after ") + length;
    return (vietnamese ? "cứ mỗi " : "every ") + length + times_text(times, vietnamese);
}

std::string recurring_text(const RecurringDate& rule, std::string_view language) {
    using Kind = RecurringDate::Kind;
    const bool vietnamese = is_vietnamese(language);
    const auto entry = [&](const Entry& one) { return vietnamese ? one.vietnamese : one.english; };
    constexpr std::array<std::string_view, 12> months{
        "January", "February", "March",     "April",   "May",      "June",
        "July",    "August",   "September", "October", "November", "December"};
    switch (rule.kind) {
        case Kind::yearly:
            return vietnamese ? fmt::format("hằng năm, ngày {:02}/{:02}", rule.day, rule.month)
                              : fmt::format("every {} {}", rule.day, months[rule.month - 1]);
        case Kind::weekly: {
            constexpr std::array<Entry, 7> days{{{"Sunday", "chủ nhật"},
                                                 {"Monday", "thứ hai"},
                                                 {"Tuesday", "thứ ba"},
                                                 {"Wednesday", "thứ tư"},
                                                 {"Thursday", "thứ năm"},
                                                 {"Friday", "thứ sáu"},
                                                 {"Saturday", "thứ bảy"}}};
            return fmt::format(fmt::runtime(vietnamese ? "{} hằng tuần" : "every {}"),
                               entry(days[rule.weekday]));
        }
        case Kind::first:
        case Kind::last: {
            constexpr std::array<Entry, 4> periods{
                {{"week", "tuần"}, {"month", "tháng"}, {"quarter", "quý"}, {"year", "năm"}}};
            const auto period = entry(periods[static_cast<std::size_t>(rule.period)]);
            const bool first = rule.kind == Kind::first;
            if (!vietnamese) {
                return fmt::format("every {} {}day of the {}", first ? "first" : "last",
                                   rule.working ? "working " : "", period);
            }
            return fmt::format("ngày {}{} của mỗi {}", rule.working ? "làm việc " : "",
                               first ? "đầu tiên" : "cuối cùng", period);
        }
    }
    return {};
}

std::string message_text(const std::string& title, std::string_view language) {
    return (is_vietnamese(language) ? "nhận: " : "on: ") + title;
}

std::string moment_text(const procedure::Moment& moment, std::string_view language) {
    using Kind = procedure::Moment::Kind;
    const bool vietnamese = is_vietnamese(language);
    const std::string distance = limit_text(moment.distance, language);
    switch (moment.kind) {
        case Kind::before:
            return vietnamese ? "trước hạn " + distance : distance + " before due";
        case Kind::share:
            return fmt::format(fmt::runtime(vietnamese ? "đã dùng {} % thời hạn" : "{} % used"),
                               moment.percent);
        case Kind::due:
            return std::string(word(Word::when_due, language));
        case Kind::after:
            return vietnamese ? "quá hạn " + distance : distance + " after due";
        case Kind::every_after:
            return fmt::format(
                       fmt::runtime(vietnamese ? "cứ mỗi {} sau hạn" : "every {} after due"),
                       distance) +
                   times_text(moment.way.times, vietnamese);
        case Kind::recurring:
            return recurring_text(moment.rule, language);
    }
    return {};
}

std::string join_text(const procedure::Join& join, std::string_view language) {
    using Rule = procedure::Join::Rule;
    const bool vietnamese = is_vietnamese(language);
    switch (join.rule) {
        case Rule::all:
            return vietnamese ? "chờ tất cả" : "waits for all";
        case Rule::count:
            return (vietnamese ? "chờ " : "waits for ") + std::to_string(join.count);
        case Rule::condition:
            return (vietnamese ? "chờ đến khi " : "waits until ") +
                   (join.condition ? join.condition->expression.source() : std::string());
        case Rule::inclusive:
            return vietnamese ? "chờ mọi luồng còn có thể đến" : "waits for whoever can still come";
    }
    return {};
}

std::string door_text(const std::string& door, std::string_view language) {
    return (is_vietnamese(language) ? "lần lượt từng việc: " : "one at a time: ") +
           words_of_id(door);
}

std::string title_text(const Text& title, const std::string& id, std::string_view language) {
    const std::string& text = title.in(language);
    if (text.find_first_not_of(" \t\r\n") != std::string::npos) return text;
    return words_of_id(id);
}

std::string words_of_id(const std::string& id) {
    std::string text = id;
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

}  // namespace workflow::exchange
