#include "simulation/assumptions.hpp"

#include <algorithm>
#include <cmath>

#include "procedure/model.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/error.hpp"

namespace workflow::simulation {
namespace {

class Objections {
public:
    explicit Objections(const Assumptions& to) : to_(to), model_(to.procedure->model()) {}

    std::vector<std::string> all() {
        distribution("between_arrivals", to_.between_arrivals);
        for (const auto& [id, work] : to_.work) of_work(id, work);
        for (const auto& [id, answers] : to_.services) of_service(id, answers);
        for (const Person& person : to_.people) of_person(person);
        for (const procedure::State& state : model_.states) of_task(state);
        of_others();
        return std::move(found_);
    }

private:
    void say(std::string sentence) { found_.push_back(std::move(sentence)); }

    void distribution(const std::string& where, const Distribution& one) {
        if (const auto impossible = objection_to(one)) {
            say(where + ": " + impossible->parameter + " must be " + impossible->wanted);
        }
    }

    [[nodiscard]] const procedure::State* state(const std::string& where, const std::string& id) {
        std::vector<std::string> ids;
        for (const procedure::State& one : model_.states) {
            if (&one != &model_.states.front() && one.id == id) return &one;
            ids.push_back(one.id);
        }
        say(where + ": '" + model_.id + "' has no state '" + printable(id) + "'" + nearest_of(id, ids));
        return nullptr;
    }

    [[nodiscard]] static std::string nearest_of(const std::string& id,
                                                const std::vector<std::string>& known) {
        const std::string near = nearest(id, known);
        return near.empty() ? std::string() : "; the nearest is '" + near + "'";
    }

    void of_work(const std::string& id, const Work& work) {
        const std::string where = "work on " + printable(id);
        distribution(where, work.effort);
        const procedure::State* const on = state(where, id);
        if (on == nullptr) return;
        std::vector<std::string> actions;
        for (const procedure::State* around = on;; around = &model_.states[around->parent]) {
            for (const procedure::Action& action : around->actions) actions.push_back(action.id);
            if (around == &model_.states.front()) break;
        }
        double sum = 0;
        for (const Choice& choice : work.choices) {
            sum += choice.weight;
            if (!(choice.weight >= 0) || !std::isfinite(choice.weight)) {
                say(where + ": the weight of '" + printable(choice.action) +
                    "' must be a number from 0 on");
            }
            if (std::find(actions.begin(), actions.end(), choice.action) == actions.end()) {
                say(where + ": there is no action '" + printable(choice.action) + "'" +
                    nearest_of(choice.action, actions));
            }
        }
        if (!work.choices.empty() && sum == 0) say(where + ": all weights are 0, so nothing is done");
    }

    void of_service(const std::string& id, const ServiceAnswers& answers) {
        const std::string where = "service " + printable(id);
        distribution(where, answers.takes);
        if (!(answers.fails >= 0 && answers.fails <= 1)) {
            say(where + ": the share that fails must be from 0 to 1");
        }
        const procedure::State* const on = state(where, id);
        if (on != nullptr && on->kind != procedure::Kind::service) {
            say(where + ": that is a " + procedure::key_of(on->kind) + ", no service");
        }
    }

    void of_person(const Person& person) {
        std::vector<std::string> roles;
        for (const procedure::Role& role : model_.roles) roles.push_back(role.id);
        for (const std::string& role : person.roles) {
            if (std::find(roles.begin(), roles.end(), role) != roles.end()) continue;
            say("person " + printable(person.id) + ": '" + model_.id + "' has no role '" +
                printable(role) + "'" + nearest_of(role, roles));
        }
    }

    void of_task(const procedure::State& task) {
        if (task.kind != procedure::Kind::task || task.role == procedure::none) return;
        const std::string& role = model_.roles[task.role].id;
        const bool is_held =
            std::any_of(to_.people.begin(), to_.people.end(), [&](const Person& person) {
                return std::find(person.roles.begin(), person.roles.end(), role) != person.roles.end();
            });
        if (!is_held) say("task " + task.id + ": nobody holds the role '" + role + "'");
    }

    void of_others() {
        if (!model_.messages.empty()) {
            say("'" + model_.id + "' takes or sends messages, which are not simulated");
        }
        for (const procedure::State& state : model_.states) {
            if (state.kind != procedure::Kind::call) continue;
            say("'" + model_.id + "' calls other procedures on '" + state.id +
                "', which is not simulated");
        }
    }

    const Assumptions& to_;
    const procedure::Model& model_;
    std::vector<std::string> found_;
};

}  // namespace

const Calendar& Assumptions::calendar() const {
    const Calendar* const found = calendars.latest(procedure->calendar());
    if (found != nullptr) return *found;
    throw Error(ErrorCode::not_found, "the calendar '" + procedure->calendar() + "' of '" +
                                          procedure->id() + "' is not among those given");
}

std::vector<std::string> objections_to(const Assumptions& assumptions) {
    return Objections(assumptions).all();
}

}  // namespace workflow::simulation
