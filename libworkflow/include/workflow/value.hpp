// A value of a dossier's data: small, immutable, cheap to copy. Thread-safe to share.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "workflow/digest.hpp"
#include "workflow/time.hpp"

namespace workflow {

class Value;
using List = std::vector<Value>;
/// Members in the order in which they were given.
using Members = std::vector<std::pair<std::string, Value>>;

/// A value of a field marked `sensitive`. What is chained and hashed is `digest`, the SHA-256 of salt
/// and encoded value; salt and value live beside the chain and can be erased by right.
struct Sealed;

/// Null, boolean, integer (64 bit), number (IEEE double), text (UTF-8), date, instant, limit, list,
/// record, or a sealed one. Documents and persons are texts: names in the host's own systems.
class Value {
public:
    using Storage = std::variant<std::monostate, bool, std::int64_t, double,
                                 std::shared_ptr<const std::string>, Day, Instant, Limit,
                                 std::shared_ptr<const List>, std::shared_ptr<const Members>,
                                 std::shared_ptr<const Sealed>>;

    Value() = default;
    Value(bool value) : storage_(value) {}
    Value(int value) : storage_(std::int64_t{value}) {}
    Value(std::int64_t value) : storage_(value) {}
    Value(double value) : storage_(value) {}
    Value(const char* value) : storage_(std::make_shared<const std::string>(value)) {}
    Value(std::string value) : storage_(std::make_shared<const std::string>(std::move(value))) {}
    Value(std::string_view value) : storage_(std::make_shared<const std::string>(value)) {}
    Value(Day value) : storage_(value) {}
    Value(Date value) : storage_(Day(value)) {}
    Value(Instant value) : storage_(value) {}
    Value(Limit value) : storage_(value) {}
    Value(List value) : storage_(std::make_shared<const List>(std::move(value))) {}
    Value(Members value) : storage_(std::make_shared<const Members>(std::move(value))) {}
    Value(std::shared_ptr<const Sealed> value) : storage_(std::move(value)) {}

    [[nodiscard]] const Storage& storage() const { return storage_; }
    [[nodiscard]] bool is_null() const { return std::holds_alternative<std::monostate>(storage_); }
    [[nodiscard]] const Sealed* sealed() const;
    /// The value inside a seal, or the value itself; null when its value was erased.
    [[nodiscard]] const Value& open() const;

    // Null when the value is of another kind. None of them looks inside a seal: open() first.
    [[nodiscard]] const bool* boolean() const { return std::get_if<bool>(&storage_); }
    [[nodiscard]] const std::int64_t* integer() const { return std::get_if<std::int64_t>(&storage_); }
    [[nodiscard]] const double* number() const { return std::get_if<double>(&storage_); }
    [[nodiscard]] const std::string* text() const;
    [[nodiscard]] const Day* day() const { return std::get_if<Day>(&storage_); }
    [[nodiscard]] const Instant* instant() const { return std::get_if<Instant>(&storage_); }
    [[nodiscard]] const Limit* limit() const { return std::get_if<Limit>(&storage_); }
    [[nodiscard]] const List* list() const;
    [[nodiscard]] const Members* members() const;
    /// The member of a record, or null.
    [[nodiscard]] const Value* member(std::string_view name) const;

    /// Same kind and same content; seals compare by what they hide.
    friend bool operator==(const Value& a, const Value& b);

private:
    Storage storage_;
};

struct Sealed {
    Digest digest{};
    std::string salt;     ///< empty once erased
    Value value;          ///< null once erased
    bool erased = false;
};

/// For people: `"text"`, `3`, `2017-06-08`, `[a, b]`; a sealed value as `(sensitive)`.
[[nodiscard]] std::string to_string(const Value& value, UtcOffset offset);

}  // namespace workflow
