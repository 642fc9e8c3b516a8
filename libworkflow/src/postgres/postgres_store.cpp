#include "workflow/postgres_store.hpp"

#include "postgres/lent_connection.hpp"
#include "postgres/transaction.hpp"

namespace workflow {
namespace postgres {
namespace {

/// Idle sessions kept: each is a process of the server, and costs milliseconds to make anew.
constexpr std::size_t idle_max = 32;

class PostgresStore final : public Store {
public:
    PostgresStore(std::shared_ptr<store::SqlPool> pool, std::string schema, Writers writers)
        : pool_(std::move(pool)), schema_(std::move(schema)), writers_(writers) {}

    std::unique_ptr<Transaction> begin(Access access) override {
        return std::make_unique<PostgresTransaction>(pool_, schema_, access);
    }
    std::string name() const override { return pool_->name(); }
    Writers writers() const override { return writers_; }

private:
    std::shared_ptr<store::SqlPool> pool_;  // shared: a transaction may outlive the store
    std::string schema_;
    Writers writers_;
};

}  // namespace
}  // namespace postgres

std::unique_ptr<Store> open_postgres_store(const std::string& conninfo,
                                           const PostgresOptions& options) {
    const postgres::Address address = postgres::make_address(conninfo, options);
    auto first = std::make_unique<postgres::Connection>(address, options.create);
    // Tables that vanished are not made anew, empty, behind the back of an open store.
    const auto connect = [address] {
        return std::make_unique<postgres::Connection>(address, PostgresOptions::Create::never);
    };
    store::SqlPoolRules rules;
    rules.writers = Store::Writers::side_by_side;
    rules.idle_max = postgres::idle_max;
    auto pool = std::make_shared<store::SqlPool>(address.name, connect, std::move(first), rules);
    return std::make_unique<postgres::PostgresStore>(std::move(pool), address.schema,
                                                     rules.writers);
}

std::unique_ptr<Store> lend_postgres(PGconn* connection, const PostgresOptions& options) {
    const postgres::Address address = postgres::address_of(connection, options);
    auto pool = store::make_lent_pool(
        address.name, std::make_unique<postgres::LentConnection>(address, connection));
    return std::make_unique<postgres::PostgresStore>(std::move(pool), address.schema,
                                                     Store::Writers::one_by_one);
}

}  // namespace workflow
