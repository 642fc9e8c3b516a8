#include "record/event_bytes.hpp"

#include "workflow/error.hpp"

namespace workflow::record {
void write_texts(Writer& out, const std::vector<std::string>& texts) {
    out.number(texts.size());
    for (const std::string& text : texts) out.text(text);
}

std::vector<std::string> read_texts(Reader& in) {
    std::vector<std::string> texts(in.count());
    for (std::string& text : texts) text = in.text();
    return texts;
}

namespace {

// Numbers of the kinds of event, for ever (README.md of this module).
enum EventTag : std::uint8_t {
    event_start = 1,
    event_perform,
    event_timer_due,
    event_retry,
    event_correct,
    event_cancel,
    event_claim,
    event_release,
    event_calendar_changed,
    event_reassign,
    event_delegate,
    event_move_token,
    event_message,
    event_effect_result,
    event_resolve,
    event_child_ended,
    event_migrate,
    event_erase,
    event_suspend,
    event_resume,
    event_retry_for_a_reason,
};

void write_digests(Writer& out, const std::vector<Digest>& digests) {
    out.number(digests.size());
    for (const Digest& digest : digests) out.digest(digest);
}

std::vector<Digest> read_digests(Reader& in) {
    std::vector<Digest> digests(in.count());
    for (Digest& digest : digests) digest = in.digest();
    return digests;
}

void write_names(Writer& out, const MigrationMapping::Names& names) {
    out.number(names.size());
    for (const auto& [old_id, new_id] : names) {
        out.text(old_id);
        out.text(new_id);
    }
}

MigrationMapping::Names read_names(Reader& in) {
    MigrationMapping::Names names(in.count());
    for (auto& [old_id, new_id] : names) {
        old_id = in.text();
        new_id = in.text();
    }
    return names;
}

void write_actor(Writer& out, const Actor& actor) {
    out.text(actor.id);
    write_texts(out, actor.roles);
    write_texts(out, actor.units);
    out.text(actor.acting_for);
}

Actor read_actor(Reader& in) {
    Actor actor;
    actor.id = in.text();
    actor.roles = read_texts(in);
    actor.units = read_texts(in);
    actor.acting_for = in.text();
    return actor;
}

}  // namespace

void write_fields(Writer& out, const FieldValues& fields) {
    out.number(fields.size());
    for (const auto& [name, value] : fields) {
        out.text(name);
        write(out, value);
    }
}

FieldValues read_fields(Reader& in, const Secrets& secrets) {
    FieldValues fields(in.count());
    for (auto& [name, value] : fields) {
        name = in.text();
        value = read_value(in, secrets);
    }
    return fields;
}

void write_message(Writer& out, const Message& message) {
    out.text(message.message);
    out.text(message.key);
    write_fields(out, message.fields);
    out.text(message.sender);
    out.index(message.place.value_or(no_index));
}

Message read_message(Reader& in, const Secrets& secrets) {
    Message message;
    message.message = in.text();
    message.key = in.text();
    message.fields = read_fields(in, secrets);
    message.sender = in.text();
    const std::uint32_t place = in.index();
    if (place != no_index) message.place = place;
    return message;
}

void write_child_ended(Writer& out, const ChildEnded& ended) {
    out.number(ended.token);
    out.text(ended.child);
    out.text(ended.outcome);
    write_fields(out, ended.output);
    write_texts(out, ended.refused);
}

ChildEnded read_child_ended(Reader& in, const Secrets& secrets) {
    ChildEnded ended;
    ended.token = in.number32();
    ended.child = in.text();
    ended.outcome = in.text();
    ended.output = read_fields(in, secrets);
    ended.refused = read_texts(in);
    return ended;
}

void write_caller(Writer& out, const std::optional<Caller>& caller) {
    out.flag(caller.has_value());
    if (!caller) return;
    out.text(caller->instance);
    out.number(caller->token);
    out.number(caller->depth);
}

std::optional<Caller> read_caller(Reader& in) {
    if (!in.flag()) return std::nullopt;
    Caller caller;
    caller.instance = in.text();
    caller.token = in.number32();
    caller.depth = in.number32();
    return caller;
}

namespace {

void write_mapping(Writer& out, const MigrationMapping& mapping) {
    write_names(out, mapping.states);
    write_names(out, mapping.clocks);
    write_names(out, mapping.fields);
    write_names(out, mapping.messages);
    write_names(out, mapping.roles);
    write_texts(out, mapping.restart);
    write_texts(out, mapping.keep_limit);
    write_texts(out, mapping.restart_timers);
    write_texts(out, mapping.forget);
    write_texts(out, mapping.variant ? std::vector{*mapping.variant} : std::vector<std::string>{});
    write_fields(out, mapping.data);
}

struct WriteEvent {
    Writer& out;
    void operator()(const Start& event) const {
        out.number(event_start);
        write_actor(out, event.actor);
        write_fields(out, event.data);
        out.text(event.variant);
        out.digest(event.calendar);
        write_digests(out, event.more_calendars);
        out.text(event.entry);
        write_caller(out, event.caller);
    }
    void operator()(const Perform& event) const {
        out.number(event_perform);
        out.text(event.action);
        write_actor(out, event.actor);
        write_fields(out, event.fields);
        out.index(event.work_item.value_or(no_index));
    }
    void operator()(const TimerDue& event) const {
        out.number(event_timer_due);
        out.number(event.ordinal);
        out.number(event.timer);
        out.instant(event.due);
    }
    void operator()(const Retry& event) const {
        out.number(event.reason.empty() ? event_retry : event_retry_for_a_reason);
        write_actor(out, event.actor);
        out.number(event.token);
        if (!event.reason.empty()) out.text(event.reason);
    }
    void operator()(const Correct& event) const {
        out.number(event_correct);
        write_actor(out, event.actor);
        write_fields(out, event.data);
        out.text(event.reason);
        out.number(event.token);
    }
    void operator()(const Cancel& event) const {
        out.number(event_cancel);
        write_actor(out, event.actor);
        out.text(event.reason);
    }
    void operator()(const Claim& event) const {
        out.number(event_claim);
        write_actor(out, event.actor);
        out.number(event.work_item);
    }
    void operator()(const Release& event) const {
        out.number(event_release);
        write_actor(out, event.actor);
        out.number(event.work_item);
    }
    void operator()(const CalendarChanged& event) const {
        out.number(event_calendar_changed);
        write_actor(out, event.actor);
        out.digest(event.from);
        out.digest(event.to);
    }
    void operator()(const Reassign& event) const {
        out.number(event_reassign);
        write_actor(out, event.actor);
        out.number(event.work_item);
        out.text(event.to);
        out.text(event.reason);
    }
    void operator()(const Delegate& event) const {
        out.number(event_delegate);
        write_actor(out, event.actor);
        out.number(event.work_item);
        out.text(event.to);
    }
    void operator()(const MoveToken& event) const {
        out.number(event_move_token);
        write_actor(out, event.actor);
        out.number(event.token);
        out.text(event.to);
        out.text(event.reason);
    }
    void operator()(const Message& event) const {
        out.number(event_message);
        write_message(out, event);
    }
    void operator()(const EffectResult& event) const {
        out.number(event_effect_result);
        out.number(event.token);
        out.number(event.attempt);
        out.number(static_cast<std::uint64_t>(event.kind));
        write_fields(out, event.result);
        out.text(event.code);
        out.text(event.text);
    }
    void operator()(const Resolve& event) const {
        out.number(event_resolve);
        write_actor(out, event.actor);
        out.number(event.token);
        write_fields(out, event.result);
        out.text(event.error);
        out.text(event.reason);
    }
    void operator()(const ChildEnded& event) const {
        out.number(event_child_ended);
        write_child_ended(out, event);
    }
    void operator()(const Migrate& event) const {
        out.number(event_migrate);
        write_actor(out, event.actor);
        out.text(event.reason);
        out.digest(event.from);
        out.digest(event.to);
        out.digest(event.calendar);
        write_digests(out, event.more_calendars);
        write_mapping(out, event.mapping);
    }
    void operator()(const Erase& event) const {
        out.number(event_erase);
        write_actor(out, event.actor);
        write_texts(out, event.fields);
        out.text(event.reason);
    }
    void operator()(const Suspend& event) const {
        out.number(event_suspend);
        write_actor(out, event.actor);
        out.text(event.reason);
        out.flag(event.clocks_wait);
    }
    void operator()(const Resume& event) const {
        out.number(event_resume);
        write_actor(out, event.actor);
        out.text(event.reason);
    }
};

MigrationMapping read_mapping(Reader& in, const Secrets& secrets) {
    MigrationMapping mapping;
    mapping.states = read_names(in);
    mapping.clocks = read_names(in);
    mapping.fields = read_names(in);
    mapping.messages = read_names(in);
    mapping.roles = read_names(in);
    mapping.restart = read_texts(in);
    mapping.keep_limit = read_texts(in);
    mapping.restart_timers = read_texts(in);
    mapping.forget = read_texts(in);
    std::vector<std::string> variant = read_texts(in);
    if (variant.size() > 1) {
        throw Error(ErrorCode::corrupt, "a stored migration has more than one variant");
    }
    if (!variant.empty()) mapping.variant = std::move(variant.front());
    mapping.data = read_fields(in, secrets);
    return mapping;
}

Retry read_retry(Reader& in) {
    Retry event;
    event.actor = read_actor(in);
    event.token = in.number32();
    return event;
}

EffectResult read_effect_result(Reader& in, const Secrets& secrets) {
    EffectResult event;
    event.token = in.number32();
    event.attempt = in.number32();
    const std::uint64_t kind = in.number();
    if (kind > static_cast<std::uint64_t>(EffectResult::Kind::failure)) {
        throw Error(ErrorCode::corrupt, "a stored answer is of an unknown kind");
    }
    event.kind = static_cast<EffectResult::Kind>(kind);
    event.result = read_fields(in, secrets);
    event.code = in.text();
    event.text = in.text();
    return event;
}

}  // namespace

void write_event(Writer& out, const Event& event) {
    std::visit(WriteEvent{out}, event);
}

Event read_event(Reader& in, const Secrets& secrets) {
    switch (in.number()) {
        case event_start: {
            Start event;
            event.actor = read_actor(in);
            event.data = read_fields(in, secrets);
            event.variant = in.text();
            event.calendar = in.digest();
            event.more_calendars = read_digests(in);
            event.entry = in.text();
            event.caller = read_caller(in);
            return event;
        }
        case event_perform: {
            Perform event;
            event.action = in.text();
            event.actor = read_actor(in);
            event.fields = read_fields(in, secrets);
            const std::uint32_t item = in.index();
            if (item != no_index) event.work_item = item;
            return event;
        }
        case event_timer_due: {
            TimerDue event;
            event.ordinal = in.number32();
            event.timer = in.number32();
            event.due = in.instant();
            return event;
        }
        case event_retry:
            return read_retry(in);
        case event_retry_for_a_reason: {
            Retry event = read_retry(in);
            event.reason = in.text();
            return event;
        }
        case event_correct: {
            Correct event;
            event.actor = read_actor(in);
            event.data = read_fields(in, secrets);
            event.reason = in.text();
            event.token = in.number32();
            return event;
        }
        case event_cancel: {
            Cancel event;
            event.actor = read_actor(in);
            event.reason = in.text();
            return event;
        }
        case event_claim: {
            Claim event;
            event.actor = read_actor(in);
            event.work_item = in.number32();
            return event;
        }
        case event_release: {
            Release event;
            event.actor = read_actor(in);
            event.work_item = in.number32();
            return event;
        }
        case event_calendar_changed: {
            CalendarChanged event;
            event.actor = read_actor(in);
            event.from = in.digest();
            event.to = in.digest();
            return event;
        }
        case event_reassign: {
            Reassign event;
            event.actor = read_actor(in);
            event.work_item = in.number32();
            event.to = in.text();
            event.reason = in.text();
            return event;
        }
        case event_delegate: {
            Delegate event;
            event.actor = read_actor(in);
            event.work_item = in.number32();
            event.to = in.text();
            return event;
        }
        case event_move_token: {
            MoveToken event;
            event.actor = read_actor(in);
            event.token = in.number32();
            event.to = in.text();
            event.reason = in.text();
            return event;
        }
        case event_message:
            return read_message(in, secrets);
        case event_effect_result:
            return read_effect_result(in, secrets);
        case event_resolve: {
            Resolve event;
            event.actor = read_actor(in);
            event.token = in.number32();
            event.result = read_fields(in, secrets);
            event.error = in.text();
            event.reason = in.text();
            return event;
        }
        case event_child_ended:
            return read_child_ended(in, secrets);
        case event_migrate: {
            Migrate event;
            event.actor = read_actor(in);
            event.reason = in.text();
            event.from = in.digest();
            event.to = in.digest();
            event.calendar = in.digest();
            event.more_calendars = read_digests(in);
            event.mapping = read_mapping(in, secrets);
            return event;
        }
        case event_erase: {
            Erase event;
            event.actor = read_actor(in);
            event.fields = read_texts(in);
            event.reason = in.text();
            return event;
        }
        case event_suspend: {
            Suspend event;
            event.actor = read_actor(in);
            event.reason = in.text();
            event.clocks_wait = in.flag();
            return event;
        }
        case event_resume: {
            Resume event;
            event.actor = read_actor(in);
            event.reason = in.text();
            return event;
        }
        default:
            throw Error(ErrorCode::corrupt, "a stored event is of an unknown kind");
    }
}

}  // namespace workflow::record
