// New versions of calendars and procedures under open instances, and officers who are away or left.
#include <array>
#include <nlohmann/json.hpp>

#include "marshal/methods.hpp"
#include "workflow/json.hpp"

namespace workflow::marshal {
namespace {

MigrationMapping mapping(Arguments& arguments) {
    const Value* given = arguments.value("mapping");
    if (given == nullptr) return {};
    return mapping_from_json(to_json(*given, UtcOffset{}));
}

Reply calendar_report(const CalendarReport& report) {
    Members members = batch(report);
    members.emplace_back("moved", list_of(report.moved, [](const CalendarReport::Moved& one) {
                             return Value(Members{
                                 {"instance", one.instance},
                                 {"dates", list_of(one.dates, [&](const Redated& moved) {
                                      return redated(moved, *one.procedure);
                                  })}});
                         }));
    return {false, std::move(members)};
}

Reply calendar_impact(Engine& engine, Arguments& arguments) {
    LoadedCalendar given = given_calendar(arguments);
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    const auto calendar = calendar_or_throw(std::move(given));
    return calendar_report(engine.calendar_impact(calendar, cursor, rows));
}

Reply apply_calendar(Engine& engine, Arguments& arguments) {
    const std::string id = arguments.text("calendar");
    const Actor actor = arguments.actor();
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    return calendar_report(engine.apply_calendar(id, actor, cursor, rows));
}

Reply migrate(Engine& engine, Arguments& arguments) {
    const std::string instance = arguments.text("instance");
    const auto version = arguments.integer("version", 1, INT64_MAX);
    if (!version) throw arguments.wrong("version", "is missing: give the version to move to");
    const MigrationMapping mapped = mapping(arguments);
    const Actor actor = arguments.actor();
    const std::string reason = arguments.text("reason");
    const Request request = arguments.request();
    arguments.done();
    return reply(engine.migrate(instance, *version, mapped, actor, reason, request), engine, instance);
}

Reply plan_migration(Engine& engine, Arguments& arguments) {
    const std::string_view source = arguments.one_of({"file", "yaml", "procedure"});
    std::shared_ptr<const Procedure> to;
    if (source == "procedure") {
        const std::string id = arguments.text("procedure");
        to = engine.procedure(id, arguments.integer("version"));
    } else {
        to = procedure_or_throw(given_procedure(arguments));
    }
    const MigrationMapping mapped = mapping(arguments);
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    const MigrationReport report = engine.plan_migration(to, mapped, cursor, rows);
    Members members = batch(report);
    members.emplace_back(
        "planned", list_of(report.planned, [&](const MigrationReport::Planned& one) {
            const auto& refused = one.plan.refused;
            return Value(Members{{"instance", one.instance},
                                 {"version", one.version},
                                 {"refused", refused ? refusal(*refused, nullptr) : Value()},
                                 {"dates", list_of(one.plan.dates, [&](const Redated& moved) {
                                      return redated(moved, *to);
                                  })}});
        }));
    return {false, std::move(members)};
}

Reply put_delegation(Engine& engine, Arguments& arguments) {
    Delegation delegation;
    delegation.delegator = arguments.text("delegator");
    delegation.delegate = arguments.text("delegate");
    delegation.roles = arguments.texts("roles");
    delegation.units = arguments.texts("units");
    delegation.since = arguments.needed_instant("since");
    delegation.until = arguments.needed_instant("until");
    delegation.entered_by = arguments.text_or_empty("entered_by");
    delegation.reason = arguments.text_or_empty("reason");
    arguments.done();
    engine.put_delegation(delegation);
    return {};
}

Reply delegations(Engine& engine, Arguments& arguments) {
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    const DelegationPage found = engine.delegations(cursor, rows);
    const auto one = [](const Delegation& of) {
        return Value(Members{{"delegator", of.delegator},
                             {"delegate", of.delegate},
                             {"roles", list_of(of.roles)},
                             {"units", list_of(of.units)},
                             {"since", of.since},
                             {"until", of.until},
                             {"entered_by", text_or_null(of.entered_by)},
                             {"reason", text_or_null(of.reason)}});
    };
    return {false, Members{{"items", list_of(found.delegations, one)},
                           {"cursor", found.cursor},
                           {"finished", found.finished}}};
}

Reply handover_report(const HandoverReport& report) {
    return {false, Members{{"items", list_of(report.items, work_item)},
                           {"failed", failures(report.failed)},
                           {"cursor", report.cursor},
                           {"finished", report.finished}}};
}

Reply plan_reassign_all(Engine& engine, Arguments& arguments) {
    const std::string from = arguments.text("from");
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    return handover_report(engine.plan_reassign_all(from, cursor, rows));
}

Reply reassign_all(Engine& engine, Arguments& arguments) {
    const std::string from = arguments.text("from");
    const std::string to = arguments.text("to");
    const Actor actor = arguments.actor();
    const std::string reason = arguments.text("reason");
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    return handover_report(engine.reassign_all(from, to, actor, reason, cursor, rows));
}

constexpr std::array<Method, 8> methods_of_versions{{
    {"apply_calendar", apply_calendar},
    {"calendar_impact", calendar_impact},
    {"delegations", delegations},
    {"migrate", migrate},
    {"plan_migration", plan_migration},
    {"plan_reassign_all", plan_reassign_all},
    {"put_delegation", put_delegation},
    {"reassign_all", reassign_all},
}};

}  // namespace

std::span<const Method> version_methods() {
    return methods_of_versions;
}

}  // namespace workflow::marshal
