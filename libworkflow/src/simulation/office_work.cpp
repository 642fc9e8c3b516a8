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

void Office::look_at_work(Dossier& dossier, const std::vector<WorkRow>& rows) {
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
    withdraw_items(dossier, there);
    for (Offered& offered : there) {
        const auto place = place_of(dossier.items, offered.ordinal);
        const bool is_known = place != dossier.items.end() && place->ordinal == offered.ordinal;
        if (is_known && place->phase != Item::Phase::worked) {
            update(dossier, *place, offered);
            continue;
        }
        if (is_known) {
            leave_item(dossier, *place);
            *place = Item();
        }
        Item& item = is_known ? *place : *dossier.items.emplace(place);
        item.ordinal = offered.ordinal;
        item.state = offered.state;
        item.offered = std::move(offered.roles);
        item.for_whom = std::move(offered.for_whom);
        item.came = now_;
        item.came_open = open_;
        item.waiting.rank = offered.rank;
        item.waiting.slot = dossier.slot;
        item.waiting.ordinal = offered.ordinal;
        item.roles = doers_of(dossier, item);
        come(dossier, item);
    }
}

/// Its deadline or its priority is another now, or others may do it.
void Office::update(Dossier& dossier, Item& item, const Offered& now) {
    if (item.waiting.rank == now.rank && item.offered == now.roles && item.for_whom == now.for_whom) {
        return;
    }
    const bool is_queued = item.phase == Item::Phase::queued;
    if (is_queued) {
        staff_.withdraw(item.waiting, item.roles);
        tally_.queue_shrinks(item.state, item.role());
    }
    item.waiting.rank = now.rank;
    item.for_whom = now.for_whom;
    for (const std::uint32_t role : now.roles) {
        if (!contains(item.offered, role)) item.roles.push_back(role);
    }
    item.offered = now.roles;
    if (is_queued) seek_person(dossier, item);
}

