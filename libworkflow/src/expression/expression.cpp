// What of CEL this module knows.
//
// In: literals (int, double, string with escapes, raw and triple-quoted, bool, null); lists; maps
// whose keys are literal strings; identifiers, a.b, a[i], a['b']; ! - * / % + and - (overflow and
// division by zero are errors); string and list concatenation; == != < <= > >= (numbers across int
// and double); in; && and || with error absorption; ?:; has(a.b); all, exists, exists_one, map (two
// and three arguments), filter; size, contains, startsWith, endsWith; int(), double(), string(),
// dyn(); comments.
// Not yet: uint, bytes, timestamp(), duration() and their arithmetic, type(), bool(), matches(),
// maps with other keys and macros over maps, two-variable macros, optional values, protobuf
// messages and enums, names with dots or in back quotes; and the functions of ours (language rule
// R53). Each is refused by name. Ours: dates compare with dates, instants with instants; a limit
// knows == only; a null where a value is needed is the error null-value; a field that must be set
// and is not is the same.
#include "workflow/expression.hpp"

#include "expression/checker.hpp"
#include "expression/evaluator.hpp"
#include "expression/parser.hpp"

namespace workflow {

std::variant<Expression, std::vector<ExpressionProblem>> Expression::compile(
    std::string_view source, std::span<const Variable> variables, const Type& expected) {
    auto parsed = expression::parse(source);
    if (auto* problem = std::get_if<ExpressionProblem>(&parsed)) {
        return std::vector{std::move(*problem)};
    }
    auto program = std::make_shared<Program>();
    program->source = std::string(source);
    expression::Checker checker(std::get<expression::Tree>(parsed), variables, *program);
    checker.run(expected);
    std::vector<ExpressionProblem> problems = std::move(checker).take_problems();
    if (!problems.empty()) return problems;
    return Expression(std::move(program));
}

Expression::Expression(std::shared_ptr<const Program> program) : program_(std::move(program)) {}

std::variant<Value, EvaluationError> Expression::evaluate(Frames frames) const {
    return expression::Evaluator(*program_, frames).value();
}

std::variant<bool, EvaluationError> Expression::test(Frames frames) const {
    return expression::Evaluator(*program_, frames).truth();
}

const Type& Expression::type() const {
    return program_->type;
}

const std::string& Expression::source() const {
    return program_->source;
}

std::span<const Slot> Expression::reads() const {
    return program_->reads;
}

}  // namespace workflow
