// What a simulation supposes of the world around a procedure: who comes, how long it takes, who is there.
// Plain values; hours are those of the procedure's calendar while offices are open.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "simulation/distribution.hpp"
#include "workflow/calendar.hpp"
#include "workflow/event.hpp"
#include "workflow/procedure.hpp"

namespace workflow::simulation {

/// An action that people take, and what they enter with it.
struct Choice {
    std::string action;
    double weight = 1;  ///< against the others that are open then
    FieldValues fields;
};
/// What people do on a task.
struct Work {
    Distribution effort = Constant{0};  ///< hours that somebody works on it
    std::vector<Choice> choices;        ///< none: each open action is as likely
};
/// How a host's service behaves.
struct ServiceAnswers {
    Distribution takes = Constant{0};  ///< hours by the clock on the wall
    double fails = 0;                  ///< share of the attempts, 0 to 1
    FieldValues result;
};
struct Person {
    std::string id;
    std::vector<std::string> roles;
    std::vector<std::string> units;
};

struct Assumptions {
    std::shared_ptr<const Procedure> procedure;
    Calendars calendars;  ///< those that the procedure names
    Instant begins;
    Distribution between_arrivals = Constant{1};  ///< hours from one dossier to the next
    Person applicant{"applicant", {}, {}};        ///< who starts every dossier
    FieldValues data;                             ///< what each starts with
    std::string variant;
    std::string entry;
    std::map<std::string, Work> work;                ///< by state; of a state that is not here: none
    std::map<std::string, ServiceAnswers> services;  ///< by state; the same
    std::vector<Person> people;

    /// The procedure's own. Error{not_found} when `calendars` lacks it.
    [[nodiscard]] const Calendar& calendar() const;
};

/// Why nothing can be simulated so, one sentence each: a state, action or role that the procedure does
/// not have, a task whose role nobody holds, weights that do not add up to anything, impossible
/// distributions; messages and calls between dossiers, which are not simulated.
[[nodiscard]] std::vector<std::string> objections_to(const Assumptions& assumptions);

}  // namespace workflow::simulation
