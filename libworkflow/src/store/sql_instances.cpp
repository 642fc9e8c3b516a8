// Instances as they are looked for and counted, and who acts for whom: the part of sql_transaction.hpp
// that only they need.
#include <limits>

#include "store/sql_transaction.hpp"

namespace workflow::store {
namespace {

constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();

}  // namespace

void SqlTransaction::put_active(const StoredActive& row) {
    queue(Sql::active_put, {sql_text_value(row.procedure), sql_text_value(row.unit),
                            sql_integer(row.received), sql_text_value(row.instance),
                            sql_integer(row.due)});
}

void SqlTransaction::erase_active(const StoredActive& row) {
    queue(Sql::active_delete, {sql_text_value(row.procedure), sql_text_value(row.unit),
                               sql_integer(row.received), sql_text_value(row.instance)});
}

std::vector<StoredActive> SqlTransaction::active(std::string_view procedure,
                                                 const std::optional<StoredActive>& after,
                                                 std::size_t rows_max) {
    std::vector<StoredActive> found;
    query(Sql::active_list,
          {sql_text_value(procedure),
           sql_text_value(after ? std::string_view(after->unit) : std::string_view()),
           sql_integer(after ? after->received : lowest),
           sql_text_value(after ? std::string_view(after->instance) : std::string_view()),
           sql_bound(rows_max)},
          [&](const SqlRow& row) {
              found.push_back({std::string(procedure), row.characters(0), row.integer(1),
                               row.characters(2), row.integer(3)});
          });
    return found;
}

std::vector<StoredActiveCount> SqlTransaction::active_counts(std::string_view procedure,
                                                             const StoredPeriod& period) {
    std::vector<StoredActiveCount> found;
    query(Sql::active_count,
          {sql_integer(period.from), sql_integer(period.until), sql_integer(period.now),
           sql_text_value(procedure)},
          [&](const SqlRow& row) {
              found.push_back({row.characters(0), count(row, 1), count(row, 2), count(row, 3)});
          });
    return found;
}

void SqlTransaction::put_closed(const StoredClosed& row) {
    queue(Sql::closed_put,
          {sql_text_value(row.procedure), sql_text_value(row.outcome), sql_integer(row.closed),
           sql_text_value(row.instance), sql_text_value(row.unit), sql_integer(row.received),
           sql_integer(static_cast<std::int64_t>(row.result)), sql_integer(row.days)});
}

std::vector<StoredClosed> SqlTransaction::closed(std::string_view procedure,
                                                 std::string_view outcome,
                                                 const std::optional<StoredClosed>& after,
                                                 std::size_t rows_max) {
    std::vector<StoredClosed> found;
    query(Sql::closed_list,
          {sql_text_value(procedure), sql_text_value(outcome),
           sql_integer(after ? after->closed : lowest),
           sql_text_value(after ? std::string_view(after->instance) : std::string_view()),
           sql_bound(rows_max)},
          [&](const SqlRow& row) {
              found.push_back({std::string(procedure), std::string(outcome), row.integer(0),
                               row.characters(1), row.characters(2), row.integer(3), result(row, 4),
                               row.integer(5)});
          });
    return found;
}

std::vector<std::string> SqlTransaction::closed_outcomes(std::string_view procedure) {
    return texts(Sql::closed_outcomes, {sql_text_value(procedure)});
}

std::vector<StoredClosedCount> SqlTransaction::closed_counts(std::string_view procedure,
                                                             std::string_view outcome,
                                                             const StoredPeriod& period) {
    std::vector<StoredClosedCount> found;
    query(Sql::closed_count,
          {sql_integer(period.from), sql_integer(period.until), sql_text_value(procedure),
           sql_text_value(outcome)},
          [&](const SqlRow& row) {
              found.push_back({row.characters(0), result(row, 1), count(row, 2), count(row, 3),
                               count(row, 4), row.integer(5)});
          });
    return found;
}

void SqlTransaction::put_field(const StoredField& row) {
    queue(Sql::field_insert, {sql_text_value(row.procedure), sql_text_value(row.field),
                              sql_text_value(row.value), sql_text_value(row.instance)});
}

void SqlTransaction::erase_field(const StoredField& row) {
    queue(Sql::field_delete, {sql_text_value(row.procedure), sql_text_value(row.field),
                              sql_text_value(row.value), sql_text_value(row.instance)});
}

std::vector<std::string> SqlTransaction::found(std::string_view procedure, std::string_view field,
                                               std::string_view value, std::string_view after,
                                               std::size_t rows_max) {
    return texts(Sql::field_list, {sql_text_value(procedure), sql_text_value(field),
                                   sql_text_value(value), sql_text_value(after),
                                   sql_bound(rows_max)});
}

void SqlTransaction::put_delegation(const StoredDelegation& row) {
    guard_.check_write();
    guard_.check_body(row.body);
    queue(Sql::delegation_put,
          {sql_text_value(row.delegate), sql_text_value(row.delegator), sql_integer(row.since),
           sql_integer(row.until), sql_bytes(row.body)});
}

std::vector<StoredDelegation> SqlTransaction::delegations_to(std::string_view delegate) {
    std::vector<StoredDelegation> found;
    query(Sql::delegation_of, {sql_text_value(delegate)},
          [&](const SqlRow& row) { found.push_back(delegation_row(row)); });
    return found;
}

std::vector<StoredDelegation> SqlTransaction::delegations(
    const std::optional<StoredDelegation>& after, std::size_t rows_max) {
    std::vector<StoredDelegation> found;
    query(Sql::delegation_list,
          {sql_text_value(after ? std::string_view(after->delegate) : std::string_view()),
           sql_text_value(after ? std::string_view(after->delegator) : std::string_view()),
           sql_integer(after ? after->since : lowest), sql_bound(rows_max)},
          [&](const SqlRow& row) { found.push_back(delegation_row(row)); });
    return found;
}

StoredDelegation SqlTransaction::delegation_row(const SqlRow& row) {
    return {row.characters(0), row.characters(1), row.integer(2), row.integer(3),
            row.characters(4)};
}

StoredClosed::Result SqlTransaction::result(const SqlRow& row, int column) const {
    const std::uint64_t stored = count(row, column);
    if (stored <= static_cast<std::uint64_t>(StoredClosed::Result::late)) {
        return static_cast<StoredClosed::Result>(stored);
    }
    throw Error(ErrorCode::corrupt, "store " + guard_.name() + ": a row holds the result " +
                                        std::to_string(stored) +
                                        ", which is none; restore it from a backup");
}

}  // namespace workflow::store
