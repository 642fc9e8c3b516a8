#include "definition/scalar_walk.hpp"

#include <algorithm>

#include "base/utf8.hpp"
#include "definition/source_text.hpp"

namespace workflow::definition {
namespace {

/// Bytes of the file that an escape of a double-quoted scalar spans (YAML 1.2, section 5.7).
std::size_t escape_length(std::string_view rest) {
    if (rest.size() < 2) return rest.size();
    const char letter = rest[1];
    const std::size_t digits = letter == 'x' ? 2 : letter == 'u' ? 4 : letter == 'U' ? 8 : 0;
    return std::min(2 + digits, rest.size());
}

class Walk {
public:
    Walk(std::string_view source, std::size_t start, std::string_view text)
        : source_(source),
          text_(text),
          at_(start),
          quote_(start > 0 && start <= source.size() ? source[start - 1] : ' ') {}

    std::size_t to(std::size_t offset) {
        while (passed_ < offset && passed_ < text_.size() && at_ < source_.size()) {
            if (!step()) break;
        }
        const bool is_visible = passed_ < text_.size() && !is_blank(text_[passed_]);
        if (is_visible) skip_blanks();
        return std::min(at_, source_.size());
    }

private:
    bool step() {
        if (is_blank(text_[passed_])) {
            if (is_escape()) return pass_escape();
            // White space of the file may have been folded into this, or left out.
            if (source_[at_] == text_[passed_]) ++at_;
            ++passed_;
            return true;
        }
        skip_blanks();
        if (is_escape()) return pass_escape();
        if (at_ >= source_.size() || source_[at_] != text_[passed_]) return false;
        const bool is_doubled = quote_ == '\'' && source_[at_] == '\'';
        at_ += is_doubled ? 2 : 1;
        ++passed_;
        return true;
    }

    [[nodiscard]] bool is_joint() const {
        return is_backslash() && at_ + 1 < source_.size() &&
               (source_[at_ + 1] == '\n' || source_[at_ + 1] == '\r');
    }
    [[nodiscard]] bool is_escape() const { return is_backslash() && !is_joint(); }
    [[nodiscard]] bool is_backslash() const {
        return quote_ == '"' && at_ < source_.size() && source_[at_] == '\\';
    }
    /// Whatever it is, it stands for one character of the text.
    bool pass_escape() {
        at_ += escape_length(source_.substr(at_));
        passed_ += std::max<std::size_t>(1, base::utf8_length(text_.substr(passed_)));
        return true;
    }
    /// A backslash at the end of a line joins it with the next one.
    void skip_blanks() {
        while (at_ < source_.size() && (is_blank(source_[at_]) || is_joint())) ++at_;
    }

    std::string_view source_;
    std::string_view text_;
    std::size_t at_;
    char quote_;
    std::size_t passed_ = 0;  ///< bytes of the text
};

}  // namespace

std::size_t walk_scalar(std::string_view source, std::size_t start, std::string_view text,
                        std::size_t offset) {
    std::size_t end = text.size();
    while (end > 0 && is_blank(text[end - 1])) --end;
    return Walk(source, start, text).to(std::min(offset, end));
}

}  // namespace workflow::definition
