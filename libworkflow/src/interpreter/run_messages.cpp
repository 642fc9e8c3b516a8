// Messages: places that wait, what is kept in the instance, what is sent (rules R60, R61).
#include <algorithm>

#include "interpreter/messages.hpp"
#include "interpreter/route.hpp"
#include "workflow/limits.hpp"

namespace workflow::interpreter {
namespace {

using namespace procedure;

Value key_value(const std::string& key) {
    return key.empty() ? Value() : Value(key);
}

[[noreturn]] void refuse_null(const Cel& cel) {
    throw Abandon{RefusalCode::cannot_evaluate,
                  {std::to_string(cel.place.line) + ":" + std::to_string(cel.place.column),
                   "null-value", cel.expression.source()}};
}

void check_size(const std::string& text, const std::string& name) {
    if (text.size() <= limits::key_bytes_max) return;
    throw Abandon{RefusalCode::too_large, {name, std::to_string(limits::key_bytes_max)}};
}

/// A key or an address that a way sends to.
std::string text_of(Run& run, const Cel& cel, const std::string& message, Ordinal scope) {
    const Value value = run.evaluate(cel, scope);
    const std::string* text = value.open().text();
    if (text == nullptr || text->empty()) refuse_null(cel);
    check_size(*text, message);
    return *text;
}

Members message_fields(const Run& run, const MessageDeclaration& declared,
                       const FieldValues& given) {
    return run.checked_fields<ActionField>(declared.fields, given);
}

MessageIndex message_of(const Run& run, const Message& event) {
    const MessageIndex message = find_message(run.model, event.message);
    if (message != none) return message;
    std::vector<std::string> names;
    for (const MessageDeclaration& known : run.model.messages) names.push_back(known.id);
    throw Abandon{RefusalCode::unknown_message, {event.message, nearest(event.message, names)}};
}

std::vector<Place> places_of(const Run& run, std::optional<Ordinal> only) {
    std::vector<Place> places;
    for (const Subscription& waiting : run.instance.subscriptions) {
        if (only && *only != waiting.ordinal) continue;
        const Token* token = find_ordinal(run.instance.tokens, waiting.ordinal);
        if (token != nullptr && token->incident) continue;
        places.push_back({run.instance.id, run.model.messages[waiting.message].id, waiting.key,
                          token != nullptr ? token->entered : run.instance.started,
                          waiting.ordinal});
    }
    return places;
}

const Receipt& receipt_of(Run& run, Ordinal place, MessageIndex message) {
    const auto& receipts = run.model.states[run.state_of(place)].receive;
    return *std::find_if(receipts.begin(), receipts.end(),
                         [&](const Receipt& receipt) { return receipt.message == message; });
}

/// With `message` bound.
bool holds(Run& run, Ordinal place, MessageIndex message) {
    const Way& way = receipt_of(run, place, message).way;
    try {
        return !way.when || run.test(*way.when, run.scope_of(place));
    } catch (const Abandon&) {
        return false;  // it has not found its place (R24a)
    }
}

Route route_inside(Run& run, MessageIndex message, const std::string& key,
                   std::optional<Ordinal> only) {
    const MessageDeclaration& declared = run.model.messages[message];
    const Letter letter{.message = declared.id,
                        .key = key,
                        .instance = run.instance.id,
                        .keep = declared.keep && !only};
    return route(letter, places_of(run, only),
                 [&](const Place& place) { return holds(run, place.ordinal, message); });
}

void keep(Run& run, MessageIndex message, const std::string& key, const Value& fields) {
    Instance& instance = run.instance;
    instance.kept.push_back({instance.next_ordinal++, message, key, fields});
    run.record(RecordKind::message_kept, 0, root_state, message, no_index, key_value(key));
}

void ignore(Run& run, MessageIndex message, const std::string& key) {
    run.record(RecordKind::message_ignored, 0, root_state, message, no_index, key_value(key));
}

}  // namespace

void Run::subscribe(Ordinal ordinal, StateIndex index, Ordinal scope_ordinal) {
    for (const Receipt& receipt : model.states[index].receive) {
        subscribe_to(receipt.message, ordinal, scope_ordinal);
    }
}

void Run::subscribe_to(MessageIndex message, Ordinal ordinal, Ordinal scope_ordinal) {
    const MessageDeclaration& declared = model.messages[message];
    std::string key;
    if (declared.key) {
        const Value value = evaluate(*declared.key, scope_ordinal);
        if (const std::string* text = value.open().text()) key = *text;
    }
    check_size(key, declared.id);
    instance.subscriptions.push_back({ordinal, message, std::move(key)});
}

void Run::unsubscribe(Ordinal ordinal) {
    erase_if(instance.subscriptions,
             [&](const Subscription& waiting) { return waiting.ordinal == ordinal; });
}

void Run::receive(Ordinal place, const KeptMessage& taken) {
    bind(slot_message, taken.fields);
    record(RecordKind::message_taken, place, state_of(place), taken.message, no_index,
           key_value(taken.key));
    const MessageDeclaration& declared = model.messages[taken.message];
    const Members& fields = *taken.fields.members();
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const FieldIndex stored_in = declared.fields[i].stored_in;
        if (stored_in != none && !fields[i].second.is_null()) {
            store(stored_in, fields[i].second, scope_of(place));
        }
    }
    const StateIndex state = state_of(place);
    if (model.states[state].watched) watch(OccasionKind::message, place, state, declared.id);
    take(receipt_of(*this, place, taken.message).way, place);
    unbind(slot_message);
}

