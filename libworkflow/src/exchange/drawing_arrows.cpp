#include "exchange/drawing_arrows.hpp"

#include <algorithm>

namespace workflow::exchange {
namespace {

using namespace procedure;

/// What all arrows of one trigger have in common.
struct Trigger {
    StateIndex carrier = root_state;
    Line line = Line::by_itself;
    std::string label = {};
    std::uint32_t action = none;
    std::uint32_t from = none;  ///< node; none: the carrier's
};

class ArrowsBuilder {
public:
    ArrowsBuilder(Drawing& drawing, Boxes& boxes, const Captions& captions)
        : drawing_(drawing), boxes_(boxes), captions_(captions), model_(captions.model()) {}

    void build() {
        add_start();
        for (StateIndex state = 0; state < model_.states.size(); ++state) add_arrows_of(state);
    }

private:
    void add_start() {
        const State& root = model_.states[root_state];
        Trigger trigger;
        trigger.from = boxes_.add_start();
        if (root.start) add_way(trigger, *root.start, {});
        for (const Entry& entry : root.entries) {
            trigger.label = title_text(entry.title, entry.id, captions_.language());
            add_way(trigger, entry.way, {});
        }
    }

    void add_arrows_of(StateIndex index) {
        const State& state = model_.states[index];
        add_actions(index);
        for (const Timer& timer : state.timers) {
            const auto when = captions_.timer(timer);
            if (when) add_way({index, Line::by_time, *when}, timer.way, {});
        }
        for (const Receipt& receipt : state.receive) {
            const std::string label =
                message_text(captions_.message(receipt.message), captions_.language());
            add_way({index, Line::by_time, label}, receipt.way, {});
        }
        if (state.service) add_errors(index, *state.service);
        for (const ClockIndex number : state.clocks) add_moments(index, model_.clocks[number]);
        for (const Way& way : state.choices) {
            const bool says_nothing =
                state.choices.size() == 1 || (state.kind == Kind::fork && !way.otherwise);
            const bool is_bare = !way.when && way.title.empty() && says_nothing;
            add_way({index}, way, is_bare ? std::string() : captions_.condition(way));
        }
        if (index == root_state) return;  // its end is the end
        for (const auto& [outcome, way] : state.outcomes) {
            std::string label =
                outcome == none ? captions_.word(Word::otherwise) : captions_.outcome(outcome);
            if (!way.title.empty()) label = way.title.in(captions_.language());
            add_way({index, Line::by_itself, label}, way, {});
        }
        if (state.to) add_way({index}, *state.to, {});
    }

    void add_actions(StateIndex index) {
        const State& state = model_.states[index];
        for (std::uint32_t number = 0; number < state.actions.size(); ++number) {
            const Action& action = state.actions[number];
            const bool is_own = action.role == state.role || action.role == none;
            add_way({index, Line::by_person, captions_.action(action), number}, action.way,
                    is_own ? std::string() : captions_.role(action.role));
        }
    }

    void add_errors(StateIndex index, const Service& service) {
        for (const auto& [code, way] : service.errors) {
            std::string label = captions_.word(Word::error);
            if (!code.empty()) {
                label += ": " + words_of_id(code);
            } else if (service.errors.size() > 1) {
                label = captions_.word(Word::other_error);
            }
            add_way({index, Line::by_itself, label}, way, {});
        }
    }

    void add_moments(StateIndex index, const Clock& clock) {
        if (!captions_.limit(clock)) return;
        const bool is_one_of_several = model_.states[index].clocks.size() > 1;
        const std::string& title = clock.title.in(captions_.language());
        for (const Moment& moment : clock.moments) {
            std::string label = captions_.moment(moment);
            if (is_one_of_several && !title.empty()) label = title + ": " + label;
            add_way({index, Line::by_time, label}, moment.way, {});
        }
    }

    void add_way(const Trigger& trigger, const Way& way, const std::string& note) {
        for (const StateIndex state : way.also_start) add_aside(trigger, state, note);
        for (const Way& choice : way.choices) {
            const std::string condition = captions_.condition(choice);
            add_way(trigger, choice, note.empty() ? condition : note + ": " + condition);
        }
        if (!way.choices.empty() || stays_there(way, trigger.carrier)) return;
        DrawnArrow arrow;
        arrow.line = trigger.line;
        arrow.label = trigger.label;
        arrow.note = note;
        arrow.meaning = {trigger.carrier, none, none, trigger.action};
        arrow.place = way.place;
        if (const Move* const move = std::get_if<Move>(&way.target)) {
            arrow.meaning.to = move->to;
            arrow.to = boxes_.entry(move->to);
        } else {
            const OutcomeIndex outcome = std::get<Finish>(way.target).outcome;
            arrow.meaning.outcome = outcome;
            arrow.to = boxes_.end(trigger.carrier, outcome);
        }
        arrow.from = trigger.from != none ? trigger.from : boxes_.exit(trigger.carrier);
        add(std::move(arrow));
    }

    void add_aside(const Trigger& trigger, StateIndex state, const std::string& note) {
        DrawnArrow arrow;
        arrow.line = Line::aside;
        arrow.label = trigger.label;
        arrow.note = note.empty() ? std::string() : note + ": ";
        arrow.note += captions_.word(Word::also_starts);
        arrow.from = boxes_.exit(trigger.carrier);
        arrow.to = boxes_.entry(state);
        arrow.meaning = {trigger.carrier, state, none, none};
        add(std::move(arrow));
    }

    bool is_inside(StateIndex state, StateIndex frame) const {
        return state != none && is_within(model_, state, frame);
    }

    void add(DrawnArrow arrow) {
        const StateIndex from_state = arrow.meaning.from;
        const StateIndex to_state = arrow.meaning.to;
        const bool leaves_frame = model_.states[from_state].is_compound() &&
                                  drawing_.nodes[arrow.from].shape == Shape::anchor;
        // A frame's own way into its inside begins inside: there is no border to cross.
        if (leaves_frame && !is_inside(to_state, from_state)) arrow.tail_frame = from_state;
        if (to_state != none && model_.states[to_state].is_compound() &&
            !is_inside(from_state, to_state)) {
            arrow.head_frame = to_state;
        }
        const std::uint32_t from = drawing_.nodes[arrow.from].order;
        const std::uint32_t to = drawing_.nodes[arrow.to].order;
        arrow.goes_back = to < from;
        arrow.goes_next = to == from + 1;
        arrow.leaves_frame = drawing_.nodes[arrow.from].frame != drawing_.nodes[arrow.to].frame;
        // What comes back to a frame meets its far border, not its first state right through it.
        if (arrow.goes_back && arrow.head_frame != none) arrow.to = boxes_.exit(arrow.head_frame);
        drawing_.arrows.push_back(std::move(arrow));
    }

    Drawing& drawing_;
    Boxes& boxes_;
    const Captions& captions_;
    const Model& model_;
};

}  // namespace

void add_arrows(Drawing& drawing, Boxes& boxes, const Captions& captions) {
    ArrowsBuilder(drawing, boxes, captions).build();
}

}  // namespace workflow::exchange
