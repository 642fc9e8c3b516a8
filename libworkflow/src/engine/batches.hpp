// Instances one after the other, so many at a time.
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "engine/implementation.hpp"
#include "workflow/limits.hpp"

namespace workflow::engine {

/// Calls `look(id)` for each instance of the batch; what it throws is told, and the next follows.
template <class Look>
void go_through(Transaction& transaction, const std::string& cursor, std::size_t rows_max,
                BatchReport& report, Look look) {
    rows_max = std::clamp<std::size_t>(rows_max, 1, limits::page_rows_max);
    const std::vector<std::string> ids = transaction.instances(cursor, rows_max);
    report.cursor = ids.empty() ? cursor : ids.back();
    report.finished = ids.size() < rows_max;
    for (const std::string& id : ids) {
        ++report.looked_at;
        try {
            look(id);
        } catch (const Error& error) {
            if (error.code() == ErrorCode::storage) throw;
            report.failed.emplace_back(id, error.what());
        }
    }
}

}  // namespace workflow::engine
