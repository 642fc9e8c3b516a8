// What a simulation supposes of the world around a procedure: who comes, how long things take, who is there.
// Plain values. Where nothing else is said, hours are those of the procedure's calendar while offices are
// open.
#pragma once

#include <array>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "workflow/calendar.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/distribution.hpp"
#include "workflow/event.hpp"
#include "workflow/expression.hpp"
#include "workflow/procedure.hpp"
#include "workflow/text.hpp"
#include "workflow/visibility.hpp"

namespace workflow {
namespace simulation WORKFLOW_PUBLIC {

/// Dossiers that come at random, so many on a weekday and more at some hours than at others: a Poisson
/// process whose rate varies (Law, Simulation Modeling and Analysis, 5th ed., 8.6.2).
struct WeekOfArrivals {
    std::array<double, 7> per_weekday{};  ///< how many are expected, Sunday first
    /// When on such a day, with the weights of the stretches; empty: while offices are open.
    std::vector<std::pair<OpeningSpan, double>> hours;
};
/// Hours from one dossier to the next; a week; or each instant, ascending.
using Arrivals = std::variant<Distribution, WeekOfArrivals, std::vector<Instant>>;

/// A field and what stands in it: always the same; a number that is drawn, which a field of integers rounds; one
/// of several values by their weights; or what an expression over names_of_data() gives, null where it has no
/// value.
struct FilledField {
    std::string field;
    std::variant<Value, Distribution, std::vector<std::pair<double, Value>>, Expression> from;
};
/// What is asked for and not among them is made up: something of its type, for a person the applicant.
using Fields = std::vector<FilledField>;

/// An action that people take, and what they enter with it.
struct Choice {
    std::string action;
    double weight = 1;  ///< against the others that are open then
    Fields fields = {};
};
/// What is chosen of a dossier for which a condition holds.
struct Decision {
    Expression when;  ///< over the procedure's data; without a value it does not hold
    std::vector<Choice> choices;
};
/// What people do on a task.
struct Work {
    Distribution effort = Constant{0};   ///< hours that somebody works on it, by his own calendar
    std::vector<Choice> choices = {};    ///< none: each open action of its own is as likely
    Distribution waiting = Constant{0};  ///< hours before anybody can begin: something is still to come
    std::vector<Decision> decisions = {};  ///< the first that holds, instead of `choices`
};
/// How a host's service behaves.
struct ServiceAnswers {
    Distribution takes = Constant{0};  ///< hours by the clock on the wall
    double fails = 0;                  ///< share of the attempts, 0 to 1
    Fields result = {};
};
/// How a procedure that is called comes out: it is not simulated itself.
struct CallAnswers {
    struct End {
        std::string outcome;
        double weight = 1;
        Fields output = {};
    };
    Distribution takes = Constant{0};  ///< hours
    std::vector<End> ends = {};        ///< none: without an outcome
};
/// A message from outside, which comes when a dossier begins to wait for it.
struct IncomingMessage {
    Distribution after = Constant{0};  ///< hours since it began to wait
    double comes = 1;                  ///< share of the times, 0 to 1
    Fields fields = {};
};
/// An action that somebody takes on whatever lies inside a state, once while a dossier is there: he withdraws,
/// or hands something in. It takes none of his time. Somebody of its role does it, the applicant first.
struct OccasionalAction {
    std::string action;
    Distribution after = Constant{0};  ///< hours since the state was entered; the procedure: since the start
    double comes = 1;                  ///< share of the times, 0 to 1
    Fields fields = {};
};

/// Both days included.
struct Absence {
    Day first;
    Day last;
};
struct Person {
    std::string id;
    std::vector<std::string> roles;
    std::vector<std::string> units = {};
    /// Works on everything at once: those outside, whose time is not asked for. Of no unit: in each of them.
    bool unlimited = false;
    std::string calendar = {};  ///< whose opening hours he works; empty: the procedure's
    std::vector<Absence> absences = {};
};

/// What waits is taken in this order.
enum class QueueOrder : std::uint8_t {
    first_come,
    earliest_deadline,  ///< of the clock that is due first on the task, or on what is around it
    priority,           ///< by Assumptions::priority, the greatest first
};

/// What a dossier did once, done again: nothing is drawn for it.
struct Trace {
    struct Step {
        std::chrono::milliseconds after{};  ///< by the clock, since the work item came
        std::string action;                 ///< that ends it
    };
    Instant arrives;
    std::vector<Step> steps;  ///< one for each work item, in the order in which they come
};

struct Assumptions {
    std::shared_ptr<const Procedure> procedure;
    Calendars calendars;  ///< those that the procedure and the people name
    Text title = {};
    Instant begins;
    Arrivals arrivals = Distribution(Constant{1});
    Place arrivals_at = {};  ///< where a scenario file says so; line 0: it was no file
    Person applicant{"applicant", {}, {}};      ///< who starts every dossier
    Fields data;                                ///< what each starts with
    std::string variant;
    std::string entry;
    std::map<std::string, Work> work;                 ///< by state; of a state that is not here: none
    std::map<std::string, ServiceAnswers> services;   ///< by state; the same
    std::map<std::string, CallAnswers> calls;         ///< by state; the same
    std::map<std::string, IncomingMessage> messages;  ///< by message; one that is not here never comes
    std::map<std::string, std::vector<OccasionalAction>> occasional;  ///< by state; empty: the procedure
    std::vector<Person> people;
    std::vector<Trace> traces;  ///< by dossier; none: everything is drawn
    QueueOrder queue_order = QueueOrder::first_come;
    std::optional<Expression> priority;  ///< a number, over the procedure's data as it waits

    /// The procedure's own. Error{not_found} when `calendars` lacks it.
    [[nodiscard]] const Calendar& calendar() const;
    /// The person's. Error{not_found} as above.
    [[nodiscard]] const Calendar& calendar_of(const Person& person) const;
};

/// Opening hours of a usual working day of the calendar: of the week's open days, on average.
[[nodiscard]] double hours_of_day(const Calendar& calendar);

/// Names that an expression of the assumptions may use: the procedure's data, its parameters, and `now`.
[[nodiscard]] std::vector<Variable> names_of_data(const Procedure& procedure);

/// Why nothing can be simulated so, one sentence each: a state, action or role that the procedure does
/// not have, a task whose role nobody holds, weights that do not add up to anything, impossible
/// distributions.
[[nodiscard]] std::vector<std::string> objections_to(const Assumptions& assumptions);

}  // namespace simulation
}  // namespace workflow
