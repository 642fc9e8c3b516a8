#include "support/invariants.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "procedure/model.hpp"
#include "record/record.hpp"
#include "workflow/interpreter.hpp"

namespace workflow::test {
namespace {

using namespace procedure;

struct Broken {
    std::string words;
};

void must(bool holds, const char* sentence, Ordinal ordinal) {
    if (!holds) throw Broken{std::string(sentence) + ": " + std::to_string(ordinal)};
}

template <class Range, class Test>
bool any(const Range& range, const Test& test) {
    return std::any_of(range.begin(), range.end(), test);
}

/// One instance, with its parts by ordinal.
class Invariants {
public:
    Invariants(const Model& model, const Instance& instance) : model_(model), instance_(instance) {
        for (const Token& token : instance.tokens) {
            must(tokens_.emplace(token.ordinal, &token).second, "one token an ordinal",
                 token.ordinal);
        }
        for (const Scope& scope : instance.scopes) {
            must(scopes_.emplace(scope.ordinal, &scope).second, "one scope an ordinal",
                 scope.ordinal);
        }
    }

    void check() const {
        check_ordinals();
        check_scopes();
        check_tokens();
        check_clocks();
        if (!active()) {
            must(instance_.tokens.empty() && instance_.clocks.empty(),
                 "what has ended holds nothing", 0);
            return;
        }
        check_bags();
        check_rounds();
        check_names();
        check_lists();
        check_claims();
        check_outside();
    }

    /// What is waited for from outside, and who waits for messages.
    void check_outside() const {
        for (const Awaited& awaited : instance_.awaited) {
            const auto token = tokens_.find(awaited.token);
            must(token != tokens_.end(), "an answer is awaited by a token", awaited.token);
            const State& state = model_.states[token->second->state];
            must(awaited.child.empty() ? state.service.has_value() : state.call.has_value(),
                 "an answer is awaited on a service or a call", awaited.token);
            must(awaited.attempt >= 1, "attempts count from one", awaited.token);
        }
        for (const auto& [ordinal, token] : tokens_) {
            const State& state = model_.states[token->state];
            const bool waits = state.service || (state.call && !state.call->detached);
            const auto count =
                std::count_if(instance_.awaited.begin(), instance_.awaited.end(),
                              [&, of = ordinal](const Awaited& one) { return one.token == of; });
            if (waits && !token->at_door) must(count == 1, "a service awaits one answer", ordinal);
        }
        for (const Subscription& waiting : instance_.subscriptions) {
            must(waiting.ordinal == 0 || tokens_.count(waiting.ordinal) == 1,
                 "a message is awaited by a token", waiting.ordinal);
            must(waiting.message < model_.messages.size(), "a message that is declared",
                 waiting.ordinal);
        }
    }

    void check_rows(const IndexRows& rows) const {
        must(active() || (rows.due.empty() && rows.work.empty()), "what has ended wakes nobody", 0);
        must(active() == rows.active.has_value(), "what is under way is listed so", 0);
        std::set<Ordinal> counted;
        for (const auto* list : {&rows.work, &rows.unworked}) {
            for (const WorkRow& row : *list) {
                if (!row.counted) continue;
                must(counted.insert(row.ordinal).second, "a token is counted once", row.ordinal);
            }
        }
        for (const Token& token : instance_.tokens) {
            must(active() || instance_.tokens.empty(), "what has ended has no token", 0);
            const bool by_itself = !token.remainder && token.open_scopes == 0;
            must(!by_itself || counted.contains(token.ordinal), "each token is counted",
                 token.ordinal);
        }
        must(!instance_.is_suspended() || (rows.due.empty() && rows.work.empty()),
             "what is suspended wakes nobody", 0);
        must(std::is_sorted(rows.due.begin(), rows.due.end()), "due rows are in order", 0);
        for (const DueRow& row : rows.due) check_due(row);
        for (const WorkRow& row : rows.work) {
            const Token& token = living(row.ordinal, "a work item is that of a token");
            must(token.state == row.state, "a work item names its token's state", row.ordinal);
            must(!token.at_door && !token.remainder && !token.incident,
                 "a work item can be worked on", row.ordinal);
        }
    }

private:
    [[nodiscard]] bool active() const { return instance_.status == Instance::Status::active; }

    const Token& living(Ordinal ordinal, const char* sentence) const {
        const auto found = tokens_.find(ordinal);
        must(found != tokens_.end(), sentence, ordinal);
        return *found->second;
    }

    void check_ordinals() const {
        std::set<Ordinal> used;
        const auto use = [&](Ordinal ordinal) {
            must(ordinal < instance_.next_ordinal, "ordinals lie below the next", ordinal);
            must(used.insert(ordinal).second, "an ordinal is given once", ordinal);
        };
        for (const Token& token : instance_.tokens) use(token.ordinal);
        for (const Scope& scope : instance_.scopes) use(scope.ordinal);
        for (const ClockState& clock : instance_.clocks) use(clock.ordinal);
    }

