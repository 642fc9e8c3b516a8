// What waits for people: work items, incidents, and what has changed: the part of sql_transaction.hpp
// that only they need.
#include <limits>
#include <tuple>

#include "store/sql_transaction.hpp"

namespace workflow::store {

void SqlTransaction::put_work(const StoredWork& row) {
    queue(Sql::work_insert,
          {sql_text_value(row.role), sql_text_value(row.state), sql_text_value(row.unit),
           sql_integer(row.due), sql_text_value(row.instance), sql_integer(row.ordinal),
           sql_integer(row.counted ? 1 : 0)});
}

void SqlTransaction::erase_work(const StoredWork& row) {
    queue(Sql::work_delete,
          {sql_text_value(row.role), sql_text_value(row.state), sql_text_value(row.unit),
           sql_integer(row.due), sql_text_value(row.instance), sql_integer(row.ordinal)});
}

std::vector<StoredWork> SqlTransaction::work(std::string_view role, std::string_view state,
                                             std::string_view unit,
                                             const std::optional<StoredWork>& after,
                                             std::size_t rows_max) {
    guard_.check_read();
    // Without `after` the bound is a key below every key: ordinals are never negative.
    std::int64_t due = std::numeric_limits<std::int64_t>::min();
    std::string_view instance;
    std::int64_t ordinal = -1;
    if (after) {
        using Place = std::tuple<std::string_view, std::string_view, std::string_view>;
        const Place given(after->role, after->state, after->unit);
        const Place mine(role, state, unit);
        if (given > mine) return {};
        if (given == mine) due = after->due, instance = after->instance, ordinal = after->ordinal;
    }
    std::vector<StoredWork> found;
    query(Sql::work_list,
          {sql_text_value(role), sql_text_value(state), sql_text_value(unit), sql_integer(due),
           sql_text_value(instance), sql_integer(ordinal), sql_bound(rows_max)},
          [&](const SqlRow& row) {
              found.push_back({std::string(role), std::string(state), std::string(unit),
                               row.integer(0), row.characters(1), number(row, 2),
                               row.integer(3) != 0});
          });
    return found;
}

std::vector<std::string> SqlTransaction::work_roles() {
    return texts(Sql::work_roles, {});
}

std::vector<std::string> SqlTransaction::work_states(std::string_view role) {
    return texts(Sql::work_states, {sql_text_value(role)});
}

std::vector<StoredWork> SqlTransaction::standing(std::string_view role, std::string_view state,
                                                 const std::optional<StoredWork>& after,
                                                 std::size_t rows_max) {
    guard_.check_read();
    std::string_view unit;
    std::int64_t due = std::numeric_limits<std::int64_t>::min();
    std::string_view instance;
    std::int64_t ordinal = -1;
    if (after) {
        using Place = std::pair<std::string_view, std::string_view>;
        const Place given(after->role, after->state);
        const Place mine(role, state);
        if (given > mine) return {};
        if (given == mine) {
            unit = after->unit, due = after->due;
            instance = after->instance, ordinal = after->ordinal;
        }
    }
    std::vector<StoredWork> found;
    query(Sql::standing_list,
          {sql_text_value(role), sql_text_value(state), sql_text_value(unit), sql_integer(due),
           sql_text_value(instance), sql_integer(ordinal), sql_bound(rows_max)},
          [&](const SqlRow& row) {
              found.push_back({std::string(role), std::string(state), row.characters(0),
                               row.integer(1), row.characters(2), number(row, 3), true});
          });
    return found;
}

std::vector<StoredStanding> SqlTransaction::standing_counts(std::string_view role,
                                                            std::string_view procedure,
                                                            std::int64_t now) {
    // All states of a procedure: what lies between `p/` and what would come behind every `p/...`.
    const std::string from = std::string(procedure) + '/';
    const std::string until = std::string(procedure) + char('/' + 1);
    std::vector<StoredStanding> found;
    query(Sql::standing_count,
          {sql_integer(now), sql_text_value(role), sql_text_value(from), sql_text_value(until)},
          [&](const SqlRow& row) {
              found.push_back(
                  {row.characters(0), row.characters(1), count(row, 2), count(row, 3)});
          });
    return found;
}

void SqlTransaction::put_incident(const StoredIncident& row) {
    queue(Sql::incident_insert,
          {sql_integer(row.since), sql_text_value(row.instance), sql_integer(row.ordinal)});
}

void SqlTransaction::erase_incident(const StoredIncident& row) {
    queue(Sql::incident_delete,
          {sql_integer(row.since), sql_text_value(row.instance), sql_integer(row.ordinal)});
}

std::vector<StoredIncident> SqlTransaction::incidents(const std::optional<StoredIncident>& after,
                                                      std::size_t rows_max) {
    std::vector<StoredIncident> found;
    query(Sql::incident_list,
          {sql_integer(after ? after->since : std::numeric_limits<std::int64_t>::min()),
           sql_text_value(after ? std::string_view(after->instance) : std::string_view()),
           sql_integer(after ? std::int64_t{after->ordinal} : -1), sql_bound(rows_max)},
          [&](const SqlRow& row) {
              found.push_back({row.integer(0), row.characters(1),
                               static_cast<std::uint32_t>(count(row, 2))});
          });
    return found;
}

std::vector<StoredChange> SqlTransaction::changes(const std::optional<StoredChange>& after,
                                                  std::size_t rows_max) {
    std::vector<StoredChange> found;
    query(Sql::change_list,
          {sql_bound(after ? after->transaction : 0), sql_bound(after ? after->number : 0),
           sql_bound(rows_max)},
          [&](const SqlRow& row) {
              found.push_back({count(row, 0), count(row, 1), row.characters(2), count(row, 3)});
          });
    return found;
}

}  // namespace workflow::store
