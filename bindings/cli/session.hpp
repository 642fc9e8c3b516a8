// What the commands of one call share. Confined.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <stdexcept>
#include <string>
#include <string_view>

namespace workflow::cli {

/// Exit statuses, part of the interface.
inline constexpr int exit_ok = 0;
inline constexpr int exit_refused = 1;
inline constexpr int exit_usage = 2;

enum class Format { text, json };

struct Session {
    std::string language = "en";
    Format format = Format::text;
    bool colour = false;          ///< of stdout
    std::function<int()> chosen;  ///< the command of the command line, with its options bound
};

/// What the command was given cannot be used, or was refused: one sentence with its mend.
class Failure : public std::runtime_error {
public:
    explicit Failure(const std::string& sentence, int status = exit_refused)
        : std::runtime_error(sentence), status_(status) {}
    [[nodiscard]] int status() const { return status_; }

private:
    int status_;
};
/// An argument that says nothing we understand.
[[nodiscard]] inline Failure usage_failure(const std::string& sentence) {
    return Failure(sentence, exit_usage);
}

/// `{"a": 1, "b": [2]}` on one line, for lines that programs read.
[[nodiscard]] std::string json_line(const nlohmann::ordered_json& json);
/// Indented, with a line break at the end. Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] std::string json_page(const nlohmann::ordered_json& json);

}  // namespace workflow::cli
