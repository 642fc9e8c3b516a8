#include <algorithm>

#include "interpreter/clock_time.hpp"
#include "interpreter/offers.hpp"
#include "interpreter/run.hpp"
#include "workflow/index_rows.hpp"

namespace workflow {
namespace {

using procedure::Clock;
using procedure::ClockIndex;
using procedure::FieldIndex;
using procedure::Glance;
using procedure::Model;
using procedure::none;
using procedure::RoleIndex;

bool stands_still(const Instance& instance, Ordinal owner) {
    return std::any_of(instance.tokens.begin(), instance.tokens.end(), [&](const Token& token) {
        return token.ordinal == owner && token.incident;
    });
}

void add_work(IndexRows& rows, const Model& model, const Instance& instance, const Token& token) {
    const Glance& glance = model.glances[token.state];
    if (token.also_may_act.empty()) {
        if (!glance.has_work) return;
        if (glance.only_role != none && token.for_whom.is_null() && instance.claims.empty()) {
            rows.work.push_back({.ordinal = token.ordinal,
                                 .state = token.state,
                                 .role = glance.only_role,
                                 .counted = true});
            return;
        }
    }
    const auto first = static_cast<std::ptrdiff_t>(rows.work.size());
    const auto add = [&](RoleIndex role, const Value& whom) {
        const bool listed = std::any_of(
            rows.work.begin() + first, rows.work.end(),
            [&](const WorkRow& row) { return row.role == role && row.for_whom == whom; });
        if (listed) return;
        const bool is_first = rows.work.begin() + first == rows.work.end();
        rows.work.push_back({.ordinal = token.ordinal,
                             .state = token.state,
                             .role = role,
                             .for_whom = whom,
                             .counted = is_first});
    };
    // A claimed work item is for its holder: nobody else is to be shown it.
    const Claimed* const claim = interpreter::claim_of(instance, token.ordinal);
    const Value whom = claim != nullptr ? Value(claim->by) : token.for_whom.open();
    for (const RoleIndex role : model.states[token.state].work_roles) {
        if (const List* several = whom.list()) {
            for (const Value& one : *several) add(role, one);
        } else {
            add(role, whom);
        }
    }
    for (const RoleIndex role : token.also_may_act) add(role, claim != nullptr ? whom : Value());
}

/// When what is owned by a token, or by the procedure, is due first.
struct OwnedDue {
    Ordinal owner = 0;
    Instant due;
};

/// Of the token, else of what is nearest around it.
Instant due_of(const Instance& instance, Ordinal token, const std::vector<OwnedDue>& clocks) {
    while (true) {
        Instant due = Instant::max();
        for (const OwnedDue& clock : clocks) {
            if (clock.owner == token) due = std::min(due, clock.due);
        }
        if (due != Instant::max() || token == 0) return due;
        const Token* standing = interpreter::find_ordinal(instance.tokens, token);
        const Scope* scope = interpreter::find_ordinal(instance.scopes, standing->scope);
        token = scope->parent;
    }
}

void add_subscriptions(IndexRows& rows, const Model& model, const Instance& instance) {
    for (const Subscription& waiting : instance.subscriptions) {
        // Without a key it is found by address; only a broadcast asks for all of a name.
        if (waiting.key.empty() && !model.messages[waiting.message].broadcast) continue;
        const Token* token = interpreter::find_ordinal(instance.tokens, waiting.ordinal);
        if (token != nullptr && token->incident) continue;
        rows.subscriptions.push_back({waiting.message, waiting.key,
                                      token != nullptr ? token->entered : instance.started,
                                      waiting.ordinal});
    }
}

void clear(IndexRows& rows) {
    rows.due.clear();
    rows.work.clear();
    rows.unworked.clear();
    rows.active.reset();
    rows.fields.clear();
    rows.subscriptions.clear();
    rows.incidents.clear();
}

void add_fields(IndexRows& rows, const Model& model, const Instance& instance) {
    for (FieldIndex field = 0; field < instance.data.size(); ++field) {
        if (!model.data[field].indexed || instance.data[field].is_null()) continue;
        rows.fields.push_back({field, indexed_text(instance.data[field])});
    }
}

}  // namespace

std::string indexed_text(const Value& value) {
    const std::string* text = value.text();
    std::string told = text != nullptr ? *text : to_string(value, UtcOffset{});
    if (told.size() > field_value_bytes_max) told.resize(field_value_bytes_max);
    return told;
}

std::string unit_of(const Procedure& procedure, const Instance& instance) {
    const FieldIndex field = procedure.model().unit;
    if (field == none || field >= instance.data.size()) return {};
    const std::string* unit = instance.data[field].text();
    return unit != nullptr ? *unit : std::string();
}

IndexRows index_rows(const Procedure& procedure, const Calendars& calendars,
                     const Instance& instance) {
    IndexRows rows;
    index_rows(procedure, calendars, instance, rows);
    return rows;
}

void index_rows(const Procedure& procedure, const Calendars& calendars, const Instance& instance,
                IndexRows& rows) {
    clear(rows);
    if (instance.status == Instance::Status::created) return;
    const Model& model = procedure.model();
    if (model.has_indexed) add_fields(rows, model, instance);
    if (instance.status != Instance::Status::active) return;
    rows.active = ActiveRow{unit_of(procedure, instance), instance.started, Instant::max()};
    rows.due.reserve(instance.clocks.size() + instance.tokens.size());
    rows.work.reserve(instance.tokens.size());
    bool incident = false;
    for (const Token& token : instance.tokens) {
        incident = incident || token.incident;
        if (token.remainder) continue;
        const std::size_t before = rows.work.size();
        if (!token.incident && !token.at_door && !instance.is_suspended()) {
            for (const TimerState& timer : token.timers) {
                rows.due.push_back({timer.due, token.ordinal, timer.timer});
            }
            add_work(rows, model, instance, token);
        }
        // Where something stands inside, that is found: it stands in what is around it, too.
        if (rows.work.size() == before && token.open_scopes == 0) {
            rows.unworked.push_back(
                {.ordinal = token.ordinal, .state = token.state, .counted = true});
        }
    }
    if (!instance.subscriptions.empty()) add_subscriptions(rows, model, instance);
    for (const Incident& standing : instance.incidents) {
        rows.incidents.push_back({standing.since, standing.token});
    }
    std::vector<OwnedDue> owned;
    ClockIndex first_own = none;  // of the procedure
    for (const ClockState& clock : instance.clocks) {
        if (clock.ledger.empty()) continue;  // an event starts it
        const bool waits = clock.phase == ClockState::Phase::waiting;
        if (waits && !clock.stops) continue;  // no moment is due
        if (incident && stands_still(instance, clock.owner)) continue;
        const Clock& definition = model.clocks[clock.clock];
        const Calendar& calendar =
            interpreter::calendar_of(calendars, instance, definition.calendar);
        const auto derived = interpreter::derive(calendar, clock);
        const bool runs = clock.phase == ClockState::Phase::running;
        if (runs) owned.push_back({clock.owner, derived.due.instant});
        if (clock.owner == 0 && clock.clock < first_own) {
            first_own = clock.clock;
            rows.active->due = runs ? derived.due.instant : Instant::max();
        }
        if (instance.is_suspended()) continue;
        // Only the next of its moments: the one behind it takes its place once it has fired, so
        // that the order is kept and a store has one row to change.
        std::optional<DueRow> next;
        const auto look = [&](std::uint32_t timer) {
            const auto due = interpreter::moment_due(calendar, definition, clock, timer, derived);
            if (due && (!next || *due < next->due)) next = DueRow{*due, clock.ordinal, timer};
        };
        if (clock.phase == ClockState::Phase::idle) {
            look(interpreter::start_timer(definition));
        } else {
            const std::uint32_t last = waits ? 0 : interpreter::due_timer(definition) + 1;
            for (std::uint32_t timer = 0; timer < last; ++timer) look(timer);
            if (clock.stops) look(interpreter::stop_timer(definition));
        }
        if (next) rows.due.push_back(*next);
    }
    std::sort(rows.due.begin(), rows.due.end());
    if (!owned.empty()) {
        for (WorkRow& row : rows.work) row.due = due_of(instance, row.ordinal, owned);
        for (WorkRow& row : rows.unworked) row.due = due_of(instance, row.ordinal, owned);
    }
}

}  // namespace workflow
