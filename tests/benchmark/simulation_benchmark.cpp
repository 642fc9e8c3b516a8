// An office of one officer in virtual time, against a hand-written loop of events that makes the same draws
// and the same steps.
#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <queue>
#include <thread>
#include <tuple>
#include <vector>

#include "benchmark/comparison.hpp"
#include "simulation/draws.hpp"
#include "simulation/replication.hpp"
#include "workflow/simulation.hpp"
#include "workflow/definition.hpp"
#include "workflow/interpreter.hpp"

namespace {

using namespace workflow;
using namespace workflow::benchmarks;
using namespace workflow::simulation;

constexpr std::uint64_t seed = 1690;

constexpr const char* open_always = R"(calendar: always-open
version: 1
title: Always open
source: none
zone: {name: UTC, offset: "+00:00"}
hours: {monday to sunday: [00:00-24:00]}
received_out_of_hours: same day
end_of_day: closing
range: {from: 2000-01-01, announced_until: 2099-12-31, projected_until: 2099-12-31}
)";

constexpr const char* one_task = R"(procedure: one_task
version: 1
title: One task
calendar: always-open
roles: {officer: Officer}
states:
  check: {task: officer, actions: {agree: {end: agreed}}}
outcomes: {agreed: Agreed}
)";

Assumptions office() {
    Assumptions made;
    made.procedure = procedure_or_throw(load_procedure(one_task, "one_task.yaml"));
    made.calendars.add(calendar_or_throw(load_calendar(open_always, "always-open.yaml")));
    made.begins = Instant(std::chrono::sys_days(std::chrono::year(2001) / 1 / 1));
    made.arrivals = Distribution(Exponential{1 / 0.8});
    made.work["check"].effort = Exponential{1};
    made.people.push_back({"an", {"officer"}, {}});
    return made;
}

std::chrono::milliseconds of_hours(double hours) {
    return std::chrono::milliseconds(static_cast<std::int64_t>(hours * 3'600'000 + 0.5));
}

/// What somebody would write who knows that there is one officer, one task and no night.
class BareLoop {
public:
    BareLoop(const Assumptions& office, std::uint64_t dossiers)
        : office_(office), dossiers_(dossiers), now_(office.begins) {}

    double run() {
        expect_arrival();
        while (!agenda_.empty()) {
            const auto [at, sequence, is_arrival, number] = agenda_.top();
            agenda_.pop();
            now_ = at;
            if (is_arrival) {
                arrive(number);
            } else {
                finish(number);
            }
        }
        return hours_;
    }

private:
    using Happening = std::tuple<Instant, std::uint64_t, bool, std::uint64_t>;

    void expect_arrival() {
        if (arrived_ == dossiers_) return;
        Draws draws = draws_for({seed, 0, "arrivals", arrived_, 0});
        agenda_.emplace(now_ + of_hours(draw(std::get<Distribution>(office_.arrivals), draws)), sequence_++, true,
                        arrived_++);
    }
    void arrive(std::uint64_t number) {
        Instance instance;
        instance.id = "one_task/" + std::to_string(number + 1);
        Start start{.actor = {"applicant", {}, {}, {}}};
        start.calendar = office_.calendar().digest();
        expect_arrival();
        waiting_.push_back({number, now_, take(std::move(instance), start)});
        if (waiting_.size() == 1) begin();
    }
    void begin() {
        Draws draws = draws_for({seed, 0, "effort on check", waiting_.front().number, 0});
        agenda_.emplace(now_ + of_hours(draw(office_.work.at("check").effort, draws)), sequence_++, false,
                        waiting_.front().number);
    }
    void finish(std::uint64_t) {
        Waiting& first = waiting_.front();
        const Ordinal item = first.instance.tokens.front().ordinal;
        (void)take(std::move(first.instance), Perform{"agree", {"an", {"officer"}, {}, {}}, {}, item});
        hours_ += static_cast<double>((now_ - first.arrived).count()) / 3'600'000;
        waiting_.pop_front();
        if (!waiting_.empty()) begin();
    }
    Instance take(Instance instance, const Event& event) {
        Outcome outcome =
            step(*office_.procedure, office_.calendars, std::move(instance), event, now_);
        return std::move(std::get<Step>(outcome).instance);
    }

    struct Waiting {
        std::uint64_t number = 0;
        Instant arrived;
        Instance instance;
    };
    const Assumptions& office_;
    std::uint64_t dossiers_;
    Instant now_;
    std::uint64_t arrived_ = 0;
    std::uint64_t sequence_ = 0;
    double hours_ = 0;
    std::priority_queue<Happening, std::vector<Happening>, std::greater<>> agenda_;
    std::deque<Waiting> waiting_;
};

