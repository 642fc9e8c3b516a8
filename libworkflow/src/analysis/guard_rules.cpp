// Guards that hold in no case, and states that nobody can leave in some case.
#include <algorithm>

#include "analysis/cels.hpp"
#include "analysis/examination.hpp"
#include "analysis/possible_values.hpp"
#include "analysis/report.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

class GuardCheck {
public:
    GuardCheck(const Model& model, Diagnostics& diagnostics)
        : model_(model), diagnostics_(diagnostics), variants_(variants_of(model)) {
        find_changed_fields();
    }

    void check() {
        for (StateIndex index = 0; index < model_.states.size(); ++index) {
            const State& state = model_.states[index];
            for_each_way(model_, state, [&](const Way& way, Trigger) { check_guards(way); });
            if (model_.states[state.parent].kind == Kind::parallel && state.when) {
                check_guard(*state.when);
            }
            if (state.kind == Kind::task || state.kind == Kind::idle) check_gap(index);
        }
    }

private:
    void warn(const char* code, const Place& place, std::vector<std::string> arguments) {
        if (diagnostics_.size() >= limits::diagnostics_max) return;
        diagnostics_.push_back({Severity::warning, code, place, std::move(arguments)});
    }

    void check_guards(const Way& way) {
        if (way.when) check_guard(*way.when);
        for (const Way& choice : way.choices) check_guards(choice);
    }

    void check_guard(const Cel& guard) {
        const bool never = std::all_of(
            variants_.begin(), variants_.end(),
            [&](const std::string& variant) { return never_holds(guard.expression, variant); });
        if (never) warn("guard-never-true", guard.place, {guard.expression.source()});
    }

    bool never_holds(const Expression& guard, const std::string& variant) const {
        const auto cases = possible_values(model_, guard, variant);
        return cases && std::all_of(cases->begin(), cases->end(), [](const ValueCase& one) {
                   return one.value.boolean() != nullptr && !*one.value.boolean();
               });
    }

    // --- states that nobody can leave -----------------------------------------------------------

    /// Guards of all ways that lead on from the state or from what is around it; nothing where
    /// some way has none.
    std::optional<std::vector<const Expression*>> guards_of_leaving(StateIndex index) const {
        std::vector<const Expression*> guards;
        bool is_open = false;
        for (StateIndex state = index;; state = model_.states[state].parent) {
            for_each_way(model_, model_.states[state], [&](const Way& way, Trigger trigger) {
                const bool is_course =
                    state != index && (trigger == Trigger::finish || trigger == Trigger::choice);
                if (trigger == Trigger::start || is_course || !leads_on(way)) return;
                if (way.when) {
                    guards.push_back(&way.when->expression);
                } else {
                    is_open = true;
                }
            });
            if (state == root_state) break;
        }
        if (is_open || guards.empty()) return std::nullopt;
        return guards;
    }

    static bool leads_on(const Way& way) {
        bool leads = false;
        auto look = [&](const Way& leaf) {
            leads = leads || !std::holds_alternative<Stay>(leaf.target);
        };
        for_each_leaf(way, look);
        return leads;
    }

    void check_gap(StateIndex index) {
        const auto guards = guards_of_leaving(index);
        if (!guards) return;
        for (const Expression* guard : *guards) {
            if (!reads_changing_fields_only(*guard)) return;
        }
        for (const std::string& variant : variants_) {
            const auto cases = possible_values(model_, *guards, variant);
            if (!cases) return;
            for (const JointCase& one : *cases) {
                const bool none_holds =
                    std::none_of(one.values.begin(), one.values.end(), [](const Value& value) {
                        return value.boolean() != nullptr && *value.boolean();
                    });
                if (!none_holds || one.names.empty() || !is_reached(index, one.fixed, variant)) {
                    continue;
                }
                return warn("guard-gap", model_.states[index].place,
                            {one.names, model_.states[index].id});
            }
        }
    }

