#include "definition/flow_fault.hpp"

#include <algorithm>
#include <vector>

#include "definition/source_text.hpp"

namespace workflow::definition {
namespace {

constexpr std::size_t nowhere = std::string_view::npos;

/// Walks through the file's lines, and through what stands in brackets.
class FlowWalk {
public:
    explicit FlowWalk(std::string_view source) : source_(source) {}

    std::optional<FlowFault> find() {
        while (at_ < source_.size() && !fault_) walk_line();
        return fault_;
    }

private:
    /// An open bracket, and how far its present entry has come.
    struct Level {
        std::size_t opening;
        std::size_t entry = nowhere;  ///< where the value of the entry, or its key, begins
        bool has_colon = false;
        enum class Last : unsigned char { nothing, plain, quoted, bracket } last = Last::nothing;
    };

    [[nodiscard]] char here(std::size_t ahead = 0) const {
        return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\n';
    }
    [[nodiscard]] std::size_t end_of_line(std::size_t from) const {
        return std::min(source_.find('\n', from), source_.size());
    }
    void fail(const char* code, std::size_t offset) {
        if (!fault_) fault_ = FlowFault{code, offset};
    }

    void skip_blanks() {
        while (here() == ' ' && at_ < source_.size()) ++at_;
    }

    /// A line outside brackets: up to a bracket, a quote or a block of text that is its value.
    void walk_line() {
        const std::size_t start = at_;
        skip_blanks();
        while (here() == '-' && here(1) == ' ') {
            at_ += 2;
            skip_blanks();
        }
        if (!walk_value(start)) {
            const std::size_t end = end_of_line(at_);
            const std::size_t colon = source_.substr(0, end).find(": ", at_);
            if (here() != '#' && colon != nowhere) {
                at_ = colon + 2;
                skip_blanks();
                if (walk_value(start)) return;
            }
            at_ = end_of_line(at_) + 1;
        }
    }

    bool walk_value(std::size_t line) {
        if (here() == '{' || here() == '[') {
            walk_brackets(line);
            if (!fault_) expect_end_of_line("bracket-in-text");
            return true;
        }
        if (here() == '"' || here() == '\'') {
            const std::size_t opening = at_;
            if (!walk_quotes()) return true;
            if (here() == ':') return false;  // a key in quotes
            if (!expect_end_of_line("text-after-quote") && spans_lines(opening)) {
                fault_ = FlowFault{"unclosed-quote", opening};
            }
            return true;
        }
        if (here() == '|' || here() == '>') {
            skip_block(line);
            return true;
        }
        return false;
    }

    [[nodiscard]] bool spans_lines(std::size_t opening) const {
        return source_.substr(opening, at_ - opening).find('\n') != nowhere;
    }

    bool expect_end_of_line(const char* code) {
        skip_blanks();
        const bool ends = here() == '\n' || here() == '\r' || here() == '#' || here() == ':' ||
                          here() == '}' || here() == ']';
        if (!ends) fail(code, at_);
        if (ends) at_ = end_of_line(at_) + 1;
        return ends;
    }

    /// Lines indented deeper than that of the key are the text of `|` or `>`.
    void skip_block(std::size_t line) {
        const std::size_t depth = indentation(line);
        at_ = end_of_line(at_) + 1;
        while (at_ < source_.size()) {
            const bool blank = source_.find_first_not_of(" \r", at_) == end_of_line(at_);
            if (!blank && indentation(at_) <= depth) return;
            at_ = end_of_line(at_) + 1;
        }
    }

    [[nodiscard]] std::size_t indentation(std::size_t line) const {
        return std::min(source_.find_first_not_of(' ', line), source_.size()) - line;
    }

    /// Past the closing quote; false, with a fault, where there is none.
    bool walk_quotes() {
        const std::size_t opening = at_;
        const char quote = here();
        for (++at_; at_ < source_.size(); ++at_) {
            if (quote == '"' && here() == '\\') {
                ++at_;
            } else if (here() == quote) {
                if (quote != '\'' || here(1) != '\'') break;
                ++at_;
            }
        }
        if (at_ >= source_.size()) {
            fail("unclosed-quote", opening);
            return false;
        }
        ++at_;
        return true;
    }

