// Who may do what now: the candidates of an action, and the first reason against each. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "interpreter/run.hpp"

namespace workflow::interpreter {

/// An action that some activation offers: the token's own, or one of a group around tokens.
struct Offer {
    Ordinal carrier = 0;  ///< token on the state that declares it; 0: the procedure
    procedure::StateIndex state = 0;
    std::uint32_t action = 0;
};

[[nodiscard]] inline const procedure::Action& action_of(const Run& run, const Offer& offer) {
    return run.model.states[offer.state].actions[offer.action];
}

template <class Visit>
void each_action(const Run& run, Ordinal carrier, procedure::StateIndex state, const Visit& visit) {
    const auto& actions = run.model.states[state].actions;
    for (std::uint32_t i = 0; i < actions.size(); ++i) visit(Offer{carrier, state, i});
}

/// Visits every action on offer, in the order of ordinals, the procedure's own first. `visit` must
/// not change the run's tokens.
template <class Visit>
void each_offer(const Run& run, const Visit& visit) {
    if (run.instance.status != Instance::Status::active) return;
    each_action(run, 0, procedure::root_state, visit);
    for (const Token& token : run.instance.tokens) {
        if (token.at_door || token.remainder) continue;
        each_action(run, token.ordinal, token.state, visit);
    }
}

/// The same for those of one work item.
template <class Visit>
void each_offer_of(const Run& run, Ordinal work_item, const Visit& visit) {
    if (run.instance.status != Instance::Status::active) return;
    if (work_item == 0) return each_action(run, 0, procedure::root_state, visit);
    const Token* const token = find_ordinal(run.instance.tokens, work_item);
    if (token == nullptr || token->at_door || token->remainder) return;
    each_action(run, work_item, token->state, visit);
}

/// The same for the actions of one name.
template <class Visit>
void each_offer_named(const Run& run, std::string_view name, const Visit& visit) {
    const auto visit_state = [&](Ordinal carrier, procedure::StateIndex index) {
        const auto& actions = run.model.states[index].actions;
        for (std::uint32_t i = 0; i < actions.size(); ++i) {
            if (actions[i].id == name) visit(Offer{carrier, index, i});
        }
    };
    const auto known = run.model.declarers.find(name);
    if (known == run.model.declarers.end() || run.instance.status != Instance::Status::active)
        return;
    const std::span<const procedure::StateIndex> declarers = known->second;
    const auto declares = [&, first = declarers.front()](procedure::StateIndex index) {
        if (index == first) return true;
        for (std::size_t i = 1; i < declarers.size(); ++i) {
            if (declarers[i] == index) return true;
        }
        return false;
    };
    if (declares(procedure::root_state)) visit_state(0, procedure::root_state);
    for (const Token& token : run.instance.tokens) {
        if (!declares(token.state) || token.at_door || token.remainder) continue;
        visit_state(token.ordinal, token.state);
    }
}

/// Why the actor may not take the offer. A guard that reads `fields` is tested only when they are
/// bound: `with_fields`.
enum class Guards : std::uint8_t { without_fields, with_fields };
[[nodiscard]] std::optional<RefusalCode> objection(Run& run, const Offer& offer, const Actor& actor,
                                                   Guards guards);
/// The arguments of that objection, as they are told to people. Apart, for most objections are
/// never told: somebody else's work item offers the same action.
[[nodiscard]] std::vector<std::string> objection_arguments(Run& run, const Offer& offer,
                                                           const Actor& actor, RefusalCode code);

/// permitted() without a copy: the instance stays as it is.
[[nodiscard]] std::vector<PermittedAction> permitted_in_place(const Procedure& procedure,
                                                              const Calendars& calendars,
                                                              Instance& instance,
                                                              const Actor& actor, Instant now);

struct Judged {
    Offer offer;
    std::optional<RefusalCode> refused;
};
/// Of that which permitted() tells, what a work item offers, in its order: instead of what `found` held.
void judge(Ordinal work_item, const Procedure& procedure, const Calendars& calendars,
           Instance& instance, const Actor& actor, Instant now, std::vector<Judged>& found);

/// How often the action may still be done; nothing without a bound.
[[nodiscard]] std::optional<std::int64_t> uses_left(Run& run, const Offer& offer);

/// By whom a work item has been taken, or null.
[[nodiscard]] const Claimed* claim_of(const Instance& instance, Ordinal token);

/// True when one of the actor's roles reaches the offer at all.
[[nodiscard]] bool reaches(const Run& run, const Offer& offer, const Actor& actor);

}  // namespace workflow::interpreter
