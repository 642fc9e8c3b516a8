#include "expression/operators.hpp"

namespace workflow::expression {

Operation operation_of(Syntax syntax) {
    switch (syntax) {
        case Syntax::multiply:
            return Operation::multiply;
        case Syntax::divide:
            return Operation::divide;
        case Syntax::remainder:
            return Operation::remainder;
        case Syntax::add:
            return Operation::add;
        case Syntax::subtract:
            return Operation::subtract;
        case Syntax::less:
            return Operation::less;
        case Syntax::less_equal:
            return Operation::less_equal;
        case Syntax::greater:
            return Operation::greater;
        case Syntax::greater_equal:
            return Operation::greater_equal;
        case Syntax::equal:
            return Operation::equal;
        case Syntax::not_equal:
            return Operation::not_equal;
        case Syntax::in:
            return Operation::in;
        case Syntax::logical_not:
            return Operation::logical_not;
        case Syntax::logical_and:
            return Operation::logical_and;
        case Syntax::logical_or:
            return Operation::logical_or;
        case Syntax::minus:
            return Operation::negate;
        case Syntax::literal:
        case Syntax::list:
        case Syntax::map:
        case Syntax::identifier:
        case Syntax::select:
        case Syntax::index:
        case Syntax::call:
        case Syntax::member_call:
        case Syntax::conditional:
            break;
    }
    return Operation::conditional;
}

std::string_view spelling(Syntax syntax) {
    switch (syntax) {
        case Syntax::multiply:
            return "*";
        case Syntax::divide:
            return "/";
        case Syntax::remainder:
            return "%";
        case Syntax::add:
            return "+";
        case Syntax::subtract:
        case Syntax::minus:
            return "-";
        case Syntax::less:
            return "<";
        case Syntax::less_equal:
            return "<=";
        case Syntax::greater:
            return ">";
        case Syntax::greater_equal:
            return ">=";
        case Syntax::equal:
            return "==";
        case Syntax::not_equal:
            return "!=";
        case Syntax::in:
            return "in";
        case Syntax::logical_not:
            return "!";
        case Syntax::logical_and:
            return "&&";
        case Syntax::logical_or:
            return "||";
        case Syntax::conditional:
            return "? :";
        case Syntax::index:
            return "[ ]";
        case Syntax::literal:
        case Syntax::list:
        case Syntax::map:
        case Syntax::identifier:
        case Syntax::select:
        case Syntax::call:
        case Syntax::member_call:
            break;
    }
    return ".";
}

}  // namespace workflow::expression
