#include "scenario/parts.hpp"

#include <variant>

namespace workflow::scenario {
namespace {

using namespace procedure;
using PartKind = CoveredPart::Kind;

class Lister {
public:
    explicit Lister(const Model& model) : model_(model) {}

    Parts list() {
        parts_.states.assign(model_.states.size(), SIZE_MAX);
        for (StateIndex state = 0; state < model_.states.size(); ++state) add_state(state);
        return std::move(parts_);
    }

private:
    std::size_t add(PartKind kind, std::string name, const Place& place) {
        parts_.all.push_back({.kind = kind, .name = std::move(name), .place = place});
        return parts_.all.size() - 1;
    }

    void add_state(StateIndex index) {
        const State& state = model_.states[index];
        if (index != root_state) parts_.states[index] = add(PartKind::state, state.id, state.place);
        const std::string& id = state.id.empty() ? model_.id : state.id;
        if (state.when) add_guard(id, *state.when);
        if (state.join && state.join->condition) add_guard(id + " join", *state.join->condition);
        if (state.start) add_way(id + ": start", *state.start);
        for (const procedure::Entry& entry : state.entries) add_way(id + ": start " + entry.id, entry.way);
        add_events(id, state);
        for (const Way& choice : state.choices) add_choice(id, choice, &choice - &state.choices[0]);
        if (state.to) add_way(id + ": to", *state.to);
        for (const auto& [outcome, way] : state.outcomes) {
            const bool named = outcome != none;
            add_way(id + ": " + (named ? "outcome " + model_.outcomes[outcome].id : "otherwise"),
                    way);
        }
    }

    void add_events(const std::string& id, const State& state) {
        for (const Action& action : state.actions) add_way(id + ": " + action.id, action.way);
        for (const Receipt& receipt : state.receive) {
            add_way(id + ": message " + model_.messages[receipt.message].id, receipt.way);
        }
        if (state.service) {
            for (const auto& [code, way] : state.service->errors) {
                add_way(id + ": error " + (code.empty() ? "otherwise" : code), way);
            }
        }
        for (const Timer& timer : state.timers) {
            add_moment(id + ": after " + length_of(timer), timer.way);
        }
        for (const ClockIndex number : state.clocks) {
            const procedure::Clock& clock = model_.clocks[number];
            if (clock.when) add_guard("clock " + clock.id, *clock.when);
            for (const Moment& moment : clock.moments) {
                add_moment("clock " + clock.id + ": " + moment.label, moment.way);
            }
        }
    }

    static std::string length_of(const Timer& timer) {
        if (const auto* limit = std::get_if<Limit>(&timer.limit)) return to_string(*limit);
        if (const auto* cel = std::get_if<Cel>(&timer.limit)) return cel->expression.source();
        return "each date of its rule";
    }

    void add_moment(const std::string& name, const Way& way) {
        parts_.ways[&way].push_back(add(PartKind::moment, name, way.place));
        if (way.when) add_guard(name, *way.when);
        add_choices(name, way);
    }

    /// Of a list only the choices lead on.
    void add_way(const std::string& name, const Way& way) {
        if (way.choices.empty()) parts_.ways[&way].push_back(add(PartKind::way, name, way.place));
        if (way.when) add_guard(name, *way.when);
        add_choices(name, way);
    }

    void add_choices(const std::string& name, const Way& way) {
        for (const Way& choice : way.choices) add_choice(name, choice, &choice - &way.choices[0]);
    }

    void add_choice(const std::string& name, const Way& way, std::ptrdiff_t number) {
        std::string target = "choice " + std::to_string(number + 1);
        if (const auto* move = std::get_if<Move>(&way.target); move && way.choices.empty()) {
            target += " (to " + model_.states[move->to].id + ")";
        }
        add_way(name + ", " + target, way);
    }

    void add_guard(const std::string& name, const Cel& guard) {
        parts_.guards[&guard] =
            add(PartKind::guard, name + " when " + guard.expression.source(), guard.place);
    }

    const Model& model_;
    Parts parts_;
};

}  // namespace

Parts parts_of(const Model& model) {
    return Lister(model).list();
}

}  // namespace workflow::scenario
