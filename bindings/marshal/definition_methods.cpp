// Procedures and calendars: registering them, and what is registered.
#include <array>

#include "marshal/methods.hpp"
#include "workflow/graph.hpp"

namespace workflow::marshal {
namespace {

Value warnings(const Diagnostics& diagnostics) {
    return list_of(diagnostics, [](const Diagnostic& one) { return Value(to_string(one)); });
}

Value described(const Procedure& procedure) {
    List states;
    for (std::uint32_t state = 1; state < procedure.state_count(); ++state) {
        const Named named = procedure.state(state);
        const std::uint32_t parent = procedure.state_parent(state);
        const std::uint32_t role = procedure.state_role(state);
        states.push_back(Members{
            {"id", named.id},
            {"title", named.title.empty() ? named.id : named.title.in("en")},
            {"kind", to_string(procedure.state_kind(state))},
            {"inside", parent == 0 ? Value() : Value(procedure.state(parent).id)},
            {"role", role == no_index ? Value() : Value(procedure.role(role).id)}});
    }
    return Members{{"procedure", procedure.id()},
                   {"version", procedure.version()},
                   {"title", procedure.title().in("en")},
                   {"digest", to_hex(procedure.digest())},
                   {"calendar", procedure.calendar()},
                   {"languages", list_of(procedure.languages())},
                   {"roles", list_of(procedure.role_ids())},
                   {"states", std::move(states)}};
}

Value named(const Procedure& procedure) {
    return Members{{"procedure", procedure.id()},
                   {"version", procedure.version()},
                   {"digest", to_hex(procedure.digest())}};
}

Reply register_procedure(Engine& engine, Arguments& arguments) {
    const LoadedProcedure loaded = given_procedure(arguments);
    arguments.done();
    engine.register_procedure(loaded);
    return {false, Members{{"procedure", loaded.procedure->id()},
                           {"version", loaded.procedure->version()},
                           {"digest", to_hex(loaded.procedure->digest())},
                           {"warnings", warnings(loaded.diagnostics)}}};
}

Reply register_calendar(Engine& engine, Arguments& arguments) {
    const LoadedCalendar loaded = given_calendar(arguments);
    arguments.done();
    engine.register_calendar(loaded);
    return {false, Members{{"calendar", loaded.calendar->id()},
                           {"warnings", warnings(loaded.diagnostics)}}};
}

Reply register_folder(Engine& engine, Arguments& arguments) {
    const ProcedureRegistry registry(arguments.text("folder"));
    arguments.done();
    if (registry.procedures().empty() && registry.calendars().empty()) {
        throw arguments.wrong("folder", "holds no definitions: they are looked for as "
                                        "calendars/*.yaml and ID/procedure.yaml in it");
    }
    engine.register_all(registry);
    List procedures;
    for (const auto& [id, loaded] : registry.procedures()) {
        if (loaded.procedure != nullptr) procedures.push_back(named(*loaded.procedure));
    }
    List calendars;
    for (const auto& [id, loaded] : registry.calendars()) calendars.emplace_back(id);
    return {false, Members{{"procedures", std::move(procedures)},
                           {"calendars", std::move(calendars)},
                           {"warnings", warnings(registry.diagnostics())}}};
}

std::shared_ptr<const Procedure> asked_for(Engine& engine, Arguments& arguments) {
    const std::string id = arguments.text("procedure");
    return engine.procedure(id, arguments.integer("version"));
}

Reply procedure(Engine& engine, Arguments& arguments) {
    const auto found = asked_for(engine, arguments);
    arguments.done();
    return {false, described(*found)};
}

Reply procedures(Engine& engine, Arguments& arguments) {
    arguments.done();
    return {false, list_of(engine.procedures(), [](const auto& one) { return named(*one); })};
}

Reply graph(Engine& engine, Arguments& arguments) {
    const bool of_instance = arguments.one_of({"procedure", "instance"}) == "instance";
    GraphOptions options;
    if (const std::string language = arguments.text_or_empty("language"); !language.empty()) {
        options.language = language;
    }
    options.variant = arguments.text_or_empty("variant");
    const std::string format = arguments.text_or_empty("format");
    if (!format.empty() && format != "dot" && format != "mermaid") {
        throw arguments.wrong("format", "is dot or mermaid");
    }
    std::shared_ptr<const Procedure> drawn;
    Trail trail;
    if (of_instance) {
        const std::string id = arguments.text("instance");
        const InstanceView view = engine.get(id);
        drawn = view.procedure;
        std::vector<std::vector<Record>> steps;
        for (const HistoryEntry& entry : engine.history(id)) {
            if (entry.procedure == drawn->digest()) steps.push_back(entry.records);
        }
        trail = trail_of(*drawn, steps, &view.instance);
        options.trail = &trail;
        options.title = id;
    } else {
        drawn = asked_for(engine, arguments);
    }
    arguments.done();
    return {false, format == "mermaid" ? to_mermaid(*drawn, options) : to_dot(*drawn, options)};
}

constexpr std::array<Method, 6> methods_of_definitions{{
    {"graph", graph},
    {"procedure", procedure},
    {"procedures", procedures},
    {"register_calendar", register_calendar},
    {"register_folder", register_folder},
    {"register_procedure", register_procedure},
}};

}  // namespace

LoadedProcedure given_procedure(Arguments& arguments) {
    if (arguments.one_of({"file", "yaml"}) == "file") return load_procedure_file(arguments.text("file"));
    return load_procedure(arguments.text("yaml"), "procedure.yaml");
}

LoadedCalendar given_calendar(Arguments& arguments) {
    if (arguments.one_of({"file", "yaml"}) == "file") return load_calendar_file(arguments.text("file"));
    return load_calendar(arguments.text("yaml"), "calendar.yaml");
}

std::span<const Method> definition_methods() {
    return methods_of_definitions;
}

}  // namespace workflow::marshal