std::optional<Ready> Run::ready_kept() {
    std::optional<Ready> found;
    for (std::size_t i = 0; i < instance.kept.size() && !found; ++i) {
        const KeptMessage& kept = instance.kept[i];
        bind(slot_message, kept.fields);
        const Route route = route_inside(*this, kept.message, kept.key, {});
        if (route.takers.empty()) continue;
        const Ordinal place = route.takers.front().ordinal;
        found = Ready{Ready::What::message, place, scope_of(place), state_of(place), kept.ordinal};
    }
    unbind(slot_message);
    return found;
}

void Run::take_kept(const Ready& ready) {
    const auto found =
        std::find_if(instance.kept.begin(), instance.kept.end(),
                     [&](const KeptMessage& kept) { return kept.ordinal == ready.message; });
    const KeptMessage kept = *found;
    instance.kept.erase(found);
    receive(ready.token, kept);
}

void Run::discard_kept(Ordinal ordinal) {
    const auto found =
        std::find_if(instance.kept.begin(), instance.kept.end(),
                     [&](const KeptMessage& kept) { return kept.ordinal == ordinal; });
    ignore(*this, found->message, found->key);
    instance.kept.erase(found);
}

void Run::report_unread() {
    for (const KeptMessage& kept : instance.kept) ignore(*this, kept.message, kept.key);
    instance.kept.clear();
    instance.subscriptions.clear();
}

void Run::send(const Way& way, Ordinal carrier, Ordinal inside) {
    const StateIndex state = state_of(carrier);
    for (const Sending& sending : way.send) {
        const MessageDeclaration& declared = model.messages[sending.message];
        Dispatch dispatch{.token = carrier, .state = state};
        dispatch.message.message = declared.id;
        dispatch.message.sender = instance.id;
        if (sending.key) dispatch.message.key = text_of(*this, *sending.key, declared.id, inside);
        if (sending.instance) {
            dispatch.instance = text_of(*this, *sending.instance, declared.id, inside);
        }
        FieldValues given;
        for (const auto& [name, cel] : sending.with)
            given.emplace_back(name, evaluate(cel, inside));
        for (auto& [name, value] : message_fields(*this, declared, given)) {
            if (!value.is_null()) dispatch.message.fields.emplace_back(name, value);
        }
        record(RecordKind::sent, carrier, state, sending.message, no_index,
               key_value(sending.instance ? dispatch.instance : dispatch.message.key));
        effects.emplace_back(std::move(dispatch));
    }
}

void apply_message(Run& run, const Message& event) {
    const MessageIndex message = message_of(run, event);
    KeptMessage given{.message = message, .key = event.key};
    given.fields = message_fields(run, run.model.messages[message], event.fields);
    run.bind(slot_message, given.fields);
    const Route found = route_inside(run, message, event.key, event.place);
    if (found.delivery == Delivery::kept) {
        const auto waiting = std::count_if(
            run.instance.kept.begin(), run.instance.kept.end(), [&](const KeptMessage& other) {
                return other.message == message && other.key == event.key;
            });
        if (static_cast<std::size_t>(waiting) >= limits::kept_messages_max) {
            throw Abandon{RefusalCode::too_large,
                          {event.message, std::to_string(limits::kept_messages_max)}};
        }
        return keep(run, message, event.key, given.fields);
    }
    if (found.takers.empty()) return ignore(run, message, event.key);
    const Ordinal place = found.takers.front().ordinal;
    if (run.take_event(place, [&] { run.receive(place, given); })) return;
    // The message waits for the retry of what stands still.
    if (place == 0) return ignore(run, message, event.key);
    keep(run, message, event.key, given.fields);
}

bool takes(const Procedure& procedure, const Calendars& calendars, const Instance& instance,
           const Message& message, Ordinal place, Instant now) {
    Step untaken{Instance(instance)};
    Run run(procedure, calendars, calendar_of(calendars, instance), untaken,
            std::max(now, instance.last_now));
    const MessageIndex index = find_message(run.model, message.message);
    if (index == none) return false;
    try {
        run.bind(slot_message, message_fields(run, run.model.messages[index], message.fields));
    } catch (const Abandon&) {
        return false;
    }
    return !route_inside(run, index, message.key, place).takers.empty();
}

std::optional<Refusal> objection_to(const Procedure& procedure, const Calendar& calendar,
                                    const Message& message) {
    Step untaken;
    const Calendars no_others;
    const Run run(procedure, no_others, calendar, untaken, Instant());
    try {
        const MessageIndex index = message_of(run, message);
        (void)message_fields(run, run.model.messages[index], message.fields);
    } catch (const Abandon& reason) {
        return Refusal{reason.code, reason.arguments, {}};
    }
    return std::nullopt;
}

}  // namespace workflow::interpreter
