#include "expression/cost.hpp"

#include <algorithm>
#include <vector>

#include "workflow/limits.hpp"

namespace workflow::expression {
namespace {

constexpr std::uint64_t cost_most = std::uint64_t{1} << 63U;

std::uint64_t sum(std::uint64_t a, std::uint64_t b) {
    return a > cost_most - std::min(b, cost_most) ? cost_most : a + b;
}

std::uint64_t product(std::uint64_t a, std::uint64_t b) {
    return a != 0 && b > cost_most / a ? cost_most : a * b;
}

/// Steps to make a value, and how many items it has then.
struct Estimate {
    std::uint64_t steps = 1;
    std::uint64_t items = limits::expression_items_assumed;
};

class Estimator {
public:
    explicit Estimator(const Expression::Program& program) : program_(program) {}

    Estimate of(InstructionIndex index) {
        const Instruction& at = program_.instructions[index];
        std::vector<Estimate> children;
        std::uint64_t steps = 1;
        for (std::uint32_t i = 0; i < at.count; ++i) {
            children.push_back(of(program_.operands[at.first + i]));
            steps = sum(steps, children.back().steps);
        }
        switch (at.operation) {
            case Operation::list:
            case Operation::record:
                return {steps, at.count};
            case Operation::entries:
                // Each key is compared with those before it.
                return {sum(steps, product(at.count, at.count)), at.count / 2};
            case Operation::add:
                return {sum(steps, sum(children[0].items, children[1].items)),
                        sum(children[0].items, children[1].items)};
            case Operation::conditional:
                return {steps, std::max(children[1].items, children[2].items)};
            case Operation::in:
            case Operation::equal:
            case Operation::not_equal:
                return {sum(steps, children[1].items), 0};
            case Operation::all:
            case Operation::exists:
            case Operation::exists_one:
            case Operation::filter:
            case Operation::map:
            case Operation::transform_map:
                return macro(children);
            case Operation::constant:
            case Operation::slot:
            case Operation::optional_slot:
            case Operation::local:
            case Operation::member:
            case Operation::optional_member:
            case Operation::index:
            case Operation::negate:
            case Operation::subtract:
            case Operation::multiply:
            case Operation::divide:
            case Operation::remainder:
            case Operation::call:
            case Operation::ask:
            case Operation::unresolved_name:
            case Operation::unresolved_call:
            case Operation::has_member:
            case Operation::has_set_member:
            case Operation::is_null:
            case Operation::is_not_null:
            case Operation::less:
            case Operation::less_equal:
            case Operation::greater:
            case Operation::greater_equal:
            case Operation::logical_not:
            case Operation::logical_and:
            case Operation::logical_or:
                break;
        }
        return {steps, limits::expression_items_assumed};
    }

private:
    /// What stands after the list runs once for each of its items.
    static Estimate macro(const std::vector<Estimate>& children) {
        std::uint64_t each = 1;
        for (std::size_t i = 1; i < children.size(); ++i) each = sum(each, children[i].steps);
        return {sum(children[0].steps, product(children[0].items, each)), children[0].items};
    }

    const Expression::Program& program_;
};

}  // namespace

std::uint64_t estimated_cost(const Expression::Program& program) {
    return Estimator(program).of(program.root).steps;
}

}  // namespace workflow::expression
