// Tokens of one scope, in every situation that ways without guards lead to. A compound state counts
// as one place, for its inside is a scope of its own. What is found on ways without guards can
// really happen, whatever the data are.
#include <algorithm>
#include <map>
#include <set>

#include "analysis/examination.hpp"
#include "analysis/report.hpp"
#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

/// A token stands on a row; on a join it has come from `source`.
struct Standing {
    std::uint32_t row = 0;
    std::uint32_t source = none;
    friend auto operator<=>(const Standing&, const Standing&) = default;
};
using Situation = std::vector<Standing>;  // sorted

/// What one token may do: lead to these rows at once (a fork: several), or leave the scope.
struct Passage {
    std::vector<std::uint32_t> to;
    bool stays = false;   ///< the token itself remains
    bool closes = false;  ///< leaves the scope: all its tokens are gone
};

class ScopeSearch {
public:
    ScopeSearch(const Model& model, StateIndex scope, Exploration& exploration,
                Diagnostics& diagnostics)
        : model_(model),
          scope_(scope),
          around_(model.states[scope]),
          exploration_(exploration),
          diagnostics_(diagnostics) {}

    void search() {
        if (!has_only_plain_parts()) return;
        read_passages();
        Situation start;
        const Move* const move =
            around_.start ? std::get_if<Move>(&around_.start->target) : nullptr;
        if (move == nullptr || !around_.start->also_start.empty()) return;
        start.push_back({model_.states[move->to].row, none});
        visit(start, 0);
        while (next_ < order_.size() && !found_growth_) {
            const std::size_t index = next_++;
            const Situation now = order_[index].situation;
            expand(now, index);
        }
    }

private:
    struct Node {
        Situation situation;
        std::size_t before = 0;
    };

    /// Joins by condition, those that swallow what comes late, and doors depend on more than where
    /// tokens stand.
    bool has_only_plain_parts() const {
        return std::all_of(around_.children.begin(), around_.children.end(), [&](StateIndex child) {
            const State& state = model_.states[child];
            const bool is_plain = state.kind != Kind::join || state.join->rule == Join::Rule::all ||
                                  state.join->rule == Join::Rule::inclusive;
            return is_plain && state.one_at_a_time == none;
        });
    }

    /// States by the child of the scope that they are, or lie in.
    std::vector<std::vector<StateIndex>> states_by_row() const {
        std::vector<std::vector<StateIndex>> states(around_.children.size());
        for (StateIndex state = 1; state < model_.states.size(); ++state) {
            StateIndex child = state;
            while (child != root_state && model_.states[child].parent != scope_) {
                child = model_.states[child].parent;
            }
            if (child != root_state) states[model_.states[child].row].push_back(state);
        }
        return states;
    }

    void read_passages() {
        passages_.resize(around_.children.size());
        const auto states = states_by_row();
        for (std::uint32_t row = 0; row < around_.children.size(); ++row) {
            const StateIndex child = around_.children[row];
            const State& state = model_.states[child];
            if (state.kind == Kind::fork) {
                read_fork(row, state);
                continue;
            }
            for (const StateIndex inside : states[row]) {
                const State& carrier = model_.states[inside];
                for_each_way(model_, carrier, [&](const Way& way, Trigger trigger) {
                    // Which outcome an inside has may be decided by guards.
                    const bool decided = trigger == Trigger::finish && !carrier.outcomes.empty();
                    if (trigger != Trigger::start) read_way(row, inside, way, decided);
                });
            }
            read_course(row, state);
        }
    }

    /// What a state does by itself beside its ways.
    void read_course(std::uint32_t row, const State& state) {
        if (state.kind == Kind::end) {
            passages_[row].push_back({{}, false, state.terminate});
            return;
        }
        const bool ends_alike = state.is_compound() || state.kind == Kind::call;
        if (ends_alike && !state.to && state.outcomes.empty()) passages_[row].push_back({});
    }

    void read_fork(std::uint32_t row, const State& state) {
        Passage all;
        for (const Way& way : state.choices) {
            const Move* const move = std::get_if<Move>(&way.target);
            if (way.when || way.otherwise || !way.choices.empty() || move == nullptr) {
                return;
            }
            all.to.push_back(model_.states[move->to].row);
        }
        passages_[row].push_back(std::move(all));
    }

