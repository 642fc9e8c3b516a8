#include "workflow/expression.hpp"

#include "expression/checker.hpp"
#include "expression/evaluator.hpp"
#include "expression/parser.hpp"

namespace workflow {

std::variant<Expression, std::vector<ExpressionProblem>> Expression::compile(
    std::string_view source, std::span<const Variable> variables, const Type& expected,
    const ExpressionSettings& settings) {
    auto parsed = expression::parse(source);
    if (auto* problem = std::get_if<ExpressionProblem>(&parsed)) {
        return std::vector{std::move(*problem)};
    }
    auto program = std::make_shared<Program>();
    program->source = std::string(source);
    expression::Checker checker(std::get<expression::Tree>(parsed), variables, settings, *program);
    checker.run(expected);
    std::vector<ExpressionProblem> problems = std::move(checker).take_problems();
    if (!problems.empty()) return problems;
    return Expression(std::move(program));
}

Expression::Expression(std::shared_ptr<const Program> program) : program_(std::move(program)) {
    for (const Slot& slot : program_->reads) frames_read_ |= std::uint64_t{1} << slot.frame;
    const expression::Instruction& root = program_->instructions[program_->root];
    if (root.operation == expression::Operation::slot ||
        root.operation == expression::Operation::optional_slot) {
        only_slot_ = root.slot;
    }
}

std::variant<Value, EvaluationError> Expression::evaluate(Frames frames,
                                                          const Environment& environment) const {
    return expression::Evaluator(*program_, frames, environment).value();
}

std::variant<bool, EvaluationError> Expression::test(Frames frames,
                                                     const Environment& environment) const {
    return expression::Evaluator(*program_, frames, environment).truth();
}

const Type& Expression::type() const {
    return program_->type;
}

const std::string& Expression::source() const {
    return program_->source;
}

std::span<const std::string> Expression::zones() const {
    return program_->zones;
}

std::span<const Expression::Asked> Expression::asks() const {
    return program_->asks;
}

std::span<const Slot> Expression::reads() const {
    return program_->reads;
}

}  // namespace workflow
