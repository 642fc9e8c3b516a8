#include <catch2/catch.hpp>

#include "workflow/text.hpp"

using workflow::Text;

TEST_CASE("a text is given in the language that is asked for, else in its first [R87]") {
    const Text title{{{"vi", "Thẩm định"}, {"en", "Appraisal"}}};
    CHECK(title.in("en") == "Appraisal");
    CHECK(title.in("vi") == "Thẩm định");
    CHECK(title.in("fr") == "Thẩm định");
    CHECK(title.has("en"));
    CHECK_FALSE(title.has("fr"));
    const Text plain{{{"", "Appraisal"}}};
    CHECK(plain.in("vi") == "Appraisal");
    CHECK(Text{}.in("en").empty());
}
