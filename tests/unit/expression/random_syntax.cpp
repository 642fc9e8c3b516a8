#include "unit/expression/random_syntax.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

namespace expression_test {
namespace {

using workflow::Bytes;
using workflow::Unsigned;
using workflow::Value;
using workflow::expression::Node;
using workflow::expression::NodeIndex;
using workflow::expression::Syntax;
using workflow::expression::Tree;

template <class T>
const T& one_of(std::mt19937& random, const std::vector<T>& all) {
    return all[random() % all.size()];
}

std::uint64_t random_bits(std::mt19937& random) {
    return std::uint64_t{random()} << 32U | random();
}

double random_double(std::mt19937& random) {
    static const std::vector<double> special{0.0,  -0.0,   1.0,  -1.0, 0.1,  1e300, -1e21, 5e-324,
                                             1e-7, 123456, 1e16, 2.5,  1e15, -2.5,  1e22,  4e-5};
    if (random() % 2 == 0) return one_of(random, special);
    const auto any = std::bit_cast<double>(random_bits(random));
    return std::isfinite(any) ? any : 0.5;
}

std::int64_t random_integer(std::mt19937& random) {
    static const std::vector<std::int64_t> special{0,
                                                   1,
                                                   -1,
                                                   42,
                                                   std::numeric_limits<std::int64_t>::max(),
                                                   std::numeric_limits<std::int64_t>::min()};
    if (random() % 2 == 0) return one_of(random, special);
    return static_cast<std::int64_t>(random_bits(random));
}

std::string random_text(std::mt19937& random) {
    static const std::vector<std::string> pieces{"a",      "'",      "\"",     "\\",   "`",  "\n",
                                                 "đề",     "\u0085", "\u00a0", "😀",    "//", "'''",
                                                 "\"\"\"", "\\n",    "\u202e", "\x7f", "{",  " "};
    std::string text;
    for (std::size_t left = random() % 6; left > 0; --left) {
        text += random() % 3 == 0 ? std::string(1, static_cast<char>(random() % 128))
                                  : one_of(random, pieces);
    }
    return text;
}

std::string random_octets(std::mt19937& random) {
    std::string octets;
    for (std::size_t left = random() % 6; left > 0; --left) {
        octets += static_cast<char>(random() % 256);
    }
    return octets;
}

Value random_literal(std::mt19937& random) {
    switch (random() % 8) {
        case 0:
            return {};
        case 1:
            return random() % 2 == 0;
        case 2:
            return random_double(random);
        case 3:
            return Unsigned{random() % 2 == 0 ? random() % 3 : random_bits(random)};
        case 4:
            return random_text(random);
        case 5:
            return Bytes{random_octets(random)};
        default:
            return random_integer(random);
    }
}

std::string random_name(std::mt19937& random) {
    static const std::vector<std::string> names{"a", "b1", "_c", "D", "int", "inner", "trueish"};
    return one_of(random, names);
}

/// Names that may stand behind a dot, some of them only between backquotes.
std::string random_member(std::mt19937& random) {
    static const std::vector<std::string> names{"if",  "in",  "true",  "null", "b-c", "d.e", "f/g",
                                                "h i", "1st", "false", "for",  "-",   "9",   "e5"};
    return random() % 2 == 0 ? one_of(random, names) : random_name(random);
}

class Grower {
public:
    explicit Grower(std::mt19937& random) : random_(random) {}

    [[nodiscard]] Tree grow(std::size_t depth) && {
        tree_.root = node(depth);
        return std::move(tree_);
    }

private:
    NodeIndex add(Node node) {
        tree_.nodes.push_back(std::move(node));
        return static_cast<NodeIndex>(tree_.nodes.size() - 1);
    }

    NodeIndex leaf() {
        if (random_() % 3 != 0) {
            return add({.syntax = Syntax::literal, .literal = random_literal(random_)});
        }
        return add({.syntax = Syntax::identifier,
                    .is_absolute = random_() % 4 == 0,
                    .text = random_name(random_)});
    }

    std::vector<NodeIndex> nodes(std::size_t count, std::size_t depth) {
        std::vector<NodeIndex> all;
        for (; count > 0; --count) all.push_back(node(depth));
        return all;
    }

