#include "definition/moment_reader.hpp"

#include <charconv>

#include "definition/way_reader.hpp"

namespace workflow::definition {
namespace {

using procedure::Moment;

bool take_front(std::string_view& text, std::string_view word) {
    if (text.substr(0, word.size()) != word) return false;
    text.remove_prefix(word.size());
    return true;
}

bool take_back(std::string_view& text, std::string_view word) {
    if (text.size() < word.size() || text.substr(text.size() - word.size()) != word) return false;
    text.remove_suffix(word.size());
    return true;
}

bool is_in_months(std::string_view text) {
    const auto limit = parse_limit(text);
    return limit && (limit->unit == Unit::months || limit->unit == Unit::years);
}

std::optional<Moment> parse_share(std::string_view text) {
    std::uint32_t percent = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, percent);
    if (error != std::errc{} || stop != end || percent < 1 || percent > 100) return std::nullopt;
    Moment moment;
    moment.kind = Moment::Kind::share;
    moment.percent = percent;
    return moment;
}

std::optional<Moment> parse_moment(std::string_view text) {
    Moment moment;
    if (text == "due") return moment;
    if (take_back(text, "%")) return parse_share(text);
    if (take_back(text, " before")) {
        moment.kind = Moment::Kind::before;
        if (is_in_months(text)) return std::nullopt;  // nobody can say which day that is
    } else if (take_back(text, " after")) {
        moment.kind = take_front(text, "every ") ? Moment::Kind::every_after : Moment::Kind::after;
    } else if (take_front(text, "every ")) {
        const auto rule = parse_recurring(text);
        if (!rule) return std::nullopt;
        moment.kind = Moment::Kind::recurring;
        moment.rule = *rule;
        return moment;
    } else {
        return std::nullopt;
    }
    const std::optional<Limit> distance = parse_limit(text);
    if (!distance || distance->count == 0) return std::nullopt;
    moment.distance = *distance;
    return moment;
}

}  // namespace

std::vector<Moment> read_moments(Draft& draft, const Node& node, procedure::StateIndex owner) {
    std::vector<Moment> moments;
    if (!expect_mapping(draft.findings, node)) return moments;
    for (const Entry& entry : node.entries) {
        std::optional<Moment> moment = parse_moment(entry.key->text);
        procedure::Way way = read_way(draft, *entry.value, {owner, Trigger::moment});
        if (!moment) {
            std::string_view text = entry.key->text;
            const bool months = take_back(text, " before") && is_in_months(text);
            draft.findings.error(*entry.key, months ? "months-before" : "not-a-moment",
                                 {entry.key->text});
            continue;
        }
        const Node* times = entry.value->find("times");
        if (moment->kind == Moment::Kind::every_after) {
            if (times == nullptr) way.times = 0;  // as long as the clock runs
        } else if (times != nullptr) {
            draft.findings.error(*times, "times-not-here");
        }
        moment->label = entry.key->text;
        moment->place = draft.findings.place(*entry.key);
        moment->way = std::move(way);
        moments.push_back(std::move(*moment));
    }
    return moments;
}

}  // namespace workflow::definition
