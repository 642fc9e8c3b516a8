// Another version of the procedure: first every number of the instance becomes the new version's, then
// the new version reads its limits, timers and conditions.
#include "workflow/migration.hpp"

#include <algorithm>

#include "interpreter/clock_time.hpp"
#include "interpreter/renumbering.hpp"
#include "interpreter/run.hpp"
#include "workflow/error.hpp"

namespace workflow {
namespace interpreter {
namespace {

using namespace procedure;

class Migration {
public:
    /// `then` is about the instance as it was, by the version that it ran by.
    Migration(VersionMap& map, Run& then)
        : map_(map), then_(then), from_(map.from()), to_(map.to()), mapping_(map.mapping()) {}

    /// What the new version makes of it. `run` is about the renumbered instance.
    void go_on(Run& run, const Calendars& calendars, const Instance& old, const Migrate& event) {
        run.bind_actor(event.actor);
        run.record(RecordKind::migrated, 0, root_state, no_index, no_index,
                   List{from_.version, to_.version, event.reason});
        run.correct(mapping_.data, 0);
        for (const ClockState& clock : old.clocks) {
            if (map_.ends_clock(clock.clock)) tell_end(run, clock);
        }
        for (std::size_t i = 0; i < run.instance.clocks.size();) {
            if (measure_again(run, i, calendars, old)) ++i;
        }
        start_new_clocks(run, old);
        for (const Token& token : old.tokens) set_timers(run, token);
        subscribe_anew(run, old);
        run.settle();
    }

private:
    void tell_end(Run& run, const ClockState& clock) {
        const Clock& definition = from_.clocks[clock.clock];
        run.record(RecordKind::clock_ended, clock.owner, map_.state(definition.owner), no_index,
                   static_cast<std::uint32_t>(ClockResult::not_reached), Value(definition.id));
    }

    /// What a version makes of a clock, by the data that there are; nothing: no clock.
    static std::optional<ClockState> measured(Run& run, ClockState clock) {
        clock.fixed.reset();
        clock.stops.reset();
        const bool is_there = run.measure(clock, run.scope_of(clock.owner));
        return is_there ? std::optional(std::move(clock)) : std::nullopt;
    }

    /// Whether a going clock is the same by both versions: what was read as it started stays then,
    /// whatever the data have become since.
    bool is_same(const ClockState& before, const std::optional<ClockState>& by_new) {
        std::optional<ClockState> by_old;
        try {
            by_old = measured(then_, before);
        } catch (const Abandon&) {
            return false;
        }
        if (!by_old || !by_new) return by_old.has_value() == by_new.has_value();
        return by_old->limit == by_new->limit && by_old->fixed == by_new->fixed &&
               by_old->stops == by_new->stops;
    }

    /// The limit of the new version for a clock that goes on. False: it is no more.
    bool measure_again(Run& run, std::size_t position, const Calendars& calendars,
                       const Instance& old) {
        ClockState& clock = run.instance.clocks[position];
        const Clock& definition = to_.clocks[clock.clock];
        const ClockState& before = *std::find_if(
            old.clocks.begin(), old.clocks.end(),
            [&](const ClockState& one) { return one.ordinal == clock.ordinal; });
        const bool restarts = is_among(mapping_.restart, definition.id);
        if (restarts) begin_anew(clock, run.now);
        if (clock.ledger.empty()) {  // it waits for the event that starts it
            const auto* written = std::get_if<Limit>(&definition.limit);
            if (written != nullptr) clock.limit = *written;
            return true;
        }
        if (!is_among(mapping_.keep_limit, definition.id)) {
            const auto by_new = measured(run, clock);
            const bool stays = !restarts && is_same(before, by_new);
            if (!stays && !by_new) {
                run.record(RecordKind::clock_ended, clock.owner, definition.owner, clock.clock,
                           static_cast<std::uint32_t>(ClockResult::not_reached));
                run.instance.clocks.erase(run.instance.clocks.begin() +
                                          static_cast<std::ptrdiff_t>(position));
                return false;
            }
            if (!stays) {
                clock.limit = by_new->limit;
                clock.fixed = by_new->fixed;
                clock.stops = by_new->stops;
            }
            const bool other_unit = counts_time(before.limit.unit) != counts_time(clock.limit.unit);
            if (!clock.extensions.empty() && other_unit) {
                throw Abandon{RefusalCode::unit_differs,
                              {definition.id, to_string(before.limit), to_string(clock.limit)}};
            }
        }
        const Deadline now = derive(run.calendar_of(clock), clock).due;
        const Calendar& counted = interpreter::calendar_of(
            calendars, old, from_.clocks[before.clock].calendar);
        const Deadline then = derive(counted, before).due;
        if (restarts) {
            run.record(RecordKind::clock_restarted, clock.owner, definition.owner, clock.clock,
                       no_index, now.instant);
        } else if (then.instant != now.instant) {
            forget_what_lies_ahead(run, definition, clock);
            run.record(RecordKind::clock_redated, clock.owner, definition.owner, clock.clock,
                       no_index, List{then.instant, now.instant, std::string()});
        }
        return true;
    }

