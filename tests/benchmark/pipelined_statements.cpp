#include "benchmark/pipelined_statements.hpp"

#include <array>
#include <stdexcept>

#include "benchmark/comparison.hpp"

namespace workflow::benchmarks {
namespace {

struct Named {
    const char* name;
    const char* sql;
};
constexpr Named statements[] = {
    {"begin", "BEGIN"},
    {"commit", "COMMIT"},
    {"read_instance", "SELECT revision, body FROM instances WHERE id = $1 FOR UPDATE"},
    {"read_request", "SELECT revision FROM history WHERE instance = $1 AND request = $2"},
    {"read_due",
     "SELECT due, instance, ordinal, timer FROM due WHERE due <= $1"
     " ORDER BY due, instance, ordinal, timer LIMIT 1"},
    {"read_history",
     "SELECT revision, body, request FROM history WHERE instance = $1 AND revision > $2"
     " ORDER BY revision LIMIT $3"},
    {"insert_instance", "INSERT INTO instances (id, revision, body) VALUES ($1, $2, $3)"},
    {"update_instance",
     "UPDATE instances SET revision = $1, body = $2 WHERE id = $3 AND revision = $4"},
    {"append_history",
     "INSERT INTO history (instance, revision, request, body) VALUES ($1, $2, $3, $4)"},
    {"put_due", "INSERT INTO due (due, instance, ordinal, timer) VALUES ($1, $2, $3, $4)"},
    {"erase_due",
     "DELETE FROM due WHERE due = $1 AND instance = $2 AND ordinal = $3 AND timer = $4"},
    {"put_work",
     "INSERT INTO work (role, state, unit, due, instance, ordinal, counted)"
     " VALUES ($1, $2, $3, $4, $5, $6, $7)"},
    {"erase_work",
     "DELETE FROM work WHERE role = $1 AND state = $2 AND unit = $3 AND due = $4"
     " AND instance = $5 AND ordinal = $6"},
    {"put_effect",
     "INSERT INTO effects (at, instance, revision, number, tries, body, trace)"
     " VALUES ($1, $2, $3, $4, $5, $6, $7)"},
    {"put_active",
     "INSERT INTO active (procedure, unit, received, instance, due) VALUES ($1, $2, $3, $4, $5)"
     " ON CONFLICT (procedure, unit, received, instance) DO UPDATE SET due = excluded.due"},
    {"erase_active",
     "DELETE FROM active WHERE procedure = $1 AND unit = $2 AND received = $3 AND instance = $4"},
    {"put_closed",
     "INSERT INTO closed (procedure, outcome, closed, instance, unit, received, result, days)"
     " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"},
};

}  // namespace

/// Parameters in PostgreSQL's binary format. Texts are borrowed.
class PipelinedStatements::Values {
public:
    Values& operator<<(const std::string& text) {
        values_[count_] = text.data();
        lengths_[count_] = static_cast<int>(text.size());
        formats_[count_++] = 1;
        return *this;
    }
    Values& operator<<(std::int64_t number) {
        auto left = static_cast<std::uint64_t>(number);
        std::array<char, 8>& bytes = numbers_[count_];
        for (std::size_t at = bytes.size(); at-- > 0; left >>= 8U) {
            bytes[at] = static_cast<char>(static_cast<unsigned char>(left & 0xffU));
        }
        values_[count_] = bytes.data();
        lengths_[count_] = static_cast<int>(bytes.size());
        formats_[count_++] = 1;
        return *this;
    }
    [[nodiscard]] int count() const { return static_cast<int>(count_); }
    [[nodiscard]] const char* const* values() const { return values_.data(); }
    [[nodiscard]] const int* lengths() const { return lengths_.data(); }
    [[nodiscard]] const int* formats() const { return formats_.data(); }

private:
    std::size_t count_ = 0;
    std::array<std::array<char, 8>, 8> numbers_{};
    std::array<const char*, 8> values_{};
    std::array<int, 8> lengths_{};
    std::array<int, 8> formats_{};
};

namespace {

std::int64_t signed_of(std::uint64_t value) {
    return static_cast<std::int64_t>(value);
}

bool is_read(const Operation& operation) {
    return std::holds_alternative<ReadInstance>(operation) ||
           std::holds_alternative<ReadRequest>(operation);
}

}  // namespace

PipelinedStatements::PipelinedStatements(const std::string& conninfo, const std::string& schema)
    : connection_(PQconnectdb(conninfo.c_str())) {
    check(PQstatus(connection_.get()) == CONNECTION_OK);
    execute("SET search_path = " + schema);
    for (const Named& one : statements) {
        PGresult* const result = PQprepare(connection_.get(), one.name, one.sql, 0, nullptr);
        const bool done = PQresultStatus(result) == PGRES_COMMAND_OK;
        PQclear(result);
        check(done);
    }
    check(PQenterPipelineMode(connection_.get()) == 1);
}

void PipelinedStatements::run(const Operations& operations) {
    send("begin", {});
    std::size_t at = 0;
    for (; at < operations.size() && is_read(operations[at]); ++at) {
        std::visit([this](const auto& typed) { apply(typed); }, operations[at]);
    }
    flush();
    for (; at < operations.size(); ++at) {
        std::visit([this](const auto& typed) { apply(typed); }, operations[at]);
    }
    send("commit", {});
    flush();
}

std::uint64_t PipelinedStatements::hash_of_rows() {
    check(PQexitPipelineMode(connection_.get()) == 1);
    std::uint64_t hash = hash_of("");
    for (const char* table :
         {"SELECT id, revision, body FROM instances",
          "SELECT instance, revision, request, body FROM history", "SELECT * FROM due",
          "SELECT * FROM work", "SELECT * FROM active", "SELECT * FROM closed",
          "SELECT * FROM effects"}) {
        const std::string sql = std::string("SELECT md5(string_agg(md5(t::text), '' ORDER BY "
                                            "md5(t::text))) FROM (") +
                                table + ") AS t";
        PGresult* const result = PQexec(connection_.get(), sql.c_str());
        check(PQresultStatus(result) == PGRES_TUPLES_OK);
        hash = hash_of(PQgetvalue(result, 0, 0), hash);
        PQclear(result);
    }
    check(PQenterPipelineMode(connection_.get()) == 1);
    return hash;
}

void PipelinedStatements::execute(const std::string& sql) {
    PGresult* const result = PQexec(connection_.get(), sql.c_str());
    const ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    check(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
}

void PipelinedStatements::send(const char* name, const Values& values) {
    check(PQsendQueryPrepared(connection_.get(), name, values.count(), values.values(),
                              values.lengths(), values.formats(), 1) == 1);
    ++sent_;
}

void PipelinedStatements::flush() {
    check(PQpipelineSync(connection_.get()) == 1);
    for (; sent_ > 0; --sent_) {
        while (PGresult* const result = PQgetResult(connection_.get())) {
            const ExecStatusType status = PQresultStatus(result);
            PQclear(result);
            check(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK);
        }
    }
    PGresult* const end = PQgetResult(connection_.get());
    check(PQresultStatus(end) == PGRES_PIPELINE_SYNC);
    PQclear(end);
}

void PipelinedStatements::check(bool accepted) const {
    if (!accepted) throw std::runtime_error(PQerrorMessage(connection_.get()));
}

void PipelinedStatements::apply(const ReadInstance& operation) {
    send("read_instance", Values() << operation.id);
}
void PipelinedStatements::apply(const ReadRequest& operation) {
    send("read_request", Values() << operation.id << operation.request);
}
void PipelinedStatements::apply(const ReadHistory& operation) {
    send("read_history", Values() << operation.id << signed_of(operation.after)
                                  << static_cast<std::int64_t>(operation.rows_max));
}
void PipelinedStatements::apply(const ReadDue& operation) {
    send("read_due", Values() << operation.until);
}
void PipelinedStatements::apply(const PutInstance& operation) {
    if (operation.expected == 0) {
        send("insert_instance", Values() << operation.id << signed_of(operation.row.revision)
                                         << operation.row.body);
        return;
    }
    send("update_instance", Values() << signed_of(operation.row.revision) << operation.row.body
                                     << operation.id << signed_of(operation.expected));
}
void PipelinedStatements::apply(const AppendHistory& operation) {
    send("append_history", Values() << operation.id << signed_of(operation.row.revision)
                                    << operation.row.request << operation.row.body);
}
void PipelinedStatements::apply(const PutDue& operation) {
    const StoredDue& row = operation.row;
    send("put_due", Values() << row.due << row.instance << std::int64_t{row.ordinal}
                             << std::int64_t{row.timer});
}
void PipelinedStatements::apply(const EraseDue& operation) {
    const StoredDue& row = operation.row;
    send("erase_due", Values() << row.due << row.instance << std::int64_t{row.ordinal}
                               << std::int64_t{row.timer});
}
void PipelinedStatements::apply(const PutWork& operation) {
    const StoredWork& row = operation.row;
    send("put_work", Values() << row.role << row.state << row.unit << row.due << row.instance
                              << std::int64_t{row.ordinal} << std::int64_t{row.counted ? 1 : 0});
}
void PipelinedStatements::apply(const EraseWork& operation) {
    const StoredWork& row = operation.row;
    send("erase_work", Values() << row.role << row.state << row.unit << row.due << row.instance
                                << std::int64_t{row.ordinal});
}
void PipelinedStatements::apply(const PutEffect& operation) {
    const StoredEffect& row = operation.row;
    send("put_effect", Values() << row.at << row.instance << signed_of(row.revision)
                                << std::int64_t{row.number} << std::int64_t{row.tries} << row.body
                                << row.trace);
}
void PipelinedStatements::apply(const PutActive& operation) {
    const StoredActive& row = operation.row;
    send("put_active",
         Values() << row.procedure << row.unit << row.received << row.instance << row.due);
}
void PipelinedStatements::apply(const EraseActive& operation) {
    const StoredActive& row = operation.row;
    send("erase_active", Values() << row.procedure << row.unit << row.received << row.instance);
}
void PipelinedStatements::apply(const PutClosed& operation) {
    const StoredClosed& row = operation.row;
    send("put_closed", Values() << row.procedure << row.outcome << row.closed << row.instance
                                << row.unit << row.received << static_cast<std::int64_t>(row.result)
                                << row.days);
}

}  // namespace workflow::benchmarks
