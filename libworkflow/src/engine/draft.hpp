// Work done ahead of the transaction that it belongs to, beside whoever holds the write lock. Confined.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workflow/store.hpp"

namespace workflow::engine {

/// Reads of one instance go to a snapshot; what is written waits until the snapshot proves to be what
/// the writing transaction would have read. For work that leaves something to be kept: what it asks for
/// beside its instance, or takes back, is not to be drafted.
class Draft final : public Transaction {
public:
    /// Thrown out of work that reads or does what a draft cannot answer for.
    struct NotToBeDrafted {};

    /// Of a transaction begun for reading, which outlives the work.
    explicit Draft(Transaction& snapshot) : snapshot_(snapshot) {}
    Draft(const Draft&) = delete;
    Draft& operator=(const Draft&) = delete;

    /// Whether every instance that was read still stands as it was read.
    [[nodiscard]] bool holds_in(Transaction& transaction) const;
    void write_to(Transaction& transaction) const;

    void commit() override { give_up(); }
    [[nodiscard]] std::uint64_t writes() const override { return writes_.size(); }
    void open_part() override { give_up(); }
    void keep_part() override { give_up(); }
    void drop_part() noexcept override {}

    std::optional<StoredInstance> instance(std::string_view id) override;
    void put_instance(std::string_view id, std::uint64_t expected,
                      const StoredInstance& row) override;
    void append_history(std::string_view id, const StoredHistory& row) override;
    std::vector<StoredHistory> history(std::string_view id, std::uint64_t after,
                                       std::size_t rows_max) override;
    std::optional<std::uint64_t> request(std::string_view id, std::string_view request) override;
    std::vector<StoredSecret> secrets(std::string_view id) override;
    void put_secret(std::string_view id, const StoredSecret& row) override;

    void put_due(const StoredDue& row) override { keep(&Transaction::put_due, row); }
    void erase_due(const StoredDue& row) override { keep(&Transaction::erase_due, row); }
    void put_work(const StoredWork& row) override { keep(&Transaction::put_work, row); }
    void erase_work(const StoredWork& row) override { keep(&Transaction::erase_work, row); }
    void put_active(const StoredActive& row) override { keep(&Transaction::put_active, row); }
    void erase_active(const StoredActive& row) override { keep(&Transaction::erase_active, row); }
    void put_closed(const StoredClosed& row) override { keep(&Transaction::put_closed, row); }
    void put_field(const StoredField& row) override { keep(&Transaction::put_field, row); }
    void erase_field(const StoredField& row) override { keep(&Transaction::erase_field, row); }
    void put_incident(const StoredIncident& row) override { keep(&Transaction::put_incident, row); }
    void erase_incident(const StoredIncident& row) override {
        keep(&Transaction::erase_incident, row);
    }
    void put_subscription(const StoredSubscription& row) override {
        keep(&Transaction::put_subscription, row);
    }
    void erase_subscription(const StoredSubscription& row) override {
        keep(&Transaction::erase_subscription, row);
    }
    void put_dispatch(const StoredDispatch& row) override { keep(&Transaction::put_dispatch, row); }
    void put_effect(const StoredEffect& row) override { keep(&Transaction::put_effect, row); }

