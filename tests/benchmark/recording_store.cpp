#include "benchmark/recording_store.hpp"

namespace workflow::benchmarks {
namespace {

[[noreturn]] void not_recorded(const char* what) {
    throw Error(ErrorCode::misuse, std::string("the benchmark does not repeat: ") + what);
}

class RecordingTransaction final : public Transaction {
public:
    RecordingTransaction(std::unique_ptr<Transaction> inner, std::vector<Operations>& committed)
        : inner_(std::move(inner)), committed_(committed) {}

    void commit() override {
        inner_->commit();
        committed_.push_back(std::move(done_));
    }
    [[nodiscard]] std::uint64_t writes() const override { return inner_->writes(); }
    void open_part() override { inner_->open_part(); }
    void keep_part() override { inner_->keep_part(); }
    void drop_part() noexcept override { inner_->drop_part(); }
    std::optional<StoredInstance> instance(std::string_view id) override {
        done_.push_back(ReadInstance{std::string(id)});
        return inner_->instance(id);
    }
    void put_instance(std::string_view id, std::uint64_t expected,
                      const StoredInstance& row) override {
        done_.push_back(PutInstance{std::string(id), expected, row});
        inner_->put_instance(id, expected, row);
    }
    void append_history(std::string_view id, const StoredHistory& row) override {
        done_.push_back(AppendHistory{std::string(id), row});
        inner_->append_history(id, row);
    }
    std::optional<std::uint64_t> request(std::string_view id, std::string_view request) override {
        done_.push_back(ReadRequest{std::string(id), std::string(request)});
        return inner_->request(id, request);
    }
    void expect_request(std::string_view id, std::string_view request) override {
        inner_->expect_request(id, request);
    }
    void expect_history(std::string_view id) override { inner_->expect_history(id); }
    void expect_absent(std::string_view id) override { inner_->expect_absent(id); }
    void put_due(const StoredDue& row) override {
        done_.push_back(PutDue{row});
        inner_->put_due(row);
    }
    void erase_due(const StoredDue& row) override {
        done_.push_back(EraseDue{row});
        inner_->erase_due(row);
    }
    bool claim_due(const StoredDue& row) override { return inner_->claim_due(row); }
    void put_work(const StoredWork& row) override {
        done_.push_back(PutWork{row});
        inner_->put_work(row);
    }
    void erase_work(const StoredWork& row) override {
        done_.push_back(EraseWork{row});
        inner_->erase_work(row);
    }
    void put_active(const StoredActive& row) override {
        done_.push_back(PutActive{row});
        inner_->put_active(row);
    }
    void erase_active(const StoredActive& row) override {
        done_.push_back(EraseActive{row});
        inner_->erase_active(row);
    }
    void put_closed(const StoredClosed& row) override {
        done_.push_back(PutClosed{row});
        inner_->put_closed(row);
    }
    std::vector<StoredHistory> history(std::string_view id, std::uint64_t after,
                                       std::size_t rows_max) override {
        done_.push_back(ReadHistory{std::string(id), after, rows_max});
        return inner_->history(id, after, rows_max);
    }
    void put_field(const StoredField&) override { not_recorded("put_field"); }
    void erase_field(const StoredField&) override { not_recorded("erase_field"); }
    void put_delegation(const StoredDelegation&) override { not_recorded("put_delegation"); }
    void erase_instance(std::string_view) override { not_recorded("erase_instance"); }
    std::vector<std::string> work_roles() override { not_recorded("work_roles"); }
    std::vector<std::string> work_states(std::string_view) override { not_recorded("work_states"); }
    std::vector<std::string> closed_outcomes(std::string_view) override {
        not_recorded("closed_outcomes");
    }
    std::vector<StoredWork> standing(std::string_view, std::string_view,
                                     const std::optional<StoredWork>&, std::size_t) override {
        not_recorded("standing");
    }
    std::vector<StoredStanding> standing_counts(std::string_view, std::string_view,
                                                std::int64_t) override {
        not_recorded("standing_counts");
    }
    std::vector<StoredActive> active(std::string_view, const std::optional<StoredActive>&,
                                     std::size_t) override {
        not_recorded("active");
    }
    std::vector<StoredActiveCount> active_counts(std::string_view, const StoredPeriod&) override {
        not_recorded("active_counts");
    }
    std::vector<StoredClosed> closed(std::string_view, std::string_view,
                                     const std::optional<StoredClosed>&, std::size_t) override {
        not_recorded("closed");
    }
    std::vector<StoredClosedCount> closed_counts(std::string_view, std::string_view,
                                                 const StoredPeriod&) override {
        not_recorded("closed_counts");
    }
    std::vector<std::string> found(std::string_view, std::string_view, std::string_view,
                                   std::string_view, std::size_t) override {
        not_recorded("found");
    }
    std::vector<StoredDelegation> delegations_to(std::string_view) override {
        not_recorded("delegations_to");
    }
    std::vector<StoredDelegation> delegations(const std::optional<StoredDelegation>&,
                                              std::size_t) override {
        not_recorded("delegations");
    }
    std::vector<StoredMessage> all_messages(const std::optional<StoredMessage>&,
                                            std::size_t) override {
        not_recorded("all_messages");
    }
    void put_incident(const StoredIncident&) override { not_recorded("put_incident"); }
    void erase_incident(const StoredIncident&) override { not_recorded("erase_incident"); }
    std::vector<StoredIncident> incidents(const std::optional<StoredIncident>&,
                                          std::size_t) override {
        not_recorded("incidents");
    }
    std::vector<StoredChange> changes(const std::optional<StoredChange>&, std::size_t) override {
        not_recorded("changes");
    }
    void put_subscription(const StoredSubscription&) override { not_recorded("subscription"); }
    void erase_subscription(const StoredSubscription&) override { not_recorded("subscription"); }
    std::vector<StoredSubscription> subscriptions(std::string_view, std::string_view,
                                                  const std::optional<StoredSubscription>&,
                                                  std::size_t) override {
        not_recorded("subscriptions");
    }
    void put_message(const StoredMessage&) override { not_recorded("put_message"); }
    void erase_message(const StoredMessage&) override { not_recorded("erase_message"); }
    std::vector<StoredMessage> messages(std::string_view, std::string_view, std::size_t) override {
        not_recorded("messages");
    }
    void put_effect(const StoredEffect& row) override {
        done_.push_back(PutEffect{row});
        inner_->put_effect(row);
    }
    void put_definition(const StoredDefinition& row) override { inner_->put_definition(row); }
    std::vector<StoredDefinition> definitions() override { return inner_->definitions(); }

