// What a disk has been told and not yet made durable, file by file. Confined to its file system.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

struct sqlite3_file;

namespace workflow::test {

/// One file as its users see it, beside what of it is certain.
class CachedFile {
public:
    /// Starts from the bytes on the real disk.
    explicit CachedFile(std::string path);

    /// Bytes read; less than `size` at the end of the file.
    [[nodiscard]] std::size_t read(void* bytes, std::size_t size, std::uint64_t offset) const;
    void write(const void* bytes, std::size_t size, std::uint64_t offset);
    void truncate(std::uint64_t size);
    [[nodiscard]] std::uint64_t size() const { return seen_.size(); }
    /// What was written goes to the real disk, through a handle that is open on it: another one
    /// would, when closed, let go of the locks that this process holds on the file.
    void sync(sqlite3_file* real);
    /// Each change since the last sync is dropped, kept or torn.
    void lose_power(std::mt19937& generator);

private:
    struct Change {
        std::uint64_t offset = 0;
        std::string bytes;
        bool truncates = false;  ///< to `offset`
    };
    static void apply(std::string& file, const Change& change);
    void save(const std::string& bytes) const;

    std::string path_;
    std::string seen_;
    std::string certain_;
    std::vector<Change> pending_;
};

}  // namespace workflow::test
