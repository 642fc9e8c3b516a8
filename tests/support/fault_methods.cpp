// The methods that SQLite calls: each asks whether it fails, and passes on to the default file
// system or to the disk's cache.
#include <cstring>

#include "support/fault_state.hpp"

namespace workflow::test {
namespace {

using State = FaultVfs::State;

/// SQLite allocates it, with room for the default file system's own file behind it.
struct FaultFile {
    sqlite3_file base;
    State* state;
    std::shared_ptr<CachedFile>* cached;  ///< null: passed on at once

    [[nodiscard]] sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
};
FaultFile& self(sqlite3_file* file) {
    return *reinterpret_cast<FaultFile*>(file);
}
State& state_of(sqlite3_vfs* vfs) {
    return *static_cast<State*>(vfs->pAppData);
}

int close_file(sqlite3_file* file) {
    FaultFile& mine = self(file);
    delete mine.cached;
    mine.cached = nullptr;
    return mine.real()->pMethods->xClose(mine.real());
}

int read_file(sqlite3_file* file, void* bytes, int size, sqlite3_int64 offset) {
    FaultFile& mine = self(file);
    if (mine.state->next(Operation::read)) return SQLITE_IOERR_READ;
    if (mine.cached == nullptr) {
        return mine.real()->pMethods->xRead(mine.real(), bytes, size, offset);
    }
    const std::lock_guard lock(mine.state->mutex);
    const auto wanted = static_cast<std::size_t>(size);
    const std::size_t had = (*mine.cached)->read(bytes, wanted, static_cast<std::uint64_t>(offset));
    if (had == wanted) return SQLITE_OK;
    std::memset(static_cast<char*>(bytes) + had, 0, wanted - had);
    return SQLITE_IOERR_SHORT_READ;
}

int write_bytes(FaultFile& mine, const void* bytes, int size, sqlite3_int64 offset) {
    if (mine.cached == nullptr) {
        return mine.real()->pMethods->xWrite(mine.real(), bytes, size, offset);
    }
    const std::lock_guard lock(mine.state->mutex);
    (*mine.cached)
        ->write(bytes, static_cast<std::size_t>(size), static_cast<std::uint64_t>(offset));
    return SQLITE_OK;
}

int write_file(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
    FaultFile& mine = self(file);
    if (mine.state->full) return SQLITE_FULL;
    if (mine.state->read_only) return SQLITE_READONLY;
    const std::optional<Fault> fault = mine.state->next(Operation::write);
    if (!fault) return write_bytes(mine, bytes, size, offset);
    if (*fault == Fault::short_write) write_bytes(mine, bytes, size / 2, offset);
    return *fault == Fault::full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
}

int truncate_file(sqlite3_file* file, sqlite3_int64 size) {
    FaultFile& mine = self(file);
    if (mine.state->next(Operation::truncate)) return SQLITE_IOERR_TRUNCATE;
    if (mine.cached == nullptr) return mine.real()->pMethods->xTruncate(mine.real(), size);
    const std::lock_guard lock(mine.state->mutex);
    (*mine.cached)->truncate(static_cast<std::uint64_t>(size));
    return SQLITE_OK;
}

int sync_file(sqlite3_file* file, int) {
    FaultFile& mine = self(file);
    if (mine.state->next(Operation::sync)) return SQLITE_IOERR_FSYNC;
    // What has arrived in the real file survives the test: waiting for its disk would prove
    // nothing.
    if (mine.cached == nullptr) return SQLITE_OK;
    const std::lock_guard lock(mine.state->mutex);
    (*mine.cached)->sync(mine.real());
    return SQLITE_OK;
}

int file_size(sqlite3_file* file, sqlite3_int64* size) {
    FaultFile& mine = self(file);
    if (mine.cached == nullptr) return mine.real()->pMethods->xFileSize(mine.real(), size);
    const std::lock_guard lock(mine.state->mutex);
    *size = static_cast<sqlite3_int64>((*mine.cached)->size());
    return SQLITE_OK;
}

int lock_file(sqlite3_file* file, int level) {
    FaultFile& mine = self(file);
    if (mine.state->next(Operation::lock)) return SQLITE_IOERR_LOCK;
    return mine.real()->pMethods->xLock(mine.real(), level);
}
int unlock_file(sqlite3_file* file, int level) {
    return self(file).real()->pMethods->xUnlock(self(file).real(), level);
}
int check_reserved_lock(sqlite3_file* file, int* result) {
    return self(file).real()->pMethods->xCheckReservedLock(self(file).real(), result);
}
int file_control(sqlite3_file* file, int operation, void* argument) {
    return self(file).real()->pMethods->xFileControl(self(file).real(), operation, argument);
}
int sector_size(sqlite3_file* file) {
    return self(file).real()->pMethods->xSectorSize(self(file).real());
}
int device_characteristics(sqlite3_file* file) {
    return self(file).real()->pMethods->xDeviceCharacteristics(self(file).real());
}

int shared_memory_map(sqlite3_file* file, int region, int size, int extend, void volatile** map) {
    FaultFile& mine = self(file);
    if (mine.state->next(Operation::shared_memory)) return SQLITE_IOERR_SHMMAP;
    return mine.real()->pMethods->xShmMap(mine.real(), region, size, extend, map);
}
int shared_memory_lock(sqlite3_file* file, int offset, int count, int flags) {
    FaultFile& mine = self(file);
    // Letting go does not fail.
    const bool takes = (flags & SQLITE_SHM_LOCK) != 0;
    if (takes && mine.state->next(Operation::shared_memory)) return SQLITE_IOERR_SHMLOCK;
    return mine.real()->pMethods->xShmLock(mine.real(), offset, count, flags);
}
void shared_memory_barrier(sqlite3_file* file) {
    self(file).real()->pMethods->xShmBarrier(self(file).real());
}
int shared_memory_unmap(sqlite3_file* file, int removes) {
    return self(file).real()->pMethods->xShmUnmap(self(file).real(), removes);
}

// Version 2: shared memory, but no mapping of the file itself, which would pass the cache by.
constexpr sqlite3_io_methods file_methods = {2,
                                             close_file,
                                             read_file,
                                             write_file,
                                             truncate_file,
                                             sync_file,
                                             file_size,
                                             lock_file,
                                             unlock_file,
                                             check_reserved_lock,
                                             file_control,
                                             sector_size,
                                             device_characteristics,
                                             shared_memory_map,
                                             shared_memory_lock,
                                             shared_memory_barrier,
                                             shared_memory_unmap,
                                             nullptr,
                                             nullptr};

int open_file(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* out_flags) {
    State& state = state_of(vfs);
    FaultFile& mine = self(file);
    mine.base.pMethods = nullptr;  // SQLite then does not close it
    mine.state = &state;
    mine.cached = nullptr;
    if (state.next(Operation::open)) return SQLITE_CANTOPEN;
    if (state.read_only) {
        flags = (flags & ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)) | SQLITE_OPEN_READONLY;
    }
    const int result = state.real->xOpen(state.real, path, mine.real(), flags, out_flags);
    if (result != SQLITE_OK) return result;
    constexpr int durable = SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL | SQLITE_OPEN_MAIN_JOURNAL;
    if (state.power == FaultVfs::Power::may_fail && path != nullptr && (flags & durable) != 0) {
        mine.cached = new std::shared_ptr<CachedFile>(state.cached(path));
    }
    mine.base.pMethods = &file_methods;
    return SQLITE_OK;
}

int delete_file(sqlite3_vfs* vfs, const char* path, int sync_folder) {
    State& state = state_of(vfs);
    const std::lock_guard lock(state.mutex);
    if (state.dead || state.read_only) return SQLITE_IOERR_DELETE;
    state.files.erase(path);
    return state.real->xDelete(state.real, path, sync_folder);
}

int access_file(sqlite3_vfs* vfs, const char* path, int flags, int* result) {
    State& state = state_of(vfs);
    if (flags == SQLITE_ACCESS_EXISTS) {
        // The default file system takes an empty file for none.
        const std::lock_guard lock(state.mutex);
        const auto found = state.files.find(path);
        if (found != state.files.end()) {
            *result = found->second->size() > 0 ? 1 : 0;
            return SQLITE_OK;
        }
    }
    return state.real->xAccess(state.real, path, flags, result);
}

int full_path(sqlite3_vfs* vfs, const char* path, int size, char* out) {
    return state_of(vfs).real->xFullPathname(state_of(vfs).real, path, size, out);
}

}  // namespace

void make_methods(FaultVfs::State& state) {
    state.vfs = *state.real;  // the clock, the random numbers and the sleep are the default's
    state.vfs.pNext = nullptr;
    state.vfs.zName = state.name.c_str();
    state.vfs.pAppData = &state;
    state.vfs.szOsFile = static_cast<int>(sizeof(FaultFile)) + state.real->szOsFile;
    state.vfs.xOpen = open_file;
    state.vfs.xDelete = delete_file;
    state.vfs.xAccess = access_file;
    state.vfs.xFullPathname = full_path;
}

}  // namespace workflow::test