    /// As if it started now; settling lets it wait where somebody waits.
    static void begin_anew(ClockState& clock, Instant now) {
        if (clock.phase == ClockState::Phase::idle) return;
        clock.phase = ClockState::Phase::running;
        clock.round = 1;
        clock.ledger = {{.from = now}};
        clock.extensions.clear();
        clock.fired.clear();
    }

    /// A moment that has fired fires again where its time has not come by the new limit.
    static void forget_what_lies_ahead(const Run& run, const Clock& definition,
                                       ClockState& clock) {
        const Calendar& days = run.calendar_of(clock);
        const Derived derived = derive(days, clock);
        for (std::uint32_t i = 0; i < clock.fired.size(); ++i) {
            const bool repeats =
                i < definition.moments.size() &&
                (definition.moments[i].kind == Moment::Kind::every_after ||
                 definition.moments[i].kind == Moment::Kind::recurring);
            if (repeats || clock.fired[i] == 0) continue;
            const std::uint32_t fired = std::exchange(clock.fired[i], 0);
            const auto due = moment_due(days, definition, clock, i, derived);
            if (!due || *due <= run.now) clock.fired[i] = fired;
        }
        drop_unfired(clock);
    }

    void start_new_clocks(Run& run, const Instance& old) {
        const auto start = [&](Ordinal owner, StateIndex before, StateIndex now) {
            for (const ClockIndex index : to_.states[now].clocks) {
                const auto& had = from_.states[before].clocks;
                const bool is_new = std::none_of(had.begin(), had.end(), [&](ClockIndex one) {
                    return !map_.ends_clock(one) && map_.clock(one) == index;
                });
                if (is_new) run.start_clock(owner, index, run.scope_of(owner));
            }
        };
        start(0, root_state, root_state);
        for (const Token& token : old.tokens) {
            if (!token.at_door && !token.remainder) {
                start(token.ordinal, token.state, map_.state(token.state));
            }
        }
        map_.problems().clear();  // of clocks that are over: nobody misses them
    }

    void set_timers(Run& run, const Token& before) {
        Token& token = run.token(before.ordinal);
        if (before.at_door || before.remainder) return;
        const State& old_state = from_.states[before.state];
        const State& state = to_.states[token.state];
        const bool begin_anew = is_among(mapping_.restart_timers, state.id);
        std::vector<TimerState> timers;
        for (const TimerState& timer : token.timers) {
            const TimerState& was = before.timers[static_cast<std::size_t>(&timer - &token.timers[0])];
            if (timer.timer >= state.timers.size()) {
                timers.push_back(timer);  // a date, or a service's own
            } else if (const auto due =
                           moved(run, old_state, old_state.timers[was.timer], token, timer)) {
                timers.push_back({timer.timer, timer.fired, *due});
            }
        }
        for (std::uint32_t i = 0; i < state.timers.size(); ++i) {
            if (!begin_anew && was_known(before.state, i)) continue;
            const auto due = run.due_after(run.now, state, state.timers[i], token.scope);
            if (due) timers.push_back({i, 0, *due});
        }
        std::sort(timers.begin(), timers.end(), [](const TimerState& a, const TimerState& b) {
            return a.timer < b.timer;
        });
        token.timers.clear();
        for (const TimerState& timer : timers) token.timers.push_back(timer);
    }

