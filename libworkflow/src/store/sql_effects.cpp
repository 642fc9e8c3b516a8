// What goes to other instances and to the host: the part of sql_transaction.hpp that only they need.
#include <limits>

#include "store/sql_transaction.hpp"

namespace workflow::store {

void SqlTransaction::put_dispatch(const StoredDispatch& row) {
    guard_.check_write();
    guard_.check_revision(row.revision);
    guard_.check_body(row.body);
    queue(Sql::dispatch_put, {sql_text_value(row.instance), sql_bound(row.revision),
                              sql_integer(row.number), sql_bytes(row.body),
                              sql_text_value(row.trace)});
}

void SqlTransaction::erase_dispatch(const StoredDispatch& row) {
    queue(Sql::dispatch_delete,
          {sql_text_value(row.instance), sql_bound(row.revision), sql_integer(row.number)});
}

std::vector<StoredDispatch> SqlTransaction::dispatches(std::string_view instance,
                                                       std::size_t rows_max) {
    std::vector<StoredDispatch> found;
    query(Sql::dispatch_list, {sql_text_value(instance), sql_bound(rows_max)},
          [&](const SqlRow& row) {
              found.push_back({std::string(instance), count(row, 0),
                               number(row, 1), row.characters(2),
                               row.characters(3)});
          });
    return found;
}

void SqlTransaction::put_effect(const StoredEffect& row) {
    guard_.check_write();
    guard_.check_revision(row.revision);
    guard_.check_body(row.body);
    queue(Sql::effect_put,
          {sql_integer(row.at), sql_text_value(row.instance), sql_bound(row.revision),
           sql_integer(row.number), sql_integer(row.tries), sql_bytes(row.body),
           sql_text_value(row.trace)});
}

void SqlTransaction::erase_effect(const StoredEffect& row) {
    queue(Sql::effect_delete, {sql_integer(row.at), sql_text_value(row.instance),
                               sql_bound(row.revision), sql_integer(row.number)});
}

bool SqlTransaction::move_effect(const StoredEffect& row, std::int64_t at, std::uint32_t tries) {
    return change(Sql::effect_move,
                  {sql_integer(at), sql_integer(tries), sql_integer(row.at),
                   sql_text_value(row.instance), sql_bound(row.revision),
                   sql_integer(row.number)}) > 0;
}

std::vector<StoredEffect> SqlTransaction::effects(std::int64_t until,
                                                  const std::optional<StoredEffect>& after,
                                                  std::size_t rows_max) {
    std::vector<StoredEffect> found;
    // Without `after` the bound is a key below every key: revisions count from 1.
    query(Sql::effect_list,
          {sql_integer(until),
           sql_integer(after ? after->at : std::numeric_limits<std::int64_t>::min()),
           sql_text_value(after ? std::string_view(after->instance) : std::string_view()),
           sql_bound(after ? after->revision : 0),
           sql_integer(after ? std::int64_t{after->number} : -1), sql_bound(rows_max)},
          [&](const SqlRow& row) {
              found.push_back({row.integer(0), row.characters(1), count(row, 2),
                               number(row, 3),
                               number(row, 4), row.characters(5),
                               row.characters(6)});
          });
    return found;
}

}  // namespace workflow::store
