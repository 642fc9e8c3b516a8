#include "simulation/replication.hpp"

#include <algorithm>
#include <map>
#include <queue>
#include <tuple>
#include <unordered_map>

#include "procedure/model.hpp"
#include "simulation/staff.hpp"
#include "workflow/error.hpp"
#include "workflow/index_rows.hpp"
#include "workflow/interpreter.hpp"

namespace workflow::simulation {
namespace {

using std::chrono::milliseconds;

constexpr double milliseconds_an_hour = 3'600'000;

milliseconds of_hours(double hours) {
    return milliseconds(static_cast<std::int64_t>(hours * milliseconds_an_hour + 0.5));
}

/// Things that happen at one instant: what people and services finish comes before timers, so that
/// what is done on its last instant is done in time.
enum class Kind : std::uint8_t { arrival, done, answer, timer };

struct Happening {
    Instant at;
    Kind kind{};
    std::uint64_t sequence = 0;
    std::uint64_t dossier = 0;
    Ordinal ordinal = 0;       ///< of done and answer: the token; of timer: whose
    std::uint64_t number = 0;  ///< of done: the work; of answer: the attempt; of timer: its age
};
struct Later {
    bool operator()(const Happening& a, const Happening& b) const {
        const bool a_is_timer = a.kind == Kind::timer;
        const bool b_is_timer = b.kind == Kind::timer;
        return std::tie(a.at, a_is_timer, a.sequence) > std::tie(b.at, b_is_timer, b.sequence);
    }
};

constexpr std::size_t nobody = SIZE_MAX;

/// More than that does not happen at one instant.
constexpr std::uint64_t at_once_max = 1'000'000;

struct Item {
    Waiting waiting;
    std::uint32_t state = 0;
    std::size_t person = nobody;  ///< who works on it
    std::uint64_t work = 0;       ///< number of that work
    double effort = 0;            ///< hours
    Instant begun;
    bool is_queued = false;
};

struct Dossier {
    Instance instance;
    Instant arrived;
    std::map<Ordinal, Item> items;
    std::map<std::uint32_t, std::uint64_t> visits;  ///< of a state, by work or service
    std::optional<DueRow> timer;
    std::uint64_t timer_age = 0;
};

/// What is supposed of a state, looked up once: null where nothing is; and what is drawn for it.
struct Place {
    const Work* work = nullptr;
    const ServiceAnswers* service = nullptr;
    std::string effort;
    std::string choice;
    std::string duration;
    std::string failure;
};

std::vector<Place> places_of(const Assumptions& assumptions) {
    std::vector<Place> places;
    for (std::uint32_t state = 0; state < assumptions.procedure->state_count(); ++state) {
        const std::string& id = assumptions.procedure->state(state).id;
        const auto work = assumptions.work.find(id);
        const auto service = assumptions.services.find(id);
        places.push_back({work == assumptions.work.end() ? nullptr : &work->second,
                          service == assumptions.services.end() ? nullptr : &service->second,
                          "effort on " + id, "choice on " + id, "duration of " + id,
                          "failure of " + id});
    }
    return places;
}

class Office {
public:
    Office(const Assumptions& assumptions, const Run& run)
        : assumptions_(assumptions),
          run_(run),
          procedure_(*assumptions.procedure),
          calendar_(assumptions.calendar()),
          places_(places_of(assumptions)),
          staff_(assumptions),
          now_(assumptions.begins) {
        result_.states.resize(procedure_.state_count());
        result_.people.resize(assumptions.people.size());
        queued_.resize(procedure_.state_count());
    }

    Replication run() {
        expect_arrival();
        while (!agenda_.empty()) {
            const Happening next = agenda_.top();
            agenda_.pop();
            if (!is_current(next)) continue;
            pass_until(next.at);
            happen(next);
        }
        return std::move(result_);
    }

private:
    [[nodiscard]] bool is_counted(std::uint64_t dossier) const { return dossier >= run_.warm_up; }

    [[nodiscard]] Draws draws(std::string_view what, std::uint64_t dossier, std::uint64_t visit = 0) const {
        return draws_for({run_.seed, run_.replication, what, dossier, visit});
    }

    [[nodiscard]] double hours(Instant from, Instant to) const {
        return static_cast<double>(calendar_.working_time(from, to).count()) / milliseconds_an_hour;
    }

    void expect(Instant at, Kind kind, std::uint64_t dossier, Ordinal ordinal = 0,
                std::uint64_t number = 0) {
        agenda_.push({at, kind, sequence_++, dossier, ordinal, number});
    }

    void expect_arrival() {
        if (arrivals_ == run_.dossiers) return;
        Draws stream = draws("arrivals", arrivals_);
        const double pause = draw(assumptions_.between_arrivals, stream);
        expect(calendar_.add_working_time(now_, of_hours(pause)), Kind::arrival, arrivals_++);
    }

