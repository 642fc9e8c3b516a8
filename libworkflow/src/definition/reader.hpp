// Reading of mappings and scalars with a finding for all that is not as it must be. Confined.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "definition/node.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/text.hpp"
#include "workflow/time.hpp"

namespace workflow::definition {

/// Thrown, within the loaders, when there are as many findings as may be: reading stops.
struct TooManyFindings {};

/// Collects the findings of one file. The last one that there may be says so, and ends the reading.
class Findings {
public:
    Findings(const Document& document, Diagnostics& diagnostics);

    void error(const Node& at, std::string_view code, std::vector<std::string> arguments = {});
    void error(const Place& at, std::string_view code, std::vector<std::string> arguments = {});
    void warning(const Place& at, std::string_view code, std::vector<std::string> arguments = {});
    [[nodiscard]] Place place(const Node& node) const { return document_.place(node); }
    [[nodiscard]] bool has_errors() const { return workflow::has_errors(diagnostics_); }
    [[nodiscard]] const Document& document() const { return document_; }

private:
    void add(Severity severity, const Place& at, std::string_view code,
             std::vector<std::string> arguments);

    const Document& document_;
    Diagnostics& diagnostics_;
};

using Keys = std::span<const std::string_view>;
[[nodiscard]] std::vector<std::string_view> joined(Keys a, Keys b);

/// A mapping whose keys are known. Reports, when it is made, that the node is no mapping, and every
/// key that is neither in `known` nor in `planned` (named in the manual, not built yet).
class MappingReader {
public:
    MappingReader(Findings& findings, const Node& node, Keys known, Keys planned = {});

    [[nodiscard]] bool is_mapping() const { return node_.is_mapping(); }
    [[nodiscard]] const Node& node() const { return node_; }
    /// The value of `key`, or null.
    [[nodiscard]] const Node* find(std::string_view key) const { return node_.find(key); }
    [[nodiscard]] bool has(std::string_view key) const { return find(key) != nullptr; }
    /// The same; where there is none a finding, as report_absent_value() says.
    [[nodiscard]] const Node* require(std::string_view key) const;

private:
    Findings& findings_;
    const Node& node_;
};

/// `missing-key`, or `key-without-value` where the key stands there with nothing behind it.
void report_absent_value(Findings& findings, const Node& mapping, std::string_view key);
/// `unknown-key` for the entry's key, with the nearest of `known`; `reserved-word` for on, yes, no;
/// `text-split-by-comma` where the key is the rest of a text in { }.
void report_unknown_key(Findings& findings, const Node& mapping, const Entry& entry, Keys known);
/// False, with a finding, when the node is of another kind.
[[nodiscard]] bool expect_mapping(Findings& findings, const Node& node);
[[nodiscard]] bool expect_sequence(Findings& findings, const Node& node);

/// The nearest name for a mend; when none is near, all of them, comma-separated.
[[nodiscard]] std::string nearest_or_all(std::string_view word,
                                         const std::vector<std::string>& names);

/// The position of the node's text among `names`, or a finding `code` with the text and the names.
[[nodiscard]] std::optional<std::uint32_t> find_name(Findings& findings, const Node& node,
                                                     const std::vector<std::string>& names,
                                                     std::string_view code);
/// A node, or each of a list: what `role` and `unit` of a person take.
[[nodiscard]] std::vector<const Node*> one_or_several(const Node& node);

// Each gives nothing, with a finding, when the node is something else. An empty text is none.
[[nodiscard]] std::optional<std::string> read_string(Findings& findings, const Node& node);
[[nodiscard]] std::optional<std::int64_t> read_integer(Findings& findings, const Node& node,
                                                       std::int64_t least, std::int64_t most);
[[nodiscard]] std::optional<bool> read_boolean(Findings& findings, const Node& node);
[[nodiscard]] std::optional<Date> read_date(Findings& findings, const Node& node);
[[nodiscard]] std::optional<Limit> read_limit(Findings& findings, const Node& node);
/// The name of somebody or a key, as the engine takes it: at most limits::key_bytes_max, no control
/// characters.
[[nodiscard]] std::optional<std::string> read_name(Findings& findings, const Node& node);
/// `[a-z][a-z0-9_]{0,62}` and no word that YAML readers take for true, false or null.
[[nodiscard]] std::optional<std::string> read_id(Findings& findings, const Node& node);
[[nodiscard]] bool is_id(std::string_view text);
/// A code of ISO 639: `en`, `vi`.
[[nodiscard]] bool is_language(std::string_view code);
[[nodiscard]] bool is_reserved_word(std::string_view text);
/// A text, or a mapping from language (`en`, `vi`) to text; empty after a finding.
[[nodiscard]] Text read_text(Findings& findings, const Node& node);

}  // namespace workflow::definition
