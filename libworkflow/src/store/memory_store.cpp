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

struct Tables {
    MemoryTable<std::string, StoredInstance> instances;
    MemoryTable<std::pair<std::string, std::uint64_t>, StoredHistory> history;
    MemoryTable<StoredDue, Nothing> due;
    MemoryTable<std::uint64_t, std::pair<std::string, std::uint64_t>> changes;
    MemoryTable<StoredWork, Nothing> work;
    MemoryTable<StoredIncident, Nothing> incidents;
    MemoryTable<StoredSubscription, Nothing> subscriptions;
    MemoryTable<MessageKey, std::string> messages;
    MemoryTable<DispatchKey, std::string> dispatches;
    MemoryTable<EffectKey, StoredEffect> effects;
    MemoryTable<DefinitionKey, StoredDefinition> definitions;
    MemoryTable<TextPair, std::string> secrets;
    Turn turn;

    template <typename Visit>
    void each(Visit visit) {
        visit(instances), visit(history), visit(changes), visit(due);
        visit(work), visit(incidents), visit(subscriptions), visit(messages);
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
            guard_.conflict(fmt::format("instance {} is not at revision {}", quoted(id), expected));
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
                                        row.revision, quoted(id)));
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
        if (tables_->work.find(row) == nullptr) tables_->work.put(row, {});
    }
    void erase_work(const StoredWork& row) override {
        guard_.check_write();
        tables_->work.erase(row);
    }
    std::vector<StoredWork> work(std::string_view role, std::string_view unit,
                                 const std::optional<StoredWork>& after,
                                 std::size_t rows_max) override {
        guard_.check_read();
        std::vector<StoredWork> found;
        const auto& rows = tables_->work.rows();
        const StoredWork first{std::string(role), std::string(unit),
                               std::numeric_limits<std::int64_t>::min(), {}, 0};
        auto row = rows.lower_bound(first);
        if (after && *after >= first) row = rows.upper_bound(*after);
        for (; row != rows.end() && found.size() < rows_max; ++row) {
            if (row->first.role != role || row->first.unit != unit) break;
            found.push_back(row->first);
        }
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
            guard_.conflict(fmt::format("message {} number {} exists", quoted(row.message),
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

    void put_dispatch(const StoredDispatch& row) override {
        guard_.check_write();
        guard_.check_revision(row.revision);
        guard_.check_body(row.body);
        tables_->dispatches.put({row.instance, row.revision, row.number}, row.body);
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
            const auto& [id, revision, number] = row->first;
            if (id != instance) break;
            found.push_back({id, revision, number, row->second});
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
                                        quoted(row.kind), quoted(row.id)));
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

    static EffectKey key_of(const StoredEffect& row) {
        return {row.at, row.instance, row.revision, row.number};
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
