#include <algorithm>
#include <array>

#include "expression/checker.hpp"
#include "expression/syntax_error.hpp"

namespace workflow::expression {
namespace {

struct NamedType {
    std::string_view name;
    TypeName value;
    Type type;
};

const std::vector<NamedType>& named_types() {
    using Kind = Type::Kind;
    static const std::vector<NamedType> table{
        {"bool", TypeName::boolean, Type::of(Kind::boolean)},
        {"int", TypeName::integer, Type::of(Kind::integer)},
        {"uint", TypeName::unsigned_integer, Type::of(Kind::unsigned_integer)},
        {"double", TypeName::number, Type::of(Kind::number)},
        {"string", TypeName::text, Type::of(Kind::text)},
        {"bytes", TypeName::bytes, Type::of(Kind::bytes)},
        {"list", TypeName::list, Type::list_of(Type{})},
        {"map", TypeName::map, Type::map_of(Type{}, Type{})},
        {"null_type", TypeName::null_type, Type::of(Kind::null)},
        {"type", TypeName::type, Type::of(Kind::type)},
        {"google.protobuf.Timestamp", TypeName::timestamp, Type::of(Kind::instant)},
        {"google.protobuf.Duration", TypeName::duration, Type::of(Kind::duration)},
    };
    return table;
}

}  // namespace

Checker::Typed Checker::check_identifier(const Node& node) {
    if (const auto local = find_local(node)) {
        Type type = locals_[*local].second;
        apply_knowledge(node, type);
        return emit({.operation = Operation::local, .offset = node.offset, .operand = *local},
                    std::move(type));
    }
    if (const Variable* variable = find_variable(node.text, node.is_absolute)) {
        return read_variable(node, *variable, node.text);
    }
    if (auto type = check_type_name(node, node.text)) return *std::move(type);
    return unknown_name(node);
}

std::optional<std::uint32_t> Checker::find_local(const Node& node) const {
    if (node.is_absolute) return std::nullopt;
    for (std::size_t i = locals_.size(); i > 0; --i) {
        if (locals_[i - 1].first == node.text) return static_cast<std::uint32_t>(i - 1);
    }
    return std::nullopt;
}

/// In the container, then in what is around it, then outside (cel-spec, "Name resolution").
const Variable* Checker::find_variable(const std::string& path, bool is_absolute) const {
    const auto find = [&](const std::string& name) -> const Variable* {
        const auto found =
            std::find_if(variables_.begin(), variables_.end(),
                         [&](const Variable& variable) { return variable.name == name; });
        return found != variables_.end() ? &*found : nullptr;
    };
    std::string container = is_absolute ? std::string() : settings_.container;
    while (!container.empty()) {
        if (const Variable* variable = find(container + "." + path)) return variable;
        const std::size_t dot = container.rfind('.');
        container.resize(dot == std::string::npos ? 0 : dot);
    }
    return find(path);
}

Checker::Typed Checker::read_variable(const Node& node, const Variable& variable,
                                      const std::string& path) {
    number_in(program_.reads, variable.slot);
    Type type = variable.type;
    const bool may_be_null = type.optional || type.kind == Type::Kind::any ||
                             type.kind == Type::Kind::null || !is_checking();
    apply_knowledge(node, type);
    return emit({.operation = may_be_null ? Operation::optional_slot : Operation::slot,
                 .offset = node.offset,
                 .operand = number_in(program_.names, path),
                 .slot = variable.slot},
                std::move(type));
}

/// `int`, `list` ... as values: what type() compares with.
std::optional<Checker::Typed> Checker::check_type_name(const Node& node, std::string_view path) {
    for (const auto& [name, value, denoted] : named_types()) {
        if (name != path) continue;
        Type type = Type::of(Type::Kind::type);
        type.element = std::make_shared<const Type>(denoted);
        return emit_constant(node, Value(value), std::move(type));
    }
    return std::nullopt;
}

Checker::Typed Checker::unknown_name(const Node& node) {
    if (!is_checking()) {
        return emit({.operation = Operation::unresolved_name,
                     .offset = node.offset,
                     .operand = number_in(program_.names, node.text)},
                    Type{});
    }
    if (const auto meant = meant_operator(node.text); !meant.empty()) {
        return report("expression-operator", node.offset, {node.text, std::string(meant)});
    }
    for (const Variable& variable : variables_) {
        const auto& options = variable.type.options;
        if (std::find(options.begin(), options.end(), node.text) != options.end()) {
            return report("expression-unquoted", node.offset, {node.text});
        }
    }
    const bool are_names = !locals_.empty() || !variables_.empty();
    if (!are_names) return report("expression-no-names", node.offset, {node.text});
    return report("expression-unknown-name", node.offset, {node.text, meant_name(node.text)});
}

std::string Checker::meant_name(const std::string& name) const {
    for (const Variable& variable : variables_) {
        for (const auto& [member, type] : variable.type.members) {
            if (member == name) return variable.name + "." + name;
        }
    }
    return proposal(name, known_names());
}

std::vector<std::string> Checker::known_names() const {
    std::vector<std::string> names;
    for (const auto& [name, type] : locals_) names.push_back(name);
    for (const Variable& variable : variables_) names.push_back(variable.name);
    return names;
}

bool Checker::is_bare_word(const Node& node) const {
    if (node.syntax != Syntax::identifier || find_local(node)) return false;
    if (find_variable(node.text, node.is_absolute) != nullptr) return false;
    return nearest(node.text, known_names()).empty();
}

Checker::Typed Checker::check_select(const Node& node) {
    if (auto qualified = check_qualified(node)) return *std::move(qualified);
    Typed result = select(node, check(node.children[0]), node.text);
    apply_knowledge(node, result.type);
    return result;
}

/// `a.b.c` as one name, which goes before `a.b` with a member `c`.
std::optional<Checker::Typed> Checker::check_qualified(const Node& node) {
    const std::string path = path_of(node);
    const Node* first = &node;
    while (first->syntax == Syntax::select) first = &tree_[first->children[0]];
    if (path.empty() || find_local(*first)) return std::nullopt;
    if (has_qualified_names_) {
        if (const Variable* variable = find_variable(path, first->is_absolute)) {
            return read_variable(node, *variable, path);
        }
    }
    return path.starts_with("google.") ? check_type_name(node, path) : std::nullopt;
}

Checker::Typed Checker::select(const Node& at, Typed operand, const std::string& name) {
    Instruction instruction{.operation = Operation::member,
                            .offset = at.offset,
                            .operand = number_in(program_.names, name)};
    const InstructionIndex child = operand.instruction;
    const Family family = family_of(operand.type);
    if (family == Family::any) return emit(instruction, Type{}, {&child, 1});
    if (family == Family::record) return select_member(at, std::move(operand), name);
    const Type& map = operand.type;
    const bool can_have = family == Family::map &&
                          (map.key == nullptr || comparable(*map.key, Type::of(Type::Kind::text)));
    if (!can_have) {
        return report("expression-no-members", at.offset, {name, to_string(operand.type)});
    }
    for (const auto& [member, type] : map.members) {
        if (member == name) return emit(instruction, type, {&child, 1});
    }
    return emit(instruction, map.element != nullptr ? *map.element : Type{}, {&child, 1});
}

Checker::Typed Checker::select_member(const Node& at, Typed operand, const std::string& name) {
    Instruction instruction{.operation = Operation::member,
                            .offset = at.offset,
                            .operand = number_in(program_.names, name)};
    std::vector<std::string> names;
    for (const auto& [member, type] : operand.type.members) {
        if (member == name) {
            if (type.optional || type.kind == Type::Kind::any) {
                instruction.operation = Operation::optional_member;
            }
            return emit(instruction, type, {&operand.instruction, 1});
        }
        names.push_back(member);
    }
    return report("expression-unknown-member", at.offset, {name, proposal(name, names)});
}

Checker::Typed Checker::check_index(const Node& node) {
    const Typed operand = check(node.children[0]);
    const Node& key = tree_[node.children[1]];
    const Family family = family_of(operand.type);
    const std::string* name = quoted_text(key);
    if (name != nullptr && (family == Family::record || !operand.type.members.empty())) {
        return select(key, operand, *name);
    }
    const Typed index = check(node.children[1]);
    const auto emit_index = [&](const std::shared_ptr<const Type>& element) {
        return emit({.operation = Operation::index, .offset = node.offset},
                    element != nullptr ? *element : Type{},
                    std::array{operand.instruction, index.instruction});
    };
    if (family == Family::any) return emit_index(nullptr);
    if (family != Family::record && family != Family::list && family != Family::map) {
        return report("expression-no-index", node.offset, {to_string(operand.type)});
    }
    const Type wanted = family == Family::list        ? Type::of(Type::Kind::integer)
                        : family == Family::record    ? Type::of(Type::Kind::text)
                        : operand.type.key != nullptr ? *operand.type.key
                                                      : Type{};
    const Family found = family_of(index.type);
    const bool is_possible = family == Family::list
                                 ? found == Family::any || found == Family::integer
                                 : comparable(wanted, index.type);
    if (!is_possible) return report("expression-index", key.begin, {to_string(index.type)});
    return emit_index(family == Family::record ? nullptr : operand.type.element);
}

}  // namespace workflow::expression
