// Two simulations side by side.
#include <algorithm>
#include <functional>

#include "procedure/model.hpp"
#include "workflow/simulation.hpp"

namespace workflow::simulation {
namespace {

struct Side {
    const Assumptions& assumptions;
    const Simulated& simulated;
};
/// Of one replication; nothing: it has none.
using FigureOf = std::function<std::optional<double>(const Assumptions&, const Replication&)>;

void add(std::vector<Difference>& found, Difference::Figure figure, const std::string& of,
         const Side& before, const Side& after, const FigureOf& figure_of) {
    const auto first = figure_of(before.assumptions, before.simulated.together);
    const auto second = figure_of(after.assumptions, after.simulated.together);
    if (!first || !second) return;
    Difference difference{.figure = figure, .of = of, .before = *first, .after = *second};
    std::vector<double> changes;
    const std::size_t pairs = std::min(before.simulated.replications.size(),
                                       after.simulated.replications.size());
    for (std::size_t i = 0; i < pairs; ++i) {
        const auto a = figure_of(before.assumptions, before.simulated.replications[i]);
        const auto b = figure_of(after.assumptions, after.simulated.replications[i]);
        if (a && b) changes.push_back(*b - *a);
    }
    if (changes.size() == pairs) difference.change = confidence_interval(changes);
    found.push_back(std::move(difference));
}

std::optional<double> late_share(const Replication& result, const std::string& clock) {
    const auto found = result.clocks.find(clock);
    if (found == result.clocks.end()) return std::nullopt;
    const ClockResultCounts& counts = found->second;
    const std::uint64_t all = counts.early + counts.on_time + counts.late;
    if (all == 0) return std::nullopt;
    return static_cast<double>(counts.late) / static_cast<double>(all);
}

std::optional<std::uint32_t> role_number(const Assumptions& assumptions, const std::string& id) {
    const procedure::RoleIndex role = procedure::find_role(assumptions.procedure->model(), id);
    return role == procedure::none ? std::nullopt : std::optional(role);
}

}  // namespace

std::vector<Difference> differences(const Assumptions& before_assumptions, const Simulated& before,
                                    const Assumptions& after_assumptions, const Simulated& after) {
    using Figure = Difference::Figure;
    const Side first{before_assumptions, before};
    const Side second{after_assumptions, after};
    std::vector<Difference> found;
    add(found, Figure::lead, {}, first, second,
        [](const Assumptions&, const Replication& one) { return one.lead.mean(); });
    for (const auto& [clock, counts] : before.together.clocks) {
        add(found, Figure::late, clock, first, second,
            [&id = clock](const Assumptions&, const Replication& one) { return late_share(one, id); });
    }
    const auto& roles = before_assumptions.procedure->model().roles;
    for (const procedure::Role& role : roles) {
        add(found, Figure::waiting, role.id, first, second,
            [&](const Assumptions& of, const Replication& one) -> std::optional<double> {
                const auto number = role_number(of, role.id);
                if (!number || one.roles[*number].waiting.count() == 0) return std::nullopt;
                return one.roles[*number].waiting.mean();
            });
    }
    for (const procedure::Role& role : roles) {
        add(found, Figure::utilisation, role.id, first, second,
            [&](const Assumptions& of, const Replication& one) -> std::optional<double> {
                const auto number = role_number(of, role.id);
                return number ? utilisation_of(of, one, *number) : std::nullopt;
            });
    }
    for (const auto& [outcome, counts] : before.together.outcomes) {
        add(found, Figure::outcome, outcome, first, second,
            [&id = outcome](const Assumptions&, const Replication& one) -> std::optional<double> {
                const auto ended = one.outcomes.find(id);
                if (one.ended == 0) return std::nullopt;
                const auto count = ended == one.outcomes.end() ? 0 : ended->second.count;
                return static_cast<double>(count) / static_cast<double>(one.ended);
            });
    }
    return found;
}

}  // namespace workflow::simulation
