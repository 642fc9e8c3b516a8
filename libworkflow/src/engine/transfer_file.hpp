// The file of an export or archive: blocks, each with its kind, and at the end how many there are and a
// digest of all. Confined.
#pragma once

#include <fstream>
#include <optional>
#include <string>

#include "workflow/digest.hpp"
#include "workflow/transfer.hpp"

namespace workflow::engine {

/// Numbers for ever. An instance is followed by what belongs to it.
enum class Block : std::uint8_t {
    end = 0,
    definition,
    instance,
    history,
    secret,
    dispatch,
    message,
    effect,
    closed,
    delegation,
};
inline constexpr Block block_last = Block::delegation;

/// How many of each a report has.
[[nodiscard]] std::size_t& count_of(TransferReport& report, Block kind);

class TransferWriter {
public:
    /// Error{misuse}: `path` is there; Error{storage}.
    explicit TransferWriter(std::string path);
    void write(Block kind, const std::string& payload);
    /// Ends the file and brings it to the disk.
    [[nodiscard]] TransferReport finish();

private:
    void put(const std::string& bytes);
    [[noreturn]] void fail(const std::string& file) const;

    std::string path_;
    std::string partial_;
    std::ofstream out_;
    Digest digest_{};  ///< of all blocks so far, one behind the other
    TransferReport report_;
};

struct TransferBlock {
    Block kind = Block::end;
    std::string payload;
};

class TransferReader {
public:
    /// Error{storage}: cannot be read; Error{corrupt}: no such file; Error{unsupported}: of a newer
    /// build.
    explicit TransferReader(const std::string& path);
    /// The next block; nothing at the end, once counts and digest agree. Error{corrupt}.
    [[nodiscard]] std::optional<TransferBlock> next();
    [[nodiscard]] const TransferReport& report() const { return report_; }

private:
    [[nodiscard]] std::uint64_t number();
    [[nodiscard]] std::string bytes(std::uint64_t size);
    void check_end(const std::string& payload) const;
    [[noreturn]] void fail(const std::string& why) const;

    std::string path_;
    std::ifstream in_;
    std::uint64_t size_ = 0;
    std::uint64_t at_ = 0;
    Digest digest_{};
    TransferReport report_;
};

}  // namespace workflow::engine
