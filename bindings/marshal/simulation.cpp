#include "workflow/simulation.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "marshal/arguments.hpp"
#include "marshal/marshal.hpp"
#include "workflow/calibration.hpp"
#include "workflow/definition.hpp"
#include "workflow/error.hpp"

namespace workflow::marshal {
namespace {

using Json = nlohmann::ordered_json;

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
    const Place& at = assumptions.arrivals_at;
    throw Error(ErrorCode::misuse,
                fmt::format("{}:{}:{}: more work comes than these people can do: {} has {:.2f} hours of it in each hour, "
                            "and {:.2f} people for it; give the scenario more people or fewer "
                            "arrivals, or set 'allow_overload'",
                            printable(at.file), at.line, at.column, roles, load.hours_coming, load.people));
}

/// Of `folder`, `procedure` and, where it is another than simulation.yaml beside the procedure, `scenario`.
struct ProcedureFolder {
    explicit ProcedureFolder(Arguments& arguments)
        : folder(arguments.text("folder")), id(arguments.text("procedure")) {}
    [[nodiscard]] std::string file(const char* name) const { return folder + "/" + id + "/" + name; }
    [[nodiscard]] std::shared_ptr<const Procedure> procedure() const {
        return procedure_or_throw(load_procedure_file(file("procedure.yaml")));
    }
    std::string folder;
    std::string id;
};

simulation::Assumptions assumptions_of(const ProcedureFolder& place, const std::string& scenario) {
    auto loaded = simulation::load_assumptions_file(
        scenario.empty() ? place.file("simulation.yaml") : scenario, place.procedure(),
        calendars_in(place.folder));
    if (!loaded.assumptions) throw DefinitionError(loaded.diagnostics);
    return std::move(*loaded.assumptions);
}

/// How much is simulated, and whether queues may grow without end.
struct Extent {
    explicit Extent(Arguments& arguments) {
        constexpr std::int64_t most = 100'000'000;
        constexpr std::int64_t replications_most = 10'000;
        constexpr std::int64_t threads_most = 256;
        const auto number = [&](std::string_view name, std::int64_t from, std::int64_t to, std::int64_t usual) {
            return static_cast<std::uint64_t>(arguments.integer(name, from, to).value_or(usual));
        };
        plan.run.until = arguments.instant("until");
        plan.run.dossiers = number("dossiers", 1, most, plan.run.until ? INT64_MAX : 1'000);
        plan.run.warm_up = number("warm_up", 0, most, 0);
        plan.run.seed = number("seed", 0, INT64_MAX, 1);
        plan.replications = number("replications", 1, replications_most, 10);
        plan.threads = number("threads", 1, threads_most, 1);
        allow_overload = arguments.flag("allow_overload");
    }
    [[nodiscard]] simulation::Simulated simulate(const simulation::Assumptions& assumptions) const {
        const auto objections = simulation::objections_to(assumptions);
        if (!objections.empty()) throw Error(ErrorCode::misuse, objections.front());
        if (!allow_overload) check_load(assumptions);
        return simulation::simulate(assumptions, plan);
    }
    simulation::Plan plan;
    bool allow_overload = false;
};

simulation::Assumptions side(Arguments& arguments, std::string_view name) {
    const Value* given = arguments.value(name);
    if (given == nullptr) {
        throw arguments.wrong(name, "is missing: give {folder, procedure, scenario?}");
    }
    Arguments of_side(name, *given);
    const ProcedureFolder place(of_side);
    const std::string scenario = of_side.text_or_empty("scenario");
    of_side.done();
    return assumptions_of(place, scenario);
}

Json fit(const simulation::FittedAmount& one) {
    return {{"what", one.what},
            {"distribution", simulation::kind_of(one.distribution)},
            {"mean_hours", simulation::mean_of(one.distribution)},
            {"count", one.count},
            {"distance", one.distance},
            {"probability", one.probability}};
}

Json simulate(Arguments& arguments) {
    const ProcedureFolder place(arguments);
    const std::string scenario = arguments.text_or_empty("scenario");
    const Extent extent(arguments);
    arguments.done();
    const auto assumptions = assumptions_of(place, scenario);
    return simulation::to_json(assumptions, extent.plan, extent.simulate(assumptions));
}

Json compare_simulations(Arguments& arguments) {
    const auto before = side(arguments, "before");
    const auto after = side(arguments, "after");
    const Extent extent(arguments);
    arguments.done();
    const auto first = extent.simulate(before);
    const auto second = extent.simulate(after);
    return {{"before", simulation::to_json(before, extent.plan, first)},
            {"after", simulation::to_json(after, extent.plan, second)},
            {"differences", simulation::to_json(simulation::differences(before, first, after, second),
                                                simulation::hours_of_day(before.calendar()))}};
}

Json calibrate(Arguments& arguments) {
    const ProcedureFolder place(arguments);
    const std::string log_file = arguments.text("log");
    const std::string map_yaml = arguments.text_or_empty("map");
    arguments.done();
    const auto procedure = place.procedure();
    simulation::LogMap map = simulation::own_log_map(*procedure);
    if (!map_yaml.empty()) {
        auto loaded = simulation::load_log_map(map_yaml, "map", *procedure);
        if (!loaded.map) throw DefinitionError(loaded.diagnostics);
        map = std::move(*loaded.map);
    }
    const LoadedEventLog log = load_event_log_file(log_file, map.columns);
    if (!log.log) throw DefinitionError(log.diagnostics);
    const auto found = simulation::calibrate(procedure, calendars_in(place.folder), *log.log, map);
    Json fits = Json::array();
    for (const auto& one : found.fits) fits.push_back(fit(one));
    Json unmapped = Json::array();
    for (const auto& [activity, times] : found.unmapped) {
        unmapped.push_back({{"activity", activity}, {"count", times}});
    }
    return {{"scenario", simulation::to_yaml(found)},
            {"cases", found.cases},
            {"events", found.events},
            {"mapped", found.mapped},
            {"begins_are_known", found.begins_are_known},
            {"fits", std::move(fits)},
            {"unmapped", std::move(unmapped)}};
}

}  // namespace

std::string call_without_engine(std::string_view name, const Value& given) {
    using Call = Json (*)(Arguments&);
    static constexpr std::array<std::pair<std::string_view, Call>, 3> calls{{
        {"calibrate", calibrate},
        {"compare_simulations", compare_simulations},
        {"simulate", simulate},
    }};
    const auto found = std::find_if(calls.begin(), calls.end(),
                                    [&](const auto& one) { return one.first == name; });
    if (found == calls.end()) {
        throw Error(ErrorCode::misuse, "there is no call '" + printable(name) + "' without an engine");
    }
    Arguments arguments(name, given);
    return found->second(arguments).dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace workflow::marshal
