#include <fmt/format.h>

#include "store/sql_store.hpp"
#include "store/sqlite_connection.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow {
namespace {

void check_options(const std::string& path, const SqliteOptions& options) {
    if (path.empty() || path.find('\0') != std::string::npos) {
        throw Error(ErrorCode::misuse,
                    fmt::format("store '{}': this is no path of a file", printable(path)));
    }
    if (options.busy_timeout_milliseconds < 0) {
        throw Error(ErrorCode::misuse,
                    fmt::format("store '{}': a busy time-out of {} ms is below 0", printable(path),
                                options.busy_timeout_milliseconds));
    }
}

}  // namespace

std::unique_ptr<Store> open_sqlite_store(const std::string& path, const SqliteOptions& options) {
    check_options(path, options);
    auto first = std::make_unique<store::SqliteConnection>(path, options);
    first->prepare_all();
    SqliteOptions again = options;
    again.create = SqliteOptions::Create::never;  // a file that vanished is not made anew, empty
    auto connect = [path, again] { return std::make_unique<store::SqliteConnection>(path, again); };
    store::SqlPoolRules rules;
    rules.timeout = std::chrono::milliseconds(options.busy_timeout_milliseconds);
    return store::make_sql_store(
        std::make_shared<store::SqlPool>(path, connect, std::move(first), rules));
}

std::unique_ptr<Store> lend_sqlite(sqlite3* connection) {
    auto lent = std::make_unique<store::SqliteConnection>(connection);
    const std::string path = lent->path();
    return store::make_sql_store(store::make_lent_pool(path, std::move(lent)));
}

}  // namespace workflow