    void walk_brackets(std::size_t line) {
        levels_.assign(1, {at_++});
        while (!levels_.empty() && !fault_) {
            if (at_ >= source_.size()) return fail("unclosed-bracket", levels_.back().opening);
            step(line);
        }
    }

    void step(std::size_t line) {
        Level& level = levels_.back();
        switch (here()) {
            case ' ':
            case '\t':
            case '\r':
                ++at_;
                return;
            case '\n':
                ++at_;
                if (begins_new_key(line)) fail("unclosed-bracket", level.opening);
                return;
            case ',':
                level = {level.opening};
                ++at_;
                return;
            case '{':
            case '[':
                if (level.last != Level::Last::nothing) return fail("bracket-in-text", at_);
                level.last = Level::Last::bracket;
                levels_.push_back({at_++});
                return;
            case '}':
            case ']':
                return close();
            case '#':
                if (is_blank(source_[at_ - 1])) {
                    at_ = end_of_line(at_);
                    return;
                }
                break;
            case ':':
                if (level.last != Level::Last::nothing) return colon(level);
                break;
            case '"':
            case '\'':
                if (level.last == Level::Last::nothing) return quoted(level);
                break;
            default:
                break;
        }
        plain(level);
    }

    void close() {
        const std::size_t opening = levels_.back().opening;
        if ((source_[opening] == '{') != (here() == '}')) return fail("unclosed-bracket", opening);
        levels_.pop_back();
        ++at_;
    }

    void colon(Level& level) {
        if (level.has_colon) return fail("colon-in-braces", level.entry);
        level = {level.opening, nowhere, true};
        ++at_;
    }

    void quoted(Level& level) {
        const std::size_t opening = at_;
        if (!walk_quotes()) return;
        level.last = Level::Last::quoted;
        level.entry = opening;
        std::size_t next = at_;
        while (next < source_.size() && is_blank(source_[next])) ++next;
        const bool fits =
            next >= source_.size() || std::string_view(",:]}#").find(source_[next]) != nowhere;
        if (fits) return;
        const bool several = spans_lines(opening);
        fail(several ? "unclosed-quote" : "text-after-quote", several ? opening : next);
    }

    /// A text without quotes, up to what ends it.
    void plain(Level& level) {
        if (level.last == Level::Last::bracket) return fail("bracket-in-text", at_);
        if (level.last == Level::Last::nothing) level.entry = at_;
        level.last = Level::Last::plain;
        for (; at_ < source_.size(); ++at_) {
            const char c = here();
            if (c == '?') return fail("question-mark-in-text", at_);
            if (std::string_view(",[]{}\n").find(c) != nowhere) return;
            if (c == '#' && is_blank(source_[at_ - 1])) return;
            if (c == ':' &&
                (is_blank(here(1)) || std::string_view(",[]{}").find(here(1)) != nowhere)) {
                return;
            }
        }
    }

    /// Whether a key of the lines around begins here: the bracket was meant to end before.
    [[nodiscard]] bool begins_new_key(std::size_t line) const {
        const std::size_t end = end_of_line(at_);
        const std::string_view text = source_.substr(at_, end - at_);
        const std::size_t first = text.find_first_not_of(' ');
        if (first == nowhere || first > indentation(line)) return false;
        const std::size_t colon = text.find(':');
        return colon != nowhere && (colon + 1 == text.size() || is_blank(text[colon + 1])) &&
               text.substr(0, colon).find_first_of(",[]{}\"'#") == nowhere;
    }

    std::string_view source_;
    std::size_t at_ = 0;
    std::vector<Level> levels_;
    std::optional<FlowFault> fault_;
};

}  // namespace

std::optional<FlowFault> find_flow_fault(std::string_view source) {
    return FlowWalk(source).find();
}

}  // namespace workflow::definition
