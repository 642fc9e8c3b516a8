#include "analysis/courses.hpp"

#include <algorithm>
#include <deque>
#include <map>
#include <utility>

#include "analysis/scope_order.hpp"
#include "analysis/stay_limits.hpp"
#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

/// A step of a course, with the one before it.
struct Link {
    CourseStep step;
    const Link* before = nullptr;
};

/// What the limit of a compound makes of a way through it so far.
struct Cap {
    Progress end;
    bool is_spent = false;  ///< the limit, in this round of its clock
    bool is_open = false;   ///< something inside is bounded by nothing else
};

/// How often an action that `at_most` bounds was done.
struct Use {
    StateIndex carrier = none;
    const Action* action = nullptr;
    std::int64_t times = 0;
};

struct Reach {
    Progress at;
    const Link* last = nullptr;
    std::vector<Use> uses = {};  ///< of what may be done again
    std::vector<Cap> caps = {};  ///< outermost first
};
/// Ways to one place of which none is better than another whatever comes behind.
using Front = std::vector<Reach>;

/// Where something goes from a state: to a state beside or around it, or to an end of its scope.
struct Exit {
    StateIndex target = none;
    OutcomeIndex outcome = none;
    Reach reach;
};
using Exits = std::vector<Exit>;

class CourseFinder {
public:
    CourseFinder(const Model& model, std::string_view variant, const Measure& measure, Bound bound)
        : model_(model),
          variant_(variant),
          measure_(measure),
          bound_(bound),
          orders_(scope_orders(model)),
          limits_(model, variant, measure, bound),
          returns_(model,
                   [this](const Action& action) { return limits_.uses_max(action).has_value(); }) {
        const std::vector<RowEdges> edges = scope_edges(model);
        for (StateIndex scope = 0; scope < model.states.size(); ++scope) {
            components_.push_back(
                components_of(edges[scope], model.states[scope].children.size()));
        }
    }

    std::vector<FoundCourse> find(Progress start) {
        std::map<OutcomeIndex, Reach> best;
        for (const Exit& exit : leave(root_state, {start, nullptr})) {
            const auto [found, is_new] = best.emplace(exit.outcome, exit.reach);
            if (!is_new) found->second = better(found->second, exit.reach);
        }
        std::vector<FoundCourse> courses;
        for (const auto& [outcome, reach] : best) {
            courses.push_back({outcome, reach.at, course_of(reach.last)});
            courses.back().course.is_at_least = is_cut_;
        }
        return courses;
    }

private:
    // --- progress -------------------------------------------------------------------------------

    Reach better(const Reach& a, const Reach& b) const {
        return (bound_ == Bound::latest ? b.at > a.at : b.at < a.at) ? b : a;
    }

    /// Whether `a` is at least as good as `b` whatever comes behind: also for the limits around it,
    /// and for what may still be done so often.
    bool makes_needless(const Reach& a, const Reach& b) const {
        if (bound_ == Bound::earliest) return a.at <= b.at;
        if (a.at < b.at) return false;
        for (std::size_t i = 0; i < a.caps.size(); ++i) {
            const Cap& cap = a.caps[i];
            const Cap& other = b.caps[i];
            const bool is_good = cap.end >= other.end && cap.is_spent <= other.is_spent &&
                                 cap.is_open >= other.is_open;
            if (!is_good) return false;
        }
        return std::all_of(a.uses.begin(), a.uses.end(), [&](const Use& use) {
            return std::any_of(b.uses.begin(), b.uses.end(), [&](const Use& other) {
                return use.action == other.action && use.times <= other.times;
            });
        });
    }

    void keep(Front& front, const Reach& reach) {
        const auto spares = [&](const Reach& one) { return makes_needless(one, reach); };
        if (std::any_of(front.begin(), front.end(), spares)) return;
        const auto is_needless = [&](const Reach& one) { return makes_needless(reach, one); };
        front.erase(std::remove_if(front.begin(), front.end(), is_needless), front.end());
        if (front.size() < front_max) {
            front.push_back(reach);
        } else {
            is_cut_ = true;
            front.back() = better(front.back(), reach);
        }
    }

    const Reach& best_of(const Front& front) const {
        return *std::max_element(
            front.begin(), front.end(), [&](const Reach& a, const Reach& b) {
                return bound_ == Bound::latest ? a.at < b.at : b.at < a.at;
            });
    }

