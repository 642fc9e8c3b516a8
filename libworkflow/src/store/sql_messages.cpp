// Messages and those who wait for them: the part of sql_transaction.hpp that only they need.
#include <fmt/format.h>

#include <limits>

#include "store/sql_transaction.hpp"

namespace workflow::store {

void SqlTransaction::put_subscription(const StoredSubscription& row) {
    queue(Sql::subscription_insert,
           {sql_text_value(row.message), sql_text_value(row.key), sql_integer(row.since),
            sql_text_value(row.instance), sql_integer(row.ordinal)});
}

void SqlTransaction::erase_subscription(const StoredSubscription& row) {
    queue(Sql::subscription_delete,
           {sql_text_value(row.message), sql_text_value(row.key), sql_integer(row.since),
            sql_text_value(row.instance), sql_integer(row.ordinal)});
}

std::vector<StoredSubscription> SqlTransaction::subscriptions(
    std::string_view message, std::string_view key, const std::optional<StoredSubscription>& after,
    std::size_t rows_max) {
    guard_.check_read();
    // Without `after` the bound is a key below every key: ordinals are never negative.
    std::int64_t since = std::numeric_limits<std::int64_t>::min();
    std::string_view instance;
    std::int64_t ordinal = -1;
    if (after) {
        using Name = std::pair<std::string_view, std::string_view>;
        const Name given(after->message, after->key);
        const Name mine(message, key);
        if (given > mine) return {};
        if (given == mine) {
            since = after->since, instance = after->instance, ordinal = after->ordinal;
        }
    }
    std::vector<StoredSubscription> found;
    query(Sql::subscription_list,
          {sql_text_value(message), sql_text_value(key), sql_integer(since),
           sql_text_value(instance), sql_integer(ordinal),
           sql_bound(rows_max)},
          [&](const SqlRow& row) {
              found.push_back({std::string(message), std::string(key), row.integer(0),
                               row.characters(1), number(row, 2)});
          });
    return found;
}

void SqlTransaction::put_message(const StoredMessage& row) {
    guard_.check_write();
    guard_.check_revision(row.number);
    guard_.check_body(row.body);
    if (change(Sql::message_insert,
               {sql_text_value(row.message), sql_text_value(row.key),
                sql_integer(static_cast<std::int64_t>(row.number)), sql_bytes(row.body)}) == 0) {
        guard_.conflict(
            fmt::format("message {} number {} exists", in_quotes(row.message), row.number));
    }
}

void SqlTransaction::erase_message(const StoredMessage& row) {
    queue(Sql::message_delete, {sql_text_value(row.message), sql_text_value(row.key),
                                 sql_integer(static_cast<std::int64_t>(row.number))});
}

std::vector<StoredMessage> SqlTransaction::messages(std::string_view message, std::string_view key,
                                                    std::size_t rows_max) {
    std::vector<StoredMessage> found;
    query(Sql::message_list,
          {sql_text_value(message), sql_text_value(key),
           sql_bound(rows_max)},
          [&](const SqlRow& row) {
              found.push_back(
                  {std::string(message), std::string(key), count(row, 0), row.characters(1)});
          });
    return found;
}

std::vector<StoredMessage> SqlTransaction::all_messages(const std::optional<StoredMessage>& after,
                                                        std::size_t rows_max) {
    std::vector<StoredMessage> found;
    query(Sql::message_all,
          {sql_text_value(after ? std::string_view(after->message) : std::string_view()),
           sql_text_value(after ? std::string_view(after->key) : std::string_view()),
           sql_bound(after ? after->number : 0), sql_bound(rows_max)},
          [&](const SqlRow& row) {
              found.push_back(
                  {row.characters(0), row.characters(1), count(row, 2), row.characters(3)});
          });
    return found;
}

}  // namespace workflow::store
