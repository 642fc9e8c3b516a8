// Work items of several roles and units in the order in which they fall due. Confined.
#pragma once

#include <functional>
#include <string>
#include <tuple>
#include <vector>

#include "engine/cursors.hpp"
#include "workflow/store.hpp"

namespace workflow::engine {

/// Refers to the transaction.
class WorkStreams {
public:
    /// Of the states (`<procedure>/<state>`) that `wanted` wants, behind `cursor` where one is given;
    /// some `rows_wanted` are expected to be asked for.
    WorkStreams(Transaction& transaction, const std::vector<std::string>& roles,
                const std::vector<std::string>& units,
                const std::function<bool(const std::string& state)>& wanted,
                std::size_t rows_wanted, const std::string& cursor);

    /// Each item once, be it in several streams; nothing at the end.
    [[nodiscard]] std::optional<StoredWork> next();
    /// Behind what next() gave last.
    [[nodiscard]] std::string cursor() const;

private:
    /// Rows of one role, state and unit, page by page.
    struct Stream {
        std::string role;
        std::string state;
        std::string unit;
        std::size_t page = 0;  ///< rows that are read next
        std::vector<StoredWork> rows = {};
        std::size_t next = 0;
        bool is_whole = false;  ///< there are no more than these
    };
    using Key = std::tuple<std::int64_t, std::string, std::uint32_t>;

    [[nodiscard]] static Key key_of(const StoredWork& row) {
        return {row.due, row.instance, row.ordinal};
    }
    [[nodiscard]] const StoredWork* head(Stream& stream);

    Transaction& transaction_;
    std::vector<Stream> streams_;
    std::optional<Key> last_;
};

}  // namespace workflow::engine
