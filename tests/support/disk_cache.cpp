#include "support/disk_cache.hpp"

#include <sqlite3.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <iterator>

namespace workflow::test {
namespace {

constexpr std::size_t sector_bytes = 512;

}  // namespace

CachedFile::CachedFile(std::string path) : path_(std::move(path)) {
    std::ifstream file(path_, std::ios::binary);
    certain_.assign(std::istreambuf_iterator<char>(file), {});
    seen_ = certain_;
}

std::size_t CachedFile::read(void* bytes, std::size_t size, std::uint64_t offset) const {
    if (offset >= seen_.size()) return 0;
    const std::size_t available = std::min(size, seen_.size() - offset);
    std::memcpy(bytes, seen_.data() + offset, available);
    return available;
}

void CachedFile::write(const void* bytes, std::size_t size, std::uint64_t offset) {
    pending_.push_back({offset, std::string(static_cast<const char*>(bytes), size), false});
    apply(seen_, pending_.back());
}

void CachedFile::truncate(std::uint64_t size) {
    pending_.push_back({size, {}, true});
    apply(seen_, pending_.back());
}

void CachedFile::sync(sqlite3_file* real) {
    for (const Change& change : pending_) {
        apply(certain_, change);
        const auto place = static_cast<sqlite3_int64>(change.offset);
        if (change.truncates) {
            real->pMethods->xTruncate(real, place);
        } else {
            real->pMethods->xWrite(real, change.bytes.data(), static_cast<int>(change.bytes.size()),
                                   place);
        }
    }
    pending_.clear();
}

void CachedFile::lose_power(std::mt19937& generator) {
    for (const Change& change : pending_) {
        const auto fate = generator() % 3;
        if (fate == 0) continue;
        if (fate == 1 || change.truncates) {
            apply(certain_, change);
            continue;
        }
        for (std::size_t start = 0; start < change.bytes.size(); start += sector_bytes) {
            if (generator() % 2 == 0) continue;
            apply(certain_,
                  {change.offset + start, change.bytes.substr(start, sector_bytes), false});
        }
    }
    pending_.clear();
    save(certain_);
}

void CachedFile::apply(std::string& file, const Change& change) {
    if (change.truncates) {
        file.resize(change.offset);
        return;
    }
    const std::size_t end = change.offset + change.bytes.size();
    if (file.size() < end) file.resize(end);
    std::memcpy(file.data() + change.offset, change.bytes.data(), change.bytes.size());
}

void CachedFile::save(const std::string& bytes) const {
    std::ofstream file(path_, std::ios::binary | std::ios::trunc);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

}  // namespace workflow::test
