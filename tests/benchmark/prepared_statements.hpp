// What somebody would write by hand for the same tables: SQLite's prepared statements and nothing
// else. The peer of store_benchmark. Confined.
#pragma once

#include <sqlite3.h>

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "benchmark/recording_store.hpp"

namespace workflow::benchmarks {

class PreparedStatements {
public:
    /// Opens a store's file with the settings of the store.
    explicit PreparedStatements(const std::string& path);
    /// BEGIN IMMEDIATE, the reads and writes, COMMIT.
    void run(const Operations& operations) { run_together({&operations, 1}); }
    /// Several in one transaction.
    void run_together(std::span<const Operations> several);
    /// Of every row of instance data, in key order.
    [[nodiscard]] std::uint64_t hash_of_rows();
    /// Of what a query gives, with its parameters.
    [[nodiscard]] std::uint64_t hash_of_query(const char* sql, const std::vector<std::string>& texts);

private:
    enum class Statement : std::uint8_t {
        begin,
        commit,
        read_instance,
        read_request,
        insert_instance,
        update_instance,
        append_history,
        put_due,
        erase_due,
        put_work,
        erase_work,
        put_effect,
        put_active,
        erase_active,
        put_closed,
        read_history,
        read_due,
        count,
    };
    struct CloseDatabase {
        void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
    };
    struct FinalizeStatement {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    static const char* sql(Statement statement);
    sqlite3_stmt* prepared(Statement statement) const {
        return statements_[static_cast<std::size_t>(statement)].get();
    }
    void execute(const char* text);
    void finish(sqlite3_stmt* statement, int expected);
    void write(sqlite3_stmt* statement) { finish(statement, SQLITE_DONE); }
    void read(sqlite3_stmt* statement, int column);

    void apply(const ReadInstance& operation);
    void apply(const ReadRequest& operation);
    void apply(const PutInstance& operation);
    void apply(const AppendHistory& operation);
    void apply(const PutDue& operation);
    void apply(const EraseDue& operation);
    void apply(const PutWork& operation);
    void apply(const EraseWork& operation);
    void apply(const PutEffect& operation);
    void apply(const PutActive& operation);
    void apply(const EraseActive& operation);
    void apply(const PutClosed& operation);
    void apply(const ReadHistory& operation);
    void apply(const ReadDue& operation);

    std::unique_ptr<sqlite3, CloseDatabase> database_;
    std::array<std::unique_ptr<sqlite3_stmt, FinalizeStatement>,
               static_cast<std::size_t>(Statement::count)>
        statements_;
    std::string body_;  ///< what was read last
};

}  // namespace workflow::benchmarks
