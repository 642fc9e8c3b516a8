// The history's records as lines that people read. Confined.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "names.hpp"
#include "terminal.hpp"

namespace workflow::cli {

struct Line {
    std::string text;
    Tone tone = Tone::plain;
};

/// Remembers between the steps of one instance what the items of an `each` are.
class Reader {
public:
    explicit Reader(const Names& names) : names_(&names) {}
    /// The lines that follow are of another version of the procedure.
    void use(const Names& names) { names_ = &names; }

    /// Nothing for a record that says what another one says better: `left`.
    [[nodiscard]] std::optional<Line> line(const Record& record);
    [[nodiscard]] std::vector<Line> lines(const std::vector<Record>& records);

private:
    [[nodiscard]] Line clock_line(const Record& record) const;
    /// Of a record whose value is a list: the due date, or the text, of that number.
    [[nodiscard]] std::string told_due(const Record& record, std::size_t number) const;
    [[nodiscard]] std::string told_text(const Record& record, std::size_t number) const;
    [[nodiscard]] std::string erased_fields(const Record& record) const;
    [[nodiscard]] Line scope_line(const Record& record);
    [[nodiscard]] std::string roles(const Value& list) const;
    [[nodiscard]] std::string incident(const Value& reason) const;

    const Names* names_;
    std::map<std::uint32_t, std::string> items_;  ///< by scope
};

/// Who acted, as `lan`, `lan for minh`, or the clock.
[[nodiscard]] std::string actor_of(const Event& event, std::string_view language);

}  // namespace workflow::cli
