#include "postgres/statements.hpp"

#include <fmt/format.h>

namespace workflow::postgres {
namespace {

template <std::size_t count>
std::array<std::string, count> names(const char* prefix) {
    std::array<std::string, count> made;
    for (std::size_t at = 0; at < count; ++at) made[at] = fmt::format("{}{}", prefix, at);
    return made;
}

}  // namespace

const char* own_text(Own statement) {
    switch (statement) {
        // One snapshot for all that is read.
        case Own::begin_read:
            return "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
        case Own::begin_write:
            return "BEGIN";
        case Own::commit:
            return "COMMIT";
        case Own::roll_back:
            return "ROLLBACK";
        case Own::open_part:
            return "SAVEPOINT workflow_part";
        case Own::keep_part:
            return "RELEASE SAVEPOINT workflow_part";
        case Own::drop_part:
            return "ROLLBACK TO SAVEPOINT workflow_part";
        // The history is seen as it was before a wait for the lock; whoever appends a revision that
        // came meanwhile is stopped by the key.
        case Own::instance_lock:
            return "SELECT revision, body, coalesce((SELECT revision FROM history WHERE instance = $1"
                   " ORDER BY revision DESC LIMIT 1), 0) FROM instances WHERE id = $1 FOR UPDATE";
        case Own::instance_claim:
            return "SELECT revision, body, coalesce((SELECT revision FROM history WHERE instance = $1"
                   " ORDER BY revision DESC LIMIT 1), 0) FROM instances WHERE id = $1"
                   " FOR UPDATE SKIP LOCKED";
        case Own::instance_new:
            return "INSERT INTO instances (id, revision, body) VALUES ($1, $2, $3)";
        case Own::history_newest:
            return "SELECT coalesce(max(revision), 0) FROM history WHERE instance = $1";
        case Own::history_new:
            return "INSERT INTO history (instance, revision, request, body)"
                   " VALUES ($1, $2, $3, $4)";
        case Own::key_lock:
            return "SELECT pg_advisory_xact_lock($1)";
    }
    return "";
}

const char* postgres_text(store::Sql statement) {
    // Behind the oldest transaction that is still under way nothing is certain yet.
    if (statement == store::Sql::change_list) {
        return "SELECT transaction, number, instance, revision FROM history"
               " WHERE (transaction, number) > ($1, $2) AND transaction <"
               " pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text::bigint"
               " ORDER BY transaction, number LIMIT $3";
    }
    return store::sql_text(statement);
}

const char* own_name(Own statement) {
    static const auto all = names<own_count>("own");
    return all[static_cast<std::size_t>(statement)].c_str();
}

const char* prepared_name(store::Sql statement) {
    static const auto all = names<store::sql_count>("sql");
    return all[static_cast<std::size_t>(statement)].c_str();
}

}  // namespace workflow::postgres
