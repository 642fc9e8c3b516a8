#include "exchange/drawing.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "exchange/words.hpp"

namespace workflow::exchange {
namespace {

using namespace procedure;

/// What an arrow stands for, to find the dossier's steps along it.
struct Meaning {
    StateIndex from = none;
    StateIndex to = none;
    OutcomeIndex outcome = none;
    std::uint32_t action = none;
};

class DrawingBuilder {
public:
    DrawingBuilder(const Model& model, const GraphOptions& options)
        : model_(model), trail_(options.trail), language_(options.language) {
        drawing_.title =
            options.title.empty() ? title_text(model.title, model.id, language_) : options.title;
        drawing_.direction = options.direction;
        drawing_.language = language_;
        drawing_.has_trail = trail_ != nullptr;
        node_of_.assign(model.states.size(), none);
    }

    Drawing build() {
        add_states(root_state);
        for (DrawnNode& node : drawing_.nodes) {
            if (node.shape == Shape::end || node.shape == Shape::inner_end) node.order = order_end;
        }
        add_start();
        for (StateIndex state = 0; state < model_.states.size(); ++state) add_arrows_of(state);
        if (trail_ != nullptr) number_arrows();
        return std::move(drawing_);
    }

private:
    // --- boxes and frames ------------------------------------------------------------------------
    std::uint32_t add_node(DrawnNode node) {
        drawing_.nodes.push_back(std::move(node));
        return static_cast<std::uint32_t>(drawing_.nodes.size() - 1);
    }

    void add_states(StateIndex index) {
        const State& state = model_.states[index];
        if (state.is_compound()) {
            add_frame(index);
            for (const StateIndex child : state.children) add_states(child);
        } else if (state.kind == Kind::end && state.parent != root_state) {
            node_of_[index] = end_node(state.parent, state.outcome);
        } else {
            node_of_[index] = add_node(node_for(index));
            drawing_.nodes.back().order = ++last_order_;
        }
    }

    std::uint32_t visits_of(StateIndex state) const {
        if (trail_ == nullptr || state >= trail_->visits.size()) return 0;
        return trail_->visits[state];
    }
    bool is_late(StateIndex state) const {
        return trail_ != nullptr &&
               std::find(trail_->late.begin(), trail_->late.end(), state) != trail_->late.end();
    }
    bool is_current(StateIndex state) const {
        return trail_ != nullptr && std::find(trail_->current.begin(), trail_->current.end(),
                                              state) != trail_->current.end();
    }

    void add_frame(StateIndex index) {
        const State& state = model_.states[index];
        DrawnFrame frame;
        frame.state = index;
        frame.around = index == root_state ? none : state.parent;
        frame.title =
            index == root_state ? drawing_.title : title_text(state.title, state.id, language_);
        if (state.kind == Kind::each) {
            frame.note = std::string(word(Word::repeated, language_)) + " " + state.item_name;
        } else if (state.kind == Kind::parallel) {
            frame.note = std::string(word(Word::side_by_side, language_));
        }
        if (state.join && state.join->rule != Join::Rule::all) {
            frame.note += "; " + join_text(*state.join, language_);
        }
        if (state.one_at_a_time != none) {
            if (!frame.note.empty()) frame.note += "; ";
            frame.note += door_text(model_.doors[state.one_at_a_time], language_);
        }
        frame.limits = limits_of(index);
        frame.visits = visits_of(index);
        frame.late = is_late(index);
        drawing_.frames.push_back(std::move(frame));
    }