    [[nodiscard]] bool was_known(StateIndex old, std::uint32_t number) {
        for (std::uint32_t i = 0; i < from_.states[old].timers.size(); ++i) {
            if (map_.timer(old, i) == number) return true;
        }
        return false;
    }

    /// Of one whose length is the same by both versions as it was; else counted again from entering, as
    /// often as it has fired. Nothing: it does not fire any more.
    std::optional<Instant> moved(Run& run, const State& old_state, const Timer& was,
                                 const Token& token, const TimerState& timer) {
        const State& state = to_.states[token.state];
        const Timer& is = state.timers[timer.timer];
        const bool recurs = std::holds_alternative<RecurringDate>(is.limit);
        const Instant since = recurs ? run.now : token.entered;
        std::optional<Instant> due = run.due_after(since, state, is, token.scope);
        if (was.limit.index() == is.limit.index()) {
            try {
                if (then_.due_after(since, old_state, was, token.scope) == due) return timer.due;
            } catch (const Abandon&) {  // the new version's is all that can be had
            }
        }
        if (is.way.times != 0 && timer.fired >= is.way.times) return std::nullopt;
        for (std::uint32_t i = 0; i < timer.fired && due && !recurs; ++i) {
            due = run.due_after(*due, state, is, token.scope);
        }
        return due;
    }

    /// Places that only the new version has.
    void subscribe_anew(Run& run, const Instance& old) {
        const auto subscribe = [&](Ordinal ordinal, StateIndex before, StateIndex now) {
            for (const Receipt& receipt : to_.states[now].receive) {
                const auto& had = from_.states[before].receive;
                const bool is_new = std::none_of(had.begin(), had.end(), [&](const Receipt& one) {
                    return map_.receipt(now, one.message) == receipt.message;
                });
                if (is_new) run.subscribe_to(receipt.message, ordinal, run.scope_of(ordinal));
            }
        };
        subscribe(0, root_state, root_state);
        for (const Token& token : old.tokens) {
            if (!token.at_door && !token.remainder) {
                subscribe(token.ordinal, token.state, map_.state(token.state));
            }
        }
    }

