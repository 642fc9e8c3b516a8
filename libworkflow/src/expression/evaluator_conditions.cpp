#include "expression/evaluator.hpp"

namespace workflow::expression {
namespace {

bool holds(Operation operation, Order order) {
    switch (order) {
        case Order::unordered:
            return false;
        case Order::less:
            return operation == Operation::less || operation == Operation::less_equal;
        case Order::greater:
            return operation == Operation::greater || operation == Operation::greater_equal;
        case Order::equal:
            return operation == Operation::less_equal || operation == Operation::greater_equal;
    }
    return false;
}

bool mixes_date_and_instant(const Value& a, const Value& b) {
    return (a.day() != nullptr && b.instant() != nullptr) ||
           (a.instant() != nullptr && b.day() != nullptr);
}

}  // namespace

Truth Evaluator::condition(InstructionIndex index) {
    const Instruction& instruction = program_.instructions[index];
    if (instruction.operation == Operation::conditional) {
        const Truth found = condition(child(instruction, 0));
        if (found == Truth::failed) return found;
        return condition(child(instruction, found == Truth::yes ? 1 : 2));
    }
    if (!is_condition(instruction.operation)) return plain_condition(index);
    if (!budget_.spend(1)) return failed(fail(instruction, "cost-limit"));
    switch (instruction.operation) {
        case Operation::logical_not: {
            const Truth operand = condition(child(instruction, 0));
            return operand == Truth::failed ? operand : truth_of(operand == Truth::no);
        }
        case Operation::logical_and:
            return chain(instruction, Truth::no);
        case Operation::logical_or:
            return chain(instruction, Truth::yes);
        case Operation::equal:
        case Operation::not_equal:
            return equality(instruction);
        case Operation::less:
        case Operation::less_equal:
        case Operation::greater:
        case Operation::greater_equal:
            return ordering(instruction);
        case Operation::in:
            return membership(instruction);
        case Operation::is_null:
        case Operation::is_not_null:
            return null_test(instruction);
        case Operation::has_member:
        case Operation::has_set_member:
            return member_test(instruction);
        case Operation::all:
            return quantified(instruction, Truth::no);
        case Operation::exists:
            return quantified(instruction, Truth::yes);
        case Operation::exists_one:
            return exactly_one(instruction);
        case Operation::constant:
        case Operation::slot:
        case Operation::optional_slot:
        case Operation::local:
        case Operation::member:
        case Operation::optional_member:
        case Operation::index:
        case Operation::list:
        case Operation::record:
        case Operation::entries:
        case Operation::conditional:
        case Operation::negate:
        case Operation::add:
        case Operation::subtract:
        case Operation::multiply:
        case Operation::divide:
        case Operation::remainder:
        case Operation::filter:
        case Operation::map:
        case Operation::transform_map:
        case Operation::call:
        case Operation::ask:
        case Operation::unresolved_name:
        case Operation::unresolved_call:
            break;
    }
    return Truth::failed;
}

Truth Evaluator::plain_condition(InstructionIndex index) {
    Value scratch;
    const Value* value = read_required(index, scratch);
    if (value == nullptr) return Truth::failed;
    if (value->boolean() == nullptr) {
        return failed(wrong_kind(program_.instructions[index], *value));
    }
    return truth_of(*value->boolean());
}

/// cel-spec: "the error is ignored if the other side decides the result".
Truth Evaluator::chain(const Instruction& instruction, Truth decisive) {
    Failure first;
    bool has_failed = false;
    for (std::uint32_t i = 0; i < instruction.count; ++i) {
        const Truth found = condition(child(instruction, i));
        if (found == decisive) return decisive;
        if (found != Truth::failed) continue;
        if (budget_.is_exhausted()) return found;
        if (!has_failed) first = failure_;
        has_failed = true;
    }
    if (!has_failed) return decisive == Truth::yes ? Truth::no : Truth::yes;
    failure_ = first;
    return Truth::failed;
}

Truth Evaluator::equality(const Instruction& instruction) {
    Value left_scratch;
    Value right_scratch;
    const Value* left = read(child(instruction, 0), left_scratch);
    if (left == nullptr) return Truth::failed;
    const Value* right = read(child(instruction, 1), right_scratch);
    if (right == nullptr) return Truth::failed;
    if (mixes_date_and_instant(*left, *right))
        return failed(fail(instruction, "date-with-instant"));
    const bool is_equal = equal(*left, *right, budget_);
    if (budget_.is_exhausted()) return failed(fail(instruction, "cost-limit"));
    return truth_of(is_equal == (instruction.operation == Operation::equal));
}

Truth Evaluator::ordering(const Instruction& instruction) {
    Value left_scratch;
    Value right_scratch;
    const Value* left = read_required(child(instruction, 0), left_scratch);
    if (left == nullptr) return Truth::failed;
    const Value* right = read_required(child(instruction, 1), right_scratch);
    if (right == nullptr) return Truth::failed;
    if (const auto found = order(*left, *right, budget_)) {
        return truth_of(holds(instruction.operation, *found));
    }
    if (mixes_date_and_instant(*left, *right))
        return failed(fail(instruction, "date-with-instant"));
    return failed(wrong_kind(instruction, *right));
}

Truth Evaluator::membership(const Instruction& instruction) {
    Value item_scratch;
    Value list_scratch;
    const Value* item = read(child(instruction, 0), item_scratch);
    if (item == nullptr) return Truth::failed;
    const Value* where = read_required(child(instruction, 1), list_scratch);
    if (where == nullptr) return Truth::failed;
    if (where->members() != nullptr || where->entries() != nullptr) {
        const bool is_found = find_value(*where, *item, budget_) != nullptr;
        if (budget_.is_exhausted()) return failed(fail(instruction, "cost-limit"));
        return truth_of(is_found);
    }
    if (where->list() == nullptr) return failed(wrong_kind(instruction, *where));
    for (const Value& candidate : *where->list()) {
        if (equal(*item, candidate, budget_)) return Truth::yes;
        if (budget_.is_exhausted()) return failed(fail(instruction, "cost-limit"));
    }
    return Truth::no;
}

Truth Evaluator::null_test(const Instruction& instruction) {
    Value scratch;
    const Value* value = read(child(instruction, 0), scratch);
    if (value == nullptr) return Truth::failed;
    return truth_of(value->is_null() == (instruction.operation == Operation::is_null));
}

Truth Evaluator::member_test(const Instruction& instruction) {
    Value scratch;
    const Value* record = read_required(child(instruction, 0), scratch);
    if (record == nullptr) return Truth::failed;
    if (record->members() == nullptr && record->entries() == nullptr) {
        return failed(wrong_kind(instruction, *record));
    }
    const std::string& name = program_.names[instruction.operand];
    const Value* member = nullptr;
    if (record->entries() != nullptr) {
        member = find_value(*record, Value(name), budget_);
    } else if (budget_.spend(record->members()->size() / 16)) {
        member = record->member(name);
    }
    if (budget_.is_exhausted()) return failed(fail(instruction, "cost-limit"));
    const bool is_set_only = instruction.operation == Operation::has_set_member;
    return truth_of(member != nullptr && !(is_set_only && opened(*member).is_null()));
}

}  // namespace workflow::expression
