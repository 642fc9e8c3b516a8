// What a page is made of beside its words: written by CMake from the files beside this. Constants.
#pragma once

#include <string_view>

namespace workflow::cli {

[[nodiscard]] std::string_view page_script();
[[nodiscard]] std::string_view page_style();

}  // namespace workflow::cli
