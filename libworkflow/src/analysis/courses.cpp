#include "analysis/courses.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "analysis/possible_values.hpp"
#include "analysis/scope_order.hpp"
#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

/// A step of a course, with the one before it.
struct Link {
    CourseStep step;
    const Link* before = nullptr;
};

struct Reach {
    Progress at;
    const Link* last = nullptr;
    std::vector<std::pair<const Action*, std::int64_t>> uses = {};  ///< of what `at_most` counts
};

/// Where something goes from a state: to a state beside or around it, or to an end of its scope.
struct Exit {
    StateIndex target = none;
    OutcomeIndex outcome = none;
    Reach reach;
};
using Exits = std::vector<Exit>;

/// What bounds a stay.
struct Bounding {
    Limit limit;
    ClockIndex clock = none;
    Progress end;
};

class CourseFinder {
public:
    CourseFinder(const Model& model, std::string_view variant, const Measure& measure, Bound bound)
        : model_(model),
          variant_(variant),
          measure_(measure),
          bound_(bound),
          orders_(scope_orders(model)),
          returns_(model, [this](const Action& action) { return uses_max(action).has_value(); }) {}

    std::vector<FoundCourse> find(Progress start) {
        std::map<OutcomeIndex, Reach> best;
        for (const Exit& exit : leave(root_state, {start, nullptr})) {
            const auto [found, is_new] = best.emplace(exit.outcome, exit.reach);
            if (!is_new) found->second = better(found->second, exit.reach);
        }
        std::vector<FoundCourse> courses;
        for (const auto& [outcome, reach] : best) {
            courses.push_back({outcome, reach.at, course_of(reach.last)});
        }
        return courses;
    }

private:
    // --- progress -------------------------------------------------------------------------------

    Reach better(const Reach& a, const Reach& b) const {
        return (bound_ == Bound::latest ? b.at > a.at : b.at < a.at) ? b : a;
    }

    Reach pushed(const Reach& reach, const CourseStep& step, Progress at) {
        links_.push_back({step, reach.last});
        return {at, &links_.back(), reach.uses};
    }

    static Course course_of(const Link* last) {
        Course course;
        for (const Link* link = last; link != nullptr; link = link->before) {
            course.steps.push_back(link->step);
        }
        std::reverse(course.steps.begin(), course.steps.end());
        return course;
    }

    /// The longest, or shortest, of what a limit can be.
    template <class Length>
    std::optional<Limit> limit_of(const Length& length) const {
        const auto possible = possible_limits(model_, length, variant_);
        if (!possible || possible->limits.empty()) return std::nullopt;
        const auto less = [](Limit a, Limit b) {
            return NominalMeasure::minutes(a) < NominalMeasure::minutes(b);
        };
        const auto& limits = possible->limits;
        return bound_ == Bound::latest ? *std::max_element(limits.begin(), limits.end(), less)
                                       : *std::min_element(limits.begin(), limits.end(), less);
    }

    std::optional<Limit> limit_of(const Timer& timer) const {
        if (std::holds_alternative<RecurringDate>(timer.limit)) return std::nullopt;
        if (const Limit* const limit = std::get_if<Limit>(&timer.limit)) return *limit;
        return limit_of(std::variant<Limit, Cel>(std::get<Cel>(timer.limit)));
    }

    /// A clock that runs from entering its state, or a date, until that is left.
    std::optional<Limit> limit_of_stay(const Clock& clock) const {
        const bool whole = !clock.stops && !clock.due &&
                           (!clock.starts || clock.starts->kind == Occasion::Kind::date);
        return whole ? limit_of(clock.limit) : std::nullopt;
    }

    static bool always_leaves(const Way& way) {
        if (way.when) return false;
        if (way.choices.empty()) return !std::holds_alternative<Stay>(way.target);
        return std::all_of(way.choices.begin(), way.choices.end(), [](const Way& choice) {
            return !std::holds_alternative<Stay>(choice.target) || !choice.choices.empty();
        });
    }

    /// The tightest of what bounds a stay that begins then.
    std::optional<Bounding> bounding(const State& state, Progress from) const {
        std::optional<Bounding> tightest;
        const auto consider = [&](Limit limit, ClockIndex clock) {
            const Bounding one{limit, clock, measure_.after(from, limit)};
            if (!tightest || one.end < tightest->end) tightest = one;
        };
        for (const ClockIndex clock : state.clocks) {
            if (const auto limit = limit_of_stay(model_.clocks[clock])) consider(*limit, clock);
        }
        for (const Timer& timer : state.timers) {
            if (!always_leaves(timer.way)) continue;
            if (const auto limit = limit_of(timer)) consider(*limit, none);
        }
        return tightest;
    }

