// A schema of an older layout, brought to this build's in one transaction.
#include <fmt/format.h>

#include "postgres/connection.hpp"
#include "postgres/lock_key.hpp"
#include "postgres/schema.hpp"

namespace workflow {
namespace postgres {
namespace {

class PostgresUpgrade final : public StoreUpgrade {
public:
    PostgresUpgrade(const Address& address, const PostgresOptions& options) : session_(address) {
        set_up(session_);
        session_.run_once("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE");
        session_.run_once(fmt::format("SELECT pg_advisory_xact_lock({})",
                                      lock_key(address.schema, LockOf::schema)));
        session_.flush("waiting for others who make or change its tables");
        from_ = upgrade_schema(session_);
        session_.leave();
        store_ = lend_postgres(session_.get(), options);
    }
    PostgresUpgrade(const PostgresUpgrade&) = delete;
    PostgresUpgrade& operator=(const PostgresUpgrade&) = delete;
    ~PostgresUpgrade() override { store_.reset(); }  // what is not committed goes with the session

    int from() const override { return from_; }
    std::shared_ptr<Store> store() override { return store_; }
    void commit() override {
        store_.reset();
        session_.enter();
        session_.run_once("COMMIT");
        session_.flush("committing");
    }

private:
    Session session_;
    int from_ = 0;
    std::shared_ptr<Store> store_;
};

}  // namespace
}  // namespace postgres

std::unique_ptr<StoreUpgrade> begin_postgres_upgrade(const std::string& conninfo,
                                                     const PostgresOptions& options) {
    return std::make_unique<postgres::PostgresUpgrade>(postgres::make_address(conninfo, options),
                                                       options);
}

}  // namespace workflow