    void read_way(std::uint32_t row, StateIndex carrier, const Way& way, bool guarded) {
        const bool is_guarded = guarded || way.when || !way.choices.empty() || !way.cancel.empty();
        Passage passage;
        for (const StateIndex state : way.also_start) {
            if (model_.states[state].parent == scope_) {
                passage.to.push_back(model_.states[state].row);
            }
        }
        if (way.choices.empty()) {
            if (const auto* move = std::get_if<Move>(&way.target)) {
                const State& target = model_.states[move->to];
                if (target.parent == scope_) {
                    passage.to.push_back(target.row);
                } else if (is_within(model_, move->to, around_.children[row])) {
                    passage.stays = true;
                } else {
                    passage.closes = true;
                }
            } else if (std::holds_alternative<Stay>(way.target)) {
                passage.stays = true;
            } else {
                passage.stays = carrier != around_.children[row];
            }
        }
        for (const Way& choice : way.choices) read_way(row, carrier, choice, true);
        if (!way.choices.empty() || (passage.stays && passage.to.empty())) return;
        if (!is_guarded) passages_[row].push_back(std::move(passage));
    }

    // --- the search -----------------------------------------------------------------------------

    void visit(Situation situation, std::size_t before) {
        std::sort(situation.begin(), situation.end());
        if (seen_.count(situation) != 0) return;
        if (exploration_.situations >= limits::situations_max) {
            exploration_.bound_reached = true;
            return;
        }
        ++exploration_.situations;
        seen_.insert(situation);
        if (order_.empty() || !grows(situation, before)) order_.push_back({situation, before});
    }

    /// More tokens than in a situation that led here, and none less: so it goes on for ever. What
    /// is more on a task can still be done; on a join nobody can take it away.
    bool grows(const Situation& now, std::size_t before) {
        for (std::size_t at = before;; at = order_[at].before) {
            const Situation& then = order_[at].situation;
            const bool covers = then.size() < now.size() &&
                                std::includes(now.begin(), now.end(), then.begin(), then.end());
            if (covers) {
                report_growth(now, then);
                return true;
            }
            if (at == 0) return false;
        }
    }

    void report_growth(const Situation& now, const Situation& then) {
        Situation more;
        std::set_difference(now.begin(), now.end(), then.begin(), then.end(),
                            std::back_inserter(more));
        for (const Standing& standing : more) {
            const State& state = model_.states[around_.children[standing.row]];
            if (state.kind != Kind::join || found_growth_) continue;
            found_growth_ = true;
            warn("tokens-without-end", state.place, {state.id});
        }
    }

    void expand(const Situation& now, std::size_t index) {
        bool moves = fire_joins(now, index);
        for (std::size_t i = 0; i < now.size(); ++i) {
            const StateIndex child = around_.children[now[i].row];
            if (model_.states[child].kind == Kind::join) continue;
            moves = true;  // somebody may act there, or its inside is looked at by itself
            for (const Passage& passage : passages_[now[i].row]) {
                if (passage.closes) continue;
                Situation next = now;
                if (!passage.stays) next.erase(next.begin() + static_cast<std::ptrdiff_t>(i));
                for (const std::uint32_t to : passage.to) next.push_back(arriving(to, now[i].row));
                visit(std::move(next), index);
            }
        }
        if (!moves && !now.empty() && !is_left_from_around()) report_starved(now);
    }

    Standing arriving(std::uint32_t to, std::uint32_t from) const {
        const bool is_join = model_.states[around_.children[to]].kind == Kind::join;
        return {to, is_join ? from : none};
    }

    /// Whether some join fires.
    bool fire_joins(const Situation& now, std::size_t index) {
        bool fires = false;
        std::set<std::uint32_t> looked_at;
        for (const Standing& standing : now) {
            const State& join = model_.states[around_.children[standing.row]];
            if (join.kind != Kind::join || !looked_at.insert(standing.row).second) continue;
            const auto rest = fired(now, standing.row, join);
            if (!rest) continue;
            fires = true;
            for (const Passage& passage : passages_[standing.row]) {
                if (passage.closes) continue;
                Situation next = *rest;
                for (const std::uint32_t to : passage.to) {
                    next.push_back(arriving(to, standing.row));
                }
                visit(std::move(next), index);
            }
        }
        return fires;
    }

