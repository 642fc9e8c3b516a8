// What is done outside the instance: services of the host, called procedures (rules R65 to R67).
#include <algorithm>
#include <chrono>

#include "interpreter/outside.hpp"
#include "workflow/limits.hpp"

namespace workflow::interpreter {
namespace {

using namespace procedure;

std::chrono::milliseconds length_of(const Limit& limit) {
    if (limit.unit == Unit::minutes) return std::chrono::minutes(limit.count);
    if (limit.unit == Unit::hours) return std::chrono::hours(limit.count);
    return std::chrono::days(limit.count);
}

/// How long to wait after that many attempts have failed: exponential, bounded.
std::chrono::milliseconds pause_after(std::uint32_t failed, const Retries& retry) {
    const auto longest = length_of(retry.longest);
    auto pause = length_of(retry.first);
    for (std::uint32_t i = 1; i < failed && pause < longest; ++i) pause *= retry.factor;
    return std::min(pause, longest);
}

Members given_values(Run& run, const std::vector<std::pair<std::string, Cel>>& given,
                     Ordinal scope) {
    Members values;
    values.reserve(given.size());
    for (const auto& [name, cel] : given) values.emplace_back(name, run.evaluate(cel, scope));
    return values;
}

Awaited* awaited_by(Run& run, Ordinal token) {
    auto& all = run.instance.awaited;
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const Awaited& one) { return one.token == token; });
    return found != all.end() ? &*found : nullptr;
}

void forget(Run& run, Ordinal token) {
    erase_if(run.instance.awaited, [&](const Awaited& one) { return one.token == token; });
}

void drop_timers(Run& run, Ordinal ordinal) {
    const std::size_t own = run.model.states[run.state_of(ordinal)].timers.size();
    erase_if(run.token(ordinal).timers,
             [&](const TimerState& timer) { return timer.timer >= own; });
}

/// Where an incident stands in the way of an answer that has come after all.
void close_incident(Run& run, Ordinal ordinal) {
    Token& token = run.token(ordinal);
    if (!token.incident) return;
    run.close_incident(token);
    run.record(RecordKind::incident_resolved, ordinal, token.state);
}

const Service* service_of(Run& run, Ordinal ordinal) {
    const Token* token = run.find_token(ordinal);
    if (token == nullptr || token->at_door || awaited_by(run, ordinal) == nullptr) return nullptr;
    const State& state = run.model.states[token->state];
    return state.service ? &*state.service : nullptr;
}

void store_result(Run& run, const std::vector<ActionField>& fields, const Members& values,
                  Ordinal scope) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
        if (fields[i].stored_in == none || values[i].second.is_null()) continue;
        run.store(fields[i].stored_in, values[i].second, scope);
    }
}

Members absent(const std::vector<ActionField>& fields) {
    Members values;
    for (const ActionField& field : fields) values.emplace_back(field.id, Value());
    return values;
}

const Way* way_of_error(const Service& service, const std::string& code) {
    const Way* otherwise = nullptr;
    for (const auto& [known, way] : service.errors) {
        if (known == code) return &way;
        if (known.empty()) otherwise = &way;
    }
    return otherwise;
}

void take_result(Run& run, Ordinal ordinal, const std::vector<ActionField>& fields,
                 const Members& values) {
    const State& state = run.model.states[run.state_of(ordinal)];
    run.record(RecordKind::effect_result, ordinal, run.state_of(ordinal), no_index, no_index,
               Value(values));
    forget(run, ordinal);
    run.bind(slot_result, Value(values));
    store_result(run, fields, values, run.scope_of(ordinal));
    run.assign(state.set, run.scope_of(ordinal));
    run.take(*state.to, ordinal);
    run.unbind(slot_result);
}

void take_error(Run& run, Ordinal ordinal, const Way& way, const std::string& code,
                const std::string& text) {
    run.record(RecordKind::effect_error, ordinal, run.state_of(ordinal), no_index, no_index,
               List{code, text});
    forget(run, ordinal);
    run.bind(slot_error, Members{{"code", code}, {"text", text}});
    run.take(way, ordinal);
    run.unbind(slot_error);
}

