// What somebody would write by hand for the same tables in PostgreSQL: libpq's pipeline mode, reads and
// the lock in one flush, writes and the commit in a second. The peer of postgres_benchmark. Confined.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "benchmark/recording_store.hpp"

namespace workflow::benchmarks {

class PipelinedStatements {
public:
    /// `schema`: where a store's tables are.
    PipelinedStatements(const std::string& conninfo, const std::string& schema);
    /// One transaction in two flushes.
    void run(const Operations& operations);
    /// Of every row of instance data.
    [[nodiscard]] std::uint64_t hash_of_rows();
    void execute(const std::string& sql);

private:
    struct Close {
        void operator()(PGconn* connection) const { PQfinish(connection); }
    };
    class Values;
    void send(const char* name, const Values& values);
    void flush();
    void check(bool accepted) const;

    void apply(const ReadInstance& operation);
    void apply(const ReadRequest& operation);
    void apply(const ReadHistory& operation);
    void apply(const ReadDue& operation);
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

    std::unique_ptr<PGconn, Close> connection_;
    std::size_t sent_ = 0;  ///< whose answers are not read
};

}  // namespace workflow::benchmarks
