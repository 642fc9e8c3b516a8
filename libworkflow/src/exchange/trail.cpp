#include <algorithm>

#include "procedure/model.hpp"
#include "workflow/graph.hpp"

namespace workflow {
namespace {

using namespace procedure;

class TrailReader {
public:
    explicit TrailReader(const Model& model) : model_(model) {
        trail_.visits.assign(model.states.size(), 0);
        alive_.assign(model.states.size(), 0);
    }

    void read(const std::vector<Record>& step) {
        set_origin(none);
        for (const Record& record : step) read(record);
    }

    Trail finish(const Instance* instance) {
        if (instance != nullptr) {
            std::fill(alive_.begin(), alive_.end(), 0);
            for (const Token& token : instance->tokens) {
                if (is_state(token.state) && !token.remainder) ++alive_[token.state];
            }
        }
        for (StateIndex state = 1; state < alive_.size(); ++state) {
            if (alive_[state] > 0) trail_.current.push_back(state);
        }
        std::sort(trail_.late.begin(), trail_.late.end());
        return std::move(trail_);
    }

private:
    bool is_state(StateIndex state) const { return state < model_.states.size(); }

    void read(const Record& record) {
        switch (record.kind) {
            case RecordKind::started:
                set_origin(root_state);
                return;
            case RecordKind::performed:
                set_origin(is_state(record.state) ? record.state : root_state, record.subject);
                return;
            case RecordKind::timer_fired:
            case RecordKind::message_taken:
                set_origin(is_state(record.state) ? record.state : root_state);
                return;
            case RecordKind::clock_moment:
                if (record.subject < model_.clocks.size()) {
                    set_origin(model_.clocks[record.subject].owner);
                }
                return;
            case RecordKind::left:
                if (is_state(record.state)) leave(record.state);
                return;
            case RecordKind::joined:
            case RecordKind::swallowed:
            case RecordKind::cancelled:
                if (is_state(record.state) && alive_[record.state] > 0) --alive_[record.state];
                return;
            case RecordKind::entered:
                if (is_state(record.state)) enter(record.state);
                return;
            case RecordKind::moved:
                set_origin(none);
                return;
            case RecordKind::scope_done:
            case RecordKind::ended:
                end(record.outcome);
                return;
            case RecordKind::clock_ended:
                end_clock(record);
                return;
            case RecordKind::migrated:
                // What lies before has another version's numbers.
                trail_ = {.visits = std::vector<std::uint32_t>(model_.states.size(), 0)};
                number_ = 0;
                [[fallthrough]];
            case RecordKind::cancelled_instance:
                set_origin(none);
                std::fill(alive_.begin(), alive_.end(), 0);
                return;
            case RecordKind::scope_opened:
            case RecordKind::data_set:
            case RecordKind::timer_ignored:
            case RecordKind::notified:
            case RecordKind::escalated:
            case RecordKind::clock_started:
            case RecordKind::clock_waiting:
            case RecordKind::clock_resumed:
            case RecordKind::clock_restarted:
            case RecordKind::incident_opened:
            case RecordKind::incident_resolved:
            case RecordKind::corrected:
            case RecordKind::erased:
            case RecordKind::suspended:
            case RecordKind::resumed:
            case RecordKind::at_door:
            case RecordKind::claimed:
            case RecordKind::released:
            case RecordKind::clock_extended:
            case RecordKind::clock_redated:
            case RecordKind::timer_redated:
            case RecordKind::calendar_changed:
            case RecordKind::reassigned:
            case RecordKind::delegated:
            case RecordKind::status_changed:
            case RecordKind::message_kept:
            case RecordKind::message_ignored:
            case RecordKind::sent:
            case RecordKind::effect_requested:
            case RecordKind::effect_result:
            case RecordKind::effect_error:
            case RecordKind::effect_failed:
            case RecordKind::effect_withdrawn:
            case RecordKind::answer_ignored:
            case RecordKind::child_started:
            case RecordKind::child_ended:
                return;
        }
    }

    /// What was performed inside or around the state that is left is still the cause.
    void leave(StateIndex state) {
        if (alive_[state] > 0) --alive_[state];
        const bool is_part = origin_ != none && (is_within(model_, state, origin_) ||
                                                 is_within(model_, origin_, state));
        if (!is_part) set_origin(state);
    }

    void enter(StateIndex state) {
        ++alive_[state];
        ++trail_.visits[state];
        // Without a cause it is the start of a group, branch or item: no way of its own.
        if (origin_ != none) add(state, none);
        set_origin(none);
    }

    void end(OutcomeIndex outcome) {
        if (outcome >= model_.outcomes.size()) outcome = none;
        // An end state has been entered, and that way has been counted.
        if (origin_ != none && model_.states[origin_].kind != Kind::end) {
            add(none, outcome);
        }
        set_origin(none);
    }

    void end_clock(const Record& record) {
        if (record.subject >= model_.clocks.size()) return;
        if (record.outcome != static_cast<std::uint32_t>(ClockResult::late)) return;
        const StateIndex owner = model_.clocks[record.subject].owner;
        const bool is_known =
            std::find(trail_.late.begin(), trail_.late.end(), owner) != trail_.late.end();
        if (!is_known) trail_.late.push_back(owner);
    }

    void set_origin(StateIndex state, std::uint32_t action = none) {
        origin_ = state;
        action_ = action;
    }

    void add(StateIndex to, OutcomeIndex outcome) {
        ++number_;
        const auto found = std::find_if(
            trail_.passages.begin(), trail_.passages.end(), [&](const Passage& passage) {
                return passage.from == origin_ && passage.to == to && passage.outcome == outcome &&
                       passage.action == action_;
            });
        if (found != trail_.passages.end()) {
            found->numbers.push_back(number_);
        } else {
            trail_.passages.push_back({origin_, to, outcome, action_, {number_}});
        }
    }

    const Model& model_;
    Trail trail_;
    std::vector<std::uint32_t> alive_;  ///< tokens by state
    StateIndex origin_ = none;          ///< whose way is under way
    std::uint32_t action_ = none;       ///< that began it
    std::uint32_t number_ = 0;
};

}  // namespace

Trail trail_of(const Procedure& procedure, std::span<const std::vector<Record>> history,
               const Instance* instance) {
    TrailReader reader(procedure.model());
    for (const std::vector<Record>& step : history) reader.read(step);
    return reader.finish(instance);
}

}  // namespace workflow