    static Shape shape_of(Kind kind) {
        switch (kind) {
            case Kind::task:
            case Kind::service:
            case Kind::call:
                return Shape::task;
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

    DrawnNode node_for(StateIndex index) const {
        const State& state = model_.states[index];
        DrawnNode node;
        node.id = "s" + std::to_string(index);
        node.shape = shape_of(state.kind);
        node.frame = state.kind == Kind::end ? none : state.parent;
        node.title = title_text(state.title, state.id, language_);
        if (state.role != none) {
            node.role = state.role;
            node.office = role_title(state.role);
        }
        node.limits = limits_of(index);
        if (state.kind == Kind::join) node.rule = join_text(*state.join, language_);
        if (state.one_at_a_time != none) {
            node.rule = door_text(model_.doors[state.one_at_a_time], language_);
        }
        if (state.service) {
            node.rule = std::string(word(Word::service, language_)) + ": " + state.service->handler;
        } else if (state.call) {
            node.rule = std::string(word(Word::calls, language_)) + ": " + state.call->procedure;
        }
        node.visits = visits_of(index);
        node.current = is_current(index);
        node.late = is_late(index);
        return node;
    }

    std::string role_title(RoleIndex role) const {
        return title_text(model_.roles[role].title, model_.roles[role].id, language_);
    }

    std::optional<std::string> limit_of(const Clock& clock) const {
        if (clock.due) return std::string(word(Word::by_rule, language_));
        if (const Limit* const fixed = std::get_if<Limit>(&clock.limit)) {
            return limit_text(*fixed, language_);
        }
        return limit_of(std::get<Cel>(clock.limit));
    }

    std::optional<std::string> limit_of(const Cel& limit) const {
        const std::string& source = limit.expression.source();
        for (const Parameter& parameter : model_.parameters) {
            if (parameter.id != source) continue;
            if (parameter.initial.is_null()) return std::nullopt;  // only a variant has it
            if (const Limit* const value = parameter.initial.limit()) {
                return limit_text(*value, language_);
            }
        }
        return std::string(word(Word::by_rule, language_));
    }

    std::vector<std::string> limits_of(StateIndex index) const {
        std::vector<std::string> limits;
        for (const ClockIndex number : model_.states[index].clocks) {
            const Clock& clock = model_.clocks[number];
            std::optional<std::string> limit = limit_of(clock);
            if (!limit) continue;
            const std::string& title = clock.title.in(language_);
            limits.push_back(title.empty() ? *limit : title + ": " + *limit);
        }
        return limits;
    }

    // --- ends ------------------------------------------------------------------------------------
    std::string outcome_title(OutcomeIndex outcome) const {
        if (outcome == none) return {};
        return title_text(model_.outcomes[outcome].title, model_.outcomes[outcome].id, language_);
    }

    std::uint32_t end_node(StateIndex scope, OutcomeIndex outcome) {
        const auto [found, is_new] = ends_.try_emplace({scope, outcome}, 0);
        if (!is_new) return found->second;
        DrawnNode node;
        node.id = "e" + std::to_string(scope) + "o" +
                  (outcome == none ? std::string("n") : std::to_string(outcome));
        node.shape = scope == root_state ? Shape::end : Shape::inner_end;
        node.frame = scope == root_state ? none : scope;
        node.title = outcome_title(outcome);
        node.order = order_end;
        found->second = add_node(std::move(node));
        return found->second;
    }

    bool has_way_after(StateIndex group, OutcomeIndex outcome) const {
        const State& state = model_.states[group];
        return state.to || std::any_of(state.outcomes.begin(), state.outcomes.end(),
                                       [outcome](const auto& entry) {
                                           return entry.first == none || entry.first == outcome;
                                       });
    }

    /// A group that says nothing about an outcome hands it up: the arrow goes where it ends.
    StateIndex scope_of_end(StateIndex carrier, OutcomeIndex outcome) const {
        StateIndex scope = model_.states[carrier].parent;
        while (scope != root_state && model_.states[scope].kind == Kind::group &&
               !has_way_after(scope, outcome)) {
            scope = model_.states[scope].parent;
        }
        return scope;
    }

    // --- arrows ----------------------------------------------------------------------------------
    /// The box that an arrow to a state points at: of a frame the first inside.
    std::uint32_t entry_of(StateIndex state) const {
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

    static const Move* first_move(const std::optional<Way>& start) {
        const Way* way = start ? &*start : nullptr;
        while (way != nullptr && !way->choices.empty()) way = &way->choices.front();
        return way == nullptr ? nullptr : std::get_if<Move>(&way->target);
    }

    std::uint32_t exit_of(StateIndex state) {
        if (node_of_[state] != none) return node_of_[state];
        const auto [found, is_new] = anchors_.try_emplace(state, 0);
        if (is_new) {
            DrawnNode node;
            node.id = "a" + std::to_string(state);
            node.shape = Shape::anchor;
            node.frame = state;
            node.order = last_order_in(state);
            found->second = add_node(std::move(node));
        }
        return found->second;
    }

    std::uint32_t last_order_in(StateIndex frame) const {
        std::uint32_t last = 0;
        for (StateIndex state = 0; state < node_of_.size(); ++state) {
            if (node_of_[state] == none || !is_inside(state, frame)) continue;
            const std::uint32_t order = drawing_.nodes[node_of_[state]].order;
            if (order != order_end) last = std::max(last, order);
        }
        return last;
    }

    bool is_inside(StateIndex state, StateIndex frame) const {
        return state != none && is_within(model_, state, frame);
    }

    void add_arrow(DrawnArrow arrow, const Meaning& meaning) {
        const bool leaves_frame = model_.states[meaning.from].is_compound() &&
                                  meaning.from != none &&
                                  drawing_.nodes[arrow.from].shape == Shape::anchor;
        // A frame's own way into its inside begins inside: there is no border to cross.
        if (leaves_frame && !is_inside(meaning.to, meaning.from)) {
            arrow.tail_frame = meaning.from;
        }
        if (meaning.to != none && model_.states[meaning.to].is_compound() &&
            !is_inside(meaning.from, meaning.to)) {
            arrow.head_frame = meaning.to;
        }
        const std::uint32_t from = drawing_.nodes[arrow.from].order;
        const std::uint32_t to = drawing_.nodes[arrow.to].order;
        arrow.goes_back = to < from;
        arrow.goes_next = to == from + 1;
        arrow.leaves_frame = drawing_.nodes[arrow.from].frame != drawing_.nodes[arrow.to].frame;
        // What comes back to a frame meets its far border, not its first state right through it.
        if (arrow.goes_back && arrow.head_frame != none) arrow.to = exit_of(arrow.head_frame);
        drawing_.arrows.push_back(std::move(arrow));
        meanings_.push_back(meaning);
    }

    void add_start() {
        DrawnNode node;
        node.id = "start";
        node.shape = Shape::start;
        const std::uint32_t start = add_node(std::move(node));
        const std::optional<Way>& way = model_.states[root_state].start;
        if (way) add_way(root_state, *way, Line::by_itself, {}, {}, none, start);
        for (const Entry& entry : model_.states[root_state].entries) {
            add_way(root_state, entry.way, Line::by_itself, entry.id, {}, none, start);
        }
    }

    void add_way(StateIndex carrier, const Way& way, Line line, const std::string& label,
                 const std::string& note, std::uint32_t action, std::uint32_t from_node = none) {
        add_asides(carrier, way, label);
        if (!way.choices.empty()) {
            for (const Way& choice : way.choices) {
                std::string condition(word(Word::otherwise, language_));
                if (choice.when) condition = choice.when->expression.source();
                if (!note.empty()) condition = note + ": " + condition;
                add_way(carrier, choice, line, label, condition, action, from_node);
            }
            return;
        }
        DrawnArrow arrow;
        arrow.line = line;
        arrow.label = label;
        arrow.note = note;
        Meaning meaning{carrier, none, none, action};
        if (const Move* const move = std::get_if<Move>(&way.target)) {
            meaning.to = move->to;
            arrow.to = entry_of(move->to);
        } else if (const Finish* const finish = std::get_if<Finish>(&way.target)) {
            meaning.outcome = finish->outcome;
            const StateIndex scope = scope_of_end(carrier, finish->outcome);
            arrow.to = end_node(scope, finish->outcome);
        } else {
            return;
        }
        arrow.from = from_node != none ? from_node : exit_of(carrier);
        add_arrow(std::move(arrow), meaning);
    }

    /// A token more begins there, or those that stand there are withdrawn.
    void add_asides(StateIndex carrier, const Way& way, const std::string& label) {
        const auto add = [&](StateIndex state, Word what) {
            DrawnArrow arrow;
            arrow.line = Line::aside;
            arrow.label = label;
            arrow.note = word(what, language_);
            arrow.from = exit_of(carrier);
            arrow.to = entry_of(state);
            add_arrow(std::move(arrow), Meaning{carrier, state, none, none});
        };
        for (const StateIndex state : way.also_start) add(state, Word::also_starts);
        for (const StateIndex state : way.cancel) add(state, Word::withdraws);
    }

    void add_arrows_of(StateIndex index) {
        const State& state = model_.states[index];
        for (std::uint32_t i = 0; i < state.actions.size(); ++i) {
            const Action& action = state.actions[i];
            const bool is_own = action.role == state.role || action.role == none;
            add_way(index, action.way, Line::by_person,
                    title_text(action.title, action.id, language_),
                    is_own ? std::string() : role_title(action.role), i);
        }
        for (const Timer& timer : state.timers) add_timer(index, timer);
        for (const Receipt& receipt : state.receive) {
            const MessageDeclaration& message = model_.messages[receipt.message];
            add_way(index, receipt.way, Line::by_time,
                    message_text(title_text(message.title, message.id, language_), language_), {},
                    none);
        }
        if (state.service) {
            for (const auto& [code, way] : state.service->errors) {
                add_way(index, way, Line::by_itself,
                        code.empty() ? std::string(word(Word::otherwise, language_)) : code, {}, none);
            }
        }
        for (const ClockIndex clock : state.clocks) {
            for (const Moment& moment : model_.clocks[clock].moments)
                add_moment(index, model_.clocks[clock], moment);
        }
        for (const Way& way : state.choices) {
            std::string condition(word(Word::otherwise, language_));
            if (state.kind == Kind::fork && !way.otherwise) condition.clear();
            if (way.when) condition = way.when->expression.source();
            add_way(index, way, Line::by_itself, {}, condition, none);
        }
        if (index == root_state) return;  // its end is the end
        for (const auto& [outcome, way] : state.outcomes) {
            const std::string label = outcome == none
                                          ? std::string(word(Word::otherwise, language_))
                                          : outcome_title(outcome);
            add_way(index, way, Line::by_itself, label, {}, none);
        }
        if (state.to) add_way(index, *state.to, Line::by_itself, {}, {}, none);
    }

    void add_timer(StateIndex index, const Timer& timer) {
        std::string when(word(Word::by_rule, language_));
        if (const Limit* const limit = std::get_if<Limit>(&timer.limit)) {
            when = timer_text(*limit, language_);
        } else if (const auto* rule = std::get_if<RecurringDate>(&timer.limit)) {
            when = recurring_text(*rule, language_);
        } else if (const auto text = limit_of(std::get<Cel>(timer.limit))) {
            when = *text;
        }
        add_way(index, timer.way, Line::by_time, when, {}, none);
        add_notices(index, timer.way, when);
    }

    void add_moment(StateIndex index, const Clock& clock, const Moment& moment) {
        const std::string when = moment_text(moment, language_);
        add_way(index, moment.way, Line::by_time, when, {}, none);
        // Only a variant has this limit: nobody is told anything in the procedure as it is drawn.
        if (!limit_of(clock)) return;
        add_notices(index, moment.way, when);
    }

    /// The state's own office is reminded in its box; another one is told by an arrow.
    void add_notices(StateIndex index, const Way& way, const std::string& when) {
        std::vector<RoleIndex> told = way.notify;
        if (way.may_also_act) told.push_back(*way.may_also_act);
        std::sort(told.begin(), told.end());
        told.erase(std::unique(told.begin(), told.end()), told.end());
        for (const RoleIndex role : told) {
            if (role == model_.states[index].role && node_of_[index] != none) {
                drawing_.nodes[node_of_[index]].reminders.push_back(when);
            } else {
                add_escalation(index, role, when);
            }
        }
        for (const Way& choice : way.choices) add_notices(index, choice, when);
    }

    void add_escalation(StateIndex index, RoleIndex role, const std::string& when) {
        const auto [found, is_new] = escalations_.try_emplace({index, role}, 0);
        if (!is_new) {
            drawing_.arrows[found->second].label += ", " + when;
            return;
        }
        DrawnNode node;
        node.id = "n" + std::to_string(index) + "r" + std::to_string(role);
        node.shape = Shape::office;
        node.frame = model_.states[index].parent;
        node.title = role_title(role);
        node.role = role;
        node.order = order_end;
        DrawnArrow arrow;
        arrow.line = Line::escalation;
        arrow.label = when;
        arrow.from = exit_of(index);
        arrow.to = add_node(std::move(node));
        found->second = static_cast<std::uint32_t>(drawing_.arrows.size());
        add_arrow(std::move(arrow), Meaning{index, none, none, none});
    }

    // --- the dossier's way -----------------------------------------------------------------------
    void number_arrows() {
        for (const Passage& passage : trail_->passages) {
            std::uint32_t arrow = find_arrow(passage, true);
            if (arrow == none) arrow = find_arrow(passage, false);
            if (arrow == none) continue;
            std::vector<std::uint32_t>& numbers = drawing_.arrows[arrow].numbers;
            numbers.insert(numbers.end(), passage.numbers.begin(), passage.numbers.end());
            std::sort(numbers.begin(), numbers.end());
            DrawnNode& end = drawing_.nodes[drawing_.arrows[arrow].to];
            if (end.shape == Shape::end || end.shape == Shape::inner_end) ++end.visits;
        }
        for (DrawnNode& node : drawing_.nodes) {
            if (node.shape == Shape::start) node.visits = 1;
        }
    }

    /// Not exact: an action of a group may have been recorded at the state where it was done.
    std::uint32_t find_arrow(const Passage& passage, bool exact) const {
        if (passage.from >= model_.states.size()) return none;
        for (std::uint32_t i = 0; i < meanings_.size(); ++i) {
            const Meaning& meaning = meanings_[i];
            const Line line = drawing_.arrows[i].line;
            if (line == Line::escalation || line == Line::aside) continue;
            if (meaning.to != passage.to) continue;
            if (meaning.to == none && meaning.outcome != passage.outcome) continue;
            const bool fits = exact
                                  ? meaning.from == passage.from && meaning.action == passage.action
                                  : is_inside(passage.from, meaning.from);
            if (fits) return i;
        }
        return none;
    }

    static constexpr std::uint32_t order_end = UINT32_MAX;

    const Model& model_;
    const Trail* trail_;
    std::string language_;
    Drawing drawing_;
    std::uint32_t last_order_ = 0;
    std::vector<Meaning> meanings_;       ///< by arrow
    std::vector<std::uint32_t> node_of_;  ///< by state; none: a frame
    std::map<std::pair<StateIndex, OutcomeIndex>, std::uint32_t> ends_;
    std::map<StateIndex, std::uint32_t> anchors_;
    std::map<std::pair<StateIndex, RoleIndex>, std::uint32_t> escalations_;
};

}  // namespace

Drawing draw(const Model& model, const GraphOptions& options) {
    return DrawingBuilder(model, options).build();
}

}  // namespace workflow::exchange
