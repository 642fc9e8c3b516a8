#include "interpreter/renumbering.hpp"

#include <algorithm>
#include <set>

#include "interpreter/run.hpp"

namespace workflow::interpreter {
namespace {

using namespace procedure;

class Renumbering {
public:
    Renumbering(VersionMap& map, UtcOffset offset)
        : map_(map), from_(map.from()), to_(map.to()), mapping_(map.mapping()), offset_(offset) {}

    [[nodiscard]] Instance of(const Instance& old) {
        Instance made = old;
        made.variant = mapping_.variant.value_or(old.variant);
        check_variant(made.variant);
        for (Token& token : made.tokens) renumber(token);
        for (Scope& scope : made.scopes) renumber(scope, old);
        erase_if(made.clocks, [&](const ClockState& clock) { return map_.ends_clock(clock.clock); });
        for (ClockState& clock : made.clocks) renumber(clock);
        for (KeptMessage& kept : made.kept) renumber(kept);
        made.data = data_of(old.data, root_data(from_), root_data(to_));
        renumber_visits(made);
        renumber_subscriptions(made);
        if (made.outer_status != no_index) made.outer_status = status(made.outer_status);
        map_.check_memories();
        check_input(made);
        return made;
    }

private:
    void check_variant(const std::string& variant) {
        std::vector<std::string> names;
        for (const Variant& known : to_.variants) names.push_back(known.id);
        if (variant.empty() || is_among(names, variant)) return;
        map_.add(RefusalCode::unknown_variant, {variant, nearest(variant, names)});
    }

    void renumber(Token& token) {
        const StateIndex old = token.state;
        token.state = map_.state(old);
        token.source = map_.state(token.source);
        for (std::uint32_t& role : token.also_may_act) role = map_.role(role);
        if (token.state == none) return;
        if (to_.states[token.state].kind == Kind::join) check_source(token.source, token.state);
        const bool begin_anew = is_among(mapping_.restart_timers, to_.states[token.state].id);
        if (begin_anew) token.timers.clear();
        for (TimerState& timer : token.timers) timer.timer = map_.timer(old, timer.timer);
    }

    /// A join takes only who comes from one of its sources.
    void check_source(StateIndex source, StateIndex join) {
        const auto& sources = to_.states[join].sources;
        const bool is_one = std::find(sources.begin(), sources.end(), source) != sources.end();
        if (source == none || is_one) return;
        map_.add(RefusalCode::out_of_reach, {to_.states[source].id, to_.states[join].id});
    }

    void renumber(Scope& scope, const Instance& old) {
        scope.branch = map_.state(scope.branch);
        scope.outcome = map_.outcome(scope.outcome);
        for (FiredRound& round : scope.rounds) {
            round.join = map_.state(round.join);
            for (std::uint32_t& source : round.counted) {
                source = map_.state(source);
                if (round.join != none) check_source(source, round.join);
            }
        }
        if (scope.ordinal == 0) return;
        const StateIndex holder = find_ordinal(old.tokens, scope.parent)->state;
        const StateIndex now = map_.state(holder);
        if (now == none) return;
        const std::vector<Value> values(scope.data.begin(), scope.data.end());
        scope.data.clear();
        for (Value& value :
             data_of(values, from_.states[holder].data, to_.states[now].data)) {
            scope.data.push_back(std::move(value));
        }
    }

    void renumber(ClockState& clock) {
        const ClockIndex old = clock.clock;
        clock.clock = map_.clock(old);
        if (clock.clock == none) return;
        const std::string& id = to_.clocks[clock.clock].id;
        if (!is_among(mapping_.restart, id)) {
            for (Interval& interval : clock.ledger) {
                interval.reason = map_.reason(interval.reason, old);
            }
        }
        renumber_moments(from_.clocks[old], clock);
    }

    /// What has fired of the moments that are the same.
    void renumber_moments(const Clock& before, ClockState& clock) const {
        const Clock& after = to_.clocks[clock.clock];
        const std::vector<std::uint32_t> fired(clock.fired.begin(), clock.fired.end());
        const auto times = [&](std::size_t moment) {
            return moment < fired.size() ? fired[moment] : 0;
        };
        clock.fired.clear();
        clock.fired.resize(after.moments.size() + 1);
        clock.fired.back() = times(before.moments.size());
        for (std::size_t i = 0; i < after.moments.size(); ++i) {
            for (std::size_t j = 0; j < before.moments.size(); ++j) {
                if (is_same(before, j, after, i)) clock.fired[i] = times(j);
            }
        }
        drop_unfired(clock);
    }

    static bool is_same(const Clock& before, std::size_t old, const Clock& after,
                        std::size_t now) {
        const Moment& then = before.moments[old];
        if (then.label == after.moments[now].label) return true;
        const auto has = [](const Clock& clock, const std::string& label) {
            return std::any_of(clock.moments.begin(), clock.moments.end(),
                               [&](const Moment& moment) { return moment.label == label; });
        };
        return old == now && then.kind == after.moments[now].kind &&
               before.moments.size() == after.moments.size() && !has(after, then.label) &&
               !has(before, after.moments[now].label);
    }

