#include "interpreter/soundness.hpp"

#include <algorithm>

#include "interpreter/run.hpp"

namespace workflow::interpreter {
namespace {

using namespace procedure;

template <class Items>
bool is_number_of(std::uint32_t number, const Items& items) {
    return number < items.size();
}
template <class Items>
bool is_number_or_none(std::uint32_t number, const Items& items) {
    return number == no_index || number < items.size();
}

class Soundness {
public:
    Soundness(const Model& model, const Instance& instance) : model_(model), instance_(instance) {}

    [[nodiscard]] bool holds() const {
        return has_whole_data() && is_in_order(instance_.tokens) && is_in_order(instance_.scopes) &&
               has_root() && all(instance_.scopes) && all(instance_.tokens) &&
               all(instance_.clocks) && all(instance_.visits) && all(instance_.subscriptions) &&
               all(instance_.kept) && all(instance_.incidents) && all(instance_.lists) &&
               all(instance_.awaited);
    }

private:
    template <class Items>
    [[nodiscard]] bool all(const Items& items) const {
        return std::all_of(items.begin(), items.end(),
                           [this](const auto& item) { return this->is_sound(item); });
    }

    /// As whoever looks for an ordinal expects, and none twice.
    template <class Items>
    static bool is_in_order(const Items& items) {
        return std::adjacent_find(items.begin(), items.end(), [](const auto& a, const auto& b) {
                   return a.ordinal >= b.ordinal;
               }) == items.end();
    }

    [[nodiscard]] bool has_token(Ordinal ordinal) const {
        return find_ordinal(instance_.tokens, ordinal) != nullptr;
    }
    [[nodiscard]] bool has_token_or_none(Ordinal ordinal) const {
        return ordinal == 0 || has_token(ordinal);
    }

    [[nodiscard]] bool has_whole_data() const {
        const auto& variants = model_.variants;
        const bool knows_variant =
            instance_.variant.empty() ||
            std::any_of(variants.begin(), variants.end(),
                        [&](const Variant& one) { return one.id == instance_.variant; });
        return knows_variant && instance_.data.size() == model_.data.size() &&
               instance_.more_calendars.size() == model_.more_calendars.size() &&
               is_number_or_none(instance_.outcome, model_.outcomes) &&
               is_number_or_none(instance_.outer_status, model_.statuses);
    }
    [[nodiscard]] bool has_root() const {
        if (instance_.status != Instance::Status::active) return instance_.tokens.empty();
        return !instance_.scopes.empty() && instance_.scopes.front().ordinal == 0;
    }

    // What lies inside was made later than what is around it: so no way outwards goes round.
    [[nodiscard]] bool is_sound(const Scope& scope) const {
        const bool has_place =
            scope.ordinal == 0 || (scope.parent < scope.ordinal && has_token(scope.parent));
        if (!has_place || !is_number_or_none(scope.branch, model_.states) ||
            !is_number_or_none(scope.outcome, model_.outcomes)) {
            return false;
        }
        if (!scope.data.empty()) {
            const Token* const holder = find_ordinal(instance_.tokens, scope.parent);
            const StateIndex state = holder != nullptr ? holder->state : root_state;
            if (!is_number_of(state, model_.states) ||
                scope.data.size() != model_.states[state].data.size()) {
                return false;
            }
        }
        return std::all_of(scope.rounds.begin(), scope.rounds.end(), [this](const auto& round) {
            return is_number_of(round.join, model_.states) &&
                   std::all_of(round.counted.begin(), round.counted.end(),
                               [this](std::uint32_t source) {
                                   return is_number_of(source, model_.states);
                               });
        });
    }
    [[nodiscard]] bool is_sound(const Token& token) const {
        if (!is_number_of(token.state, model_.states) || token.state == root_state ||
            token.scope >= token.ordinal ||
            find_ordinal(instance_.scopes, token.scope) == nullptr ||
            !is_number_or_none(token.source, model_.states)) {
            return false;
        }
        // Behind those of the state stand the timers of a wait or a service.
        constexpr std::size_t of_its_own = 2;
        const std::size_t timers = model_.states[token.state].timers.size() + of_its_own;
        return std::all_of(token.timers.begin(), token.timers.end(),
                           [&](const TimerState& timer) { return timer.timer < timers; }) &&
               std::all_of(token.also_may_act.begin(), token.also_may_act.end(),
                           [this](std::uint32_t role) { return is_number_of(role, model_.roles); });
    }
    [[nodiscard]] bool is_sound(const ClockState& clock) const {
        if (!is_number_of(clock.clock, model_.clocks) || !has_token_or_none(clock.owner)) return false;
        if (clock.phase != ClockState::Phase::idle && clock.ledger.empty()) return false;
        return std::all_of(
            clock.ledger.begin(), clock.ledger.end(), [this](const Interval& interval) {
                return is_number_or_none(interval.reason, model_.reasons);
            });
    }
    [[nodiscard]] bool is_sound(const Visits& visits) const {
        return is_number_of(visits.memory, model_.memories);
    }
    [[nodiscard]] bool is_sound(const Subscription& waiting) const {
        return is_number_of(waiting.message, model_.messages) && has_token_or_none(waiting.ordinal);
    }
    [[nodiscard]] bool is_sound(const KeptMessage& kept) const {
        return is_number_of(kept.message, model_.messages);
    }
    [[nodiscard]] bool is_sound(const Incident& incident) const {
        return has_token(incident.token);
    }
    [[nodiscard]] bool is_sound(const ItemList& list) const { return has_token(list.token); }
    [[nodiscard]] bool is_sound(const Awaited& awaited) const { return has_token(awaited.token); }

    const Model& model_;
    const Instance& instance_;
};

}  // namespace

bool is_sound(const Procedure& procedure, const Instance& instance) {
    return Soundness(procedure.model(), instance).holds();
}

}  // namespace workflow::interpreter
