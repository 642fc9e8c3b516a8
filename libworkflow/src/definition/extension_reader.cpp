#include "definition/extension_reader.hpp"

#include <algorithm>

#include "definition/clock_reader.hpp"

namespace workflow::definition {
namespace {

using procedure::Cel;
using procedure::Clock;
using procedure::Extension;
using procedure::Occasion;
using procedure::StateIndex;
using procedure::Way;

bool count_alike(Unit a, Unit b) {
    const auto family = [](Unit unit) {
        if (unit == Unit::weeks) return Unit::days;
        return unit == Unit::minutes ? Unit::hours : unit;
    };
    return family(a) == family(b);
}

class Resolver {
public:
    explicit Resolver(Draft& draft) : draft_(draft), model_(draft.model) {}

    void resolve_all() {
        for (StateIndex state = 0; state < model_.states.size(); ++state) resolve(state);
        for (Clock& clock : model_.clocks) {
            if (clock.starts) resolve(*clock.starts, clock);
            if (clock.stops) resolve(*clock.stops, clock);
        }
    }

private:
    void resolve(StateIndex index) {
        procedure::State& state = model_.states[index];
        for (auto& action : state.actions) resolve(action.way, index);
        for (auto& timer : state.timers) resolve(timer.way, index);
        for (auto& receipt : state.receive) resolve(receipt.way, index);
        for (const procedure::ClockIndex clock : state.clocks) {
            for (auto& moment : model_.clocks[clock].moments) resolve(moment.way, index);
        }
        for (Way& way : state.choices) resolve(way, index);
        if (state.to) resolve(*state.to, index);
        for (auto& outcome : state.outcomes) resolve(outcome.second, index);
    }

    void resolve(Way& way, StateIndex carrier) {
        for (Extension& extension : way.extend) resolve(extension, carrier);
        for (Way& choice : way.choices) resolve(choice, carrier);
    }

    void resolve(Extension& extension, StateIndex carrier) {
        const auto& clocks = model_.clocks;
        const auto found = std::find_if(clocks.begin(), clocks.end(), [&](const Clock& clock) {
            return clock.id == extension.clock_id;
        });
        if (found == clocks.end()) {
            return draft_.findings.error(
                extension.place, "unknown-clock",
                {extension.clock_id,
                 clocks.empty() ? "-" : nearest_of(extension.clock_id, clocks)});
        }
        extension.clock = static_cast<procedure::ClockIndex>(found - clocks.begin());
        extension.anchor = procedure::anchor_of(model_, carrier, found->owner);
        check_unit(extension, *found);
    }

    void check_unit(const Extension& extension, const Clock& clock) {
        const auto* limit = std::get_if<Limit>(&extension.by);
        if (limit == nullptr) return;
        const std::vector<Limit> lengths = possible_limits(model_, clock);
        const bool fits =
            !clock.due && (lengths.empty() ||
                           std::any_of(lengths.begin(), lengths.end(), [&](const Limit& length) {
                               return count_alike(length.unit, limit->unit);
                           }));
        if (fits) return;
        draft_.findings.error(
            extension.place, "unit-mismatch",
            {clock.id, clock.due ? "date" : to_string(lengths.front()), to_string(*limit)});
    }

    void resolve(Occasion& occasion, const Clock& clock) {
        switch (occasion.kind) {
            case Occasion::Kind::entered:
            case Occasion::Kind::left:
                occasion.anchor = procedure::anchor_of(model_, clock.owner, occasion.state);
                model_.states[occasion.state].watched = true;
                return;
            case Occasion::Kind::performed:
                for (const std::string& action : occasion.actions) {
                    resolve_action(occasion, clock, action);
                }
                return;
            case Occasion::Kind::message:
                return resolve_message(occasion, clock);
            case Occasion::Kind::date:
                return;
        }
    }

    /// Of states on which it can happen those count that share the nearest anchor. Nothing where
    /// there is none.
    template <class Happens>
    std::optional<StateIndex> nearest_anchor(const Clock& clock, const Happens& happens) {
        std::optional<StateIndex> found;
        for (StateIndex index = 0; index < model_.states.size(); ++index) {
            if (!happens(model_.states[index])) continue;
            const StateIndex anchor = procedure::anchor_of(model_, clock.owner, index);
            if (!found || procedure::is_within(model_, anchor, *found)) found = anchor;
            model_.states[index].watched = true;
        }
        return found;
    }

    void resolve_action(Occasion& occasion, const Clock& clock, const std::string& action) {
        std::vector<std::string> names;
        const auto found = nearest_anchor(clock, [&](const procedure::State& state) {
            bool offers = false;
            for (const procedure::Action& offered : state.actions) {
                names.push_back(offered.id);
                offers = offers || offered.id == action;
            }
            return offers;
        });
        if (!found) {
            return draft_.findings.error(occasion.place, "unknown-action",
                                         {action, nearest(action, names)});
        }
        // Of several actions the widest: each is then inside.
        const bool wider = occasion.anchor == procedure::none ||
                           procedure::is_within(model_, occasion.anchor, *found);
        if (wider) occasion.anchor = *found;
    }

    void resolve_message(Occasion& occasion, const Clock& clock) {
        const auto found = nearest_anchor(clock, [&](const procedure::State& state) {
            return std::any_of(state.receive.begin(), state.receive.end(),
                               [&](const procedure::Receipt& receipt) {
                                   return receipt.message == occasion.message;
                               });
        });
        if (!found) {
            return draft_.findings.error(occasion.place, "occasion-not-received",
                                         {model_.messages[occasion.message].id});
        }
        occasion.anchor = *found;
    }

    Draft& draft_;
    procedure::Model& model_;
};

}  // namespace

std::vector<Extension> read_extensions(Draft& draft, const Node& node, const WayFrame& frame) {
    std::vector<Extension> extensions;
    if (!expect_mapping(draft.findings, node)) return extensions;
    if (frame.trigger == Trigger::start) {
        draft.findings.error(node, "extend-not-here");
        return extensions;
    }
    for (const Entry& entry : node.entries) {
        auto by = read_limit_or_time_cel(draft, *entry.value, frame.event);
        if (!by) continue;
        Extension extension;
        extension.clock_id = entry.key->text;
        extension.by = std::move(*by);
        extension.place = draft.findings.place(*entry.key);
        extensions.push_back(std::move(extension));
    }
    return extensions;
}

void resolve_clock_names(Draft& draft) {
    Resolver(draft).resolve_all();
}

}  // namespace workflow::definition