    // --- ways -----------------------------------------------------------------------------------

    void emit(const Way& way, const Reach& reach, Exits& exits) {
        for (const StateIndex state : way.also_start) exits.push_back({state, none, reach});
        for (const Way& choice : way.choices) emit(choice, reach, exits);
        if (!way.choices.empty()) return;
        if (const auto* move = std::get_if<Move>(&way.target)) {
            exits.push_back({move->to, none, reach});
        } else if (const auto* finish = std::get_if<Finish>(&way.target)) {
            exits.push_back({none, finish->outcome, reach});
        }
    }

    void emit_finish(const State& state, const Reach& reach, Exits& exits) {
        if (state.to) {
            emit(*state.to, reach, exits);
        } else {
            exits.push_back({none, none, reach});
        }
    }

    /// How often it may be done; nothing where `at_most` is not there or cannot be known.
    std::optional<std::int64_t> uses_max(const Action& action) const {
        if (!action.at_most) return std::nullopt;
        const auto cases = possible_values(model_, action.at_most->expression, variant_);
        if (!cases || cases->empty()) return std::nullopt;
        std::int64_t most = 0;
        for (const ValueCase& one : *cases) {
            const auto count = one.value.integer();
            if (!count) return std::nullopt;
            most = std::max(most, *count);
        }
        return most;
    }

    /// False: it cannot be done once more.
    bool count_use(const Action& action, Reach& reach) const {
        const auto most = uses_max(action);
        if (!most) return true;
        for (auto& [used, times] : reach.uses) {
            if (used == &action) return times++ < *most;
        }
        reach.uses.emplace_back(&action, 1);
        return *most > 0;
    }

    /// What people, messages and times may do from `entered` on, at the latest at `done`.
    void emit_triggers(StateIndex index, const Reach& entered, const Reach& done, Exits& exits) {
        const State& state = model_.states[index];
        for (const Action& action : state.actions) {
            Reach used = done;
            if (count_use(action, used)) emit(action.way, used, exits);
        }
        for (const Receipt& receipt : state.receive) emit(receipt.way, done, exits);
        if (state.service) {
            for (const auto& [code, way] : state.service->errors) emit(way, done, exits);
        }
        for (const Timer& timer : state.timers) {
            const auto limit = limit_of(timer);
            emit(timer.way, limit ? timed(index, entered, *limit, none) : done, exits);
        }
        for (const ClockIndex clock : state.clocks)
            emit_moments(index, clock, entered, done, exits);
    }

    Reach timed(StateIndex index, const Reach& entered, Limit limit, ClockIndex clock) {
        return pushed(entered, {index, limit, clock, false}, measure_.after(entered.at, limit));
    }

    void emit_moments(StateIndex index, ClockIndex number, const Reach& entered, const Reach& done,
                      Exits& exits) {
        const Clock& clock = model_.clocks[number];
        const auto limit = limit_of_stay(clock);
        for (const Moment& moment : clock.moments) {
            Reach reach = done;
            const bool at_due =
                moment.kind == Moment::Kind::due || moment.kind == Moment::Kind::after;
            if (limit && at_due) reach = timed(index, entered, *limit, number);
            if (limit && moment.kind == Moment::Kind::after) {
                reach = timed(index, reach, moment.distance, none);
            }
            emit(moment.way, reach, exits);
        }
    }

    // --- states ---------------------------------------------------------------------------------

    Exits leave(StateIndex index, const Reach& reach) {
        const State& state = model_.states[index];
        if (state.kind == Kind::parallel) return leave_parallel(index, reach);
        if (state.is_compound()) return leave_scope(index, reach);
        return leave_leaf(index, reach);
    }

    /// Whether a stay there is one for people: it takes time, or may.
    static bool is_stay(const State& state) {
        return state.kind == Kind::task || state.kind == Kind::idle || state.kind == Kind::wait ||
               state.kind == Kind::service || (state.call && !state.call->detached);
    }

    Reach done_of_leaf(StateIndex index, const Reach& reach) {
        const State& state = model_.states[index];
        if (!is_stay(state)) return reach;
        if (bound_ == Bound::earliest) {
            return pushed(reach, {index, std::nullopt, none, false}, reach.at);
        }
        const auto bounded = bounding(state, reach.at);
        if (!bounded) return pushed(reach, {index, std::nullopt, none, true}, reach.at);
        return pushed(reach, {index, bounded->limit, bounded->clock, false}, bounded->end);
    }

