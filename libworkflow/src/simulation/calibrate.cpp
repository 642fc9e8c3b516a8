#include <algorithm>
#include <set>

#include "procedure/model.hpp"
#include "simulation/all_busy.hpp"
#include "simulation/fit.hpp"
#include "simulation/hours.hpp"
#include "workflow/calibration.hpp"
#include "workflow/error.hpp"

namespace workflow::simulation {
namespace {

/// More than this share of arrivals while offices are closed: they are told by weekday and hour.
constexpr double outside_hours_max = 0.05;

/// Hours of waiting although somebody was free are told from this share of the effort on.
constexpr double worth_waiting = 0.02;

/// A piece of work that the log says was done.
struct Done {
    std::size_t of_case = 0;
    const MappedActivity* place = nullptr;
    std::string resource;
    std::optional<Instant> begun;
    Instant ended;
    Instant enabled;  ///< when it could have begun
};

bool is_ignored(const LogMap& map, const std::string& activity) {
    return std::find(map.ignored.begin(), map.ignored.end(), activity) != map.ignored.end();
}

class Calibrator {
public:
    Calibrator(std::shared_ptr<const Procedure> procedure, const Calendars& calendars,
               const EventLog& log, const LogMap& map)
        : model_(procedure->model()), log_(log), map_(map) {
        made_.assumptions.procedure = std::move(procedure);
        made_.assumptions.calendars = calendars;
    }

    Calibration run() {
        read_events();
        if (made_.mapped == 0) {
            throw Error(ErrorCode::misuse,
                        "no activity of the log is one of '" + model_.id +
                            "': map them, `activities: {\"" +
                            (made_.unmapped.empty() ? "name" : printable(made_.unmapped[0].first)) +
                            "\": a_state/an_action}`");
        }
        fit_arrivals();
        fit_work();
        add_people();
        return std::move(made_);
    }

private:
    [[nodiscard]] double hours(Instant from, Instant to) const {
        return hours_of(made_.assumptions.calendar().working_time(from, to));
    }

    void read_events() {
        std::map<std::string, std::size_t> unmapped;
        for (std::size_t i = 0; i < log_.cases.size(); ++i) {
            const LoggedCase& one = log_.cases[i];
            if (one.events.empty()) continue;
            ++made_.cases;
            arrivals_.push_back(one.events.front().at);
            std::multimap<std::pair<std::string, std::string>, Instant> started;
            for (const LoggedEvent& event : one.events) {
                ++made_.events;
                const auto place = map_.activities.find(event.activity);
                if (place == map_.activities.end()) {
                    if (!is_ignored(map_, event.activity)) ++unmapped[event.activity];
                    continue;
                }
                ++made_.mapped;
                read_event(i, event, place->second, started);
            }
        }
        made_.unmapped.assign(unmapped.begin(), unmapped.end());
        std::sort(arrivals_.begin(), arrivals_.end());
        std::stable_sort(done_.begin(), done_.end(),
                         [](const Done& a, const Done& b) { return a.ended < b.ended; });
    }

    void read_event(std::size_t of_case, const LoggedEvent& event, const MappedActivity& place,
                    std::multimap<std::pair<std::string, std::string>, Instant>& started) {
        const std::pair key{event.activity, event.resource};
        if (event.transition == LoggedEvent::Transition::start) {
            started.emplace(key, event.at);
            made_.begins_are_known = true;
        }
        if (event.transition != LoggedEvent::Transition::complete) return;
        Done done{of_case, &place, event.resource, std::nullopt, event.at, {}};
        const auto begun = started.find(key);
        if (begun != started.end()) {
            done.begun = begun->second;
            started.erase(begun);
        }
        done_.push_back(std::move(done));
    }

    void fit_arrivals() {
        const Calendar& calendar = made_.assumptions.calendar();
        made_.assumptions.begins = arrivals_.front();
        const auto outside = static_cast<double>(
            std::count_if(arrivals_.begin(), arrivals_.end(),
                          [&](Instant at) { return !calendar.is_open(at); }));
        std::vector<double> pauses;
        for (std::size_t i = 1; i < arrivals_.size(); ++i) {
            pauses.push_back(hours(arrivals_[i - 1], arrivals_[i]));
        }
        const Distribution pause = fitted("arrivals", pauses);
        if (outside > outside_hours_max * static_cast<double>(arrivals_.size())) {
            made_.assumptions.arrivals = week_of(calendar);
        } else {
            made_.assumptions.arrivals = pause;
        }
    }

