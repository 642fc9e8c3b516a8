#include "expression/precedence.hpp"

namespace workflow::expression {
namespace {

constexpr Infix relation_infix{Level::relation, Level::relation, Level::sum};
constexpr Infix sum_infix{Level::sum, Level::sum, Level::product};
constexpr Infix product_infix{Level::product, Level::product, Level::unary};

}  // namespace

Infix infix(Syntax syntax) {
    switch (syntax) {
        case Syntax::multiply:
        case Syntax::divide:
        case Syntax::remainder:
            return product_infix;
        case Syntax::add:
        case Syntax::subtract:
            return sum_infix;
        case Syntax::less:
        case Syntax::less_equal:
        case Syntax::greater:
        case Syntax::greater_equal:
        case Syntax::equal:
        case Syntax::not_equal:
        case Syntax::in:
            return relation_infix;
        // A chain is flat: one within it was parenthesised, at its left end, too.
        case Syntax::logical_and:
            return {Level::conjunction, Level::relation, Level::relation};
        case Syntax::logical_or:
            return {Level::disjunction, Level::conjunction, Level::conjunction};
        case Syntax::conditional:
            return {Level::expression, Level::disjunction, Level::disjunction};
        case Syntax::logical_not:
        case Syntax::minus:
            return {Level::unary, Level::unary, Level::unary};
        case Syntax::literal:
        case Syntax::list:
        case Syntax::map:
        case Syntax::identifier:
        case Syntax::select:
        case Syntax::index:
        case Syntax::call:
        case Syntax::member_call:
            return {Level::member, Level::member, Level::member};
    }
    return {Level::member, Level::member, Level::member};
}

}  // namespace workflow::expression
