#include "expression/evaluator.hpp"

namespace workflow::expression {

const List* Evaluator::read_list(const Instruction& instruction, Value& scratch) {
    const Value* value = read_required(child(instruction, 0), scratch);
    if (value == nullptr) return nullptr;
    if (value->list() == nullptr) return wrong_kind(instruction, *value);
    return value->list();
}

/// `all` is && over the items, `exists` is ||: an error counts only if no item decides.
Truth Evaluator::quantified(const Instruction& instruction, Truth decisive) {
    Value scratch;
    const List* list = read_list(instruction, scratch);
    if (list == nullptr) return Truth::failed;
    Failure first;
    bool has_failed = false;
    for (const Value& item : *list) {
        items_[instruction.operand] = &opened(item);
        const Truth found = condition(child(instruction, 1));
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

Truth Evaluator::exactly_one(const Instruction& instruction) {
    Value scratch;
    const List* list = read_list(instruction, scratch);
    if (list == nullptr) return Truth::failed;
    std::size_t count = 0;
    for (const Value& item : *list) {
        items_[instruction.operand] = &opened(item);
        const Truth found = condition(child(instruction, 1));
        if (found == Truth::failed) return found;
        if (found == Truth::yes) ++count;
    }
    return truth_of(count == 1);
}

const Value* Evaluator::filter(const Instruction& instruction, Value& scratch) {
    Value source;
    const List* list = read_list(instruction, source);
    if (list == nullptr) return nullptr;
    List kept;
    for (const Value& item : *list) {
        items_[instruction.operand] = &opened(item);
        const Truth found = condition(child(instruction, 1));
        if (found == Truth::failed) return nullptr;
        if (found == Truth::yes) kept.push_back(item);
    }
    scratch = Value(std::move(kept));
    return &scratch;
}

const Value* Evaluator::map(const Instruction& instruction, Value& scratch) {
    Value source;
    const List* list = read_list(instruction, source);
    if (list == nullptr) return nullptr;
    const bool has_condition = instruction.operation == Operation::map_if;
    List mapped;
    for (const Value& item : *list) {
        items_[instruction.operand] = &opened(item);
        if (has_condition) {
            const Truth found = condition(child(instruction, 1));
            if (found == Truth::failed) return nullptr;
            if (found == Truth::no) continue;
        }
        Value element_scratch;
        const Value* element = read(child(instruction, has_condition ? 2 : 1), element_scratch);
        if (element == nullptr) return nullptr;
        mapped.push_back(take(element, element_scratch));
    }
    scratch = Value(std::move(mapped));
    return &scratch;
}

}  // namespace workflow::expression
