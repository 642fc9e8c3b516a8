#include "workflow/diagnostic.hpp"

#include <catch2/catch.hpp>

#include "base/utf8.hpp"
#include "workflow/digest.hpp"
#include "workflow/type.hpp"
#include "workflow/value.hpp"

using namespace workflow;

TEST_CASE("the nearest name is found, and none where nothing is near") {
    const std::vector<std::string> names{"working_days", "weekly", "time_zone"};
    CHECK(nearest("workingdays", names) == "working_days");
    CHECK(nearest("timezone", names) == "time_zone");
    CHECK(nearest("titel", {"data", "title"}) == "title");
    CHECK(nearest("xyz", names).empty());
    CHECK(nearest("sal", {"sla", "source"}) == "sla");
    CHECK(nearest("SLA", {"sla", "source"}) == "sla");
    CHECK(nearest("taks", {"task", "title"}) == "task");
}

TEST_CASE("a file's control characters never reach a terminal") {
    CHECK(printable("a\x1b[31mb\n") == "a\\x1b[31mb\\x0a");
    CHECK(printable("\xc2\x9b") == "\\x9b");
    CHECK(printable("Đồng ý") == "Đồng ý");
    CHECK(printable("\xff") == "\\xff");
}

TEST_CASE("marks that turn the direction of writing or break lines are shown as what they are") {
    CHECK(printable("a\u202eb") == "a\\u202eb");
    CHECK(printable("\u200e\u200f\u2028\u2029") == "\\u200e\\u200f\\u2028\\u2029");
    CHECK(printable("\u2066\u2069") == "\\u2066\\u2069");
    CHECK(printable("\u200d\u2030\u2070") == "\u200d\u2030\u2070");  // on either side of them
}

TEST_CASE("UTF-8 is checked by RFC 3629") {
    CHECK(base::find_invalid_utf8("Tổng cục") == std::string_view::npos);
    CHECK(base::find_invalid_utf8("ab\xc0\x80") == 2);
    CHECK(base::find_invalid_utf8("\xed\xa0\x80") == 0);
    CHECK(base::find_invalid_utf8("\xf4\x90\x80\x80") == 0);
    CHECK(base::find_invalid_utf8("a\xe1\xbb") == 1);
    CHECK(base::utf8_width("Vụ Pháp chế") == 11);
}

TEST_CASE("SHA-256 gives the published digests") {
    // FIPS 180-4, examples of NIST: "abc" and the empty message.
    CHECK(to_hex(sha256("abc")) ==
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK(to_hex(sha256("")) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST_CASE("a type accepts its own values only") {
    const Type text = Type::of(Type::Kind::text);
    CHECK(accepts(text, "a"));
    CHECK_FALSE(accepts(text, 1));
    CHECK_FALSE(accepts(text, Value()));
    CHECK(accepts(Type{.kind = Type::Kind::text, .optional = true}, Value()));
    CHECK(accepts(Type::of(Type::Kind::number), 1));
    CHECK_FALSE(accepts(Type::of(Type::Kind::integer), 1.0));
    CHECK(accepts(Type::list_of(text), List{"a", "b"}));
    CHECK_FALSE(accepts(Type::list_of(text), List{"a", 1}));
    const Type choice{.kind = Type::Kind::choice, .options = {"receipt", "signature"}};
    CHECK(accepts(choice, "receipt"));
    CHECK_FALSE(accepts(choice, "other"));
    CHECK(to_string(Type::list_of(text)) == "list of text");
}
