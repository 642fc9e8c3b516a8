// The store of tests and simulations: sorted maps, one writer or many readers at a time.
#include <fmt/format.h>

#include <limits>
#include <tuple>

#include "store/memory_table.hpp"
#include "store/transaction_guard.hpp"
#include "store/turn.hpp"
#include "workflow/store.hpp"

namespace workflow::store {
namespace {

using namespace std::chrono_literals;

struct Nothing {};
using DispatchKey = std::tuple<std::string, std::uint64_t, std::uint32_t>;
using EffectKey = std::tuple<std::int64_t, std::string, std::uint64_t, std::uint32_t>;
using MessageKey = std::tuple<std::string, std::string, std::uint64_t>;
using DefinitionKey = std::tuple<std::string, std::string, std::int64_t>;
using TextPair = std::pair<std::string, std::string>;
using ActiveKey = std::tuple<std::string, std::string, std::int64_t, std::string>;
using ClosedKey = std::tuple<std::string, std::string, std::int64_t, std::string>;
using DelegationKey = std::tuple<std::string, std::string, std::int64_t>;
/// Of a work item; whether it is counted stands beside it.
using WorkKey = std::tuple<std::string, std::string, std::string, std::int64_t, std::string,
                           std::uint32_t>;

struct Tables {
    MemoryTable<std::string, StoredInstance> instances;
    MemoryTable<std::pair<std::string, std::uint64_t>, StoredHistory> history;
    MemoryTable<StoredDue, Nothing> due;
    MemoryTable<std::uint64_t, std::pair<std::string, std::uint64_t>> changes;
    MemoryTable<WorkKey, StoredWork> work;
    MemoryTable<ActiveKey, StoredActive> active;
    MemoryTable<ClosedKey, StoredClosed> closed;
    MemoryTable<StoredField, Nothing> fields;
    MemoryTable<DelegationKey, StoredDelegation> delegations;
    MemoryTable<StoredIncident, Nothing> incidents;
    MemoryTable<StoredSubscription, Nothing> subscriptions;
    MemoryTable<MessageKey, std::string> messages;
    MemoryTable<DispatchKey, StoredDispatch> dispatches;
    MemoryTable<EffectKey, StoredEffect> effects;
    MemoryTable<DefinitionKey, StoredDefinition> definitions;
    MemoryTable<TextPair, std::string> secrets;
    Turn turn;

    template <typename Visit>
    void each(Visit visit) {
        visit(instances), visit(history), visit(changes), visit(due);
        visit(work), visit(active), visit(closed), visit(fields), visit(delegations);
        visit(incidents), visit(subscriptions), visit(messages);
        visit(dispatches), visit(effects), visit(definitions), visit(secrets);
    }
};

class MemoryTransaction final : public Transaction {
public:
    MemoryTransaction(std::shared_ptr<Tables> tables, Store::Access access)
        : tables_(std::move(tables)), guard_("memory", access) {}
    MemoryTransaction(const MemoryTransaction&) = delete;
    MemoryTransaction& operator=(const MemoryTransaction&) = delete;
    ~MemoryTransaction() override { leave(Ending::roll_back); }

    void commit() override {
        guard_.check_commit();
        leave(Ending::keep);
        guard_.mark_done();
    }

    [[nodiscard]] std::uint64_t writes() const override { return guard_.writes(); }

    void open_part() override {
        guard_.check_write();
        std::vector<std::size_t> changes;
        tables_->each([&](const auto& table) { changes.push_back(table.changes()); });
        parts_.push_back(std::move(changes));
        guard_.open_part();
    }
    void keep_part() override {
        guard_.check_part();
        guard_.close_part();
        parts_.pop_back();
    }
    void drop_part() noexcept override {
        if (parts_.empty()) return;
        auto left = parts_.back().begin();
        tables_->each([&](auto& table) { table.roll_back(*left++); });
        guard_.close_part();
        parts_.pop_back();
    }

