#include "support/dossier.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

#include "procedure/model.hpp"
#include "workflow/index_rows.hpp"

namespace workflow::test {
namespace {

constexpr UtcOffset hanoi = std::chrono::hours(7);

std::string findings(const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& diagnostic : diagnostics) text += to_string(diagnostic) + "\n";
    return text;
}

}  // namespace

Instant at(const std::string& text) {
    const auto instant = parse_instant(text, hanoi);
    if (!instant) FAIL("not an instant: " << text);
    return *instant;
}

std::filesystem::path shipped(const char* name) {
    return std::filesystem::path(WORKFLOW_SOURCE_DIR) / "procedures" / name;
}

std::shared_ptr<const Calendar> state_calendar() {
    static const auto calendar =
        calendar_or_throw(load_calendar_file(shipped("calendars/vn-state.yaml")));
    return calendar;
}

std::shared_ptr<const Procedure> procedure_of(const std::string& yaml) {
    const LoadedProcedure loaded = load_procedure(yaml, "test.yaml");
    if (loaded.procedure == nullptr)
        FAIL("the procedure of this test has errors:\n" << findings(loaded.diagnostics));
    return loaded.procedure;
}

std::shared_ptr<const Calendar> plain_calendar(const std::string& id, int version,
                                               const std::string& years, const std::string& hours) {
    const std::string yaml = "calendar: " + id + "\nversion: " + std::to_string(version) +
                             "\ntitle: A calendar\nsource: a decree\n"
                             "zone: {name: Asia/Ho_Chi_Minh, offset: \"+07:00\"}\nhours:\n  " +
                             hours +
                             "\nreceived_out_of_hours: same day\nend_of_day: closing\n"
                             "range: {from: 2017-01-01, announced_until: 2019-12-31, "
                             "projected_until: 2019-12-31}\n" +
                             years;
    const LoadedCalendar loaded = load_calendar(yaml, id + ".yaml");
    if (loaded.calendar == nullptr) {
        FAIL("the calendar of this test has errors:\n" << findings(loaded.diagnostics));
    }
    return loaded.calendar;
}

std::shared_ptr<const Procedure> onboarding() {
    static const auto procedure =
        procedure_or_throw(load_procedure_file(shipped("service_onboarding/procedure.yaml")));
    return procedure;
}

Actor actor(const std::string& id, const std::string& role, const std::string& unit) {
    Actor who{.id = id, .roles = {role}};
    if (!unit.empty()) who.units = {unit};
    return who;
}

Dossier::Dossier(std::shared_ptr<const Procedure> runs_by) : procedure(std::move(runs_by)) {
    calendars.add(state_calendar());
    calendar_digest_ = state_calendar()->digest();
    instance.id = procedure->id() + "/test";
}

Dossier::Dossier(std::shared_ptr<const Procedure> runs_by,
                 const std::vector<std::shared_ptr<const Calendar>>& counted_by)
    : procedure(std::move(runs_by)) {
    const auto first_of = [&](const std::string& id) {
        for (const auto& calendar : counted_by) {
            if (calendar->id() == id) return calendar->digest();
        }
        FAIL("no calendar " << id);
        return Digest{};
    };
    for (const auto& calendar : counted_by) calendars.add(calendar);
    calendar_digest_ = first_of(procedure->calendar());
    for (const std::string& id : procedure->more_calendars()) {
        more_calendars_.push_back(first_of(id));
    }
    instance.id = procedure->id() + "/test";
}

std::string Dossier::take(Instant now, const Event& event) {
    return keep(step(*procedure, calendars, instance, event, now));
}

std::string Dossier::keep(Outcome outcome) {
    if (auto* refused = std::get_if<Refusal>(&outcome)) {
        refusal = *refused;
        return to_string(refused->code);
    }
    auto& taken = std::get<Step>(outcome);
    instance = std::move(taken.instance);
    records.insert(records.end(), taken.records.begin(), taken.records.end());
    return {};
}

std::string Dossier::start(const std::string& when, const Actor& who, FieldValues data,
                           const std::string& variant) {
    return take(at(when), Start{who, std::move(data), variant, calendar_digest_, more_calendars_});
}

std::string Dossier::perform(const std::string& when, const Actor& who, const std::string& action,
                             FieldValues fields, std::optional<Ordinal> item) {
    return take(at(when), Perform{action, who, std::move(fields), item});
}

std::string Dossier::send(const std::string& when, const Event& event) {
    return take(at(when), event);
}

