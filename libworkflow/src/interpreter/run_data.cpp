#include <algorithm>

#include "interpreter/run.hpp"
#include "workflow/limits.hpp"

namespace workflow::interpreter {
namespace {

using namespace procedure;

Value as_value(const Actor& actor) {
    const auto texts = [](const std::vector<std::string>& words) {
        List list;
        for (const std::string& word : words) list.emplace_back(word);
        return list;
    };
    return Members{{"id", actor.id}, {"roles", texts(actor.roles)}, {"units", texts(actor.units)}};
}

/// Line and column without the file's name, which differs from host to host.
Abandon cannot_evaluate(const Cel& cel, const EvaluationError& error) {
    Abandon abandon;
    abandon.arguments = {std::to_string(cel.place.line) + ":" + std::to_string(cel.place.column),
                         error.code, cel.expression.source()};
    abandon.arguments.insert(abandon.arguments.end(), error.arguments.begin(),
                             error.arguments.end());
    return abandon;
}

bool reads(const Cel& cel, EventSlot event_slot) {
    const auto slots = cel.expression.reads();
    return std::find(slots.begin(), slots.end(), Slot{frame_event, event_slot}) != slots.end();
}

}  // namespace

std::array<std::span<const Value>, frame_count> Run::frames(const Cel& cel, Ordinal scope_ordinal) {
    if (model.has_local_data) gather_data(scope_ordinal);
    if (cel.expression.reads_frame(frame_locals)) {
        locals_.assign(model.local_slots, Value());
        for (Ordinal around = scope_ordinal; around != 0;) {
            const Scope& current = scope(around);
            const Token& holder = token(current.parent);
            const State& state = model.states[holder.state];
            if (state.kind == Kind::each) {
                locals_[state.locals] = current.item_value;
                locals_[state.locals + 1U] = static_cast<std::int64_t>(current.item);
            }
            around = holder.scope;
        }
    }
    if (cel.expression.reads_frame(frame_event)) {
        EventValues& values = event_values();
        values[slot_now] = now;
        if (actor_ != nullptr && values[slot_actor].is_null() && reads(cel, slot_actor)) {
            values[slot_actor] = as_value(*actor_);
        }
        if (values[slot_variant].is_null() && !instance.variant.empty()) {
            values[slot_variant] = instance.variant;
        }
    }
    return {std::span<const Value>(model.has_local_data ? data_ : instance.data),
            parameters_of(model, instance.variant), std::span<const Value>(locals_),
            event_values_ ? std::span<const Value>(*event_values_) : std::span<const Value>()};
}

Value Run::evaluate(const Cel& cel, Ordinal scope_ordinal) {
    // Most limits are parameters, whose values were checked at load.
    if (const auto& slot = cel.expression.only_slot(); slot && slot->frame == frame_parameters) {
        return parameters_of(model, instance.variant)[slot->slot];
    }
    const auto bound = frames(cel, scope_ordinal);
    const ScopeAnswers answers(*this, scope_ordinal);
    auto result = cel.expression.evaluate(bound, {&calendar, &answers});
    if (const auto* error = std::get_if<EvaluationError>(&result))
        throw cannot_evaluate(cel, *error);
    return std::get<Value>(std::move(result));
}

bool Run::test(const Cel& cel, Ordinal scope_ordinal) {
    const auto bound = frames(cel, scope_ordinal);
    const ScopeAnswers answers(*this, scope_ordinal);
    const auto result = cel.expression.test(bound, {&calendar, &answers});
    if (const auto* error = std::get_if<EvaluationError>(&result))
        throw cannot_evaluate(cel, *error);
    const bool holds = std::get<bool>(result);
    if (trace != nullptr) trace->guards.emplace_back(&cel, holds);
    return holds;
}

/// Innermost first, so that an inner recursion of a state hides the outer one.
void Run::gather_data(Ordinal scope_ordinal) {
    data_ = instance.data;
    for (Ordinal around = scope_ordinal; around != 0;) {
        const Scope& current = scope(around);
        const Token& holder = token(current.parent);
        const auto& fields = model.states[holder.state].data;
        for (std::size_t i = 0; i < fields.size() && i < current.data.size(); ++i) {
            data_[fields[i]] = current.data[i];
        }
        around = holder.scope;
    }
}

Value* Run::place_of(FieldIndex field, Ordinal scope_ordinal) {
    const StateIndex holder = model.data[field].holder;
    if (holder == root_state) return &instance.data[field];
    const auto& fields = model.states[holder].data;
    const auto number = std::find(fields.begin(), fields.end(), field) - fields.begin();
    for (Ordinal around = scope_ordinal; around != 0;) {
        Scope& current = scope(around);
        const Token& held = token(current.parent);
        if (held.state == holder) return &current.data[static_cast<std::size_t>(number)];
        around = held.scope;
    }
    return nullptr;
}

void Run::store(FieldIndex field, Value value, Ordinal scope_ordinal) {
    Value* const place = place_of(field, scope_ordinal);
    if (place == nullptr) {
        throw Abandon{RefusalCode::cannot_evaluate, {model.data[field].id, "no-scope", ""}};
    }
    if (*place == value) return;
    record(RecordKind::data_set, scope_ordinal == 0 ? 0 : scope(scope_ordinal).parent, no_index,
           field, no_index, Value(value));
    *place = std::move(value);
}

void Run::assign(const std::vector<Assignment>& set, Ordinal scope_ordinal) {
    if (set.empty()) return;
    // All right sides see the data before the assignment (R52).
    std::vector<Value> values;
    values.reserve(set.size());
    for (const Assignment& assignment : set) {
        const Field& field = model.data[assignment.field];
        const Value value = evaluate(assignment.value, scope_ordinal);
        auto conformed = conform(field.type, value, calendar.offset());
        if (!conformed) {
            throw Abandon{RefusalCode::wrong_type,
                          {field.id, to_string(field.type), to_string(value, calendar.offset())}};
        }
        values.push_back(std::move(*conformed));
    }
    for (std::size_t i = 0; i < set.size(); ++i) {
        store(set[i].field, std::move(values[i]), scope_ordinal);
    }
}

void Run::correct(const FieldValues& given, Ordinal scope_ordinal) {
    for (const auto& [name, value] : given) {
        const FieldIndex index = find_field(model, name);
        if (index == none) {
            std::vector<std::string> names;
            for (const Field& field : model.data) names.push_back(field.id);
            throw Abandon{RefusalCode::unknown_field, {name, nearest(name, names)}};
        }
        auto conformed = conform(model.data[index].type, value, calendar.offset());
        if (!conformed) {
            throw Abandon{RefusalCode::wrong_type,
                          {name, to_string(model.data[index].type),
                           to_string(value, calendar.offset())}};
        }
        store(index, std::move(*conformed), scope_ordinal);
    }
}

template <class Wanted>
Members Run::checked_fields(std::span<const Wanted> wanted, const FieldValues& given) const {
    Members checked;
    checked.reserve(wanted.size());
    for (const auto& [name, value] : given) {
        const bool known = std::any_of(wanted.begin(), wanted.end(),
                                       [&, &id = name](const Wanted& f) { return f.id == id; });
        if (!known) {
            std::vector<std::string> names;
            for (const Wanted& field : wanted) names.emplace_back(field.id);
            throw Abandon{RefusalCode::unknown_field, {name, nearest(name, names)}};
        }
    }
    for (const Wanted& field : wanted) {
        const auto found = std::find_if(given.begin(), given.end(),
                                        [&](const auto& pair) { return pair.first == field.id; });
        const bool blank =
            found == given.end() || found->second.open().is_null() ||
            (found->second.open().text() != nullptr && found->second.open().text()->empty());
        if (blank) {
            // An erased sensitive value was given once: it counts as given.
            const bool erased = found != given.end() && found->second.sealed() != nullptr &&
                                found->second.sealed()->erased;
            if (field.required && !erased) {
                throw Abandon{RefusalCode::missing_field,
                              {std::string(field.id), to_string(field.type)}};
            }
            checked.emplace_back(field.id, erased ? found->second : Value());
            continue;
        }
        const std::string* text = found->second.open().text();
        if (text != nullptr && text->size() > limits::text_bytes_max) {
            throw Abandon{RefusalCode::too_large,
                          {std::string(field.id), std::to_string(limits::text_bytes_max)}};
        }
        auto conformed = conform(field.type, found->second, calendar.offset());
        if (!conformed) {
            throw Abandon{RefusalCode::wrong_type,
                          {std::string(field.id), to_string(field.type),
                           to_string(found->second, calendar.offset())}};
        }
        checked.emplace_back(field.id, std::move(*conformed));
    }
    return checked;
}

template Members Run::checked_fields<WantedField>(std::span<const WantedField>,
                                                  const FieldValues&) const;
template Members Run::checked_fields<ActionField>(std::span<const ActionField>,
                                                  const FieldValues&) const;

std::string Run::filled(const std::string& text, Ordinal scope_ordinal) {
    std::string result;
    for (std::size_t position = 0; position < text.size();) {
        const std::size_t open = text.find('{', position);
        const std::size_t close = open == std::string::npos ? open : text.find('}', open);
        if (close == std::string::npos) return result + text.substr(position);
        result += text.substr(position, open - position);
        const FieldIndex field = find_field(model, text.substr(open + 1, close - open - 1));
        const Value* const value = field == none ? nullptr : place_of(field, scope_ordinal);
        result += value == nullptr ? text.substr(open, close - open + 1)
                                   : to_string(*value, calendar.offset());
        position = close + 1;
    }
    return result;
}

}  // namespace workflow::interpreter
