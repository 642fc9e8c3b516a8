#include "exchange/drawing_boxes.hpp"

#include <algorithm>

namespace workflow::exchange {

using namespace procedure;

namespace {

Shape shape_of(Kind kind) {
    switch (kind) {
        case Kind::task:
            return Shape::task;
        case Kind::service:
            return Shape::service;
        case Kind::call:
            return Shape::call;
        case Kind::choice:
            return Shape::choice;
        case Kind::fork:
        case Kind::join:
            return Shape::gateway;
        case Kind::wait:
            return Shape::wait;
        case Kind::end:
            return Shape::end;
        case Kind::idle:
        case Kind::group:
        case Kind::parallel:
        case Kind::each:
            return Shape::idle;
    }
    return Shape::idle;
}

const Move* first_move(const std::optional<Way>& start) {
    const Way* way = start ? &*start : nullptr;
    while (way != nullptr && !way->choices.empty()) way = &way->choices.front();
    return way == nullptr ? nullptr : std::get_if<Move>(&way->target);
}

bool holds(const std::vector<std::uint32_t>& states, StateIndex state) {
    return std::find(states.begin(), states.end(), state) != states.end();
}

}  // namespace

Boxes::Boxes(Drawing& drawing, const Captions& captions, const Trail* trail)
    : drawing_(drawing), captions_(captions), model_(captions.model()), trail_(trail) {
    node_of_.assign(model_.states.size(), none);
}

void Boxes::add_states() {
    add_state(root_state);
}

std::uint32_t Boxes::add(DrawnNode node) {
    drawing_.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(drawing_.nodes.size() - 1);
}

void Boxes::add_state(StateIndex index) {
    const State& state = model_.states[index];
    if (state.is_compound()) {
        add_frame(index);
        for (const StateIndex child : state.children) add_state(child);
    } else if (state.kind == Kind::end) {
        add_end_state(index);
    } else {
        node_of_[index] = add(node_for(index));
        drawing_.nodes.back().order = ++last_order_;
    }
}

/// An end without words of its own is that of its outcome, which ways lead to as well.
void Boxes::add_end_state(StateIndex index) {
    const State& state = model_.states[index];
    if (state.title.in(captions_.language()).empty()) {
        node_of_[index] = end(index, state.outcome);
        return;
    }
    DrawnNode node = node_for(index);
    const StateIndex scope = scope_of_end(index, state.outcome);
    if (scope != root_state || state.outcome == none) node.shape = Shape::inner_end;
    node.frame = node.shape == Shape::end ? none : scope;
    node.order = order_end;
    node_of_[index] = add(std::move(node));
}

void Boxes::add_frame(StateIndex index) {
    const State& state = model_.states[index];
    DrawnFrame frame;
    frame.state = index;
    frame.around = index == root_state ? none : state.parent;
    frame.title = index == root_state ? drawing_.title : captions_.state(index);
    frame.note = note_of(index);
    frame.lines = lines_of(captions_, index);
    frame.visits = visits_of(index);
    frame.late = is_late(index);
    drawing_.frames.push_back(std::move(frame));
}

std::string Boxes::note_of(StateIndex index) const {
    const State& state = model_.states[index];
    std::vector<std::string> notes;
    if (index == root_state && !captions_.variant().empty()) {
        notes.push_back(captions_.word(Word::variant) + ": " + captions_.variant());
    }
    if (state.kind == Kind::each) {
        const std::string list = state.of ? captions_.title_of_field(*state.of) : std::string();
        notes.push_back(list.empty()
                            ? captions_.word(Word::repeated) + " " + words_of_id(state.item_name)
                            : captions_.word(Word::repeated_of) + " " + list);
    } else if (state.kind == Kind::parallel) {
        notes.push_back(captions_.word(Word::side_by_side));
    }
    if (state.join && state.join->rule != Join::Rule::all) {
        notes.push_back(join_text(*state.join, captions_.language()));
    }
    if (state.one_at_a_time != none) {
        notes.push_back(door_text(model_.doors[state.one_at_a_time], captions_.language()));
    }
    std::string text;
    for (const std::string& note : notes) text += (text.empty() ? "" : "; ") + note;
    return text;
}

std::string Boxes::rule_of(const State& state) const {
    if (state.service) {
        return captions_.word(Word::service) + ": " + words_of_id(state.service->handler);
    }
    if (state.call) return captions_.word(Word::calls) + ": " + words_of_id(state.call->procedure);
    if (state.kind == Kind::join) return join_text(*state.join, captions_.language());
    if (state.kind == Kind::wait && state.until) {
        return captions_.word(Word::waits_until) + " " + captions_.expression(*state.until);
    }
    if (state.kind == Kind::wait && state.when) {
        return captions_.word(Word::waits_until) + " " + captions_.expression(*state.when);
    }
    return {};
}

DrawnNode Boxes::node_for(StateIndex index) const {
    const State& state = model_.states[index];
    DrawnNode node;
    node.id = "s" + std::to_string(index);
    node.shape = shape_of(state.kind);
    node.frame = state.parent;
    node.title = captions_.state(index);
    if (state.role != none) {
        node.role = state.role;
        node.office = captions_.role(state.role);
    }
    node.lines = lines_of(captions_, index);
    node.rule = rule_of(state);
    if (state.one_at_a_time != none) {
        if (!node.rule.empty()) node.rule += "; ";
        node.rule += door_text(model_.doors[state.one_at_a_time], captions_.language());
    }
    node.visits = visits_of(index);
    node.state = index;
    node.current = is_current(index);
    node.late = is_late(index);
    return node;
}

std::uint32_t Boxes::add_start() {
    DrawnNode node;
    node.id = "start";
    node.shape = Shape::start;
    if (trail_ != nullptr) node.visits = 1;
    return add(std::move(node));
}

bool Boxes::has_way_after(StateIndex group, OutcomeIndex outcome) const {
    const State& state = model_.states[group];
    return state.to ||
           std::any_of(state.outcomes.begin(), state.outcomes.end(), [outcome](const auto& entry) {
               return entry.first == none || entry.first == outcome;
           });
}

/// A group that says nothing about an outcome hands it up: the arrow goes where it ends. What
/// names none ends where it is.
StateIndex Boxes::scope_of_end(StateIndex carrier, OutcomeIndex outcome) const {
    StateIndex scope = model_.states[carrier].parent;
    while (outcome != none && scope != root_state && model_.states[scope].kind == Kind::group &&
           !has_way_after(scope, outcome)) {
        scope = model_.states[scope].parent;
    }
    return scope;
}

std::uint32_t Boxes::end(StateIndex carrier, OutcomeIndex outcome) {
    const StateIndex scope = scope_of_end(carrier, outcome);
    const auto [found, is_new] = ends_.try_emplace({scope, outcome}, 0);
    if (!is_new) return found->second;
    const bool is_of_procedure = scope == root_state && outcome != none;
    DrawnNode node;
    node.id = "e" + std::to_string(scope) + "o" +
              (outcome == none ? std::string("n") : std::to_string(outcome));
    node.shape = is_of_procedure ? Shape::end : Shape::inner_end;
    node.frame = is_of_procedure ? none : scope;
    node.title = is_of_procedure ? captions_.outcome(outcome)
                                 : captions_.inner_outcome(scope, outcome);
    node.order = order_end;
    found->second = add(std::move(node));
    return found->second;
}

std::uint32_t Boxes::entry(StateIndex state) const {
    while (node_of_[state] == none) {
        const State& compound = model_.states[state];
        StateIndex next = compound.children[compound.children.size() / 2];
        if (compound.kind != Kind::parallel) {
            next = compound.children.front();
            const Move* const move = first_move(compound.start);
            if (move != nullptr) next = move->to;
        }
        state = next;
    }
    return node_of_[state];
}

std::uint32_t Boxes::exit(StateIndex state) {
    if (node_of_[state] != none) return node_of_[state];
    const auto [found, is_new] = anchors_.try_emplace(state, 0);
    if (is_new) {
        DrawnNode node;
        node.id = "a" + std::to_string(state);
        node.shape = Shape::anchor;
        node.frame = state;
        node.order = last_order_in(state);
        found->second = add(std::move(node));
    }
    return found->second;
}

std::uint32_t Boxes::last_order_in(StateIndex frame) const {
    std::uint32_t last = 0;
    for (StateIndex state = 0; state < node_of_.size(); ++state) {
        if (node_of_[state] == none || !is_within(model_, state, frame)) continue;
        const std::uint32_t order = drawing_.nodes[node_of_[state]].order;
        if (order != order_end) last = std::max(last, order);
    }
    return last;
}

std::uint32_t Boxes::visits_of(StateIndex state) const {
    if (trail_ == nullptr || state >= trail_->visits.size()) return 0;
    return trail_->visits[state];
}

bool Boxes::is_late(StateIndex state) const {
    return trail_ != nullptr && holds(trail_->late, state);
}

bool Boxes::is_current(StateIndex state) const {
    return trail_ != nullptr && holds(trail_->current, state);
}

}  // namespace workflow::exchange
