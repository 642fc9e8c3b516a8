// A join of fifty branches, from the fork to the last arrival, against sixty plain steps of
// service_onboarding. Ours against ours: what a wide procedure costs.
#include <fmt/format.h>

#include <cstdlib>

#include "benchmark/comparison.hpp"
#include "benchmark/onboarding_walk.hpp"
#include "workflow/definition.hpp"
#include "workflow/index_rows.hpp"

namespace {

using namespace workflow;
using namespace workflow::benchmarks;

constexpr std::size_t branches = 50;
constexpr std::size_t plain_steps = 60;

/// Fifty tasks between one fork and one join.
std::string wide_procedure() {
    std::string targets;
    std::string tasks;
    for (std::size_t i = 0; i < branches; ++i) {
        targets += fmt::format("{}t{}", i == 0 ? "" : ", ", i);
        tasks += fmt::format("  t{0}: {{task: officer, actions: {{go{0}: meet}}}}\n", i);
    }
    return fmt::format(
        "procedure: wide\nversion: 1\ntitle: Wide\ncalendar: vn-state\n"
        "roles: {{officer: Officer}}\noutcomes: {{done: Done}}\nstates:\n"
        "  part: {{fork: [{}]}}\n{}  meet: {{join: all, to: over}}\n  over: {{end: done}}\n",
        targets, tasks);
}

class Course {
public:
    Course(std::shared_ptr<const Procedure> procedure, std::shared_ptr<const Calendar> calendar)
        : procedure_(std::move(procedure)) {
        calendars_.add(std::move(calendar));
    }
    void add(Event event, Instant now) { events_.emplace_back(std::move(event), now); }

    /// Takes the next event; begins a new dossier after the last.
    void advance() {
        if (next_ == 0) instance_ = Instance{.id = procedure_->id() + "/1"};
        const auto& [event, now] = events_[next_];
        Outcome outcome = step(*procedure_, calendars_, std::move(instance_), event, now);
        if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
            fmt::print(stderr, "event {} was refused: {}\n", next_, refusal->reason());
            std::exit(1);
        }
        instance_ = std::move(std::get<Step>(outcome).instance);
        const IndexRows rows = index_rows(*procedure_, calendars_, instance_);
        rows_ += rows.due.size() + rows.work.size();
        next_ = (next_ + 1) % events_.size();
        ++taken_;
    }
    [[nodiscard]] std::size_t length() const { return events_.size(); }
    [[nodiscard]] std::size_t taken() const { return taken_; }
    [[nodiscard]] bool has_ended() const { return instance_.status == Instance::Status::ended; }

private:
    std::shared_ptr<const Procedure> procedure_;
    Calendars calendars_;
    std::vector<std::pair<Event, Instant>> events_;
    Instance instance_;
    std::size_t next_ = 0;
    std::size_t taken_ = 0;
    std::size_t rows_ = 0;
};

}  // namespace

int main(int argc, char** argv) {
    const Plan plan = plan_from(argc, argv);
    const std::size_t times = plan.tiny ? 1 : 100;
    const ProcedureRegistry registry(procedures_folder());
    const auto onboarding = procedure_or_throw(registry.procedures().at("service_onboarding"));
    const auto calendar = calendar_or_throw(registry.calendars().at(onboarding->calendar()));
    const Walk walk = onboarding_walk();

    Course plain(onboarding, calendar);
    plain.add(Start{walk.starter, walk.data, {}, calendar->digest()}, walk.started);
    for (const WalkStep& step : walk.steps) plain.add(step.action, step.now);

    Course wide(procedure_or_throw(load_procedure(wide_procedure(), "wide.yaml")), calendar);
    const Actor officer{"an", {"officer"}, {}, {}};
    wide.add(Start{officer, {}, {}, calendar->digest()}, walk.started);
    for (std::size_t i = 0; i < branches; ++i) {
        wide.add(Perform{"go" + std::to_string(i), officer, {}, {}}, walk.started);
    }
    const auto join = [&] {
        for (std::size_t i = 0; i < times * wide.length(); ++i) wide.advance();
    };
    const auto step_on = [&] {
        for (std::size_t i = 0; i < times * plain_steps; ++i) plain.advance();
    };
    return compare(
        plan,
        {{.name = fmt::format("fork, {} arrivals and the join", branches),
          .ours = {"one dossier", join,
                   [&] { return hash_of(wide.has_ended() ? "joined" : "not joined"); }},
          .theirs = {fmt::format("{} plain steps", plain_steps), step_on,
                     [&] {
                         const bool all = plain.taken() % (times * plain_steps) == 0;
                         return hash_of(all ? "joined" : "not all taken");
                     }},
          .operations = times,
          .aim = "at least 1"}});
}
