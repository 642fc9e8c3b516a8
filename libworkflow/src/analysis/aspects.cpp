#include "analysis/aspects.hpp"

#include "analysis/report.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

constexpr const char* nothing = "-";

std::string or_nothing(std::string text) {
    return text.empty() ? nothing : text;
}

/// Joined by ", ".
template <class List, class Tell>
std::string listed(const List& list, const Tell& tell) {
    std::string text;
    for (const auto& one : list) {
        const std::string part = tell(one);
        if (!part.empty()) text += (text.empty() ? "" : ", ") + part;
    }
    return or_nothing(text);
}

std::string yes_no(bool value) {
    return value ? "true" : "false";
}

/// In each language that it has.
std::string told(const Text& text) {
    std::string said;
    for (const auto& [language, words] : text.translations) {
        said += (said.empty() ? "" : " / ") + words;
    }
    return or_nothing(said);
}

std::string field_names(const Model& model, const std::vector<FieldIndex>& fields) {
    return listed(fields, [&](FieldIndex field) { return model.data[field].id; });
}

std::string calendar_of(const Model& model, CalendarIndex calendar) {
    return calendar == 0 ? model.calendar : model.more_calendars[calendar - 1];
}

std::string given(const std::vector<std::pair<std::string, Cel>>& values) {
    return listed(values, [](const auto& one) {
        return one.first + ": " + one.second.expression.source();
    });
}

std::string assigned(const Model& model, const std::vector<Assignment>& set) {
    return listed(set, [&](const Assignment& one) {
        return model.data[one.field].id + ": " + one.value.expression.source();
    });
}

std::string day_of(const std::optional<Day>& day) {
    return day ? to_string(*day) : nothing;
}

std::string occasion_of(const Model& model, const std::optional<Occasion>& occasion) {
    if (!occasion) return nothing;
    switch (occasion->kind) {
        case Occasion::Kind::entered:
            return "entered " + name_of(model, occasion->state);
        case Occasion::Kind::left:
            return "left " + name_of(model, occasion->state);
        case Occasion::Kind::performed:
            return "performed " + listed(occasion->actions, [](const auto& id) { return id; });
        case Occasion::Kind::message:
            return "message " + model.messages[occasion->message].id;
        case Occasion::Kind::date:
            return "date " + text_of(occasion->date);
    }
    return nothing;
}

std::string policies_of(const Model& model, const Clock& clock) {
    std::string text;
    for (std::size_t i = 0; i < clock.while_waiting.size() && i < model.reasons.size(); ++i) {
        const Policy policy = clock.while_waiting[i];
        if (policy == Policy::go_on) continue;
        text += (text.empty() ? "" : ", ") + model.reasons[i] +
                (policy == Policy::pause ? ": pause" : ": restart");
    }
    return or_nothing(text);
}

std::string sending_of(const Model& model, const Sending& sending) {
    std::string text = "send " + model.messages[sending.message].id;
    if (sending.key) text += " key " + sending.key->expression.source();
    if (sending.instance) text += " to " + sending.instance->expression.source();
    if (!sending.with.empty()) text += " with " + given(sending.with);
    return text;
}

std::string join_of(const std::optional<Join>& join) {
    if (!join) return nothing;
    switch (join->rule) {
        case Join::Rule::all:
            return "all";
        case Join::Rule::count:
            return std::to_string(join->count);
        case Join::Rule::condition:
            return text_of(join->condition);
        case Join::Rule::inclusive:
            return "inclusive";
    }
    return nothing;
}

std::string retries_of(const Retries& retry) {
    return std::to_string(retry.times) + " times, first " + to_string(retry.first) + ", factor " +
           std::to_string(retry.factor) + ", longest " + to_string(retry.longest);
}

