#include <algorithm>

#include "interpreter/clock_time.hpp"
#include "interpreter/run.hpp"

namespace workflow {
namespace {

using namespace procedure;

bool stands_still(const Instance& instance, Ordinal owner) {
    return std::any_of(instance.tokens.begin(), instance.tokens.end(), [&](const Token& token) {
        return token.ordinal == owner && token.incident;
    });
}

void add_work(IndexRows& rows, const Model& model, const Token& token) {
    const State& state = model.states[token.state];
    const auto add = [&](RoleIndex role, const Value& whom) {
        const bool listed =
            std::any_of(rows.work.begin(), rows.work.end(), [&](const WorkRow& row) {
                return row.ordinal == token.ordinal && row.role == role && row.for_whom == whom;
            });
        if (!listed) rows.work.push_back({token.ordinal, token.state, role, whom});
    };
    const auto add_for_each = [&](RoleIndex role, const Value& whom) {
        const List* several = whom.open().list();
        if (several == nullptr) {
            add(role, whom.open());
        } else {
            for (const Value& one : *several) add(role, one);
        }
    };
    if (state.kind == Kind::task && state.role != none) add_for_each(state.role, token.for_whom);
    if (state.kind == Kind::task || state.kind == Kind::idle || state.kind == Kind::wait) {
        for (const Action& action : state.actions) {
            if (action.role != none && action.role != state.role) {
                add_for_each(action.role, token.for_whom);
            }
        }
    }
    for (const RoleIndex role : token.also_may_act) add(role, {});
}

}  // namespace

IndexRows index_rows(const Procedure& procedure, const Calendars& calendars,
                     const Instance& instance) {
    IndexRows rows;
    if (instance.status != Instance::Status::active) return rows;
    const Calendar& calendar = interpreter::calendar_of(calendars, instance);
    const Model& model = procedure.model();
    rows.due.reserve(instance.clocks.size() + instance.tokens.size());
    rows.work.reserve(instance.tokens.size());
    bool incident = false;
    for (const Token& token : instance.tokens) {
        incident = incident || token.incident;
        if (token.incident || token.at_door || token.remainder) continue;
        for (const TimerState& timer : token.timers) {
            rows.due.push_back({timer.due, token.ordinal, timer.timer});
        }
        add_work(rows, model, token);
    }
    for (const ClockState& clock : instance.clocks) {
        if (clock.phase == ClockState::Phase::waiting) continue;  // no moment is due
        if (incident && stands_still(instance, clock.owner)) continue;
        const Clock& definition = model.clocks[clock.clock];
        const auto derived = interpreter::derive(calendar, clock);
        // Only the next of its moments: the one behind it takes its place once it has fired, so
        // that the order is kept and a store has one row to change.
        std::optional<DueRow> next;
        const bool idle = clock.phase == ClockState::Phase::idle;
        const std::uint32_t last =
            idle ? interpreter::start_timer(definition) : interpreter::due_timer(definition);
        for (std::uint32_t timer = idle ? last : 0; timer <= last; ++timer) {
            const auto due = interpreter::moment_due(calendar, definition, clock, timer, derived);
            if (due && (!next || *due < next->due)) next = DueRow{*due, clock.ordinal, timer};
        }
        if (next) rows.due.push_back(*next);
    }
    std::sort(rows.due.begin(), rows.due.end());
    return rows;
}

}  // namespace workflow