    std::optional<StoredInstance> instance(std::string_view id) override {
        guard_.check_read();
        const StoredInstance* found = tables_->instances.find(std::string(id));
        return found == nullptr ? std::nullopt : std::optional(*found);
    }
    void put_instance(std::string_view id, std::uint64_t expected,
                      const StoredInstance& row) override {
        guard_.check_write();
        guard_.check_revision(row.revision);
        guard_.check_body(row.body);
        const StoredInstance* found = tables_->instances.find(std::string(id));
        const std::uint64_t stored = found == nullptr ? 0 : found->revision;
        if (stored != expected) {
            guard_.conflict(fmt::format("instance {} is not at revision {}", in_quotes(id), expected));
        }
        tables_->instances.put(std::string(id), row);
    }
    std::vector<std::string> instances(std::string_view after, std::size_t rows_max) override {
        guard_.check_read();
        std::vector<std::string> ids;
        const auto& rows = tables_->instances.rows();
        auto row = rows.upper_bound(std::string(after));
        for (; row != rows.end() && ids.size() < rows_max; ++row) ids.push_back(row->first);
        return ids;
    }

    void append_history(std::string_view id, const StoredHistory& row) override {
        guard_.check_write();
        guard_.check_revision(row.revision);
        guard_.check_body(row.body);
        const std::pair key(std::string(id), row.revision);
        if (tables_->history.find(key) != nullptr) {
            guard_.conflict(fmt::format("revision {} of the history of instance {} exists",
                                        row.revision, in_quotes(id)));
        }
        tables_->history.put(key, row);
        const auto& changes = tables_->changes.rows();
        tables_->changes.put(changes.empty() ? 1 : changes.rbegin()->first + 1, key);
    }
    std::vector<StoredChange> changes(const std::optional<StoredChange>& after,
                                      std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredChange> found;
        const auto& rows = tables_->changes.rows();
        auto row = rows.upper_bound(after ? after->number : 0);
        for (; row != rows.end() && found.size() < rows_max; ++row) {
            found.push_back({0, row->first, row->second.first, row->second.second});
        }
        return found;
    }
    std::vector<StoredHistory> history(std::string_view id, std::uint64_t after,
                                       std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredHistory> found;
        const auto& rows = tables_->history.rows();
        auto row = rows.upper_bound({std::string(id), after});
        for (; row != rows.end() && row->first.first == id && found.size() < rows_max; ++row) {
            found.push_back(row->second);
        }
        return found;
    }
    std::optional<StoredHistory> last_history(std::string_view id) override {
        guard_.check_read();
        const auto& rows = tables_->history.rows();
        auto row = rows.upper_bound({std::string(id), std::numeric_limits<std::uint64_t>::max()});
        if (row == rows.begin()) return std::nullopt;
        --row;
        if (row->first.first != id) return std::nullopt;
        return row->second;
    }
    void erase_instance(std::string_view id) override {
        guard_.check_write();
        const std::string gone(id);
        tables_->instances.erase(gone);
        std::vector<std::uint64_t> revisions;
        const auto& rows = tables_->history.rows();
        auto row = rows.lower_bound({gone, 0});
        for (; row != rows.end() && row->first.first == id; ++row) {
            revisions.push_back(row->first.second);
        }
        for (const std::uint64_t revision : revisions) tables_->history.erase({gone, revision});
        std::vector<std::uint64_t> numbers;
        for (const auto& [number, changed] : tables_->changes.rows()) {
            if (changed.first == id) numbers.push_back(number);
        }
        for (const std::uint64_t number : numbers) tables_->changes.erase(number);
        for (const StoredSecret& secret : secrets(id)) {
            tables_->secrets.erase(TextPair(id, secret.digest));
        }
    }
    std::optional<std::uint64_t> request(std::string_view id, std::string_view request) override {
        guard_.check_read();
        if (request.empty()) return std::nullopt;
        const auto& rows = tables_->history.rows();
        auto row = rows.lower_bound({std::string(id), 0});
        for (; row != rows.end() && row->first.first == id; ++row) {
            if (row->second.request == request) return row->first.second;
        }
        return std::nullopt;
    }

    void put_due(const StoredDue& row) override {
        guard_.check_write();
        if (tables_->due.find(row) == nullptr) tables_->due.put(row, {});
    }
    void erase_due(const StoredDue& row) override {
        guard_.check_write();
        tables_->due.erase(row);
    }
    std::vector<StoredDue> due(std::int64_t until, const std::optional<StoredDue>& after,
                               std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredDue> found;
        const auto& rows = tables_->due.rows();
        auto row = after ? rows.upper_bound(*after) : rows.begin();
        for (; row != rows.end() && row->first.due <= until && found.size() < rows_max; ++row) {
            found.push_back(row->first);
        }
        return found;
    }
    std::optional<StoredDue> next_due() override {
        guard_.check_read();
        const auto& rows = tables_->due.rows();
        return rows.empty() ? std::nullopt : std::optional(rows.begin()->first);
    }

