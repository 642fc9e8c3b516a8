#include "store/subject.hpp"

#include <catch2/catch.hpp>

#include "support/temporary_folder.hpp"
#ifdef WORKFLOW_HAS_POSTGRES
#include "store/postgres_subject.hpp"
#endif

namespace workflow::test {
namespace {

/// Lives as long as its object: reopening has nothing to prove here.
class MemorySubject final : public Subject {
public:
    std::string name() const override { return "memory"; }
    Store& store() override { return *store_; }
    void reopen() override {}

private:
    std::unique_ptr<Store> store_ = make_memory_store();
};

class SqliteSubject final : public Subject {
public:
    std::string name() const override { return folder_.file("store.db"); }
    Store& store() override { return *store_; }
    void reopen() override {
        store_.reset();
        SqliteOptions options;
        options.create = SqliteOptions::Create::never;
        store_ = open_sqlite_store(name(), options);
    }

private:
    TemporaryFolder folder_;
    std::unique_ptr<Store> store_ = open_sqlite_store(folder_.file("store.db"));
};

}  // namespace

const std::vector<SubjectKind>& subject_kinds() {
    static const std::vector<SubjectKind> kinds{
        {"memory", [] { return std::make_unique<MemorySubject>(); }},
        {"SQLite file", [] { return std::make_unique<SqliteSubject>(); }},
#ifdef WORKFLOW_HAS_POSTGRES
        {"PostgreSQL", [] { return std::make_unique<PostgresSubject>(); }},
#endif
    };
    return kinds;
}

Error error_of(const std::function<void()>& call) {
    try {
        call();
    } catch (const Error& error) {
        return error;
    }
    FAIL("an Error was expected and none was thrown");
    return Error(ErrorCode::internal, "");
}

}  // namespace workflow::test
