// What is supposed of each state of a procedure, looked up once. Immutable; the assumptions outlive it.
#pragma once

#include <string>
#include <vector>

#include "simulation/fields.hpp"

namespace workflow::simulation {

/// Null where nothing is supposed; and the names of what is drawn for it.
struct Place {
    const Work* work = nullptr;
    const ServiceAnswers* service = nullptr;
    const CallAnswers* call = nullptr;
    const std::vector<OccasionalAction>* occasional = nullptr;
    /// People work on it: a task, a state that only waits for them, or one of which it is supposed.
    bool acts = true;
    bool separated = false;  ///< some rule says who may do what others have not done
    bool waits = false;      ///< work on it may have to wait for something
    Subject effort = {};
    Subject waiting = {};
    Subject choice = {};
    std::string duration = {};
    Subject failure = {};
    Subject doer = {};
    std::uint32_t task_role = no_index;         ///< of a task
    std::vector<std::uint32_t> own_roles = {};  ///< that have work on it, whatever has escalated
    /// Who takes each of its actions.
    std::vector<std::pair<std::string, std::uint32_t>> actions = {};

    /// no_index: it has no such action of its own.
    [[nodiscard]] std::uint32_t role_of(const std::string& action) const;
};
/// By state.
[[nodiscard]] std::vector<Place> places_of(const Assumptions& assumptions);

/// What is read of a dossier's data: false and nothing where it has no value.
[[nodiscard]] bool holds(const Situation& in, const Expression& when);
[[nodiscard]] std::optional<double> number_of(const Situation& in, const Expression& expression);
/// Those among which people choose on a work item; none: whatever of its own is open.
[[nodiscard]] const std::vector<Choice>& choices_of(const Situation& in, const Work& work);

}  // namespace workflow::simulation
