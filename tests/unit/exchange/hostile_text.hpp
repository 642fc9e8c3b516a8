// Titles that try to break out of a picture, and what a reader should see instead.
#pragma once

#include <array>
#include <string>

namespace workflow::testing {

struct HostileText {
    std::string text;
    std::string shown;
};

inline const std::array<HostileText, 22>& hostile_texts() {
    static const std::array<HostileText, 22> texts{{
        {R"(a "b" c)", R"(a "b" c)"},
        {R"(")", R"(")"},
        {"it's", "it's"},
        {"<b>x</b>", "<b>x</b>"},
        {"</TD></TR>", "</TD></TR>"},
        {"</svg>", "</svg>"},
        {"]]>", "]]>"},
        {"-->", "-->"},
        {"&amp;", "&amp;"},
        {"&#x41;", "&#x41;"},
        {"a & b", "a & b"},
        {R"(\N \G \l)", R"(\N \G \l)"},
        {R"(a\)", R"(a\)"},
        {R"(\" ])", R"(\" ])"},
        {"a\nb\r\nc", "a b c"},
        {"a\x01z", "a\xef\xbf\xbdz"},
        {"\x1b[31m", "\xef\xbf\xbd[31m"},
        {"bad \xff byte", "bad \xef\xbf\xbd byte"},
        {std::string("a\0z", 3), "a\xef\xbf\xbdz"},
        {"\xe2\x80\xae"
         "abc",
         "\xef\xbf\xbd"
         "abc"},
        {"}; a -> b;", "}; a -> b;"},
        {"%% #quot; `x`", "%% #quot; `x`"},
    }};
    return texts;
}

}  // namespace workflow::testing
