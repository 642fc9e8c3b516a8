// What another language hands over to a call, read strictly. Confined.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/engine.hpp"

namespace workflow::marshal {

/// The named arguments of one call. Each is asked for once, by a name that outlives this; what nobody asked for is a mistake of the
/// caller's. Every finding is Error{misuse} that names the call, the argument and the mend.
class Arguments {
public:
    /// `given` is a record, or null for none; it lives as long as this.
    Arguments(std::string_view call, const Value& given);

    [[nodiscard]] bool has(std::string_view name);
    [[nodiscard]] std::string text(std::string_view name);             ///< must be there, and not empty
    [[nodiscard]] std::string text_or_empty(std::string_view name);
    [[nodiscard]] std::vector<std::string> texts(std::string_view name);  ///< none where it is left out
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name);
    /// Within [from, to].
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view name, std::int64_t from,
                                                      std::int64_t to);
    [[nodiscard]] bool flag(std::string_view name);  ///< false where it is left out
    /// An instant, or a text with date, time and zone.
    [[nodiscard]] std::optional<Instant> instant(std::string_view name);
    [[nodiscard]] Instant needed_instant(std::string_view name);
    [[nodiscard]] FieldValues fields(std::string_view name);  ///< a record
    [[nodiscard]] Actor actor();                              ///< `actor`: must be there
    [[nodiscard]] Ordinal token(std::string_view name);       ///< must be there
    [[nodiscard]] std::optional<Ordinal> token_or_none(std::string_view name);
    [[nodiscard]] const Value* value(std::string_view name);  ///< null where it is left out
    /// `request`, `revision`, `trace`.
    [[nodiscard]] Request request();
    /// `cursor`, empty for the first page, and `limit`: how many rows a page has, 100 where it is left out.
    struct Paging {
        std::string cursor;
        std::size_t rows = 0;
    };
    [[nodiscard]] Paging paging();

    /// Whether one of these is given, and no other.
    [[nodiscard]] std::string_view one_of(std::initializer_list<std::string_view> names);
    /// Error{misuse} for the first argument that nobody asked for.
    void done() const;
    [[nodiscard]] Error wrong(std::string_view name, const std::string& what) const;

private:
    [[nodiscard]] const Value* find(std::string_view name);

    std::string_view call_;
    const Members* members_ = nullptr;
    std::vector<std::string_view> asked_;  // literals of the calls
};

}  // namespace workflow::marshal
