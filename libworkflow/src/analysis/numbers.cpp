#include "analysis/numbers.hpp"

#include <string>

#include "analysis/report.hpp"
#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

class NumberCheck {
public:
    NumberCheck(const Model& model, Diagnostics& diagnostics)
        : model_(model), diagnostics_(diagnostics) {}

    bool check_all() {
        check_procedure();
        for (std::size_t i = 0; i < model_.clocks.size(); ++i) check_clock(i);
        // The ways of a clock are reached through its owner: its number must hold first.
        for (const State& state : model_.states) check_clocks_of(state);
        if (!sound_) return false;
        for (const State& state : model_.states) check_state(state);
        return sound_;
    }

private:
    void fail(const char* code, const std::string& owner, std::uint32_t number,
              const Place& place) {
        report(diagnostics_, code, place, {owner, std::to_string(number)});
        sound_ = false;
    }

    void check_role(RoleIndex role, const std::string& owner, const Place& place) {
        if (role >= model_.roles.size()) fail("role-out-of-range", owner, role, place);
    }
    void check_field(FieldIndex field, const std::string& owner, const Place& place) {
        if (field >= model_.data.size()) fail("field-out-of-range", owner, field, place);
    }
    void check_outcome(OutcomeIndex outcome, const std::string& owner, const Place& place) {
        if (outcome != none && outcome >= model_.outcomes.size()) {
            fail("outcome-out-of-range", owner, outcome, place);
        }
    }
    void check_message(MessageIndex message, const std::string& owner, const Place& place) {
        if (message >= model_.messages.size()) {
            fail("message-out-of-range", owner, message, place);
        }
    }
    void check_set(const std::vector<Assignment>& set, const std::string& owner,
                   const Place& place) {
        for (const Assignment& assignment : set) check_field(assignment.field, owner, place);
    }

    void check_procedure() {
        for (const RoleIndex role : model_.started_by) check_role(role, model_.id, model_.place);
        for (const auto* fields : {&model_.input, &model_.output}) {
            for (const FieldIndex field : *fields) check_field(field, model_.id, model_.place);
        }
        for (const MessageDeclaration& message : model_.messages) {
            for (const ActionField& field : message.fields) {
                if (field.stored_in != none) check_field(field.stored_in, message.id, message.place);
            }
        }
        for (const Variant& variant : model_.variants) {
            for (const auto& [parameter, value] : variant.values) {
                if (parameter < model_.parameters.size()) continue;
                fail("parameter-out-of-range", variant.id, parameter, variant.place);
            }
        }
    }

    void check_clock(std::size_t index) {
        const Clock& clock = model_.clocks[index];
        if (clock.owner >= model_.states.size()) {
            fail("target-out-of-range", clock.id, clock.owner, clock.place);
            return;
        }
        if (clock.while_waiting.size() > model_.reasons.size()) {
            fail("reason-out-of-range", clock.id,
                 static_cast<std::uint32_t>(clock.while_waiting.size() - 1), clock.place);
        }
        if (clock.calendar > model_.more_calendars.size()) {
            fail("calendar-out-of-range", clock.id, clock.calendar, clock.place);
        }
        std::size_t owned = 0;
        for (const ClockIndex other : model_.states[clock.owner].clocks) owned += other == index;
        if (owned != 1) {
            fail("clock-out-of-range", name_of(model_, clock.owner),
                 static_cast<std::uint32_t>(index), clock.place);
        }
    }

    void check_clocks_of(const State& state) {
        const auto owner = static_cast<StateIndex>(&state - model_.states.data());
        for (const ClockIndex clock : state.clocks) {
            if (clock < model_.clocks.size() && model_.clocks[clock].owner == owner) continue;
            fail("clock-out-of-range", state.id, clock, state.place);
        }
    }

    void check_state(const State& state) {
        if (state.role != none) check_role(state.role, state.id, state.place);
        check_outcome(state.outcome, state.id, state.place);
        if (state.one_at_a_time != none && state.one_at_a_time >= model_.doors.size()) {
            fail("door-out-of-range", state.id, state.one_at_a_time, state.place);
        }
        if (state.calendar > model_.more_calendars.size()) {
            fail("calendar-out-of-range", state.id, state.calendar, state.place);
        }
        if (state.waiting_for != none && state.waiting_for >= model_.reasons.size()) {
            fail("reason-out-of-range", state.id, state.waiting_for, state.place);
        }
        if (state.kind == Kind::each && state.locals >= model_.local_slots) {
            fail("local-out-of-range", state.id, state.locals, state.place);
        }
        check_set(state.set, state.id, state.place);
        for (const Entry& entry : state.entries) {
            for (const FieldIndex field : entry.input) check_field(field, entry.id, entry.place);
        }
        const std::vector<ActionField> none_wanted;
        for (const ActionField& field : state.service ? state.service->result
                                        : state.call  ? state.call->result
                                                      : none_wanted) {
            if (field.stored_in != none) check_field(field.stored_in, state.id, state.place);
        }
        for (const Action& action : state.actions) check_action(action);
        for (const Receipt& receipt : state.receive) {
            check_message(receipt.message, state.id, receipt.place);
        }
        for (const auto& [outcome, way] : state.outcomes) {
            check_outcome(outcome, state.id, way.place);
        }
        for_each_way(model_, state,
                     [this, &state](const Way& way, Trigger) { check_way(way, state, 0); });
    }

    void check_action(const Action& action) {
        if (action.role != none) check_role(action.role, action.id, action.place);
        for (const ActionField& field : action.fields) {
            if (field.stored_in != none) check_field(field.stored_in, action.id, action.place);
        }
    }

    void check_way(const Way& way, const State& state, std::size_t depth) {
        if (depth > way_depth_max) {
            fail("ways-too-deep", state.id, static_cast<std::uint32_t>(way_depth_max), way.place);
            return;
        }
        check_set(way.set, state.id, way.place);
        for (const Extension& extension : way.extend) {
            if (extension.clock < model_.clocks.size()) continue;
            fail("clock-out-of-range", state.id, extension.clock, extension.place);
        }
        for (const Sending& sending : way.send) {
            check_message(sending.message, state.id, sending.place);
        }
        for (const RoleIndex role : way.notify) check_role(role, state.id, way.place);
        if (way.may_also_act) check_role(*way.may_also_act, state.id, way.place);
        if (const Move* const move = std::get_if<Move>(&way.target);
            move != nullptr && way.choices.empty() && move->to >= model_.states.size()) {
            fail("target-out-of-range", state.id, move->to, way.place);
        }
        for (const auto* named : {&way.cancel, &way.also_start}) {
            for (const StateIndex other : *named) {
                if (other < model_.states.size()) continue;
                fail("target-out-of-range", state.id, other, way.place);
            }
        }
        if (const Finish* const finish = std::get_if<Finish>(&way.target)) {
            check_outcome(finish->outcome, state.id, way.place);
        }
        for (const Way& choice : way.choices) check_way(choice, state, depth + 1);
    }

    const Model& model_;
    Diagnostics& diagnostics_;
    bool sound_ = true;
};

}  // namespace

bool are_numbers_in_range(const Model& model, Diagnostics& diagnostics) {
    return NumberCheck(model, diagnostics).check_all();
}

}  // namespace workflow::analysis
