#include "expression/precedence.hpp"

namespace workflow::expression {
namespace {

Infix relation(const char* spelling) {
    return {spelling, Level::relation, Level::relation, Level::sum};
}

Infix sum(const char* spelling) {
    return {spelling, Level::sum, Level::sum, Level::product};
}

Infix product(const char* spelling) {
    return {spelling, Level::product, Level::product, Level::unary};
}

}  // namespace

Infix infix(Syntax syntax) {
    switch (syntax) {
        case Syntax::multiply:
            return product(" * ");
        case Syntax::divide:
            return product(" / ");
        case Syntax::remainder:
            return product(" % ");
        case Syntax::add:
            return sum(" + ");
        case Syntax::subtract:
            return sum(" - ");
        case Syntax::less:
            return relation(" < ");
        case Syntax::less_equal:
            return relation(" <= ");
        case Syntax::greater:
            return relation(" > ");
        case Syntax::greater_equal:
            return relation(" >= ");
        case Syntax::equal:
            return relation(" == ");
        case Syntax::not_equal:
            return relation(" != ");
        case Syntax::in:
            return relation(" in ");
        // A chain is flat: one within it was parenthesised, at its left end, too.
        case Syntax::logical_and:
            return {" && ", Level::conjunction, Level::relation, Level::relation};
        case Syntax::logical_or:
            return {" || ", Level::disjunction, Level::conjunction, Level::conjunction};
        case Syntax::conditional:
            return {"", Level::expression, Level::disjunction, Level::disjunction};
        case Syntax::logical_not:
        case Syntax::minus:
            return {"", Level::unary, Level::unary, Level::unary};
        case Syntax::literal:
        case Syntax::list:
        case Syntax::map:
        case Syntax::identifier:
        case Syntax::select:
        case Syntax::index:
        case Syntax::call:
        case Syntax::member_call:
            return {"", Level::member, Level::member, Level::member};
    }
    return {"", Level::member, Level::member, Level::member};
}

}  // namespace workflow::expression
