// The result of tests as JUnit's XML, which build servers read: testsuites, testsuite, testcase,
// failure, error. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "played_file.hpp"

namespace workflow::cli {

/// One suite per file; times are 0, for nothing here is about how long it takes. Texts are
/// escaped: whatever they hold, it is only shown.
[[nodiscard]] std::string junit_xml(const std::vector<PlayedFile>& files,
                                    std::string_view language);

}  // namespace workflow::cli