    bool claim_due(const StoredDue& row) override {
        guard_.check_write();
        return tables_->due.find(row) != nullptr;
    }

    void put_work(const StoredWork& row) override {
        guard_.check_write();
        if (tables_->work.find(key_of(row)) == nullptr) tables_->work.put(key_of(row), row);
    }
    void erase_work(const StoredWork& row) override {
        guard_.check_write();
        tables_->work.erase(key_of(row));
    }
    std::vector<StoredWork> work(std::string_view role, std::string_view state,
                                 std::string_view unit, const std::optional<StoredWork>& after,
                                 std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredWork> found;
        const WorkKey first = work_key(role, state, unit);
        for (auto row = work_behind(first, after); row != tables_->work.rows().end(); ++row) {
            const StoredWork& item = row->second;
            if (item.role != role || item.state != state || item.unit != unit) break;
            if (found.size() == rows_max) break;
            found.push_back(item);
        }
        return found;
    }
    std::vector<std::string> work_roles() override {
        guard_.check_read();
        std::vector<std::string> roles;
        const auto& rows = tables_->work.rows();
        for (auto row = rows.begin(); row != rows.end();) {
            roles.push_back(row->second.role);
            // Behind all of this role: no text lies between it and itself with a zero byte.
            row = rows.lower_bound(work_key(roles.back() + '\0', {}, {}));
        }
        return roles;
    }
    std::vector<std::string> work_states(std::string_view role) override {
        guard_.check_read();
        std::vector<std::string> states;
        const auto& rows = tables_->work.rows();
        auto row = rows.lower_bound(work_key(role, {}, {}));
        while (row != rows.end() && row->second.role == role) {
            states.push_back(row->second.state);
            row = rows.lower_bound(work_key(role, states.back() + '\0', {}));
        }
        return states;
    }
    std::vector<StoredWork> standing(std::string_view role, std::string_view state,
                                     const std::optional<StoredWork>& after,
                                     std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredWork> found;
        const WorkKey first = work_key(role, state, {});
        for (auto row = work_behind(first, after); row != tables_->work.rows().end(); ++row) {
            const StoredWork& item = row->second;
            if (item.role != role || item.state != state || found.size() == rows_max) break;
            if (item.counted) found.push_back(item);
        }
        return found;
    }
    std::vector<StoredStanding> standing_counts(std::string_view role, std::string_view procedure,
                                                std::int64_t now) override {
        guard_.check_read();
        std::vector<StoredStanding> found;
        const std::string prefix = std::string(procedure) + '/';
        const auto& rows = tables_->work.rows();
        auto row = rows.lower_bound(work_key(role, prefix, {}));
        for (; row != rows.end(); ++row) {
            const StoredWork& item = row->second;
            if (item.role != role || !item.state.starts_with(prefix)) break;
            if (!item.counted) continue;
            const bool goes_on = !found.empty() && found.back().state == item.state &&
                                 found.back().unit == item.unit;
            if (!goes_on) found.push_back({item.state, item.unit});
            ++found.back().tokens;
            if (item.due < now) ++found.back().late;
        }
        return found;
    }

