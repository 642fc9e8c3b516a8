#include "workflow/simulation.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "marshal/arguments.hpp"
#include "marshal/marshal.hpp"
#include "workflow/definition.hpp"
#include "workflow/error.hpp"

namespace workflow::marshal {
namespace {

/// Of a folder `calendars` with `*.yaml`.
Calendars calendars_in(const std::string& folder) {
    const ProcedureRegistry registry(folder);
    if (has_errors(registry.diagnostics())) throw DefinitionError(registry.diagnostics());
    Calendars calendars;
    for (const auto& [id, loaded] : registry.calendars()) calendars.add(loaded.calendar);
    return calendars;
}

/// Error{misuse} where queues would grow without end.
void check_load(const simulation::Assumptions& assumptions) {
    const simulation::Load load = simulation::heaviest_load(assumptions);
    if (load.roles.empty() || load.ratio() < 1) return;
    std::string roles;
    for (const std::uint32_t role : load.roles) {
        roles += (roles.empty() ? "" : ", ") + assumptions.procedure->role(role).id;
    }
    throw Error(ErrorCode::misuse,
                fmt::format("more work comes than these people can do: {} has {:.2f} hours of it in each hour, "
                            "and {:.2f} people for it; give the scenario more people or fewer "
                            "arrivals, or set 'allow_overload'",
                            roles, load.hours_coming, load.people));
}

}  // namespace

std::string simulate(const Value& given) {
    Arguments arguments("simulate", given);
    const std::string folder = arguments.text("folder");
    const std::string id = arguments.text("procedure");
    const std::string scenario = arguments.text_or_empty("scenario");
    simulation::Plan plan;
    constexpr std::int64_t most = 100'000'000;
    plan.run.until = arguments.instant("until");
    const std::int64_t usual = plan.run.until ? INT64_MAX : 1'000;
    plan.run.dossiers =
        static_cast<std::uint64_t>(arguments.integer("dossiers", 1, most).value_or(usual));
    plan.run.warm_up = static_cast<std::uint64_t>(arguments.integer("warm_up", 0, most).value_or(0));
    plan.run.seed = static_cast<std::uint64_t>(arguments.integer("seed", 0, INT64_MAX).value_or(1));
    constexpr std::int64_t replications_most = 10'000;
    plan.replications =
        static_cast<std::uint64_t>(arguments.integer("replications", 1, replications_most).value_or(10));
    constexpr std::int64_t threads_most = 256;
    plan.threads = static_cast<std::size_t>(arguments.integer("threads", 1, threads_most).value_or(1));
    const bool allow_overload = arguments.flag("allow_overload");
    arguments.done();

    const std::string place = folder + "/" + id + "/";
    const auto procedure = procedure_or_throw(load_procedure_file(place + "procedure.yaml"));
    const Calendars calendars = calendars_in(folder);
    const auto loaded = simulation::load_assumptions_file(
        scenario.empty() ? place + "simulation.yaml" : scenario, procedure, calendars);
    if (!loaded.assumptions) throw DefinitionError(loaded.diagnostics);
    const auto objections = simulation::objections_to(*loaded.assumptions);
    if (!objections.empty()) throw Error(ErrorCode::misuse, objections.front());
    if (!allow_overload) check_load(*loaded.assumptions);
    return simulation::to_json(*loaded.assumptions, plan,
                               simulation::simulate(*loaded.assumptions, plan))
        .dump();
}

}  // namespace workflow::marshal