    void renumber(KeptMessage& kept) {
        const MessageIndex old = kept.message;
        kept.message = map_.message(old);
        if (kept.message == none) return;
        const auto& before = from_.messages[old].fields;
        const auto& after = to_.messages[kept.message].fields;
        const bool same = std::equal(before.begin(), before.end(), after.begin(), after.end(),
                                     [](const ActionField& a, const ActionField& b) {
                                         return a.id == b.id && a.type == b.type;
                                     });
        if (same) return;
        map_.add(RefusalCode::message_gone, {from_.messages[old].id, std::to_string(to_.version),
                                             to_.messages[kept.message].id});
    }

    static std::vector<FieldIndex> root_data(const Model& model) {
        std::vector<FieldIndex> all(model.data.size());
        for (FieldIndex i = 0; i < all.size(); ++i) all[i] = i;
        return all;
    }

    /// The values of `now`, fields of one holder, from those of `then`. Of the procedure both hold all
    /// fields, those of others empty.
    std::vector<Value> data_of(const std::vector<Value>& values,
                               const std::vector<FieldIndex>& then,
                               const std::vector<FieldIndex>& now) {
        std::vector<Value> made;
        const bool of_procedure = now.size() == to_.data.size() && then.size() == from_.data.size();
        for (const FieldIndex field : now) {
            const bool is_own = !of_procedure || to_.data[field].holder == root_state;
            made.push_back(is_own ? to_.data[field].initial : Value());
        }
        for (std::size_t i = 0; i < values.size() && i < then.size(); ++i) {
            const Field& before = from_.data[then[i]];
            if (map_.drops_field(then[i])) continue;
            const FieldIndex field = map_.field(then[i]);
            const auto place = std::find(now.begin(), now.end(), field);
            const bool has_place = place != now.end() &&
                                   map_.state(before.holder) == to_.data[field].holder;
            const bool is_there = !values[i].is_null() || values[i].sealed() != nullptr;
            if (has_place) {
                Value& target = made[static_cast<std::size_t>(place - now.begin())];
                target = is_there ? converted(before, field, values[i]) : Value();
            } else if (is_there) {
                std::vector<std::string> names;
                for (const FieldIndex one : now) names.push_back(to_.data[one].id);
                map_.add(RefusalCode::field_gone, {before.id, std::to_string(to_.version),
                                                   near_or_all_or_null(before.id, names)});
            }
        }
        return made;
    }

    Value converted(const Field& before, FieldIndex field, const Value& value) {
        const Field& after = to_.data[field];
        told_.insert(field);
        if (value.sealed() != nullptr && !after.sensitive) {
            map_.add(RefusalCode::sensitive_lost, {before.id, after.id});
            return {};
        }
        const bool is_erased = value.sealed() != nullptr && value.sealed()->erased;
        auto made = is_erased ? std::optional(value) : conform(after.type, value, offset_);
        if (made) {
            told_.erase(field);
            return std::move(*made);
        }
        map_.add(RefusalCode::wrong_type,
                 {after.id, to_string(after.type),
                  value.sealed() != nullptr ? std::string("***") : to_string(value, offset_)});
        return {};
    }

    /// What the new version cannot do without.
    void check_input(const Instance& made) {
        for (const FieldIndex index : to_.input) {
            const Field& field = to_.data[index];
            const bool is_given = std::any_of(
                mapping_.data.begin(), mapping_.data.end(),
                [&](const auto& given) { return given.first == field.id; });
            const Value& value = made.data[index];
            const bool is_there = !value.is_null() || value.sealed() != nullptr;
            if (field.type.optional || is_given || is_there || told_.contains(index)) continue;
            map_.add(RefusalCode::missing_field, {field.id, to_string(field.type)});
        }
    }

    void renumber_visits(Instance& made) const {
        for (Visits& one : made.visits) one.memory = map_.memory(one.memory);
        erase_if(made.visits, [](const Visits& one) { return one.memory == none; });
    }

    /// A place that the new version does not have is no place any more.
    void renumber_subscriptions(Instance& made) {
        for (Subscription& one : made.subscriptions) {
            const Token* token = find_ordinal(made.tokens, one.ordinal);
            const StateIndex state = token != nullptr ? token->state : root_state;
            one.message = map_.receipt(state, one.message);
        }
        erase_if(made.subscriptions, [](const Subscription& one) { return one.message == none; });
    }

    [[nodiscard]] StatusIndex status(StatusIndex old) const {
        for (StatusIndex i = 0; i < to_.statuses.size(); ++i) {
            if (to_.statuses[i].id == from_.statuses[old].id) return i;
        }
        return none;  // settling says which it is now
    }

    VersionMap& map_;
    const Model& from_;
    const Model& to_;
    const MigrationMapping& mapping_;
    UtcOffset offset_;
    std::set<FieldIndex> told_;  ///< fields for which a value does not do, and that was told
};

}  // namespace

Instance renumbered(const Instance& instance, VersionMap& map, UtcOffset offset) {
    return Renumbering(map, offset).of(instance);
}

/// As a clock has it of which the last moments have not fired.
void drop_unfired(ClockState& clock) {
    std::size_t size = clock.fired.size();
    while (size > 0 && clock.fired[size - 1] == 0) --size;
    clock.fired.resize(size);
}

}  // namespace workflow::interpreter