    void put_active(const StoredActive& row) override {
        guard_.check_write();
        tables_->active.put(key_of(row), row);
    }
    void erase_active(const StoredActive& row) override {
        guard_.check_write();
        tables_->active.erase(key_of(row));
    }
    std::vector<StoredActive> active(std::string_view procedure,
                                     const std::optional<StoredActive>& after,
                                     std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredActive> found;
        const auto& rows = tables_->active.rows();
        auto row = after ? rows.upper_bound({std::string(procedure), after->unit, after->received,
                                             after->instance})
                         : rows.lower_bound({std::string(procedure), {}, lowest, {}});
        for (; row != rows.end() && found.size() < rows_max; ++row) {
            if (row->second.procedure != procedure) break;
            found.push_back(row->second);
        }
        return found;
    }
    std::vector<StoredActiveCount> active_counts(std::string_view procedure,
                                                 const StoredPeriod& period) override {
        std::vector<StoredActiveCount> found;
        for (const StoredActive& row : active(procedure, {}, SIZE_MAX)) {
            if (found.empty() || found.back().unit != row.unit) found.push_back({row.unit});
            StoredActiveCount& count = found.back();
            if (row.received < period.from) ++count.carried;
            if (row.received >= period.from && row.received < period.until) ++count.received;
            if (row.received < period.until && row.due < period.now) ++count.late;
        }
        return found;
    }
    void put_closed(const StoredClosed& row) override {
        guard_.check_write();
        tables_->closed.put({row.procedure, row.outcome, row.closed, row.instance}, row);
    }
    std::vector<StoredClosed> closed(std::string_view procedure, std::string_view outcome,
                                     const std::optional<StoredClosed>& after,
                                     std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredClosed> found;
        const auto& rows = tables_->closed.rows();
        const std::string of(procedure);
        const std::string ended(outcome);
        auto row = after ? rows.upper_bound({of, ended, after->closed, after->instance})
                         : rows.lower_bound({of, ended, lowest, {}});
        for (; row != rows.end() && found.size() < rows_max; ++row) {
            if (row->second.procedure != procedure || row->second.outcome != outcome) break;
            found.push_back(row->second);
        }
        return found;
    }
    std::vector<std::string> closed_outcomes(std::string_view procedure) override {
        guard_.check_read();
        std::vector<std::string> outcomes;
        const auto& rows = tables_->closed.rows();
        const std::string of(procedure);
        auto row = rows.lower_bound({of, {}, lowest, {}});
        while (row != rows.end() && row->second.procedure == of) {
            outcomes.push_back(row->second.outcome);
            row = rows.lower_bound({of, outcomes.back() + '\0', lowest, {}});
        }
        return outcomes;
    }
    std::vector<StoredClosedCount> closed_counts(std::string_view procedure,
                                                 std::string_view outcome,
                                                 const StoredPeriod& period) override {
        std::map<std::pair<std::string, StoredClosed::Result>, StoredClosedCount> counts;
        for (const StoredClosed& row : closed(procedure, outcome, {}, SIZE_MAX)) {
            if (row.closed < period.from) continue;
            StoredClosedCount& count = counts[{row.unit, row.result}];
            count.unit = row.unit;
            count.result = row.result;
            if (row.received < period.from) ++count.carried;
            if (row.received >= period.from && row.received < period.until) ++count.received;
            if (row.closed >= period.until) continue;
            ++count.closed;
            count.days += row.days;
        }
        std::vector<StoredClosedCount> found;
        for (const auto& [key, count] : counts) found.push_back(count);
        return found;
    }
    void put_field(const StoredField& row) override {
        guard_.check_write();
        if (tables_->fields.find(row) == nullptr) tables_->fields.put(row, {});
    }
    void erase_field(const StoredField& row) override {
        guard_.check_write();
        tables_->fields.erase(row);
    }
    std::vector<std::string> found(std::string_view procedure, std::string_view field,
                                   std::string_view value, std::string_view after,
                                   std::size_t rows_max) override {
        guard_.check_read();
        std::vector<std::string> ids;
        const auto& rows = tables_->fields.rows();
        auto row = rows.upper_bound({std::string(procedure), std::string(field), std::string(value),
                                     std::string(after)});
        for (; row != rows.end() && ids.size() < rows_max; ++row) {
            const StoredField& one = row->first;
            if (one.procedure != procedure || one.field != field || one.value != value) break;
            ids.push_back(one.instance);
        }
        return ids;
    }
    void put_delegation(const StoredDelegation& row) override {
        guard_.check_write();
        guard_.check_body(row.body);
        tables_->delegations.put({row.delegate, row.delegator, row.since}, row);
    }
    std::vector<StoredDelegation> delegations_to(std::string_view delegate) override {
        guard_.check_read();
        std::vector<StoredDelegation> found;
        const auto& rows = tables_->delegations.rows();
        auto row = rows.lower_bound({std::string(delegate), {}, lowest});
        for (; row != rows.end() && row->second.delegate == delegate; ++row) {
            found.push_back(row->second);
        }
        return found;
    }
    std::vector<StoredDelegation> delegations(const std::optional<StoredDelegation>& after,
                                              std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredDelegation> found;
        const auto& rows = tables_->delegations.rows();
        auto row = after ? rows.upper_bound({after->delegate, after->delegator, after->since})
                         : rows.begin();
        for (; row != rows.end() && found.size() < rows_max; ++row) found.push_back(row->second);
        return found;
    }

    void put_incident(const StoredIncident& row) override {
        guard_.check_write();
        if (tables_->incidents.find(row) == nullptr) tables_->incidents.put(row, {});
    }
    void erase_incident(const StoredIncident& row) override {
        guard_.check_write();
        tables_->incidents.erase(row);
    }
    std::vector<StoredIncident> incidents(const std::optional<StoredIncident>& after,
                                          std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredIncident> found;
        const auto& rows = tables_->incidents.rows();
        auto row = after ? rows.upper_bound(*after) : rows.begin();
        for (; row != rows.end() && found.size() < rows_max; ++row) found.push_back(row->first);
        return found;
    }

