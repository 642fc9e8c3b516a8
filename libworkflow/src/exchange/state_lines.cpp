#include "exchange/state_lines.hpp"

#include <algorithm>

namespace workflow::exchange {
namespace {

using namespace procedure;

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
    std::string text;
    for (const std::string& part : parts) {
        if (!text.empty()) text += separator;
        text += part;
    }
    return text;
}

class LinesBuilder {
public:
    LinesBuilder(const Captions& captions, StateIndex state)
        : captions_(captions), index_(state), state_(captions.model().states[state]) {}

    std::vector<DrawnLine> build() {
        for (const ClockIndex number : state_.clocks) add_clock(captions_.model().clocks[number]);
        for (const Timer& timer : state_.timers) {
            if (const auto when = captions_.timer(timer)) add_timed(*when, timer.way, false);
        }
        for (const Action& action : state_.actions) add_action(action);
        for (const Receipt& receipt : state_.receive) {
            add_untimed(message_text(captions_.message(receipt.message), captions_.language()),
                        receipt.way);
        }
        for (const auto& [outcome, way] : state_.outcomes) {
            add_untimed(captions_.outcome(outcome), way);
        }
        if (state_.to) add_untimed({}, *state_.to);
        return std::move(lines_);
    }

private:
    void add(DrawnLine::Kind kind, std::string text, const Place& place) {
        lines_.push_back({kind, std::move(text), place});
    }

    void add_clock(const Clock& clock) {
        const auto limit = captions_.limit(clock);
        if (!limit) return;
        const std::string& title = clock.title.in(captions_.language());
        add(DrawnLine::Kind::limit, title.empty() ? *limit : title + ": " + *limit, {});
        for (const Moment& moment : clock.moments) {
            add_timed(captions_.moment(moment), moment.way, false);
        }
    }

    /// What a moment or timer does beside leading on; that it stays is said, too.
    void add_timed(const std::string& when, const Way& way, bool is_choice) {
        if (is_mere_reminder(way)) {
            add(DrawnLine::Kind::moment, captions_.word(Word::reminder) + " " + when, way.place);
            return;
        }
        const std::string effects = effects_of(way);
        const bool stays =
            way.choices.empty() && stays_there(way, index_) && way.also_start.empty();
        if (!effects.empty()) {
            add(DrawnLine::Kind::moment, when + ": " + effects, way.place);
        } else if (stays && !way.set.empty()) {
            add(DrawnLine::Kind::moment, when + ": " + captions_.word(Word::recorded), way.place);
        } else if (stays && !is_choice) {
            add(DrawnLine::Kind::moment, when, way.place);
        }
        for (const Way& choice : way.choices) add_timed(with_condition(when, choice), choice, true);
    }

    std::string with_condition(const std::string& when, const Way& choice) const {
        if (!choice.title.empty()) return when + ", " + captions_.condition(choice);
        if (!choice.when) return when;
        return when + ", " + captions_.word(Word::if_) + " " + captions_.condition(choice);
    }

    /// Nobody but the state's own office is told, and nothing else happens.
    bool is_mere_reminder(const Way& way) const {
        return way.notify.size() == 1 && way.notify.front() == state_.role && !way.may_also_act &&
               way.send.empty() && way.extend.empty() && way.cancel.empty() && way.choices.empty();
    }

    void add_action(const Action& action) {
        std::string title = captions_.action(action);
        if (action.role != state_.role && action.role != none) {
            title += " (" + captions_.role(action.role) + ")";
        }
        add_untimed(stays_somewhere(action.way, false)
                        ? captions_.word(Word::also_possible) + ": " + title
                        : title,
                    action.way);
    }

    void add_untimed(const std::string& title, const Way& way, bool is_choice = false) {
        if (!way.choices.empty()) {
            add_withdrawal(title, way);
            for (const Way& choice : way.choices) {
                add_untimed(with_condition(title, choice), choice, true);
            }
        } else if (stays_somewhere(way, is_choice)) {
            std::string effects = effects_of(way);
            if (effects.empty() && is_choice) effects = captions_.word(Word::recorded);
            add(DrawnLine::Kind::aside, effects.empty() ? title : title + " – " + effects, way.place);
        } else {
            add_withdrawal(title, way);
        }
    }

    /// A choice that leads nowhere and does nothing is no more than a way not taken.
    bool stays_somewhere(const Way& way, bool is_choice) const {
        if (!way.also_start.empty()) return false;
        if (!way.choices.empty()) {
            return std::any_of(way.choices.begin(), way.choices.end(),
                               [this](const Way& choice) { return stays_somewhere(choice, true); });
        }
        if (!stays_there(way, index_)) return false;
        if (std::holds_alternative<Move>(way.target)) return true;
        return !is_choice || !way.set.empty() || !way.notify.empty() || !way.send.empty() ||
               !way.extend.empty() || !way.cancel.empty();
    }

    void add_withdrawal(const std::string& title, const Way& way) {
        if (way.cancel.empty()) return;
        const std::string text = withdrawals_of(way);
        add(DrawnLine::Kind::aside, title.empty() ? text : title + " – " + text, way.place);
    }

    std::string withdrawals_of(const Way& way) const {
        std::vector<std::string> states;
        for (const StateIndex state : way.cancel) states.push_back(captions_.state(state));
        return captions_.word(Word::withdraws) + " " + joined(states, ", ");
    }

    std::string effects_of(const Way& way) const {
        std::vector<std::string> effects;
        if (!way.notify.empty()) {
            std::vector<std::string> offices;
            for (const RoleIndex role : way.notify) offices.push_back(captions_.role(role));
            effects.push_back(captions_.word(Word::tells) + " " + joined(offices, ", "));
        }
        if (way.may_also_act) {
            effects.push_back(captions_.role(*way.may_also_act) + " " +
                              captions_.word(Word::may_act_too));
        }
        for (const Sending& sending : way.send) {
            effects.push_back(captions_.word(Word::sends) + " " +
                              captions_.message(sending.message));
        }
        if (!way.extend.empty()) effects.push_back(captions_.word(Word::more_time));
        if (!way.cancel.empty()) effects.push_back(withdrawals_of(way));
        const Move* const move = std::get_if<Move>(&way.target);
        if (move != nullptr && move->to == index_ && way.choices.empty()) {
            effects.push_back(captions_.word(Word::begins_again));
        }
        return joined(effects, "; ");
    }

    const Captions& captions_;
    const StateIndex index_;
    const State& state_;
    std::vector<DrawnLine> lines_;
};

}  // namespace

bool stays_there(const Way& way, StateIndex carrier) {
    const Move* const move = std::get_if<Move>(&way.target);
    return std::holds_alternative<Stay>(way.target) || (move != nullptr && move->to == carrier);
}

std::vector<DrawnLine> lines_of(const Captions& captions, StateIndex state) {
    return LinesBuilder(captions, state).build();
}

}  // namespace workflow::exchange
