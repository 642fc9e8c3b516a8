#include <catch2/catch.hpp>
#include <set>
#include <vector>

#include "base/catalogue.hpp"

using namespace workflow::base;

TEST_CASE("every finding of the analysis says what is wrong and the mend, in both languages") {
    std::set<std::string_view> codes;
    std::vector<CatalogueEntry> entries(analysis_catalogue().begin(), analysis_catalogue().end());
    entries.insert(entries.end(), examination_catalogue().begin(), examination_catalogue().end());
    for (const CatalogueEntry& entry : entries) {
        INFO(entry.code);
        CHECK(codes.insert(entry.code).second);
        CHECK_FALSE(entry.message_en.empty());
        CHECK_FALSE(entry.mend_en.empty());
        CHECK_FALSE(entry.message_vi.empty());
        CHECK_FALSE(entry.mend_vi.empty());
        CHECK(entry.message_en != entry.message_vi);
        // The two languages fill in the same places.
        for (const char* place : {"{0}", "{1}", "{2}", "{3}"}) {
            CHECK((entry.message_en.find(place) == std::string_view::npos) ==
                  (entry.message_vi.find(place) == std::string_view::npos));
        }
    }
}

TEST_CASE("every change between two versions has a sentence in both languages, and no mend") {
    std::set<std::string_view> codes;
    for (const CatalogueEntry& entry : difference_catalogue()) {
        INFO(entry.code);
        CHECK(codes.insert(entry.code).second);
        CHECK_FALSE(entry.message_en.empty());
        CHECK_FALSE(entry.message_vi.empty());
        CHECK(entry.mend_en.empty());
        for (const char* place : {"{0}", "{1}", "{2}", "{3}"}) {
            CHECK((entry.message_en.find(place) == std::string_view::npos) ==
                  (entry.message_vi.find(place) == std::string_view::npos));
        }
    }
}
