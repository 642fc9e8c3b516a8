#include "scenario/timeline.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/catalogue.hpp"
#include "procedure/model.hpp"

namespace workflow::scenario {
namespace {

class Teller {
public:
    Teller(const Script& script, std::shared_ptr<const Procedure> procedure,
           std::string_view language)
        : script_(script),
          procedure_(std::move(procedure)),
          model_(procedure_->model()),
          language_(language) {}

    std::string say(std::string_view code, std::vector<std::string> arguments = {}) const {
        return base::sentence(code, language_, arguments).message;
    }

    std::string time(Instant instant) const {
        return to_short_string(instant, script_.calendar->offset());
    }

    /// Empty for what another record says better.
    std::string tell(const Record& record) const {
        switch (record.kind) {
            case RecordKind::entered:
                return say("told-entered", {state(record)});
            case RecordKind::cancelled:
                return say("told-withdrawn", {state(record)});
            case RecordKind::joined:
                return say("told-joined", {state(record)});
            case RecordKind::swallowed:
                return say("told-swallowed", {state(record)});
            case RecordKind::at_door:
                return say("told-at-door", {state(record), model_.doors[record.subject]});
            case RecordKind::timer_fired:
                return say("told-timer", {state(record)});
            case RecordKind::notified:
                return say("told-notified", {to_string(record.value, script_.calendar->offset())});
            case RecordKind::clock_started:
            case RecordKind::clock_resumed:
            case RecordKind::clock_restarted:
                return say("told-clock-due", {clock(record), due(record)});
            case RecordKind::clock_waiting:
                return say("told-clock-waiting",
                           {clock(record), record.outcome == no_index
                                               ? to_string(RecordKind::suspended)
                                               : model_.reasons[record.outcome]});
            case RecordKind::clock_moment:
                return say(
                    "told-clock-moment",
                    {clock(record), procedure_->moment_label(record.subject, record.outcome)});
            case RecordKind::clock_ended:
                return say("told-clock-ended",
                           {clock(record), to_string(static_cast<ClockResult>(record.outcome))});
            case RecordKind::message_taken:
                return say("told-message-taken", {message(record)});
            case RecordKind::message_kept:
                return say("told-message-kept", {message(record)});
            case RecordKind::message_ignored:
                return say("told-message-ignored", {message(record)});
            case RecordKind::sent:
                return say("told-sent", {message(record)});
            case RecordKind::incident_opened:
                return say("told-incident", {record.state == no_index ? "" : state(record),
                                             incident_sentence(record.value, language_)});
            case RecordKind::ended:
                return say(
                    "told-ended",
                    {record.outcome == no_index ? "none" : model_.outcomes[record.outcome].id});
            default:
                return {};
        }
    }

private:
    const std::string& state(const Record& record) const { return model_.states[record.state].id; }
    const std::string& clock(const Record& record) const {
        return model_.clocks[record.subject].id;
    }
    const std::string& message(const Record& record) const {
        return model_.messages[record.subject].id;
    }
    std::string due(const Record& record) const {
        return record.value.instant() == nullptr ? "-" : time(*record.value.instant());
    }

    const Script& script_;
    std::shared_ptr<const Procedure> procedure_;
    const procedure::Model& model_;
    std::string_view language_;
};

std::string_view code_of(ExplainedDay::Kind kind) {
    switch (kind) {
        case ExplainedDay::Kind::start:
            return "day-of-event";
        case ExplainedDay::Kind::counted:
            return "day-counted";
        case ExplainedDay::Kind::weekend:
            return "day-weekend";
        case ExplainedDay::Kind::day_off:
            return "day-off";
        case ExplainedDay::Kind::make_up:
            return "day-make-up";
        case ExplainedDay::Kind::rolled:
            return "day-rolled";
        case ExplainedDay::Kind::elapsed:
            return "day-elapsed";
    }
    return {};
}

std::string day_line(const ExplainedDay& day, const Teller& teller, std::string_view language) {
    const std::string number = day.number > 0 ? std::to_string(day.number) : "";
    std::string line =
        fmt::format("{:>5}  {}  {}", number, to_string(day.date), teller.say(code_of(day.kind)));
    if (const std::string& reason = day.reason.in(language); !reason.empty()) line += ": " + reason;
    return line;
}

}  // namespace

std::string timeline_line(const Dossier& dossier, const Script& script, const ScriptStep& step,
                          std::string_view language) {
    std::string told;
    const auto add = [&](const std::string& one) {
        if (!one.empty()) told += (told.empty() ? "" : "; ") + one;
    };
    for (const Life& life : dossier.lives()) {
        const Teller teller(script, life.procedure, language);
        // What happens in a called dossier is told after its id, once for all of it.
        bool is_named = &life == &dossier.own();
        for (const Record& record : life.of_step()) {
            const std::string one = teller.tell(record);
            if (one.empty()) continue;
            add(is_named ? one : teller.say("told-in-call", {life.procedure->id(), one}));
            is_named = true;
        }
    }
    const Teller teller(script, script.procedure, language);
    if (const auto& refusal = dossier.refused()) {
        add(teller.say("told-refused", {to_string(refusal->code)}));
    }
    std::string line = teller.time(step.at);
    if (!step.label.empty()) line += "  " + step.label;
    return printable(told.empty() ? line : line + "  -> " + told);
}

std::vector<std::string> reasoning_of(const Life& life, const Script& script, std::uint32_t clock,
                                      Instant now, std::string_view language) {
    const Teller teller(script, life.procedure, language);
    const std::string& id = life.procedure->model().clocks[clock].id;
    std::vector<std::string> lines;
    if (!life.is_started()) return lines;
    for (const ClockView& view : clocks(*life.procedure, script.calendars, life.instance, now)) {
        if (view.clock != clock) continue;
        const auto explained =
            explain_clock(*life.procedure, script.calendars, life.instance, view.ordinal, now);
        lines.push_back(teller.say("reasoning-of-clock",
                                   {id, to_string(view.limit), teller.time(view.round_started)}));
        if (!explained->derivation) {
            lines.push_back(teller.say("reasoning-waits"));
            continue;
        }
        for (const ExplainedDay& day : explained->derivation->days) {
            lines.push_back(printable(day_line(day, teller, language)));
        }
    }
    if (lines.empty()) lines.push_back(teller.say("reasoning-not-running", {id}));
    return lines;
}

}  // namespace workflow::scenario
