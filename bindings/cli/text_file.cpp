#include "text_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>

#include "words.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::cli {

std::string read_input(const std::string& path, const Session& session) {
    std::ifstream file(path, std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(file), {}};
    if (!file) throw Failure(words::cannot_read.in(session.language, printable(path)));
    return text;
}

void write_output(const std::string& path, std::string_view text, const Session& session) {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file << text;
    file.close();
    if (file) return;
    throw Failure(words::cannot_write.in(session.language, printable(path), std::strerror(errno)));
}

void expect_writable(const std::string& path, const Session& session) {
    std::error_code failure;
    const bool was_there = std::filesystem::exists(path, failure);
    std::ofstream file(path, std::ios::binary | std::ios::app);
    if (!file) {
        throw Failure(words::cannot_write.in(session.language, printable(path), std::strerror(errno)));
    }
    file.close();
    if (!was_there) std::filesystem::remove(path, failure);
}

}  // namespace workflow::cli
