#include "engine/work_streams.hpp"

#include <algorithm>

#include "workflow/limits.hpp"

namespace workflow::engine {

WorkStreams::WorkStreams(Transaction& transaction, const std::vector<std::string>& roles,
                         const std::vector<std::string>& units,
                         const std::function<bool(const std::string& state)>& wanted,
                         std::size_t rows_wanted, const std::string& cursor)
    : transaction_(transaction) {
    for (const std::string& role : roles) {
        for (const std::string& state : transaction.work_states(role)) {
            if (!wanted(state)) continue;
            for (const std::string& unit : units) streams_.push_back({role, state, unit});
        }
    }
    // What is wanted may come from one stream as well as from all.
    const std::size_t share = rows_wanted / std::max<std::size_t>(streams_.size(), 1);
    for (Stream& stream : streams_) {
        stream.page = std::clamp<std::size_t>(2 * share, 8, limits::page_rows_max);
    }
    if (const auto behind = cursor_of(cursor)) {
        last_ = Key{behind->first, behind->rest, static_cast<std::uint32_t>(behind->second)};
    }
}

std::optional<StoredWork> WorkStreams::next() {
    const StoredWork* first = nullptr;
    for (Stream& stream : streams_) {
        while (const StoredWork* row = head(stream)) {
            if (last_ && key_of(*row) <= *last_) {
                ++stream.next;
                continue;
            }
            if (first == nullptr || key_of(*row) < key_of(*first)) first = row;
            break;
        }
    }
    if (first == nullptr) return std::nullopt;
    StoredWork row = *first;
    last_ = key_of(row);
    return row;
}

const StoredWork* WorkStreams::head(Stream& stream) {
    if (stream.next == stream.rows.size()) {
        if (stream.is_whole) return nullptr;
        std::optional<StoredWork> after;
        if (!stream.rows.empty()) {
            after = stream.rows.back();
        } else if (last_) {
            const auto& [due, instance, ordinal] = *last_;
            after = StoredWork{stream.role, stream.state, stream.unit, due, instance, ordinal};
        }
        stream.rows =
            transaction_.work(stream.role, stream.state, stream.unit, after, stream.page);
        stream.next = 0;
        stream.is_whole = stream.rows.size() < stream.page;
        stream.page = std::min(2 * stream.page, limits::page_rows_max);
    }
    return stream.next == stream.rows.size() ? nullptr : &stream.rows[stream.next];
}

std::string WorkStreams::cursor() const {
    if (!last_) return {};
    return written({std::get<0>(*last_), std::get<2>(*last_), std::get<1>(*last_)});
}

}  // namespace workflow::engine
