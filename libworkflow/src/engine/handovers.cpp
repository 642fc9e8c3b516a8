// All that an officer who left has in hand: what it is, and handing it to somebody else.
#include <algorithm>
#include <set>

#include "engine/implementation.hpp"
#include "engine/work_streams.hpp"
#include "workflow/limits.hpp"

namespace workflow {

HandoverReport Engine::plan_reassign_all(const std::string& from, const std::string& cursor,
                                         std::size_t rows_max) {
    auto& self = *implementation_;
    if (from.empty()) throw Error(ErrorCode::misuse, "an id is needed: whose work is handed over");
    const auto transaction = self.store->begin(Store::Access::read);
    self.definitions.learn(transaction->definitions());
    std::set<std::string> roles;
    for (const auto& procedure : self.definitions.procedures()) {
        for (const std::string& role : procedure->role_ids()) roles.insert(role);
    }
    rows_max = std::clamp<std::size_t>(rows_max, 1, limits::page_rows_max);
    engine::WorkStreams streams(
        *transaction, {roles.begin(), roles.end()}, {from},
        [](const std::string&) { return true; }, rows_max, cursor);
    HandoverReport report;
    while (report.items.size() < rows_max) {
        const auto row = streams.next();
        report.finished = !row.has_value();
        if (report.finished) break;
        report.items.push_back(engine::work_item(*row));
    }
    report.cursor = streams.cursor();
    return report;
}

HandoverReport Engine::reassign_all(const std::string& from, const std::string& to,
                                    const Actor& actor, const std::string& reason,
                                    const std::string& cursor, std::size_t rows_max) {
    if (from == to) throw Error(ErrorCode::misuse, "'" + from + "' has it already");
    HandoverReport report = plan_reassign_all(from, cursor, rows_max);
    std::vector<WorkItem> done;
    for (WorkItem& item : report.items) {
        try {
            const Answer answer =
                send(item.instance, Reassign{actor, item.ordinal, to, reason});
            if (const auto* refusal = std::get_if<Refusal>(&answer)) {
                report.failed.emplace_back(item.instance, refusal->reason());
                continue;
            }
            done.push_back(std::move(item));
        } catch (const Error& error) {
            if (error.code() == ErrorCode::storage || error.code() == ErrorCode::misuse) throw;
            report.failed.emplace_back(item.instance, error.what());
        }
    }
    report.items = std::move(done);
    return report;
}

}  // namespace workflow