/// The way after a child's end; nothing: it ends as the child has. Abandon where there is none.
const Way* way_after_child(const State& state, OutcomeIndex outcome, const std::string& name,
                           bool cancelled) {
    const Way* otherwise = state.to ? &*state.to : nullptr;
    for (const auto& [key, way] : state.outcomes) {
        if (key != none && key == outcome) return &way;
        if (key == none) otherwise = &way;
    }
    // Somebody from outside has stopped it: no way for the others is meant for that (rule R67).
    if (cancelled || (otherwise == nullptr && outcome == none && !name.empty())) {
        throw Abandon{RefusalCode::unexpected_outcome, {state.id, name}};
    }
    return otherwise;
}

OutcomeIndex outcome_named(const Model& model, const std::string& name) {
    for (OutcomeIndex i = 0; i < model.outcomes.size(); ++i) {
        if (!name.empty() && model.outcomes[i].id == name) return i;
    }
    return none;
}

std::optional<ChildEnded> end_told(const Model& model, const Instance& child) {
    const bool ended = child.status == Instance::Status::ended;
    if (!ended || !child.caller || child.caller->token == 0) return std::nullopt;
    ChildEnded told{.token = child.caller->token, .child = child.id};
    if (child.cancelled) {
        told.outcome = "cancelled";
    } else if (child.outcome != none) {
        told.outcome = model.outcomes[child.outcome].id;
    }
    for (const FieldIndex field : model.output) {
        const Value& value = child.data[field];
        if (!value.is_null()) told.output.emplace_back(model.data[field].id, value);
    }
    return told;
}

void take_child_end(Run& run, const ChildEnded& event) {
    const State& state = run.model.states[run.state_of(event.token)];
    const auto& fields = state.call->result;
    FieldValues asked_for;
    for (const auto& [name, value] : event.output) {
        const bool asked =
            std::any_of(fields.begin(), fields.end(),
                        [&, &id = name](const ActionField& field) { return field.id == id; });
        if (asked) asked_for.emplace_back(name, value);
    }
    const bool cancelled = event.outcome == "cancelled";
    const OutcomeIndex outcome = outcome_named(run.model, event.outcome);
    const Way* way = way_after_child(state, outcome, event.outcome, cancelled);
    // A child that was stopped has nothing to give.
    const Members values =
        cancelled ? absent(fields) : run.checked_fields<ActionField>(fields, asked_for);
    forget(run, event.token);
    run.bind(slot_result, Value(values));
    run.bind(slot_outcome, event.outcome.empty() ? Value() : Value(event.outcome));
    store_result(run, fields, values, run.scope_of(event.token));
    run.assign(state.set, run.scope_of(event.token));
    if (way != nullptr) {
        run.take(*way, event.token);
    } else {
        run.finish(event.token, outcome);
    }
    run.unbind(slot_result);
    run.unbind(slot_outcome);
}

}  // namespace

void Run::request(Ordinal ordinal) {
    instance.awaited.push_back({.token = ordinal});
    ask_service(ordinal);
}

void Run::ask_service(Ordinal ordinal) {
    const StateIndex index = state_of(ordinal);
    const State& state = model.states[index];
    const std::uint32_t attempt = awaited_by(*this, ordinal)->attempt;
    ServiceRequest request{
        .token = ordinal,
        .state = index,
        .handler = state.service->handler,
        .input = Value(given_values(*this, state.service->input, scope_of(ordinal))),
        .attempt = attempt};
    record(RecordKind::effect_requested, ordinal, index, attempt, no_index,
           Value(state.service->handler));
    effects.emplace_back(std::move(request));
    if (state.service->timeout) {
        token(ordinal).timers.push_back(
            {timeout_timer(state), 0, now + length_of(*state.service->timeout)});
    }
}