    void put_subscription(const StoredSubscription& row) override {
        guard_.check_write();
        if (tables_->subscriptions.find(row) == nullptr) tables_->subscriptions.put(row, {});
    }
    void erase_subscription(const StoredSubscription& row) override {
        guard_.check_write();
        tables_->subscriptions.erase(row);
    }
    std::vector<StoredSubscription> subscriptions(std::string_view message, std::string_view key,
                                                  const std::optional<StoredSubscription>& after,
                                                  std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredSubscription> found;
        const auto& rows = tables_->subscriptions.rows();
        const StoredSubscription first{std::string(message), std::string(key),
                                       std::numeric_limits<std::int64_t>::min(), {}, 0};
        auto row = rows.lower_bound(first);
        if (after && *after >= first) row = rows.upper_bound(*after);
        for (; row != rows.end() && found.size() < rows_max; ++row) {
            if (row->first.message != message || row->first.key != key) break;
            found.push_back(row->first);
        }
        return found;
    }

    void put_message(const StoredMessage& row) override {
        guard_.check_write();
        guard_.check_revision(row.number);
        guard_.check_body(row.body);
        const MessageKey key(row.message, row.key, row.number);
        if (tables_->messages.find(key) != nullptr) {
            guard_.conflict(fmt::format("message {} number {} exists", in_quotes(row.message),
                                        row.number));
        }
        tables_->messages.put(key, row.body);
    }
    void erase_message(const StoredMessage& row) override {
        guard_.check_write();
        tables_->messages.erase({row.message, row.key, row.number});
    }
    std::vector<StoredMessage> messages(std::string_view message, std::string_view key,
                                        std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredMessage> found;
        const auto& rows = tables_->messages.rows();
        auto row = rows.lower_bound({std::string(message), std::string(key), 0});
        for (; row != rows.end() && found.size() < rows_max; ++row) {
            const auto& [name, under, number] = row->first;
            if (name != message || under != key) break;
            found.push_back({name, under, number, row->second});
        }
        return found;
    }

    std::vector<StoredMessage> all_messages(const std::optional<StoredMessage>& after,
                                            std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredMessage> found;
        const auto& rows = tables_->messages.rows();
        auto row = after ? rows.upper_bound({after->message, after->key, after->number})
                         : rows.begin();
        for (; row != rows.end() && found.size() < rows_max; ++row) {
            const auto& [name, under, number] = row->first;
            found.push_back({name, under, number, row->second});
        }
        return found;
    }

    void put_dispatch(const StoredDispatch& row) override {
        guard_.check_write();
        guard_.check_revision(row.revision);
        guard_.check_body(row.body);
        tables_->dispatches.put({row.instance, row.revision, row.number}, row);
    }
    void erase_dispatch(const StoredDispatch& row) override {
        guard_.check_write();
        tables_->dispatches.erase({row.instance, row.revision, row.number});
    }
    std::vector<StoredDispatch> dispatches(std::string_view instance,
                                           std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredDispatch> found;
        const auto& rows = tables_->dispatches.rows();
        auto row = rows.lower_bound({std::string(instance), 0, 0});
        for (; row != rows.end() && found.size() < rows_max; ++row) {
            if (row->second.instance != instance) break;
            found.push_back(row->second);
        }
        return found;
    }
    void put_effect(const StoredEffect& row) override {
        guard_.check_write();
        guard_.check_revision(row.revision);
        guard_.check_body(row.body);
        tables_->effects.put(key_of(row), row);
    }
    void erase_effect(const StoredEffect& row) override {
        guard_.check_write();
        tables_->effects.erase(key_of(row));
    }
    bool move_effect(const StoredEffect& row, std::int64_t at, std::uint32_t tries) override {
        guard_.check_write();
        const StoredEffect* found = tables_->effects.find(key_of(row));
        if (found == nullptr) return false;
        StoredEffect moved = *found;
        moved.at = at;
        moved.tries = tries;
        tables_->effects.erase(key_of(row));
        tables_->effects.put(key_of(moved), moved);
        return true;
    }
    std::vector<StoredEffect> effects(std::int64_t until, const std::optional<StoredEffect>& after,
                                      std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredEffect> found;
        const auto& rows = tables_->effects.rows();
        auto row = after ? rows.upper_bound(key_of(*after)) : rows.begin();
        for (; row != rows.end() && found.size() < rows_max; ++row) {
            if (row->second.at > until) break;
            found.push_back(row->second);
        }
        return found;
    }