    WeekOfArrivals week_of(const Calendar& calendar) const {
        WeekOfArrivals week;
        std::array<double, 7> days{};
        std::array<double, 24> by_hour{};
        const auto weekday = [](Day day) { return std::chrono::weekday(day).c_encoding(); };
        const Day last = calendar.day_of(arrivals_.back());
        for (Day day = calendar.day_of(arrivals_.front()); day <= last; day += std::chrono::days(1)) {
            const bool usually_open = !calendar.definition().week[weekday(day)].empty();
            if (!usually_open || calendar.is_working_day(day)) days[weekday(day)] += 1;
        }
        for (const Instant at : arrivals_) {
            const Day day = calendar.day_of(at);
            week.per_weekday[weekday(day)] += 1;
            const auto since = at - instant_of(day, {}, calendar.offset());
            by_hour[static_cast<std::size_t>(
                std::chrono::duration_cast<std::chrono::hours>(since).count())] += 1;
        }
        for (std::size_t i = 0; i < days.size(); ++i) {
            week.per_weekday[i] = days[i] > 0 ? week.per_weekday[i] / days[i] : 0;
        }
        for (std::size_t hour = 0; hour < by_hour.size(); ++hour) {
            if (by_hour[hour] == 0) continue;
            const std::chrono::hours opens{static_cast<int>(hour)};
            week.hours.emplace_back(OpeningSpan{opens, opens + std::chrono::hours(1)}, by_hour[hour]);
        }
        return week;
    }

    /// When each piece of work could have begun, and did; in the order in which they ended.
    void time_work() {
        std::map<std::size_t, Instant> last_of_case;
        std::map<std::string, Instant> last_of_resource;
        for (Done& done : done_) {
            const auto before = last_of_case.find(done.of_case);
            done.enabled = before == last_of_case.end()
                               ? log_.cases[done.of_case].events.front().at
                               : before->second;
            Instant begun = done.enabled;
            const auto free = last_of_resource.find(done.resource);
            if (!done.resource.empty() && free != last_of_resource.end()) {
                begun = std::max(begun, free->second);
            }
            if (!done.begun) done.begun = std::min(begun, done.ended);
            last_of_case[done.of_case] = done.ended;
            if (!done.resource.empty()) last_of_resource[done.resource] = done.ended;
        }
    }

    /// By role: when everybody who holds it was at work, on whatever.
    [[nodiscard]] std::map<std::string, AllBusy> all_busy() const {
        std::map<std::string, std::vector<Busy>> of_resource;
        std::map<std::string, std::set<std::string>> holders;
        for (const Done& done : done_) {
            if (done.resource.empty()) continue;
            of_resource[done.resource].push_back({*done.begun, done.ended});
            holders[role_of(*done.place)].insert(done.resource);
        }
        std::map<std::string, AllBusy> found;
        for (const auto& [role, resources] : holders) {
            std::vector<std::vector<Busy>> people;
            for (const std::string& resource : resources) people.push_back(of_resource[resource]);
            found.emplace(role, AllBusy(people, [this](Instant from, Instant to) {
                              return hours(from, to);
                          }));
        }
        return found;
    }

