// A YAML file as a small tree that keeps places and hides nothing. Immutable once parsed; confined
// to one load.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "workflow/diagnostic.hpp"

namespace workflow::definition {

struct Node;

/// One `key: value`; the key is a scalar.
struct Entry {
    const Node* key;
    const Node* value;
};

/// An alias is the very node that its anchor names: a subtree may be reached by several paths.
struct Node {
    enum class Kind : std::uint8_t { null, scalar, sequence, mapping };
    Kind kind = Kind::null;
    bool quoted = false;       ///< a scalar in quotes, or a block: never a number, boolean or null
    bool flow = false;         ///< a collection in [ ] or { }
    std::uint32_t line = 0;    ///< from 1
    std::uint32_t column = 0;  ///< from 1, in characters
    std::uint32_t weight = 1;  ///< nodes of the subtree, aliases followed
    std::string text;          ///< of a scalar
    std::vector<const Node*> items;
    std::vector<Entry> entries;  ///< in the order of the file, each key once

    [[nodiscard]] bool is_null() const { return kind == Kind::null; }
    [[nodiscard]] bool is_scalar() const { return kind == Kind::scalar; }
    [[nodiscard]] bool is_sequence() const { return kind == Kind::sequence; }
    [[nodiscard]] bool is_mapping() const { return kind == Kind::mapping; }
    /// The value of `key`, or null.
    [[nodiscard]] const Node* find(std::string_view key) const;
};

/// One YAML document and its places. The source must outlive it.
class Document {
public:
    /// Null when the file cannot be read as one YAML document within limits.hpp: then `diagnostics`
    /// says why. Duplicate keys are reported all, other faults end the reading at the first.
    [[nodiscard]] static std::unique_ptr<const Document> parse(std::string_view source,
                                                               const std::string& file,
                                                               Diagnostics& diagnostics);

    [[nodiscard]] const Node& root() const { return *root_; }
    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] Place place(const Node& node) const;
    /// The place of byte `offset` of a scalar's text, in every style of YAML.
    [[nodiscard]] Place place(const Node& scalar, std::size_t offset) const;

private:
    friend class TreeBuilder;
    Document(std::string_view source, const std::string& file);

    std::string_view source_;
    std::string file_;
    std::deque<Node> nodes_;
    const Node* root_ = nullptr;
};

}  // namespace workflow::definition
