// What a transaction must do because PostgreSQL's writers do not follow each other: hold what it has
// asked for, and know what its queued writes will find. Confined.
#pragma once

#include <map>

#include "postgres/connection.hpp"
#include "store/sql_transaction.hpp"

namespace workflow::postgres {

class PostgresTransaction final : public store::SqlTransaction {
public:
    PostgresTransaction(std::shared_ptr<store::SqlPool> pool, std::string schema,
                        Store::Access access)
        : SqlTransaction(std::move(pool), access), schema_(std::move(schema)) {}

    void drop_part() noexcept override;
    std::optional<StoredInstance> instance(std::string_view id) override;
    void put_instance(std::string_view id, std::uint64_t expected,
                      const StoredInstance& row) override;
    void append_history(std::string_view id, const StoredHistory& row) override;
    std::vector<StoredHistory> history(std::string_view id, std::uint64_t after,
                                       std::size_t rows_max) override;
    std::optional<std::uint64_t> request(std::string_view id, std::string_view request) override;
    void expect_request(std::string_view id, std::string_view request) override;
    void expect_history(std::string_view id) override { foretold_ = Foretold{std::string(id), false, {}}; }
    void expect_absent(std::string_view id) override { absent_ = id; }
    void erase_instance(std::string_view id) override;
    bool claim_due(const StoredDue& row) override;
    void put_subscription(const StoredSubscription& row) override;
    void put_message(const StoredMessage& row) override;
    std::vector<StoredMessage> messages(std::string_view message, std::string_view key,
                                        std::size_t rows_max) override;

private:
    /// An instance that nobody else can change until this ends: as this has read or written it.
    struct Held {
        std::optional<StoredInstance> row;
        std::uint64_t newest = 0;  ///< revision of its last history row; 0: none
    };
    /// What request() is going to be asked, and its answer once that has come with the instance.
    struct Expected {
        std::string id;
        std::string request;
        bool is_answered = false;
        std::optional<std::uint64_t> revision;
    };
    /// Of which history() is going to be asked, and its first rows once those have come with the instance.
    struct Foretold {
        std::string id;
        bool is_answered = false;
        std::vector<StoredHistory> rows;
    };
    using Instances = std::map<std::string, Held, std::less<>>;

    template <class Work>
    auto attempt(Work work);
    [[nodiscard]] Held& held(std::string_view id);
    void ask_for(Connection& connection, Own how, std::string_view id, Held& found);
    void hold_message(std::string_view message, std::string_view key);

    std::string schema_;
    Instances held_;
    std::optional<Expected> expected_;
    std::optional<Foretold> foretold_;
    std::string absent_;  ///< which instance is expected not to be there
};

}  // namespace workflow::postgres