    [[nodiscard]] bool is_current(const Happening& next) const {
        if (next.kind == Kind::arrival) return true;
        const auto found = dossiers_.find(next.dossier);
        if (found == dossiers_.end()) return false;
        const Dossier& dossier = found->second;
        if (next.kind == Kind::timer) return dossier.timer && dossier.timer_age == next.number;
        if (next.kind == Kind::answer) return is_awaited(dossier, next);
        const auto item = dossier.items.find(next.ordinal);
        return item != dossier.items.end() && item->second.person != nobody &&
               item->second.work == next.number;
    }

    [[nodiscard]] static bool is_awaited(const Dossier& dossier, const Happening& answer) {
        const auto& awaited = dossier.instance.awaited;
        return std::any_of(awaited.begin(), awaited.end(), [&](const Awaited& one) {
            return one.token == answer.ordinal && one.attempt == answer.number;
        });
    }

    /// Lengths of queues and numbers under way, added up over time.
    void pass_until(Instant at) {
        happened_at_once_ = at == now_ ? happened_at_once_ + 1 : 0;
        if (happened_at_once_ > at_once_max) {
            throw Error(ErrorCode::limit,
                        "time stands still at " + to_short_string(now_, calendar_.offset()) +
                            ": some action leads back to its own task without effort; give its "
                            "state an effort");
        }
        const double passed = hours(now_, at);
        now_ = at;
        if (passed == 0) return;
        result_.hours += passed;
        result_.under_way_hours += passed * static_cast<double>(dossiers_.size());
        for (std::size_t state = 0; state < queued_.size(); ++state) {
            if (queued_[state] == 0) continue;
            result_.states[state].queue_hours += passed * static_cast<double>(queued_[state]);
        }
    }

    void happen(const Happening& next) {
        if (next.kind == Kind::arrival) return arrive(next.dossier);
        Dossier& dossier = dossiers_.at(next.dossier);
        switch (next.kind) {
            case Kind::timer:
                fire(next.dossier, dossier);
                break;
            case Kind::answer:
                answer(next, dossier);
                break;
            case Kind::done:
                finish_work(next, dossier);
                break;
            case Kind::arrival:
                break;
        }
    }

    /// The office is as full as it will be: what has been added up over time begins anew.
    void forget_warm_up() {
        result_.hours = 0;
        result_.under_way_hours = 0;
        for (StateResult& state : result_.states) state.queue_hours = 0;
        for (PersonResult& person : result_.people) person.busy_hours = 0;
    }

    void fire(std::uint64_t number, Dossier& dossier) {
        const TimerDue due{dossier.timer->ordinal, dossier.timer->timer, dossier.timer->due};
        if (const auto refused = take(number, dossier, due, Refused::is_the_end)) {
            throw Error(ErrorCode::internal, refused->reason());
        }
    }

    void arrive(std::uint64_t number) {
        if (number == run_.warm_up) forget_warm_up();
        if (is_counted(number)) ++result_.arrived;
        Dossier& dossier = dossiers_[number];
        dossier.arrived = now_;
        dossier.instance.id = procedure_.id() + '/' + std::to_string(number + 1);
        const Person& applicant = assumptions_.applicant;
        Start start{.actor = {applicant.id, applicant.roles, applicant.units, {}},
                    .data = assumptions_.data,
                    .variant = assumptions_.variant,
                    .entry = assumptions_.entry};
        start.calendar = calendar_.digest();
        for (const std::string& other : procedure_.more_calendars()) {
            start.more_calendars.push_back(assumptions_.calendars.latest(other)->digest());
        }
        expect_arrival();
        if (const auto refused = take(number, dossier, std::move(start), Refused::is_the_end)) {
            throw Error(ErrorCode::misuse, "no dossier of '" + procedure_.id() +
                                               "' starts so: " + refused->reason());
        }
    }

    /// Where a dossier is to go on after a refusal, a copy of it is kept.
    enum class Refused : std::uint8_t { is_possible, is_the_end };

    std::optional<Refusal> take(std::uint64_t number, Dossier& dossier, const Event& event,
                                Refused refused) {
        Outcome outcome = step(procedure_, assumptions_.calendars,
                               refused == Refused::is_possible ? Instance(dossier.instance)
                                                               : std::move(dossier.instance),
                               event, now_);
        if (auto* refusal = std::get_if<Refusal>(&outcome)) return std::move(*refusal);
        auto& taken = std::get<Step>(outcome);
        dossier.instance = std::move(taken.instance);
        if (is_counted(number)) {
            for (const Record& record : taken.records) count(record);
        }
        for (const Effect& effect : taken.effects) {
            if (const auto* request = std::get_if<ServiceRequest>(&effect)) ask(number, dossier, *request);
        }
        look_at(number, dossier);
        return std::nullopt;
    }