/// Of a service or a call.
void add_outside(Aspects& aspects, const State& state) {
    const Service* const service = state.service ? &*state.service : nullptr;
    const Call* const call = state.call ? &*state.call : nullptr;
    aspects.emplace_back("service", service != nullptr ? service->handler : nothing);
    aspects.emplace_back("call", call != nullptr ? call->procedure : nothing);
    const auto* input = service != nullptr ? &service->input : call != nullptr ? &call->input : nullptr;
    aspects.emplace_back("input", input != nullptr ? given(*input) : nothing);
    const auto* result = service != nullptr ? &service->result : call != nullptr ? &call->result : nullptr;
    aspects.emplace_back("result", result != nullptr ? text_of(*result) : nothing);
    aspects.emplace_back("retry", service != nullptr ? retries_of(service->retry) : nothing);
    const bool has_timeout = service != nullptr && service->timeout;
    aspects.emplace_back("timeout", has_timeout ? to_string(*service->timeout) : nothing);
    aspects.emplace_back("entry", call != nullptr ? or_nothing(call->entry) : nothing);
    aspects.emplace_back("variant", call != nullptr ? or_nothing(call->variant) : nothing);
    const bool has_version = call != nullptr && call->version;
    aspects.emplace_back("version", has_version ? std::to_string(*call->version) : nothing);
    aspects.emplace_back("detached", yes_no(call != nullptr && call->detached));
}

}  // namespace

std::string text_of(const std::optional<Cel>& cel) {
    return cel ? cel->expression.source() : nothing;
}

std::string text_of(const std::variant<Limit, Cel>& limit) {
    const auto* fixed = std::get_if<Limit>(&limit);
    return fixed != nullptr ? to_string(*fixed) : std::get<Cel>(limit).expression.source();
}

std::string text_of(const Value& value) {
    return value.is_null() ? nothing : to_string(value, UtcOffset{});
}

std::string text_of(const RecurringDate& rule) {
    constexpr const char* weekdays[] = {"sunday",   "monday", "tuesday", "wednesday",
                                        "thursday", "friday", "saturday"};
    constexpr const char* periods[] = {"week", "month", "quarter", "year"};
    const std::string day = rule.working ? " working day of " : " day of ";
    const std::string period = periods[static_cast<std::size_t>(rule.period)];
    switch (rule.kind) {
        case RecurringDate::Kind::yearly:
            return std::to_string(rule.month) + "-" + std::to_string(rule.day);
        case RecurringDate::Kind::weekly:
            return weekdays[rule.weekday % 7];
        case RecurringDate::Kind::first:
            return "first" + day + period;
        case RecurringDate::Kind::last:
            return "last" + day + period;
    }
    return nothing;
}

std::string text_of(const Clock& clock) {
    return clock.due ? clock.due->expression.source() : text_of(clock.limit);
}

std::string text_of(const std::vector<ActionField>& fields) {
    return listed(fields, [](const ActionField& field) {
        return field.id + ": " + (field.required ? "" : "optional ") + to_string(field.type) +
               (field.sensitive ? " (sensitive)" : "");
    });
}

std::string text_of(const Model& model, const Separation& separation) {
    std::string text;
    for (const StateIndex state : separation.not_by) {
        text += (text.empty() ? "not_by " : ", ") + model.states[state].id;
    }
    if (separation.same_as != none) {
        text += (text.empty() ? "same_as " : ", same_as ") + model.states[separation.same_as].id;
    }
    return or_nothing(text);
}

std::string role_of(const Model& model, RoleIndex role) {
    return role == none ? nothing : model.roles[role].id;
}

std::string text_of(const Model& model, const Way& way) {
    std::string text;
    if (!way.choices.empty()) {
        for (const Way& choice : way.choices) {
            text += (text.empty() ? "" : "; ") + text_of(model, choice);
            if (choice.when) text += " when " + choice.when->expression.source();
        }
    } else if (const auto* move = std::get_if<Move>(&way.target)) {
        text = name_of(model, move->to);
    } else if (const auto* finish = std::get_if<Finish>(&way.target)) {
        text = "end: " + (finish->outcome == none ? "none" : model.outcomes[finish->outcome].id);
    } else {
        text = "stay";
    }
    for (const StateIndex state : way.also_start) text += ", also_start " + model.states[state].id;
    for (const StateIndex state : way.cancel) text += ", cancel " + model.states[state].id;
    if (!way.set.empty()) text += ", set {" + assigned(model, way.set) + "}";
    for (const Extension& more : way.extend) {
        text += ", extend " + more.clock_id + " " + text_of(more.by);
    }
    for (const RoleIndex role : way.notify) text += ", notify " + role_of(model, role);
    if (const std::string words = told(way.text); words != nothing) text += ", text \"" + words + '"';
    for (const Sending& sending : way.send) text += ", " + sending_of(model, sending);
    if (way.may_also_act) text += ", may_also_act " + role_of(model, *way.may_also_act);
    if (way.times != 1) text += ", times " + std::to_string(way.times);
    return text;
}

