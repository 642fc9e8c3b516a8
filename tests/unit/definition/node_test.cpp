#include "definition/node.hpp"

#include <catch2/catch.hpp>

#include "workflow/limits.hpp"

using namespace workflow;
using definition::Document;
using definition::Node;

namespace {

struct Fault {
    const char* yaml;
    const char* code;
    std::uint32_t line;
    std::uint32_t column;
};

/// The first finding of `yaml`, or one with an empty code.
Diagnostic fault_of(std::string_view yaml) {
    Diagnostics diagnostics;
    const auto document = Document::parse(yaml, "p.yaml", diagnostics);
    CHECK((document == nullptr) == has_errors(diagnostics));
    return diagnostics.empty() ? Diagnostic{} : diagnostics.front();
}

std::string repeat(std::string_view text, std::size_t times) {
    std::string result;
    for (std::size_t i = 0; i < times; ++i) result += text;
    return result;
}

std::pair<std::uint32_t, std::uint32_t> line_and_column(const Diagnostic& found) {
    return {found.place.line, found.place.column};
}

/// A list of `count` nodes below the root, which is one more.
std::string list_of(std::size_t count) {
    return "[" + repeat("a,", count) + "]";
}

}  // namespace

TEST_CASE("a malformed file gives one finding at its place") {
    const std::vector<Fault> faults{
        {"", "empty-file", 0, 0},
        {"# only a comment\n", "empty-file", 0, 0},
        {"---\n", "empty-file", 0, 0},
        {"a: 1\n---\nb: 2\n", "several-documents", 2, 1},
        {"a: 1\n...\nb: 2\n", "several-documents", 3, 1},
        {"a: [1, 2\nb: 3\n", "unclosed-bracket", 1, 4},
        {"a: {b: 1\n", "unclosed-bracket", 1, 4},
        {"a: [{b: 1]\nc: 2\n", "unclosed-bracket", 1, 5},
        {"a: {b: c: d}\n", "colon-in-braces", 1, 8},
        {"a: {b: c; d: e}\n", "colon-in-braces", 1, 8},
        {"a: {b: {c} d}\n", "bracket-in-text", 1, 12},
        {"a: {b: [c] d: e}\n", "bracket-in-text", 1, 12},
        {"a: {b: \"c\" d}\n", "text-after-quote", 1, 12},
        {"a: {b: is it so?, c: d}\n", "question-mark-in-text", 1, 16},
        {"a: {b: 'c}\nd: {e: 'f'}\n", "unclosed-quote", 1, 8},
        {"a: {b: 1} # c: {\nd: {e: f: g}\n", "colon-in-braces", 2, 8},
        {"a: |\n  {b: c: d}\ne: {f: g: h}\n", "colon-in-braces", 3, 8},
        {"a: b\n c: d\n", "bad-indentation", 2, 2},
        {"a:\n  b c\n  d: e\n", "missing-colon", 2, 3},
        {"a:\n  -{b: c, d: e}\n", "dash-without-blank", 2, 3},
        {" a: 1\nb: 2\n", "bad-indentation", 2, 1},
        {"a:\n  b:\n    c: 1\nd:\n    e: 1\n  f:\n    g: 1\n", "bad-indentation", 4, 1},
        {"a: 1]\nb: ]\n", "unopened-bracket", 2, 4},
        {"a: 'x\nb: 1\n", "unclosed-quote", 1, 4},
        {"a: \"x\n", "unclosed-quote", 1, 4},
        {"[a, [b, c]\n", "unclosed-bracket", 1, 1},
        {"a: \"x\\q\"\n", "bad-escape", 1, 8},
        {"a: b: c\n", "colon-in-text", 1, 5},
        {"a:\n    b: 1\n  c: 2\n", "bad-indentation", 3, 3},
        {"a: 1\n- b\n", "bad-indentation", 2, 1},
        {"a:\n\tb: 1\n", "tab-indentation", 2, 1},
        {"a:\n  b: 1\n \tc: 1\n", "tab-indentation", 3, 2},
        {"a: @x\n", "reserved-character", 1, 4},
        {"a: *b\n", "unknown-alias", 1, 4},
        {"a: &a [*a]\n", "alias-of-itself", 1, 8},
        {"a: !mine x\n", "custom-tag", 1, 4},
        {"a: !!str x\n", "custom-tag", 1, 4},
        {"a: !<tag:x> {}\n", "custom-tag", 1, 4},
        {"? [a]\n: b\n", "key-not-a-text", 1, 3},
        {"{a: b, [c]: d}\n", "key-not-a-text", 1, 8},
        {"a: 1\n~: 2\n", "key-not-a-text", 2, 1},
        {"a: 1\nbé: 2\na: 3\n", "duplicate-key", 3, 1},
        {"é: {á: 1, \"á\": 2}\n", "duplicate-key", 1, 11},
        {"a: \xff\n", "invalid-utf8", 1, 4},
        {"a: é\xc3\n", "invalid-utf8", 1, 5},
        {"a: \xed\xa0\x80\n", "invalid-utf8", 1, 4},
    };
    for (const Fault& fault : faults) {
        CAPTURE(fault.yaml);
        const Diagnostic found = fault_of(fault.yaml);
        CHECK(found.code == fault.code);
        CHECK(line_and_column(found) == std::pair(fault.line, fault.column));
        CHECK(found.message("en") != found.message("vi"));
        CHECK_FALSE(found.mend("vi").empty());
    }
    const Diagnostic nul = fault_of(std::string_view("a: x\0y\n", 7));
    CHECK(nul.code == "nul-byte");
    CHECK(nul.place == Place{"p.yaml", 1, 5});
}

