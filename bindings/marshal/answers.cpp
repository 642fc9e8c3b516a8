#include "marshal/answers.hpp"

#include <algorithm>

#include "workflow/error.hpp"

namespace workflow::marshal {
namespace {

/// Names and values in turn, each moved to its place: what a braced list of pairs would copy.
template <class... Parts>
Value record_of(Parts&&... parts) {
    Members members;
    members.reserve(sizeof...(parts) / 2);
    const auto add = [&](const auto& self, const char* name, Value value, auto&&... rest) -> void {
        members.emplace_back(name, std::move(value));
        if constexpr (sizeof...(rest) > 0) self(self, std::forward<decltype(rest)>(rest)...);
    };
    add(add, std::forward<Parts>(parts)...);
    return members;
}

Value title_of(const Named& named) {
    if (named.title.empty()) return named.id;
    return named.title.in("en");
}

Value state_id(std::uint32_t state, const Procedure& procedure) {
    if (state == no_index || state >= procedure.state_count()) return {};
    return state == 0 ? procedure.id() : procedure.state(state).id;
}

/// What a record's number means depends on its kind (interpreter.hpp).
Value subject_of(const Record& record, const Procedure& procedure) {
    if (record.subject == no_index) return {};
    switch (record.kind) {
        case RecordKind::performed:
            return procedure.action(record.state, record.subject).id;
        case RecordKind::data_set:
            return procedure.field(record.subject).id;
        case RecordKind::clock_started:
        case RecordKind::clock_waiting:
        case RecordKind::clock_resumed:
        case RecordKind::clock_restarted:
        case RecordKind::clock_moment:
        case RecordKind::clock_ended:
        case RecordKind::clock_extended:
        case RecordKind::clock_redated:
            return procedure.clock(record.subject).id;
        case RecordKind::escalated:
            return procedure.role(record.subject).id;
        case RecordKind::moved:
            return state_id(record.subject, procedure);
        case RecordKind::status_changed:
            return procedure.outer_status(record.subject).id;
        case RecordKind::message_taken:
        case RecordKind::message_kept:
        case RecordKind::message_ignored:
        case RecordKind::sent:
            return procedure.message(record.subject).id;
        case RecordKind::at_door:
            return procedure.door(record.subject);
        default:
            return std::int64_t{record.subject};
    }
}

Value outcome_of(const Record& record, const Procedure& procedure) {
    if (record.outcome == no_index) return {};
    switch (record.kind) {
        case RecordKind::ended:
        case RecordKind::scope_done:
            return procedure.outcome(record.outcome).id;
        case RecordKind::clock_ended:
            return to_string(static_cast<ClockResult>(record.outcome));
        case RecordKind::clock_moment:
            return procedure.moment_label(record.subject, record.outcome);
        case RecordKind::clock_waiting:
            return procedure.reason(record.outcome);
        case RecordKind::swallowed:
            return state_id(record.outcome, procedure);
        default:
            return std::int64_t{record.outcome};
    }
}

std::string status_of(const Instance& instance) {
    if (instance.cancelled) return "cancelled";
    if (instance.status == Instance::Status::ended) return "ended";
    return instance.is_suspended() ? "suspended" : "active";
}

const char* phase_of(ClockState::Phase phase) {
    switch (phase) {
        case ClockState::Phase::idle:
            return "idle";
        case ClockState::Phase::running:
            return "running";
        case ClockState::Phase::waiting:
            return "waiting";
    }
    return "idle";
}

}  // namespace

Value text_or_null(const std::string& text) {
    if (text.empty()) return {};
    return text;
}

Value instant_or_null(const std::optional<Instant>& instant) {
    if (!instant) return {};
    return *instant;
}

Value list_of(const std::vector<std::string>& texts) {
    return list_of(texts, [](const std::string& text) { return Value(text); });
}

Value count(std::uint64_t number) {
    return static_cast<std::int64_t>(number);
}

Value datum(const Value& value, Sensitive sensitive) {
    if (value.sealed() != nullptr) {
        if (sensitive == Sensitive::hidden) return {};
        return datum(value.open(), sensitive);
    }
    if (value.list() != nullptr) {
        return list_of(*value.list(), [&](const Value& item) { return datum(item, sensitive); });
    }
    if (value.members() != nullptr) {
        Members members;
        for (const auto& [name, member] : *value.members()) {
            members.emplace_back(name, datum(member, sensitive));
        }
        return members;
    }
    return value;
}

Value record(const Record& record, const Procedure& procedure) {
    return record_of("kind", to_string(record.kind), "at", record.at, "token",
                     std::int64_t{record.token}, "state", state_id(record.state, procedure),
                     "subject", subject_of(record, procedure), "outcome",
                     outcome_of(record, procedure), "value",
                     datum(record.value, Sensitive::hidden));
}

Value records(const std::vector<Record>& all, const Procedure& procedure) {
    return list_of(all, [&](const Record& one) { return record(one, procedure); });
}

Value done(const Done& done, const Engine& engine) {
    Value happened = List{};
    if (!done.records.empty()) happened = records(done.records, *engine.procedure(done.procedure));
    return record_of("instance", done.instance, "revision", count(done.revision), "repeated",
                     done.repeated, "records", std::move(happened));
}

Value permitted(const PermittedAction& action, const Procedure& procedure) {
    const Named named = procedure.action(action.declared_by, action.action);
    Refusal why;
    if (action.refused) {
        why.code = *action.refused;
        why.arguments = action.arguments;
    }
    return Members{{"item", std::int64_t{action.work_item}},
                   {"state", state_id(action.state, procedure)},
                   {"action", named.id},
                   {"title", title_of(named)},
                   {"refused", action.refused ? Value(to_string(*action.refused)) : Value()},
                   {"reason", action.refused ? Value(why.reason()) : Value()},
                   {"uses_left", action.uses_left ? Value(*action.uses_left) : Value()}};
}

Value refusal(const Refusal& refusal, const InstanceView* instance) {
    List open;
    if (instance != nullptr) {
        for (const PermittedAction& one : refusal.permitted) {
            if (!one.refused) open.push_back(permitted(one, *instance->procedure));
        }
    }
    return Members{{"code", to_string(refusal.code)},
                   {"reason", refusal.reason()},
                   {"arguments", list_of(refusal.arguments)},
                   {"permitted", std::move(open)},
                   {"because", list_of(refusal.because, [](const Refusal& one) {
                        return Value(Members{{"code", to_string(one.code)}, {"reason", one.reason()}});
                    })}};
}

Value clock(const ClockView& clock, const Procedure& procedure) {
    const bool waits = clock.waiting_for != no_index;
    return Members{
        {"clock", procedure.clock(clock.clock).id},
        {"number", std::int64_t{clock.ordinal}},
        {"owner", std::int64_t{clock.owner}},
        {"phase", phase_of(clock.phase)},
        {"standing", to_string(clock.result)},
        {"limit", clock.fixed ? Value() : Value(to_string(clock.limit))},
        {"used", clock.used},
        {"round", std::int64_t{clock.round}},
        {"round_started", clock.round_started},
        {"due", clock.due ? Value(clock.due->instant) : Value()},
        {"original_due", clock.original_due ? Value(clock.original_due->instant) : Value()},
        {"extended", clock.extended},
        {"waiting_for", waits ? Value(procedure.reason(clock.waiting_for)) : Value()}};
}

Value instance(const InstanceView& view, Instant now, Sensitive sensitive) {
    const Instance& of = view.instance;
    const Procedure& procedure = *view.procedure;
    const auto incident = [&](const Token& token) -> Value {
        if (!token.incident) return {};
        return incident_sentence(incident_reason(of, token.ordinal));
    };
    const auto holder = [&](const Token& token) -> Value {
        for (const Claimed& claim : of.claims) {
            if (claim.token == token.ordinal) return claim.by;
        }
        return {};
    };
    const auto token = [&](const Token& one) -> Value {
        const std::uint32_t role = procedure.state_role(one.state);
        return Members{{"token", std::int64_t{one.ordinal}},
                       {"state", state_id(one.state, procedure)},
                       {"title", title_of(procedure.state(one.state))},
                       {"kind", to_string(procedure.state_kind(one.state))},
                       {"role", role == no_index ? Value() : Value(procedure.role(role).id)},
                       {"for", datum(one.for_whom, Sensitive::hidden)},
                       {"claimed_by", holder(one)},
                       {"since", one.entered},
                       {"incident", incident(one)}};
    };
    Members data;
    for (std::uint32_t field = 0; field < of.data.size(); ++field) {
        data.emplace_back(procedure.field(field).id, datum(of.data[field], sensitive));
    }
    return Members{
        {"instance", of.id},
        {"procedure", procedure.id()},
        {"version", procedure.version()},
        {"revision", count(of.revision)},
        {"status", status_of(of)},
        {"outcome", of.outcome == no_index ? Value() : Value(procedure.outcome(of.outcome).id)},
        {"outer_status",
         of.outer_status == no_index ? Value() : Value(procedure.outer_status(of.outer_status).id)},
        {"variant", text_or_null(of.variant)},
        {"started", of.started},
        {"as_of", now},
        {"tokens", list_of(of.tokens, token)},
        {"clocks", list_of(clocks(procedure, *view.calendars, of, now),
                           [&](const ClockView& one) { return clock(one, procedure); })},
        {"data", std::move(data)}};
}

Value actor(const Actor& actor) {
    return Members{{"id", actor.id},
                   {"roles", list_of(actor.roles)},
                   {"units", list_of(actor.units)},
                   {"acting_for", text_or_null(actor.acting_for)}};
}

Value history_entry(const HistoryEntry& entry, const Procedure& procedure) {
    const Actor* who = actor_of(entry.event);
    return Members{{"revision", count(entry.revision)},
                   {"now", entry.now},
                   {"event", kind_of(entry.event)},
                   {"actor", who == nullptr ? Value() : actor(*who)},
                   {"request", text_or_null(entry.request)},
                   {"records", records(entry.records, procedure)},
                   {"procedure", to_hex(entry.procedure)},
                   {"calendar", to_hex(entry.calendar)},
                   {"digest", to_hex(entry.instance_after)},
                   {"previous", to_hex(entry.previous)}};
}

Value redated(const Redated& moved, const Procedure& procedure) {
    const bool is_clock = moved.clock != no_index;
    return Members{{"clock", is_clock ? Value(procedure.clock(moved.clock).id) : Value()},
                   {"state", state_id(moved.state, procedure)},
                   {"number", std::int64_t{moved.ordinal}},
                   {"before", moved.before.instant},
                   {"after", moved.after.instant},
                   {"because_of", moved.because.date}};
}

Value work_item(const WorkItem& item) {
    return Members{{"instance", item.instance},
                   {"item", std::int64_t{item.ordinal}},
                   {"role", item.role},
                   {"unit", text_or_null(item.unit)},
                   {"due", instant_or_null(item.due)}};
}

Value failures(const std::vector<std::pair<std::string, std::string>>& failed) {
    return list_of(failed, [](const auto& one) {
        return Value(Members{{"instance", one.first}, {"reason", one.second}});
    });
}

}  // namespace workflow::marshal
