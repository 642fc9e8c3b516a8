#include "engine/transfer_file.hpp"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include "record/bytes.hpp"
#include "store/durable_file.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/error.hpp"
#include "workflow/limits.hpp"

namespace workflow::engine {
namespace {

constexpr std::string_view mark = "workflow transfer\n";
constexpr std::uint64_t transfer_format = 1;
/// A body, with the names that stand before it.
constexpr std::uint64_t payload_bytes_max = limits::body_bytes_max + 64 * 1024;

std::string encoded(Block kind, const std::string& payload) {
    record::Writer out;
    out.number(static_cast<std::uint64_t>(kind));
    out.text(payload);
    return out.take();
}

/// Each block's digest rests on all before it.
Digest next_digest(const Digest& before, Block kind, const std::string& payload) {
    std::string bytes(reinterpret_cast<const char*>(before.data()), before.size());
    bytes += encoded(kind, payload);
    return sha256(bytes);
}

std::string end_payload(TransferReport report, const Digest& digest) {
    record::Writer out;
    for (auto kind = static_cast<std::uint8_t>(Block::definition);
         kind <= static_cast<std::uint8_t>(block_last); ++kind) {
        out.number(count_of(report, static_cast<Block>(kind)));
    }
    out.digest(digest);
    return out.take();
}

}  // namespace

std::size_t& count_of(TransferReport& report, Block kind) {
    switch (kind) {
        case Block::definition:
            return report.definitions;
        case Block::instance:
            return report.instances;
        case Block::history:
            return report.steps;
        case Block::secret:
            return report.secrets;
        case Block::dispatch:
            return report.dispatches;
        case Block::message:
            return report.messages;
        case Block::effect:
            return report.effects;
        case Block::closed:
            return report.closed;
        case Block::delegation:
            return report.delegations;
        case Block::end:
            break;
    }
    throw Error(ErrorCode::internal, "the end of a file is not counted");
}

TransferWriter::TransferWriter(std::string path)
    : path_(std::move(path)),
      partial_(store::begin_file(path_)),
      out_(partial_, std::ios::binary | std::ios::trunc) {
    if (!out_) fail(partial_);
    record::Writer head;
    head.number(transfer_format);
    put(std::string(mark) + head.take());
}

void TransferWriter::write(Block kind, const std::string& payload) {
    digest_ = next_digest(digest_, kind, payload);
    ++count_of(report_, kind);
    put(encoded(kind, payload));
}

TransferReport TransferWriter::finish() {
    put(encoded(Block::end, end_payload(report_, digest_)));
    out_.close();
    if (!out_) fail(partial_);
    report_.bytes = store::publish_file(partial_, path_);
    return report_;
}

void TransferWriter::put(const std::string& bytes) {
    out_.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!out_) fail(partial_);
}

void TransferWriter::fail(const std::string& file) const {
    throw Error(ErrorCode::storage,
                "'" + printable(file) + "' cannot be written: " + std::strerror(errno));
}

TransferReader::TransferReader(const std::string& path)
    : path_(path), in_(path, std::ios::binary) {
    std::error_code failure;
    size_ = std::filesystem::file_size(path, failure);
    if (!in_ || failure) {
        throw Error(ErrorCode::storage, "'" + printable(path) + "' cannot be read: " +
                                            (failure ? failure.message() : std::strerror(errno)));
    }
    if (size_ < mark.size() || bytes(mark.size()) != mark) {
        fail("it is no file that an export or archive wrote");
    }
    const std::uint64_t format = number();
    if (format > transfer_format) {
        throw Error(ErrorCode::unsupported,
                    "'" + printable(path) + "' was written by a newer build: read it with that one");
    }
    report_.bytes = size_;
}

std::optional<TransferBlock> TransferReader::next() {
    if (at_ >= size_) fail("it ends too early: it was cut off");
    TransferBlock block;
    const std::uint64_t kind = number();
    if (kind > static_cast<std::uint64_t>(block_last)) fail("it holds something unknown");
    block.kind = static_cast<Block>(kind);
    const std::uint64_t length = number();
    if (length > payload_bytes_max) fail("it holds something larger than a store takes");
    block.payload = bytes(length);
    if (block.kind == Block::end) {
        check_end(block.payload);
        return std::nullopt;
    }
    digest_ = next_digest(digest_, block.kind, block.payload);
    ++count_of(report_, block.kind);
    return block;
}

void TransferReader::check_end(const std::string& payload) const {
    if (payload != end_payload(report_, digest_)) {
        fail("its digest or its counts are not those of what it holds: it was changed or damaged");
    }
    if (at_ != size_) fail("something stands behind its end");
}

std::uint64_t TransferReader::number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const auto byte = static_cast<unsigned char>(bytes(1).front());
        value |= std::uint64_t{byte & 0x7fU} << shift;
        if ((byte & 0x80U) == 0) return value;
    }
    fail("a number in it is too long");
}

std::string TransferReader::bytes(std::uint64_t size) {
    if (size > size_ - at_) fail("it ends too early: it was cut off");
    std::string read(static_cast<std::size_t>(size), '\0');
    in_.read(read.data(), static_cast<std::streamsize>(size));
    if (!in_) fail("it cannot be read to its end");
    at_ += size;
    return read;
}

void TransferReader::fail(const std::string& why) const {
    throw Error(ErrorCode::corrupt, "'" + printable(path_) + "' cannot be used: " + why);
}

}  // namespace workflow::engine