    VersionMap& map_;
    Run& then_;
    const Model& from_;
    const Model& to_;
    const MigrationMapping& mapping_;
};

void check_versions(const Procedure& from, const Procedure& to, const Calendars& calendars,
                    const Instance& instance, const Migrate& event) {
    if (from.id() != to.id()) {
        throw Error(ErrorCode::misuse, "'" + to.id() + "' is no version of '" + from.id() +
                                           "': an instance keeps its procedure");
    }
    if (instance.procedure != from.digest() || event.from != from.digest() ||
        event.to != to.digest()) {
        throw Error(ErrorCode::misuse, instance.id + " runs by another version");
    }
    const auto check = [&](const Digest& digest, const std::string& id) {
        const Calendar* calendar = calendars.find(digest);
        if (calendar == nullptr) {
            throw Error(ErrorCode::not_found, "the calendar '" + id + "' is not among the given");
        }
        if (calendar->id() == id) return;
        throw Error(ErrorCode::misuse, "'" + calendar->id() + "' is no version of '" + id + "'");
    };
    check(event.calendar, to.calendar());
    if (event.more_calendars.size() != to.more_calendars().size()) {
        throw Error(ErrorCode::misuse, "a version of each calendar of the procedure is needed");
    }
    for (std::size_t i = 0; i < to.more_calendars().size(); ++i) {
        check(event.more_calendars[i], to.more_calendars()[i]);
    }
}

}  // namespace
}  // namespace interpreter

Outcome migrate(const Procedure& from, const Procedure& to, const Calendars& calendars,
                Instance instance, const Migrate& event, Instant now) {
    using namespace interpreter;
    if (instance.status == Instance::Status::created) {
        return Refusal{RefusalCode::not_started, {instance.id}, {}};
    }
    check_versions(from, to, calendars, instance, event);
    if (instance.status == Instance::Status::ended) {
        return Refusal{RefusalCode::ended, {instance.id}, {}};
    }
    if (event.from == event.to) {
        return Refusal{RefusalCode::same_version, {instance.id, std::to_string(to.version())}, {}};
    }
    now = std::max(now, instance.last_now);
    const Calendar& calendar = *calendars.find(event.calendar);
    VersionMap map(from.model(), to.model(), event.mapping);
    Refusal refusal{RefusalCode::not_migratable, {instance.id, std::to_string(to.version())}, {}};
    Step taken(renumbered(instance, map, calendar.offset()));
    if (!map.problems().empty()) {
        refusal.because = std::move(map.problems());
        return refusal;
    }
    taken.instance.procedure = to.digest();
    taken.instance.calendar = event.calendar;
    taken.instance.more_calendars = event.more_calendars;
    try {
        Step untaken{Instance(instance)};
        Run then(from, calendars, calendar_of(calendars, instance), untaken, now);
        Run run(to, calendars, calendar, taken, now);
        within_calendar([&] { Migration(map, then).go_on(run, calendars, instance, event); });
    } catch (const Abandon& reason) {
        refusal.because.push_back({reason.code, reason.arguments, {}});
        return refusal;
    }
    taken.instance.last_now = now;
    ++taken.instance.revision;
    return taken;
}

MigrationPlan plan_migration(const Procedure& from, const Procedure& to,
                             const Calendars& calendars, const Instance& instance,
                             const Migrate& event, Instant now) {
    using namespace interpreter;
    workflow::Outcome outcome = migrate(from, to, calendars, instance, event, now);
    if (auto* refusal = std::get_if<Refusal>(&outcome)) return {std::move(*refusal), {}};
    const Instance& moved = std::get<Step>(outcome).instance;
    MigrationPlan plan;
    const auto add = [&](Redated one) {
        if (one.before.instant != one.after.instant) plan.dates.push_back(std::move(one));
    };
    for (const ClockState& then : instance.clocks) {
        for (const ClockState& now_is : moved.clocks) {
            if (now_is.ordinal != then.ordinal || then.ledger.empty()) continue;
            const procedure::Clock& definition = to.model().clocks[now_is.clock];
            const Calendar& old_days = calendar_of(
                calendars, instance, from.model().clocks[then.clock].calendar);
            const Calendar& new_days = calendar_of(calendars, moved, definition.calendar);
            add({.ordinal = then.ordinal,
                 .owner = then.owner,
                 .clock = now_is.clock,
                 .state = definition.owner,
                 .before = derive(old_days, then).due,
                 .after = derive(new_days, now_is).due,
                 .because = {}});
        }
    }
    const Calendar& days = *calendars.find(event.calendar);
    for (const Token& then : instance.tokens) {
        const Token* now_is = find_ordinal(moved.tokens, then.ordinal);
        if (now_is == nullptr || now_is->timers.size() != then.timers.size()) continue;
        for (std::size_t i = 0; i < then.timers.size(); ++i) {
            const auto deadline = [&](Instant at) { return Deadline{days.day_of(at), at, false}; };
            add({.ordinal = then.ordinal,
                 .timer = now_is->timers[i].timer,
                 .state = now_is->state,
                 .before = deadline(then.timers[i].due),
                 .after = deadline(now_is->timers[i].due),
                 .because = {}});
        }
    }
    return plan;
}

}  // namespace workflow
