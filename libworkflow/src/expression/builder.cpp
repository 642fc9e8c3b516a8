#include "expression/builder.hpp"

#include <algorithm>
#include <array>

#include "expression/literal.hpp"
#include "workflow/limits.hpp"

namespace workflow::expression {
namespace {

Syntax infix_syntax(std::string_view text) {
    constexpr std::array<std::pair<std::string_view, Syntax>, 15> table{{
        {"*", Syntax::multiply},
        {"/", Syntax::divide},
        {"%", Syntax::remainder},
        {"+", Syntax::add},
        {"-", Syntax::subtract},
        {"<", Syntax::less},
        {"<=", Syntax::less_equal},
        {">", Syntax::greater},
        {">=", Syntax::greater_equal},
        {"==", Syntax::equal},
        {"!=", Syntax::not_equal},
        {"in", Syntax::in},
        {"&&", Syntax::logical_and},
        {"||", Syntax::logical_or},
        {"?", Syntax::conditional},
    }};
    for (const auto& [spelling, syntax] : table) {
        if (spelling == text) return syntax;
    }
    return Syntax::conditional;
}

bool is_chain(Syntax syntax) {
    return syntax == Syntax::logical_and || syntax == Syntax::logical_or;
}

}  // namespace

void Builder::boolean(std::string_view piece) {
    push_literal(piece, Value(piece == "true"));
}

void Builder::null(std::string_view piece) {
    push_literal(piece, Value());
}

void Builder::number(std::string_view piece) {
    push_literal(piece, read_number(piece));
}

void Builder::unsigned_number(std::string_view piece) {
    push_literal(piece, read_unsigned(piece));
}

void Builder::text(std::string_view piece) {
    push_literal(piece, read_text(piece));
}

void Builder::bytes(std::string_view piece) {
    push_literal(piece, read_bytes(piece));
}

void Builder::refuse_word(std::string_view piece) {
    throw ExpressionProblem{
        "expression-reserved-word", offset_of(piece.data()), {std::string(piece)}};
}

void Builder::refuse_message(std::string_view piece) {
    throw ExpressionProblem{"expression-no-messages", offset_of(piece.data()), {}};
}

void Builder::quote(std::string_view piece) {
    quote_ = offset_of(piece.data());
}

void Builder::identifier(std::string_view piece) {
    const auto offset = offset_of(piece.data());
    push({.syntax = Syntax::identifier,
          .offset = offset,
          .begin = offset,
          .is_absolute = std::exchange(is_absolute_, false),
          .text = std::string(piece)});
}

void Builder::select(std::string_view piece) {
    const NodeIndex operand = pop();
    const bool is_quoted = piece.front() == '`';
    push({.syntax = Syntax::select,
          .offset = offset_of(piece.data()),
          .begin = tree_[operand].begin,
          .text = std::string(is_quoted ? piece.substr(1, piece.size() - 2) : piece),
          .children = {operand}});
}

void Builder::open(std::string_view piece) {
    brackets_.push_back({offset_of(piece.data()), stack_.size()});
}

void Builder::close_list(std::string_view) {
    const auto offset = brackets_.back().offset;
    push({.syntax = Syntax::list, .offset = offset, .begin = offset, .children = pop_bracket()});
}

void Builder::close_map(std::string_view) {
    const auto offset = brackets_.back().offset;
    push({.syntax = Syntax::map, .offset = offset, .begin = offset, .children = pop_bracket()});
}

void Builder::close_group(std::string_view) {
    Node& inner = tree_.nodes[stack_.back()];
    inner.parenthesised = true;
    inner.begin = brackets_.back().offset;
    brackets_.pop_back();
}

void Builder::close_arguments(std::string_view) {
    std::vector<NodeIndex> arguments = pop_bracket();
    const NodeIndex callee = pop();
    Node node = tree_[callee];
    node.syntax = node.syntax == Syntax::select ? Syntax::member_call : Syntax::call;
    node.children.insert(node.children.end(), arguments.begin(), arguments.end());
    push(std::move(node));
}

void Builder::close_index(std::string_view) {
    const auto offset = brackets_.back().offset;
    const NodeIndex index = pop_bracket().front();
    const NodeIndex operand = pop();
    push({.syntax = Syntax::index,
          .offset = offset,
          .begin = tree_[operand].begin,
          .children = {operand, index}});
}

void Builder::sign(std::string_view) {
    ++signs_;
}

void Builder::prefix(std::string_view piece) {
    const Syntax syntax = piece.front() == '!' ? Syntax::logical_not : Syntax::minus;
    operators_.push_back({syntax, offset_of(piece.data()), std::exchange(signs_, 0)});
}

void Builder::reduce_prefix(std::string_view) {
    const Operator run = operators_.back();
    operators_.pop_back();
    for (std::size_t i = 0; i < run.count; ++i) {
        const NodeIndex operand = pop();
        push({.syntax = run.syntax,
              .offset = run.offset,
              .begin = run.offset,
              .children = {operand}});
    }
}

void Builder::infix(std::string_view piece) {
    operators_.push_back({infix_syntax(piece), offset_of(piece.data()), 1});
}

void Builder::reduce_infix(std::string_view) {
    const auto [syntax, offset, count] = operators_.back();
    operators_.pop_back();
    std::vector<NodeIndex> children(syntax == Syntax::conditional ? 3 : 2);
    for (auto child = children.rbegin(); child != children.rend(); ++child) *child = pop();
    Node& left = tree_.nodes[children[0]];
    if (is_chain(syntax) && left.syntax == syntax && !left.parenthesised) {
        // Flat, so that a hundred conditions in a row are no hundred levels.
        left.children.push_back(children[1]);
        left.height = std::max(left.height, tree_[children[1]].height + 1);
        check_height(left);
        stack_.push_back(children[0]);
        return;
    }
    push(
        {.syntax = syntax, .offset = offset, .begin = left.begin, .children = std::move(children)});
}

void Builder::enter(const char* where) {
    if (++depth_ <= limits::expression_depth_max) return;
    throw ExpressionProblem{
        "expression-too-deep", offset_of(where), {std::to_string(limits::expression_depth_max)}};
}

void Builder::fail(Expectation expected, const char* where) const {
    const std::size_t opened = expected == Expectation::quote ? quote_
                               : brackets_.empty()            ? 0
                                                              : brackets_.back().offset;
    throw describe(source_, {expected, offset_of(where), opened});
}

Tree Builder::finish() && {
    tree_.root = stack_.back();
    return std::move(tree_);
}

std::uint32_t Builder::offset_of(const char* where) const {
    return static_cast<std::uint32_t>(where - source_.data());
}

void Builder::push(Node node) {
    for (const NodeIndex child : node.children) {
        node.height = std::max(node.height, tree_[child].height + 1);
    }
    check_height(node);
    stack_.push_back(static_cast<NodeIndex>(tree_.nodes.size()));
    tree_.nodes.push_back(std::move(node));
}

void Builder::check_height(const Node& node) const {
    if (node.height <= limits::expression_depth_max) return;
    throw ExpressionProblem{
        "expression-too-deep", node.offset, {std::to_string(limits::expression_depth_max)}};
}

void Builder::push_literal(std::string_view piece, std::variant<Value, LiteralProblem> read) {
    const auto offset = offset_of(piece.data());
    if (auto* problem = std::get_if<LiteralProblem>(&read)) {
        const auto at = static_cast<std::uint32_t>(offset + problem->position);
        throw ExpressionProblem{problem->code, at, {std::move(problem->argument)}};
    }
    push({.syntax = Syntax::literal,
          .offset = offset,
          .begin = offset,
          .literal = std::get<Value>(std::move(read))});
}

NodeIndex Builder::pop() {
    const NodeIndex top = stack_.back();
    stack_.pop_back();
    return top;
}

std::vector<NodeIndex> Builder::pop_bracket() {
    const std::size_t height = brackets_.back().height;
    brackets_.pop_back();
    const auto first = stack_.begin() + static_cast<std::ptrdiff_t>(height);
    std::vector<NodeIndex> inside(first, stack_.end());
    stack_.erase(first, stack_.end());
    return inside;
}

}  // namespace workflow::expression
