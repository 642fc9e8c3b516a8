#include "situation.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "days.hpp"
#include "words.hpp"
#include "workflow/index_rows.hpp"

namespace workflow::cli {
namespace {

Calendars calendars_of(const InstanceView& view) {
    if (view.calendars != nullptr) return *view.calendars;
    Calendars calendars;
    calendars.add(view.calendar);
    return calendars;
}

/// The token that holds the scope in which `token` is; 0: the procedure.
Ordinal holder_of(const Instance& instance, Ordinal token) {
    const auto found = std::find_if(instance.tokens.begin(), instance.tokens.end(),
                                    [&](const Token& one) { return one.ordinal == token; });
    if (found == instance.tokens.end()) return 0;
    const auto scope = std::find_if(instance.scopes.begin(), instance.scopes.end(),
                                    [&](const Scope& one) { return one.ordinal == found->scope; });
    return scope == instance.scopes.end() ? 0 : scope->parent;
}

std::optional<ClockView> nearest_clock(const Instance& instance, Ordinal token,
                                       const std::vector<ClockView>& clocks) {
    for (Ordinal owner = token;; owner = holder_of(instance, owner)) {
        for (const ClockView& clock : clocks) {
            if (clock.owner == owner) return clock;
        }
        if (owner == 0) return std::nullopt;
    }
}

bool holds_others(const Token& token, const Procedure& procedure) {
    switch (procedure.state_kind(token.state)) {
        case StateKind::group:
        case StateKind::parallel:
        case StateKind::each:
            return token.open_scopes > 0;
        case StateKind::task:
        case StateKind::choice:
        case StateKind::wait:
        case StateKind::end:
        case StateKind::idle:
        case StateKind::fork:
        case StateKind::join:
        case StateKind::service:
        case StateKind::call:
            return false;
    }
    return false;
}

void add_work(OpenItem& item, const IndexRows& rows, const Names& names) {
    for (const WorkRow& row : rows.work) {
        if (row.ordinal != item.ordinal) continue;
        if (std::find(item.roles.begin(), item.roles.end(), row.role) == item.roles.end()) {
            item.roles.push_back(row.role);
        }
        if (row.for_whom.is_null()) continue;
        const std::string whom = names.value(row.for_whom);
        if (item.for_whom.find(whom) != std::string::npos) continue;
        item.for_whom += (item.for_whom.empty() ? "" : ", ") + whom;
    }
}

bool counts_minutes(Unit unit) {
    return unit == Unit::working_hours || unit == Unit::hours || unit == Unit::minutes;
}

}  // namespace

std::vector<ClockView> clocks_of(const InstanceView& view, Instant now) {
    return clocks(*view.procedure, calendars_of(view), view.instance, now);
}

std::vector<OpenItem> open_items(const InstanceView& view, Instant now) {
    const Names names(view, Session{});
    const std::vector<ClockView> all_clocks = clocks_of(view, now);
    const IndexRows rows = index_rows(*view.procedure, calendars_of(view), view.instance);
    std::vector<OpenItem> items;
    for (const Token& token : view.instance.tokens) {
        if (token.remainder || holds_others(token, *view.procedure)) continue;
        OpenItem item{.ordinal = token.ordinal, .state = token.state, .since = token.entered};
        add_work(item, rows, names);
        item.clock = nearest_clock(view.instance, token.ordinal, all_clocks);
        if (token.incident) item.incident_reason = incident_reason(view.instance, token.ordinal);
        items.push_back(std::move(item));
    }
    return items;
}

std::string who(const OpenItem& item, const Names& names) {
    if (item.roles.empty()) return std::string(words::nobody.in(names.language()));
    std::string text;
    for (const std::uint32_t role : item.roles) {
        text += (text.empty() ? "" : ", ") + names.role(role);
    }
    return item.for_whom.empty() ? text : text + " (" + item.for_whom + ")";
}

std::string length_text(const ClockView& clock, const Names& names) {
    if (clock.fixed) return std::string(words::fixed_date.in(names.language()));
    return limit_text(clock.limit, names.language());
}

Cell due_cell(const ClockView& clock, const Names& names) {
    if (!clock.due) return {""};
    const auto shown = [&](const Deadline& due) {
        return counts_minutes(clock.limit.unit) ? names.instant(due.instant) : to_string(due.date);
    };
    std::string text = shown(*clock.due);
    if (clock.extended && clock.original_due) {
        text = words::extended_from.in(names.language(), text, shown(*clock.original_due));
    }
    return {text, clock.result == ClockResult::running_late ? Tone::bad : Tone::plain};
}

Cell standing_cell(const ClockView& clock, const Names& names) {
    const std::string& language = names.language();
    if (clock.phase == ClockState::Phase::idle) return {words::not_begun.in(language), Tone::faint};
    if (clock.phase == ClockState::Phase::waiting && clock.waiting_for != no_index) {
        const std::string reason = printable(names.graph().reason(clock.waiting_for));
        if (clock.result == ClockResult::late) {
            return {words::late_waiting_for.in(language, reason), Tone::bad};
        }
        return {words::waiting_for.in(language, reason), Tone::faint};
    }
    const bool late =
        clock.result == ClockResult::running_late || clock.result == ClockResult::late;
    std::string text = names.result(clock.result);
    // Of weeks, months and years no share is used day by day.
    const Unit unit = clock.limit.unit;
    if (!clock.fixed && !clock.extended && clock.result != ClockResult::not_reached &&
        (unit == Unit::working_days || unit == Unit::days)) {
        text += ", " + words::used_of.in(language, clock.used, clock.limit.count);
    }
    return {text, late ? Tone::bad : Tone::good};
}

std::string status_text(const Instance& instance, const Names& names) {
    const std::string& language = names.language();
    if (instance.cancelled) return std::string(words::status_cancelled.in(language));
    if (instance.status == Instance::Status::ended) {
        return words::status_ended.in(language, names.outcome(instance.outcome));
    }
    if (instance.is_suspended()) return std::string(words::status_suspended.in(language));
    return std::string(words::status_active.in(language));
}

nlohmann::ordered_json clock_json(const ClockView& clock, const Names& names) {
    using Json = nlohmann::ordered_json;
    const UtcOffset offset = names.calendar().offset();
    Json json = {
        {"clock", names.graph().clock(clock.clock).id},
        {"ordinal", clock.ordinal},
        {"title", names.clock(clock.clock)},
        {"limit", clock.fixed ? Json() : Json(to_string(clock.limit))},
        {"used", clock.used},
        {"result", clock.phase == ClockState::Phase::idle ? "not begun" : to_string(clock.result)}};
    json["date"] = clock.due ? Json(to_string(clock.due->date)) : Json();
    json["due"] = clock.due ? Json(to_string(clock.due->instant, offset)) : Json();
    const auto& original = clock.original_due;
    json["extended"] = clock.extended;
    json["original_date"] = original ? Json(to_string(original->date)) : Json();
    json["original_due"] = original ? Json(to_string(original->instant, offset)) : Json();
    json["original_result"] = to_string(clock.original_result);
    json["round"] = clock.round;
    json["calendar"] = names.graph().calendar_of(clock.calendar);
    json["projected"] = clock.due && clock.due->projected;
    json["waiting_for"] =
        clock.waiting_for == no_index ? Json() : Json(names.graph().reason(clock.waiting_for));
    return json;
}

}  // namespace workflow::cli