    Exits leave_leaf(StateIndex index, const Reach& reach) {
        const State& state = model_.states[index];
        const Reach done = done_of_leaf(index, reach);
        Exits exits;
        emit_triggers(index, reach, done, exits);
        for (const Way& way : state.choices) emit(way, done, exits);
        if (state.kind == Kind::end) exits.push_back({none, state.outcome, done});
        if (state.kind == Kind::call && !state.call->detached) {
            emit_child_end(state, done, exits);
        } else if (state.to || finishes_by_itself(state)) {
            emit_finish(state, done, exits);
        }
        return exits;
    }

    static bool finishes_by_itself(const State& state) {
        return state.kind == Kind::join || state.kind == Kind::service ||
               state.kind == Kind::call ||
               (state.kind == Kind::wait && (state.until || state.when));
    }

    void emit_child_end(const State& state, const Reach& done, Exits& exits) {
        bool otherwise = state.to.has_value();
        if (state.to) emit(*state.to, done, exits);
        for (const auto& [outcome, way] : state.outcomes) {
            otherwise = otherwise || outcome == none;
            emit(way, done, exits);
        }
        if (otherwise) return;
        for (OutcomeIndex outcome = 0; outcome < model_.outcomes.size(); ++outcome) {
            if (model_.outcomes[outcome].declared) exits.push_back({none, outcome, done});
        }
    }

    /// As many branches as the join wants; of those that may not open none is certain.
    Exits leave_parallel(StateIndex index, const Reach& reach) {
        const State& state = model_.states[index];
        Exits inside;
        std::vector<Reach> finished;
        for (const StateIndex branch : state.children) {
            std::optional<Reach> done;
            for (const Exit& exit : leave(branch, reach)) {
                if (exit.target != none) {
                    inside.push_back(exit);
                } else {
                    done = done ? better(*done, exit.reach) : exit.reach;
                }
            }
            if (!done) continue;
            const bool certain = !model_.states[branch].when || bound_ == Bound::latest;
            finished.push_back(certain ? *done : reach);
        }
        if (!finished.empty()) {
            std::stable_sort(finished.begin(), finished.end(),
                             [](const Reach& a, const Reach& b) { return a.at < b.at; });
            emit_finish(state, joined(state, finished, reach), inside);
        }
        return bounded_exits(index, reach, std::move(inside));
    }

    static Reach joined(const State& state, const std::vector<Reach>& sorted,
                        const Reach& entered) {
        const bool counts = state.join && state.join->rule == Join::Rule::count;
        if (!counts) return sorted.back();
        if (state.join->count == 0) return entered;
        return sorted[std::min<std::size_t>(state.join->count, sorted.size()) - 1];
    }

    Exits leave_scope(StateIndex index, const Reach& reach) {
        const State& state = model_.states[index];
        Exits exits;
        std::optional<Reach> finished;
        for (const Exit& exit : pass(index, reach)) {
            if (exit.target != none || index == root_state) {
                exits.push_back(exit);
            } else if (state.kind == Kind::each) {
                finished = finished ? better(*finished, exit.reach) : exit.reach;
            } else if (const Way* const way = way_after(state, exit.outcome)) {
                emit(*way, exit.reach, exits);
            } else {
                exits.push_back(exit);
            }
        }
        if (state.kind == Kind::each) emit_each(index, reach, finished, exits);
        return bounded_exits(index, reach, std::move(exits));
    }

    /// A list may be empty; one after the other takes as long as it has items.
    void emit_each(StateIndex index, const Reach& reach, const std::optional<Reach>& finished,
                   Exits& exits) {
        const State& state = model_.states[index];
        const bool nobody =
            state.join && state.join->rule == Join::Rule::count && state.join->count == 0;
        if (bound_ == Bound::earliest || !finished || nobody) {
            return emit_finish(state, reach, exits);
        }
        const bool in_turn = state.at_once != 0;
        emit_finish(state,
                    in_turn ? pushed(*finished, {index, std::nullopt, none, true}, finished->at)
                            : *finished,
                    exits);
    }

    static const Way* way_after(const State& group, OutcomeIndex outcome) {
        const Way* otherwise = nullptr;
        for (const auto& [named, way] : group.outcomes) {
            if (named == outcome && named != none) return &way;
            if (named == none) otherwise = &way;
        }
        if (otherwise != nullptr) return otherwise;
        return group.to ? &*group.to : nullptr;
    }

