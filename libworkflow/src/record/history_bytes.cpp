#include "record/record.hpp"
#include "workflow/error.hpp"

namespace workflow::record {
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
};

void write_texts(Writer& out, const std::vector<std::string>& texts) {
    out.number(texts.size());
    for (const std::string& text : texts) out.text(text);
}

std::vector<std::string> read_texts(Reader& in) {
    std::vector<std::string> texts(in.count());
    for (std::string& text : texts) text = in.text();
    return texts;
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

struct WriteEvent {
    Writer& out;
    void operator()(const Start& event) const {
        out.number(event_start);
        write_actor(out, event.actor);
        write_fields(out, event.data);
        out.text(event.variant);
        out.digest(event.calendar);
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
        out.number(event_retry);
        write_actor(out, event.actor);
        out.number(event.token);
    }
    void operator()(const Correct& event) const {
        out.number(event_correct);
        write_actor(out, event.actor);
        write_fields(out, event.data);
        out.text(event.reason);
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
};

Event read_event(Reader& in, const Secrets& secrets) {
    switch (in.number()) {
        case event_start: {
            Start event;
            event.actor = read_actor(in);
            event.data = read_fields(in, secrets);
            event.variant = in.text();
            event.calendar = in.digest();
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
        case event_retry: {
            Retry event;
            event.actor = read_actor(in);
            event.token = in.number32();
            return event;
        }
        case event_correct: {
            Correct event;
            event.actor = read_actor(in);
            event.data = read_fields(in, secrets);
            event.reason = in.text();
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
        default:
            throw Error(ErrorCode::corrupt, "a stored event is of an unknown kind");
    }
}

void write_record(Writer& out, const Record& record) {
    out.number(static_cast<std::uint64_t>(record.kind));
    out.instant(record.at);
    out.number(record.token);
    out.index(record.state);
    out.index(record.subject);
    out.index(record.outcome);
    write(out, record.value);
}

Record read_record(Reader& in, const Secrets& secrets) {
    Record record;
    const std::uint64_t kind = in.number();
    if (kind == 0 || kind > static_cast<std::uint64_t>(RecordKind::released)) {
        throw Error(ErrorCode::corrupt, "a stored record is of an unknown kind");
    }
    record.kind = static_cast<RecordKind>(kind);
    record.at = in.instant();
    record.token = in.number32();
    record.state = in.index();
    record.subject = in.index();
    record.outcome = in.index();
    record.value = read_value(in, secrets);
    return record;
}

}  // namespace

std::string encode(const HistoryEntry& entry) {
    Writer out;
    out.reserve(512);
    out.number(history_format);
    out.digest(entry.previous);
    out.number(entry.revision);
    out.instant(entry.now);
    out.number(entry.semantics);
    out.digest(entry.procedure);
    out.digest(entry.calendar);
    out.digest(entry.instance_after);
    out.text(entry.request);
    std::visit(WriteEvent{out}, entry.event);
    out.number(entry.records.size());
    for (const Record& record : entry.records) write_record(out, record);
    return out.take();
}

HistoryEntry decode_history(std::string_view bytes, const Secrets& secrets) {
    Reader in(bytes);
    check_format(in.number(), history_format, "history row");
    HistoryEntry entry;
    entry.previous = in.digest();
    entry.revision = in.number();
    entry.now = in.instant();
    entry.semantics = in.number32();
    entry.procedure = in.digest();
    entry.calendar = in.digest();
    entry.instance_after = in.digest();
    entry.request = in.text();
    entry.event = read_event(in, secrets);
    entry.records.resize(in.count());
    for (Record& record : entry.records) record = read_record(in, secrets);
    in.finish();
    return entry;
}

std::string encode(const Effect& effect) {
    const auto& notice = std::get<Notice>(effect);
    Writer out;
    out.number(effect_format);
    out.number(notice.token);
    out.index(notice.state);
    out.index(notice.clock);
    out.number(notice.roles.size());
    for (const std::uint32_t role : notice.roles) out.number(role);
    out.number(notice.text.translations.size());
    for (const auto& [language, text] : notice.text.translations) {
        out.text(language);
        out.text(text);
    }
    return out.take();
}

Effect decode_effect(std::string_view bytes) {
    Reader in(bytes);
    check_format(in.number(), effect_format, "effect");
    Notice notice;
    notice.token = in.number32();
    notice.state = in.index();
    notice.clock = in.index();
    notice.roles.resize(in.count());
    for (std::uint32_t& role : notice.roles) role = in.number32();
    notice.text.translations.resize(in.count());
    for (auto& [language, text] : notice.text.translations) {
        language = in.text();
        text = in.text();
    }
    in.finish();
    return notice;
}

}  // namespace workflow::record