    void check_scopes() const {
        if (instance_.status == Instance::Status::created) return;
        must(scopes_.count(0) == 1, "there is a root scope", 0);
        for (const Scope& scope : instance_.scopes) {
            const auto inside =
                std::count_if(instance_.tokens.begin(), instance_.tokens.end(),
                              [&](const Token& token) { return token.scope == scope.ordinal; });
            must(scope.tokens == inside, "a scope knows how many tokens it has", scope.ordinal);
            if (active()) {
                must(scope.done == (scope.tokens == 0), "a scope is done when it is empty",
                     scope.ordinal);
            }
            if (scope.ordinal == 0) continue;
            const Token& holder = living(scope.parent, "a token holds the scope");
            must(model_.states[holder.state].is_compound(), "the holder is compound",
                 scope.ordinal);
            must(!holder.at_door, "what waits at a door holds nothing", scope.ordinal);
            // What is inside is younger than what holds it: scopes form a tree.
            must(holder.ordinal < scope.ordinal, "a scope is younger than its holder",
                 scope.ordinal);
        }
    }

    void check_tokens() const {
        std::map<Ordinal, std::uint32_t> open;
        for (const Scope& scope : instance_.scopes) open[scope.parent] += scope.done ? 0U : 1U;
        for (const Token& token : instance_.tokens) {
            must(token.state < model_.states.size(), "a token stands on a state", token.ordinal);
            const auto found = scopes_.find(token.scope);
            must(found != scopes_.end(), "a token is in a scope", token.ordinal);
            const Scope& scope = *found->second;
            const StateIndex around =
                scope.ordinal == 0 ? root_state : tokens_.at(scope.parent)->state;
            const State& state = model_.states[token.state];
            must(state.parent == around && token.state != root_state,
                 "a token stands on a state of its own scope", token.ordinal);
            must(scope.branch == no_index || scope.branch == token.state,
                 "a branch holds its own state", token.ordinal);
            must(token.open_scopes == open[token.ordinal], "a token knows how much is open inside",
                 token.ordinal);
            must((token.source != no_index) == (state.kind == Kind::join),
                 "who waits at a join came from somewhere", token.ordinal);
            must(token.entered <= instance_.last_now, "nobody enters in the future", token.ordinal);
            must(!token.remainder || token.timers.empty(), "a remainder has no timers",
                 token.ordinal);
        }
    }

    void check_clocks() const {
        for (const ClockState& clock : instance_.clocks) {
            must(clock.clock < model_.clocks.size(), "a clock is that of the procedure",
                 clock.ordinal);
            const procedure::Clock& definition = model_.clocks[clock.clock];
            if (clock.owner == 0) {
                must(definition.owner == root_state, "the procedure owns its own clocks",
                     clock.ordinal);
            } else {
                const Token& owner = living(clock.owner, "a clock's owner lives");
                must(owner.state == definition.owner, "a clock is that of its owner's state",
                     clock.ordinal);
                must(!owner.at_door && !owner.remainder, "a clock's owner is inside",
                     clock.ordinal);
            }
            must(clock.fired.size() <= definition.moments.size() + 1,
                 "a clock counts only its moments and its due date", clock.ordinal);
            check_ledger(clock);
        }
    }

    void check_ledger(const ClockState& clock) const {
        using Phase = ClockState::Phase;
        must(clock.phase == Phase::idle || !clock.ledger.empty(), "a running clock has a ledger",
             clock.ordinal);
        std::uint16_t round = 1;
        for (std::size_t i = 0; i < clock.ledger.size(); ++i) {
            const Interval& one = clock.ledger[i];
            const bool last = i + 1 == clock.ledger.size();
            must(one.open == last, "the last stretch is open and no other", clock.ordinal);
            must(one.open || one.from <= one.to, "a stretch begins before it ends", clock.ordinal);
            must(!one.counts || one.reason == no_index, "a stretch that counts has no reason",
                 clock.ordinal);
            must(one.round == round || one.round == round + 1, "rounds follow each other",
                 clock.ordinal);
            round = one.round;
            if (i > 0) {
                must(clock.ledger[i - 1].to <= one.from, "stretches follow each other",
                     clock.ordinal);
            }
        }
        must(round == clock.round, "a clock knows its round", clock.ordinal);
        if (clock.ledger.empty()) return;
        must((clock.phase == Phase::waiting) == !clock.ledger.back().counts,
             "a clock waits while its stretch does not count", clock.ordinal);
    }

    void check_due(const DueRow& row) const {
        const auto clock =
            std::find_if(instance_.clocks.begin(), instance_.clocks.end(),
                         [&](const ClockState& one) { return one.ordinal == row.ordinal; });
        if (clock == instance_.clocks.end()) {
            const Token& token = living(row.ordinal, "a due row is of a token or clock");
            must(row.due >= token.entered, "a timer is not due before its state is entered",
                 row.ordinal);
            must(any(token.timers,
                     [&](const TimerState& timer) {
                         return timer.timer == row.timer && timer.due == row.due;
                     }),
                 "a due row is of a timer that is pending", row.ordinal);
            return;
        }
        must(!clock->ledger.empty(), "what has not begun is not due", row.ordinal);
        const auto began =
            std::find_if(clock->ledger.begin(), clock->ledger.end(),
                         [&](const Interval& one) { return one.round == clock->round; });
        must(clock->fixed || clock->stops || row.due >= began->from,
             "nothing of a clock is due before its round begins", row.ordinal);
    }