/// Of a task its own role, or that of the action that is chosen; and whoever may act besides.
Roles Office::doers_of(Dossier& dossier, const Item& item) const {
    if (item.offered.size() == 1) return item.offered;
    const Place& place = places_[item.state];
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
    Draws stream = draws(place.doer, dossier, dossier.visits(item.state));
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

void Office::withdraw_items(Dossier& dossier, const Few<Offered>& there) {
    std::vector<Item> stopped;
    for (auto item = dossier.items.begin(); item != dossier.items.end();) {
        const auto place = place_of(there, item->ordinal);
        if (place != there.end() && place->ordinal == item->ordinal) {
            ++item;
            continue;
        }
        if (item->phase == Item::Phase::queued) {
            staff_.withdraw(item->waiting, item->roles);
            tally_.queue_shrinks(item->state, item->role());
        }
        leave_item(dossier, *item);
        if (item->phase == Item::Phase::at_work) stopped.push_back(std::move(*item));
        item = dossier.items.erase(item);
    }
    // Only now: whoever is free then may take what waits.
    for (const Item& item : stopped) {
        const auto worked = staff_.presence(item.person).work_between(item.begun, now_);
        stop_work(dossier, item, hours_of(worked));
    }
}

/// It is done, or withdrawn.
void Office::leave_item(Dossier& dossier, const Item& item) {
    if (!is_counted(dossier)) return;
    tally_.counted().states[item.state].stay.add(hours_since(item.came_open));
    if (!run_.on_end) return;
    dossier.stages.push_back({.state = item.state,
                              .person = item.person,
                              .action = item.action,
                              .came = item.came,
                              .begun = item.person == nobody ? now_ : item.begun,
                              .ended = now_});
}

/// False: it did no more, and the item stays as it is.
bool Office::follow_trace(Dossier& dossier, Item& item) const {
    if (dossier.number >= assumptions_.traces.size()) return false;
    const Trace& trace = assumptions_.traces[dossier.number];
    if (dossier.traced == trace.steps.size()) return false;
    item.traced = &trace.steps[dossier.traced++];
    item.effort = hours(now_, now_ + item.traced->after);
    return true;
}

void Office::come(Dossier& dossier, Item& item) {
    const Place& place = places_[item.state];
    item.work = agenda_.fresh_number();
    const std::uint64_t visit = dossier.visits(item.state)++;
    if (!assumptions_.traces.empty()) {
        if (follow_trace(dossier, item)) offer(dossier, item);
        return;
    }
    if (place.work != nullptr) {
        Draws stream = draws(place.effort, dossier, visit);
        item.effort = draw(place.work->effort, stream);
    }
    if (place.waits) {
        Draws stream = draws(place.waiting, dossier, visit);
        const Instant ready = after_hours(draw(place.work->waiting, stream));
        if (ready > now_) {
            expect(dossier, Kind::ready, ready, item.ordinal, item.work);
            return;
        }
    }
    offer(dossier, item);
}

void Office::offer(Dossier& dossier, Item& item) {
    item.waiting.since = now_;
    item.since_open = open_;
    item.waiting.number = agenda_.fresh_number();
    seek_person(dossier, item);
}

void Office::seek_person(Dossier& dossier, Item& item) {
    item.waiting.restricted = places_[item.state].separated || !item.for_whom.empty();
    item.waiting.in_other_queues = item.roles.size() > 1;
    if (const auto person = staff_.take_for(item.waiting, item.roles, now_)) {
        return begin_work(dossier, item, *person);
    }
    staff_.wait(item.waiting, item.roles);
    item.phase = Item::Phase::queued;
    tally_.queue_grows(item.state, item.role());
    for (const std::size_t person : staff_.missing_for(item.waiting, item.roles, now_)) {
        expect_back(person);
    }
}

void Office::begin_work(Dossier& dossier, Item& item, std::size_t person) {
    item.phase = Item::Phase::at_work;
    item.person = person;
    item.begun = now_;
    tally_.begins_work(item.role());
    if (is_counted(dossier)) {
        Replication& counted = tally_.counted();
        counted.states[item.state].waiting.add(hours_since(item.came_open));
        counted.roles[item.role()].waiting.add(hours_since(item.since_open));
    }
    const Instant done = item.traced != nullptr
                             ? now_ + item.traced->after
                             : staff_.presence(person).after_work(now_, of_hours(item.effort));
    expect(dossier, Kind::done, done, item.ordinal, item.work);
}

/// Somebody has worked so long on it and takes the next.
void Office::stop_work(Dossier& dossier, const Item& item, double worked) {
    tally_.ends_work(item.role(), item.person, worked);
    dossier.worked += worked;
    if (is_counted(dossier)) {
        tally_.counted().states[item.state].effort.add(worked);
        tally_.counted().roles[item.role()].effort.add(worked);
    }
    release(item.person);
}

void Office::release(std::size_t person) {
    const auto next = staff_.release(person, now_);
    if (!next) {
        if (staff_.is_wanted(person)) expect_back(person);
        return;
    }
    Dossier& dossier = dossiers_.in(next->slot);
    Item& item = *dossier.item(next->ordinal);
    tally_.queue_shrinks(item.state, item.role());
    begin_work(dossier, item, person);
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
    const std::uint32_t state = item.state;
    const std::uint32_t role = item.role();
    const std::size_t person = item.person;
    const double effort = item.effort;
    const bool counts = is_counted(dossier);
    dossier.worked += effort;
    if (const auto act = chosen(dossier, item)) {
        if (run_.on_end) item.action = std::get<Perform>(act->event).action;
        if (const auto refused = take(dossier, act->event, &act->offer)) {
            note_unable(dossier, refused->reason());
        }
    }
    tally_.ends_work(role, person, effort);
    if (counts) {
        tally_.counted().states[state].effort.add(effort);
        tally_.counted().roles[role].effort.add(effort);
    }
    release(person);
}

/// One of the actions that are open to him on it, as the weights have it.
std::optional<Office::Chosen> Office::chosen(Dossier& dossier, const Item& item) {
    const Actor& actor = actor_of(item.person, item.for_whom);
    interpreter::judge(item.ordinal, procedure_, assumptions_.calendars, dossier.instance, actor, now_,
                       judged_);
    const auto& states = procedure_.model().states;
    const Place& place = places_[item.state];
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
        if (choices.empty() ? offer.state != item.state
                            : found == choices.end() || found->weight == 0) {
            continue;
        }
        all += choices.empty() ? 1 : found->weight;
        open.push_back({all, &offer, choices.empty() ? nullptr : &*found});
    }
    if (open.empty()) {
        note_unable(dossier, "on '" + procedure_.state(item.state).id +
                                      "' no action was open to '" + actor.id +
                                      "' that is chosen there");
        return std::nullopt;
    }
    const Open* taken = &open.back();
    if (open.size() > 1) {
        Draws stream = draws(place.choice, dossier, dossier.visits(item.state));
        const double point = stream.uniform() * all;
        const auto found = std::find_if(open.begin(), open.end(),
                                        [&](const Open& one) { return point < one.up_to; });
        if (found != open.end()) taken = &*found;
    }
    const Open& one = *taken;
    const auto& action = states[one.offer->state].actions[one.offer->action];
    Perform& perform = act_of(item.person);
    perform.action = action.id;
    perform.work_item = item.ordinal;
    perform.fields.clear();
    static const Fields nothing;
    const Fields& fields = one.choice == nullptr ? nothing : one.choice->fields;
    if (!fields.empty() || !action.fields.empty()) {
        perform.fields = values_of(
            situation(dossier), fields, wanted(action.fields),
            draws("fields of " + action.id, dossier, dossier.visits(item.state)));
    }
    return Chosen{acts_[item.person], *one.offer};
}

bool Office::allows(std::size_t person, const Waiting& waiting) {
    Dossier& dossier = dossiers_.in(waiting.slot);
    const Item& item = *dossier.item(waiting.ordinal);
    if (!is_for(person, item.for_whom)) return false;
    if (!places_[item.state].separated) return true;
    interpreter::judge(item.ordinal, procedure_, assumptions_.calendars, dossier.instance,
                       actor_of(person, item.for_whom), now_, judged_);
    return std::any_of(judged_.begin(), judged_.end(), [](const interpreter::Judged& one) {
        return one.refused != RefusalCode::four_eyes && one.refused != RefusalCode::not_same_person;
    });
}

bool Office::is_for(std::size_t person, const std::vector<std::string>& for_whom) const {
    const Person& who = assumptions_.people[person];
    const bool is_everywhere = who.unlimited && who.units.empty();
    return for_whom.empty() || is_everywhere ||
           std::any_of(for_whom.begin(), for_whom.end(), [&](const std::string& whom) {
               return whom == who.id ||
                      std::find(who.units.begin(), who.units.end(), whom) != who.units.end();
           });
}

const Actor& Office::actor_of(std::size_t person, const std::vector<std::string>& for_whom) {
    Actor& actor = act_of(person).actor;
    const Person& who = assumptions_.people[person];
    if (who.unlimited && who.units.empty() && actor.units != for_whom) actor.units = for_whom;
    return actor;
}

}  // namespace workflow::simulation