    /// What remains when the join fires; nothing when it does not.
    std::optional<Situation> fired(const Situation& now, std::uint32_t row,
                                   const State& join) const {
        const Join::Rule rule = join.join->rule;
        std::set<std::uint32_t> sources;
        for (const Standing& standing : now) {
            if (standing.row == row) sources.insert(standing.source);
        }
        const std::size_t wanted = rule == Join::Rule::all ? join.sources.size() : 1;
        if (sources.size() < wanted) return std::nullopt;
        // An inclusive join waits while another token of the scope may still arrive.
        if (rule == Join::Rule::inclusive && others_may_arrive(now, row, join)) return std::nullopt;
        Situation rest;
        std::set<std::uint32_t> taken;
        for (const Standing& standing : now) {
            const bool takes = standing.row == row && (rule == Join::Rule::inclusive ||
                                                       taken.insert(standing.source).second);
            if (!takes) rest.push_back(standing);
        }
        return rest;
    }

    bool others_may_arrive(const Situation& now, std::uint32_t row, const State& join) const {
        return std::any_of(now.begin(), now.end(), [&](const Standing& standing) {
            return standing.row != row && around_.arrivals.at(standing.row, join.column);
        });
    }

    /// What is around may still end the wait.
    bool is_left_from_around() const {
        bool found = false;
        for (StateIndex state = scope_;; state = model_.states[state].parent) {
            for_each_way(model_, model_.states[state], [&](const Way&, Trigger trigger) {
                found = found || trigger == Trigger::person || trigger == Trigger::time ||
                        trigger == Trigger::message;
            });
            if (state == root_state) return found;
        }
    }

    void report_starved(const Situation& now) {
        const State& join = model_.states[around_.children[now.front().row]];
        if (!reported_.insert(now.front().row).second) return;
        std::string missing;
        for (const StateIndex source : join.sources) {
            const bool is_there =
                std::any_of(now.begin(), now.end(), [&](const Standing& standing) {
                    return standing.row == now.front().row &&
                           standing.source == model_.states[source].row;
                });
            if (!is_there)
                missing += (missing.empty() ? "'" : ", '") + model_.states[source].id + "'";
        }
        warn("join-starves", join.place, {join.id, missing});
    }

    void warn(const char* code, const Place& place, std::vector<std::string> arguments) {
        if (diagnostics_.size() >= limits::diagnostics_max) return;
        diagnostics_.push_back({Severity::warning, code, place, std::move(arguments)});
    }

    const Model& model_;
    StateIndex scope_;
    const State& around_;
    Exploration& exploration_;
    Diagnostics& diagnostics_;
    std::vector<std::vector<Passage>> passages_;  ///< by row; without those that guards decide
    std::set<Situation> seen_;
    std::vector<Node> order_;
    std::size_t next_ = 0;
    std::set<std::uint32_t> reported_;
    bool found_growth_ = false;
};

}  // namespace

Exploration explore(const Model& model, Diagnostics& diagnostics) {
    Exploration exploration;
    std::vector<bool> parts(model.states.size(), false);  // scopes in which tokens part
    const auto look = [&](const auto& self, const Way& way) -> void {
        for (const StateIndex state : way.also_start) parts[model.states[state].parent] = true;
        for (const Way& choice : way.choices) self(self, choice);
    };
    for (const State& state : model.states) {
        if (state.kind == Kind::fork) parts[state.parent] = true;
        for_each_way(model, state, [&](const Way& way, Trigger) { look(look, way); });
    }
    for (StateIndex scope = 0; scope < model.states.size(); ++scope) {
        const Kind kind = model.states[scope].kind;
        if (!parts[scope] || (kind != Kind::group && kind != Kind::each)) continue;
        ScopeSearch(model, scope, exploration, diagnostics).search();
    }
    return exploration;
}

}  // namespace workflow::analysis
