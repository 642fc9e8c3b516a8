#include "readable.hpp"

#include "workflow/diagnostic.hpp"

namespace workflow::cli {
namespace {

Instant recorded_instant(const Value& value) {
    return value.instant() != nullptr ? *value.instant() : Instant{};
}

}  // namespace

std::optional<Line> Reader::line(const Record& record) {
    const std::string& language = names_->language();
    switch (record.kind) {
        case RecordKind::left:
            return std::nullopt;
        case RecordKind::started:
            return Line{std::string(words::record_started.in(language)), Tone::strong};
        case RecordKind::ended:
            return Line{words::record_ended.in(language, names_->outcome(record.outcome)),
                        Tone::strong};
        case RecordKind::cancelled_instance:
            return Line{words::record_cancelled_instance.in(language, names_->value(record.value)),
                        Tone::strong};
        case RecordKind::entered:
            return Line{words::record_entered.in(language, names_->state(record.state))};
        case RecordKind::cancelled:
            return Line{words::record_withdrawn.in(language, names_->state(record.state))};
        case RecordKind::scope_opened:
        case RecordKind::scope_done:
            return scope_line(record);
        case RecordKind::performed:
            return Line{names_->action(record.state, record.subject), Tone::strong};
        case RecordKind::data_set:
            return Line{words::record_data.in(language, names_->field(record.subject),
                                              names_->value(record.value)),
                        Tone::faint};
        case RecordKind::timer_fired:
            return Line{words::record_timer.in(language, names_->state(record.state),
                                               names_->value(record.value))};
        case RecordKind::timer_ignored:
            return Line{std::string(words::record_timer_ignored.in(language)), Tone::faint};
        case RecordKind::notified:
            return Line{words::record_notified.in(language, roles(record.value)), Tone::warning};
        case RecordKind::escalated:
            return Line{words::record_escalated.in(language, names_->role(record.subject),
                                                   names_->state(record.state)),
                        Tone::warning};
        case RecordKind::clock_started:
        case RecordKind::clock_waiting:
        case RecordKind::clock_resumed:
        case RecordKind::clock_restarted:
        case RecordKind::clock_moment:
        case RecordKind::clock_ended:
        case RecordKind::clock_extended:
        case RecordKind::clock_redated:
            return clock_line(record);
        case RecordKind::timer_redated:
            return Line{words::record_timer_redated.in(language, names_->state(record.state),
                                                       told_due(record, 1), told_due(record, 0),
                                                       told_text(record, 2)),
                        Tone::warning};
        case RecordKind::calendar_changed:
            return Line{words::record_calendar_changed.in(language, told_text(record, 0),
                                                          told_text(record, 1)),
                        Tone::warning};
        case RecordKind::incident_opened:
            return Line{words::record_incident.in(language, names_->state(record.state),
                                                  incident(record.value)),
                        Tone::bad};
        case RecordKind::incident_resolved:
            if (!record.value.is_null()) {
                return Line{words::record_retried.in(language, names_->state(record.state),
                                                     names_->value(record.value))};
            }
            return Line{words::record_incident_resolved.in(language, names_->state(record.state))};
        case RecordKind::joined:
            return Line{words::record_joined.in(language, names_->state(record.state))};
        case RecordKind::swallowed:
            return Line{words::record_swallowed.in(language, names_->state(record.state)),
                        Tone::faint};
        case RecordKind::at_door:
            return Line{words::record_at_door.in(language, names_->state(record.state),
                                                 names_->door(record.subject))};
        case RecordKind::claimed:
            return Line{words::record_claimed.in(language, names_->value(record.value),
                                                 names_->state(record.state))};
        case RecordKind::released:
            return Line{words::record_released.in(language, names_->value(record.value),
                                                  names_->state(record.state))};
        case RecordKind::reassigned:
            return Line{words::record_reassigned.in(language, names_->state(record.state),
                                                    told_text(record, 0), told_text(record, 1)),
                        Tone::warning};
        case RecordKind::delegated:
            return Line{words::record_delegated.in(language, told_text(record, 1),
                                                   names_->state(record.state),
                                                   told_text(record, 0))};
        case RecordKind::moved:
            return Line{words::record_moved.in(language, names_->state(record.state),
                                               names_->state(record.subject),
                                               names_->value(record.value)),
                        Tone::warning};
        case RecordKind::status_changed:
            return Line{words::record_status.in(language, names_->outer_status(record.subject))};
        case RecordKind::message_taken:
            return Line{words::record_message_taken.in(language, names_->message(record.subject)),
                        Tone::strong};
        case RecordKind::message_kept:
            return Line{words::record_message_kept.in(language, names_->message(record.subject))};
        case RecordKind::message_ignored:
            return Line{words::record_message_ignored.in(language, names_->message(record.subject)),
                        Tone::faint};
        case RecordKind::sent:
            return Line{words::record_sent.in(language, names_->message(record.subject),
                                              names_->value(record.value))};
        case RecordKind::effect_requested:
            return Line{words::record_requested.in(language, names_->state(record.state),
                                                   names_->value(record.value), record.subject)};
        case RecordKind::effect_result:
            return Line{words::record_result.in(language, names_->state(record.state))};
        case RecordKind::effect_error:
            return Line{words::record_error.in(language, names_->state(record.state),
                                               told_text(record, 0), told_text(record, 1)),
                        Tone::warning};
        case RecordKind::effect_failed:
            return Line{words::record_failed.in(language, names_->state(record.state),
                                                record.subject, told_text(record, 0),
                                                told_text(record, 1)),
                        Tone::warning};
        case RecordKind::effect_withdrawn:
            return Line{words::record_unawaited.in(language, names_->state(record.state)),
                        Tone::faint};
        case RecordKind::answer_ignored:
            return Line{std::string(words::record_answer_ignored.in(language)), Tone::faint};
        case RecordKind::child_started:
            return Line{words::record_child_started.in(language, names_->value(record.value)),
                        Tone::strong};
        case RecordKind::child_ended:
            return Line{words::record_child_ended.in(language, told_text(record, 0),
                                                     told_text(record, 1)),
                        Tone::strong};
        case RecordKind::migrated:
            return Line{words::record_migrated.in(language, told_text(record, 0),
                                                  told_text(record, 1), told_text(record, 2)),
                        Tone::strong};
        case RecordKind::erased:
            return Line{words::record_erased.in(language, erased_fields(record),
                                                told_text(record, 0)),
                        Tone::warning};
        case RecordKind::suspended:
            return Line{(record.outcome == 1 ? words::record_suspended_waiting
                                             : words::record_suspended)
                            .in(language, names_->value(record.value)),
                        Tone::warning};
        case RecordKind::resumed:
            return Line{words::record_resumed.in(language, names_->value(record.value)),
                        Tone::warning};
        case RecordKind::corrected:
            return Line{words::record_corrected.in(language, names_->value(record.value)),
                        Tone::warning};
    }
    return std::nullopt;
}

std::vector<Line> Reader::lines(const std::vector<Record>& records) {
    std::vector<Line> result;
    for (const Record& record : records) {
        if (auto one = line(record)) result.push_back(std::move(*one));
    }
    return result;
}

Line Reader::clock_line(const Record& record) const {
    const std::string& language = names_->language();
    const std::string clock =
        record.subject == no_index ? std::string() : names_->clock(record.subject);
    // A clock that waits has no due date.
    const bool is_due = record.value.instant() != nullptr;
    const std::string due = is_due ? names_->due(recorded_instant(record.value)) : std::string();
    switch (record.kind) {
        case RecordKind::clock_waiting:
            if (record.outcome == no_index) {
                return {words::record_clock_suspended.in(language, clock)};
            }
            return {words::record_clock_waiting.in(
                language, clock, printable(names_->graph().reason(record.outcome)))};
        case RecordKind::clock_resumed:
            return {words::record_clock_resumed.in(language, clock, due)};
        case RecordKind::clock_restarted:
            return {words::record_clock_restarted.in(language, clock, due)};
        case RecordKind::clock_moment: {
            const std::string label = names_->moment(record.subject, record.outcome);
            return {words::record_moment.in(language, clock, label), Tone::warning};
        }
        case RecordKind::clock_extended:
            return {words::record_clock_extended.in(language, clock, told_due(record, 1),
                                                    told_due(record, 0)),
                    Tone::warning};
        case RecordKind::clock_redated:
            if (told_text(record, 2).empty()) {
                return {words::record_clock_migrated.in(language, clock, told_due(record, 1),
                                                        told_due(record, 0)),
                        Tone::warning};
            }
            return {words::record_clock_redated.in(language, clock, told_due(record, 1),
                                                   told_due(record, 0), told_text(record, 2)),
                    Tone::warning};
        case RecordKind::clock_ended: {
            const auto result = static_cast<ClockResult>(record.outcome);
            if (record.subject == no_index) {
                return {words::record_given_up.in(language, names_->value(record.value)),
                        Tone::warning};
            }
            if (result == ClockResult::not_reached) {
                return {words::record_not_reached.in(language, clock), Tone::faint};
            }
            if (const List* told = record.value.list(); told != nullptr && told->size() == 3) {
                const std::int64_t* original = told->at(2).integer();
                const auto against = static_cast<ClockResult>(original != nullptr ? *original : 0);
                return {words::record_clock_ended_extended.in(
                            language, clock, names_->result(result), told_due(record, 0),
                            told_due(record, 1), names_->result(against)),
                        result == ClockResult::late ? Tone::bad : Tone::good};
            }
            const bool late = result == ClockResult::late || result == ClockResult::running_late;
            return {words::record_clock_ended.in(language, clock, names_->result(result), due),
                    late ? Tone::bad : Tone::good};
        }
        default:
            return {words::record_clock_started.in(language, clock, due)};
    }
}

std::string Reader::told_due(const Record& record, std::size_t number) const {
    const List* told = record.value.list();
    if (told == nullptr || number >= told->size()) return {};
    return names_->due(recorded_instant(told->at(number)));
}

std::string Reader::erased_fields(const Record& record) const {
    std::string fields;
    const std::size_t size = record.value.list() != nullptr ? record.value.list()->size() : 0;
    for (std::size_t i = 1; i < size; ++i) {
        fields += (fields.empty() ? "" : ", ") + told_text(record, i);
    }
    return fields;
}

std::string Reader::told_text(const Record& record, std::size_t number) const {
    const List* told = record.value.list();
    return told == nullptr || number >= told->size() ? "" : names_->value(told->at(number));
}

Line Reader::scope_line(const Record& record) {
    const std::string& language = names_->language();
    if (record.kind == RecordKind::scope_opened) {
        const std::string item = names_->value(record.value);
        items_[record.subject] = item;
        return {words::record_opened.in(language, item, names_->state(record.state))};
    }
    const auto item = items_.find(record.subject);
    const std::string name = item == items_.end() ? names_->state(record.state) : item->second;
    return {words::record_done.in(language, name, names_->outcome(record.outcome))};
}

std::string Reader::roles(const Value& list) const {
    std::string text;
    if (list.list() == nullptr) return names_->value(list);
    for (const Value& role : *list.list()) {
        const std::string name =
            role.text() != nullptr ? names_->role_of_id(*role.text()) : names_->value(role);
        text += (text.empty() ? "" : ", ") + name;
    }
    return text;
}

std::string Reader::incident(const Value& reason) const {
    return printable(incident_sentence(reason, names_->language()));
}

std::string actor_of(const Event& event, std::string_view language) {
    const Actor* actor = workflow::actor_of(event);
    const auto* message = std::get_if<Message>(&event);
    if (message != nullptr && !message->sender.empty()) return printable(message->sender);
    if (const auto* ended = std::get_if<ChildEnded>(&event)) return printable(ended->child);
    if (std::holds_alternative<EffectResult>(event)) {
        return std::string(words::a_service.in(language));
    }
    if (actor == nullptr) return std::string(words::system.in(language));
    if (actor->acting_for.empty()) return printable(actor->id);
    return words::for_whom.in(language, printable(actor->id), printable(actor->acting_for));
}

}  // namespace workflow::cli
