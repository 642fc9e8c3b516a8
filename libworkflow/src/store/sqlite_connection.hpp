// The SQLite driver of the SQL store. Confined.
#pragma once

#include <array>

#include "store/sqlite_handle.hpp"

namespace workflow::store {

class SqliteConnection final : public SqlConnection {
public:
    /// Opens, checks or makes the tables, and sets the connection up.
    SqliteConnection(const std::string& path, const SqliteOptions& options);

    /// Error{corrupt} when the tables do not fit the statements.
    void prepare_all();

    void begin(Store::Access access) override;
    void commit() override;
    [[nodiscard]] bool roll_back() noexcept override;
    std::int64_t change(Sql statement, Values values) override;
    void query(Sql statement, Values values, const Visit& visit) override;

private:
    [[nodiscard]] sqlite3_stmt* statement(Sql sql);
    void bind(sqlite3_stmt* statement, Values values) const;
    void run(const SqliteStatement& statement, std::string_view doing) const;
    void withdraw_commit() const noexcept;

    SqliteHandle handle_;
    SqliteStatement begin_read_;
    SqliteStatement begin_write_;
    SqliteStatement commit_;
    SqliteStatement roll_back_;
    std::array<SqliteStatement, sql_count> statements_;
};

}  // namespace workflow::store