/// Of the hours that all dossiers stayed, to the microhour: the sides add them up in different ways.
std::uint64_t hash_of_hours(double hours) {
    return hash_of(fmt::format("{:.6f}", hours));
}

/// Both stay about five hours on average (M/M/1); their draws differ, so they are held to that alone.
std::uint64_t hash_of_stay(double mean) {
    return hash_of(mean > 3 && mean < 8 ? "about five hours" : "something else");
}

/// A program of its own, its start included.
double simpy_stay(std::uint64_t dossiers) {
    const std::string command = fmt::format("/usr/bin/python3 {}/tests/benchmark/simpy_office.py {}",
                                            WORKFLOW_SOURCE_DIR, dossiers);
    std::FILE* const pipe = popen(command.c_str(), "r");
    if (pipe == nullptr) return 0;
    double mean = 0;
    if (std::fscanf(pipe, "%lf", &mean) != 1) mean = 0;
    pclose(pipe);
    return mean;
}

bool has_simpy() {
    return std::system("/usr/bin/python3 -c 'import simpy' 2>/dev/null") == 0;
}

}  // namespace

int main(int argc, char** argv) {
    const benchmarks::Plan plan = plan_from(argc, argv);
    const std::uint64_t dossiers = plan.tiny ? 100 : 20'000;
    const std::uint64_t many = plan.tiny ? 2'000 : 200'000;
    const Assumptions assumed = office();
    double ours = 0;
    double theirs = 0;
    double two = 0;
    double one = 0;
    double stay = 0;
    double simpy = 0;
    double loops = 0;
    double loop = 0;
    const auto bare_loops = [&](std::size_t count) {
        std::vector<double> hours(count);
        std::vector<std::jthread> threads;
        for (double& own : hours) {
            threads.emplace_back([&] { own = BareLoop(assumed, many / 10).run(); });
        }
        threads.clear();
        return hours.front();
    };
    const auto replications = [&](std::uint64_t count, std::size_t threads) {
        return simulate(assumed, {.run = {.dossiers = many / 10, .seed = seed},
                                  .replications = count,
                                  .threads = threads})
            .replications.front()
            .under_way_hours;
    };
    std::vector<Comparison> comparisons{
        {.name = "an event of one officer's office",
         .ours = {"replicate()",
                  [&] {
                      ours = replicate(assumed, {.dossiers = dossiers, .seed = seed}).under_way_hours;
                  },
                  [&] { return hash_of_hours(ours); }},
         .theirs = {"a bare loop and the same step",
                    [&] { theirs = BareLoop(assumed, dossiers).run(); },
                    [&] { return hash_of_hours(theirs); }},
         .operations = 2 * dossiers,
         .aim = "at least 0.5"},
        {.name = "two replications in two threads",
         .ours = {"two, side by side", [&] { two = replications(2, 2); },
                  [&] { return hash_of_hours(two); }},
         .theirs = {"one alone", [&] { one = replications(1, 1); },
                    [&] { return hash_of_hours(one); }},
         .operations = 1,
         .measure = Comparison::Measure::real_time,
         .aim = "at least 0.8"},
        {.name = "two bare loops in two threads",
         .ours = {"two, side by side", [&] { loops = bare_loops(2); },
                  [&] { return hash_of_hours(loops); }},
         .theirs = {"one alone", [&] { loop = bare_loops(1); }, [&] { return hash_of_hours(loop); }},
         .operations = 1,
         .measure = Comparison::Measure::real_time,
         .aim = "none: what the machine gives"}};
    if (has_simpy()) {
        comparisons.push_back({.name = "the office in Python",
                               .ours = {"replicate()",
                                        [&] {
                                            stay = replicate(assumed, {.dossiers = many, .seed = seed})
                                                       .lead.mean();
                                        },
                                        [&] { return hash_of_stay(stay); }},
                               .theirs = {"SimPy", [&] { simpy = simpy_stay(many); },
                                          [&] { return hash_of_stay(simpy); }},
                               .operations = many,
                               .measure = Comparison::Measure::real_time,
                               .on_one_processor = true,
                               .aim = "at least 6, reach 15"});
    } else {
        fmt::print("SimPy is left out: it is not installed (python3-simpy3)\n");
    }
    return compare(plan, std::move(comparisons));
}