    void count(const Record& record) {
        if (record.kind == RecordKind::incident_opened) ++result_.incidents;
        if (record.kind != RecordKind::clock_ended) return;
        ClockResultCounts& counts = result_.clocks[procedure_.clock(record.subject).id];
        switch (static_cast<ClockResult>(record.outcome)) {
            case ClockResult::early:
                ++counts.early;
                break;
            case ClockResult::on_time:
                ++counts.on_time;
                break;
            case ClockResult::late:
                ++counts.late;
                break;
            case ClockResult::waiting:
            case ClockResult::in_time:
            case ClockResult::running_late:
            case ClockResult::not_reached:
                break;
        }
    }

    void ask(std::uint64_t number, Dossier& dossier, const ServiceRequest& request) {
        if (request.withdrawn) return;
        const Place& place = places_[request.state];
        Draws stream = draws(place.duration, number, dossier.visits[request.state]++);
        const double takes = place.service == nullptr ? 0 : draw(place.service->takes, stream);
        expect(now_ + of_hours(takes), Kind::answer, number, request.token, request.attempt);
    }

    void answer(const Happening& next, Dossier& dossier) {
        const auto& tokens = dossier.instance.tokens;
        const auto token =
            std::find_if(tokens.begin(), tokens.end(),
                         [&](const Token& one) { return one.ordinal == next.ordinal; });
        EffectResult result{.token = next.ordinal, .attempt = static_cast<std::uint32_t>(next.number)};
        const Place& place = places_[token->state];
        if (place.service != nullptr) {
            Draws stream = draws(place.failure, next.dossier, dossier.visits[token->state]);
            if (stream.uniform() < place.service->fails) {
                result.kind = EffectResult::Kind::failure;
                result.text = "simulated";
            } else {
                result.result = place.service->result;
            }
        }
        if (const auto refused = take(next.dossier, dossier, result, Refused::is_possible)) {
            note_unable(next.dossier, *refused);
        }
    }

    void note_unable(std::uint64_t number, const Refusal& refusal) {
        if (!is_counted(number)) return;
        if (result_.unable++ == 0) result_.first_unable = refusal.reason();
    }

    /// What waits for people and timers now.
    void look_at(std::uint64_t number, Dossier& dossier) {
        if (dossier.instance.status == Instance::Status::ended) return end(number, dossier);
        const IndexRows rows = index_rows(procedure_, assumptions_.calendars, dossier.instance);
        std::map<Ordinal, Item> there;
        for (const WorkRow& row : rows.work) {
            Item& item = there[row.ordinal];
            item.state = row.state;
            item.waiting.roles.push_back(row.role);
            if (const std::string* whom = row.for_whom.open().text()) item.waiting.for_whom = *whom;
        }
        withdraw_items(number, dossier, there);
        for (auto& [ordinal, item] : there) {
            const auto known = dossier.items.find(ordinal);
            if (known != dossier.items.end() &&
                (known->second.is_queued || known->second.person != nobody)) {
                continue;
            }
            item.waiting.since = now_;
            item.waiting.number = sequence_++;
            item.waiting.dossier = number;
            item.waiting.ordinal = ordinal;
            offer(dossier.items[ordinal] = std::move(item), dossier);
        }
        const auto first = std::min_element(rows.due.begin(), rows.due.end());
        const std::optional<DueRow> timer =
            first == rows.due.end() ? std::nullopt : std::optional(*first);
        if (timer == dossier.timer) return;
        dossier.timer = timer;
        ++dossier.timer_age;
        if (timer) {
            expect(std::max(timer->due, now_), Kind::timer, number, timer->ordinal,
                   dossier.timer_age);
        }
    }

    void withdraw_items(std::uint64_t number, Dossier& dossier, const std::map<Ordinal, Item>& there) {
        std::vector<Item> stopped;
        for (auto item = dossier.items.begin(); item != dossier.items.end();) {
            if (there.contains(item->first)) {
                ++item;
                continue;
            }
            if (item->second.is_queued) leave_queue(item->second);
            if (item->second.person != nobody) stopped.push_back(std::move(item->second));
            item = dossier.items.erase(item);
        }
        // Only now: whoever is free then may take what waits.
        for (const Item& item : stopped) stop_work(number, item, hours(item.begun, now_));
    }

    void leave_queue(const Item& item) {
        staff_.withdraw(item.waiting);
        --queued_[item.state];
    }

    void offer(Item& item, Dossier& dossier) {
        if (const auto person = staff_.take_for(item.waiting)) {
            begin_work(item, dossier, *person);
            return;
        }
        staff_.wait(item.waiting);
        item.is_queued = true;
        StateResult& state = result_.states[item.state];
        state.queue_most = std::max(state.queue_most, ++queued_[item.state]);
    }

