#include "base/catalogue.hpp"

#include <catch2/catch.hpp>
#include <set>

using namespace workflow::base;

TEST_CASE("every finding of a file says what is wrong and the mend, in both languages") {
    for (const auto section : {yaml_catalogue(), procedure_catalogue(), tokens_catalogue()}) {
        for (const CatalogueEntry& entry : section) {
            INFO(entry.code);
            CHECK_FALSE(entry.message_en.empty());
            CHECK_FALSE(entry.mend_en.empty());
            CHECK_FALSE(entry.mend_vi.empty());
            CHECK(entry.message_en != entry.message_vi);
            for (const char* place : {"{0}", "{1}", "{2}"}) {
                const auto holds = [&](std::string_view a, std::string_view b) {
                    return a.find(place) != a.npos || b.find(place) != b.npos;
                };
                CHECK(holds(entry.message_en, entry.mend_en) ==
                      holds(entry.message_vi, entry.mend_vi));
            }
        }
    }
}

TEST_CASE("a code has one sentence, whichever section it stands in") {
    std::set<std::string_view> codes;
    for (const auto section :
         {yaml_catalogue(), calendar_catalogue(), expression_catalogue(), procedure_catalogue(),
          analysis_catalogue(), examination_catalogue(), difference_catalogue(), refusal_catalogue(), tokens_catalogue(),
          scenario_catalogue()}) {
        for (const CatalogueEntry& entry : section) {
            INFO(entry.code);
            CHECK(codes.insert(entry.code).second);
        }
    }
}
