#include "store/durable_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "workflow/diagnostic.hpp"
#include "workflow/error.hpp"

namespace workflow::store {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void fail(const std::string& path, const std::string& why) {
    throw Error(ErrorCode::storage, fmt::format("'{}' cannot be written: {}", printable(path), why));
}

/// The name of a file is on the disk when its folder is.
void sync(const fs::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) fail(path.string(), std::strerror(errno));
    const int result = ::fsync(file);
    const int why = errno;
    ::close(file);
    if (result != 0) fail(path.string(), std::strerror(why));
}

}  // namespace

std::string begin_file(const std::string& to) {
    std::error_code failure;
    if (fs::exists(to, failure)) {
        throw Error(ErrorCode::misuse,
                    fmt::format("'{}' is there already; name a file that is not", printable(to)));
    }
    std::string partial = to + ".partial";
    fs::remove(partial, failure);
    return partial;
}

std::uint64_t publish_file(const std::string& partial, const std::string& to) {
    std::error_code failure;
    const std::uint64_t size = fs::file_size(partial, failure);
    if (failure) fail(partial, failure.message());
    sync(partial);
    fs::create_hard_link(partial, to, failure);
    if (failure) fail(to, failure.message());
    fs::remove(partial, failure);
    const fs::path folder = fs::path(to).parent_path();
    sync(folder.empty() ? fs::path(".") : folder);
    return size;
}

}  // namespace workflow::store
