// The head that small test procedures share, and a dossier of one that an officer has started.
#pragma once

#include <catch2/catch.hpp>

#include "support/dossier.hpp"

namespace workflow::test::small {

inline const Actor officer = actor("an", "officer");
inline constexpr const char* nine = "2017-06-05 09:00";
inline constexpr const char* ten = "2017-06-05 10:00";

/// One role, `officer`; `rest` follows on line 6.
inline std::string in_head(const std::string& rest) {
    return "procedure: test\nversion: 1\ntitle: Test\ncalendar: vn-state\nroles: {officer: "
           "Officer}\n" +
           rest;
}

/// Started at nine; fails the test when that is refused.
inline Dossier started(const std::string& rest, FieldValues data = {}) {
    Dossier dossier(procedure_of(in_head(rest)));
    REQUIRE(dossier.start(nine, officer, std::move(data)) == "");
    return dossier;
}

}  // namespace workflow::test::small