    void fit_work() {
        time_work();
        const std::map<std::string, AllBusy> busy = all_busy();
        std::map<std::string, std::vector<double>> efforts;
        std::map<std::string, std::vector<double>> waits;
        std::map<std::string, std::map<std::string, double>> chosen;
        for (const Done& done : done_) {
            const std::string& state = done.place->state;
            efforts[state].push_back(hours(*done.begun, done.ended));
            // Where begins are guessed so are the hours of everybody: then all waiting is of one kind.
            const auto of_role = busy.find(role_of(*done.place));
            waits[state].push_back(of_role == busy.end() || !made_.begins_are_known
                                       ? hours(done.enabled, *done.begun)
                                       : of_role->second.idle_hours(done.enabled, *done.begun));
            if (!done.place->action.empty()) chosen[state][done.place->action] += 1;
        }
        for (const auto& [state, hours_seen] : efforts) {
            Work& work = made_.assumptions.work[state];
            work.effort = fitted(state, hours_seen);
            if (mean_of(fit(waits[state]).distribution) >
                worth_waiting * mean_of(work.effort)) {
                work.waiting = fitted("waiting for " + state, waits[state]);
            }
            double all = 0;
            for (const auto& [action, times] : chosen[state]) all += times;
            for (const auto& [action, times] : chosen[state]) {
                work.choices.push_back({action, times / all, {}});
            }
        }
    }

    Distribution fitted(const std::string& what, const std::vector<double>& values) {
        const Fitted found = fit(values);
        made_.fits.push_back(
            {what, found.distribution, found.count, found.distance, found.probability});
        return found.distribution;
    }

    /// Who did what has the roles for it; what nobody was seen to do is done by somebody without limit.
    void add_people() {
        std::map<std::string, std::set<std::string>> roles_of;
        std::set<std::string> held;
        for (const Done& done : done_) {
            const std::string role = role_of(*done.place);
            if (role.empty() || done.resource.empty()) continue;
            roles_of[done.resource].insert(role);
            held.insert(role);
        }
        for (const auto& [resource, roles] : roles_of) {
            made_.assumptions.people.push_back({resource, {roles.begin(), roles.end()}});
        }
        for (const procedure::Role& role : model_.roles) {
            if (held.contains(role.id)) continue;
            made_.assumptions.people.push_back({.id = role.id, .roles = {role.id}, .unlimited = true});
        }
        for (const procedure::RoleIndex role : model_.started_by) {
            made_.assumptions.applicant.roles.push_back(model_.roles[role].id);
        }
    }

    [[nodiscard]] std::string role_of(const MappedActivity& place) const {
        const procedure::State& state = model_.states[procedure::find_state(model_, place.state)];
        procedure::RoleIndex role = state.role;
        for (const procedure::Action& action : state.actions) {
            if (action.id == place.action && action.role != procedure::none) role = action.role;
        }
        return role == procedure::none ? std::string() : model_.roles[role].id;
    }

    const procedure::Model& model_;
    const EventLog& log_;
    const LogMap& map_;
    Calibration made_;
    std::vector<Instant> arrivals_;
    std::vector<Done> done_;
};

}  // namespace

Calibration calibrate(std::shared_ptr<const Procedure> procedure, const Calendars& calendars,
                      const EventLog& log, const LogMap& map) {
    return Calibrator(std::move(procedure), calendars, log, map).run();
}

Assumptions replay_of(Assumptions assumptions, const EventLog& log, const LogMap& map) {
    assumptions.traces.clear();
    for (const LoggedCase& one : log.cases) {
        Trace trace;
        Instant before;
        for (const LoggedEvent& event : one.events) {
            if (event.transition != LoggedEvent::Transition::complete) continue;
            const auto place = map.activities.find(event.activity);
            if (place == map.activities.end()) continue;
            if (trace.steps.empty()) trace.arrives = before = event.at;
            trace.steps.push_back({event.at - before, place->second.action});
            before = event.at;
        }
        if (trace.steps.empty()) continue;
        if (!map.finish.empty()) trace.steps.push_back({{}, map.finish});
        assumptions.traces.push_back(std::move(trace));
    }
    if (assumptions.traces.empty()) {
        throw Error(ErrorCode::misuse, "no activity of the log is one of '" +
                                           assumptions.procedure->id() + "': map them");
    }
    std::stable_sort(assumptions.traces.begin(), assumptions.traces.end(),
                     [](const Trace& a, const Trace& b) { return a.arrives < b.arrives; });
    std::vector<Instant> arrivals;
    for (const Trace& trace : assumptions.traces) arrivals.push_back(trace.arrives);
    assumptions.begins = arrivals.front();
    assumptions.arrivals = std::move(arrivals);
    return assumptions;
}

}  // namespace workflow::simulation
