#include "event_log/inflated.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>

#include "workflow/limits.hpp"

namespace workflow::event_log {

struct Inflated::Stream {
    z_stream state{};
    std::array<char, 64 * 1024> out{};
    bool is_open = false;
};

Inflated::Inflated(std::string_view bytes) : bytes_(bytes) {
    constexpr std::string_view gzip_magic = "\x1f\x8b";
    if (bytes.substr(0, gzip_magic.size()) != gzip_magic) return;
    stream_ = std::make_unique<Stream>();
    constexpr int gzip_alone = 15 + 16;
    stream_->is_open = inflateInit2(&stream_->state, gzip_alone) == Z_OK;
}

Inflated::~Inflated() {
    if (stream_ != nullptr && stream_->is_open) inflateEnd(&stream_->state);
}

Inflating Inflated::next(std::string_view& piece) {
    if (stream_ == nullptr) {
        constexpr std::size_t piece_bytes = 64 * 1024;
        piece = bytes_.substr(given_, piece_bytes);
        given_ += piece.size();
        if (given_ > limits::log_bytes_max) return Inflating::too_large;
        return given_ == bytes_.size() ? Inflating::done : Inflating::goes_on;
    }
    if (!stream_->is_open) return Inflating::damaged;
    z_stream& state = stream_->state;
    if (state.next_in == nullptr) {
        state.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes_.data()));
        state.avail_in = static_cast<uInt>(bytes_.size());
    }
    state.next_out = reinterpret_cast<Bytef*>(stream_->out.data());
    state.avail_out = static_cast<uInt>(stream_->out.size());
    const int result = inflate(&state, Z_NO_FLUSH);
    const std::size_t size = stream_->out.size() - state.avail_out;
    piece = {stream_->out.data(), size};
    given_ += size;
    if (given_ > limits::log_bytes_max) return Inflating::too_large;
    if (result == Z_STREAM_END) return Inflating::done;
    const bool goes_on = result == Z_OK && (size > 0 || state.avail_in > 0);
    return goes_on ? Inflating::goes_on : Inflating::damaged;
}

}  // namespace workflow::event_log
