// A file's bytes piece by piece, inflated where gzip (RFC 1952) has compressed them. Confined.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace workflow::event_log {

/// What becomes of a piece.
enum class Inflating { goes_on, done, damaged, too_large };

class Inflated {
public:
    /// The bytes outlive it.
    explicit Inflated(std::string_view bytes);
    ~Inflated();
    Inflated(const Inflated&) = delete;
    Inflated& operator=(const Inflated&) = delete;

    /// The next piece; with `done` the last one. `too_large`: more than limits::log_bytes_max came out.
    [[nodiscard]] Inflating next(std::string_view& piece);

private:
    struct Stream;
    std::string_view bytes_;
    std::unique_ptr<Stream> stream_;  ///< null: it is not compressed
    std::size_t given_ = 0;
};

}  // namespace workflow::event_log
