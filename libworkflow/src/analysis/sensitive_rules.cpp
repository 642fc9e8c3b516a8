// A sensitive value stands beside the chained bytes, so that it can be erased by right: nothing
// that the interpreter computes may carry it, or a part of it, into them.
#include <algorithm>

#include "analysis/report.hpp"
#include "analysis/rules.hpp"
#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

class SensitiveCheck {
public:
    SensitiveCheck(const Model& model, Diagnostics& diagnostics)
        : model_(model), diagnostics_(diagnostics) {}

    void check(const State& state) {
        check_set(state.set, false);
        if (state.of) check_copied(*state.of);
        if (state.for_whom) check_copied(*state.for_whom);
        for (const Action& action : state.actions) {
            fields_ = std::any_of(action.fields.begin(), action.fields.end(),
                                  [](const ActionField& field) { return field.sensitive; });
            check_way(action.way);
        }
        fields_ = false;
        const auto visit = [this](const Way& way, Trigger trigger) {
            if (trigger != Trigger::person) check_way(way);
        };
        for_each_way(model_, state, visit);
    }

private:
    void check_way(const Way& way) {
        check_set(way.set, fields_);
        for (const Way& choice : way.choices) check_way(choice);
    }

    void check_set(const std::vector<Assignment>& set, bool sensitive_fields) {
        for (const Assignment& assignment : set) {
            const Field& target = model_.data[assignment.field];
            if (target.sensitive) {
                report(diagnostics_, "sensitive-set", assignment.value.place, {target.id});
            } else if (target.type.kind != Type::Kind::boolean) {
                check_reads(assignment.value, sensitive_fields);
            }
        }
    }

    void check_copied(const Cel& cel) { check_reads(cel, false); }

    void check_reads(const Cel& cel, bool sensitive_fields) {
        for (const Slot& slot : cel.expression.reads()) {
            const bool data = slot.frame == frame_data && slot.slot < model_.data.size() &&
                              model_.data[slot.slot].sensitive;
            const bool field =
                sensitive_fields && slot.frame == frame_event && slot.slot == slot_fields;
            if (!data && !field) continue;
            report(diagnostics_, "sensitive-copied", cel.place,
                   {data ? model_.data[slot.slot].id : std::string("fields")});
            return;
        }
    }

    const Model& model_;
    Diagnostics& diagnostics_;
    bool fields_ = false;
};

}  // namespace

void check_sensitive(const Model& model, Diagnostics& diagnostics) {
    const bool any_data = std::any_of(model.data.begin(), model.data.end(),
                                      [](const Field& field) { return field.sensitive; });
    const bool any_field =
        any_data || std::any_of(model.states.begin(), model.states.end(), [](const State& state) {
            return std::any_of(
                state.actions.begin(), state.actions.end(), [](const Action& action) {
                    return std::any_of(action.fields.begin(), action.fields.end(),
                                       [](const ActionField& field) { return field.sensitive; });
                });
        });
    if (!any_field) return;
    SensitiveCheck check(model, diagnostics);
    for (const State& state : model.states) check.check(state);
}

}  // namespace workflow::analysis
