// What `workflow new` writes: a procedure to begin with, its cases and a page, all of which hold.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace workflow::cli {

/// File name -> content, for the procedure `id`; comments and page in the language `en` or `vi`.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> starting_folder(
    std::string_view id, std::string_view language);

}  // namespace workflow::cli
