// One pattern of this folder, played, and the table of all. Confined.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace workflow::test {

struct Pattern {
    std::string folder;  ///< `01_sequence`, `time_02_durations`
    std::string number;  ///< `1`, `TP2`
    std::string title;
    std::string construct;  ///< the file's first line
    std::string rating;     ///< `direct`, or `with help`
    std::string states;     ///< ids, as the file names them
    std::size_t cases = 0;
    std::string failures;  ///< empty: every case holds
};

[[nodiscard]] std::filesystem::path patterns_folder();
/// In the order of their folders' names.
[[nodiscard]] std::vector<Pattern> play_patterns();
[[nodiscard]] std::string table_of(const std::vector<Pattern>& patterns);
/// All of a file; empty when there is none.
[[nodiscard]] std::string content_of(const std::filesystem::path& path);

}  // namespace workflow::test