Aspects aspects_of(const Model& model) {
    return {{"title", told(model.title)},
            {"description", told(model.description)},
            {"source", or_nothing(model.source)},
            {"languages", listed(model.languages, [](const auto& one) { return one; })},
            {"started_by",
             listed(model.started_by, [&](RoleIndex role) { return role_of(model, role); })},
            {"input", field_names(model, model.input)},
            {"output", field_names(model, model.output)},
            {"unit", model.unit == none ? nothing : model.data[model.unit].id},
            {"valid", day_of(model.valid_from) + " ... " + day_of(model.valid_until)},
            {"statuses", listed(model.statuses,
                                [](const auto& one) { return one.id + ": " + told(one.title); })},
            {"total source", model.total ? or_nothing(model.total->source) : nothing}};
}

Aspects aspects_of(const Role& role) {
    return {{"title", told(role.title)}};
}

Aspects aspects_of(const Parameter& parameter) {
    return {{"type", to_string(parameter.type)}, {"source", or_nothing(parameter.source)}};
}

Aspects aspects_of(const Variant& variant) {
    return {{"title", told(variant.title)}, {"source", or_nothing(variant.source)}};
}

Aspects aspects_of(const Field& field) {
    return {{"title", told(field.title)},
            {"default", text_of(field.initial)},
            {"sensitive", yes_no(field.sensitive)},
            {"indexed", yes_no(field.indexed)}};
}

Aspects aspects_of(const Model& model, const Outcome& outcome) {
    return {{"title", told(outcome.title)},
            {"status", outcome.status == none ? nothing : model.statuses[outcome.status].id}};
}

Aspects aspects_of(const MessageDeclaration& message) {
    return {{"title", told(message.title)},
            {"key", text_of(message.key)},
            {"keep", yes_no(message.keep)},
            {"broadcast", yes_no(message.broadcast)},
            {"fields", text_of(message.fields)}};
}

Aspects aspects_of(const Model& model, const State& state) {
    Aspects aspects{
        {"title", told(state.title)},
        {"description", told(state.description)},
        {"source", or_nothing(state.source)},
        {"calendar", calendar_of(model, state.calendar)},
        {"waiting_for", state.waiting_for == none ? nothing : model.reasons[state.waiting_for]},
        {"status", state.status == none ? nothing : model.statuses[state.status].id},
        {"data", field_names(model, state.data)},
        {"until", text_of(state.until)},
        {"outcome", state.outcome == none ? nothing : model.outcomes[state.outcome].id},
        {"terminate", yes_no(state.terminate)},
        {"of", text_of(state.of)},
        {"as", or_nothing(state.item_name)},
        {"index", or_nothing(state.index_name)},
        {"grows", yes_no(state.grows)},
        {"at_once", std::to_string(state.at_once)},
        {"join", join_of(state.join)},
        {"others", state.keep_others ? "keep" : "cancel"},
        {"one_at_a_time",
         state.one_at_a_time == none ? nothing : model.doors[state.one_at_a_time]},
        {"set", assigned(model, state.set)},
        {"start", listed(state.entries,
                         [&](const Entry& entry) {
                             return entry.id + ": " + told(entry.title) + " (" +
                                    field_names(model, entry.input) + ")";
                         })}};
    add_outside(aspects, state);
    return aspects;
}

Aspects aspects_of(const Action& action) {
    return {{"title", told(action.title)},
            {"description", told(action.description)},
            {"source", or_nothing(action.source)},
            {"for", text_of(action.for_whom)}};
}

Aspects aspects_of(const Model& model, const Clock& clock) {
    return {{"title", told(clock.title)},
            {"source", or_nothing(clock.source)},
            {"calendar", calendar_of(model, clock.calendar)},
            {"starts", occasion_of(model, clock.starts)},
            {"stops", occasion_of(model, clock.stops)},
            {"while_waiting", policies_of(model, clock)}};
}

}  // namespace workflow::analysis
