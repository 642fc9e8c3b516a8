#include "workflow/assumptions.hpp"

#include <algorithm>
#include <cmath>

#include "procedure/model.hpp"
#include "workflow/diagnostic.hpp"

namespace workflow::simulation {
namespace {

class Objections {
public:
    explicit Objections(const Assumptions& to) : to_(to), model_(to.procedure->model()) {}

    std::vector<std::string> all() {
        of_arrivals();
        for (const FilledField& field : to_.data) of_field(field);
        for (const auto& [id, work] : to_.work) of_work(id, work);
        for (const auto& [id, answers] : to_.services) of_service(id, answers);
        for (const auto& [id, answers] : to_.calls) of_call(id, answers);
        for (const auto& [id, incoming] : to_.messages) of_message(id, incoming);
        for (const Person& person : to_.people) of_person(person);
        for (const procedure::State& state : model_.states) of_task(state);
        of_unanswered_calls();
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

    void of_arrivals() {
        if (const auto* pause = std::get_if<Distribution>(&to_.arrivals)) {
            distribution("arrivals", *pause);
        } else if (const auto* week = std::get_if<WeekOfArrivals>(&to_.arrivals)) {
            double sum = 0;
            for (const double many : week->per_weekday) {
                sum += many;
                if (!(many >= 0)) say("arrivals: a day's number must be from 0 on");
            }
            if (!(sum > 0) || !std::isfinite(sum)) say("arrivals: nobody comes on any day");
        } else {
            const auto& listed = std::get<std::vector<Instant>>(to_.arrivals);
            if (listed.empty()) say("arrivals: nobody comes");
            if (!std::is_sorted(listed.begin(), listed.end())) {
                say("arrivals: the instants must be ascending");
            }
        }
    }

    void of_field(const FilledField& field) {
        const std::string where = "data " + printable(field.field);
        if (const auto* from = std::get_if<Distribution>(&field.from)) distribution(where, *from);
        std::vector<std::string> ids;
        for (const procedure::Field& one : model_.data) ids.push_back(one.id);
        if (std::find(ids.begin(), ids.end(), field.field) == ids.end()) {
            say(where + ": '" + model_.id + "' has no such field" + nearest_of(field.field, ids));
        }
        if (const auto* values = std::get_if<2>(&field.from)) weights(where, *values);
    }

    template <class Values>
    void weights(const std::string& where, const Values& values) {
        double sum = 0;
        for (const auto& [weight, value] : values) {
            sum += weight;
            if (!(weight >= 0)) say(where + ": a weight must be a number from 0 on");
        }
        if (!(sum > 0)) say(where + ": all weights are 0, so there is no value");
    }

    void share(const std::string& where, const char* what, double value) {
        if (!(value >= 0 && value <= 1)) say(where + ": " + what + " must be from 0 to 1");
    }

    void of_work(const std::string& id, const Work& work) {
        const std::string where = "work on " + printable(id);
        distribution(where, work.effort);
        distribution("waiting for " + printable(id), work.waiting);
        const procedure::State* const on = state(where, id);
        if (on == nullptr) return;
        std::vector<std::string> actions;
        for (const procedure::State* around = on;; around = &model_.states[around->parent]) {
            for (const procedure::Action& action : around->actions) actions.push_back(action.id);
            if (around == &model_.states.front()) break;
        }
        of_choices(where, work.choices, actions);
        for (const Decision& decision : work.decisions) {
            of_choices(where, decision.choices, actions);
        }
    }

    void of_choices(const std::string& where, const std::vector<Choice>& choices,
                    const std::vector<std::string>& actions) {
        double sum = 0;
        for (const Choice& choice : choices) {
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
        if (!choices.empty() && sum == 0) say(where + ": all weights are 0, so nothing is done");
    }

    void of_service(const std::string& id, const ServiceAnswers& answers) {
        const std::string where = "service " + printable(id);
        distribution(where, answers.takes);
        share(where, "the share that fails", answers.fails);
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

    void of_call(const std::string& id, const CallAnswers& answers) {
        const std::string where = "call " + printable(id);
        distribution(where, answers.takes);
        const procedure::State* const on = state(where, id);
        if (on != nullptr && on->kind != procedure::Kind::call) {
            say(where + ": that is a " + procedure::key_of(on->kind) + ", no call");
        }
        double sum = 0;
        for (const CallAnswers::End& end : answers.ends) sum += end.weight;
        if (!answers.ends.empty() && !(sum > 0)) say(where + ": all weights are 0, so it never ends");
    }

    void of_message(const std::string& id, const IncomingMessage& incoming) {
        const std::string where = "message " + printable(id);
        distribution(where, incoming.after);
        share(where, "the share that comes", incoming.comes);
        std::vector<std::string> ids;
        for (const procedure::MessageDeclaration& one : model_.messages) ids.push_back(one.id);
        if (std::find(ids.begin(), ids.end(), id) == ids.end()) {
            say(where + ": '" + model_.id + "' has no such message" + nearest_of(id, ids));
        }
    }

    /// What comes of it decides where the dossier goes: that is not made up.
    void of_unanswered_calls() {
        for (const procedure::State& state : model_.states) {
            if (!state.call || state.call->detached || to_.calls.contains(state.id)) continue;
            say("call " + state.id + ": nothing says how '" + state.call->procedure +
                "' comes out; it is not simulated itself");
        }
    }

    const Assumptions& to_;
    const procedure::Model& model_;
    std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> objections_to(const Assumptions& assumptions) {
    return Objections(assumptions).all();
}

}  // namespace workflow::simulation