    std::vector<std::string> instances(std::string_view, std::size_t) override {
        not_recorded("instances");
    }
    std::optional<StoredHistory> last_history(std::string_view) override {
        not_recorded("last_history");
    }
    std::vector<StoredDue> due(std::int64_t until, const std::optional<StoredDue>& after,
                               std::size_t rows_max) override {
        done_.push_back(ReadDue{until});
        return inner_->due(until, after, rows_max);
    }
    std::optional<StoredDue> next_due() override { not_recorded("next_due"); }
    std::vector<StoredWork> work(std::string_view, std::string_view, std::string_view,
                                 const std::optional<StoredWork>&, std::size_t) override {
        not_recorded("work");
    }
    void erase_effect(const StoredEffect&) override { not_recorded("erase_effect"); }
    bool move_effect(const StoredEffect&, std::int64_t, std::uint32_t) override {
        not_recorded("move_effect");
    }
    std::vector<StoredEffect> effects(std::int64_t, const std::optional<StoredEffect>&,
                                      std::size_t) override {
        not_recorded("effects");
    }
    void put_dispatch(const StoredDispatch&) override { not_recorded("put_dispatch"); }
    void erase_dispatch(const StoredDispatch&) override { not_recorded("erase_dispatch"); }
    std::vector<StoredDispatch> dispatches(std::string_view, std::size_t) override {
        not_recorded("dispatches");
    }
    void put_secret(std::string_view, const StoredSecret&) override { not_recorded("put_secret"); }
    void erase_secret(std::string_view, std::string_view) override { not_recorded("erase_secret"); }
    std::vector<StoredSecret> secrets(std::string_view) override { not_recorded("secrets"); }

private:
    std::unique_ptr<Transaction> inner_;
    std::vector<Operations>& committed_;
    Operations done_;
};

}  // namespace

std::unique_ptr<Transaction> RecordingStore::begin(Access access) {
    auto inner = store_->begin(access);
    if (access == Access::read) return inner;
    return std::make_unique<RecordingTransaction>(std::move(inner), committed_);
}

}  // namespace workflow::benchmarks
