// A value of a dossier's data, or of an expression: small, immutable, cheap to copy. Thread-safe to
// share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "workflow/digest.hpp"
#include "workflow/time.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

class Value;
using List = std::vector<Value>;
/// Members in the order in which they were given.
using Members = std::vector<std::pair<std::string, Value>>;
/// Keys and values of a map, in the order in which they were given.
using Entries = std::vector<std::pair<Value, Value>>;

/// A value of a field marked `sensitive`. What is chained and hashed is `digest`, the SHA-256 of
/// salt and encoded value; salt and value live beside the chain and can be erased by right.
struct Sealed;

/// An unsigned integer (`1u`).
struct Unsigned {
    std::uint64_t value = 0;
    friend auto operator<=>(const Unsigned&, const Unsigned&) = default;
};

/// Octets (`b'...'`), no text.
struct Bytes {
    std::string octets;
    friend auto operator<=>(const Bytes&, const Bytes&) = default;
};

/// The types that a value may have for CEL, as `type(x)` gives them.
enum class TypeName : std::uint8_t {
    null_type,
    boolean,
    integer,
    unsigned_integer,
    number,
    text,
    bytes,
    list,
    map,
    timestamp,
    duration,
    limit,
    type,
};

/// What a dossier holds: null, boolean, integer (64 bit), number (IEEE double), text (UTF-8), date,
/// instant, limit, list, record, or a sealed one. Documents and persons are texts: names in the
/// host's own systems. The other kinds live only within an expression: none of them can be stored.
class Value {
public:
    enum class Kind : std::uint8_t {
        null,
        boolean,
        integer,
        number,
        date,
        instant,
        limit,
        unsigned_integer,  ///< only within expressions, as the next three
        duration,
        timestamp,  ///< one that is no whole millisecond; others are instants
        type,
        text,
        list,
        record,
        sealed,
        bytes,  ///< only within expressions, as the next one
        map,    ///< one with a key that is no text; others are records
    };

    Value() noexcept {}
    Value(bool value) noexcept : kind_(Kind::boolean) { plain_.boolean = value; }
    Value(int value) noexcept : Value(std::int64_t{value}) {}
    Value(std::int64_t value) noexcept : kind_(Kind::integer) { plain_.integer = value; }
    Value(double value) noexcept : kind_(Kind::number) { plain_.number = value; }
    Value(const char* value) : Value(std::string(value)) {}
    Value(std::string_view value) : Value(std::string(value)) {}
    Value(std::string value) : Value(Kind::text, make(std::move(value))) {}
    Value(Day value) noexcept : kind_(Kind::date) { plain_.day = value; }
    Value(Date value) noexcept : Value(Day(value)) {}
    Value(Instant value) noexcept : kind_(Kind::instant) { plain_.instant = value; }
    Value(Limit value) noexcept : kind_(Kind::limit) { plain_.limit = value; }
    Value(List value) : Value(Kind::list, make(std::move(value))) {}
    Value(Members value) : Value(Kind::record, make(std::move(value))) {}
    Value(std::shared_ptr<const Sealed> value) noexcept : Value(Kind::sealed, std::move(value)) {}
    Value(Unsigned value) noexcept : kind_(Kind::unsigned_integer) { plain_.unsigned_ = value; }
    Value(Duration value) noexcept : kind_(Kind::duration) { plain_.duration = value; }
    /// An instant where `value` is a whole millisecond.
    Value(Timestamp value) noexcept;
    Value(TypeName value) noexcept : kind_(Kind::type) { plain_.type = value; }
    Value(Bytes value) : Value(Kind::bytes, make(std::move(value))) {}
    /// A record where every key is a text. The keys differ.
    Value(Entries value);

    Value(const Value& other) noexcept : kind_(other.kind_) { copy(other); }
    Value(Value&& other) noexcept : kind_(other.kind_) { move(other); }
    Value& operator=(const Value& other) noexcept {
        if (this != &other) {
            Value copied(other);
            *this = std::move(copied);
        }
        return *this;
    }
    Value& operator=(Value&& other) noexcept {
        if (this != &other) {
            drop();
            kind_ = other.kind_;
            move(other);
        }
        return *this;
    }
    ~Value() { drop(); }

    [[nodiscard]] Kind kind() const noexcept { return kind_; }
    [[nodiscard]] bool is_null() const noexcept { return kind_ == Kind::null; }
    [[nodiscard]] const Sealed* sealed() const noexcept { return shared<Sealed>(Kind::sealed); }
    /// The value inside a seal, or the value itself; null when its value was erased.
    [[nodiscard]] const Value& open() const noexcept;

