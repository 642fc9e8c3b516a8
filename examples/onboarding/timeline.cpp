#include "timeline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace onboarding {
namespace {

using namespace workflow;

constexpr const char* row_format = "{:<26} {:<24} {:<10} {:<10} {:<10} {:>5} {}\n";

struct Stage {
    Ordinal token = 0;
    std::string title;
    std::string office;
    Instant received;
    std::optional<Instant> finished;
    std::optional<Instant> due;
    std::string days;
    std::string result;
    std::vector<std::string> timers;
};

std::string title_of(const Named& named) {
    return named.title.empty() ? named.id : named.title.in("en");
}

std::string offices(const Procedure& procedure, const Value& roles) {
    std::string text;
    for (const Value& role : *roles.list()) {
        for (std::uint32_t i = 0; i < procedure.role_ids().size(); ++i) {
            if (procedure.role(i).id != *role.text()) continue;
            text += (text.empty() ? "" : ", ") + title_of(procedure.role(i));
        }
    }
    return text;
}

/// The stages of a dossier in the order in which it entered them, filled from its history.
class Reader {
public:
    Reader(Engine& engine, const std::string& id)
        : view_(engine.get(id)),
          procedure_(*view_.procedure),
          offset_(view_.calendar->offset()),
          clocks_(engine.explain(id)) {
        for (const HistoryEntry& entry : engine.history(id)) {
            for (const Record& record : entry.records) read(record, entry);
        }
    }
    [[nodiscard]] const std::vector<Stage>& stages() const { return stages_; }

private:
    void read(const Record& record, const HistoryEntry& entry) {
        if (record.kind == RecordKind::entered) enter(record);
        const auto found = std::find_if(stages_.begin(), stages_.end(), [&](const Stage& stage) {
            return stage.token == record.token && record.token != 0;
        });
        if (found == stages_.end()) return;
        Stage& stage = *found;
        switch (record.kind) {
            case RecordKind::left:
            case RecordKind::cancelled:
                finish(stage, record.at);
                break;
            case RecordKind::clock_started:
                stage.due = *record.value.instant();
                break;
            case RecordKind::clock_ended:
                stage.result = to_string(static_cast<ClockResult>(record.outcome));
                break;
            case RecordKind::clock_moment:
                note(stage, record.at, procedure_.moment_label(record.subject, record.outcome));
                break;
            case RecordKind::notified:
                if (std::holds_alternative<TimerDue>(entry.event)) {
                    add(stage, "told " + offices(procedure_, record.value));
                }
                break;
            case RecordKind::escalated:
                add(stage, title_of(procedure_.role(record.subject)) + " may act, too");
                break;
            default:
                break;
        }
    }

    void enter(const Record& record) {
        const StateKind kind = procedure_.state_kind(record.state);
        const bool phase = kind == StateKind::group;
        if (kind != StateKind::task && !phase) return;
        Stage stage{.token = record.token, .title = title_of(procedure_.state(record.state))};
        stage.received = record.at;
        // A task for one unit is shown with it in place of the role.
        const std::string* unit = record.value.text();
        stage.office = phase             ? "(phase of the next two)"
                       : unit != nullptr ? *unit
                                         : office_of(record.state);
        stages_.push_back(std::move(stage));
    }

    [[nodiscard]] std::string office_of(std::uint32_t state) const {
        const std::uint32_t role = procedure_.state_role(state);
        return role == no_index ? "" : title_of(procedure_.role(role));
    }

    void finish(Stage& stage, Instant at) {
        stage.finished = at;
        const Calendar& calendar = *view_.calendar;
        const auto used =
            calendar.count_working_days(calendar.day_of(stage.received) + std::chrono::days(1),
                                        calendar.day_of(at) + std::chrono::days(1));
        stage.days = std::to_string(used);
        for (const ClockExplanation& clock : clocks_) {
            if (clock.view.owner != stage.token) continue;
            stage.days += fmt::format("/{}", clock.view.limit.count);
        }
    }

