// What a database must offer to carry the SQL store: the thin driver's interface. Confined.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>

#include "store/sql_statements.hpp"
#include "workflow/store.hpp"
#include "workflow/visibility.hpp"

namespace workflow {
// The library of the PostgreSQL store, of the same version, uses these.
namespace store WORKFLOW_PUBLIC {

/// One parameter. Texts and bytes are borrowed for the call.
struct SqlValue {
    enum class Kind : std::uint8_t { integer, text, bytes };
    Kind kind;
    std::int64_t integer = 0;
    std::string_view characters;
};
[[nodiscard]] inline SqlValue sql_integer(std::int64_t value) {
    return {SqlValue::Kind::integer, value, {}};
}
/// Numbers above 2^63 - 1 are in no row: as a bound they mean the same as the largest.
[[nodiscard]] inline SqlValue sql_bound(std::uint64_t value) {
    constexpr std::uint64_t integer_max = std::numeric_limits<std::int64_t>::max();
    return sql_integer(static_cast<std::int64_t>(std::min(value, integer_max)));
}
[[nodiscard]] inline SqlValue sql_text_value(std::string_view value) {
    return {SqlValue::Kind::text, 0, value};
}
[[nodiscard]] inline SqlValue sql_bytes(std::string_view value) {
    return {SqlValue::Kind::bytes, 0, value};
}

/// The row a query stands on; columns count from 0.
class SqlRow {
public:
    virtual ~SqlRow() = default;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual std::string characters(int column) const = 0;
};

/// Every failure is an Error with the database's own words. After one the transaction is to be
/// rolled back; the connection serves again when that succeeds.
class SqlConnection {
public:
    using Visit = std::function<void(const SqlRow&)>;
    using Values = std::initializer_list<SqlValue>;

    virtual ~SqlConnection() = default;
    /// Asked before each begin(): false when the other side has gone meanwhile.
    [[nodiscard]] virtual bool is_usable() noexcept { return true; }
    virtual void begin(Store::Access access) = 0;
    /// Error: nothing was kept, and what reached the disk is taken back as far as it can be.
    virtual void commit() = 0;
    /// False: the connection is of no more use.
    [[nodiscard]] virtual bool roll_back() noexcept = 0;
    /// Parts of the transaction, one inside the other.
    virtual void open_part() = 0;
    virtual void keep_part() = 0;
    /// False: the transaction cannot be used any more.
    [[nodiscard]] virtual bool drop_part() noexcept = 0;
    /// Rows changed.
    virtual std::int64_t change(Sql statement, Values values) = 0;
    /// A change whose answer nobody needs: may wait for the next query, change or commit, which then
    /// throws its Error.
    virtual void queue(Sql statement, Values values) { change(statement, values); }
    /// Rows in order.
    virtual void query(Sql statement, Values values, const Visit& visit) = 0;
};

}  // namespace store
}  // namespace workflow
