#include "interpreter/work_items.hpp"

#include <algorithm>

#include "interpreter/offers.hpp"

namespace workflow::interpreter {
namespace {

using namespace procedure;

/// Whoever may act on a work item, now or when its guards hold, may take it for himself.
void check_may_claim(Run& run, const Actor& actor, Ordinal work_item) {
    std::optional<RefusalCode> refused = RefusalCode::no_such_work_item;
    Offer nearest_offer;
    each_offer(run, [&](const Offer& offer) {
        if (offer.carrier != work_item || !refused) return;
        if (run.model.states[offer.state].kind != Kind::task) return;
        refused = objection(run, offer, actor, Guards::without_fields);
        nearest_offer = offer;
        if (refused == RefusalCode::guard_false) refused.reset();
    });
    if (!refused) return;
    if (refused == RefusalCode::no_such_work_item) {
        throw Abandon{*refused, {std::to_string(work_item), "claim"}};
    }
    throw Abandon{*refused, objection_arguments(run, nearest_offer, actor, *refused)};
}

/// Gives the work item to `to`, whoever had it. The name of its state comes with it (R40).
void give(Run& run, Ordinal work_item, const std::string& to, bool by_operator) {
    erase_if(run.instance.claims, [&](const Claimed& other) { return other.token == work_item; });
    const auto after = std::find_if(run.instance.claims.begin(), run.instance.claims.end(),
                                    [&](const Claimed& other) { return other.token > work_item; });
    run.instance.claims.insert(after, Claimed{work_item, to, by_operator});
    const Token& token = run.token(work_item);
    const bool wants_name = run.model.states[token.state].one_at_a_time != none;
    if (wants_name && !token.holds && run.barred_by(token) == nullptr) run.take_name(work_item);
}

const State& task_of(Run& run, Ordinal work_item, const char* what) {
    const Token* token = run.find_token(work_item);
    if (token == nullptr || token->remainder || run.model.states[token->state].kind != Kind::task) {
        throw Abandon{RefusalCode::no_such_work_item, {std::to_string(work_item), what}};
    }
    return run.model.states[token->state];
}

void check_receiver(const std::string& to) {
    if (to.empty()) throw Abandon{RefusalCode::missing_field, {"to", "person"}};
}

}  // namespace

void claim(Run& run, const Claim& event) {
    run.bind_actor(event.actor);
    check_may_claim(run, event.actor, event.work_item);
    if (claim_of(run.instance, event.work_item) == nullptr) {
        const StateIndex state = run.token(event.work_item).state;
        run.record(RecordKind::claimed, event.work_item, state, no_index, no_index, event.actor.id);
        give(run, event.work_item, event.actor.id, false);
    }
    run.settle();
}

void release(Run& run, const Release& event) {
    run.bind_actor(event.actor);
    const Claimed* claimed = claim_of(run.instance, event.work_item);
    if (claimed == nullptr) {
        throw Abandon{RefusalCode::not_claimed, {std::to_string(event.work_item)}};
    }
    Token& token = run.token(event.work_item);
    if (claimed->by != event.actor.id) {
        throw Abandon{RefusalCode::claimed, {run.model.states[token.state].id, claimed->by}};
    }
    run.record(RecordKind::released, token.ordinal, token.state, no_index, no_index, claimed->by);
    erase_if(run.instance.claims,
             [&](const Claimed& other) { return other.token == event.work_item; });
    token.holds = false;
    run.settle();
}

void delegate(Run& run, const Delegate& event) {
    run.bind_actor(event.actor);
    check_receiver(event.to);
    (void)task_of(run, event.work_item, "delegate");
    check_may_claim(run, event.actor, event.work_item);
    const Claimed* held = claim_of(run.instance, event.work_item);
    const bool reassigned = held != nullptr && held->reassigned;
    run.record(RecordKind::delegated, event.work_item, run.token(event.work_item).state, no_index,
               no_index, List{event.to, event.actor.id});
    give(run, event.work_item, event.to, reassigned);
    run.settle();
}

void reassign(Run& run, const Reassign& event) {
    run.bind_actor(event.actor);
    check_receiver(event.to);
    (void)task_of(run, event.work_item, "reassign");
    run.record(RecordKind::reassigned, event.work_item, run.token(event.work_item).state, no_index,
               no_index, List{event.to, event.reason});
    give(run, event.work_item, event.to, true);
    run.settle();
}

void move_token(Run& run, const MoveToken& event) {
    run.bind_actor(event.actor);
    const Token* token = run.find_token(event.token);
    if (token == nullptr || token->remainder) {
        throw Abandon{RefusalCode::no_such_work_item, {std::to_string(event.token), "move"}};
    }
    const StateIndex from = token->state;
    const StateIndex to = find_state(run.model, event.to);
    // Where a way could lead (R22 a, b): beside the state, or beside one around it; and a join
    // takes only who comes from one of its sources.
    const bool reached = to != none && to != root_state &&
                         run.model.states[to].kind != Kind::join &&
                         from != run.model.states[to].parent &&
                         is_within(run.model, from, run.model.states[to].parent);
    if (!reached || run.model.states[run.model.states[to].parent].kind == Kind::parallel) {
        throw Abandon{RefusalCode::out_of_reach, {run.model.states[from].id, event.to}};
    }
    run.record(RecordKind::moved, event.token, from, to, no_index, event.reason);
    run.move(event.token, to);
    run.settle();
}

}  // namespace workflow::interpreter
