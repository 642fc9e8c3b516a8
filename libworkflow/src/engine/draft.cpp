#include "engine/draft.hpp"

namespace workflow::engine {

bool Draft::holds_in(Transaction& transaction) const {
    return is_noted_ && transaction.instance(about_) == read_;
}

void Draft::write_to(Transaction& transaction) const {
    for (const Write& write : writes_) write(transaction);
}

void Draft::note(std::string_view id) {
    if (!is_noted_) {
        about_ = id;
        read_ = snapshot_.instance(id);
        is_noted_ = true;
    }
    check_about(id);
}

void Draft::check_about(std::string_view id) const {
    if (!is_noted_ || id != about_) give_up();
}

std::optional<StoredInstance> Draft::instance(std::string_view id) {
    note(id);
    return written_ ? written_ : read_;
}

void Draft::put_instance(std::string_view id, std::uint64_t expected, const StoredInstance& row) {
    check_about(id);
    if (written_) give_up();
    written_ = row;
    writes_.emplace_back([this, expected](Transaction& transaction) {
        transaction.put_instance(about_, expected, *written_);
    });
}

void Draft::append_history(std::string_view id, const StoredHistory& row) {
    check_about(id);
    if (appended_) give_up();
    appended_ = row;
    writes_.emplace_back(
        [this](Transaction& transaction) { transaction.append_history(about_, *appended_); });
}

std::vector<StoredHistory> Draft::history(std::string_view id, std::uint64_t after,
                                          std::size_t rows_max) {
    note(id);
    auto rows = snapshot_.history(id, after, rows_max);
    if (appended_ && appended_->revision > after && rows.size() < rows_max) {
        rows.push_back(*appended_);
    }
    return rows;
}

std::optional<std::uint64_t> Draft::request(std::string_view id, std::string_view request) {
    note(id);
    if (appended_) give_up();
    return snapshot_.request(id, request);
}

std::vector<StoredSecret> Draft::secrets(std::string_view id) {
    note(id);
    if (!writes_.empty()) give_up();
    return snapshot_.secrets(id);
}

void Draft::put_secret(std::string_view id, const StoredSecret& row) {
    check_about(id);
    writes_.emplace_back(
        [this, row](Transaction& transaction) { transaction.put_secret(about_, row); });
}

}  // namespace workflow::engine
