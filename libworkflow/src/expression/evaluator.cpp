#include "expression/evaluator.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "expression/types.hpp"

namespace workflow::expression {
namespace {

/// The place of an item of a list: any number that is whole (cel-spec, "Numeric Values").
std::optional<std::int64_t> as_position(const Value& index) {
    if (index.integer() != nullptr) return *index.integer();
    if (const Unsigned* natural = index.unsigned_integer()) {
        constexpr std::uint64_t none = INT64_MAX;
        return static_cast<std::int64_t>(std::min(natural->value, none));
    }
    const double* number = index.number();
    if (number == nullptr || std::trunc(*number) != *number || std::abs(*number) > 1e15) {
        return std::nullopt;
    }
    return static_cast<std::int64_t>(*number);
}

bool is_key(const Value& value) {
    return value.text() != nullptr || value.boolean() != nullptr || value.integer() != nullptr ||
           value.unsigned_integer() != nullptr;
}

}  // namespace

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
    if (is_condition(instruction.operation)) {
        const Truth found = condition(index);
        if (found == Truth::failed) return nullptr;
        scratch = Value(found == Truth::yes);
        return &scratch;
    }
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
        case Operation::entries:
            return make_entries(instruction, scratch);
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
        case Operation::transform_map:
            return transform(instruction, scratch);
        case Operation::call:
            return call(instruction, scratch);
        case Operation::ask:
            return ask(instruction, scratch);
        case Operation::unresolved_name:
            return fail(instruction, "unknown-name", program_.names[instruction.operand]);
        case Operation::unresolved_call:
            return fail(instruction, "unknown-function", program_.names[instruction.operand]);
        case Operation::has_member:
        case Operation::has_set_member:
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
            break;
    }
    return nullptr;
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
    const std::string& name = program_.names[instruction.operand];
    const Value* member = nullptr;
    if (record->members() != nullptr) {
        if (!budget_.spend(record->members()->size() / 16)) return fail(instruction, "cost-limit");
        member = record->member(name);
    } else if (record->entries() != nullptr) {
        member = find_value(*record, Value(name), budget_);
    } else {
        return wrong_kind(instruction, *record);
    }
    if (member != nullptr) return &opened(*member);
    if (instruction.operation == Operation::optional_member) return &program_.null;
    return fail(instruction, "no-such-key", name);
}

const Value* Evaluator::read_index(const Instruction& instruction, Value& scratch) {
    Value index_scratch;
    const Value* operand = read_required(child(instruction, 0), scratch);
    if (operand == nullptr) return nullptr;
    const Value* index = read(child(instruction, 1), index_scratch);
    if (index == nullptr) return nullptr;
    if (const List* list = operand->list()) {
        const auto position = as_position(*index);
        if (!position) return wrong_kind(instruction, *index);
        if (*position >= 0 && static_cast<std::uint64_t>(*position) < list->size()) {
            return &opened((*list)[static_cast<std::size_t>(*position)]);
        }
        fail(instruction, "index-out-of-range");
        failure_.number = *position;
        return nullptr;
    }
    if (operand->members() == nullptr && operand->entries() == nullptr) {
        return wrong_kind(instruction, *operand);
    }
    const Value* member = find_value(*operand, *index, budget_);
    if (member != nullptr) return &opened(*member);
    return fail(instruction, "no-such-entry");
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

const Value* Evaluator::make_entries(const Instruction& instruction, Value& scratch) {
    Entries entries;
    entries.reserve(instruction.count / 2);
    for (std::uint32_t i = 0; i + 1 < instruction.count; i += 2) {
        Value key_scratch;
        Value item_scratch;
        const Value* key = read(child(instruction, i), key_scratch);
        if (key == nullptr) return nullptr;
        if (!is_key(*key)) return fail(instruction, "map-key", kind_name(*key));
        for (const auto& [other, value] : entries) {
            if (equal(other, *key, budget_)) return fail(instruction, "repeated-key");
            if (budget_.is_exhausted()) return fail(instruction, "cost-limit");
        }
        const Value* item = read(child(instruction, i + 1), item_scratch);
        if (item == nullptr) return nullptr;
        entries.emplace_back(take(key, key_scratch), take(item, item_scratch));
    }
    scratch = Value(std::move(entries));
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

const Value* Evaluator::call(const Instruction& instruction, Value& scratch) {
    const Function& function = *program_.functions[instruction.operand];
    std::array<Value, 2> scratches;
    std::array<const Value*, 2> arguments{&program_.null, &program_.null};
    for (std::uint32_t i = 0; i < instruction.count; ++i) {
        const InstructionIndex argument = child(instruction, i);
        arguments[i] = function.takes_null ? read(argument, scratches[i])
                                           : read_required(argument, scratches[i]);
        if (arguments[i] == nullptr) return nullptr;
    }
    const Pattern* pattern =
        instruction.pattern != 0 ? program_.patterns[instruction.pattern - 1].get() : nullptr;
    Result result =
        function.apply({*arguments[0], *arguments[1], budget_, environment_.calendar, pattern});
    if (!result.error.empty()) {
        fail(instruction, result.error, result.argument);
        failure_.number = result.number;
        return nullptr;
    }
    scratch = std::move(result.value);
    return &scratch;
}

const Value* Evaluator::ask(const Instruction& instruction, Value& scratch) {
    Value since_scratch;
    const Value* since = &program_.null;
    if (instruction.count != 0) {
        since = read_required(child(instruction, 0), since_scratch);
        if (since == nullptr) return nullptr;
    }
    if (environment_.answers == nullptr) return fail(instruction, "no-answer");
    const auto [question, subject] = program_.asks[instruction.operand];
    scratch = environment_.answers->answer(question, subject, *since);
    return &scratch;
}

bool Evaluator::check_result(const Value& value) {
    const Instruction& root = program_.instructions[program_.root];
    const bool is_read_only =
        root.operation == Operation::slot || root.operation == Operation::optional_slot;
    if (!is_read_only && !measure(value)) {
        fail(root, "cost-limit");
        return false;
    }
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
    if (program_.is_storage_checked && !is_storable(value)) {
        fail(root, "not-storable", kind_name(value));
        return false;
    }
    return true;
}

/// A small list of lists that share their items can stand for a huge one: whoever writes it out
/// pays for each, so it is counted here.
bool Evaluator::measure(const Value& value) {
    if (const List* list = value.list()) {
        return budget_.spend(list->size()) &&
               std::all_of(list->begin(), list->end(),
                           [&](const Value& item) { return measure(item); });
    }
    if (const Members* members = value.members()) {
        return budget_.spend(members->size()) &&
               std::all_of(members->begin(), members->end(),
                           [&](const auto& member) { return measure(member.second); });
    }
    if (const Entries* entries = value.entries()) {
        return budget_.spend(entries->size()) &&
               std::all_of(entries->begin(), entries->end(),
                           [&](const auto& entry) { return measure(entry.second); });
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

}  // namespace workflow::expression