    void note(Stage& stage, Instant at, const std::string& label) {
        stage.timers.push_back(fmt::format("{}  {}", to_short_string(at, offset_), label));
    }
    static void add(Stage& stage, const std::string& what) {
        if (!stage.timers.empty()) {
            const bool first = stage.timers.back().find(": ") == std::string::npos;
            stage.timers.back() += (first ? ": " : "; ") + what;
        }
    }

    InstanceView view_;
    const Procedure& procedure_;
    UtcOffset offset_;
    std::vector<ClockExplanation> clocks_;
    std::vector<Stage> stages_;
};

std::string date_or_dash(const std::optional<Instant>& instant, UtcOffset offset) {
    return instant ? to_string(day_of(*instant, offset)) : "-";
}

const char* weekday(Day day) {
    constexpr const char* names[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    return names[std::chrono::weekday(day).c_encoding()];
}

std::string why(const ExplainedDay& day) {
    switch (day.kind) {
        case ExplainedDay::Kind::start:
            return "the day of the event is not counted";
        case ExplainedDay::Kind::counted:
            return "counted";
        case ExplainedDay::Kind::weekend:
            return "weekend";
        case ExplainedDay::Kind::day_off:
            return day.reason.in("en");
        case ExplainedDay::Kind::make_up:
            return "counted: " + day.reason.in("en");
        case ExplainedDay::Kind::rolled:
            return "the end moves on to the next working day";
        case ExplainedDay::Kind::elapsed:
            return "passes";
    }
    return {};
}

/// Days that say the same share a line.
void print_days(const std::vector<ExplainedDay>& days) {
    for (std::size_t i = 0; i < days.size();) {
        std::size_t j = i;
        while (j + 1 < days.size() && days[j + 1].kind == days[i].kind &&
               why(days[j + 1]) == why(days[i]))
            ++j;
        const bool counted = days[i].number > 0;
        const std::string numbers = !counted ? ""
                                    : i == j ? fmt::format("{}", days[i].number)
                                             : fmt::format("{}-{}", days[i].number, days[j].number);
        const std::string until =
            i == j ? "" : fmt::format(" to {} {}", weekday(days[j].date), to_string(days[j].date));
        fmt::print("  {:>5}  {:<32}  {}\n", numbers,
                   fmt::format("{} {}{}", weekday(days[i].date), to_string(days[i].date), until),
                   why(days[i]));
        i = j + 1;
    }
}

}  // namespace

void print_timeline(Engine& engine, const std::string& instance) {
    const InstanceView view = engine.get(instance);
    const UtcOffset offset = view.calendar->offset();
    fmt::print(row_format, "Stage", "Office", "Received", "Due", "Finished", "Days", "Result");
    fmt::print("{:-<100}\n", "");
    const Reader reader(engine, instance);
    for (const Stage& stage : reader.stages()) {
        fmt::print(row_format, stage.title, stage.office, to_string(day_of(stage.received, offset)),
                   date_or_dash(stage.due, offset), date_or_dash(stage.finished, offset),
                   stage.days, stage.result.empty() ? "-" : stage.result);
        for (const std::string& timer : stage.timers) fmt::print("  * {}\n", timer);
    }
    const bool ended = view.instance.status == Instance::Status::ended;
    fmt::print("{}\n\n",
               ended ? "Ended: " + title_of(view.procedure->outcome(view.instance.outcome)) + "."
                     : "Still under way.");
}

void print_explanation(Engine& engine, const std::string& instance, const std::string& clock_id) {
    const InstanceView view = engine.get(instance);
    for (const ClockExplanation& clock : engine.explain(instance)) {
        if (view.procedure->clock(clock.view.clock).id != clock_id || !clock.derivation) continue;
        fmt::print("{}, received on {}, ends on {}:\n", to_string(clock.view.limit),
                   to_string(clock.derivation->first_day),
                   to_string(clock.derivation->deadline.date));
        print_days(clock.derivation->days);
        fmt::print("\n");
        return;
    }
}

}  // namespace onboarding
