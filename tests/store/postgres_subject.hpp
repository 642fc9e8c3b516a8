// The PostgreSQL kind of store: one schema for each Subject, in the program's own server. Confined.
#pragma once

#include <libpq-fe.h>

#include "store/subject.hpp"
#include "workflow/postgres_store.hpp"

namespace workflow::test {

class PostgresSubject final : public Subject {
public:
    PostgresSubject();
    PostgresSubject(const PostgresSubject&) = delete;
    PostgresSubject& operator=(const PostgresSubject&) = delete;
    ~PostgresSubject() override;
    [[nodiscard]] std::string name() const override { return options_.schema; }
    /// As SQL has it.
    [[nodiscard]] std::string quoted_name() const;
    [[nodiscard]] Store& store() override { return *store_; }
    void reopen() override;

    /// Another store on the same tables, as another process would have it.
    [[nodiscard]] std::unique_ptr<Store> open(int lock_timeout_milliseconds) const;
    [[nodiscard]] std::unique_ptr<Store> open(const PostgresOptions& options) const;
    [[nodiscard]] const PostgresOptions& options() const { return options_; }

private:
    PostgresOptions options_;
    std::unique_ptr<Store> store_;
};

/// A session of somebody else. Throws std::runtime_error with the server's words.
class PostgresSession {
public:
    PostgresSession();
    /// The first column of the rows, in text.
    std::vector<std::string> run(const std::string& sql);

private:
    std::unique_ptr<PGconn, void (*)(PGconn*)> connection_;
};

}  // namespace workflow::test