void Run::fail_attempt(Ordinal ordinal, const std::vector<std::string>& why) {
    const StateIndex index = state_of(ordinal);
    const Service& service = *model.states[index].service;
    const std::uint32_t attempt = awaited_by(*this, ordinal)->attempt;
    List told;
    for (const std::string& word : why) told.emplace_back(word);
    record(RecordKind::effect_failed, ordinal, index, attempt, no_index, Value(std::move(told)));
    drop_timers(*this, ordinal);
    if (attempt < service.retry.times) {
        token(ordinal).timers.push_back(
            {retry_timer(model.states[index]), 0, now + pause_after(attempt, service.retry)});
        return;
    }
    Abandon reason{RefusalCode::service_failed,
                   {model.states[index].id, service.handler, std::to_string(attempt)}};
    reason.arguments.insert(reason.arguments.end(), why.begin(), why.end());
    open_incident(ordinal, reason);
}

void Run::fire_service_timer(Ordinal ordinal, std::uint32_t timer) {
    const bool timed_out = timer == timeout_timer(model.states[state_of(ordinal)]);
    drop_timers(*this, ordinal);
    if (timed_out) return fail_attempt(ordinal, {"timeout"});
    ++awaited_by(*this, ordinal)->attempt;
    ask_service(ordinal);
}

void Run::ask_again(Ordinal ordinal) {
    Awaited* const awaited = awaited_by(*this, ordinal);
    if (awaited == nullptr) return;
    drop_timers(*this, ordinal);
    if (awaited->child.empty()) {
        ++awaited->attempt;
        ask_service(ordinal);
    } else {
        start_child(ordinal);
    }
}

void Run::start_child(Ordinal ordinal) {
    const StateIndex index = state_of(ordinal);
    const Call& call = *model.states[index].call;
    const std::uint32_t depth = instance.caller ? instance.caller->depth + 1 : 1;
    if (depth > limits::call_depth_max) {
        throw Abandon{
            RefusalCode::calls_too_deep,
            {model.states[index].id, call.procedure, std::to_string(limits::call_depth_max)}};
    }
    // A child's key says whose it is: that of the first caller, then token by token.
    const std::string key =
        (instance.caller ? std::string(business_key(instance.id)) : instance.id) + "#" +
        std::to_string(ordinal);
    if (key.size() > limits::key_bytes_max) {
        throw Abandon{RefusalCode::too_large,
                      {model.states[index].id, std::to_string(limits::key_bytes_max)}};
    }
    ChildStart start{.token = ordinal,
                     .state = index,
                     .child = call.procedure + "/" + key,
                     .procedure = call.procedure,
                     .entry = call.entry,
                     .version = call.version.value_or(0),
                     .variant = call.variant,
                     .depth = depth,
                     .detached = call.detached};
    for (auto& [name, value] : given_values(*this, call.input, scope_of(ordinal))) {
        start.input.emplace_back(name, std::move(value));
    }
    record(RecordKind::child_started, ordinal, index, no_index, no_index, Value(start.child));
    if (!call.detached && awaited_by(*this, ordinal) == nullptr) {
        instance.awaited.push_back({.token = ordinal, .child = start.child});
    }
    effects.emplace_back(std::move(start));
}

void Run::stop_awaiting(Ordinal ordinal) {
    const Awaited* const awaited = awaited_by(*this, ordinal);
    if (awaited == nullptr) return;
    const StateIndex index = state_of(ordinal);
    record(RecordKind::effect_withdrawn, ordinal, index);
    if (awaited->child.empty()) {
        effects.emplace_back(ServiceRequest{.token = ordinal,
                                            .state = index,
                                            .handler = model.states[index].service->handler,
                                            .attempt = awaited->attempt,
                                            .withdrawn = true});
    } else {
        effects.emplace_back(ChildCancel{ordinal, awaited->child});
    }
    forget(*this, ordinal);
}

void Run::report_to_caller() {
    auto ended = end_told(model, instance);
    if (ended) effects.emplace_back(ChildReport{instance.caller->instance, std::move(*ended)});
}

std::optional<ChildEnded> end_of_child(const Procedure& procedure, const Instance& child) {
    return end_told(procedure.model(), child);
}

