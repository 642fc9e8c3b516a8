#include "definition/node.hpp"

#include "definition/scalar_walk.hpp"
#include "definition/source_text.hpp"
#include "definition/tree_builder.hpp"

namespace workflow::definition {
namespace {

/// Where a scalar's own characters begin: behind its anchor, its quote or the header of its block.
std::size_t content_start(std::string_view source, std::size_t at) {
    while (at < source.size() && (source[at] == '&' || is_blank(source[at]))) {
        if (source[at] == '&') at = std::min(source.find_first_of(" \n", at), source.size());
        while (at < source.size() && is_blank(source[at])) ++at;
    }
    if (at >= source.size()) return source.size();
    if (source[at] == '|' || source[at] == '>') {
        const std::size_t end = source.find('\n', at);
        return end == std::string_view::npos ? source.size() : end + 1;
    }
    return source[at] == '"' || source[at] == '\'' ? at + 1 : at;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
    for (const Entry& entry : entries) {
        if (entry.key->text == key) return entry.value;
    }
    return nullptr;
}

Document::Document(std::string_view source, const std::string& file)
    : source_(source), file_(file) {}

std::unique_ptr<const Document> Document::parse(std::string_view source, const std::string& file,
                                                Diagnostics& diagnostics) {
    constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
    if (source.substr(0, 3) == byte_order_mark) source.remove_prefix(3);
    if (!check_source(source, file, diagnostics)) return nullptr;
    std::unique_ptr<Document> document(new Document(source, file));
    return TreeBuilder::build(*document, diagnostics) ? std::move(document) : nullptr;
}

Place Document::place(const Node& node) const {
    return {file_, node.line, node.column};
}

Place Document::place(const Node& scalar, std::size_t offset) const {
    std::size_t at = line_start(source_, scalar.line);
    for (std::uint32_t column = 1; column < scalar.column && at < source_.size(); ++at) {
        const bool last_byte = at + 1 == source_.size() ||
                               (static_cast<unsigned char>(source_[at + 1]) & 0xc0U) != 0x80U;
        if (last_byte) ++column;
    }
    const std::size_t start = content_start(source_, at);
    return place_of(source_, walk_scalar(source_, start, scalar.text, offset), file_);
}

}  // namespace workflow::definition
