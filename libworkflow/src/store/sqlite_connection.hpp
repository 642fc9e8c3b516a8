// The SQLite driver of the SQL store. Confined.
#pragma once

#include <array>

#include "store/sqlite_handle.hpp"

namespace workflow::store {

class SqliteConnection final : public SqlConnection {
public:
    /// Opens, checks or makes the tables, and sets the connection up.
    SqliteConnection(const std::string& path, const SqliteOptions& options);
    /// Works inside the transactions of a connection that is lent, and checks its tables.
    explicit SqliteConnection(sqlite3* lent);

    [[nodiscard]] const std::string& path() const { return handle_.path(); }
    /// Error{corrupt} when the tables do not fit the statements.
    void prepare_all();

    void begin(Store::Access access) override;
    void commit() override;
    [[nodiscard]] bool roll_back() noexcept override;
    void open_part() override;
    void keep_part() override;
    [[nodiscard]] bool drop_part() noexcept override;
    std::int64_t change(Sql statement, Values values) override;
    void query(Sql statement, Values values, const Visit& visit) override;

private:
    void prepare_parts();
    void check_lent(Store::Access access) const;
    [[nodiscard]] sqlite3_stmt* statement(Sql sql);
    void bind(sqlite3_stmt* statement, Values values) const;
    void run(const SqliteStatement& statement, std::string_view doing) const;
    void withdraw_commit() const noexcept;

    SqliteHandle handle_;
    SqliteStatement begin_read_;
    SqliteStatement begin_write_;
    SqliteStatement commit_;
    SqliteStatement roll_back_;
    SqliteStatement open_part_;
    SqliteStatement keep_part_;
    SqliteStatement drop_part_;
    std::array<SqliteStatement, sql_count> statements_;
};

}  // namespace workflow::store