    /// From the starts of a scope on: what leaves it, or ends in it.
    Exits pass(StateIndex scope, const Reach& reach) {
        const ScopeOrder& order = orders_[scope];
        const State& around = model_.states[scope];
        std::vector<std::optional<Reach>> arrived(around.children.size());
        Exits leaving;
        Exits returning;  // taken up in the next round
        const auto take = [&](const Exit& exit, std::uint32_t from) {
            if (exit.target == none || model_.states[exit.target].parent != scope) {
                leaving.push_back(exit);
                return;
            }
            const State& target = model_.states[exit.target];
            if (from != none && order.leads_back(from, target.row)) {
                const bool may_return = bound_ == Bound::latest &&
                                        returns_.holds(scope, from, target.row);
                if (may_return) returning.push_back(exit);
                return;
            }
            std::optional<Reach>& there = arrived[target.row];
            there = !there ? exit.reach : at_join(target, *there, exit.reach);
        };
        Exits starts;
        if (around.start) emit(*around.start, reach, starts);
        for (const Entry& entry : around.entries) emit(entry.way, reach, starts);
        for (const Exit& exit : starts) take(exit, none);
        for (std::size_t round = 0; round < rounds_max; ++round) {
            for (const std::uint32_t row : order.rows()) {
                if (!arrived[row]) continue;
                for (const Exit& exit : leave(around.children[row], *arrived[row])) {
                    take(exit, row);
                }
            }
            if (returning.empty()) break;
            arrived.assign(arrived.size(), std::nullopt);
            for (const Exit& exit : std::exchange(returning, {})) take(exit, none);
        }
        return leaving;
    }

    Reach at_join(const State& target, const Reach& a, const Reach& b) const {
        const bool waits_for_all =
            target.kind == Kind::join && target.join && target.join->rule == Join::Rule::all;
        if (waits_for_all) return b.at > a.at ? b : a;
        return better(a, b);
    }

    /// The best for each target and outcome, within the compound's own limits, and what its own
    /// triggers do.
    Exits bounded_exits(StateIndex index, const Reach& entered, Exits all) {
        const State& state = model_.states[index];
        std::map<std::pair<StateIndex, OutcomeIndex>, Reach> best;
        for (const Exit& exit : all) {
            const auto [found, is_new] =
                best.emplace(std::pair(exit.target, exit.outcome), exit.reach);
            if (!is_new) found->second = better(found->second, exit.reach);
        }
        Exits exits;
        const std::optional<Bounding> bounded = bounding(state, entered.at);
        const bool is_bounded = bounded && bound_ == Bound::latest;
        Reach last = entered;
        for (const auto& [where, reach] : best) {
            const Reach kept = is_bounded ? within(index, *bounded, entered, reach) : reach;
            last = better(last, kept);
            exits.push_back({where.first, where.second, kept});
        }
        Exits own;
        emit_triggers(index, entered, bound_ == Bound::latest ? last : entered, own);
        for (const Exit& exit : own) {
            const bool inside = exit.target != none && model_.states[exit.target].parent == index;
            if (!inside) exits.push_back(exit);
        }
        return exits;
    }

    Policy policy_of(ClockIndex clock, StateIndex state) const {
        const ReasonIndex reason = model_.states[state].waiting_for;
        if (clock == none || reason == none) return Policy::go_on;
        const auto& policies = model_.clocks[clock].while_waiting;
        return reason < policies.size() ? policies[reason] : Policy::go_on;
    }

    /// What the compound's own limit makes of a way through it: what waits comes on top, and after
    /// a wait that restarts it the limit is there once more.
    Reach within(StateIndex index, const Bounding& bounded, const Reach& entered,
                 const Reach& inner) {
        std::vector<CourseStep> steps;
        for (const Link* link = inner.last; link != nullptr && link != entered.last;
             link = link->before) {
            steps.push_back(link->step);
        }
        std::reverse(steps.begin(), steps.end());
        Reach whole = entered;
        whole.uses = inner.uses;
        std::size_t open = 0;
        bool is_spent = false;  // the limit, in this round of its clock
        for (const CourseStep& step : steps) {
            const Policy policy = policy_of(bounded.clock, step.state);
            if (policy == Policy::go_on) {
                if (!is_spent) whole = timed(index, whole, bounded.limit, bounded.clock);
                is_spent = true;
                open += step.open ? 1 : 0;
                continue;
            }
            whole =
                pushed(whole, step, step.limit ? measure_.after(whole.at, *step.limit) : whole.at);
            if (policy == Policy::restart) is_spent = false;
        }
        const bool is_longer = measure_.counts(bounded.limit.unit)
                                   ? inner.at > whole.at
                                   : inner.at.nominal > whole.at.nominal;
        return open > 0 || is_longer ? whole : inner;
    }

    const Model& model_;
    std::string_view variant_;
    const Measure& measure_;
    Bound bound_;
    std::vector<ScopeOrder> orders_;
    BoundedReturns returns_;
    std::deque<Link> links_;
};

}  // namespace

std::vector<FoundCourse> find_courses(const Model& model, std::string_view variant,
                                      const Measure& measure, Progress start, Bound bound) {
    return CourseFinder(model, variant, measure, bound).find(start);
}

}  // namespace workflow::analysis
