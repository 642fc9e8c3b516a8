#include "store/sql_store.hpp"

#include "store/sql_transaction.hpp"

namespace workflow::store {
namespace {

class SqlStore final : public Store {
public:
    explicit SqlStore(std::shared_ptr<SqlPool> pool) : pool_(std::move(pool)) {}

    std::unique_ptr<Transaction> begin(Access access) override {
        return std::make_unique<SqlTransaction>(pool_, access);
    }
    std::string name() const override { return pool_->name(); }
    Writers writers() const override { return Writers::one_by_one; }
    bool reads_beside_writer() const override { return pool_->rules().reads_beside_writer; }

private:
    std::shared_ptr<SqlPool> pool_;  // shared: a transaction may outlive the store
};

}  // namespace

std::unique_ptr<Store> make_sql_store(std::shared_ptr<SqlPool> pool) {
    return std::make_unique<SqlStore>(std::move(pool));
}

}  // namespace workflow::store