TEST_CASE("a duplicate key names both places, and all duplicates are found") {
    Diagnostics diagnostics;
    CHECK(Document::parse("a: 1\nb: 2\na: 3\nb: 4\n", "p.yaml", diagnostics) == nullptr);
    REQUIRE(diagnostics.size() == 2);
    CHECK(to_string(diagnostics[0]) ==
          "p.yaml:3:1: error[duplicate-key]: 'a' stands here a second time, first at 1:1; keep one "
          "of them");
    CHECK(diagnostics[1].arguments == std::vector<std::string>{"b", "2:1"});
}

TEST_CASE("a hundred thousand open brackets are refused at the first that is too deep") {
    for (const char* bracket : {"[", "{a: ", "- ", "? "}) {
        CAPTURE(bracket);
        const std::string yaml = repeat(bracket, 100'000);
        const Diagnostic found = fault_of(yaml);
        const std::size_t width = std::string_view(bracket).size();
        if (*bracket == '?') {
            CHECK(found.code == "key-not-a-text");
            continue;
        }
        CHECK(found.code == "too-deep");
        CHECK(found.place.line == 1);
        CHECK(found.place.column == limits::yaml_depth_max * width + 1);
    }
}

TEST_CASE("the deepest allowed file is read, one level more is not") {
    const auto nested = [](std::size_t depth) { return repeat("[", depth) + repeat("]", depth); };
    CHECK(fault_of(nested(limits::yaml_depth_max)).code.empty());
    CHECK(fault_of(nested(limits::yaml_depth_max + 1)).code == "too-deep");
}

TEST_CASE("the largest allowed file is read, one byte more is not") {
    std::string yaml = "a: 1 #";
    yaml.resize(limits::definition_bytes_max, '#');
    CHECK(fault_of(yaml).code.empty());
    yaml += '#';
    CHECK(fault_of(yaml).code == "file-too-large");
    CHECK(fault_of(std::string(100'000'000, 'a')).code == "file-too-large");
}

TEST_CASE("as many nodes as allowed are read, one more is not") {
    CHECK(fault_of(list_of(limits::yaml_nodes_max - 1)).code.empty());
    CHECK(fault_of(list_of(limits::yaml_nodes_max)).code == "too-many-nodes");
}

TEST_CASE("an alias bomb is refused where it grows too large") {
    std::string yaml = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 30; ++i) {
        const std::string before = "*a" + std::to_string(i - 1);
        const std::string name = "a" + std::to_string(i);
        yaml += name + ": &" + name + " [" + repeat(before + ", ", 9) + before + "]\n";
    }
    const Diagnostic found = fault_of(yaml);
    CHECK(found.code == "too-many-nodes");
    CHECK(found.place.line == 6);  // the fifth list of ten times the one before passes 200,000
}