    void put_definition(const StoredDefinition& row) override {
        guard_.check_write();
        guard_.check_body(row.body);
        const DefinitionKey key(row.kind, row.id, row.version);
        const StoredDefinition* found = tables_->definitions.find(key);
        if (found == nullptr) {
            tables_->definitions.put(key, row);
        } else if (found->digest != row.digest || found->body != row.body) {
            guard_.conflict(fmt::format("version {} of {} {} exists with other bytes: raise the version", row.version,
                                        in_quotes(row.kind), in_quotes(row.id)));
        }
    }
    std::vector<StoredDefinition> definitions() override {
        guard_.check_read();
        std::vector<StoredDefinition> found;
        for (const auto& row : tables_->definitions.rows()) found.push_back(row.second);
        return found;
    }

    void put_secret(std::string_view id, const StoredSecret& row) override {
        guard_.check_write();
        guard_.check_body(row.body);
        tables_->secrets.put({std::string(id), row.digest}, row.body);
    }
    void erase_secret(std::string_view id, std::string_view digest) override {
        guard_.check_write();
        tables_->secrets.erase(TextPair(id, digest));
    }
    std::vector<StoredSecret> secrets(std::string_view id) override {
        guard_.check_read();
        std::vector<StoredSecret> found;
        const auto& rows = tables_->secrets.rows();
        auto row = rows.lower_bound({std::string(id), {}});
        for (; row != rows.end() && row->first.first == id; ++row) {
            found.push_back({row->first.second, row->second});
        }
        return found;
    }

private:
    enum class Ending : std::uint8_t { keep, roll_back };

    static constexpr std::int64_t lowest = std::numeric_limits<std::int64_t>::min();

    static EffectKey key_of(const StoredEffect& row) {
        return {row.at, row.instance, row.revision, row.number};
    }
    static ActiveKey key_of(const StoredActive& row) {
        return {row.procedure, row.unit, row.received, row.instance};
    }
    static WorkKey key_of(const StoredWork& row) {
        return {row.role, row.state, row.unit, row.due, row.instance, row.ordinal};
    }
    /// Below all that has these three.
    static WorkKey work_key(std::string_view role, std::string_view state, std::string_view unit) {
        return {std::string(role), std::string(state), std::string(unit), lowest, {}, 0};
    }
    /// The first from `first` on, and behind `after` when given.
    [[nodiscard]] MemoryTable<WorkKey, StoredWork>::Rows::const_iterator work_behind(
        const WorkKey& first, const std::optional<StoredWork>& after) const {
        const auto& rows = tables_->work.rows();
        if (after && key_of(*after) >= first) return rows.upper_bound(key_of(*after));
        return rows.lower_bound(first);
    }

    void leave(Ending ending) noexcept {
        if (left_) return;
        left_ = true;
        if (guard_.access() == Store::Access::read) {
            tables_->turn.leave_reading();
            return;
        }
        tables_->each(
            [ending](auto& table) { ending == Ending::keep ? table.keep() : table.roll_back(); });
        tables_->turn.leave_writing();
    }

    std::shared_ptr<Tables> tables_;
    TransactionGuard guard_;
    bool left_ = false;
    std::vector<std::vector<std::size_t>> parts_;  ///< changes of each table before it
};

class MemoryStore final : public Store {
public:
    std::unique_ptr<Transaction> begin(Access access) override {
        constexpr auto timeout = 5s;
        const bool entered = access == Access::write ? tables_->turn.enter_writing(timeout)
                                                     : tables_->turn.enter_reading(timeout);
        if (!entered) {
            throw Error(ErrorCode::storage,
                        "store memory: another transaction of this process held the lock for more "
                        "than 5000 ms; end it before another one begins");
        }
        return std::make_unique<MemoryTransaction>(tables_, access);
    }
    std::string name() const override { return "memory"; }
    Writers writers() const override { return Writers::one_by_one; }

private:
    std::shared_ptr<Tables> tables_ = std::make_shared<Tables>();
};

}  // namespace
}  // namespace workflow::store

std::unique_ptr<workflow::Store> workflow::make_memory_store() {
    return std::make_unique<store::MemoryStore>();
}
