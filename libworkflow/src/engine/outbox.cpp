// The outbox as the host sees it: what stands there, who takes it, what becomes of it.
#include <algorithm>
#include <limits>

#include "engine/implementation.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

using Pending = Engine::Pending;

using engine::milliseconds_of;

/// Without its body: enough to find it again.
StoredEffect row_of(const Pending& pending) {
    return {milliseconds_of(pending.at), pending.instance, pending.revision,
            pending.number,              pending.tries,    {}};
}

Pending pending_of(const StoredEffect& row) {
    Effect effect = record::decode_effect(row.body);
    Pending pending{row.instance, row.revision, row.number, {}, engine::instant_of(row.at), row.tries,
                    row.trace};
    if (auto* notice = std::get_if<Notice>(&effect)) {
        pending.effect = std::move(*notice);
    } else if (auto* request = std::get_if<ServiceRequest>(&effect)) {
        pending.effect = std::move(*request);
    } else {
        throw Error(ErrorCode::corrupt,
                    "the outbox holds an effect of " + row.instance + " that is not for the host");
    }
    return pending;
}

/// A service that was taken before, and whose answer would change nothing any more. Of an instance that
/// cannot be loaded nobody can say so: its effect must not hold the others back.
bool is_stale(engine::Definitions& definitions, Transaction& transaction, const Pending& pending) {
    const auto* request = std::get_if<ServiceRequest>(&pending.effect);
    if (pending.tries == 0 || request == nullptr || request->withdrawn) return false;
    try {
        const engine::Loaded loaded = engine::load(definitions, transaction, pending.instance);
        const auto& awaited = loaded.instance.awaited;
        return std::none_of(awaited.begin(), awaited.end(), [&](const Awaited& waits) {
            return waits.token == request->token && waits.attempt == request->attempt;
        });
    } catch (const Error& error) {
        if (error.code() == ErrorCode::storage) throw;
        return false;
    }
}

}  // namespace

std::vector<Pending> Engine::pending_effects(const std::optional<Pending>& after,
                                             std::size_t rows_max) {
    const auto transaction = implementation_->store->begin(Store::Access::read);
    const auto behind = after ? std::optional(row_of(*after)) : std::nullopt;
    std::vector<Pending> pending;
    for (const StoredEffect& row :
         transaction->effects(std::numeric_limits<std::int64_t>::max(), behind,
                              std::min(rows_max, limits::page_rows_max))) {
        pending.push_back(pending_of(row));
    }
    return pending;
}

std::vector<Pending> Engine::take_effects(std::chrono::milliseconds lease, std::size_t rows_max,
                                          const std::function<bool(const Pending&)>& wanted) {
    auto& self = *implementation_;
    if (lease.count() <= 0) {
        throw Error(ErrorCode::misuse, "a lease of " + std::to_string(lease.count()) +
                                           " ms ends before it begins: give one longer than a "
                                           "handler may take");
    }
    const Instant now = self.clock->now();
    // First without the lock: who finds nothing keeps no writer waiting.
    std::vector<Pending> found;
    std::vector<Pending> stale;
    std::optional<StoredEffect> after;
    for (bool more = true; more && found.size() < rows_max;) {
        const auto transaction = self.store->begin(Store::Access::read);
        const auto rows =
            transaction->effects(milliseconds_of(now), after, limits::page_rows_max);
        for (const StoredEffect& row : rows) {
            if (found.size() == rows_max) break;
            Pending pending = pending_of(row);
            if (wanted && !wanted(pending)) continue;
            const bool is_over = is_stale(self.definitions, *transaction, pending);
            (is_over ? stale : found).push_back(std::move(pending));
        }
        more = rows.size() == limits::page_rows_max;
        if (more) after = rows.back();
    }
    if (found.empty() && stale.empty()) return found;
    std::vector<Pending> taken;
    self.commits.run([&](Transaction& transaction) {
        taken.clear();
        for (const Pending& pending : stale) transaction.erase_effect(row_of(pending));
        for (Pending pending : found) {
            const StoredEffect row = row_of(pending);
            pending.at = now + lease;
            ++pending.tries;
            if (!transaction.move_effect(row, milliseconds_of(pending.at), pending.tries)) continue;
            taken.push_back(std::move(pending));
        }
        return true;
    });
    return taken;
}

void Engine::acknowledge(const Pending& effect) {
    implementation_->commits.run([&](Transaction& transaction) {
        transaction.erase_effect(row_of(effect));
        return true;
    });
}

void Engine::postpone(const Pending& effect, std::chrono::milliseconds pause) {
    auto& self = *implementation_;
    const std::int64_t at = milliseconds_of(self.clock->now() + pause);
    self.commits.run([&](Transaction& transaction) {
        return transaction.move_effect(row_of(effect), at, effect.tries);
    });
}

Instant Engine::now() const {
    return implementation_->clock->now();
}

}  // namespace workflow
