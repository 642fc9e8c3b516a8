// Work items: who begins on what, what he chooses, what waits.
#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <cmath>

#include "procedure/model.hpp"
#include "simulation/hours.hpp"
#include "simulation/office.hpp"

namespace workflow::simulation {
namespace {

template <class Numbers>
bool contains(const Numbers& numbers, std::uint32_t number) {
    return std::find(numbers.begin(), numbers.end(), number) != numbers.end();
}

void add_once(std::vector<std::string>& names, const std::string& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

/// Where it stands, or is to stand.
template <class Kept>
auto place_of(Kept& by_ordinal, Ordinal ordinal) {
    return std::find_if(by_ordinal.begin(), by_ordinal.end(),
                        [&](const auto& one) { return one.ordinal >= ordinal; });
}

}  // namespace

Office::Item* Office::Dossier::item(Ordinal ordinal) {
    const auto place = place_of(items, ordinal);
    return place != items.end() && place->ordinal == ordinal ? &*place : nullptr;
}

std::uint64_t& Office::Dossier::visits(std::uint32_t state) {
    for (Visits& one : all_visits) {
        if (one.state == state) return one.times;
    }
    return all_visits.emplace_back(Visits{state, 0}).times;
}

void Office::look_at_work(std::uint64_t number, Dossier& dossier, const std::vector<WorkRow>& rows) {
    Few<Offered> there;
    for (const WorkRow& row : rows) {
        if (!places_[row.state].acts) continue;
        auto place = place_of(there, row.ordinal);
        if (place == there.end() || place->ordinal != row.ordinal) {
            place = there.emplace(place);
            place->ordinal = row.ordinal;
            place->state = row.state;
            place->rank = rank_of(dossier, row);
        }
        if (!contains(place->roles, row.role)) place->roles.push_back(row.role);
        if (const std::string* whom = row.for_whom.open().text()) add_once(place->for_whom, *whom);
    }
    withdraw_items(number, dossier, there);
    for (const Offered& offered : there) {
        const auto place = place_of(dossier.items, offered.ordinal);
        const bool is_known = place != dossier.items.end() && place->ordinal == offered.ordinal;
        if (is_known && place->phase != Item::Phase::worked) {
            update(*place, offered);
            continue;
        }
        if (is_known) {
            leave_item(number, dossier, *place);
            *place = Item();
        }
        Item& item = is_known ? *place : *dossier.items.emplace(place);
        item.ordinal = offered.ordinal;
        item.offered = offered.roles;
        item.came = now_;
        item.came_open = open_;
        Waiting& waiting = item.waiting;
        waiting.rank = offered.rank;
        waiting.dossier = number;
        waiting.ordinal = offered.ordinal;
        waiting.state = offered.state;
        waiting.separated = places_[offered.state].separated;
        waiting.for_whom = offered.for_whom;
        waiting.roles = doers_of(number, dossier, item);
        come(number, dossier, item);
    }
}

/// Its deadline or its priority is another now, or others may do it.
void Office::update(Item& item, const Offered& now) {
    Waiting& waiting = item.waiting;
    if (waiting.rank == now.rank && item.offered == now.roles && waiting.for_whom == now.for_whom) {
        return;
    }
    const bool is_queued = item.phase == Item::Phase::queued;
    if (is_queued) {
        staff_.withdraw(waiting);
        tally_.queue_shrinks(waiting.state, item.role());
    }
    waiting.rank = now.rank;
    waiting.for_whom = now.for_whom;
    for (const std::uint32_t role : now.roles) {
        if (!contains(item.offered, role)) waiting.roles.push_back(role);
    }
    item.offered = now.roles;
    if (!is_queued) return;
    if (const auto person = staff_.take_for(waiting, now_)) return begin_work(item, *person);
    enqueue(item);
}

/// Of a task its own role, or that of the action that is chosen; and whoever may act besides.
Roles Office::doers_of(std::uint64_t number, Dossier& dossier, const Item& item) const {
    if (item.offered.size() == 1) return item.offered;
    const Place& place = places_[item.waiting.state];
    const auto with_others = [&](std::uint32_t own) {
        Roles doers{own};
        for (const std::uint32_t role : item.offered) {
            if (!contains(place.own_roles, role)) doers.push_back(role);
        }
        return doers;
    };
    std::vector<std::pair<double, std::uint32_t>> roles;
    double all = 0;
    if (place.work != nullptr) {
        for (const Choice& choice : choices_of(situation(dossier), *place.work)) {
            const std::uint32_t role = place.role_of(choice.action);
            if (choice.weight == 0 || !contains(item.offered, role)) continue;
            all += choice.weight;
            roles.emplace_back(all, role);
        }
    }
    if (roles.empty()) {
        return place.task_role == no_index ? item.offered : with_others(place.task_role);
    }
    Draws stream = draws(place.doer, number, dossier.visits(item.waiting.state));
    const double point = stream.uniform() * all;
    const auto found = std::find_if(roles.begin(), roles.end(),
                                    [&](const auto& one) { return point < one.first; });
    return with_others(found == roles.end() ? roles.back().second : found->second);
}

std::int64_t Office::rank_of(const Dossier& dossier, const WorkRow& row) const {
    switch (assumptions_.queue_order) {
        case QueueOrder::first_come:
            return 0;
        case QueueOrder::earliest_deadline:
            return row.due.time_since_epoch().count();
        case QueueOrder::priority: {
            constexpr double parts = 1e6;
            constexpr double most = 1e12;
            if (!assumptions_.priority) return 0;
            const double priority =
                number_of(situation(dossier), *assumptions_.priority).value_or(0);
            return -std::llround(std::clamp(priority, -most, most) * parts);
        }
    }
    return 0;
}

void Office::withdraw_items(std::uint64_t number, Dossier& dossier, const Few<Offered>& there) {
    std::vector<Item> stopped;
    for (auto item = dossier.items.begin(); item != dossier.items.end();) {
        const auto place = place_of(there, item->ordinal);
        if (place != there.end() && place->ordinal == item->ordinal) {
            ++item;
            continue;
        }
        if (item->phase == Item::Phase::queued) {
            staff_.withdraw(item->waiting);
            tally_.queue_shrinks(item->waiting.state, item->role());
        }
        leave_item(number, dossier, *item);
        if (item->phase == Item::Phase::at_work) stopped.push_back(std::move(*item));
        item = dossier.items.erase(item);
    }
    // Only now: whoever is free then may take what waits.
    for (const Item& item : stopped) {
        const auto worked = staff_.presence(item.person).work_between(item.begun, now_);
        stop_work(number, dossier, item, hours_of(worked));
    }
}

/// It is done, or withdrawn.
void Office::leave_item(std::uint64_t number, Dossier& dossier, const Item& item) {
    if (!is_counted(number)) return;
    tally_.counted().states[item.waiting.state].stay.add(hours_since(item.came_open));
    if (!run_.on_end) return;
    dossier.stages.push_back({.state = item.waiting.state,
                              .person = item.person,
                              .action = item.action,
                              .came = item.came,
                              .begun = item.person == nobody ? now_ : item.begun,
                              .ended = now_});
}

/// False: it did no more, and the item stays as it is.
bool Office::follow_trace(std::uint64_t number, Dossier& dossier, Item& item) const {
    if (number >= assumptions_.traces.size()) return false;
    const Trace& trace = assumptions_.traces[number];
    if (dossier.traced == trace.steps.size()) return false;
    item.traced = &trace.steps[dossier.traced++];
    item.effort = hours(now_, now_ + item.traced->after);
    return true;
}

void Office::come(std::uint64_t number, Dossier& dossier, Item& item) {
    const Place& place = places_[item.waiting.state];
    item.work = agenda_.fresh_number();
    const std::uint64_t visit = dossier.visits(item.waiting.state)++;
    if (!assumptions_.traces.empty()) {
        if (follow_trace(number, dossier, item)) offer(item);
        return;
    }
    if (place.work != nullptr) {
        Draws stream = draws(place.effort, number, visit);
        item.effort = draw(place.work->effort, stream);
    }
    if (place.waits) {
        Draws stream = draws(place.waiting, number, visit);
        const Instant ready = after_hours(draw(place.work->waiting, stream));
        if (ready > now_) {
            agenda_.expect({.at = ready,
                            .kind = Kind::ready,
                            .dossier = number,
                            .ordinal = item.waiting.ordinal,
                            .number = item.work});
            return;
        }
    }
    offer(item);
}

void Office::offer(Item& item) {
    item.waiting.since = now_;
    item.since_open = open_;
    item.waiting.number = agenda_.fresh_number();
    if (const auto person = staff_.take_for(item.waiting, now_)) {
        return begin_work(item, *person);
    }
    enqueue(item);
}

void Office::enqueue(Item& item) {
    staff_.wait(item.waiting);
    item.phase = Item::Phase::queued;
    tally_.queue_grows(item.waiting.state, item.role());
    for (const std::size_t person : staff_.missing_for(item.waiting, now_)) expect_back(person);
}

void Office::begin_work(Item& item, std::size_t person) {
    item.phase = Item::Phase::at_work;
    item.person = person;
    item.begun = now_;
    tally_.begins_work(item.role());
    if (is_counted(item.waiting.dossier)) {
        Replication& counted = tally_.counted();
        const Summary::Sample waited(hours_since(item.came_open));
        counted.states[item.waiting.state].waiting.add(waited);
        counted.roles[item.role()].waiting.add(
            item.since_open == item.came_open ? waited : Summary::Sample(hours_since(item.since_open)));
    }
    agenda_.expect({.at = item.traced != nullptr
                              ? now_ + item.traced->after
                              : staff_.presence(person).after_work(now_, of_hours(item.effort)),
                    .kind = Kind::done,
                    .dossier = item.waiting.dossier,
                    .ordinal = item.waiting.ordinal,
                    .number = item.work});
}

/// Somebody has worked so long on it and takes the next.
void Office::stop_work(std::uint64_t number, Dossier& dossier, const Item& item, double worked) {
    tally_.ends_work(item.role(), item.person, worked);
    dossier.worked += worked;
    if (is_counted(number)) {
        const Summary::Sample effort(worked);
        tally_.counted().states[item.waiting.state].effort.add(effort);
        tally_.counted().roles[item.role()].effort.add(effort);
    }
    release(item.person);
}

void Office::release(std::size_t person) {
    const auto next = staff_.release(person, now_);
    if (!next) {
        if (staff_.is_wanted(person)) expect_back(person);
        return;
    }
    Item& item = *dossiers_.at(next->dossier).item(next->ordinal);
    tally_.queue_shrinks(item.waiting.state, item.role());
    begin_work(item, person);
}

void Office::expect_back(std::size_t person) {
    if (expected_back_[person]) return;
    const Instant at = staff_.presence(person).next_there(now_);
    if (at == now_) return;
    expected_back_[person] = true;
    agenda_.expect({.at = at, .kind = Kind::back, .number = person});
}

void Office::come_back(std::size_t person) {
    if (staff_.is_free(person)) release(person);
}

void Office::finish_work(const Happening& next, Dossier& dossier) {
    Item& item = *dossier.item(next.ordinal);
    item.phase = Item::Phase::worked;
    // With what is done both may be gone.
    const std::uint32_t state = item.waiting.state;
    const std::uint32_t role = item.role();
    const std::size_t person = item.person;
    const double effort = item.effort;
    dossier.worked += effort;
    if (const Event* const act = chosen(next, dossier, item)) {
        if (run_.on_end) item.action = std::get<Perform>(*act).action;
        if (const auto refused = take(next.dossier, dossier, *act)) {
            note_unable(next.dossier, refused->reason());
        }
    }
    tally_.ends_work(role, person, effort);
    if (is_counted(next.dossier)) {
        const Summary::Sample sample(effort);
        tally_.counted().states[state].effort.add(sample);
        tally_.counted().roles[role].effort.add(sample);
    }
    release(person);
}

/// One of the actions that are open to him on it, as the weights have it.
const Event* Office::chosen(const Happening& next, Dossier& dossier, const Item& item) {
    const Actor& actor = actor_of(item.person, item.waiting.for_whom);
    interpreter::judge(next.ordinal, procedure_, assumptions_.calendars, dossier.instance, actor, now_,
                       judged_);
    const auto& states = procedure_.model().states;
    const Place& place = places_[item.waiting.state];
    static const std::vector<Choice> whatever;
    const auto& choices =
        place.work == nullptr ? whatever : choices_of(situation(dossier), *place.work);
    struct Open {
        double up_to = 0;
        const interpreter::Offer* offer = nullptr;
        const Choice* choice = nullptr;
    };
    boost::container::small_vector<Open, 8> open;
    double all = 0;
    for (const auto& [offer, refused] : judged_) {
        if (refused) continue;
        const std::string& action = states[offer.state].actions[offer.action].id;
        const auto found = std::find_if(choices.begin(), choices.end(),
                                        [&](const Choice& one) { return one.action == action; });
        if (item.traced != nullptr) {
            if (action != item.traced->action) continue;
            open.push_back({++all, &offer, nullptr});
            continue;
        }
        if (choices.empty() ? offer.state != item.waiting.state
                            : found == choices.end() || found->weight == 0) {
            continue;
        }
        all += choices.empty() ? 1 : found->weight;
        open.push_back({all, &offer, choices.empty() ? nullptr : &*found});
    }
    if (open.empty()) {
        note_unable(next.dossier, "on '" + procedure_.state(item.waiting.state).id +
                                      "' no action was open to '" + actor.id +
                                      "' that is chosen there");
        return nullptr;
    }
    const Open* taken = &open.back();
    if (open.size() > 1) {
        Draws stream = draws(place.choice, next.dossier, dossier.visits(item.waiting.state));
        const double point = stream.uniform() * all;
        const auto found = std::find_if(open.begin(), open.end(),
                                        [&](const Open& one) { return point < one.up_to; });
        if (found != open.end()) taken = &*found;
    }
    const Open& one = *taken;
    const auto& action = states[one.offer->state].actions[one.offer->action];
    Perform& perform = act_of(item.person);
    perform.action = action.id;
    perform.work_item = next.ordinal;
    perform.fields.clear();
    static const Fields nothing;
    const Fields& fields = one.choice == nullptr ? nothing : one.choice->fields;
    if (!fields.empty() || !action.fields.empty()) {
        perform.fields = values_of(
            situation(dossier), fields, wanted(action.fields),
            draws("fields of " + action.id, next.dossier, dossier.visits(item.waiting.state)));
    }
    return &acts_[item.person];
}

bool Office::allows(std::size_t person, const Waiting& item) {
    const auto found = dossiers_.find(item.dossier);
    if (found == dossiers_.end()) return false;
    interpreter::judge(item.ordinal, procedure_, assumptions_.calendars, found->second.instance,
                       actor_of(person, item.for_whom), now_, judged_);
    return std::any_of(judged_.begin(), judged_.end(), [](const interpreter::Judged& one) {
        return one.refused != RefusalCode::four_eyes && one.refused != RefusalCode::not_same_person;
    });
}

const Actor& Office::actor_of(std::size_t person, const std::vector<std::string>& for_whom) {
    Actor& actor = act_of(person).actor;
    const Person& who = assumptions_.people[person];
    if (who.unlimited && who.units.empty() && actor.units != for_whom) actor.units = for_whom;
    return actor;
}

}  // namespace workflow::simulation
