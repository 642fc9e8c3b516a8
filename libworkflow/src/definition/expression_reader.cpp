#include "definition/expression_reader.hpp"

#include <algorithm>

#include "analysis/outcomes.hpp"
#include "definition/question_reader.hpp"

namespace workflow::definition {
namespace {

using procedure::Cel;
using TypeKind = Type::Kind;

Variable event_name(const char* name, Type type, procedure::EventSlot slot) {
    return {name, std::move(type), {procedure::frame_event, slot}};
}

Type outcome_type(const procedure::Model& model, procedure::StateIndex scope) {
    Type type{.kind = TypeKind::choice, .optional = true};
    for (const procedure::OutcomeIndex outcome : analysis::outcomes_of_scope(model, scope)) {
        if (outcome != procedure::none) type.options.push_back(model.outcomes[outcome].id);
    }
    if (type.options.empty()) type.kind = TypeKind::text;
    return type;
}

Type branch_outcome_type(const procedure::Model& model, procedure::StateIndex branch) {
    Type type{.kind = TypeKind::choice, .optional = true};
    for (const procedure::OutcomeIndex outcome : analysis::outcomes_of_state(model, branch)) {
        if (outcome != procedure::none) type.options.push_back(model.outcomes[outcome].id);
    }
    if (type.options.empty()) type.kind = TypeKind::text;
    return type;
}

void add_counters(std::vector<Variable>& names) {
    names.push_back(event_name("finished", Type::of(TypeKind::integer), procedure::slot_finished));
    names.push_back(event_name("opened", Type::of(TypeKind::integer), procedure::slot_opened));
    names.push_back(event_name("satisfied", Type::of(TypeKind::boolean), procedure::slot_satisfied));
}

void add_items(Draft& draft, procedure::StateIndex each) {
    Type item = Type::of(TypeKind::any);
    const std::optional<Cel>& of = draft.model.states[each].of;
    if (of && of->expression.type().element != nullptr) item = *of->expression.type().element;
    Type record{.kind = TypeKind::record,
                .members = {{"item", std::move(item)},
                            {"index", Type::of(TypeKind::integer)},
                            {"finished", Type::of(TypeKind::boolean)},
                            {"outcome", outcome_type(draft.model, each)}}};
    if (!draft.model.states[each].data.empty()) {
        Type data{.kind = TypeKind::record};
        for (const procedure::FieldIndex index : draft.model.states[each].data) {
            Type type = draft.model.data[index].type;
            type.optional = true;  // an item may not have come so far
            data.members.emplace_back(draft.model.data[index].id, std::move(type));
        }
        record.members.emplace_back("data", std::move(data));
    }
    draft.names.push_back(
        event_name("items", Type::list_of(std::move(record)), procedure::slot_items));
    add_counters(draft.names);
}

void add_branches(Draft& draft, procedure::StateIndex parallel) {
    Type branches{.kind = TypeKind::record};
    for (const procedure::StateIndex branch : draft.model.states[parallel].children) {
        branches.members.emplace_back(
            draft.model.states[branch].id,
            Type{.kind = TypeKind::record,
                 .members = {{"opened", Type::of(TypeKind::boolean)},
                             {"finished", Type::of(TypeKind::boolean)},
                             {"outcome", branch_outcome_type(draft.model, branch)}}});
    }
    draft.names.push_back(event_name("branches", std::move(branches), procedure::slot_branches));
    add_counters(draft.names);
}

Type record_of(const std::vector<procedure::ActionField>& fields) {
    Type record{.kind = TypeKind::record};
    for (const procedure::ActionField& field : fields) {
        Type type = field.type;
        type.optional = !field.required;
        record.members.emplace_back(field.id, std::move(type));
    }
    return record;
}

void add_event_names(Draft& draft, const EventNames& event) {
    if (event.actor) {
        draft.names.push_back(event_name("actor", draft.actor_type, procedure::slot_actor));
    }
    if (event.fields != nullptr) {
        draft.names.push_back(
            event_name("fields", record_of(*event.fields), procedure::slot_fields));
    }
    if (event.message != nullptr) {
        draft.names.push_back(
            event_name("message", record_of(*event.message), procedure::slot_message));
    }
    if (event.result != nullptr) {
        draft.names.push_back(
            event_name("result", record_of(*event.result), procedure::slot_result));
    }
    if (event.error) {
        draft.names.push_back(event_name("error",
                                         Type{.kind = TypeKind::record,
                                              .members = {{"code", Type::of(TypeKind::text)},
                                                          {"text", Type::of(TypeKind::text)}}},
                                         procedure::slot_error));
    }
    if (event.outcome) {
        draft.names.push_back(event_name("outcome", Type{.kind = TypeKind::text, .optional = true},
                                         procedure::slot_outcome));
    }
    if (event.arrived != procedure::none || event.gathered != procedure::none) {
        draft.names.push_back(
            event_name("arrived", Type::of(TypeKind::integer), procedure::slot_arrived));
    }
    if (event.gathered != procedure::none) {
        Type from{.kind = TypeKind::record};
        for (const procedure::StateIndex source : draft.model.states[event.gathered].sources) {
            from.members.emplace_back(draft.model.states[source].id, Type::of(TypeKind::integer));
        }
        draft.names.push_back(
            event_name("arrived_from", std::move(from), procedure::slot_arrived_from));
    }
    if (event.finished == procedure::none) return;
    switch (draft.model.states[event.finished].kind) {
        case procedure::Kind::each:
            return add_items(draft, event.finished);
        case procedure::Kind::parallel:
            return add_branches(draft, event.finished);
        case procedure::Kind::group:
            draft.names.push_back(event_name("outcome", outcome_type(draft.model, event.finished),
                                             procedure::slot_outcome));
            return;
        case procedure::Kind::task:
        case procedure::Kind::choice:
        case procedure::Kind::wait:
        case procedure::Kind::end:
        case procedure::Kind::idle:
        case procedure::Kind::fork:
        case procedure::Kind::join:
        case procedure::Kind::service:
        case procedure::Kind::call:
            return;
    }
}

std::optional<Cel> read_cel_of(Draft& draft, const Node& node, std::initializer_list<TypeKind> kinds,
                               const char* expected, const EventNames& event) {
    std::optional<Cel> cel = read_cel(draft, node, Type::of(TypeKind::any), event);
    if (!cel) return cel;
    const TypeKind kind = cel->expression.type().kind;
    if (kind == TypeKind::any || std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) return cel;
    draft.findings.error(node, "wrong-result-type", {to_string(cel->expression.type()), expected});
    return std::nullopt;
}

/// Whether somebody meant a length of time, well or badly, and no expression: `30 workdays`, `P5D`.
bool resembles_limit(std::string_view text) {
    return !is_id(text) && std::all_of(text.begin(), text.end(), [](unsigned char c) {
        return std::isalnum(c) != 0 || c == ' ' || c == '-' || c == '+' || c == '.' || c >= 0x80;
    });
}

}  // namespace

std::optional<Cel> read_cel(Draft& draft, const Node& node, const Type& expected,
                            const EventNames& event) {
    if (node.is_sequence() || node.is_mapping()) {
        draft.findings.error(node, "not-an-expression");
        return std::nullopt;
    }
    const std::size_t names_around = draft.names.size();
    add_event_names(draft, event);
    const std::string_view source = node.is_null() ? std::string_view("null") : node.text;
    auto compiled =
        Expression::compile(source, draft.names, expected, {.questions = draft.questions});
    draft.names.resize(names_around);
    if (auto* expression = std::get_if<Expression>(&compiled)) {
        for (const std::string& zone : expression->zones()) {
            draft.model.zones.emplace_back(zone, draft.findings.place(node));
        }
        note_questions(draft, node, *expression);
        return Cel{std::move(*expression), draft.findings.place(node)};
    }
    for (ExpressionProblem& problem : std::get<std::vector<ExpressionProblem>>(compiled)) {
        draft.findings.error(draft.findings.document().place(node, problem.offset), problem.code,
                             std::move(problem.arguments));
    }
    return std::nullopt;
}

std::optional<Cel> read_time_cel(Draft& draft, const Node& node, const EventNames& event) {
    return read_cel_of(draft, node, {TypeKind::date, TypeKind::instant}, "date", event);
}

std::optional<Cel> read_list_cel(Draft& draft, const Node& node) {
    return read_cel_of(draft, node, {TypeKind::list}, "list", {});
}

std::optional<Cel> read_name_cel(Draft& draft, const Node& node, const EventNames& event) {
    return read_cel_of(draft, node, {TypeKind::text, TypeKind::person, TypeKind::choice}, "text", event);
}

std::optional<std::variant<Limit, Cel>> read_limit_or_cel(Draft& draft, const Node& node) {
    if (const std::optional<Limit> limit =
            node.is_scalar() ? parse_limit(node.text) : std::nullopt) {
        return std::variant<Limit, Cel>(*limit);
    }
    if (!node.is_scalar() || resembles_limit(node.text)) {
        draft.findings.error(node, "not-a-limit", {node.text, limit_advice(node.text)});
        return std::nullopt;
    }
    std::optional<Cel> cel = read_cel(draft, node, Type{.kind = TypeKind::limit, .optional = true});
    if (!cel) return std::nullopt;
    return std::variant<Limit, Cel>(std::move(*cel));
}

std::optional<std::variant<Limit, Cel>> read_limit_or_time_cel(Draft& draft, const Node& node,
                                                               const EventNames& event) {
    if (const std::optional<Limit> limit =
            node.is_scalar() ? parse_limit(node.text) : std::nullopt) {
        return std::variant<Limit, Cel>(*limit);
    }
    // `fields.until` is an expression, `2 dayz` and `P2D` are not.
    const bool has_blank = node.text.find(' ') != std::string::npos;
    const bool dotted = !has_blank && node.text.find('.') != std::string::npos;
    if (!node.is_scalar() || (resembles_limit(node.text) && !dotted)) {
        draft.findings.error(node, "not-a-limit", {node.text, limit_advice(node.text)});
        return std::nullopt;
    }
    std::optional<Cel> cel =
        read_cel_of(draft, node, {TypeKind::limit, TypeKind::date, TypeKind::instant}, "limit, date", event);
    if (!cel) return std::nullopt;
    return std::variant<Limit, Cel>(std::move(*cel));
}

}  // namespace workflow::definition