void apply_result(Run& run, const EffectResult& event) {
    // What was never asked cannot be answered late.
    if (event.token == 0 || event.token >= run.instance.next_ordinal) {
        throw Abandon{RefusalCode::no_such_work_item, {std::to_string(event.token), "answer"}};
    }
    const Service* const service = service_of(run, event.token);
    const auto ignore = [&] {
        run.record(RecordKind::answer_ignored, event.token, no_index, no_index, no_index,
                   Value(event.text));
    };
    if (service == nullptr) return ignore();
    // An attempt fails once: what comes in the pause after it, or late, neither postpones the next
    // one nor opens another incident. What is right is welcome at any time.
    const auto fail = [&](const std::vector<std::string>& why) {
        const auto& timers = run.token(event.token).timers;
        const std::uint32_t again = retry_timer(run.model.states[run.state_of(event.token)]);
        const bool paused = std::any_of(timers.begin(), timers.end(), [&](const TimerState& timer) {
            return timer.timer == again;
        });
        const bool stands = run.token(event.token).incident;
        if (paused || stands || event.attempt != awaited_by(run, event.token)->attempt) {
            return ignore();
        }
        run.fail_attempt(event.token, why);
        run.settle();
    };
    if (event.kind == EffectResult::Kind::failure) return fail({"failure", event.text});
    if (event.kind == EffectResult::Kind::error) {
        const Way* const way = way_of_error(*service, event.code);
        if (way == nullptr) return fail({"unknown-error", event.code, event.text});
        close_incident(run, event.token);
        run.take_event(event.token,
                       [&] { take_error(run, event.token, *way, event.code, event.text); });
        return;
    }
    Members values;
    try {
        values = run.checked_fields<ActionField>(service->result, event.result);
    } catch (const Abandon& wrong) {
        std::vector<std::string> why{to_string(wrong.code)};
        why.insert(why.end(), wrong.arguments.begin(), wrong.arguments.end());
        return fail(why);
    }
    close_incident(run, event.token);
    run.take_event(event.token, [&] { take_result(run, event.token, service->result, values); });
}

void resolve(Run& run, const Resolve& event) {
    run.bind_actor(event.actor);
    const Service* const service = service_of(run, event.token);
    if (service == nullptr) {
        throw Abandon{RefusalCode::not_waiting, {std::to_string(event.token)}};
    }
    const Way* way = nullptr;
    if (!event.error.empty()) {
        way = way_of_error(*service, event.error);
        if (way == nullptr) {
            throw Abandon{RefusalCode::unknown_error,
                          {event.error, run.model.states[run.state_of(event.token)].id}};
        }
    }
    close_incident(run, event.token);
    if (way != nullptr) {
        take_error(run, event.token, *way, event.error, event.reason);
    } else {
        const Members values = run.checked_fields<ActionField>(service->result, event.result);
        take_result(run, event.token, service->result, values);
    }
    run.settle();
}

void apply_child_end(Run& run, const ChildEnded& event) {
    const Token* const token = run.find_token(event.token);
    const Awaited* const awaited = token != nullptr ? awaited_by(run, event.token) : nullptr;
    if (awaited == nullptr || awaited->child != event.child) {
        run.record(RecordKind::answer_ignored, event.token, no_index, no_index, no_index,
                   Value(event.child));
        return;
    }
    close_incident(run, event.token);
    if (!event.refused.empty()) {
        Abandon reason{
            RefusalCode::child_not_started,
            {run.model.states[token->state].id, run.model.states[token->state].call->procedure}};
        reason.arguments.insert(reason.arguments.end(), event.refused.begin(), event.refused.end());
        run.open_incident(event.token, reason);
        return run.settle();
    }
    run.record(RecordKind::child_ended, event.token, token->state, no_index, no_index,
               List{event.child, event.outcome.empty() ? Value() : Value(event.outcome)});
    run.take_event(event.token, [&] { take_child_end(run, event); });
}

}  // namespace workflow::interpreter
