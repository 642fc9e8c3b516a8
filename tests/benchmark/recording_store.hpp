// A store that writes down what the engine reads and writes, so that hand-written statements can do
// exactly the same. Confined.
#pragma once

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "workflow/store.hpp"

namespace workflow::benchmarks {

struct ReadInstance {
    std::string id;
};
struct ReadRequest {
    std::string id;
    std::string request;
};
struct PutInstance {
    std::string id;
    std::uint64_t expected = 0;
    StoredInstance row;
};
struct AppendHistory {
    std::string id;
    StoredHistory row;
};
struct PutDue {
    StoredDue row;
};
struct EraseDue {
    StoredDue row;
};
struct PutWork {
    StoredWork row;
};
struct EraseWork {
    StoredWork row;
};
struct PutEffect {
    StoredEffect row;
};
struct ReadDue {
    std::int64_t until = 0;
};
struct PutActive {
    StoredActive row;
};
struct EraseActive {
    StoredActive row;
};
struct PutClosed {
    StoredClosed row;
};
struct ReadHistory {
    std::string id;
    std::uint64_t after = 0;
    std::size_t rows_max = 0;
};
using Operation = std::variant<ReadInstance, ReadRequest, PutInstance, AppendHistory, PutDue,
                               EraseDue, PutWork, EraseWork, PutEffect, PutActive, EraseActive,
                               PutClosed, ReadHistory, ReadDue>;
/// What one transaction did before it was committed, in its order.
using Operations = std::vector<Operation>;

/// Passes everything on to `store` and keeps what the transactions begun for writing did.
class RecordingStore final : public Store {
public:
    explicit RecordingStore(std::unique_ptr<Store> store) : store_(std::move(store)) {}
    [[nodiscard]] std::unique_ptr<Transaction> begin(Access access) override;
    [[nodiscard]] std::string name() const override { return store_->name(); }
    [[nodiscard]] Writers writers() const override { return store_->writers(); }

    /// One entry each committed transaction; those before are forgotten.
    void forget() { committed_.clear(); }
    [[nodiscard]] const std::vector<Operations>& committed() const { return committed_; }

private:
    std::unique_ptr<Store> store_;
    std::vector<Operations> committed_;
};

}  // namespace workflow::benchmarks
