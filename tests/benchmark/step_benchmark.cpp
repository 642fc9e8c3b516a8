// One step of service_onboarding in memory, its records and index rows included, against one
// transition of Qt SCXML on the same graph, which records nothing and knows no time.
#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

#include "benchmark/allocations.hpp"
#include "benchmark/comparison.hpp"
#include "benchmark/onboarding_walk.hpp"
#include "benchmark/scxml_machine.hpp"
#include "workflow/definition.hpp"
#include "workflow/index_rows.hpp"

namespace {

using namespace workflow;
using namespace workflow::benchmarks;

class Dossiers {
public:
    Dossiers() {
        const ProcedureRegistry registry(procedures_folder());
        procedure_ = procedure_or_throw(registry.procedures().at("service_onboarding"));
        const auto calendar = calendar_or_throw(registry.calendars().at(procedure_->calendar()));
        calendars_.add(calendar);
        const Walk walk = onboarding_walk();
        events_.push_back(Start{walk.starter, walk.data, {}, calendar->digest()});
        instants_.push_back(walk.started);
        for (const WalkStep& step : walk.steps) {
            events_.push_back(step.action);
            instants_.push_back(step.now);
        }
    }

    [[nodiscard]] std::size_t events() const { return events_.size(); }

    /// Takes one dossier's next event; `visit` sees each instance after it.
    template <class Visit>
    void walk(const Visit& visit) {
        Instance instance{.id = "service_onboarding/2017-0042"};
        for (std::size_t i = 0; i < events_.size(); ++i) {
            Outcome outcome =
                step(*procedure_, calendars_, std::move(instance), events_[i], instants_[i]);
            if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
                fmt::print(stderr, "event {} was refused: {}\n", i, refusal->reason());
                std::exit(1);
            }
            auto& taken = std::get<Step>(outcome);
            const IndexRows rows = index_rows(*procedure_, calendars_, taken.instance);
            records_ += taken.records.size();
            rows_ += rows.due.size() + rows.work.size();
            instance = std::move(taken.instance);
            visit(instance);
        }
    }

    /// States with a token, or the outcome once it has ended.
    [[nodiscard]] std::vector<std::string> active(const Instance& instance) const {
        if (instance.status == Instance::Status::ended) return {"published"};
        std::vector<std::string> names;
        for (const Token& token : instance.tokens)
            names.push_back(procedure_->state(token.state).id);
        return names;
    }
    [[nodiscard]] std::size_t records() const { return records_; }
    [[nodiscard]] std::size_t rows() const { return rows_; }

private:
    std::shared_ptr<const Procedure> procedure_;
    Calendars calendars_;
    std::vector<Event> events_;
    std::vector<Instant> instants_;
    std::size_t records_ = 0;
    std::size_t rows_ = 0;
};

/// Of the states that both sides name alike: the peer's branches carry their unit behind a dot, and
/// it has states for what ours knows by tokens.
std::uint64_t hash_of_active(std::vector<std::string> names, std::uint64_t seed) {
    for (std::string& name : names) name = name.substr(0, name.find('.'));
    const auto only_peers = [](const std::string& name) {
        return name == "service_onboarding" || name == "unit" || name == "accurate" ||
               name == "objected";
    };
    names.erase(std::remove_if(names.begin(), names.end(), only_peers), names.end());
    std::sort(names.begin(), names.end());
    for (const std::string& name : names) seed = hash_of(name + "\n", seed);
    return seed;
}

void print_allocations(Dossiers& dossiers) {
    dossiers.walk([](const Instance&) {});
    const std::size_t records = dossiers.records();
    const std::size_t rows = dossiers.rows();
    const std::size_t before = allocations();
    dossiers.walk([](const Instance&) {});
    const auto per_step = [&](std::size_t count) {
        return static_cast<double>(count) / static_cast<double>(dossiers.events());
    };
    const double asked = per_step(allocations() - before);
    fmt::print("ours per step: {:.1f} allocations, {:.1f} records, {:.1f} index rows\n", asked,
               per_step(dossiers.records() - records), per_step(dossiers.rows() - rows));
}

}  // namespace

int main(int argc, char** argv) {
    const Plan plan = plan_from(argc, argv);
    const std::size_t walks = plan.tiny ? 1 : 100;
    Dossiers dossiers;
    ScxmlMachine machine(WORKFLOW_SOURCE_DIR "/tests/benchmark/onboarding.scxml");
    std::vector<std::string> peer_events;
    for (const WalkStep& step : onboarding_walk().steps) peer_events.push_back(step.peer_event);
    peer_events.push_back("restart");
    machine.prepare(peer_events);

    std::size_t ended = 0;
    const auto walk_ours = [&] {
        for (std::size_t i = 0; i < walks; ++i) {
            dossiers.walk([&](const Instance& instance) {
                ended += instance.status == Instance::Status::ended ? 1 : 0;
            });
        }
    };
    const auto walk_theirs = [&] {
        const std::size_t before = machine.published();
        for (std::size_t i = 0; i < walks; ++i) {
            for (std::size_t event = 0; event < peer_events.size(); ++event) machine.submit(event);
        }
        if (machine.published() - before != walks) {
            fmt::print(stderr, "the peer did not publish every dossier\n");
            std::exit(1);
        }
    };
    const auto hash_ours = [&] {
        std::uint64_t hash = hash_of("");
        dossiers.walk([&](const Instance& instance) {
            hash = hash_of_active(dossiers.active(instance), hash);
        });
        return hash;
    };
    const auto hash_theirs = [&] {
        // It stands where the first dossier begins; `restart` comes last.
        std::uint64_t hash = hash_of_active(machine.active(), hash_of(""));
        for (std::size_t event = 0; event + 1 < peer_events.size(); ++event) {
            machine.submit(event);
            hash = hash_of_active(machine.active(), hash);
        }
        machine.submit(peer_events.size() - 1);
        return hash;
    };
    const int status =
        compare(plan, {Comparison{.name = "step of service_onboarding",
                                  .ours = {"step, records, index rows", walk_ours, hash_ours},
                                  .theirs = {"Qt SCXML transition", walk_theirs, hash_theirs},
                                  .operations = walks * dossiers.events(),
                                  .aim = "at least 3"}});
    print_allocations(dossiers);
    return status;
}
