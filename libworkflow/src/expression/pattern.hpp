// CEL's matches(): a regular expression in RE2's syntax, compiled once.
//
// RE2 and not std::regex nor PCRE, because it runs as a finite automaton: a match takes time linear
// in its text whatever the pattern is, and memory that is bounded beforehand. Others backtrack: to
// them, `(a+)+b` on thirty letters `a` is the work of minutes. It is also the syntax that the
// specification of CEL asks for. The price is that there are no back-references and no look-around.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

namespace re2 {
class RE2;
}

namespace workflow::expression {

/// Immutable; may be shared between threads. Neither compiling nor matching writes to a log.
class Pattern {
public:
    /// `source`: UTF-8, up to limits::pattern_bytes_max bytes, that compiles within
    /// limits::pattern_memory_max. Else the reason, in English and in RE2's words, with the part of
    /// `source` that is wrong as it stands there: control characters included.
    [[nodiscard]] static std::variant<std::shared_ptr<const Pattern>, std::string> compile(
        std::string_view source);
    ~Pattern();
    Pattern(const Pattern&) = delete;
    Pattern& operator=(const Pattern&) = delete;

    /// Whether any part of `text`, which is UTF-8, matches. Linear in the size of `text`.
    [[nodiscard]] bool matches(std::string_view text) const;

private:
    explicit Pattern(std::unique_ptr<const re2::RE2> compiled);
    std::unique_ptr<const re2::RE2> compiled_;
};

}  // namespace workflow::expression
