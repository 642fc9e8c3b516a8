// The rows of a store as SQL statements. Confined.
#pragma once

#include <memory>

#include "store/sql_pool.hpp"
#include "store/transaction_guard.hpp"
#include "workflow/store.hpp"
#include "workflow/visibility.hpp"

namespace workflow {
// The library of the PostgreSQL store, of the same version, uses these.
namespace store WORKFLOW_PUBLIC {

/// What every database does alike. One whose writers do not follow each other derives from it.
class SqlTransaction : public Transaction {
public:
    SqlTransaction(std::shared_ptr<SqlPool> pool, Store::Access access);
    SqlTransaction(const SqlTransaction&) = delete;
    SqlTransaction& operator=(const SqlTransaction&) = delete;
    ~SqlTransaction() override;
    void commit() override;
    [[nodiscard]] std::uint64_t writes() const override { return guard_.writes(); }
    void open_part() override;
    void keep_part() override;
    void drop_part() noexcept override;

    std::optional<StoredInstance> instance(std::string_view id) override;
    void put_instance(std::string_view id, std::uint64_t expected,
                      const StoredInstance& row) override;
    std::vector<std::string> instances(std::string_view after, std::size_t rows_max) override;

    void append_history(std::string_view id, const StoredHistory& row) override;
    std::vector<StoredHistory> history(std::string_view id, std::uint64_t after,
                                       std::size_t rows_max) override;
    std::optional<StoredHistory> last_history(std::string_view id) override;
    void erase_instance(std::string_view id) override;

    std::optional<std::uint64_t> request(std::string_view id, std::string_view request) override;
    std::vector<StoredChange> changes(const std::optional<StoredChange>& after,
                                      std::size_t rows_max) override;

    void put_due(const StoredDue& row) override;
    void erase_due(const StoredDue& row) override;
    std::vector<StoredDue> due(std::int64_t until, const std::optional<StoredDue>& after,
                               std::size_t rows_max) override;
    std::optional<StoredDue> next_due() override;
    bool claim_due(const StoredDue& row) override;
    void put_work(const StoredWork& row) override;
    void erase_work(const StoredWork& row) override;
    void put_incident(const StoredIncident& row) override;
    void erase_incident(const StoredIncident& row) override;
    std::vector<StoredIncident> incidents(const std::optional<StoredIncident>& after,
                                          std::size_t rows_max) override;
    std::vector<StoredWork> work(std::string_view role, std::string_view state,
                                 std::string_view unit, const std::optional<StoredWork>& after,
                                 std::size_t rows_max) override;
    std::vector<std::string> work_roles() override;
    std::vector<std::string> work_states(std::string_view role) override;
    std::vector<StoredWork> standing(std::string_view role, std::string_view state,
                                     const std::optional<StoredWork>& after,
                                     std::size_t rows_max) override;
    std::vector<StoredStanding> standing_counts(std::string_view role, std::string_view procedure,
                                                std::int64_t now) override;

    void put_active(const StoredActive& row) override;
    void erase_active(const StoredActive& row) override;
    std::vector<StoredActive> active(std::string_view procedure,
                                     const std::optional<StoredActive>& after,
                                     std::size_t rows_max) override;
    std::vector<StoredActiveCount> active_counts(std::string_view procedure,
                                                 const StoredPeriod& period) override;
    void put_closed(const StoredClosed& row) override;
    std::vector<StoredClosed> closed(std::string_view procedure, std::string_view outcome,
                                     const std::optional<StoredClosed>& after,
                                     std::size_t rows_max) override;
    std::vector<std::string> closed_outcomes(std::string_view procedure) override;
    std::vector<StoredClosedCount> closed_counts(std::string_view procedure,
                                                 std::string_view outcome,
                                                 const StoredPeriod& period) override;
    void put_field(const StoredField& row) override;
    void erase_field(const StoredField& row) override;
    std::vector<std::string> found(std::string_view procedure, std::string_view field,
                                   std::string_view value, std::string_view after,
                                   std::size_t rows_max) override;
    void put_delegation(const StoredDelegation& row) override;
    std::vector<StoredDelegation> delegations_to(std::string_view delegate) override;
    std::vector<StoredDelegation> delegations(const std::optional<StoredDelegation>& after,
                                              std::size_t rows_max) override;

    void put_subscription(const StoredSubscription& row) override;
    void erase_subscription(const StoredSubscription& row) override;
    std::vector<StoredSubscription> subscriptions(std::string_view message, std::string_view key,
                                                  const std::optional<StoredSubscription>& after,
                                                  std::size_t rows_max) override;
    void put_message(const StoredMessage& row) override;
    void erase_message(const StoredMessage& row) override;
    std::vector<StoredMessage> messages(std::string_view message, std::string_view key,
                                        std::size_t rows_max) override;
    std::vector<StoredMessage> all_messages(const std::optional<StoredMessage>& after,
                                            std::size_t rows_max) override;

    void put_dispatch(const StoredDispatch& row) override;
    void erase_dispatch(const StoredDispatch& row) override;
    std::vector<StoredDispatch> dispatches(std::string_view instance,
                                           std::size_t rows_max) override;
    void put_effect(const StoredEffect& row) override;
    void erase_effect(const StoredEffect& row) override;
    bool move_effect(const StoredEffect& row, std::int64_t at, std::uint32_t tries) override;
    std::vector<StoredEffect> effects(std::int64_t until, const std::optional<StoredEffect>& after,
                                      std::size_t rows_max) override;

    void put_definition(const StoredDefinition& row) override;
    std::vector<StoredDefinition> definitions() override;

    void put_secret(std::string_view id, const StoredSecret& row) override;
    void erase_secret(std::string_view id, std::string_view digest) override;
    std::vector<StoredSecret> secrets(std::string_view id) override;

protected:
    [[nodiscard]] TransactionGuard& guard() { return guard_; }
    /// Calls `work(connection)`; when that throws, the transaction keeps nothing.
    template <class Work>
    auto attempt(Work work) {
        try {
            return work(*connection_);
        } catch (...) {
            fail();
            throw;
        }
    }
    /// Error{corrupt} when the column holds a negative number.
    [[nodiscard]] std::uint64_t count(const SqlRow& row, int column) const;
    [[nodiscard]] StoredHistory history_row(const SqlRow& row) const;
    [[nodiscard]] std::uint32_t number(const SqlRow& row, int column) const {
        return static_cast<std::uint32_t>(count(row, column));
    }

private:
    std::int64_t change(Sql statement, SqlConnection::Values values);
    void queue(Sql statement, SqlConnection::Values values);
    void query(Sql statement, SqlConnection::Values values, const SqlConnection::Visit& visit);
    /// Of a query the first column.
    [[nodiscard]] std::vector<std::string> texts(Sql statement, SqlConnection::Values values);
    [[nodiscard]] StoredDue due_row(const SqlRow& row) const;
    [[nodiscard]] static StoredDelegation delegation_row(const SqlRow& row);
    [[nodiscard]] StoredClosed::Result result(const SqlRow& row, int column) const;
    /// Gives the connection up after a failure, so that nothing of it can be committed any more.
    void fail() noexcept;

    std::shared_ptr<SqlPool> pool_;
    TransactionGuard guard_;
    std::unique_ptr<SqlConnection> connection_;  ///< null once ended
};

}  // namespace store
}  // namespace workflow