    void begin_work(Item& item, Dossier& dossier, std::size_t person) {
        const std::uint64_t number = item.waiting.dossier;
        const Place& place = places_[item.state];
        Draws stream = draws(place.effort, number, dossier.visits[item.state]++);
        item.effort = place.work == nullptr ? 0 : draw(place.work->effort, stream);
        item.is_queued = false;
        item.person = person;
        item.work = sequence_++;
        item.begun = now_;
        if (is_counted(number)) {
            result_.states[item.state].waiting.add(hours(item.waiting.since, now_));
        }
        expect(calendar_.add_working_time(now_, of_hours(item.effort)), Kind::done, number,
               item.waiting.ordinal, item.work);
    }

    /// Somebody has worked so long on it and takes the next.
    void stop_work(std::uint64_t number, const Item& item, double worked) {
        result_.people[item.person].busy_hours += worked;
        if (is_counted(number)) result_.states[item.state].effort.add(worked);
        release(item.person);
    }

    void release(std::size_t person) {
        const auto next = staff_.release(person);
        if (!next) return;
        Dossier& dossier = dossiers_.at(next->dossier);
        Item& item = dossier.items.at(next->ordinal);
        --queued_[item.state];
        begin_work(item, dossier, person);
    }

    void finish_work(const Happening& next, Dossier& dossier) {
        Item& item = dossier.items.at(next.ordinal);
        const Item worked = item;
        item.person = nobody;
        const Person& person = assumptions_.people[worked.person];
        const auto perform = chosen(next, dossier, worked, person);
        if (perform) {
            if (const auto refused =
                    take(next.dossier, dossier, *perform, Refused::is_possible)) {
                note_unable(next.dossier, *refused);
            }
        }
        stop_work(next.dossier, worked, worked.effort);
    }

    /// One of the actions that are open to him on it, as the weights have it.
    std::optional<Perform> chosen(const Happening& next, const Dossier& dossier, const Item& item,
                                  const Person& person) {
        const Actor actor{person.id, person.roles, person.units, {}};
        const auto offers = permitted(procedure_, assumptions_.calendars, dossier.instance, actor, now_);
        const Place& place = places_[item.state];
        std::vector<std::pair<double, Perform>> open;
        double all = 0;
        for (const PermittedAction& offer : offers) {
            if (offer.work_item != next.ordinal || offer.refused) continue;
            const std::string& action = procedure_.action(offer.declared_by, offer.action).id;
            Choice choice{.action = action};
            if (place.work != nullptr && !place.work->choices.empty()) {
                const auto& choices = place.work->choices;
                const auto found = std::find_if(choices.begin(), choices.end(), [&](const Choice& one) {
                    return one.action == action;
                });
                if (found == choices.end() || found->weight == 0) continue;
                choice = *found;
            }
            all += choice.weight;
            open.emplace_back(all, Perform{action, actor, choice.fields, next.ordinal});
        }
        if (open.empty()) {
            note_unable(next.dossier, {RefusalCode::not_possible_now,
                                       {procedure_.state(item.state).id}, {}});
            return std::nullopt;
        }
        Draws stream = draws(place.choice, next.dossier, dossier.visits.at(item.state));
        const double point = stream.uniform() * all;
        const auto found = std::find_if(open.begin(), open.end(),
                                        [&](const auto& one) { return point < one.first; });
        return found == open.end() ? open.back().second : found->second;
    }

    void end(std::uint64_t number, Dossier& dossier) {
        withdraw_items(number, dossier, {});
        if (is_counted(number)) {
            ++result_.ended;
            result_.lead.add(hours(dossier.arrived, now_));
            const Instance& instance = dossier.instance;
            const std::string outcome = instance.outcome == no_index
                                            ? std::string()
                                            : procedure_.outcome(instance.outcome).id;
            ++result_.outcomes[instance.cancelled ? "cancelled" : outcome];
        }
        dossiers_.erase(number);
    }

    const Assumptions& assumptions_;
    const Run& run_;
    const Procedure& procedure_;
    const Calendar& calendar_;
    std::vector<Place> places_;  ///< by state
    Staff staff_;
    Instant now_;
    std::uint64_t arrivals_ = 0;
    std::uint64_t sequence_ = 0;
    std::uint64_t happened_at_once_ = 0;
    std::priority_queue<Happening, std::vector<Happening>, Later> agenda_;
    std::unordered_map<std::uint64_t, Dossier> dossiers_;  ///< under way
    std::vector<std::uint64_t> queued_;                    ///< work items that wait, by state
    Replication result_;
};

}  // namespace

Replication replicate(const Assumptions& assumptions, const Run& run) {
    return Office(assumptions, run).run();
}

}  // namespace workflow::simulation
