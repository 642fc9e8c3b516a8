#include "record/event_bytes.hpp"
#include "record/record.hpp"
#include "workflow/error.hpp"
#include "workflow/limits.hpp"

namespace workflow::record {
namespace {

// Bits of a token's flags: what most tokens are not costs no byte.
enum TokenFlag : std::uint64_t {
    flag_incident = 1,
    flag_warned = 2,
    flag_remainder = 4,
    flag_at_door = 8,
    flag_holds = 16,
    flag_source = 32,
    flags_known = 63
};

std::uint64_t flags_of(const Token& token) {
    std::uint64_t flags = 0;
    if (token.incident) flags |= flag_incident;
    if (token.warned) flags |= flag_warned;
    if (token.remainder) flags |= flag_remainder;
    if (token.at_door) flags |= flag_at_door;
    if (token.holds) flags |= flag_holds;
    if (token.source != no_index) flags |= flag_source;
    return flags;
}

void write_token(Writer& out, const Token& token) {
    out.number(token.ordinal);
    out.number(token.state);
    out.number(token.scope);
    out.instant(token.entered);
    out.number(token.open_scopes);
    out.number(flags_of(token));
    if (token.source != no_index) out.number(token.source);
    out.number(token.timers.size());
    for (const TimerState& timer : token.timers) {
        out.number(timer.timer);
        out.number(timer.fired);
        out.instant(timer.due);
    }
    out.number(token.also_may_act.size());
    for (const std::uint32_t role : token.also_may_act) out.number(role);
    write(out, token.for_whom);
}

void read_token(Reader& in, const Secrets& secrets, Token& token) {
    token.ordinal = in.number32();
    token.state = in.number32();
    token.scope = in.number32();
    token.entered = in.instant();
    token.open_scopes = in.number32();
    const std::uint64_t flags = in.number();
    if (flags > flags_known) throw Error(ErrorCode::corrupt, "a stored token has unknown flags");
    token.incident = (flags & flag_incident) != 0;
    token.warned = (flags & flag_warned) != 0;
    token.remainder = (flags & flag_remainder) != 0;
    token.at_door = (flags & flag_at_door) != 0;
    token.holds = (flags & flag_holds) != 0;
    if ((flags & flag_source) != 0) token.source = in.number32();
    token.timers.resize(in.count());
    for (TimerState& timer : token.timers) {
        timer.timer = in.number32();
        timer.fired = in.number32();
        timer.due = in.instant();
    }
    token.also_may_act.resize(in.count());
    for (std::uint32_t& role : token.also_may_act) role = in.number32();
    token.for_whom = read_value(in, secrets);
}

void write_scope(Writer& out, const Scope& scope) {
    out.number(scope.ordinal);
    out.number(scope.parent);
    out.index(scope.branch);
    out.index(scope.item);
    out.number(scope.tokens);
    out.flag(scope.done);
    out.index(scope.outcome);
    write(out, scope.item_value);
    out.number(scope.data.size());
    for (const Value& value : scope.data) write(out, value);
    out.number(scope.rounds.size());
    for (const FiredRound& round : scope.rounds) {
        out.number(round.join);
        out.number(round.counted.size());
        for (const std::uint32_t source : round.counted) out.number(source);
    }
}

void read_scope(Reader& in, const Secrets& secrets, Scope& scope) {
    scope.ordinal = in.number32();
    scope.parent = in.number32();
    scope.branch = in.index();
    scope.item = in.index();
    scope.tokens = in.number32();
    scope.done = in.flag();
    scope.outcome = in.index();
    scope.item_value = read_value(in, secrets);
    scope.data.resize(in.count());
    for (Value& value : scope.data) value = read_value(in, secrets);
    scope.rounds.resize(in.count());
    for (FiredRound& round : scope.rounds) {
        round.join = in.number32();
        round.counted.resize(in.count());
        for (std::uint32_t& source : round.counted) source = in.number32();
    }
}

void write_clock(Writer& out, const ClockState& clock) {
    out.number(clock.ordinal);
    out.number(clock.owner);
    out.number(clock.clock);
    out.number(static_cast<std::uint64_t>(clock.phase));
    write(out, clock.limit);
    out.flag(clock.fixed.has_value());
    if (clock.fixed) {
        out.instant(clock.fixed->at);
        out.flag(clock.fixed->whole_day);
    }
    out.flag(clock.stops.has_value());
    if (clock.stops) out.instant(*clock.stops);
    out.number(clock.round);
    out.number(clock.ledger.size());
    for (const Interval& interval : clock.ledger) {
        out.instant(interval.from);
        out.instant(interval.to);
        out.flag(interval.open);
        out.flag(interval.counts);
        out.index(interval.reason);
        out.number(interval.round);
    }
    out.number(clock.extensions.size());
    for (const ExtraTime& extension : clock.extensions) {
        out.instant(extension.at);
        write(out, extension.date ? Value(*extension.date) : Value(extension.amount));
        out.number(extension.round);
    }
    out.number(clock.fired.size());
    for (const std::uint32_t fired : clock.fired) out.number(fired);
}

void read_clock(Reader& in, ClockState& clock) {
    clock.ordinal = in.number32();
    clock.owner = in.number32();
    clock.clock = in.number32();
    const std::uint64_t phase = in.number();
    if (phase > static_cast<std::uint64_t>(ClockState::Phase::waiting)) {
        throw Error(ErrorCode::corrupt, "a stored clock is in an unknown phase");
    }
    clock.phase = static_cast<ClockState::Phase>(phase);
    const Value limit = read_value(in, {});
    if (limit.limit() == nullptr) throw Error(ErrorCode::corrupt, "a stored clock has no limit");
    clock.limit = *limit.limit();
    if (in.flag()) {
        clock.fixed.emplace();
        clock.fixed->at = in.instant();
        clock.fixed->whole_day = in.flag();
    }
    if (in.flag()) clock.stops = in.instant();
    clock.round = static_cast<std::uint16_t>(in.number32());
    clock.ledger.resize(in.count());
    if (clock.ledger.empty() && clock.phase != ClockState::Phase::idle) {
        throw Error(ErrorCode::corrupt, "a stored clock has no ledger");
    }
    for (Interval& interval : clock.ledger) {
        interval.from = in.instant();
        interval.to = in.instant();
        interval.open = in.flag();
        interval.counts = in.flag();
        interval.reason = in.index();
        interval.round = static_cast<std::uint16_t>(in.number32());
    }
    clock.extensions.resize(in.count());
    for (ExtraTime& extension : clock.extensions) {
        extension.at = in.instant();
        const Value by = read_value(in, {});
        if (by.day() != nullptr) extension.date = *by.day();
        if (by.integer() != nullptr) extension.amount = *by.integer();
        extension.round = static_cast<std::uint16_t>(in.number32());
    }
    clock.fired.resize(in.count());
    for (std::uint32_t& fired : clock.fired) fired = in.number32();
}

void write_optional(Writer& out, const std::optional<Instant>& instant) {
    out.flag(instant.has_value());
    if (instant) out.instant(*instant);
}

std::optional<Instant> read_optional(Reader& in) {
    if (!in.flag()) return std::nullopt;
    return in.instant();
}

void write_visits(Writer& out, const Visits& visits) {
    out.number(visits.scope);
    out.number(visits.memory);
    out.number(visits.times);
    write_optional(out, visits.entered);
    write_optional(out, visits.left);
    out.number(visits.when.size());
    for (const Instant& each : visits.when) out.instant(each);
    out.number(visits.finishers.size());
    for (const Visits::Finisher& finisher : visits.finishers) {
        out.text(finisher.actor);
        out.text(finisher.acting_for);
    }
}

void read_visits(Reader& in, Visits& visits) {
    visits.scope = in.number32();
    visits.memory = in.number32();
    visits.times = in.number32();
    visits.entered = read_optional(in);
    visits.left = read_optional(in);
    visits.when.resize(in.count());
    for (Instant& each : visits.when) each = in.instant();
    visits.finishers.resize(in.count());
    for (Visits::Finisher& finisher : visits.finishers) {
        finisher.actor = in.text();
        finisher.acting_for = in.text();
    }
}

std::vector<Value> read_values(Reader& in, const Secrets& secrets) {
    std::vector<Value> values;
    const std::size_t count = in.count();
    values.reserve(count);
    while (values.size() < count) values.push_back(read_value(in, secrets));
    return values;
}

// Status and suspension in one number: only an active instance is suspended.
constexpr std::uint64_t standing_statuses = static_cast<std::uint64_t>(Instance::Status::ended) + 1;
constexpr auto suspensions = static_cast<std::uint64_t>(Instance::Suspension::clocks_wait);

std::uint64_t standing_of(const Instance& instance) {
    if (!instance.is_suspended()) return static_cast<std::uint64_t>(instance.status);
    return standing_statuses + static_cast<std::uint64_t>(instance.suspension) - 1;
}

void set_standing(Instance& instance, std::uint64_t standing) {
    if (standing >= standing_statuses + suspensions) {
        throw Error(ErrorCode::corrupt, "a stored instance has an unknown status");
    }
    if (standing < standing_statuses) {
        instance.status = static_cast<Instance::Status>(standing);
        return;
    }
    instance.status = Instance::Status::active;
    instance.suspension =
        static_cast<Instance::Suspension>(standing - standing_statuses + 1);
}

}  // namespace

void check_format(std::uint64_t format, std::uint64_t known, const char* what) {
    if (format == 0)
        throw Error(ErrorCode::corrupt, std::string("a stored ") + what + " has no format");
    if (format > known) {
        throw Error(ErrorCode::unsupported, std::string("a stored ") + what + " has format " +
                                                std::to_string(format) +
                                                ", this version knows up to " +
                                                std::to_string(known) + ": use the newer version");
    }
}

std::string encode(const Instance& instance) {
    Writer out;
    out.reserve(512);
    out.number(instance_format);
    out.text(instance.id);
    out.number(instance.revision);
    out.number(standing_of(instance));
    out.index(instance.outcome);
    out.flag(instance.cancelled);
    out.digest(instance.procedure);
    out.digest(instance.calendar);
    out.number(instance.more_calendars.size());
    for (const Digest& calendar : instance.more_calendars) out.digest(calendar);
    out.text(instance.variant);
    out.instant(instance.started);
    out.instant(instance.last_now);
    out.number(instance.next_ordinal);
    out.number(instance.data.size());
    for (const Value& value : instance.data) write(out, value);
    out.number(instance.tokens.size());
    for (const Token& token : instance.tokens) write_token(out, token);
    out.number(instance.scopes.size());
    for (const Scope& scope : instance.scopes) write_scope(out, scope);
    out.number(instance.clocks.size());
    for (const ClockState& clock : instance.clocks) write_clock(out, clock);
    out.number(instance.incidents.size());
    for (const Incident& incident : instance.incidents) {
        out.number(incident.token);
        write(out, incident.reason);
        out.instant(incident.since);
    }
    out.number(instance.lists.size());
    for (const ItemList& list : instance.lists) {
        out.number(list.token);
        out.number(list.taken);
        out.number(list.to_come.size());
        for (const Value& item : list.to_come) write(out, item);
    }
    out.number(instance.claims.size());
    for (const Claimed& claim : instance.claims) {
        out.number(claim.token);
        out.text(claim.by);
        out.flag(claim.reassigned);
    }
    out.number(instance.visits.size());
    for (const Visits& visits : instance.visits) write_visits(out, visits);
    out.index(instance.outer_status);
    out.number(instance.subscriptions.size());
    for (const Subscription& waiting : instance.subscriptions) {
        out.number(waiting.ordinal);
        out.number(waiting.message);
        out.text(waiting.key);
    }
    out.number(instance.kept.size());
    for (const KeptMessage& kept : instance.kept) {
        out.number(kept.ordinal);
        out.number(kept.message);
        out.text(kept.key);
        write(out, kept.fields);
    }
    out.number(instance.awaited.size());
    for (const Awaited& awaited : instance.awaited) {
        out.number(awaited.token);
        out.number(awaited.attempt);
        out.text(awaited.child);
    }
    write_caller(out, instance.caller);
    std::string bytes = out.take();
    if (bytes.size() > limits::body_bytes_max) {
        throw Error(ErrorCode::limit, instance.id + " is larger than a store takes");
    }
    return bytes;
}

Instance decode_instance(std::string_view bytes, const Secrets& secrets) {
    Reader in(bytes);
    check_format(in.number(), instance_format, "instance");
    Instance instance;
    instance.id = in.text();
    instance.revision = in.number();
    set_standing(instance, in.number());
    instance.outcome = in.index();
    instance.cancelled = in.flag();
    instance.procedure = in.digest();
    instance.calendar = in.digest();
    instance.more_calendars.resize(in.count());
    for (Digest& calendar : instance.more_calendars) calendar = in.digest();
    instance.variant = in.text();
    instance.started = in.instant();
    instance.last_now = in.instant();
    instance.next_ordinal = in.number32();
    instance.data = read_values(in, secrets);
    instance.tokens.resize(in.count());
    for (Token& token : instance.tokens) read_token(in, secrets, token);
    instance.scopes.resize(in.count());
    for (Scope& scope : instance.scopes) read_scope(in, secrets, scope);
    instance.clocks.resize(in.count());
    for (ClockState& clock : instance.clocks) read_clock(in, clock);
    instance.incidents.resize(in.count());
    for (Incident& incident : instance.incidents) {
        incident.token = in.number32();
        incident.reason = read_value(in, {});
        incident.since = in.instant();
    }
    instance.lists.resize(in.count());
    for (ItemList& list : instance.lists) {
        list.token = in.number32();
        list.taken = in.number32();
        list.to_come = read_values(in, secrets);
    }
    instance.claims.resize(in.count());
    for (Claimed& claim : instance.claims) {
        claim.token = in.number32();
        claim.by = in.text();
        claim.reassigned = in.flag();
    }
    instance.visits.resize(in.count());
    for (Visits& visits : instance.visits) read_visits(in, visits);
    instance.outer_status = in.index();
    instance.subscriptions.resize(in.count());
    for (Subscription& waiting : instance.subscriptions) {
        waiting.ordinal = in.number32();
        waiting.message = in.number32();
        waiting.key = in.text();
    }
    instance.kept.resize(in.count());
    for (KeptMessage& kept : instance.kept) {
        kept.ordinal = in.number32();
        kept.message = in.number32();
        kept.key = in.text();
        kept.fields = read_value(in, {});
    }
    instance.awaited.resize(in.count());
    for (Awaited& awaited : instance.awaited) {
        awaited.token = in.number32();
        awaited.attempt = in.number32();
        awaited.child = in.text();
    }
    instance.caller = read_caller(in);
    in.finish();
    return instance;
}

}  // namespace workflow::record