    NodeIndex node(std::size_t depth) {
        if (depth == 0 || random_() % 8 == 0) return leaf();
        const auto syntax =
            static_cast<Syntax>(random_() % (static_cast<std::size_t>(Syntax::conditional) + 1));
        return branch(syntax, depth - 1);
    }

    NodeIndex branch(Syntax syntax, std::size_t depth) {
        Node node{.syntax = syntax};
        switch (syntax) {
            case Syntax::literal:
            case Syntax::identifier:
                return leaf();
            case Syntax::list:
                node.children = nodes(random_() % 3, depth);
                break;
            case Syntax::map:
                node.children = nodes(2 * (random_() % 3), depth);
                break;
            case Syntax::select:
                node.text = random_member(random_);
                node.children = nodes(1, depth);
                break;
            case Syntax::call:
                node.text = random_name(random_);
                node.is_absolute = random_() % 4 == 0;
                node.children = nodes(random_() % 3, depth);
                break;
            case Syntax::member_call:
                node.text = random_member(random_);
                node.children = nodes(1 + random_() % 2, depth);
                break;
            case Syntax::logical_not:
            case Syntax::minus:
                node.children = nodes(1, depth);
                break;
            case Syntax::index:
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
                node.children = nodes(2, depth);
                break;
            case Syntax::logical_and:
            case Syntax::logical_or:
                node.children = nodes(2 + random_() % 3, depth);
                break;
            case Syntax::conditional:
                node.children = nodes(3, depth);
                break;
        }
        return add(std::move(node));
    }

    std::mt19937& random_;
    Tree tree_;
};

std::string gap(std::mt19937& random) {
    static const std::vector<std::string> gaps{"", "", "", " ", "\n", "\t", " // gap ?\n", "  "};
    return one_of(random, gaps);
}

std::string leaf_source(std::mt19937& random) {
    static const std::vector<std::string> leaves{"a",
                                                 ".b",
                                                 "true",
                                                 "null",
                                                 "1",
                                                 "-1",
                                                 "0x1F",
                                                 "-0XfF",
                                                 "0xFFu",
                                                 "7U",
                                                 ".5",
                                                 "-.5",
                                                 "1.50",
                                                 "1e3",
                                                 "1E-3",
                                                 "-2.5e+10",
                                                 "'it'",
                                                 "\"it\"",
                                                 "r'a\\b'",
                                                 "R\"\\\"",
                                                 "'''a'b'''",
                                                 "'\\''",
                                                 "'\\x41'",
                                                 "'\\303'",
                                                 "'\\u0085'",
                                                 "'\\?'",
                                                 "'\\`'",
                                                 "\"\\U0001F600\"",
                                                 "b'\\377'",
                                                 "B\"đ\"",
                                                 "rb'\\x'",
                                                 "bR'''\n'''",
                                                 "b'\\x00'",
                                                 "'\\000'",
                                                 "-9223372036854775808",
                                                 "[]",
                                                 "{}",
                                                 "[1, 2,]",
                                                 "{1: 2,}",
                                                 "1e-400",
                                                 "f()",
                                                 "9223372036854775807"};
    return one_of(random, leaves);
}

}  // namespace

Tree random_tree(std::mt19937& random, std::size_t depth) {
    return Grower(random).grow(depth);
}

std::string random_source(std::mt19937& random, std::size_t depth) {
    static const std::vector<std::string> infix{
        "+", "-", "*", "/", "%", "==", "!=", "<", ">=", ">", "<=", "&&", "||", " in "};
    static const std::vector<std::string> behind{".a",   ".`b-c`",     "[0]",
                                                 ".f()", ".all(x, x)", ".if"};
    if (depth == 0 || random() % 6 == 0) return leaf_source(random);
    const auto inner = [&] { return random_source(random, depth - 1) + gap(random); };
    switch (random() % 10) {
        case 0:
        case 1:
            return "(" + gap(random) + inner() + ")";
        case 2:
            return "!" + gap(random) + inner();
        case 3:
            return "-" + gap(random) + inner();
        case 4:
            return inner() + "?" + inner() + ":" + inner();
        case 5:
            return "[" + inner() + ", " + inner() + "]";
        case 6:
            return "{" + inner() + ": " + inner() + "}";
        case 7:
            return inner() + one_of(random, behind);
        default:
            return inner() + one_of(random, infix) + gap(random) + inner();
    }
}

}  // namespace expression_test
