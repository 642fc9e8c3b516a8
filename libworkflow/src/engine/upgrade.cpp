// A store of an older layout: its index rows made anew from the instances themselves.
#include "workflow/upgrade.hpp"

#include "engine/implementation.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

/// The deadlines that it has by this build are those that stand there.
void check_deadlines(Transaction& transaction, const std::string& id, const IndexRows& rows,
                     UpgradeReport& report) {
    for (const DueRow& row : rows.due) {
        ++report.deadlines;
        const StoredDue stored{engine::milliseconds_of(row.due), id, row.ordinal, row.timer};
        if (transaction.claim_due(stored)) continue;
        throw Error(ErrorCode::corrupt,
                    "a deadline of " + to_string(row.due, UtcOffset{}) + " is not in the store");
    }
}

}  // namespace

UpgradeReport upgrade_rows(const std::shared_ptr<Store>& store,
                           const std::function<void(std::size_t)>& progress) {
    engine::Definitions definitions(store);
    UpgradeReport report;
    for (std::string last;;) {
        const auto transaction = store->begin(Store::Access::write);
        const auto ids = transaction->instances(last, limits::page_rows_max);
        for (const std::string& id : ids) {
            ++report.instances;
            try {
                Part part(*transaction);
                const engine::Loaded loaded = engine::load(definitions, *transaction, id);
                const IndexRows rows = engine::rows_of(loaded);
                check_deadlines(*transaction, id, rows, report);
                engine::write_index(*transaction, id, loaded.procedure->model(), {}, rows);
                if (loaded.instance.status == Instance::Status::ended) {
                    transaction->put_closed(
                        engine::closing_row(definitions, *transaction, loaded.instance));
                }
                part.keep();
            } catch (const Error& error) {
                if (error.code() == ErrorCode::storage) throw;
                report.failed.emplace_back(id, error.what());
            }
        }
        transaction->commit();
        if (progress) progress(report.instances);
        if (ids.size() < limits::page_rows_max) return report;
        last = ids.back();
    }
}

}  // namespace workflow
