#include "definition/tree_builder.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <istream>
#include <streambuf>

#include "definition/source_text.hpp"
#include "definition/yaml_fault.hpp"
#include "workflow/limits.hpp"

namespace workflow::definition {
namespace {

/// Thrown through yaml-cpp to end its reading; never leaves build().
struct Stop {
    Diagnostic finding;
};

/// The source as a stream, without a copy.
class ViewBuffer : public std::streambuf {
public:
    explicit ViewBuffer(std::string_view text) {
        char* begin = const_cast<char*>(text.data());  // only read: setp is never called
        setg(begin, begin, begin + text.size());
    }
};

std::string line_and_column(const Node& node) {
    return std::to_string(node.line) + ":" + std::to_string(node.column);
}

}  // namespace

class TreeBuilder::Handler final : public YAML::EventHandler {
public:
    Handler(Document& document, Diagnostics& diagnostics)
        : document_(document), diagnostics_(diagnostics), source_(document.source_) {}

    void OnDocumentStart(const YAML::Mark& mark) override {
        if (document_.root_ == nullptr) return;
        seek(mark);
        // A parser begins a document anew where a line stands further left than the first.
        const std::string_view rest = source_.substr(line_start_);
        const bool marked = rest.substr(0, 3) == "---" || rest.substr(0, 3) == "...";
        stop(marked || !begins_indented() ? "several-documents" : "bad-indentation", mark, {});
    }
    void OnDocumentEnd() override {}

    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        Node& node = make(Node::Kind::null, mark, {}, anchor);
        // A parser notices that nothing stands behind a key only at what follows.
        const Node* key = levels_.empty() ? nullptr : levels_.back().key;
        if (key != nullptr) {
            node.line = key->line;
            node.column = key->column;
        }
        add(node);
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        Node& node = make(Node::Kind::scalar, mark, tag, anchor);
        node.text = value;
        node.quoted = tag == "!";
        const std::size_t at = line_start_ + bytes_;
        const bool quote =
            node.quoted && at < source_.size() && (source_[at] == '"' || source_[at] == '\'');
        if (quote && !is_quote_closed(source_, at, value)) stop("unclosed-quote", mark, {});
        add(node);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const Node* target = anchor < anchors_.size() ? anchors_[anchor] : nullptr;
        if (target == nullptr) stop("unknown-alias", mark, {});
        const auto open = [&](const Level& level) { return level.node == target; };
        if (std::any_of(levels_.begin(), levels_.end(), open)) stop("alias-of-itself", mark, {});
        count(target->weight, mark);
        mark_ = mark;
        add(*target);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override {
        open(Node::Kind::sequence, mark, tag, anchor, style);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override {
        open(Node::Kind::mapping, mark, tag, anchor, style);
    }
    void OnMapEnd() override { close(); }

    [[nodiscard]] Place place(const YAML::Mark& mark) {
        seek(mark);
        return {document_.file_, line_, column_};
    }

private:
    struct Level {
        Node* node;
        const Node* key = nullptr;  ///< of a mapping: its value comes next
    };

    [[noreturn]] void stop(const char* code, const YAML::Mark& mark,
                           std::vector<std::string> words) {
        throw Stop{{Severity::error, code, place(mark), std::move(words)}};
    }

    /// Sets line_ and column_ to those of `mark`, counting characters from the last place on: marks
    /// mostly go forward, so that one long line does not cost its square.
    void seek(const YAML::Mark& mark) {
        const auto line = static_cast<std::uint32_t>(std::max(mark.line, 0)) + 1;
        const auto bytes = static_cast<std::size_t>(std::max(mark.column, 0));
        if (line != line_ || bytes < bytes_) {
            if (line < line_) {
                line_start_ = line_start(source_, line);
            } else {
                line_start_ += line_start(source_.substr(line_start_), line - line_ + 1);
            }
            line_ = line;
            bytes_ = 0;
            column_ = 1;
        }
        column_ += count_characters(source_.substr(line_start_ + bytes_, bytes - bytes_));
        bytes_ = bytes;
    }

    [[nodiscard]] bool begins_indented() const {
        return document_.root_->is_mapping() && document_.root_->column > 1;
    }

    void count(std::size_t nodes, const YAML::Mark& mark) {
        nodes_ += nodes;
        if (nodes_ > limits::yaml_nodes_max) {
            stop("too-many-nodes", mark, {std::to_string(limits::yaml_nodes_max)});
        }
    }

    Node& make(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
               YAML::anchor_t anchor) {
        if (tag.size() > 1) stop("custom-tag", mark, {tag});
        count(1, mark);
        mark_ = mark;
        seek(mark);
        Node& node = document_.nodes_.emplace_back();
        node.kind = kind;
        node.line = line_;
        node.column = column_;
        if (anchor != 0) {
            if (anchors_.size() <= anchor) anchors_.resize(anchor + 1);
            anchors_[anchor] = &node;
        }
        return node;
    }

    void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
              YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
        if (levels_.size() >= limits::yaml_depth_max) {
            stop("too-deep", mark, {std::to_string(limits::yaml_depth_max)});
        }
        if (!levels_.empty() && levels_.back().node->is_mapping() &&
            levels_.back().key == nullptr) {
            refuse_collection_as_key(mark);
        }
        Node& node = make(kind, mark, tag, anchor);
        node.flow = style == YAML::EmitterStyle::Flow;
        levels_.push_back({&node});
    }

