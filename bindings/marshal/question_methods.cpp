// What is asked: of one instance, of what waits, of many by their states, ends and data.
#include <array>

#include "marshal/methods.hpp"

namespace workflow::marshal {
namespace {

/// {items, cursor, finished}.
Reply page(Value items, const std::string& cursor, bool finished) {
    return {false, Members{{"items", std::move(items)}, {"cursor", cursor}, {"finished", finished}}};
}

Reply get(Engine& engine, Arguments& arguments) {
    const std::string id = arguments.text("instance");
    const Sensitive sensitive = arguments.flag("sensitive") ? Sensitive::shown : Sensitive::hidden;
    arguments.done();
    return {false, instance(engine.get(id), engine.now(), sensitive)};
}

Reply history(Engine& engine, Arguments& arguments) {
    const std::string id = arguments.text("instance");
    arguments.done();
    return {false, list_of(engine.history(id), [&](const HistoryEntry& entry) {
                return history_entry(entry, *engine.procedure(entry.procedure));
            })};
}

Reply permitted_now(Engine& engine, Arguments& arguments) {
    const std::string id = arguments.text("instance");
    const Actor actor = arguments.actor();
    arguments.done();
    const InstanceView view = engine.get(id);
    return {false, list_of(engine.permitted(id, actor), [&](const PermittedAction& one) {
                return permitted(one, *view.procedure);
            })};
}

Reply explain(Engine& engine, Arguments& arguments) {
    const std::string id = arguments.text("instance");
    arguments.done();
    const auto one = [&](const ClockExplanation& explained) -> Value {
        const auto procedure = engine.procedure(explained.procedure);
        List days;
        if (explained.derivation) {
            for (const ExplainedDay& day : explained.derivation->days) {
                const bool counted = day.kind == ExplainedDay::Kind::counted ||
                                     day.kind == ExplainedDay::Kind::make_up;
                days.push_back(Members{{"date", day.date},
                                       {"counted", counted},
                                       {"number", day.number},
                                       {"reason", text_or_null(day.reason.in("en"))},
                                       {"source", text_or_null(day.source)}});
            }
        }
        return Members{{"clock", clock(explained.view, *procedure)},
                       {"ended", explained.ended},
                       {"calendar", explained.calendar_id},
                       {"calendar_version", explained.calendar_version},
                       {"source", text_or_null(procedure->clock_source(explained.view.clock))},
                       {"days", std::move(days)}};
    };
    return {false, list_of(engine.explain(id), one)};
}

Reply instances(Engine& engine, Arguments& arguments) {
    const auto [after, rows] = arguments.paging();
    arguments.done();
    const auto ids = engine.instances(after, rows);
    return page(list_of(ids), ids.empty() ? after : ids.back(), ids.size() < rows);
}

Reply worklist(Engine& engine, Arguments& arguments) {
    const Actor actor = arguments.actor();
    const WorkFilter filter{.role = arguments.text_or_empty("role"),
                            .unit = arguments.text_or_empty("unit"),
                            .procedure = arguments.text_or_empty("procedure"),
                            .state = arguments.text_or_empty("state"),
                            .text = arguments.text_or_empty("text"),
                            .overdue = arguments.flag("overdue")};
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    const WorkPage found = engine.worklist(actor, filter, cursor, rows);
    return page(list_of(found.items, work_item), found.cursor, found.finished);
}

Reply incidents(Engine& engine, Arguments& arguments) {
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    const IncidentPage found = engine.incidents(cursor, rows);
    return page(list_of(found.items,
                        [](const IncidentItem& item) {
                            return Value(Members{{"instance", item.instance},
                                                 {"token", std::int64_t{item.token}},
                                                 {"state", item.state},
                                                 {"reason", incident_sentence(item.reason)},
                                                 {"since", item.since}});
                        }),
                found.cursor, found.finished);
}

Reply standing(Engine& engine, Arguments& arguments) {
    const std::string procedure = arguments.text("procedure");
    const std::string state = arguments.text("state");
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    const StandingPage found = engine.standing(procedure, state, cursor, rows);
    return page(list_of(found.items,
                        [](const StandingItem& item) {
                            return Value(Members{{"instance", item.instance},
                                                 {"item", std::int64_t{item.ordinal}},
                                                 {"unit", text_or_null(item.unit)},
                                                 {"due", instant_or_null(item.due)}});
                        }),
                found.cursor, found.finished);
}

Reply standing_counts(Engine& engine, Arguments& arguments) {
    const std::string procedure = arguments.text("procedure");
    arguments.done();
    return {false, list_of(engine.standing_counts(procedure), [](const StandingCount& one) {
                return Value(Members{{"state", one.state},
                                     {"unit", text_or_null(one.unit)},
                                     {"tokens", count(one.tokens)},
                                     {"late", count(one.late)}});
            })};
}

Reply under_way(Engine& engine, Arguments& arguments) {
    const std::string procedure = arguments.text("procedure");
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    const UnderWayPage found = engine.under_way(procedure, cursor, rows);
    return page(list_of(found.items,
                        [](const UnderWayItem& item) {
                            return Value(Members{{"instance", item.instance},
                                                 {"unit", text_or_null(item.unit)},
                                                 {"received", item.received},
                                                 {"due", instant_or_null(item.due)}});
                        }),
                found.cursor, found.finished);
}

Reply closed(Engine& engine, Arguments& arguments) {
    const std::string procedure = arguments.text("procedure");
    const std::string outcome = arguments.text_or_empty("outcome");
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    const ClosedPage found = engine.closed(procedure, outcome, cursor, rows);
    return page(list_of(found.items,
                        [](const ClosedItem& item) {
                            return Value(Members{{"instance", item.instance},
                                                 {"unit", text_or_null(item.unit)},
                                                 {"received", item.received},
                                                 {"closed", item.closed},
                                                 {"result", to_string(item.result)},
                                                 {"working_days", item.working_days}});
                        }),
                found.cursor, found.finished);
}

Reply find(Engine& engine, Arguments& arguments) {
    const std::string procedure = arguments.text("procedure");
    const std::string field = arguments.text("field");
    const Value* value = arguments.value("value");
    if (value == nullptr) throw arguments.wrong("value", "is missing: give what the field holds");
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    const FoundPage found = engine.find(procedure, field, *value, cursor, rows);
    return page(list_of(found.instances), found.cursor, found.finished);
}

Reply statistics(Engine& engine, Arguments& arguments) {
    const std::string procedure = arguments.text("procedure");
    const Instant from = arguments.needed_instant("from");
    const Instant until = arguments.needed_instant("until");
    arguments.done();
    return {false, list_of(engine.statistics(procedure, from, until), [](const UnitStatistics& one) {
                return Value(Members{{"unit", text_or_null(one.unit)},
                                     {"carried_over", count(one.carried_over)},
                                     {"received", count(one.received)},
                                     {"early", count(one.early)},
                                     {"on_time", count(one.on_time)},
                                     {"late", count(one.late)},
                                     {"without_limit", count(one.without_limit)},
                                     {"resolved", count(one.resolved())},
                                     {"in_progress", count(one.in_progress())},
                                     {"late_now", count(one.late_now)},
                                     {"average_working_days", one.average_working_days()}});
            })};
}

Reply changes(Engine& engine, Arguments& arguments) {
    const auto [cursor, rows] = arguments.paging();
    arguments.done();
    const ChangePage found = engine.changes(cursor, rows);
    return page(list_of(found.changes,
                        [&](const CommittedStep& step) {
                            return Value(Members{
                                {"instance", step.instance},
                                {"step", history_entry(step.entry,
                                                       *engine.procedure(step.entry.procedure))}});
                        }),
                found.cursor, found.finished);
}

Reply next_due(Engine& engine, Arguments& arguments) {
    arguments.done();
    return {false, instant_or_null(engine.next_due())};
}

Reply now(Engine& engine, Arguments& arguments) {
    arguments.done();
    return {false, engine.now()};
}

Reply metrics(Engine& engine, Arguments& arguments) {
    arguments.done();
    return {false, engine.metrics()};
}

constexpr std::array<Method, 17> methods_of_questions{{
    {"changes", changes},
    {"closed", closed},
    {"explain", explain},
    {"find", find},
    {"get", get},
    {"history", history},
    {"incidents", incidents},
    {"instances", instances},
    {"metrics", metrics},
    {"next_due", next_due},
    {"now", now},
    {"permitted", permitted_now},
    {"standing", standing},
    {"standing_counts", standing_counts},
    {"statistics", statistics},
    {"under_way", under_way},
    {"worklist", worklist},
}};

}  // namespace

std::span<const Method> question_methods() {
    return methods_of_questions;
}

}  // namespace workflow::marshal
