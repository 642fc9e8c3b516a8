// A dossier for tests: one procedure on the Vietnamese calendar, driven event by event through the
// pure step, with times written as people write them.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workflow/definition.hpp"
#include "workflow/interpreter.hpp"
#include "workflow/migration.hpp"

namespace workflow::test {

/// `2017-04-25 09:00` at UTC+7.
[[nodiscard]] Instant at(const std::string& text);
/// A path below procedures/.
[[nodiscard]] std::filesystem::path shipped(const char* name);
/// The calendar of the state's offices, from procedures/calendars.
[[nodiscard]] std::shared_ptr<const Calendar> state_calendar();
/// The procedure of a YAML text; fails the test with the findings when it has errors.
[[nodiscard]] std::shared_ptr<const Procedure> procedure_of(const std::string& yaml);
/// procedures/service_onboarding.
[[nodiscard]] std::shared_ptr<const Procedure> onboarding();

/// A calendar of Monday to Friday, 08:00-12:00 and 13:00-17:00, from 2017 to 2019, without days off
/// but those of `years` (YAML), closing at 17:00.
[[nodiscard]] std::shared_ptr<const Calendar> plain_calendar(
    const std::string& id, int version = 1, const std::string& years = {},
    const std::string& hours = "monday to friday: [08:00-12:00, 13:00-17:00]");

[[nodiscard]] Actor actor(const std::string& id, const std::string& role,
                          const std::string& unit = {});

class Dossier {
public:
    explicit Dossier(std::shared_ptr<const Procedure> procedure);
    /// On other calendars: each that the procedure names is among them, the first version counts.
    Dossier(std::shared_ptr<const Procedure> procedure,
            const std::vector<std::shared_ptr<const Calendar>>& counted_by);

    /// Each returns nothing, or the refusal's code; times never go back.
    std::string start(const std::string& when, const Actor& who, FieldValues data = {},
                      const std::string& variant = {});
    std::string perform(const std::string& when, const Actor& who, const std::string& action,
                        FieldValues fields = {}, std::optional<Ordinal> item = {});
    std::string send(const std::string& when, const Event& event);
    /// To another version, by the calendars that it has.
    std::string migrate(const std::string& when, const std::shared_ptr<const Procedure>& version,
                        const MigrationMapping& mapping = {});
    /// Lets time pass: every timer due until then fires in order, noticed at its due instant.
    void pass_until(const std::string& when);
    /// The same, but all of them noticed only then, as after an outage.
    void wake_up_at(const std::string& when);

    [[nodiscard]] std::vector<std::string> states() const;  ///< active, sorted
    /// Due date of a running clock by its id; `waiting`, `idle`, or `none`.
    [[nodiscard]] std::string due(const std::string& clock) const;
    /// `2017-06-08 11:00`, for clocks of hours; else as due().
    [[nodiscard]] std::string due_time(const std::string& clock) const;
    [[nodiscard]] std::string original_due(const std::string& clock) const;
    /// Result of a clock that ended extended, against its original due date.
    [[nodiscard]] std::string original_result(const std::string& clock) const;
    /// Result with which the clock of that id last ended, or `none`.
    [[nodiscard]] std::string result(const std::string& clock) const;
    /// Moments recorded of a clock: `5 working days before@2017-06-01 08:00`; bare due: `due@...`.
    [[nodiscard]] std::vector<std::string> moments(const std::string& clock) const;
    [[nodiscard]] std::vector<std::string> notified() const;  ///< roles, since the last clear()
    [[nodiscard]] Value data(const std::string& field) const;
    [[nodiscard]] std::string outcome() const;  ///< empty while active
    [[nodiscard]] std::size_t count(RecordKind kind) const;
    [[nodiscard]] Ordinal token_on(const std::string& state) const;  ///< the youngest
    void clear() { records.clear(); }

    std::shared_ptr<const Procedure> procedure;
    Calendars calendars;
    Instance instance;
    std::vector<Record> records;
    Refusal refusal;  ///< the last one

private:
    std::string take(Instant now, const Event& event);
    std::string keep(Outcome outcome);
    [[nodiscard]] std::optional<ClockView> view(const std::string& clock) const;
    Digest calendar_digest_{};
    std::vector<Digest> more_calendars_;
};

}  // namespace workflow::test