    void check_bags() const {
        std::map<std::pair<Ordinal, StateIndex>, std::set<StateIndex>> bags;
        bool incident = false;
        for (const Token& token : instance_.tokens) {
            const State& state = model_.states[token.state];
            incident = incident || token.incident;
            if (state.kind != Kind::join) continue;
            must(std::count(state.sources.begin(), state.sources.end(), token.source) == 1,
                 "who waits at a join came from one of its sources", token.ordinal);
            bags[{token.scope, token.state}].insert(token.source);
        }
        if (incident) return;  // what stands still is not taken
        for (const auto& [place, sources] : bags) check_bag(place.first, place.second, sources);
    }

    void check_bag(Ordinal scope, StateIndex state, const std::set<StateIndex>& sources) const {
        const State& join = model_.states[state];
        const auto& rounds = scopes_.at(scope)->rounds;
        const auto round = std::find_if(rounds.begin(), rounds.end(),
                                        [&](const FiredRound& one) { return one.join == state; });
        if (join.join->rule == Join::Rule::all) {
            must(sources.size() < join.sources.size(), "a full join has fired", scope);
        } else if (join.join->rule == Join::Rule::count && round == rounds.end()) {
            must(sources.size() < join.join->count, "a join with enough has fired", scope);
        } else if (join.join->rule == Join::Rule::count) {
            for (const StateIndex source : sources) {
                must(std::count(round->counted.begin(), round->counted.end(), source) == 1,
                     "the first of a source is swallowed by a round that has fired", scope);
            }
        }
    }

    void check_rounds() const {
        for (const Scope& scope : instance_.scopes) {
            for (const FiredRound& round : scope.rounds) {
                const State& join = model_.states[round.join];
                const std::set<std::uint32_t> counted(round.counted.begin(), round.counted.end());
                must(!scope.done || scope.ordinal == 0, "no bag of a scope that is done",
                     scope.ordinal);
                must(counted.size() == round.counted.size(), "a round counts a source once",
                     scope.ordinal);
                must(counted.size() >= join.join->count && counted.size() < join.sources.size(),
                     "a round that has fired waits for the rest", scope.ordinal);
            }
        }
    }

    void check_names() const {
        std::set<DoorIndex> held;
        for (const Token& token : instance_.tokens) {
            const DoorIndex name = model_.states[token.state].one_at_a_time;
            if (token.holds) {
                must(name != none && held.insert(name).second, "a name is held once",
                     token.ordinal);
            }
            if (!token.at_door) continue;
            must(name != none && !token.holds, "who waits at a door wants its name", token.ordinal);
            must(token.open_scopes == 0 && token.timers.empty(),
                 "who waits at a door has not begun", token.ordinal);
        }
        for (const Token& token : instance_.tokens) {
            must(!token.at_door || token.incident ||
                     held.count(model_.states[token.state].one_at_a_time) == 1,
                 "who waits at a door waits for somebody", token.ordinal);
        }
    }

    void check_lists() const {
        for (const ItemList& list : instance_.lists) {
            (void)living(list.token, "a list is that of a token");
            must(list.to_come.size() <= list.taken, "no more comes than was taken", list.token);
        }
        for (const Token& token : instance_.tokens) {
            const bool to_come = any(instance_.lists, [&](const ItemList& list) {
                return list.token == token.ordinal && !list.to_come.empty();
            });
            must(!token.remainder || token.open_scopes > 0 || to_come,
                 "a remainder has something left", token.ordinal);
            const std::uint32_t at_once = model_.states[token.state].at_once;
            if (at_once == 0) continue;
            must(token.open_scopes <= at_once, "no more items are open than may be", token.ordinal);
            must(!to_come || token.incident || token.open_scopes == at_once,
                 "an item that may open has opened", token.ordinal);
        }
    }

    void check_claims() const {
        std::set<Ordinal> claimed;
        for (const Claimed& claim : instance_.claims) {
            (void)living(claim.token, "a claim is that of a token");
            must(claimed.insert(claim.token).second, "a work item is claimed once", claim.token);
        }
    }

    const Model& model_;
    const Instance& instance_;
    std::map<Ordinal, const Token*> tokens_;
    std::map<Ordinal, const Scope*> scopes_;
};

void check_bytes(const Instance& instance) {
    const std::string bytes = record::encode(instance);
    const Instance decoded = record::decode_instance(bytes, {});
    must(decoded == instance, "its bytes hold all of it", 0);
    must(record::encode(decoded) == bytes, "its bytes are the same again", 0);
}

}  // namespace

std::string broken_invariant(const Procedure& procedure, const Calendars& calendars,
                             const Instance& instance) {
    try {
        const Invariants invariants(procedure.model(), instance);
        invariants.check();
        invariants.check_rows(index_rows(procedure, calendars, instance));
        check_bytes(instance);
    } catch (const Broken& broken) {
        return broken.words;
    }
    return {};
}

}  // namespace workflow::test