    /// yaml-cpp takes a bracket that is never closed for the beginning of a key.
    [[noreturn]] void refuse_collection_as_key(const YAML::Mark& mark) {
        seek(mark);
        const std::size_t at = line_start_ + bytes_;
        const FlowScan scan = scan_flow(source_, at, limits::yaml_depth_max - (levels_.size() - 1));
        if (scan.too_deep_at != std::string_view::npos) {
            throw Stop{{Severity::error,
                        "too-deep",
                        place_of(source_, scan.too_deep_at, document_.file_),
                        {std::to_string(limits::yaml_depth_max)}}};
        }
        const bool bracket = at < source_.size() && (source_[at] == '[' || source_[at] == '{');
        stop(bracket && !scan.closed ? "unclosed-bracket" : "key-not-a-text", mark, {});
    }

    void close() {
        Node& node = *levels_.back().node;
        levels_.pop_back();
        if (node.is_mapping()) check_duplicates(node);
        add(node);
    }

    void add(const Node& node) {
        if (levels_.empty()) {
            document_.root_ = &node;
            return;
        }
        Level& level = levels_.back();
        level.node->weight += node.weight;
        if (level.node->is_sequence()) {
            level.node->items.push_back(&node);
        } else if (level.key == nullptr) {
            if (!node.is_scalar()) stop("key-not-a-text", mark_, {});
            level.key = &node;
        } else {
            level.node->entries.push_back({level.key, &node});
            level.key = nullptr;
        }
    }

    /// Keeps the first of equal keys.
    void check_duplicates(Node& node) {
        std::vector<Entry>& entries = node.entries;
        std::vector<std::uint32_t> order(entries.size());
        for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
        const auto key = [&](std::uint32_t i) -> const std::string& {
            return entries[i].key->text;
        };
        std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
            const int compared = key(a).compare(key(b));
            return compared != 0 ? compared < 0 : a < b;
        });
        std::vector<std::uint32_t> doubles;
        std::vector<std::uint32_t> firsts(order.size());  // of each the one of its name
        for (std::size_t i = 0, first = 0; i < order.size(); ++i) {
            if (key(order[i]) != key(order[first])) first = i;
            firsts[order[i]] = order[first];
            if (first != i) doubles.push_back(order[i]);
        }
        std::sort(doubles.begin(), doubles.end());
        std::uint32_t explained = 0;  // entries in front of it: what follows from one is told once
        for (const std::uint32_t again : doubles) {
            if (again < explained) continue;
            const std::uint32_t first = firsts[again];
            const auto empty = empty_between(node, first, again);
            if (!empty) {
                report_duplicate(*entries[again].key, *entries[first].key);
                continue;
            }
            report_too_deep(*entries[*empty].key, *entries[again].key, *entries[first].key);
            explained = static_cast<std::uint32_t>(entries.size());
        }
        std::reverse(doubles.begin(), doubles.end());
        for (const std::uint32_t i : doubles) entries.erase(entries.begin() + i);
    }

    /// A name without a value on a line of its own, behind which names are repeated: it was meant to
    /// stand one level further out.
    static std::optional<std::uint32_t> empty_between(const Node& node, std::uint32_t first,
                                                      std::uint32_t again) {
        if (node.flow) return std::nullopt;
        for (std::uint32_t i = again; i-- > first + 1;) {
            if (node.entries[i].value->is_null()) return i;
        }
        return std::nullopt;
    }

    void report_too_deep(const Node& key, const Node& again, const Node& first) {
        if (diagnostics_.size() >= limits::diagnostics_max) return;
        diagnostics_.push_back({Severity::error,
                                "key-too-deep",
                                document_.place(key),
                                {key.text, again.text, line_and_column(first)}});
    }

    void report_duplicate(const Node& again, const Node& first) {
        if (diagnostics_.size() >= limits::diagnostics_max) return;
        diagnostics_.push_back({Severity::error,
                                "duplicate-key",
                                document_.place(again),
                                {again.text, line_and_column(first)}});
    }

    Document& document_;
    Diagnostics& diagnostics_;
    std::string_view source_;
    std::vector<Level> levels_;
    std::vector<const Node*> anchors_;  ///< by yaml-cpp's number
    std::size_t nodes_ = 0;
    YAML::Mark mark_;  ///< of the node in hand
    std::uint32_t line_ = 1;
    std::uint32_t column_ = 1;
    std::size_t bytes_ = 0;  ///< of the line in front of column_
    std::size_t line_start_ = 0;
};

bool TreeBuilder::build(Document& document, Diagnostics& diagnostics) {
    ViewBuffer buffer(document.source_);
    std::istream stream(&buffer);
    Handler handler(document, diagnostics);
    const auto refuse = [&](Diagnostic finding) { diagnostics.push_back(std::move(finding)); };
    try {
        YAML::Parser parser(stream);
        while (parser.HandleNextDocument(handler)) {
        }
    } catch (const Stop& stop) {
        const std::string& code = stop.finding.code;
        const bool of_brackets =
            code == "unclosed-bracket" || code == "unclosed-quote" || code == "key-not-a-text";
        const auto better =
            of_brackets ? explain_brackets(document.file(), document.source_, stop.finding.place)
                        : std::nullopt;
        refuse(better ? *better : stop.finding);
        return false;
    } catch (const YAML::Exception& fault) {
        refuse(explain_fault(fault, document.file(), document.source_, handler.place(fault.mark)));
        return false;
    }
    if (document.root_ == nullptr || document.root_->is_null()) {
        refuse({Severity::error, "empty-file", {document.file(), 0, 0}, {}});
        return false;
    }
    return !has_errors(diagnostics);
}

}  // namespace workflow::definition
