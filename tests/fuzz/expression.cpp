// An expression of any bytes: read, printed and read again, checked, and evaluated over the dossier
// of the unit tests, in both ways of checking.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/catalogue.hpp"
#include "expression/parser.hpp"
#include "expression/printer.hpp"
#include "fuzz/exact_value.hpp"
#include "fuzz/property.hpp"
#include "support/syntax_tree.hpp"
#include "unit/expression/support.hpp"
#include "workflow/limits.hpp"

namespace {

using namespace workflow;
using namespace workflow::fuzz;
using Checking = ExpressionSettings::Checking;
using Results = ExpressionSettings::Results;

const expression_test::Dossier& dossier() {
    static const expression_test::Dossier all = expression_test::dossier();
    return all;
}

/// Monday to Friday, 08:00 to 17:00, around the dates of the dossier; one day off.
CalendarDefinition small_calendar() {
    using namespace std::chrono_literals;
    CalendarDefinition made;
    made.id = "small";
    made.offset = 7h;
    for (std::size_t day = 1; day <= 5; ++day) made.week[day] = {{8h, 17h}};
    made.first = 2017y / 1 / 1;
    made.announced_until = 2017y / 12 / 31;
    made.last = 2018y / 12 / 31;
    made.place = {"small.yaml", 1, 1};
    made.days_off = {{2017y / 5 / 1, {{{"en", "Labour Day"}}}, "law", {"small.yaml", 2, 1}}};
    return made;
}

const Calendar& calendar() {
    static const auto made = std::get<0>(Calendar::build(small_calendar()));
    return *made;
}

void check_code(const std::string& code, std::size_t offset, std::string_view source) {
    require(base::find_entry(code) != nullptr, "a code has its sentences", code);
    require(offset <= source.size(), "a problem stands in the source", std::to_string(offset));
}

/// Whether it can be read at all.
bool check_printing(std::string_view source) {
    using namespace workflow::expression;
    const auto read = parse(source);
    if (const auto* problem = std::get_if<ExpressionProblem>(&read)) {
        check_code(problem->code, problem->offset, source);
        return false;
    }
    const Tree& tree = std::get<Tree>(read);
    const std::string text = print(tree);
    if (text.size() > limits::expression_bytes_max) return true;
    const auto again = parse(text);
    const auto* same = std::get_if<Tree>(&again);
    require(same != nullptr, "what was printed can be read", text);
    require(same_tree(tree, *same), "what was printed says the same", text);
    require(print(*same) == text, "printed again it is the same", text);
    return true;
}

std::optional<Expression> compiled(std::string_view source, Checking checking, Results results) {
    auto made = Expression::compile(source, dossier().variables, {},
                                    {.checking = checking, .results = results});
    if (auto* expression = std::get_if<Expression>(&made)) return std::move(*expression);
    const auto& problems = std::get<std::vector<ExpressionProblem>>(made);
    require(!problems.empty(), "what does not compile has a problem");
    for (const auto& problem : problems) check_code(problem.code, problem.offset, source);
    return std::nullopt;
}

/// A condition's value is that of the whole, made another way. Not the same error: what is wrong
/// with a value may also be that it is no boolean.
void check_test(const Expression& expression, Frames frames, const Outcome& evaluated) {
    const auto tested = expression.test(frames, {&calendar()});
    const bool* const condition = std::get_if<bool>(&tested);
    const auto* value = std::get_if<Value>(&evaluated);
    const bool* const wanted = value == nullptr ? nullptr : value->open().boolean();
    require((wanted == nullptr) == (condition == nullptr), "test() gives booleans only",
            exact(evaluated));
    require(wanted == nullptr || *wanted == *condition, "test() agrees with evaluate()",
            exact(evaluated));
}

void check_outcome(const Expression& expression, const Outcome& outcome, Results results) {
    if (const auto* error = std::get_if<EvaluationError>(&outcome)) {
        check_code(error->code, error->offset, expression.source());
        return;
    }
    const Value& value = std::get<Value>(outcome);
    const std::string beyond = beyond_limits(value);
    require(beyond.empty(), "a value is within the limits", beyond);
    require(results == Results::all || is_storable(value),
            "what is not storable is no result where that is asked for", exact(outcome));
}

/// Instants finer than a millisecond are instants to the checker, but none that a dossier takes.
bool has_fine_timestamp(const Value& value) {
    const auto in_pair = [](const auto& pair) { return has_fine_timestamp(pair.second); };
    if (const auto* list = value.list()) {
        return std::any_of(list->begin(), list->end(), has_fine_timestamp);
    }
    if (const auto* members = value.members()) {
        return std::any_of(members->begin(), members->end(), in_pair);
    }
    if (const auto* entries = value.entries()) {
        return std::any_of(entries->begin(), entries->end(), in_pair);
    }
    return value.timestamp() != nullptr;
}

/// Evaluates it twice; nothing where it does not compile.
std::optional<Outcome> check(std::string_view source, Checking checking, Results results) {
    const auto expression = compiled(source, checking, results);
    if (!expression) return std::nullopt;
    const std::array frames{std::span<const Value>(dossier().values)};
    Outcome outcome = expression->evaluate(frames, {&calendar()});
    check_outcome(*expression, outcome, results);
    const std::string text = exact(outcome);
    const std::string again = exact(expression->evaluate(frames, {&calendar()}));
    require(text == again, "evaluating twice gives the same", text + "\n" + again);
    if (checking == Checking::at_run_time) {
        check_outcome(*expression, expression->evaluate(frames), results);
    } else if (results == Results::all) {
        check_test(*expression, frames, outcome);
        const auto* value = std::get_if<Value>(&outcome);
        require(
            value == nullptr || has_fine_timestamp(*value) || accepts(expression->type(), *value),
            "a value is of the type that the checker found", text);
    }
    return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string source(data, data + size);
    if (!check_printing(source)) {
        require(!compiled(source, Checking::at_run_time, Results::all),
                "what cannot be read does not compile");
        return 0;
    }
    (void)check(source, Checking::at_load, Results::storable);
    const auto checked = check(source, Checking::at_load, Results::all);
    const auto unchecked = check(source, Checking::at_run_time, Results::all);
    require(!checked || unchecked, "what the checker accepts also runs unchecked");
    return 0;
}
