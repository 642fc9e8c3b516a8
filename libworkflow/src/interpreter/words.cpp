#include "base/catalogue.hpp"
#include "interpreter/run.hpp"
#include "workflow/error.hpp"

namespace workflow {

std::string_view business_key(std::string_view instance_id) {
    const std::size_t slash = instance_id.find('/');
    return slash == std::string_view::npos ? instance_id : instance_id.substr(slash + 1);
}

const char* to_string(RecordKind kind) {
    switch (kind) {
        case RecordKind::started: return "started";
        case RecordKind::ended: return "ended";
        case RecordKind::cancelled_instance: return "cancelled_instance";
        case RecordKind::entered: return "entered";
        case RecordKind::left: return "left";
        case RecordKind::cancelled: return "cancelled";
        case RecordKind::scope_opened: return "scope_opened";
        case RecordKind::scope_done: return "scope_done";
        case RecordKind::performed: return "performed";
        case RecordKind::data_set: return "data_set";
        case RecordKind::timer_fired: return "timer_fired";
        case RecordKind::timer_ignored: return "timer_ignored";
        case RecordKind::notified: return "notified";
        case RecordKind::escalated: return "escalated";
        case RecordKind::clock_started: return "clock_started";
        case RecordKind::clock_waiting: return "clock_waiting";
        case RecordKind::clock_resumed: return "clock_resumed";
        case RecordKind::clock_restarted: return "clock_restarted";
        case RecordKind::clock_moment: return "clock_moment";
        case RecordKind::clock_ended: return "clock_ended";
        case RecordKind::incident_opened: return "incident_opened";
        case RecordKind::incident_resolved: return "incident_resolved";
        case RecordKind::corrected: return "corrected";
        case RecordKind::joined: return "joined";
        case RecordKind::swallowed: return "swallowed";
        case RecordKind::at_door: return "at_door";
        case RecordKind::claimed: return "claimed";
        case RecordKind::released: return "released";
    }
    return "";
}

const char* to_string(ClockResult result) {
    switch (result) {
        case ClockResult::early: return "early";
        case ClockResult::on_time: return "on time";
        case ClockResult::late: return "late";
        case ClockResult::waiting: return "waiting";
        case ClockResult::in_time: return "in time";
        case ClockResult::running_late: return "running late";
    }
    return "";
}

const char* to_string(RefusalCode code) {
    switch (code) {
        case RefusalCode::ended: return "ended";
        case RefusalCode::unknown_action: return "unknown-action";
        case RefusalCode::not_possible_now: return "not-possible-now";
        case RefusalCode::ambiguous: return "ambiguous";
        case RefusalCode::not_your_role: return "not-your-role";
        case RefusalCode::not_your_unit: return "not-your-unit";
        case RefusalCode::guard_false: return "guard-false";
        case RefusalCode::incident: return "incident";
        case RefusalCode::missing_field: return "missing-field";
        case RefusalCode::unknown_field: return "unknown-field";
        case RefusalCode::wrong_type: return "wrong-type";
        case RefusalCode::cannot_evaluate: return "cannot-evaluate";
        case RefusalCode::too_many_microsteps: return "too-many-microsteps";
        case RefusalCode::conflict: return "conflict";
        case RefusalCode::request_reused: return "request-reused";
        case RefusalCode::already_started: return "already-started";
        case RefusalCode::not_started: return "not-started";
        case RefusalCode::unknown_variant: return "unknown-variant";
        case RefusalCode::no_such_work_item: return "no-such-work-item";
        case RefusalCode::no_incident: return "no-incident";
        case RefusalCode::too_large: return "too-large";
        case RefusalCode::outside_calendar: return "outside-calendar";
        case RefusalCode::starved: return "starved";
        case RefusalCode::stuck: return "stuck";
        case RefusalCode::list_shorter: return "list-shorter";
        case RefusalCode::held_elsewhere: return "held-elsewhere";
        case RefusalCode::claimed: return "claimed";
        case RefusalCode::not_claimed: return "not-claimed";
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
    return refusal_sentence(to_string(code), arguments, language);
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
        throw Error(ErrorCode::not_found, "the calendar of " + instance.id + " is not among the given");
    }
    return *calendar;
}

}  // namespace interpreter
}  // namespace workflow
