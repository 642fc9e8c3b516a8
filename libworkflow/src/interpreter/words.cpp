#include "base/catalogue.hpp"
#include "interpreter/run.hpp"
#include "workflow/error.hpp"

namespace workflow {

Value incident_reason(const Instance& instance, Ordinal token) {
    for (const Incident& incident : instance.incidents) {
        if (incident.token == token) return incident.reason;
    }
    return {};
}

std::string_view business_key(std::string_view instance_id) {
    const std::size_t slash = instance_id.find('/');
    return slash == std::string_view::npos ? instance_id : instance_id.substr(slash + 1);
}

const char* to_string(RecordKind kind) {
    switch (kind) {
        case RecordKind::started:
            return "started";
        case RecordKind::ended:
            return "ended";
        case RecordKind::cancelled_instance:
            return "cancelled_instance";
        case RecordKind::entered:
            return "entered";
        case RecordKind::left:
            return "left";
        case RecordKind::cancelled:
            return "cancelled";
        case RecordKind::scope_opened:
            return "scope_opened";
        case RecordKind::scope_done:
            return "scope_done";
        case RecordKind::performed:
            return "performed";
        case RecordKind::data_set:
            return "data_set";
        case RecordKind::timer_fired:
            return "timer_fired";
        case RecordKind::timer_ignored:
            return "timer_ignored";
        case RecordKind::notified:
            return "notified";
        case RecordKind::escalated:
            return "escalated";
        case RecordKind::clock_started:
            return "clock_started";
        case RecordKind::clock_waiting:
            return "clock_waiting";
        case RecordKind::clock_resumed:
            return "clock_resumed";
        case RecordKind::clock_restarted:
            return "clock_restarted";
        case RecordKind::clock_moment:
            return "clock_moment";
        case RecordKind::clock_ended:
            return "clock_ended";
        case RecordKind::incident_opened:
            return "incident_opened";
        case RecordKind::incident_resolved:
            return "incident_resolved";
        case RecordKind::corrected:
            return "corrected";
        case RecordKind::joined:
            return "joined";
        case RecordKind::swallowed:
            return "swallowed";
        case RecordKind::at_door:
            return "at_door";
        case RecordKind::claimed:
            return "claimed";
        case RecordKind::released:
            return "released";
        case RecordKind::clock_extended:
            return "clock_extended";
        case RecordKind::clock_redated:
            return "clock_redated";
        case RecordKind::timer_redated:
            return "timer_redated";
        case RecordKind::calendar_changed:
            return "calendar_changed";
        case RecordKind::reassigned:
            return "reassigned";
        case RecordKind::delegated:
            return "delegated";
        case RecordKind::moved:
            return "moved";
        case RecordKind::status_changed:
            return "status_changed";
        case RecordKind::message_taken:
            return "message_taken";
        case RecordKind::message_kept:
            return "message_kept";
        case RecordKind::message_ignored:
            return "message_ignored";
        case RecordKind::sent:
            return "sent";
        case RecordKind::effect_requested:
            return "effect_requested";
        case RecordKind::effect_result:
            return "effect_result";
        case RecordKind::effect_error:
            return "effect_error";
        case RecordKind::effect_failed:
            return "effect_failed";
        case RecordKind::effect_withdrawn:
            return "effect_withdrawn";
        case RecordKind::answer_ignored:
            return "answer_ignored";
        case RecordKind::child_started:
            return "child_started";
        case RecordKind::child_ended:
            return "child_ended";
        case RecordKind::migrated:
            return "migrated";
        case RecordKind::erased:
            return "erased";
        case RecordKind::suspended:
            return "suspended";
        case RecordKind::resumed:
            return "resumed";
    }
    return "";
}

const char* to_string(ClockResult result) {
    switch (result) {
        case ClockResult::early:
            return "early";
        case ClockResult::on_time:
            return "on time";
        case ClockResult::late:
            return "late";
        case ClockResult::waiting:
            return "waiting";
        case ClockResult::in_time:
            return "in time";
        case ClockResult::running_late:
            return "running late";
        case ClockResult::not_reached:
            return "not reached";
    }
    return "";
}

const char* to_string(RefusalCode code) {
    switch (code) {
        case RefusalCode::ended:
            return "ended";
        case RefusalCode::unknown_action:
            return "unknown-action";
        case RefusalCode::not_possible_now:
            return "not-possible-now";
        case RefusalCode::ambiguous:
            return "ambiguous";
        case RefusalCode::not_your_role:
            return "not-your-role";
        case RefusalCode::not_your_unit:
            return "not-your-unit";
        case RefusalCode::guard_false:
            return "guard-false";
        case RefusalCode::incident:
            return "incident";
        case RefusalCode::missing_field:
            return "missing-field";
        case RefusalCode::unknown_field:
            return "unknown-field";
        case RefusalCode::wrong_type:
            return "wrong-type";
        case RefusalCode::cannot_evaluate:
            return "cannot-evaluate";
        case RefusalCode::too_many_microsteps:
            return "too-many-microsteps";
        case RefusalCode::conflict:
            return "conflict";
        case RefusalCode::request_reused:
            return "request-reused";
        case RefusalCode::already_started:
            return "already-started";
        case RefusalCode::not_started:
            return "not-started";
        case RefusalCode::unknown_variant:
            return "unknown-variant";
        case RefusalCode::no_such_work_item:
            return "no-such-work-item";
        case RefusalCode::no_incident:
            return "no-incident";
        case RefusalCode::too_large:
            return "too-large";
        case RefusalCode::outside_calendar:
            return "outside-calendar";
        case RefusalCode::starved:
            return "starved";
        case RefusalCode::stuck:
            return "stuck";
        case RefusalCode::list_shorter:
            return "list-shorter";
        case RefusalCode::held_elsewhere:
            return "held-elsewhere";
        case RefusalCode::claimed:
            return "claimed";
        case RefusalCode::not_claimed:
            return "not-claimed";
        case RefusalCode::clock_not_running:
            return "clock-not-running";
        case RefusalCode::not_later:
            return "not-later";
        case RefusalCode::day_not_counted:
            return "day-not-counted";
        case RefusalCode::unit_differs:
            return "unit-differs";
        case RefusalCode::calendar_not_used:
            return "calendar-not-used";
        case RefusalCode::four_eyes:
            return "four-eyes";
        case RefusalCode::not_same_person:
            return "not-same-person";
        case RefusalCode::used_up:
            return "used-up";
        case RefusalCode::not_valid:
            return "not-valid";
        case RefusalCode::out_of_reach:
            return "out-of-reach";
        case RefusalCode::unknown_message:
            return "unknown-message";
        case RefusalCode::key_missing:
            return "key-missing";
        case RefusalCode::unknown_entry:
            return "unknown-entry";
        case RefusalCode::not_waiting:
            return "not-waiting";
        case RefusalCode::unknown_error:
            return "unknown-error";
        case RefusalCode::service_failed:
            return "service-failed";
        case RefusalCode::child_not_started:
            return "child-not-started";
        case RefusalCode::unexpected_outcome:
            return "unexpected-outcome";
        case RefusalCode::calls_too_deep:
            return "calls-too-deep";
        case RefusalCode::same_version:
            return "same-version";
        case RefusalCode::not_migratable:
            return "not-migratable";
        case RefusalCode::state_gone:
            return "state-gone";
        case RefusalCode::state_differs:
            return "state-differs";
        case RefusalCode::state_elsewhere:
            return "state-elsewhere";
        case RefusalCode::timer_gone:
            return "timer-gone";
        case RefusalCode::clock_gone:
            return "clock-gone";
        case RefusalCode::field_gone:
            return "field-gone";
        case RefusalCode::message_gone:
            return "message-gone";
        case RefusalCode::role_gone:
            return "role-gone";
        case RefusalCode::reason_gone:
            return "reason-gone";
        case RefusalCode::outcome_gone:
            return "outcome-gone";
        case RefusalCode::door_differs:
            return "door-differs";
        case RefusalCode::not_remembered:
            return "not-remembered";
        case RefusalCode::sensitive_lost:
            return "sensitive-lost";
        case RefusalCode::unknown_in_mapping:
            return "unknown-in-mapping";
        case RefusalCode::not_sensitive:
            return "not-sensitive";
        case RefusalCode::suspended:
            return "suspended";
        case RefusalCode::not_suspended:
            return "not-suspended";
        case RefusalCode::not_delegated:
            return "not-delegated";
    }
    return "";
}

namespace {

/// Of a failed expression the arguments are place, code, source and the code's own arguments: the
/// code becomes a sentence here, in the language of whoever reads it.
std::string refusal_sentence(std::string_view code, std::vector<std::string> arguments,
                             std::string_view language) {
    if (code == "cannot-evaluate" && arguments.size() >= 3) {
        const std::vector<std::string> own(arguments.begin() + 3, arguments.end());
        arguments[1] = base::sentence(arguments[1], language, own).message;
    }
    const auto sentence = base::sentence("refused-" + std::string(code), language, arguments);
    const bool mend = !sentence.mend.empty() && (arguments.empty() || !arguments.back().empty());
    return printable(mend ? sentence.message + "; " + sentence.mend : sentence.message);
}

}  // namespace

std::string Refusal::reason(std::string_view language) const {
    std::string sentence = refusal_sentence(to_string(code), arguments, language);
    for (const Refusal& one : because) sentence += "\n- " + one.reason(language);
    return sentence;
}

std::string incident_sentence(const Value& reason, std::string_view language) {
    if (reason.list() == nullptr || reason.list()->empty()) return {};
    std::vector<std::string> words;
    for (const Value& word : *reason.list()) words.push_back(to_string(word, {}));
    const std::string code = words.front();
    words.erase(words.begin());
    return refusal_sentence(code, words, language);
}

namespace interpreter {

const Calendar& calendar_of(const Calendars& calendars, const Instance& instance) {
    const Calendar* calendar = calendars.find(instance.calendar);
    if (calendar == nullptr) {
        throw Error(ErrorCode::not_found,
                    "the calendar of " + instance.id + " is not among the given");
    }
    return *calendar;
}

const Calendar& calendar_of(const Calendars& calendars, const Instance& instance,
                            procedure::CalendarIndex number) {
    if (number == 0) return calendar_of(calendars, instance);
    const Calendar* calendar = number <= instance.more_calendars.size()
                                   ? calendars.find(instance.more_calendars[number - 1U])
                                   : nullptr;
    if (calendar == nullptr) {
        throw Error(ErrorCode::not_found,
                    "a calendar of " + instance.id + " is not among the given");
    }
    return *calendar;
}

}  // namespace interpreter
bool is_between_instances(const Effect& effect) {
    return !std::holds_alternative<Notice>(effect) &&
           !std::holds_alternative<ServiceRequest>(effect);
}

}  // namespace workflow
