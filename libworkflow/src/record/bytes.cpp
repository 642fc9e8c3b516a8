#include "record/bytes.hpp"

#include <algorithm>

#include "workflow/error.hpp"

namespace workflow::record {
namespace {

[[noreturn]] void corrupt(const char* what) {
    throw Error(ErrorCode::corrupt, std::string("a stored body is damaged: ") + what);
}

}  // namespace

void Writer::signed_number(std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    number((bits << 1U) ^ (value < 0 ? ~std::uint64_t{0} : 0U));
}

void Writer::index(std::uint32_t value) {
    // One more, so that UINT32_MAX ("none") is 0 and takes a single byte.
    number(value == UINT32_MAX ? 0U : std::uint64_t{value} + 1U);
}

void Writer::text(std::string_view value) {
    number(value.size());
    if (!value.empty()) bytes(value);
}

void Writer::digest(const Digest& value) {
    bytes({reinterpret_cast<const char*>(value.data()), value.size()});
}

std::string_view Reader::take(std::size_t size) {
    if (size > bytes_.size()) corrupt("it ends too early");
    const std::string_view taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
}

std::uint64_t Reader::long_number() {
    std::uint64_t value = 0;
    unsigned shift = 0;
    for (const char one : bytes_.substr(0, 10)) {
        const auto byte = static_cast<unsigned char>(one);
        if (shift == 63 && byte > 1) corrupt("a number is too large");
        value |= static_cast<std::uint64_t>(byte & 0x7fU) << shift;
        shift += 7;
        if ((byte & 0x80U) != 0) continue;
        bytes_.remove_prefix(shift / 7);
        return value;
    }
    corrupt(bytes_.size() < 10 ? "it ends too early" : "a number does not end");
}

std::int64_t Reader::signed_number() {
    const std::uint64_t bits = number();
    const std::uint64_t sign = (bits & 1U) != 0 ? ~std::uint64_t{0} : 0U;
    return static_cast<std::int64_t>((bits >> 1U) ^ sign);
}

std::uint32_t Reader::number32() {
    const std::uint64_t value = number();
    if (value > UINT32_MAX) corrupt("a number is too large");
    return static_cast<std::uint32_t>(value);
}

std::uint32_t Reader::index() {
    const std::uint64_t value = number();
    if (value > UINT32_MAX) corrupt("a number is too large");
    return value == 0 ? UINT32_MAX : static_cast<std::uint32_t>(value - 1);
}

bool Reader::flag() {
    const char byte = take(1).front();
    if (byte != '\0' && byte != '\1') corrupt("a flag is neither 0 nor 1");
    return byte == '\1';
}

std::string Reader::text() {
    const std::string_view taken = take(number());
    return texts_ == Texts::read ? std::string(taken) : std::string();
}

Digest Reader::digest() {
    Digest value{};
    const std::string_view taken = take(value.size());
    std::copy(taken.begin(), taken.end(), reinterpret_cast<char*>(value.data()));
    return value;
}

std::size_t Reader::count() {
    const std::uint64_t value = number();
    if (value > bytes_.size()) corrupt("a count is larger than what follows");
    return value;
}

void Reader::finish() const {
    if (!bytes_.empty()) corrupt("bytes are left over");
}

}  // namespace workflow::record