    // Null when the value is of another kind. None of them looks inside a seal: open() first.
    [[nodiscard]] const bool* boolean() const noexcept {
        return kind_ == Kind::boolean ? &plain_.boolean : nullptr;
    }
    [[nodiscard]] const std::int64_t* integer() const noexcept {
        return kind_ == Kind::integer ? &plain_.integer : nullptr;
    }
    [[nodiscard]] const double* number() const noexcept {
        return kind_ == Kind::number ? &plain_.number : nullptr;
    }
    [[nodiscard]] const std::string* text() const noexcept {
        return shared<std::string>(Kind::text);
    }
    [[nodiscard]] const Day* day() const noexcept {
        return kind_ == Kind::date ? &plain_.day : nullptr;
    }
    [[nodiscard]] const Instant* instant() const noexcept {
        return kind_ == Kind::instant ? &plain_.instant : nullptr;
    }
    [[nodiscard]] const Limit* limit() const noexcept {
        return kind_ == Kind::limit ? &plain_.limit : nullptr;
    }
    [[nodiscard]] const List* list() const noexcept { return shared<List>(Kind::list); }
    [[nodiscard]] const Members* members() const noexcept { return shared<Members>(Kind::record); }
    [[nodiscard]] const Unsigned* unsigned_integer() const noexcept {
        return kind_ == Kind::unsigned_integer ? &plain_.unsigned_ : nullptr;
    }
    [[nodiscard]] const Duration* duration() const noexcept {
        return kind_ == Kind::duration ? &plain_.duration : nullptr;
    }
    [[nodiscard]] const Timestamp* timestamp() const noexcept {
        return kind_ == Kind::timestamp ? &plain_.timestamp : nullptr;
    }
    [[nodiscard]] const TypeName* type() const noexcept {
        return kind_ == Kind::type ? &plain_.type : nullptr;
    }
    [[nodiscard]] const Bytes* bytes() const noexcept { return shared<Bytes>(Kind::bytes); }
    [[nodiscard]] const Entries* entries() const noexcept { return shared<Entries>(Kind::map); }
    /// The member of a record, or null.
    [[nodiscard]] const Value* member(std::string_view name) const noexcept;

    /// Same kind and same content; seals compare by what they hide.
    friend bool operator==(const Value& a, const Value& b);

private:
    // Written by hand: a std::variant of so many alternatives copies through a table of functions.
    union Plain {
        std::int64_t integer = 0;
        bool boolean;
        double number;
        Day day;
        Instant instant;
        Limit limit;
        Unsigned unsigned_;
        Duration duration;
        Timestamp timestamp;
        TypeName type;
    };
    using Shared = std::shared_ptr<const void>;

    Value(Kind kind, Shared shared) noexcept : kind_(kind) {
        std::construct_at(&shared_, std::move(shared));
    }
    template <class T>
    [[nodiscard]] static Shared make(T content) {
        return std::make_shared<const T>(std::move(content));
    }
    template <class T>
    [[nodiscard]] const T* shared(Kind kind) const noexcept {
        return kind_ == kind ? static_cast<const T*>(shared_.get()) : nullptr;
    }
    [[nodiscard]] bool is_shared() const noexcept { return kind_ >= Kind::text; }
    void copy(const Value& other) noexcept {
        if (is_shared()) {
            std::construct_at(&shared_, other.shared_);
        } else {
            plain_ = other.plain_;
        }
    }
    void move(Value& other) noexcept {
        if (is_shared()) {
            std::construct_at(&shared_, std::move(other.shared_));
            other.drop();
            other.kind_ = Kind::null;
        } else {
            plain_ = other.plain_;
        }
    }
    void drop() noexcept {
        if (is_shared()) std::destroy_at(&shared_);
    }

    union {
        Plain plain_{};
        Shared shared_;
    };
    Kind kind_ = Kind::null;
};

struct Sealed {
    Digest digest{};
    std::string salt;  ///< empty once erased
    Value value;       ///< null once erased
    bool erased = false;
};

inline const Value& Value::open() const noexcept {
    return kind_ == Kind::sealed ? sealed()->value : *this;
}

/// Whether a dossier can hold it, all the way down.
[[nodiscard]] bool is_storable(const Value& value);

/// For people: `"text"`, `3`, `2017-06-08`, `[a, b]`; a sealed value as `(sensitive)`.
[[nodiscard]] std::string to_string(const Value& value, UtcOffset offset);
/// As CEL names it: `int`, `google.protobuf.Timestamp`; `limit` is ours.
[[nodiscard]] const char* to_string(TypeName name);

}  // namespace workflow
