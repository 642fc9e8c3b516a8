// Tables of expressions and the texts of their values.
#pragma once

#include <catch2/catch.hpp>
#include <initializer_list>
#include <string>
#include <string_view>

namespace expression_test {

struct Case {
    const char* source;
    const char* expected;
};

/// Evaluates each source by `value_of` and compares.
template <class ValueOf>
void check_each(ValueOf value_of, std::initializer_list<Case> cases) {
    for (const auto& [source, expected] : cases) {
        CAPTURE(source);
        CHECK(value_of(source) == expected);
    }
}

}  // namespace expression_test
