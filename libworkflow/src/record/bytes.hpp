// The primitives of every stored body: LEB128 numbers, length-prefixed text, digests. Pure.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "workflow/digest.hpp"
#include "workflow/time.hpp"

namespace workflow::record {

class Writer {
public:
    /// LEB128, 1 to 10 bytes; most are of one.
    void number(std::uint64_t value) {
        if (chunk_.size() - used_ < number_bytes_max) flush();
        while (value >= 0x80U) {
            chunk_[used_++] = static_cast<char>((value & 0x7fU) | 0x80U);
            value >>= 7U;
        }
        chunk_[used_++] = static_cast<char>(value);
    }
    void signed_number(std::int64_t value);   ///< zigzag, then LEB128
    void index(std::uint32_t value);          ///< a number of the procedure; UINT32_MAX takes one byte
    void flag(bool value) { number(value ? 1 : 0); }
    void text(std::string_view value);
    void digest(const Digest& value);
    void instant(Instant value) { signed_number(value.time_since_epoch().count()); }
    void reserve(std::size_t size) { bytes_.reserve(size); }
    [[nodiscard]] std::string take() {
        flush();
        return std::move(bytes_);
    }

private:
    static constexpr std::size_t number_bytes_max = 10;
    void bytes(std::string_view value) {
        if (value.size() > chunk_.size() - used_) {
            flush();
            bytes_ += value;
            return;
        }
        std::copy(value.begin(), value.end(), chunk_.data() + used_);
        used_ += value.size();
    }
    void flush() {
        bytes_.append(chunk_.data(), used_);
        used_ = 0;
    }
    std::string bytes_;
    std::array<char, 512> chunk_;  ///< what follows them: a string asks for room at each byte
    std::size_t used_ = 0;
};

/// Of a body of which only the numbers are wanted, texts are left out: read as empty ones, and as null where
/// they are values.
enum class Texts : std::uint8_t { read, left_out };

/// Every read is checked against the end: Error{corrupt}, never beyond.
class Reader {
public:
    explicit Reader(std::string_view bytes, Texts texts = Texts::read)
        : bytes_(bytes), texts_(texts) {}
    [[nodiscard]] Texts texts() const { return texts_; }
    [[nodiscard]] std::uint64_t number() {
        if (bytes_.empty() || static_cast<unsigned char>(bytes_.front()) >= 0x80U) {
            return long_number();
        }
        const auto byte = static_cast<unsigned char>(bytes_.front());
        bytes_.remove_prefix(1);
        return byte;
    }
    [[nodiscard]] std::int64_t signed_number();
    [[nodiscard]] std::uint32_t index();
    [[nodiscard]] std::uint32_t number32();
    [[nodiscard]] bool flag();
    [[nodiscard]] std::string text();
    [[nodiscard]] Digest digest();
    [[nodiscard]] Instant instant() { return Instant(std::chrono::milliseconds(signed_number())); }
    /// A count of things that take at least one byte each, so that it cannot exceed what is left.
    [[nodiscard]] std::size_t count();
    /// Error{corrupt} when bytes are left over.
    void finish() const;

private:
    [[nodiscard]] std::uint64_t long_number();
    [[nodiscard]] std::string_view take(std::size_t size);
    std::string_view bytes_;
    Texts texts_;
};

}  // namespace workflow::record
