// A store of an older layout, brought to this build's in one transaction.
#include "store/sqlite_handle.hpp"
#include "store/sqlite_schema.hpp"
#include "workflow/error.hpp"
#include "workflow/store.hpp"

namespace workflow {
namespace store {
namespace {

class SqliteUpgrade final : public StoreUpgrade {
public:
    explicit SqliteUpgrade(const std::string& path)
        : handle_(path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, {},
                  busy_timeout_milliseconds) {
        handle_.execute("PRAGMA synchronous = FULL");
        handle_.execute("PRAGMA secure_delete = ON");
        handle_.execute("BEGIN IMMEDIATE");
        from_ = upgrade_sqlite_schema(handle_);
        store_ = lend_sqlite(handle_.get());
    }
    SqliteUpgrade(const SqliteUpgrade&) = delete;
    SqliteUpgrade& operator=(const SqliteUpgrade&) = delete;
    ~SqliteUpgrade() override { store_.reset(); }  // what is not committed goes with the connection

    int from() const override { return from_; }
    std::shared_ptr<Store> store() override { return store_; }
    void commit() override {
        store_.reset();
        handle_.execute("COMMIT");
    }

private:
    static constexpr int busy_timeout_milliseconds = 5'000;
    SqliteHandle handle_;
    int from_ = 0;
    std::shared_ptr<Store> store_;
};

}  // namespace
}  // namespace store

std::unique_ptr<StoreUpgrade> begin_sqlite_upgrade(const std::string& path) {
    if (path.empty()) throw Error(ErrorCode::misuse, "a store needs a path");
    return std::make_unique<store::SqliteUpgrade>(path);
}

}  // namespace workflow
