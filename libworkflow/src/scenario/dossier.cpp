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
    Life& own = lives_.emplace_back();
    own.procedure = script.procedure;
    own.instance.id = instance_id(script.procedure->id(), key);
    unborn_.procedure = script.procedure;
    asked_ = &own;
}

void Dossier::play(const ScriptStep& step) {
    if (asked_ != nullptr) asked_->asked_before = asked_->records.size();
    for (Life& life : lives_) life.step_begins = life.records.size();
    refused_.reset();
    delivered_.reset();
    woken_ = 0;
    // What ends while time passes can still be looked at.
    asked_ = step.kind == ScriptStep::Kind::pass ? place_of(step) : nullptr;
    pass_until(step.at);
    if (too_many_timers_) return;
    clock_->set(step.at);
    if (asked_ == nullptr) asked_ = place_of(step);
    if (asked_ == nullptr) {
        unborn_ = Life{.procedure = step.about};
        refused_ = Refusal{RefusalCode::not_waiting, {"0"}, {}};
        return;
    }
    happen(step);
    pass_until(step.at);
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

Life* Dossier::place_of(const ScriptStep& step) {
    Life* place = &lives_.front();
    for (const Choice& call : step.in_call) {
        const Ordinal token = chosen(place->instance, call);
        const auto& awaited = place->instance.awaited;
        const auto child = std::find_if(awaited.begin(), awaited.end(),
                                        [&](const Awaited& one) { return one.token == token; });
        place = child == awaited.end() ? nullptr : find(child->child);
        if (place == nullptr) return nullptr;
    }
    return place;
}

Life* Dossier::find(const std::string& id) {
    const auto found = std::find_if(lives_.begin(), lives_.end(),
                                    [&](const Life& life) { return life.instance.id == id; });
    return found == lives_.end() ? nullptr : &*found;
}

void Dossier::happen(const ScriptStep& step) {
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
            return send(Resolve{
                step.actor, chosen(*step.on), step.values, error ? step.name : std::string(), {}});
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
    Answer answer = engine_.start(
        {script_.procedure->id(), key_, step.actor, step.values, step.name, step.entry});
    started_ = std::holds_alternative<Done>(answer);
    if (started_) return;
    refused_ = std::get<Refusal>(std::move(answer));
    const Calendar& calendar = *script_.calendar;
    Start event{step.actor, step.values, step.name, calendar.digest(), {}, step.entry, {}};
    for (const std::string& other : script_.procedure->more_calendars()) {
        for (const LoadedCalendar& known : script_.loaded_calendars) {
            if (known.calendar->id() == other)
                event.more_calendars.push_back(known.calendar->digest());
        }
    }
    note_attempt(event);
}

void Dossier::send(const Event& event) {
    if (!started_) return refuse_not_started();
    Answer answer = engine_.send(asked_->instance.id, event);
    if (auto* refusal = std::get_if<Refusal>(&answer)) {
        refused_ = std::move(*refusal);
        note_attempt(event);
    }
}

/// Of the attempt that waits; nobody of the case answers an older one.
void Dossier::answer(const ScriptStep& step) {
    const Ordinal token = chosen(*step.on);
    const auto& all = asked_->instance.awaited;
    const auto awaited = std::find_if(all.begin(), all.end(),
                                      [&](const Awaited& one) { return one.token == token; });
    if (awaited == all.end()) {
        refused_ = Refusal{RefusalCode::not_waiting, {std::to_string(token)}, {}};
        return;
    }
    const bool error = step.answer == EffectResult::Kind::error;
    send(EffectResult{token, awaited->attempt, step.answer, step.values,
                      error ? step.name : std::string(), error ? std::string() : step.name});
}

/// What happens in a call is addressed to the called dossier, with or without a key.
void Dossier::bring(const ScriptStep& step) {
    const procedure::Model& model = step.about->model();
    const Message message{step.name, step.key, step.values, step.actor.id, {}};
    const bool broadcast = model.messages[procedure::find_message(model, step.name)].broadcast;
    const bool has_address = (step.key.empty() && !broadcast) || !step.in_call.empty();
    if (has_address && !started_) return refuse_not_started();
    MessageAnswer answer =
        has_address ? engine_.send_to(asked_->instance.id, message) : engine_.send(message);
    if (auto* refusal = std::get_if<Refusal>(&answer)) {
        refused_ = std::move(*refusal);
        return;
    }
    delivered_ = std::get<Delivered>(answer).how;
    if (*delivered_ != Delivered::How::taken) note_attempt(message);
}

void Dossier::note_attempt(const Event& event) {
    if (!asked_->is_started() && !std::holds_alternative<Start>(event)) return;
    const Life before{.procedure = asked_->procedure, .instance = asked_->instance};
    attempts_.push_back({before, event, clock_->now()});
}

void Dossier::refuse_not_started() {
    refused_ = Refusal{RefusalCode::not_started, {own().instance.id}, {}};
}

void Dossier::look() {
    if (!started_) return;
    look_at(own().instance.id);
    if (script_.procedure->called().empty()) return;
    std::string last;
    while (true) {
        const auto ids = engine_.instances(last);
        if (ids.empty()) return;
        for (const std::string& id : ids) {
            if (id != own().instance.id) look_at(id);
        }
        last = ids.back();
    }
}

void Dossier::look_at(const std::string& id) {
    InstanceView view = engine_.get(id);
    Life* life = find(id);
    if (life == nullptr) {
        life = &lives_.emplace_back();
        life->procedure = view.procedure;
    }
    if (life->is_started() && life->instance.revision == view.instance.revision) return;
    life->instance = std::move(view.instance);
    life->records.clear();
    for (const HistoryEntry& entry : engine_.history(id)) {
        life->records.insert(life->records.end(), entry.records.begin(), entry.records.end());
    }
}

bool Dossier::is_item(const Instance& instance, const Token& token, const std::string& item) const {
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