    Reach pushed(const Reach& reach, const CourseStep& step) {
        links_.push_back({step, reach.last});
        Reach next = reach;
        next.at = step.limit ? measure_.after(reach.at, *step.limit) : reach.at;
        next.last = &links_.back();
        for (std::size_t i = 0; i < next.caps.size(); ++i) {
            Cap& cap = next.caps[i];
            const auto counted = counted_by(frames_[i], cap, step);
            if (counted && counted->limit) cap.end = measure_.after(cap.end, *counted->limit);
        }
        return next;
    }

    static Course course_of(const Link* last) {
        Course course;
        for (const Link* link = last; link != nullptr; link = link->before) {
            course.steps.push_back(link->step);
        }
        std::reverse(course.steps.begin(), course.steps.end());
        return course;
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

    /// False: it cannot be done once more.
    bool count_use(StateIndex carrier, const Action& action, Reach& reach) const {
        const auto most = limits_.uses_max(action);
        if (!most) return true;
        for (Use& use : reach.uses) {
            if (use.action == &action) return use.times++ < *most;
        }
        reach.uses.push_back({carrier, &action, 1});
        return *most > 0;
    }

    /// Whether a way may lead back into the state, or into one around it.
    bool may_come_again(StateIndex index) const {
        for (; index != root_state; index = model_.states[index].parent) {
            const State& state = model_.states[index];
            const Components& around = components_[state.parent];
            if (around.is_cycle[around.of_row[state.row]]) return true;
        }
        return false;
    }

    /// Without what cannot be done again from that row of the scope, or once it is left, on.
    void forget_uses(Reach& reach, StateIndex scope, std::uint32_t row) const {
        if (reach.uses.empty() || may_come_again(scope)) return;
        const auto& component = components_[scope].of_row;
        std::erase_if(reach.uses, [&](const Use& use) {
            StateIndex inside = use.carrier;
            while (inside != root_state && model_.states[inside].parent != scope) {
                inside = model_.states[inside].parent;
            }
            if (inside == root_state) return false;
            return row == none || component[model_.states[inside].row] > component[row];
        });
    }

    /// What people, messages and times may do from `entered` on, at the latest at `done`.
    void emit_triggers(StateIndex index, const Reach& entered, const Reach& done, Exits& exits) {
        const State& state = model_.states[index];
        for (const Action& action : state.actions) {
            Reach used = done;
            if (count_use(index, action, used)) emit(action.way, used, exits);
        }
        for (const Receipt& receipt : state.receive) emit(receipt.way, done, exits);
        if (state.service) {
            for (const auto& [code, way] : state.service->errors) emit(way, done, exits);
        }
        for (const Timer& timer : state.timers) {
            const auto limit = limits_.of(timer);
            emit(timer.way, limit ? timed(index, entered, *limit, none) : done, exits);
        }
        for (const ClockIndex clock : state.clocks)
            emit_moments(index, clock, entered, done, exits);
    }

    Reach timed(StateIndex index, const Reach& entered, Limit limit, ClockIndex clock) {
        return pushed(entered, {index, limit, clock, false});
    }

    void emit_moments(StateIndex index, ClockIndex number, const Reach& entered, const Reach& done,
                      Exits& exits) {
        const Clock& clock = model_.clocks[number];
        const auto limit = limits_.of_stay(clock);
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
        if (++visits_ > visits_max) {
            is_cut_ = true;
            return {};
        }
        return state.is_compound() ? leave_compound(index, reach) : leave_leaf(index, reach);
    }

    Exits leave_compound(StateIndex index, const Reach& entered) {
        const bool is_parallel = model_.states[index].kind == Kind::parallel;
        const auto leave_inside = [&](const Reach& reach) {
            return is_parallel ? leave_parallel(index, reach) : leave_scope(index, reach);
        };
        const auto bounded =
            bound_ == Bound::latest ? limits_.bounding(index, entered.at) : std::nullopt;
        if (!bounded) return with_triggers(index, entered, leave_inside(entered));
        frames_.push_back(*bounded);
        Reach inside = entered;
        inside.caps.push_back({entered.at});
        Exits exits = leave_inside(inside);
        frames_.pop_back();
        for (Exit& exit : exits) exit.reach = within(*bounded, entered, std::move(exit.reach));
        return with_triggers(index, entered, exits);
    }

    /// Whether a stay there is one for people: it takes time, or may.
    static bool is_stay(const State& state) {
        return state.kind == Kind::task || state.kind == Kind::idle || state.kind == Kind::wait ||
               state.kind == Kind::service || (state.call && !state.call->detached);
    }

    Reach done_of_leaf(StateIndex index, const Reach& reach) {
        const State& state = model_.states[index];
        if (!is_stay(state)) return reach;
        if (bound_ == Bound::earliest) return pushed(reach, {index, std::nullopt, none, false});
        const auto bounded = limits_.bounding(index, reach.at);
        if (!bounded) return pushed(reach, {index, std::nullopt, none, true});
        return pushed(reach, {index, bounded->limit, bounded->clock, false});
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
        std::vector<Front> finished;
        for (const StateIndex branch : state.children) {
            Front done;
            for (const Exit& exit : leave(branch, reach)) {
                if (exit.target != none) {
                    inside.push_back(exit);
                } else {
                    keep(done, exit.reach);
                }
            }
            if (done.empty()) continue;
            const bool certain = !model_.states[branch].when || bound_ == Bound::latest;
            finished.push_back(certain ? std::move(done) : Front{reach});
        }
        if (finished.empty()) return inside;
        std::stable_sort(finished.begin(), finished.end(), [&](const Front& a, const Front& b) {
            return best_of(a).at < best_of(b).at;
        });
        for (const Reach& done : joined(state, finished, reach)) emit_finish(state, done, inside);
        return inside;
    }

    Front joined(const State& state, const std::vector<Front>& sorted, const Reach& entered) {
        const bool counts = state.join && state.join->rule == Join::Rule::count;
        if (counts && state.join->count == 0) return {entered};
        if (counts) return sorted[std::min<std::size_t>(state.join->count, sorted.size()) - 1];
        Front last = sorted.back();
        if (bound_ == Bound::earliest) return last;
        for (const Front& front : sorted) {
            for (const Reach& reach : front) keep(last, reach);
        }
        return last;
    }

    Exits leave_scope(StateIndex index, const Reach& reach) {
        const State& state = model_.states[index];
        Exits exits;
        Front finished;
        for (const Exit& exit : pass(index, reach)) {
            if (exit.target != none || index == root_state) {
                exits.push_back(exit);
            } else if (state.kind == Kind::each) {
                keep(finished, exit.reach);
            } else if (const Way* const way = way_after(state, exit.outcome)) {
                emit(*way, exit.reach, exits);
            } else {
                exits.push_back(exit);
            }
        }
        if (state.kind == Kind::each) emit_each(index, reach, finished, exits);
        return exits;
    }

    /// A list may be empty; one after the other takes as long as it has items.
    void emit_each(StateIndex index, const Reach& reach, const Front& finished, Exits& exits) {
        const State& state = model_.states[index];
        const bool nobody =
            state.join && state.join->rule == Join::Rule::count && state.join->count == 0;
        if (bound_ == Bound::earliest || finished.empty() || nobody) {
            return emit_finish(state, reach, exits);
        }
        const bool in_turn = state.at_once != 0;
        for (const Reach& done : finished) {
            emit_finish(state, in_turn ? pushed(done, {index, std::nullopt, none, true}) : done,
                        exits);
        }
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
        std::vector<Front> arrived(around.children.size());
        Exits leaving;
        Exits returning;  // taken up in the next round
        const auto take = [&](Exit exit, std::uint32_t from) {
            if (exit.target == none || model_.states[exit.target].parent != scope) {
                forget_uses(exit.reach, scope, none);
                leaving.push_back(std::move(exit));
                return;
            }
            const State& target = model_.states[exit.target];
            forget_uses(exit.reach, scope, target.row);
            if (from != none && order.leads_back(from, target.row)) {
                const bool may_return = bound_ == Bound::latest &&
                                        returns_.holds(scope, from, target.row);
                if (may_return) returning.push_back(exit);
                return;
            }
            arrive(target, arrived[target.row], exit.reach);
        };
        Exits starts;
        if (around.start) emit(*around.start, reach, starts);
        for (const Entry& entry : around.entries) emit(entry.way, reach, starts);
        for (const Exit& exit : starts) take(exit, none);
        for (;;) {
            for (const std::uint32_t row : order.rows()) {
                for (const Reach& there : std::exchange(arrived[row], {})) {
                    for (const Exit& exit : leave(around.children[row], there)) take(exit, row);
                }
            }
            if (returning.empty()) return leaving;
            for (const Exit& exit : std::exchange(returning, {})) take(exit, none);
        }
    }

    void arrive(const State& target, Front& there, const Reach& reach) {
        const bool waits_for_all =
            target.kind == Kind::join && target.join && target.join->rule == Join::Rule::all;
        if (!waits_for_all || bound_ == Bound::latest) return keep(there, reach);
        if (there.empty() || reach.at > there.front().at) there = {reach};
    }

    /// What is worth keeping for each target and outcome, and what the compound's own triggers do.
    Exits with_triggers(StateIndex index, const Reach& entered, const Exits& inside) {
        std::map<std::pair<StateIndex, OutcomeIndex>, Front> fronts;
        Front last{entered};
        for (const Exit& exit : inside) {
            keep(fronts[{exit.target, exit.outcome}], exit.reach);
            if (bound_ == Bound::latest) keep(last, exit.reach);
        }
        Exits exits;
        for (const auto& [where, front] : fronts) {
            for (const Reach& reach : front) exits.push_back({where.first, where.second, reach});
        }
        Exits own;
        for (const Reach& reach : last) emit_triggers(index, entered, reach, own);
        for (const Exit& exit : own) {
            const bool stays = exit.target != none && model_.states[exit.target].parent == index;
            if (!stays) exits.push_back(exit);
        }
        return exits;
    }

    Policy policy_of(ClockIndex clock, StateIndex state) const {
        const ReasonIndex reason = model_.states[state].waiting_for;
        if (clock == none || reason == none) return Policy::go_on;
        const auto& policies = model_.clocks[clock].while_waiting;
        return reason < policies.size() ? policies[reason] : Policy::go_on;
    }

    /// What of a step counts with the limit around it: what waits comes on top, and after a wait that
    /// restarts it the limit is there once more.
    std::optional<CourseStep> counted_by(const Bounding& around, Cap& cap,
                                         const CourseStep& step) const {
        const Policy policy = policy_of(around.clock, step.state);
        if (policy == Policy::go_on) {
            cap.is_open = cap.is_open || step.open;
            if (std::exchange(cap.is_spent, true)) return std::nullopt;
            return CourseStep{around.state, around.limit, around.clock, false};
        }
        if (policy == Policy::restart) cap.is_spent = false;
        return step;
    }

    /// A way through a compound, cut to what its own limit makes of it.
    Reach within(const Bounding& around, const Reach& entered, Reach inner) {
        const Cap cap = inner.caps.back();
        inner.caps.pop_back();
        const bool is_longer = measure_.counts(around.limit.unit)
                                   ? inner.at > cap.end
                                   : inner.at.nominal > cap.end.nominal;
        if (!cap.is_open && !is_longer) return inner;
        std::vector<CourseStep> steps;
        for (const Link* link = inner.last; link != entered.last; link = link->before) {
            steps.push_back(link->step);
        }
        std::reverse(steps.begin(), steps.end());
        Reach whole = entered;
        whole.uses = std::move(inner.uses);
        Cap again;
        for (const CourseStep& step : steps) {
            if (const auto counted = counted_by(around, again, step)) {
                whole = pushed(whole, *counted);
            }
        }
        return whole;
    }

    const Model& model_;
    std::string_view variant_;
    const Measure& measure_;
    Bound bound_;
    std::vector<ScopeOrder> orders_;
    StayLimits limits_;
    BoundedReturns returns_;
    std::vector<Components> components_;  ///< by scope
    std::vector<Bounding> frames_;  ///< the compounds that are being passed, the outermost first
    std::deque<Link> links_;
    std::size_t visits_ = 0;
    bool is_cut_ = false;  ///< there are ways that were not followed
};

}  // namespace

std::vector<FoundCourse> find_courses(const Model& model, std::string_view variant,
                                      const Measure& measure, Progress start, Bound bound) {
    return CourseFinder(model, variant, measure, bound).find(start);
}

}  // namespace workflow::analysis
