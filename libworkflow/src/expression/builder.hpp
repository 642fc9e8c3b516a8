// Makes the syntax tree while the grammar reads. Confined to one parse.
#pragma once

#include <cstddef>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "expression/ast.hpp"
#include "expression/literal.hpp"
#include "expression/syntax_error.hpp"

namespace workflow::expression {

/// Each function takes the matched piece of the source; what is wrong is thrown as
/// ExpressionProblem (within parse() only).
class Builder {
public:
    explicit Builder(std::string_view source) : source_(source) {}

    void boolean(std::string_view piece);
    void null(std::string_view piece);
    void number(std::string_view piece);
    void text(std::string_view piece);
    void bytes(std::string_view piece);
    void unsigned_number(std::string_view piece);
    [[noreturn]] void refuse_word(std::string_view piece);
    [[noreturn]] void refuse_message(std::string_view piece);
    void quote(std::string_view piece);
    void leading_dot(std::string_view) { is_absolute_ = true; }
    void identifier(std::string_view piece);
    void select(std::string_view piece);

    void open(std::string_view piece);
    void close_list(std::string_view piece);
    void close_map(std::string_view piece);
    void close_group(std::string_view piece);
    void close_arguments(std::string_view piece);
    void close_index(std::string_view piece);

    void sign(std::string_view piece);
    void prefix(std::string_view piece);
    void reduce_prefix(std::string_view piece);
    void infix(std::string_view piece);
    void reduce_infix(std::string_view piece);

    void enter(const char* where);
    void leave() noexcept { --depth_; }
    [[noreturn]] void fail(Expectation expected, const char* where) const;

    [[nodiscard]] Tree finish() &&;

private:
    /// An operator whose right side is still to come; `count`: of a run of prefix operators.
    struct Operator {
        Syntax syntax;
        std::uint32_t offset;
        std::size_t count;
    };
    /// An open bracket: what stands above `height` on the stack belongs to it.
    struct Bracket {
        std::uint32_t offset;
        std::size_t height;
    };

    [[nodiscard]] std::uint32_t offset_of(const char* where) const;
    void push(Node node);
    void push_literal(std::string_view piece, std::variant<Value, LiteralProblem> read);
    void check_height(const Node& node) const;
    NodeIndex pop();
    std::vector<NodeIndex> pop_bracket();

    std::string_view source_;
    Tree tree_;
    std::vector<NodeIndex> stack_;
    std::vector<Operator> operators_;
    std::vector<Bracket> brackets_;
    std::size_t depth_ = 0;
    std::size_t signs_ = 0;  ///< of the run of prefix operators that is being read
    std::uint32_t quote_ = 0;
    bool is_absolute_ = false;  ///< a leading dot was read
};

}  // namespace workflow::expression
