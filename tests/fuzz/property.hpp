// What a fuzz target says about an input. Pure but for the end of the program.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace workflow::fuzz {

/// Ends the program where `holds` is false, in every build: libFuzzer then keeps the input.
/// `property`: a sentence that should hold; `detail`: what was found instead.
inline void require(bool holds, std::string_view property, const std::string& detail = {}) {
    if (holds) return;
    (void)std::fprintf(stderr, "does not hold: %.*s\n%s\n", static_cast<int>(property.size()),
                       property.data(), detail.c_str());
    std::abort();
}

}  // namespace workflow::fuzz
