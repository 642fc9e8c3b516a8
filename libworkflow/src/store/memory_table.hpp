// A sorted table that remembers what a transaction changed. Confined to who holds the store's turn.
#pragma once

#include <map>
#include <utility>
#include <vector>

namespace workflow::store {

template <typename Key, typename Value>
class MemoryTable {
public:
    using Rows = std::map<Key, Value>;

    [[nodiscard]] const Rows& rows() const { return rows_; }
    [[nodiscard]] const Value* find(const Key& key) const {
        const auto found = rows_.find(key);
        return found == rows_.end() ? nullptr : &found->second;
    }

    /// Inserts or replaces.
    void put(const Key& key, Value value) {
        Rows fresh;
        fresh.emplace(key, std::move(value));
        changes_.reserve(changes_.size() + 1);
        changes_.push_back({key, rows_.extract(key)});
        rows_.insert(fresh.extract(fresh.begin()));
    }
    void erase(const Key& key) {
        const auto found = rows_.find(key);
        if (found == rows_.end()) return;
        Change change{key, {}};
        changes_.reserve(changes_.size() + 1);
        change.before = rows_.extract(found);
        changes_.push_back(std::move(change));
    }

    void keep() noexcept { changes_.clear(); }
    [[nodiscard]] std::size_t changes() const { return changes_.size(); }
    /// Takes changes back, newest first, until so many are left. Moves nodes only, so that it cannot
    /// run out of memory.
    void roll_back(std::size_t left = 0) noexcept {
        for (; changes_.size() > left; changes_.pop_back()) {
            Change& change = changes_.back();
            rows_.erase(change.key);
            if (!change.before.empty()) rows_.insert(std::move(change.before));
        }
    }

private:
    struct Change {
        Key key;
        typename Rows::node_type before;  ///< empty: the key was not there
    };
    Rows rows_;
    std::vector<Change> changes_;
};

}  // namespace workflow::store