    /// What people or others give; what only has a default has no other value.
    void find_changed_fields() {
        changed_.assign(model_.data.size(), false);
        const auto give = [&](FieldIndex field) {
            if (field != none) changed_[field] = true;
        };
        for (const FieldIndex field : model_.input) give(field);
        for (const Entry& entry : model_.states[root_state].entries) {
            for (const FieldIndex field : entry.input) give(field);
        }
        for (const State& state : model_.states) {
            for (const Action& action : state.actions) {
                for (const ActionField& field : action.fields) give(field.stored_in);
            }
        }
        for (const MessageDeclaration& message : model_.messages) {
            for (const ActionField& field : message.fields) give(field.stored_in);
        }
    }

    bool reads_changing_fields_only(const Expression& guard) const {
        const auto slots = guard.reads();
        return std::all_of(slots.begin(), slots.end(), [&](Slot slot) {
            return slot.frame != frame_data || changed_[slot.slot];
        });
    }

    /// Whether ways lead there while the fields have these values all the time.
    bool is_reached(StateIndex wanted, const std::vector<std::pair<Slot, Value>>& fixed,
                    const std::string& variant) {
        CaseFrames frames(model_, variant);
        for (const auto& [slot, value] : fixed) frames.at(slot) = value;
        std::vector<bool> seen(model_.states.size(), false);
        std::vector<StateIndex> open{root_state};
        seen[root_state] = true;
        const auto enter = [&](StateIndex state) {
            if (seen[state]) return;
            seen[state] = true;
            open.push_back(state);
        };
        const auto is_false = [&](const std::optional<Cel>& guard) {
            if (!guard || !reads_fixed_only(guard->expression, fixed)) return false;
            const auto value = frames.evaluate(guard->expression);
            const auto* known = std::get_if<Value>(&value);
            return known != nullptr && known->boolean() != nullptr && !*known->boolean();
        };
        const auto is_true = [&](const Way& way) {
            if (!way.when) return true;
            if (!reads_fixed_only(way.when->expression, fixed)) return false;
            const auto value = frames.evaluate(way.when->expression);
            const auto* known = std::get_if<Value>(&value);
            return known != nullptr && known->boolean() != nullptr && *known->boolean();
        };
        const auto follow = [&](const auto& self, const Way& way) -> void {
            if (is_false(way.when)) return;
            for (const StateIndex state : way.also_start) enter(state);
            for (const Way& choice : way.choices) {
                self(self, choice);
                if (is_true(choice)) break;
            }
            if (!way.choices.empty()) return;
            if (const auto* move = std::get_if<Move>(&way.target)) enter(move->to);
        };
        while (!open.empty()) {
            const State& state = model_.states[open.back()];
            open.pop_back();
            if (state.kind == Kind::parallel) {
                for (const StateIndex branch : state.children) {
                    if (!is_false(model_.states[branch].when)) enter(branch);
                }
            }
            bool is_decided = false;  // a choice takes the first that holds
            for_each_way(model_, state, [&](const Way& way, Trigger trigger) {
                if (trigger == Trigger::choice && is_decided && state.kind == Kind::choice) return;
                follow(follow, way);
                if (trigger == Trigger::choice && is_true(way)) is_decided = true;
            });
        }
        return seen[wanted];
    }

    bool reads_fixed_only(const Expression& guard,
                          const std::vector<std::pair<Slot, Value>>& fixed) const {
        const auto slots = guard.reads();
        return guard.asks().empty() && std::all_of(slots.begin(), slots.end(), [&](Slot slot) {
                   return slot.frame == frame_parameters ||
                          std::any_of(fixed.begin(), fixed.end(),
                                      [&](const auto& known) { return known.first == slot; });
               });
    }

    const Model& model_;
    Diagnostics& diagnostics_;
    std::vector<std::string> variants_;
    std::vector<bool> changed_;  ///< by field
};

}  // namespace

void check_guards(const Model& model, Diagnostics& diagnostics) {
    GuardCheck(model, diagnostics).check();
}

}  // namespace workflow::analysis
