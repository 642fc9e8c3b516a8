// The rows of a store as they stand in a file. Pure functions.
#pragma once

#include <string>
#include <type_traits>

#include "record/bytes.hpp"
#include "workflow/error.hpp"
#include "workflow/store.hpp"

namespace workflow::engine {

/// An instance's own row, with its id.
struct TransferInstance {
    std::string id;
    StoredInstance row;
};

class Put {
public:
    void operator()(const std::string& value) { out_.text(value); }
    void operator()(std::uint64_t value) { out_.number(value); }
    void operator()(std::uint32_t value) { out_.number(value); }
    void operator()(std::int64_t value) { out_.signed_number(value); }
    void operator()(StoredClosed::Result value) { out_.number(static_cast<std::uint64_t>(value)); }
    [[nodiscard]] std::string take() { return out_.take(); }

private:
    record::Writer out_;
};

class Take {
public:
    explicit Take(const std::string& bytes) : in_(bytes) {}
    void operator()(std::string& value) { value = in_.text(); }
    void operator()(std::uint64_t& value) { value = in_.number(); }
    void operator()(std::uint32_t& value) { value = in_.number32(); }
    void operator()(std::int64_t& value) { value = in_.signed_number(); }
    void operator()(StoredClosed::Result& value) {
        const std::uint64_t number = in_.number();
        if (number > static_cast<std::uint64_t>(StoredClosed::Result::late)) {
            throw Error(ErrorCode::corrupt, "a row of statistics has an unknown result");
        }
        value = static_cast<StoredClosed::Result>(number);
    }
    void finish() const { in_.finish(); }

private:
    record::Reader in_;
};

// The members of each row in the order in which they stand in a file, for ever.
template <class Each, class Row>
void members(Each& each, Row& row) {
    using Plain = std::remove_const_t<Row>;
    if constexpr (std::is_same_v<Plain, StoredDefinition>) {
        each(row.kind), each(row.id), each(row.version), each(row.digest), each(row.body);
    } else if constexpr (std::is_same_v<Plain, TransferInstance>) {
        each(row.id), each(row.row.revision), each(row.row.body);
    } else if constexpr (std::is_same_v<Plain, StoredHistory>) {
        each(row.revision), each(row.request), each(row.body);
    } else if constexpr (std::is_same_v<Plain, StoredSecret>) {
        each(row.digest), each(row.body);
    } else if constexpr (std::is_same_v<Plain, StoredDispatch>) {
        each(row.revision), each(row.number), each(row.body), each(row.trace);
    } else if constexpr (std::is_same_v<Plain, StoredMessage>) {
        each(row.message), each(row.key), each(row.number), each(row.body);
    } else if constexpr (std::is_same_v<Plain, StoredEffect>) {
        each(row.at), each(row.instance), each(row.revision), each(row.number);
        each(row.tries), each(row.body), each(row.trace);
    } else if constexpr (std::is_same_v<Plain, StoredClosed>) {
        each(row.procedure), each(row.outcome), each(row.closed), each(row.instance);
        each(row.unit), each(row.received), each(row.result), each(row.days);
    } else {
        each(row.delegate), each(row.delegator), each(row.since), each(row.until), each(row.body);
    }
}

template <class Row>
[[nodiscard]] std::string transfer_bytes(const Row& row) {
    Put put;
    members(put, row);
    return put.take();
}

/// Of a dispatch without its instance, which stands before it. Error{corrupt}.
template <class Row>
[[nodiscard]] Row transferred(const std::string& bytes) {
    Row row;
    Take take(bytes);
    members(take, row);
    take.finish();
    return row;
}

}  // namespace workflow::engine
