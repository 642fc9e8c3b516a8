#include "expression/pattern.hpp"

#include <catch2/catch.hpp>

#include "workflow/limits.hpp"

using workflow::expression::Pattern;
namespace limits = workflow::limits;

namespace {

/// Fails the test where `source` is refused.
std::shared_ptr<const Pattern> compiled(std::string_view source) {
    auto result = Pattern::compile(source);
    if (const auto* reason = std::get_if<std::string>(&result)) FAIL(*reason);
    return std::get<0>(result);
}
/// Empty where it is not refused.
std::string refusal(std::string_view source) {
    const auto result = Pattern::compile(source);
    const auto* reason = std::get_if<std::string>(&result);
    return reason == nullptr ? "" : *reason;
}
std::string repeated(std::string_view part, std::size_t count) {
    std::string result;
    for (std::size_t i = 0; i < count; ++i) result += part;
    return result;
}

}  // namespace

TEST_CASE("a pattern matches where any part of the text does") {
    struct Row {
        const char* pattern;
        const char* text;
        bool expected;
    };
    for (const auto& [pattern, text, expected] : std::initializer_list<Row>{
             {"ubb", "hubba", true},
             {"^ubb", "hubba", false},
             {"^hub", "hubba", true},
             {"ba$", "hubba", true},
             {"hub$", "hubba", false},
             {"^hubba$", "hubba", true},
             {"^hubba$", "hubba\n", false},
             {"^b", "a\nb", false},
             {"(?m)^b", "a\nb", true},
             {"a.b", "a\nb", false},
             {"(?s)a.b", "a\nb", true},
             {"HUB", "hubba", false},
             {"(?i)HUB", "hubba", true},
             {"", "", true},
             {"", "anything", true},
             {"^$", "", true},
             {"^$", "a", false},
             {"a", "", false},
             {"a|", "b", true},
             {"^(a|b)+$", "abba", true},
             {"^(?:a|b)+$", "abca", false},
             {"^(?P<year>[0-9]{4})-[0-9]{2}$", "2017-06", true},
             {"^[0-9]{13}$", "0100109106001", true},
             {"^[0-9]{13}$", "010010910600", false},
             {"^\\d+/\\w+-[A-Z]{2}$", "61/ND-CP", true},
             {"\\.", "a", false},
             {"^.$", "Đ", true},
             {"^..$", "Đ", false},
             {"^.$", "😀", true},
             {"^\\p{Lu}", "Đề án", true},
             {"^\\p{Lu}", "đề án", false},
             {"^Đề [áà]n$", "Đề án", true},
             {"(?i)^đề án$", "ĐỀ ÁN", true},
             {"^\\x{1EC1}$", "ề", true},
             {"^[^a]$", "ề", true},
             {"^\\w+$", "Đ", false},
         }) {
        CAPTURE(pattern, text);
        CHECK(compiled(pattern)->matches(text) == expected);
    }
    CHECK(compiled("b")->matches(std::string_view("a\0b", 3)));
    CHECK(compiled(std::string_view("^a\0b$", 5))->matches(std::string_view("a\0b", 3)));
    CHECK_FALSE(
        compiled("^a.b$")->matches("a\xff"
                                   "b"));
}

TEST_CASE("a pattern that is none is refused with RE2's reason") {
    struct Row {
        const char* pattern;
        const char* reason;
    };
    for (const auto& [pattern, reason] : std::initializer_list<Row>{
             {"(abc", "missing ): (abc"},
             {"abc)", "unexpected ): abc)"},
             {"[a-z", "missing ]: [a-z"},
             {"*a", "no argument for repetition operator: *"},
             {"a**", "bad repetition operator: **"},
             {"a{1001}", "invalid repetition size: {1001}"},
             {"(a{1000}){1000}", "invalid repetition size: {1000}"},
             {"[z-a]", "invalid character class range: z-a"},
             {"a\\", "trailing \\"},
             {"\\8", "invalid escape sequence: \\8"},
             {"(a)\\1", "invalid escape sequence: \\1"},
             {"a(?=b)", "invalid perl operator: (?="},
             {"(?<!a)b", "invalid perl operator: (?<"},
             {"\\p{Klingon}", "invalid character class range: \\p{Klingon}"},
             {"(?P<n!>a)", "invalid named capture group: (?P<n!>"},
             {"\xff", "invalid UTF-8"},
         }) {
        CAPTURE(pattern);
        CHECK(refusal(pattern) == reason);
    }
}

TEST_CASE("a match takes linear time whatever the pattern is") {
    const std::string letters(100'000, 'a');
    // Each of these takes a backtracking engine time beyond all bounds.
    for (const char* pattern : {"(a+)+b", "^(a+)+$b", "^(a|a)*$b", "(a*)*b", "(.*)(.*)(.*)(.*)b$",
                                "^(([a-z])+.)+[A-Z]([a-z])+$", "(x+x+)+y|(a|aa)+b"}) {
        CAPTURE(pattern);
        CHECK_FALSE(compiled(pattern)->matches(letters));
    }
    CHECK(compiled("(a+)+b")->matches(letters + "b"));
    CHECK(compiled(repeated("a?", 100) + repeated("a", 100))->matches(letters));
    CHECK_FALSE(compiled(repeated("a?", 100) + repeated("a", 100) + "b")->matches(letters));
}

TEST_CASE("a pattern has a length that it may not exceed") {
    CHECK(limits::pattern_bytes_max == 1'000);
    const std::string longest(1'000, 'a');
    CHECK(compiled(longest)->matches(longest));
    CHECK(refusal(longest + "a") == "longer than 1000 bytes");
    // Bytes and not characters.
    CHECK(compiled(repeated("Đ", 500))->matches(repeated("Đ", 500)));
    CHECK(refusal(repeated("Đ", 500) + "a") == "longer than 1000 bytes");
}

TEST_CASE("a pattern has memory that it may not exceed") {
    CHECK(limits::pattern_memory_max == 1024 * 1024);
    CHECK(compiled("^a{1000}$")->matches(std::string(1'000, 'a')));
    CHECK_FALSE(compiled("^a{1000}$")->matches(std::string(999, 'a')));
    // All letters of Unicode are some hundred ranges of bytes, fifty times over.
    CHECK(compiled("^\\pL{50}$")->matches(repeated("Đ", 50)));
    CHECK(refusal("^\\pL{60}$") == "pattern too large - compile failed");
}

TEST_CASE("a pattern whose automaton outgrows its memory still answers") {
    // The letter 'b' fourteen places before a 'c': a deterministic automaton has 2^14 states to
    // remember which of the last letters were 'b', more than fit into its memory.
    const auto pattern = compiled("b[ab]{13}c");
    std::string text;
    unsigned state = 1;
    for (int i = 0; i < 100'000; ++i) {
        state = state * 1'664'525U + 1'013'904'223U;
        text += state >> 31U == 0 ? 'a' : 'b';
    }
    CHECK_FALSE(pattern->matches(text));
    CHECK(pattern->matches(text + "b" + std::string(13, 'a') + "c"));
    CHECK_FALSE(pattern->matches(text + std::string(14, 'a') + "c"));
}