    // What a step of one instance does not ask for.
    std::vector<std::string> instances(std::string_view, std::size_t) override { give_up(); }
    std::optional<StoredHistory> last_history(std::string_view) override { give_up(); }
    void erase_instance(std::string_view) override { give_up(); }
    std::vector<StoredChange> changes(const std::optional<StoredChange>&, std::size_t) override {
        give_up();
    }
    std::vector<StoredDue> due(std::int64_t, const std::optional<StoredDue>&, std::size_t) override {
        give_up();
    }
    std::optional<StoredDue> next_due() override { give_up(); }
    bool claim_due(const StoredDue&) override { give_up(); }
    std::vector<StoredWork> work(std::string_view, std::string_view, std::string_view,
                                 const std::optional<StoredWork>&, std::size_t) override {
        give_up();
    }
    std::vector<std::string> work_roles() override { give_up(); }
    std::vector<std::string> work_states(std::string_view) override { give_up(); }
    std::vector<StoredWork> standing(std::string_view, std::string_view,
                                     const std::optional<StoredWork>&, std::size_t) override {
        give_up();
    }
    std::vector<StoredStanding> standing_counts(std::string_view, std::string_view,
                                                std::int64_t) override {
        give_up();
    }
    std::vector<StoredActive> active(std::string_view, const std::optional<StoredActive>&,
                                     std::size_t) override {
        give_up();
    }
    std::vector<StoredActiveCount> active_counts(std::string_view, const StoredPeriod&) override {
        give_up();
    }
    std::vector<StoredClosed> closed(std::string_view, std::string_view,
                                     const std::optional<StoredClosed>&, std::size_t) override {
        give_up();
    }
    std::vector<std::string> closed_outcomes(std::string_view) override { give_up(); }
    std::vector<StoredClosedCount> closed_counts(std::string_view, std::string_view,
                                                 const StoredPeriod&) override {
        give_up();
    }
    std::vector<std::string> found(std::string_view, std::string_view, std::string_view,
                                   std::string_view, std::size_t) override {
        give_up();
    }
    void put_delegation(const StoredDelegation&) override { give_up(); }
    std::vector<StoredDelegation> delegations_to(std::string_view) override { give_up(); }
    std::vector<StoredDelegation> delegations(const std::optional<StoredDelegation>&,
                                              std::size_t) override {
        give_up();
    }
    std::vector<StoredIncident> incidents(const std::optional<StoredIncident>&,
                                          std::size_t) override {
        give_up();
    }
    std::vector<StoredSubscription> subscriptions(std::string_view, std::string_view,
                                                  const std::optional<StoredSubscription>&,
                                                  std::size_t) override {
        give_up();
    }
    void put_message(const StoredMessage&) override { give_up(); }
    void erase_message(const StoredMessage&) override { give_up(); }
    std::vector<StoredMessage> messages(std::string_view, std::string_view, std::size_t) override {
        give_up();
    }
    std::vector<StoredMessage> all_messages(const std::optional<StoredMessage>&,
                                            std::size_t) override {
        give_up();
    }
    void erase_dispatch(const StoredDispatch&) override { give_up(); }
    std::vector<StoredDispatch> dispatches(std::string_view, std::size_t) override { give_up(); }
    void erase_effect(const StoredEffect&) override { give_up(); }
    bool move_effect(const StoredEffect&, std::int64_t, std::uint32_t) override { give_up(); }
    std::vector<StoredEffect> effects(std::int64_t, const std::optional<StoredEffect>&,
                                      std::size_t) override {
        give_up();
    }
    void put_definition(const StoredDefinition&) override { give_up(); }
    std::vector<StoredDefinition> definitions() override { give_up(); }
    void erase_secret(std::string_view, std::string_view) override { give_up(); }

private:
    using Write = std::function<void(Transaction&)>;
    template <class Row>
    void keep(void (Transaction::*put)(const Row&), const Row& row) {
        writes_.emplace_back([put, row](Transaction& transaction) { (transaction.*put)(row); });
    }
    [[noreturn]] static void give_up() { throw NotToBeDrafted{}; }
    void note(std::string_view id);
    /// What the draft itself has written can be read again, of the instance it is about alone.
    void check_about(std::string_view id) const;

    Transaction& snapshot_;
    std::string about_;
    bool is_noted_ = false;
    std::optional<StoredInstance> read_;  ///< as it stood in the snapshot
    std::optional<StoredInstance> written_;
    std::optional<StoredHistory> appended_;
    std::vector<Write> writes_;
};

}  // namespace workflow::engine
