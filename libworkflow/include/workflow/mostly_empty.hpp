// A vector that is empty most of the time: as wide as one pointer, so that what has many of them is
// quick to move and to destroy. A plain value.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// Copies deeply. Iterators are pointers, valid until the next change.
template <class T>
class MostlyEmpty {
public:
    using value_type = T;

    MostlyEmpty() noexcept = default;
    MostlyEmpty(std::vector<T> items) {
        if (!items.empty()) items_ = std::make_unique<std::vector<T>>(std::move(items));
    }
    MostlyEmpty(std::initializer_list<T> items) {
        for (const T& item : items) push_back(item);
    }
    MostlyEmpty(const MostlyEmpty& other)
        : items_(other.items_ ? std::make_unique<std::vector<T>>(*other.items_) : nullptr) {}
    MostlyEmpty(MostlyEmpty&&) noexcept = default;
    MostlyEmpty& operator=(const MostlyEmpty& other) {
        if (!items_ && !other.items_) return *this;
        MostlyEmpty copied(other);
        items_.swap(copied.items_);
        return *this;
    }
    MostlyEmpty& operator=(MostlyEmpty&&) noexcept = default;
    ~MostlyEmpty() = default;

    [[nodiscard]] bool empty() const noexcept { return !items_; }
    [[nodiscard]] std::size_t size() const noexcept { return items_ ? items_->size() : 0; }
    [[nodiscard]] T* begin() noexcept { return items_ ? items_->data() : nullptr; }
    [[nodiscard]] T* end() noexcept { return begin() + size(); }
    [[nodiscard]] const T* begin() const noexcept { return items_ ? items_->data() : nullptr; }
    [[nodiscard]] const T* end() const noexcept { return begin() + size(); }
    [[nodiscard]] T& operator[](std::size_t i) noexcept { return (*items_)[i]; }
    [[nodiscard]] const T& operator[](std::size_t i) const noexcept { return (*items_)[i]; }
    [[nodiscard]] T& back() noexcept { return items_->back(); }
    [[nodiscard]] const T& back() const noexcept { return items_->back(); }

    void push_back(T item) { filled().push_back(std::move(item)); }
    template <class... Arguments>
    T& emplace_back(Arguments&&... arguments) {
        return filled().emplace_back(std::forward<Arguments>(arguments)...);
    }
    void insert(T* before, T item) {
        const std::ptrdiff_t place = before - begin();
        filled().insert(items_->begin() + place, std::move(item));
    }
    void erase(T* item) {
        items_->erase(items_->begin() + (item - begin()));
        forget_if_empty();
    }
    void resize(std::size_t size) {
        if (size != 0 || items_) filled().resize(size);
        forget_if_empty();
    }
    void clear() noexcept { items_.reset(); }

    friend bool operator==(const MostlyEmpty& a, const MostlyEmpty& b) {
        return a.items_ && b.items_ ? *a.items_ == *b.items_ : a.items_ == b.items_;
    }
    /// Removes what `condition` holds for; gives how many.
    template <class Condition>
    friend std::size_t erase_if(MostlyEmpty& from, Condition condition) {
        if (!from.items_) return 0;
        const std::size_t removed = std::erase_if(*from.items_, condition);
        from.forget_if_empty();
        return removed;
    }

private:
    std::vector<T>& filled() {
        if (!items_) items_ = std::make_unique<std::vector<T>>();
        return *items_;
    }
    void forget_if_empty() noexcept {
        if (items_ && items_->empty()) items_.reset();
    }

    std::unique_ptr<std::vector<T>> items_;  ///< never an empty one
};

}  // namespace workflow
