#include "unit/expression/support.hpp"

#include <array>
#include <utility>

#include "unit/calendar/fixture.hpp"

namespace expression_test {
namespace {

using workflow::Frames;
using workflow::List;
using workflow::Members;
using Kind = Type::Kind;

Type optional(Type type) {
    type.optional = true;
    return type;
}

Type choice(std::vector<std::string> options) {
    return {.kind = Kind::choice, .options = std::move(options)};
}

Type record(std::vector<std::pair<std::string, Type>> members) {
    return {.kind = Kind::record, .members = std::move(members)};
}

Value item(const char* name, std::int64_t index, Value outcome) {
    return Members{
        {"item", name}, {"index", index}, {"finished", true}, {"outcome", std::move(outcome)}};
}

Value sealed(Value value) {
    workflow::Sealed seal;
    seal.value = std::move(value);
    return std::make_shared<const workflow::Sealed>(std::move(seal));
}

void add_fields(Dossier& dossier) {
    dossier.add("n", Type::of(Kind::integer), 5);
    dossier.add("amount", Type::of(Kind::number), 2.5);
    dossier.add("whole", Type::of(Kind::number), 7);
    dossier.add("yes", Type::of(Kind::boolean), true);
    dossier.add("title", Type::of(Kind::text), "Đề án");
    dossier.add("note", optional(Type::of(Kind::text)), Value());
    dossier.add("count", optional(Type::of(Kind::integer)), Value());
    dossier.add("maybe", optional(Type::of(Kind::boolean)), Value());
    dossier.add("unset", Type::of(Kind::text), Value());
    dossier.add("opinion", choice({"agreed", "rejected"}), "agreed");
    dossier.add("setup_counts_from", choice({"receipt", "signature"}), "signature");
    dossier.add("units", Type::list_of(Type::of(Kind::text)), List{"culture", "health"});
    dossier.add("objections", Type::list_of(Type::of(Kind::text)), List{"health"});
    dossier.add("numbers", Type::list_of(Type::of(Kind::integer)), List{1, 2, 3});
    dossier.add("secret", Type::of(Kind::text), sealed("hidden"));
    dossier.add("secrets", Type::list_of(Type::of(Kind::text)), List{sealed("a"), "b"});
}

void add_times(Dossier& dossier) {
    using namespace workflow;
    dossier.add("signed_on", optional(Type::of(Kind::date)), *parse_date("2017-04-25"));
    dossier.add("published", Type::of(Kind::date), *parse_date("2017-06-08"));
    dossier.add("now", Type::of(Kind::instant), *parse_instant("2017-06-08T17:00:00+07:00", {}));
    dossier.add("received", Type::of(Kind::instant),
                *parse_instant("2017-04-25T08:00:00+07:00", {}));
    dossier.add("setup_limit", Type::of(Kind::limit), Limit{30, Unit::working_days});
    dossier.add("appraisal_limit", optional(Type::of(Kind::limit)), Value());
}

void add_bound_names(Dossier& dossier) {
    const Type outcome = optional(choice({"accurate", "objected"}));
    dossier.add("items",
                Type::list_of(record({{"item", Type{}},
                                      {"index", Type::of(Kind::integer)},
                                      {"finished", Type::of(Kind::boolean)},
                                      {"outcome", outcome}})),
                List{item("culture", 0, "accurate"), item("health", 1, "objected")});
    dossier.add("actor",
                record({{"id", Type::of(Kind::person)},
                        {"roles", Type::list_of(Type::of(Kind::text))},
                        {"units", Type::list_of(Type::of(Kind::text))}}),
                Members{{"id", "lan"}, {"roles", List{"officer"}}, {"units", List{"culture"}}});
    dossier.add(
        "fields",
        record({{"draft", Type::of(Kind::document)}, {"remark", optional(Type::of(Kind::text))}}),
        Members{{"draft", "draft.pdf"}});
    dossier.add("finished", Type::of(Kind::integer), 2);
    dossier.add("opened", Type::of(Kind::integer), 2);
    dossier.add("anything", Type{}, 3);
    dossier.add("any_list", Type{}, List{1, "a", Value()});
    dossier.add("any_text", Type{}, "text");
}

}  // namespace

void Dossier::add(std::string name, Type type, Value value) {
    const auto slot = static_cast<std::uint16_t>(values.size());
    variables.push_back({std::move(name), std::move(type), {0, slot}});
    values.push_back(std::move(value));
}

Type Dossier::type_of(std::string_view name) const {
    for (const auto& variable : variables) {
        if (variable.name == name) return variable.type;
    }
    return {};
}

Dossier dossier() {
    Dossier all;
    add_fields(all);
    add_times(all);
    add_bound_names(all);
    return all;
}

namespace {

std::string value_of(std::string_view source, const Type& expected,
                     const workflow::ExpressionSettings& settings,
                     const workflow::Calendar* calendar) {
    const Dossier data = dossier();
    const auto compiled = Expression::compile(source, data.variables, expected, settings);
    if (const auto* found = std::get_if<std::vector<workflow::ExpressionProblem>>(&compiled)) {
        return "problem " + found->front().code + " " + std::to_string(found->front().offset);
    }
    const std::array frames{std::span<const Value>(data.values)};
    const auto result = std::get<Expression>(compiled).evaluate(frames, {calendar});
    if (const auto* error = std::get_if<workflow::EvaluationError>(&result)) {
        return "error " + error->code + " " + std::to_string(error->offset);
    }
    return to_string(std::get<Value>(result), std::chrono::hours(7));
}

/// 2017, Monday to Friday, in Vietnam's zone; nothing else is off.
std::shared_ptr<const workflow::Calendar> calendar() {
    workflow::CalendarDefinition definition = calendar_fixture::definition();
    definition.zone_name = "Asia/Ho_Chi_Minh";
    definition.first = calendar_fixture::date("2017-01-01");
    definition.announced_until = definition.last = calendar_fixture::date("2017-12-31");
    definition.days_off.clear();
    definition.working_days.clear();
    return calendar_fixture::build(std::move(definition));
}

constexpr auto all_results = workflow::ExpressionSettings::Results::all;
constexpr auto at_run_time = workflow::ExpressionSettings::Checking::at_run_time;

}  // namespace

std::string evaluated(std::string_view source, const Type& expected) {
    return value_of(source, expected, {}, nullptr);
}

std::string cel_value(std::string_view source) {
    return value_of(source, {}, {.results = all_results}, calendar().get());
}

std::string unchecked_value(std::string_view source) {
    return value_of(source, {}, {.checking = at_run_time, .results = all_results}, nullptr);
}

std::string problems(std::string_view source, const Type& expected) {
    const auto compiled = Expression::compile(source, dossier().variables, expected);
    const auto* found = std::get_if<std::vector<workflow::ExpressionProblem>>(&compiled);
    std::string text;
    if (found == nullptr) return text;
    for (const auto& problem : *found) {
        if (!text.empty()) text += "; ";
        text += problem.code + " " + std::to_string(problem.offset);
        std::string arguments;
        for (const auto& argument : problem.arguments) {
            arguments += (arguments.empty() ? "" : " | ") + argument;
        }
        text += " [" + arguments + "]";
    }
    return text;
}

}  // namespace expression_test
