#include "expression/evaluator.hpp"

namespace workflow::expression {
namespace {

/// Walks over the items of a list, or the entries of a map.
class Cursor {
public:
    Cursor(const Value& over, const Instruction& macro)
        : list_(over.list()),
          members_(over.members()),
          entries_(over.entries()),
          is_pair_(macro.variables == 2) {}

    [[nodiscard]] bool can_walk() const {
        return list_ != nullptr || members_ != nullptr || entries_ != nullptr;
    }
    [[nodiscard]] std::size_t size() const {
        if (list_ != nullptr) return list_->size();
        return members_ != nullptr ? members_->size() : entries_->size();
    }
    /// Points the variables of the macro at what stands at `position`.
    void bind(std::size_t position, const Value** variables) {
        if (list_ != nullptr) return bind_item(position, variables);
        if (entries_ != nullptr) {
            variables[0] = &(*entries_)[position].first;
            if (is_pair_) variables[1] = &opened((*entries_)[position].second);
            return;
        }
        key_ = Value((*members_)[position].first);
        variables[0] = &key_;
        if (is_pair_) variables[1] = &opened((*members_)[position].second);
    }

private:
    void bind_item(std::size_t position, const Value** variables) {
        const Value* item = &opened((*list_)[position]);
        if (!is_pair_) {
            variables[0] = item;
            return;
        }
        key_ = Value(static_cast<std::int64_t>(position));
        variables[0] = &key_;
        variables[1] = item;
    }

    const List* list_;
    const Members* members_;
    const Entries* entries_;
    bool is_pair_;
    Value key_;  ///< made for the walk: an index, or the name of a member
};

}  // namespace

/// `all` is && over the items, `exists` is ||: an error counts only if no item decides.
Truth Evaluator::quantified(const Instruction& instruction, Truth decisive) {
    Value scratch;
    const Value* over = read_required(child(instruction, 0), scratch);
    if (over == nullptr) return Truth::failed;
    Cursor cursor(*over, instruction);
    if (!cursor.can_walk()) return failed(wrong_kind(instruction, *over));
    Failure first;
    bool has_failed = false;
    for (std::size_t i = 0; i < cursor.size(); ++i) {
        cursor.bind(i, &items_[instruction.operand]);
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
    const Value* over = read_required(child(instruction, 0), scratch);
    if (over == nullptr) return Truth::failed;
    Cursor cursor(*over, instruction);
    if (!cursor.can_walk()) return failed(wrong_kind(instruction, *over));
    std::size_t count = 0;
    for (std::size_t i = 0; i < cursor.size(); ++i) {
        cursor.bind(i, &items_[instruction.operand]);
        const Truth found = condition(child(instruction, 1));
        if (found == Truth::failed) return found;
        if (found == Truth::yes) ++count;
    }
    return truth_of(count == 1);
}

const Value* Evaluator::filter(const Instruction& instruction, Value& scratch) {
    Value source;
    const Value* over = read_required(child(instruction, 0), source);
    if (over == nullptr) return nullptr;
    Cursor cursor(*over, instruction);
    if (!cursor.can_walk()) return wrong_kind(instruction, *over);
    List kept;
    for (std::size_t i = 0; i < cursor.size(); ++i) {
        cursor.bind(i, &items_[instruction.operand]);
        const Truth found = condition(child(instruction, 1));
        if (found == Truth::failed) return nullptr;
        if (found == Truth::no) continue;
        // The item itself, with its seal if it has one.
        kept.push_back(over->list() != nullptr ? (*over->list())[i] : *items_[instruction.operand]);
    }
    scratch = Value(std::move(kept));
    return &scratch;
}

const Value* Evaluator::transform(const Instruction& instruction, Value& scratch) {
    Value source;
    const Value* over = read_required(child(instruction, 0), source);
    if (over == nullptr) return nullptr;
    Cursor cursor(*over, instruction);
    if (!cursor.can_walk()) return wrong_kind(instruction, *over);
    const bool has_condition = instruction.count == 3;
    const bool is_map = instruction.operation == Operation::transform_map;
    List items;
    Entries entries;
    for (std::size_t i = 0; i < cursor.size(); ++i) {
        cursor.bind(i, &items_[instruction.operand]);
        if (has_condition) {
            const Truth found = condition(child(instruction, 1));
            if (found == Truth::failed) return nullptr;
            if (found == Truth::no) continue;
        }
        Value element_scratch;
        const Value* element = read(child(instruction, has_condition ? 2 : 1), element_scratch);
        if (element == nullptr) return nullptr;
        if (is_map) {
            entries.emplace_back(*items_[instruction.operand], take(element, element_scratch));
        } else {
            items.push_back(take(element, element_scratch));
        }
    }
    scratch = is_map ? Value(std::move(entries)) : Value(std::move(items));
    return &scratch;
}

}  // namespace workflow::expression
