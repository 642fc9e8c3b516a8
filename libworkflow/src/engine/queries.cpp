// The calls that only read.
#include <algorithm>

#include "engine/implementation.hpp"
#include "workflow/limits.hpp"

namespace workflow {

std::shared_ptr<const Procedure> Engine::procedure(const std::string& id,
                                                   std::optional<std::int64_t> version) const {
    return implementation_->definitions.known_procedure(id, version);
}

std::vector<std::shared_ptr<const Procedure>> Engine::procedures() const {
    return implementation_->definitions.procedures();
}

std::shared_ptr<const Calendar> Engine::calendar(const std::string& id) const {
    return implementation_->definitions.known_calendar(id);
}

InstanceView Engine::get(const std::string& instance) {
    auto& self = *implementation_;
    const auto transaction = self.store->begin(Store::Access::read);
    engine::Loaded loaded = engine::load(self.definitions, *transaction, instance);
    auto calendar = self.definitions.calendar(loaded.instance.calendar);
    return {std::move(loaded.instance), std::move(loaded.procedure), std::move(calendar),
            std::move(loaded.calendars)};
}

std::vector<std::string> Engine::instances(const std::string& after, std::size_t rows_max) {
    const auto transaction = implementation_->store->begin(Store::Access::read);
    return transaction->instances(after, std::min(rows_max, limits::page_rows_max));
}

std::vector<HistoryEntry> Engine::history(const std::string& instance) {
    const auto transaction = implementation_->store->begin(Store::Access::read);
    std::vector<HistoryEntry> entries;
    for (engine::HistoryRow& row : engine::load_history(*transaction, instance)) {
        entries.push_back(std::move(row.entry));
    }
    return entries;
}

std::vector<PermittedAction> Engine::permitted(const std::string& instance, const Actor& actor) {
    auto& self = *implementation_;
    const Instant now = self.clock->now();
    const auto transaction = self.store->begin(Store::Access::read);
    const engine::Loaded loaded = engine::load(self.definitions, *transaction, instance);
    const auto acting = engine::resolved(*transaction, actor, now);
    if (std::holds_alternative<Refusal>(acting)) return {};
    return workflow::permitted(*loaded.procedure, *loaded.calendars, loaded.instance,
                               std::get<Actor>(acting), now);
}

std::optional<Instant> Engine::next_due() {
    const auto row = implementation_->store->begin(Store::Access::read)->next_due();
    if (!row) return std::nullopt;
    return engine::instant_of(row->due);
}

}  // namespace workflow
