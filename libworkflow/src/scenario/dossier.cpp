#include "scenario/dossier.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "procedure/model.hpp"
#include "workflow/limits.hpp"

namespace workflow::scenario {
namespace {

/// A case is the same each time that it is played, and nothing of it is kept.
EngineOptions options() {
    return {.salt = [number = 0]() mutable { return fmt::format("{:016}", ++number); }};
}

template <class Items>
const auto* of_ordinal(const Items& items, Ordinal ordinal) {
    const auto found = std::find_if(items.begin(), items.end(),
                                    [&](const auto& item) { return item.ordinal == ordinal; });
    return found == items.end() ? nullptr : &*found;
}

}  // namespace

Dossier::Dossier(const Script& script, const std::string& key)
    : script_(script),
      key_(key),
      clock_(std::make_shared<VirtualClock>(Instant())),
      engine_(make_memory_store(), clock_, options()) {
    for (const LoadedCalendar& calendar : script.loaded_calendars) {
        engine_.register_calendar(calendar);
    }
    engine_.register_procedure(script.loaded_procedure);
    for (const LoadedProcedure& called : script.called) engine_.register_procedure(called);
    instance_.id = instance_id(script.procedure->id(), key);
}

void Dossier::play(const ScriptStep& step) {
    step_begins_ = records_.size();
    refused_.reset();
    delivered_.reset();
    woken_ = 0;
    pass_until(step.at);
    if (!too_many_timers_) {
        clock_->set(step.at);
        happen(step);
        pass_until(step.at);
    }
}

void Dossier::pass_until(Instant until) {
    for (auto due = engine_.next_due(); due && *due <= until; due = engine_.next_due()) {
        if (woken_ >= limits::timers_between_steps_max) {
            too_many_timers_ = true;
            break;
        }
        clock_->set(std::max(*due, clock_->now()));
        const DueReport report = engine_.run_due();
        if (!report.failed.empty()) {
            throw Error(ErrorCode::internal, report.failed.front().second);
        }
        woken_ += report.fired + report.delivered + report.undelivered + report.carried;
    }
    look();
}

std::string Dossier::place_of(const ScriptStep& step) {
    std::string id = instance_.id;
    place_ = instance_;
    for (const Choice& call : step.in_call) {
        const Ordinal token = chosen(place_, call);
        const auto child = std::find_if(place_.awaited.begin(), place_.awaited.end(),
                                        [&](const Awaited& one) { return one.token == token; });
        if (child == place_.awaited.end()) return {};
        id = child->child;
        place_ = engine_.get(id).instance;
    }
    return id;
}

void Dossier::happen(const ScriptStep& step) {
    if (place_of(step).empty()) {
        refused_ = Refusal{RefusalCode::not_waiting, {"0"}, {}};
        return;
    }
    switch (step.kind) {
        case ScriptStep::Kind::pass:
            return;
        case ScriptStep::Kind::start:
            return start(step);
        case ScriptStep::Kind::message:
            return bring(step);
        case ScriptStep::Kind::perform:
            return send(Perform{step.name, step.actor, step.values,
                                step.on ? std::optional(chosen(*step.on)) : std::nullopt});
        case ScriptStep::Kind::claim:
            return send(Claim{step.actor, chosen(*step.on)});
        case ScriptStep::Kind::release:
            return send(Release{step.actor, chosen(*step.on)});
        case ScriptStep::Kind::cancel:
            return send(Cancel{step.actor, step.name});
        case ScriptStep::Kind::correct:
            return send(Correct{step.actor, step.values, {}});
        case ScriptStep::Kind::retry:
            return send(Retry{step.actor, chosen(*step.on)});
        case ScriptStep::Kind::effect:
            return answer(step);
        case ScriptStep::Kind::resolve: {
            const bool error = step.answer == EffectResult::Kind::error;
            return send(Resolve{step.actor, chosen(*step.on), step.values,
                                error ? step.name : std::string(), {}});
        }
        case ScriptStep::Kind::move:
            return send(MoveToken{step.actor, chosen(*step.on), step.name, {}});
        case ScriptStep::Kind::reassign:
            return send(Reassign{step.actor, chosen(*step.on), step.name, {}});
        case ScriptStep::Kind::delegate:
            return send(Delegate{step.actor, chosen(*step.on), step.name});
    }
}

void Dossier::start(const ScriptStep& step) {
    Answer answer =
        engine_.start({script_.procedure->id(), key_, step.actor, step.values, step.name, step.entry});
    started_ = std::holds_alternative<Done>(answer);
    if (!started_) refused_ = std::get<Refusal>(std::move(answer));
}

void Dossier::send(const Event& event) {
    if (!started_) return refuse_not_started();
    Answer answer = engine_.send(place_.id, event);
    if (auto* refusal = std::get_if<Refusal>(&answer)) refused_ = std::move(*refusal);
}

/// Of the attempt that waits; nobody of the case answers an older one.
void Dossier::answer(const ScriptStep& step) {
    const Ordinal token = chosen(*step.on);
    const auto awaited = std::find_if(place_.awaited.begin(), place_.awaited.end(),
                                      [&](const Awaited& one) { return one.token == token; });
    if (awaited == place_.awaited.end()) {
        refused_ = Refusal{RefusalCode::not_waiting, {std::to_string(token)}, {}};
        return;
    }
    const bool error = step.answer == EffectResult::Kind::error;
    send(EffectResult{token, awaited->attempt, step.answer, step.values,
                      error ? step.name : std::string(), error ? std::string() : step.name});
}

void Dossier::bring(const ScriptStep& step) {
    const procedure::Model& model = script_.procedure->model();
    const Message message{step.name, step.key, step.values, step.actor.id, {}};
    const bool has_address =
        step.key.empty() && !model.messages[procedure::find_message(model, step.name)].broadcast;
    if (has_address && !started_) return refuse_not_started();
    MessageAnswer answer =
        has_address ? engine_.send_to(instance_.id, message) : engine_.send(message);
    if (auto* refusal = std::get_if<Refusal>(&answer)) {
        refused_ = std::move(*refusal);
    } else {
        delivered_ = std::get<Delivered>(answer).how;
    }
}

void Dossier::refuse_not_started() {
    refused_ = Refusal{RefusalCode::not_started, {instance_.id}, {}};
}

void Dossier::look() {
    if (!started_) return;
    instance_ = engine_.get(instance_.id).instance;
    records_.clear();
    for (const HistoryEntry& entry : engine_.history(instance_.id)) {
        records_.insert(records_.end(), entry.records.begin(), entry.records.end());
    }
}

bool Dossier::is_item(const Instance& instance, const Token& token,
                      const std::string& item) const {
    Ordinal ordinal = token.scope;
    while (ordinal != 0) {
        const Scope* scope = of_ordinal(instance.scopes, ordinal);
        if (scope == nullptr) return false;
        if (scope->item != no_index) {
            const Value& value = scope->item_value.open();
            return (value.text() != nullptr ? *value.text()
                                            : to_string(value, script_.calendar->offset())) == item;
        }
        const Token* holder = of_ordinal(instance.tokens, scope->parent);
        if (holder == nullptr) return false;
        ordinal = holder->scope;
    }
    return false;
}

/// The activation that is meant; where there is none, an ordinal that no activation has, so that
/// the step is refused as it would be for a person who asks for what is gone.
Ordinal Dossier::chosen(const Instance& instance, const Choice& choice) const {
    std::uint32_t number = 0;
    for (const Token& token : instance.tokens) {
        if (token.state != choice.state || token.remainder) continue;
        if (choice.item && !is_item(instance, token, *choice.item)) continue;
        if (++number == choice.number) return token.ordinal;
    }
    return instance.next_ordinal;
}

}  // namespace workflow::scenario
