// What comes from outside: answers of services, ends of called procedures, messages.
#include <algorithm>

#include "procedure/model.hpp"
#include "simulation/hours.hpp"
#include "simulation/office.hpp"

namespace workflow::simulation {
namespace {

const Token& token_of(const Instance& instance, Ordinal ordinal) {
    return *std::find_if(instance.tokens.begin(), instance.tokens.end(),
                         [&](const Token& one) { return one.ordinal == ordinal; });
}

const Awaited* awaited_of(const Instance& instance, Ordinal token) {
    const auto found = std::find_if(instance.awaited.begin(), instance.awaited.end(),
                                    [&](const Awaited& one) { return one.token == token; });
    return found == instance.awaited.end() ? nullptr : &*found;
}

}  // namespace

bool Office::is_awaited(const Dossier& dossier, const Happening& next) const {
    const Awaited* const awaited = awaited_of(dossier.instance, next.ordinal);
    if (awaited == nullptr) return false;
    return next.kind == Kind::ended ? !awaited->child.empty() : awaited->attempt == next.number;
}

bool Office::is_subscribed(const Dossier& dossier, const Happening& next) const {
    const auto& waiting = dossier.instance.subscriptions;
    return std::any_of(waiting.begin(), waiting.end(), [&](const Subscription& one) {
        return one.ordinal == next.ordinal && one.message == next.number;
    });
}

void Office::expect_effects(Dossier& dossier, const std::vector<Effect>& effects) {
    for (const Effect& effect : effects) {
        if (const auto* request = std::get_if<ServiceRequest>(&effect)) {
            if (request->withdrawn) continue;
            expect_answer(dossier, request->state, request->token, request->attempt);
        } else if (const auto* child = std::get_if<ChildStart>(&effect)) {
            if (!child->detached) expect_end_of_call(dossier, child->state, child->token);
        }
    }
}

void Office::expect_answer(Dossier& dossier, std::uint32_t state, Ordinal token,
                           std::uint32_t attempt) {
    const Place& place = places_[state];
    Draws stream = draws(place.duration, dossier, dossier.visits(state)++);
    const double takes = place.service == nullptr ? 0 : draw(place.service->takes, stream);
    expect(dossier, Kind::answer, now_ + of_hours(takes), token, attempt);
}

void Office::expect_end_of_call(Dossier& dossier, std::uint32_t state, Ordinal token) {
    const Place& place = places_[state];
    Draws stream = draws(place.duration, dossier, dossier.visits(state)++);
    const double takes = place.call == nullptr ? 0 : draw(place.call->takes, stream);
    expect(dossier, Kind::ended, after_hours(takes), token);
}

/// One for each place that has begun to wait since it was looked at last.
void Office::expect_messages(Dossier& dossier) {
    std::vector<std::pair<Ordinal, std::uint32_t>> subscribed;
    for (const Subscription& one : dossier.instance.subscriptions) {
        const std::pair<Ordinal, std::uint32_t> place{one.ordinal, one.message};
        subscribed.push_back(place);
        const auto& known = dossier.subscribed;
        if (std::find(known.begin(), known.end(), place) != known.end()) continue;
        const std::string& id = procedure_.message(one.message).id;
        const auto incoming = assumptions_.messages.find(id);
        if (incoming == assumptions_.messages.end()) continue;
        Draws stream = draws("message " + id, dossier, one.ordinal);
        const bool comes = stream.uniform() < incoming->second.comes;
        const double after = draw(incoming->second.after, stream);
        if (!comes) continue;
        expect(dossier, Kind::message, after_hours(after), one.ordinal, one.message);
    }
    dossier.subscribed = std::move(subscribed);
}

bool Office::is_inside(const Dossier& dossier, const Happening& next) const {
    const auto& tokens = dossier.instance.tokens;
    return next.ordinal == 0 || std::any_of(tokens.begin(), tokens.end(), [&](const Token& one) {
               return one.ordinal == next.ordinal;
           });
}

void Office::expect_occasional(const Dossier& dossier, std::uint32_t state, Ordinal token) {
    const auto* const occasional = places_[state].occasional;
    if (occasional == nullptr) return;
    for (std::size_t i = 0; i < occasional->size(); ++i) {
        const OccasionalAction& one = (*occasional)[i];
        Draws stream = draws("occasion of " + one.action, dossier, token);
        const bool comes = stream.uniform() < one.comes;
        const double after = draw(one.after, stream);
        if (!comes) continue;
        expect(dossier, Kind::occasion, after_hours(after), token, i);
    }
}

void Office::act(const Happening& next, Dossier& dossier) {
    const std::uint32_t state =
        next.ordinal == 0 ? 0 : token_of(dossier.instance, next.ordinal).state;
    const OccasionalAction& one = (*places_[state].occasional)[next.number];
    const auto& actions = procedure_.model().states[state].actions;
    const auto action = std::find_if(actions.begin(), actions.end(),
                                     [&](const auto& known) { return known.id == one.action; });
    Perform perform{one.action, somebody_of(action->role), {}, std::nullopt};
    perform.fields = values_of(situation(dossier), one.fields, wanted(action->fields),
                               draws("fields of " + one.action, dossier, next.ordinal));
    if (const auto refused = take(dossier, std::move(perform))) {
        note_unable(dossier, refused->reason());
    }
}

Actor Office::somebody_of(std::uint32_t role) {
    const std::string& id = procedure_.model().roles[role].id;
    const auto has = [&](const Person& person) {
        return std::find(person.roles.begin(), person.roles.end(), id) != person.roles.end();
    };
    const Person& applicant = assumptions_.applicant;
    if (!has(applicant)) {
        for (std::size_t person = 0; person < assumptions_.people.size(); ++person) {
            if (has(assumptions_.people[person])) return actor_of(person);
        }
    }
    return {applicant.id, applicant.roles, applicant.units, {}};
}

void Office::answer(const Happening& next, Dossier& dossier) {
    const std::uint32_t state = token_of(dossier.instance, next.ordinal).state;
    EffectResult result{.token = next.ordinal, .attempt = static_cast<std::uint32_t>(next.number)};
    const Place& place = places_[state];
    Draws stream = draws(place.failure, dossier, dossier.visits(state));
    if (place.service != nullptr && stream.uniform() < place.service->fails) {
        result.kind = EffectResult::Kind::failure;
        result.text = "simulated";
    } else {
        static const Fields nothing;
        result.result = values_of(situation(dossier),
                                  place.service == nullptr ? nothing : place.service->result,
                                  wanted(procedure_.model().states[state].service->result),
                                  draws("result of " + place.duration, dossier, next.number));
    }
    if (const auto refused = take(dossier, std::move(result))) {
        note_unable(dossier, refused->reason());
    }
}

void Office::end_call(const Happening& next, Dossier& dossier) {
    const std::uint32_t state = token_of(dossier.instance, next.ordinal).state;
    const Place& place = places_[state];
    ChildEnded ended{.token = next.ordinal,
                     .child = awaited_of(dossier.instance, next.ordinal)->child,
                     .outcome = {},
                     .output = {},
                     .refused = {}};
    const Fields* output = nullptr;
    if (place.call != nullptr && !place.call->ends.empty()) {
        const auto& ends = place.call->ends;
        double all = 0;
        for (const CallAnswers::End& one : ends) all += one.weight;
        Draws stream = draws(place.choice, dossier, dossier.visits(state));
        double point = stream.uniform() * all;
        const CallAnswers::End* chosen = &ends.back();
        for (const CallAnswers::End& one : ends) {
            if (point < one.weight) {
                chosen = &one;
                break;
            }
            point -= one.weight;
        }
        ended.outcome = chosen->outcome;
        output = &chosen->output;
    }
    static const Fields nothing;
    ended.output =
        values_of(situation(dossier), output == nullptr ? nothing : *output,
                  wanted(procedure_.model().states[state].call->result),
                  draws("result of " + place.duration, dossier, dossier.visits(state)));
    if (const auto refused = take(dossier, std::move(ended))) {
        note_unable(dossier, refused->reason());
    }
}

void Office::bring_message(const Happening& next, Dossier& dossier) {
    const auto& declared = procedure_.model().messages[next.number];
    Message message{.message = declared.id,
                    .key = {},
                    .fields = values_of(situation(dossier),
                                        assumptions_.messages.at(declared.id).fields,
                                        wanted(declared.fields),
                                        draws("fields of " + declared.id, dossier, next.ordinal)),
                    .sender = "simulated",
                    .place = next.ordinal};
    if (const auto refused = take(dossier, std::move(message))) {
        note_unable(dossier, refused->reason());
    }
}

}  // namespace workflow::simulation