std::string Dossier::migrate(const std::string& when,
                             const std::shared_ptr<const Procedure>& version,
                             const MigrationMapping& mapping) {
    const Migrate event{.actor = actor("lan", "operator"),
                        .reason = "Decision 12",
                        .from = procedure->digest(),
                        .to = version->digest(),
                        .calendar = calendar_digest_,
                        .more_calendars = more_calendars_,
                        .mapping = mapping};
    std::string code =
        keep(workflow::migrate(*procedure, *version, calendars, instance, event, at(when)));
    if (code.empty()) procedure = version;
    return code;
}

void Dossier::pass_until(const std::string& when) {
    const Instant until = at(when);
    while (true) {
        const IndexRows rows = index_rows(*procedure, calendars, instance);
        if (rows.due.empty() || rows.due.front().due > until) return;
        const DueRow row = rows.due.front();
        take(row.due, TimerDue{row.ordinal, row.timer, row.due});
    }
}

void Dossier::wake_up_at(const std::string& when) {
    const Instant now = at(when);
    while (true) {
        const IndexRows rows = index_rows(*procedure, calendars, instance);
        if (rows.due.empty() || rows.due.front().due > now) return;
        const DueRow row = rows.due.front();
        take(now, TimerDue{row.ordinal, row.timer, row.due});
    }
}

std::vector<std::string> Dossier::states() const {
    std::vector<std::string> ids;
    for (const Token& token : instance.tokens)
        ids.push_back(procedure->model().states[token.state].id);
    std::sort(ids.begin(), ids.end());
    return ids;
}

std::optional<ClockView> Dossier::view(const std::string& clock) const {
    for (const ClockView& one : clocks(*procedure, calendars, instance, instance.last_now)) {
        if (procedure->model().clocks[one.clock].id == clock) return one;
    }
    return std::nullopt;
}

std::string Dossier::due(const std::string& clock) const {
    const auto found = view(clock);
    if (!found) return "none";
    if (found->phase == ClockState::Phase::idle) return "idle";
    return found->due ? to_string(found->due->date) : "waiting";
}

std::string Dossier::due_time(const std::string& clock) const {
    const auto found = view(clock);
    return found && found->due ? to_short_string(found->due->instant, hanoi) : due(clock);
}

std::string Dossier::original_due(const std::string& clock) const {
    const auto found = view(clock);
    return found && found->original_due ? to_string(found->original_due->date) : "none";
}

std::string Dossier::original_result(const std::string& clock) const {
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
        if (record->kind != RecordKind::clock_ended || record->value.list() == nullptr) continue;
        if (procedure->model().clocks[record->subject].id != clock) continue;
        return to_string(static_cast<ClockResult>(*record->value.list()->at(2).integer()));
    }
    return "none";
}

std::string Dossier::result(const std::string& clock) const {
    for (auto record = records.rbegin(); record != records.rend(); ++record) {
        if (record->kind != RecordKind::clock_ended) continue;
        if (procedure->model().clocks[record->subject].id == clock) {
            return to_string(static_cast<ClockResult>(record->outcome));
        }
    }
    return "none";
}

std::vector<std::string> Dossier::moments(const std::string& clock) const {
    std::vector<std::string> found;
    for (const Record& record : records) {
        if (record.kind != RecordKind::clock_moment) continue;
        const procedure::Clock& definition = procedure->model().clocks[record.subject];
        if (definition.id != clock) continue;
        const std::string label = record.outcome < definition.moments.size()
                                      ? definition.moments[record.outcome].label
                                      : "due";
        found.push_back(label + "@" + to_short_string(*record.value.instant(), hanoi));
    }
    return found;
}

std::vector<std::string> Dossier::notified() const {
    std::vector<std::string> roles;
    for (const Record& record : records) {
        if (record.kind != RecordKind::notified) continue;
        for (const Value& role : *record.value.list()) roles.push_back(*role.text());
    }
    return roles;
}

Value Dossier::data(const std::string& field) const {
    return instance.data.at(procedure::find_field(procedure->model(), field));
}

std::string Dossier::outcome() const {
    if (instance.status != Instance::Status::ended) return {};
    if (instance.cancelled) return "cancelled";
    return instance.outcome == no_index ? "none" : procedure->model().outcomes[instance.outcome].id;
}

std::size_t Dossier::count(RecordKind kind) const {
    return static_cast<std::size_t>(std::count_if(
        records.begin(), records.end(), [&](const Record& record) { return record.kind == kind; }));
}

Ordinal Dossier::token_on(const std::string& state) const {
    Ordinal found = 0;
    for (const Token& token : instance.tokens) {
        if (procedure->model().states[token.state].id == state) found = token.ordinal;
    }
    return found;
}

}  // namespace workflow::test
