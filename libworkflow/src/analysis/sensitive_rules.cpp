// A sensitive value stands beside the chained bytes, so that it can be erased by right: nothing
// that the interpreter computes may carry it, or a part of it, into them.
#include <algorithm>

#include "analysis/report.hpp"
#include "analysis/rules.hpp"
#include "analysis/ways.hpp"

namespace workflow::analysis {
namespace {

using namespace procedure;

bool has_sensitive_field(const Action& action) {
    return std::any_of(action.fields.begin(), action.fields.end(),
                       [](const ActionField& field) { return field.sensitive; });
}

class SensitiveCheck {
public:
    SensitiveCheck(const Model& model, Diagnostics& diagnostics)
        : model_(model), diagnostics_(diagnostics) {}

    void check(const State& state) {
        check_set(state.set);
        if (state.of) check_reads(*state.of);
        if (state.for_whom) check_reads(*state.for_whom);
        if (state.service) check_given(state.service->input);
        if (state.call) check_given(state.call->input);
        for (const Action& action : state.actions) {
            action_ = &action;
            check_way(action.way);
        }
        action_ = nullptr;
        const auto visit = [this](const Way& way, Trigger trigger) {
            if (trigger != Trigger::person) check_way(way);
        };
        for_each_way(model_, state, visit);
    }

    void check(const MessageDeclaration& message) {
        if (message.key) check_reads(*message.key);
    }

private:
    void check_way(const Way& way) {
        check_set(way.set);
        for (const Extension& extension : way.extend) {
            if (const auto* cel = std::get_if<Cel>(&extension.by)) check_reads(*cel);
        }
        for (const Sending& sending : way.send) {
            if (sending.key) check_reads(*sending.key);
            if (sending.instance) check_reads(*sending.instance);
            check_given(sending.with);
        }
        for (const Way& choice : way.choices) check_way(choice);
    }

    void check_given(const std::vector<std::pair<std::string, Cel>>& given) {
        for (const auto& [name, cel] : given) {
            if (cel.expression.type().kind != Type::Kind::boolean) check_reads(cel);
        }
    }

    void check_set(const std::vector<Assignment>& set) {
        for (const Assignment& assignment : set) {
            const Field& target = model_.data[assignment.field];
            if (target.sensitive) {
                report(diagnostics_, "sensitive-set", assignment.value.place, {target.id});
            } else if (target.type.kind != Type::Kind::boolean) {
                check_reads(assignment.value);
            }
        }
    }

    void check_reads(const Cel& cel) {
        for (const Slot& slot : cel.expression.reads()) {
            const bool data = slot.frame == frame_data && slot.slot < model_.data.size() &&
                              model_.data[slot.slot].sensitive;
            const bool field = slot.frame == frame_event && slot.slot == slot_fields &&
                               reads_sensitive_field(cel.expression.source());
            if (!data && !field) continue;
            report(diagnostics_, "sensitive-copied", cel.place,
                   {data ? model_.data[slot.slot].id : std::string("fields")});
            return;
        }
    }

    /// `fields` is one value: which of its members is read is told by the text. Whatever is not
    /// plainly another member counts.
    [[nodiscard]] bool reads_sensitive_field(std::string_view source) const {
        if (action_ == nullptr) return false;
        constexpr std::string_view word = "fields";
        for (std::size_t at = source.find(word); at != std::string_view::npos;
             at = source.find(word, at + 1)) {
            std::string_view rest = source.substr(at + word.size());
            if (rest.empty() || rest.front() != '.') return has_sensitive_field(*action_);
            rest.remove_prefix(1);
            const std::string_view name =
                rest.substr(0, rest.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_"));
            for (const ActionField& field : action_->fields) {
                if (field.id == name && field.sensitive) return true;
            }
        }
        return false;
    }

    const Model& model_;
    Diagnostics& diagnostics_;
    const Action* action_ = nullptr;  ///< whose `fields` an expression names
};

}  // namespace

void check_sensitive(const Model& model, Diagnostics& diagnostics) {
    SensitiveCheck check(model, diagnostics);
    for (const MessageDeclaration& message : model.messages) check.check(message);
    for (const State& state : model.states) check.check(state);
}

}  // namespace workflow::analysis
