#include "expression/evaluator.hpp"

#include <utility>

#include "expression/types.hpp"

namespace workflow::expression {

std::variant<Value, EvaluationError> Evaluator::value() {
    Value scratch;
    const Value* found = read(program_.root, scratch);
    if (found == nullptr) return error();
    Value result = take(found, scratch);
    if (!check_result(result)) return error();
    return result;
}

std::variant<bool, EvaluationError> Evaluator::truth() {
    const Truth found = condition(program_.root);
    if (found == Truth::failed) return error();
    return found == Truth::yes;
}

const Value* Evaluator::read(InstructionIndex index, Value& scratch) {
    const Instruction& instruction = program_.instructions[index];
    if (!budget_.spend(1)) return fail(instruction, "cost-limit");
    switch (instruction.operation) {
        case Operation::constant:
            return &program_.constants[instruction.operand];
        case Operation::slot:
        case Operation::optional_slot:
            return read_slot(instruction);
        case Operation::local:
            return items_[instruction.operand];
        case Operation::member:
        case Operation::optional_member:
            return read_member(instruction, scratch);
        case Operation::index:
            return read_index(instruction, scratch);
        case Operation::list:
            return make_list(instruction, scratch);
        case Operation::record:
            return make_record(instruction, scratch);
        case Operation::conditional:
            return read_conditional(instruction, scratch);
        case Operation::negate:
            return negate(instruction, scratch);
        case Operation::add:
        case Operation::subtract:
        case Operation::multiply:
        case Operation::divide:
        case Operation::remainder:
            return arithmetic(instruction, scratch);
        case Operation::filter:
            return filter(instruction, scratch);
        case Operation::map:
        case Operation::map_if:
            return map(instruction, scratch);
        case Operation::size:
            return size(instruction, scratch);
        case Operation::to_integer:
            return to_integer(instruction, scratch);
        case Operation::to_number:
            return to_number(instruction, scratch);
        case Operation::to_text:
            return to_text(instruction, scratch);
        case Operation::identity:
            return read(child(instruction, 0), scratch);
        case Operation::has_member:
        case Operation::is_null:
        case Operation::is_not_null:
        case Operation::equal:
        case Operation::not_equal:
        case Operation::less:
        case Operation::less_equal:
        case Operation::greater:
        case Operation::greater_equal:
        case Operation::in:
        case Operation::logical_not:
        case Operation::logical_and:
        case Operation::logical_or:
        case Operation::all:
        case Operation::exists:
        case Operation::exists_one:
        case Operation::contains:
        case Operation::starts_with:
        case Operation::ends_with:
            break;
    }
    const Truth found = condition(index);
    if (found == Truth::failed) return nullptr;
    scratch = Value(found == Truth::yes);
    return &scratch;
}

const Value* Evaluator::read_slot(const Instruction& instruction) {
    const auto [frame, slot] = instruction.slot;
    const bool exists = frame < frames_.size() && slot < frames_[frame].size();
    const Value& value = exists ? opened(frames_[frame][slot]) : program_.null;
    if (value.is_null() && instruction.operation == Operation::slot) {
        return fail(instruction, "null-value", program_.names[instruction.operand]);
    }
    return &value;
}

const Value* Evaluator::read_member(const Instruction& instruction, Value& scratch) {
    const Value* record = read_required(child(instruction, 0), scratch);
    if (record == nullptr) return nullptr;
    if (record->members() == nullptr) return wrong_kind(instruction, *record);
    if (!budget_.spend(record->members()->size() / 16)) return fail(instruction, "cost-limit");
    const std::string& name = program_.names[instruction.operand];
    const Value* member = record->member(name);
    if (member != nullptr) return &opened(*member);
    if (instruction.operation == Operation::optional_member) return &program_.null;
    return fail(instruction, "no-such-key", name);
}

const Value* Evaluator::read_index(const Instruction& instruction, Value& scratch) {
    Value index_scratch;
    const Value* operand = read_required(child(instruction, 0), scratch);
    if (operand == nullptr) return nullptr;
    const Value* index = read_required(child(instruction, 1), index_scratch);
    if (index == nullptr) return nullptr;
    if (const List* list = operand->list(); list != nullptr && index->integer() != nullptr) {
        const std::int64_t position = *index->integer();
        if (position >= 0 && static_cast<std::uint64_t>(position) < list->size()) {
            return &opened((*list)[static_cast<std::size_t>(position)]);
        }
        fail(instruction, "index-out-of-range");
        failure_.number = position;
        return nullptr;
    }
    if (operand->members() != nullptr && index->text() != nullptr) {
        if (!budget_.spend(operand->members()->size())) return fail(instruction, "cost-limit");
        const Value* member = operand->member(*index->text());
        return member != nullptr ? &opened(*member) : fail(instruction, "no-such-key");
    }
    return wrong_kind(instruction, operand->list() != nullptr ? *index : *operand);
}

const Value* Evaluator::make_list(const Instruction& instruction, Value& scratch) {
    List list;
    list.reserve(instruction.count);
    for (std::uint32_t i = 0; i < instruction.count; ++i) {
        Value item_scratch;
        const Value* item = read(child(instruction, i), item_scratch);
        if (item == nullptr) return nullptr;
        list.push_back(take(item, item_scratch));
    }
    scratch = Value(std::move(list));
    return &scratch;
}

const Value* Evaluator::make_record(const Instruction& instruction, Value& scratch) {
    Members members;
    members.reserve(instruction.count);
    for (std::uint32_t i = 0; i < instruction.count; ++i) {
        Value item_scratch;
        const Value* item = read(child(instruction, i), item_scratch);
        if (item == nullptr) return nullptr;
        const std::string& name = program_.shapes[instruction.operand][i];
        members.emplace_back(name, take(item, item_scratch));
    }
    scratch = Value(std::move(members));
    return &scratch;
}

const Value* Evaluator::read_conditional(const Instruction& instruction, Value& scratch) {
    const Truth found = condition(child(instruction, 0));
    if (found == Truth::failed) return nullptr;
    return read(child(instruction, found == Truth::yes ? 1 : 2), scratch);
}

const Value* Evaluator::read_required(InstructionIndex index, Value& scratch) {
    const Value* value = read(index, scratch);
    if (value == nullptr || !value->is_null()) return value;
    const Instruction& instruction = program_.instructions[index];
    const bool is_named = instruction.operation == Operation::optional_slot ||
                          instruction.operation == Operation::member ||
                          instruction.operation == Operation::optional_member;
    const std::string_view name =
        is_named ? std::string_view(program_.names[instruction.operand]) : "null";
    return fail(instruction, "null-value", name);
}

bool Evaluator::check_result(const Value& value) {
    const Instruction& root = program_.instructions[program_.root];
    const Type& expected = program_.expected;
    if (expected.kind != Type::Kind::any) {
        if (value.is_null() && !expected.optional && expected.kind != Type::Kind::null) {
            fail(root, "null-value", "null");
            return false;
        }
        if (program_.is_result_checked && !fits_value(expected, value)) {
            wrong_kind(root, value);
            return false;
        }
    }
    const bool is_read_only =
        root.operation == Operation::slot || root.operation == Operation::optional_slot;
    if (is_read_only || measure(value)) return true;
    fail(root, "cost-limit");
    return false;
}

/// A small list of lists that share their items can stand for a huge one: whoever writes it out
/// pays for each, so it is counted here.
bool Evaluator::measure(const Value& value) {
    if (value.list() == nullptr && value.members() == nullptr) return true;
    if (const List* list = value.list()) {
        if (!budget_.spend(list->size())) return false;
        for (const Value& item : *list) {
            if (!measure(item)) return false;
        }
        return true;
    }
    if (!budget_.spend(value.members()->size())) return false;
    for (const auto& [name, member] : *value.members()) {
        if (!measure(member)) return false;
    }
    return true;
}

std::nullptr_t Evaluator::fail(const Instruction& instruction, std::string_view code,
                               std::string_view argument) {
    failure_ = {code, instruction.offset, argument, std::nullopt};
    return nullptr;
}

std::nullptr_t Evaluator::wrong_kind(const Instruction& instruction, const Value& found) {
    return fail(instruction, "wrong-type", kind_name(found));
}

EvaluationError Evaluator::error() const {
    EvaluationError error{std::string(failure_.code), failure_.offset, {}};
    // Whatever failed first, an exhausted budget is what stopped it.
    if (budget_.is_exhausted()) {
        error.code = "cost-limit";
        error.arguments = {std::to_string(limits::expression_cost_max)};
        return error;
    }
    if (failure_.number) error.arguments.push_back(std::to_string(*failure_.number));
    if (!failure_.argument.empty()) error.arguments.emplace_back(failure_.argument);
    return error;
}

std::string_view kind_name(const Value& sealed_or_plain) {
    const Value& value = sealed_or_plain.open();
    if (value.boolean() != nullptr) return "boolean";
    if (value.integer() != nullptr) return "integer";
    if (value.number() != nullptr) return "number";
    if (value.text() != nullptr) return "text";
    if (value.day() != nullptr) return "date";
    if (value.instant() != nullptr) return "instant";
    if (value.limit() != nullptr) return "limit";
    if (value.list() != nullptr) return "list";
    return value.members() != nullptr ? "record" : "null";
}

}  // namespace workflow::expression