TEST_CASE("a tree keeps order, kinds, quotes and places in characters") {
    Diagnostics diagnostics;
    const auto document = Document::parse(
        "\xef\xbb\xbf"
        "title: {vi: \"Vụ, Cục\", en: Units}\n"
        "list:\n  - on\n  - '1'\n  - ~\nsame: &s [x]\nagain: *s\n",
        "p.yaml", diagnostics);
    REQUIRE(document);
    const Node& root = document->root();
    REQUIRE(root.entries.size() == 4);
    const Node& title = *root.find("title");
    CHECK(title.flow);
    CHECK(title.find("vi")->text == "Vụ, Cục");
    CHECK(title.find("vi")->quoted);
    CHECK(document->place(*title.entries[1].key) == Place{"p.yaml", 1, 24});
    const Node& list = *root.find("list");
    CHECK_FALSE(list.flow);
    CHECK(list.items[0]->text == "on");
    CHECK_FALSE(list.items[0]->quoted);
    CHECK(list.items[1]->quoted);
    CHECK(list.items[2]->is_null());
    CHECK(root.find("again") == root.find("same"));
    CHECK(root.find("nothing") == nullptr);
}

TEST_CASE("a byte of a scalar is found again in its line, fold or block") {
    Diagnostics diagnostics;
    const std::string yaml =
        "plain: é + x\n"
        "single: 'a ''b'' c'\n"
        "double: \"é + y\"\n"
        "folded: >-\n  one +\n  two\n"
        "literal: |\n  one +\n  two\n"
        "several: one +\n  two\n"
        "hex: \"'\\x41' + y\"\n"
        "unicode: \"\\u00e9\\U0001F600 + y\"\n"
        "spaces: \"a\\_b\\N\\L + y\"\n"
        "newline: \"a\\nn + y\"\n"
        "quotes: \"\\\"a\\\" + \\\\ y\"\n"
        "joined: \"a + \\\n    y\"\n"
        "doubled: '''a'' + y'\n";
    const auto document = Document::parse(yaml, "p.yaml", diagnostics);
    REQUIRE(document);
    struct Expected {
        const char* key;
        const char* word;
        std::uint32_t line;
        std::uint32_t column;
    };
    for (const Expected& expected : std::vector<Expected>{{"plain", "x", 1, 12},
                                                          {"single", "c", 2, 18},
                                                          {"double", "y", 3, 14},
                                                          {"folded", "two", 6, 3},
                                                          {"literal", "two", 9, 3},
                                                          {"several", "two", 11, 3},
                                                          {"hex", "y", 12, 16},
                                                          {"unicode", "y", 13, 30},
                                                          {"spaces", "y", 14, 21},
                                                          {"newline", "y", 15, 18},
                                                          {"quotes", "y", 16, 21},
                                                          {"joined", "y", 18, 5},
                                                          {"doubled", "y", 19, 19}}) {
        CAPTURE(expected.key);
        const Node& scalar = *document->root().find(expected.key);
        CHECK(document->place(scalar, scalar.text.find(expected.word)) ==
              Place{"p.yaml", expected.line, expected.column});
    }
}

TEST_CASE("what is missing at the end of a scalar is missing behind its last visible character") {
    Diagnostics diagnostics;
    const auto document =
        Document::parse("folded: >\n  one +\n\nquoted: \"one + \"\n", "p.yaml", diagnostics);
    REQUIRE(document);
    const Node& folded = *document->root().find("folded");
    CHECK(document->place(folded, folded.text.size()) == Place{"p.yaml", 2, 8});
    const Node& quoted = *document->root().find("quoted");
    CHECK(document->place(quoted, quoted.text.size()) == Place{"p.yaml", 4, 15});
}
