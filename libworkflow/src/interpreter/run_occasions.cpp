// Clocks that start or stop by what happens to a state inside or beside their owner (rule R70).
#include <algorithm>

#include "interpreter/run.hpp"

namespace workflow::interpreter {
namespace {

using namespace procedure;

bool names(const Model& model, const Occasion& occasion, Occasion::Kind kind, StateIndex state,
           std::string_view name) {
    if (occasion.kind != kind) return false;
    const auto& actions = occasion.actions;
    switch (kind) {
        case Occasion::Kind::entered:
        case Occasion::Kind::left:
            return occasion.state == state;
        case Occasion::Kind::performed:
            return std::find(actions.begin(), actions.end(), name) != actions.end();
        case Occasion::Kind::message:
            return model.messages[occasion.message].id == name;
        case Occasion::Kind::date:
            return false;  // no event: a timer
    }
    return false;
}

}  // namespace

bool Run::is_beside(Ordinal from, Ordinal other, StateIndex anchor) {
    if (from == 0) return true;
    if (state_of(from) == anchor) {
        return other == from || (other != 0 && is_below(token(other), from));
    }
    // The scope inside the anchor that holds `from`; 0: the root's.
    Ordinal around = token(from).scope;
    while (around != 0 && token(scope(around).parent).state != anchor) {
        around = token(scope(around).parent).scope;
    }
    if (around == 0) return true;
    if (other == 0) return false;
    Ordinal inside = token(other).scope;
    while (inside != 0 && inside != around) inside = token(scope(inside).parent).scope;
    return inside == around;
}

void Run::watch(OccasionKind kind, Ordinal token_ordinal, StateIndex state, std::string_view name) {
    const auto concerns = [&](const std::optional<Occasion>& occasion, const ClockState& clock) {
        return occasion && names(model, *occasion, kind, state, name) &&
               is_beside(clock.owner, token_ordinal, occasion->anchor);
    };
    for (std::size_t i = 0; i < instance.clocks.size();) {
        const Ordinal ordinal = instance.clocks[i].ordinal;
        const Clock& definition = model.clocks[instance.clocks[i].clock];
        const bool idle = instance.clocks[i].phase == ClockState::Phase::idle;
        if (idle && instance.clocks[i].ledger.empty()) {
            if (concerns(definition.starts, instance.clocks[i])) start_by_event(i);
        } else if (concerns(definition.stops, instance.clocks[i])) {
            end_clock(i, ended_at);
        }
        // Whatever went is followed by the next at its place.
        if (i < instance.clocks.size() && instance.clocks[i].ordinal == ordinal) ++i;
    }
}

}  // namespace workflow::interpreter
