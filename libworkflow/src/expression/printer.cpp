#include "expression/printer.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "expression/literal_text.hpp"
#include "expression/operators.hpp"
#include "expression/precedence.hpp"

namespace workflow::expression {
namespace {

/// Whether it may stand behind a dot as it is; anything else is written between backquotes.
bool is_selector(std::string_view name) {
    for (const std::string_view keyword : {"true", "false", "null", "in"}) {
        if (name == keyword) return false;
    }
    constexpr std::string_view digits = "0123456789";
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_";
    const auto is_letter = [&](char c) { return letters.find(c) != std::string_view::npos; };
    const auto is_digit = [&](char c) { return digits.find(c) != std::string_view::npos; };
    return !name.empty() && !is_digit(name.front()) &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return is_letter(c) || is_digit(c); });
}

class Printer {
public:
    explicit Printer(const Tree& tree) : tree_(tree) {}

    [[nodiscard]] std::string print() && {
        write(tree_.root, Level::expression);
        return std::move(text_);
    }

private:
    void write(NodeIndex index, Level wanted) {
        const Node& node = tree_[index];
        const bool enclosed = infix(node.syntax).own < wanted;
        if (enclosed) text_ += '(';
        write_bare(node);
        if (enclosed) text_ += ')';
    }

    void write_bare(const Node& node) {
        switch (node.syntax) {
            case Syntax::literal:
                text_ += literal_text(node.literal);
                return;
            case Syntax::identifier:
                write_name(node);
                return;
            case Syntax::list:
                write_items(node, 0, '[', ']');
                return;
            case Syntax::map:
                write_map(node);
                return;
            case Syntax::call:
                write_name(node);
                write_items(node, 0, '(', ')');
                return;
            case Syntax::select:
                write_member(node);
                return;
            case Syntax::member_call:
                write_member(node);
                write_items(node, 1, '(', ')');
                return;
            case Syntax::index:
                write(node.children[0], Level::member);
                write_items(node, 1, '[', ']');
                return;
            case Syntax::logical_not:
                write_not(node);
                return;
            case Syntax::minus:
                write_minus(node);
                return;
            case Syntax::conditional:
                write_conditional(node);
                return;
            case Syntax::multiply:
            case Syntax::divide:
            case Syntax::remainder:
            case Syntax::add:
            case Syntax::subtract:
            case Syntax::less:
            case Syntax::less_equal:
            case Syntax::greater:
            case Syntax::greater_equal:
            case Syntax::equal:
            case Syntax::not_equal:
            case Syntax::in:
            case Syntax::logical_and:
            case Syntax::logical_or:
                write_infix(node);
                return;
        }
    }

    void write_infix(const Node& node) {
        const Infix way = infix(node.syntax);
        write(node.children.front(), way.left);
        for (std::size_t i = 1; i < node.children.size(); ++i) {
            text_ += ' ';
            text_ += spelling(node.syntax);
            text_ += ' ';
            write(node.children[i], way.right);
        }
    }

    void write_conditional(const Node& node) {
        write(node.children[0], Level::disjunction);
        text_ += " ? ";
        write(node.children[1], Level::disjunction);
        text_ += " : ";
        write(node.children[2], Level::expression);
    }

    /// A run of one sign needs no parentheses, a mixed one does.
    [[nodiscard]] Level operand_level(const Node& node) const {
        return tree_[node.children[0]].syntax == node.syntax ? Level::unary : Level::member;
    }

    void write_not(const Node& node) {
        text_ += '!';
        write(node.children[0], operand_level(node));
    }

    /// `-1` is a literal, `- 1` is not, and `--1` is two signs before a 1.
    void write_minus(const Node& node) {
        text_ += '-';
        const std::size_t start = text_.size();
        write(node.children[0], operand_level(node));
        const char first = text_[start];
        if (first >= '0' && first <= '9') {
            text_.insert(start, " ");
        } else if (first == '-' && tree_[node.children[0]].syntax != Syntax::minus) {
            text_.insert(start, "(");
            text_ += ')';
        }
    }

    void write_name(const Node& node) {
        if (node.is_absolute) text_ += '.';
        text_ += node.text;
    }

    void write_member(const Node& node) {
        write(node.children[0], Level::member);
        const bool is_quoted = !is_selector(node.text);
        text_ += is_quoted ? ".`" : ".";
        text_ += node.text;
        if (is_quoted) text_ += '`';
    }

    void write_items(const Node& node, std::size_t first, char open, char close) {
        text_ += open;
        for (std::size_t i = first; i < node.children.size(); ++i) {
            if (i > first) text_ += ", ";
            write(node.children[i], Level::expression);
        }
        text_ += close;
    }

    void write_map(const Node& node) {
        text_ += '{';
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            if (i > 0) text_ += i % 2 == 1 ? ": " : ", ";
            write(node.children[i], Level::expression);
        }
        text_ += '}';
    }

    const Tree& tree_;
    std::string text_;
};

}  // namespace

std::string print(const Tree& tree) {
    return Printer(tree).print();
}

}  // namespace workflow::expression
