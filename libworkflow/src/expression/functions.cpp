#include "expression/functions.hpp"

#include <algorithm>

#include "expression/calendar_functions.hpp"
#include "expression/conversions.hpp"
#include "expression/macros.hpp"
#include "expression/text_functions.hpp"
#include "expression/time_functions.hpp"

namespace workflow::expression {
namespace {

using Kind = Type::Kind;
using Second = Function::Second;

constexpr bool member = true;
constexpr bool global = false;

constexpr Function f_size{"size", false, size_of};
constexpr Function f_contains{"contains", false, contains};
constexpr Function f_starts_with{"startsWith", false, starts_with};
constexpr Function f_ends_with{"endsWith", false, ends_with};
constexpr Function f_matches{"matches", false, matches, Second::pattern};
constexpr Function f_bool{"bool", false, to_boolean};
constexpr Function f_int{"int", false, to_integer};
constexpr Function f_uint{"uint", false, to_unsigned};
constexpr Function f_double{"double", false, to_number};
constexpr Function f_string{"string", false, to_text};
constexpr Function f_bytes{"bytes", false, to_bytes};
constexpr Function f_timestamp{"timestamp", false, to_timestamp};
constexpr Function f_duration{"duration", false, to_duration};
constexpr Function f_dyn{"dyn", true, to_itself};
constexpr Function f_type{"type", true, type_of};
constexpr Function f_full_year{"getFullYear", false, part<TimePart::full_year>, Second::zone};
constexpr Function f_month{"getMonth", false, part<TimePart::month>, Second::zone};
constexpr Function f_day_of_month{"getDayOfMonth", false, part<TimePart::day_of_month>,
                                  Second::zone};
constexpr Function f_date{"getDate", false, part<TimePart::date>, Second::zone};
constexpr Function f_day_of_week{"getDayOfWeek", false, part<TimePart::day_of_week>, Second::zone};
constexpr Function f_day_of_year{"getDayOfYear", false, part<TimePart::day_of_year>, Second::zone};
constexpr Function f_hours{"getHours", false, part<TimePart::hours>, Second::zone};
constexpr Function f_minutes{"getMinutes", false, part<TimePart::minutes>, Second::zone};
constexpr Function f_seconds{"getSeconds", false, part<TimePart::seconds>, Second::zone};
constexpr Function f_milliseconds{"getMilliseconds", false, part<TimePart::milliseconds>,
                                  Second::zone};
constexpr Function f_working_days{"working_days", false, working_days};
constexpr Function f_add_working_days{"add_working_days", false, add_working_days};
constexpr Function f_plus{"plus", false, plus, Second::limit};
constexpr Function f_minus{"minus", false, minus, Second::limit};
constexpr Function f_open{"open", false, is_open};
constexpr Function f_opening{"opening", false, opening};
constexpr Function f_closing{"closing", false, closing};
constexpr Function f_next{"next", false, next_date};
constexpr Function f_next_open{"next_open", false, next_open};
constexpr Function f_clock{"clock", false, clock_text};

/// The same function on one argument of each of several families.
void add(std::vector<Overload>& table, const Function& function, bool is_member,
         std::initializer_list<Family> parameters, Kind result) {
    for (const Family parameter : parameters) {
        table.push_back({&function, is_member, {parameter}, result});
    }
}

void add_text_functions(std::vector<Overload>& table) {
    for (const bool is_member : {global, member}) {
        add(table, f_size, is_member,
            {Family::text, Family::bytes, Family::list, Family::map, Family::record},
            Kind::integer);
    }
    for (const Function* function : {&f_contains, &f_starts_with, &f_ends_with, &f_matches}) {
        table.push_back({function, member, {Family::text, Family::text}, Kind::boolean});
    }
    table.push_back({&f_matches, global, {Family::text, Family::text}, Kind::boolean});
}

void add_conversions(std::vector<Overload>& table) {
    add(table, f_bool, global, {Family::boolean, Family::text}, Kind::boolean);
    add(table, f_int, global,
        {Family::integer, Family::unsigned_integer, Family::number, Family::text, Family::instant,
         Family::date},
        Kind::integer);
    add(table, f_uint, global,
        {Family::unsigned_integer, Family::integer, Family::number, Family::text},
        Kind::unsigned_integer);
    add(table, f_double, global,
        {Family::number, Family::integer, Family::unsigned_integer, Family::text}, Kind::number);
    add(table, f_string, global,
        {Family::text, Family::boolean, Family::integer, Family::unsigned_integer, Family::number,
         Family::bytes, Family::date, Family::instant, Family::duration},
        Kind::text);
    add(table, f_bytes, global, {Family::bytes, Family::text}, Kind::bytes);
    add(table, f_timestamp, global, {Family::instant, Family::date, Family::text, Family::integer},
        Kind::instant);
    add(table, f_duration, global, {Family::duration, Family::text}, Kind::duration);
    add(table, f_dyn, global, {Family::any}, Kind::any);
    add(table, f_type, global, {Family::any}, Kind::type);
}

void add_time_functions(std::vector<Overload>& table) {
    for (const Function* function :
         {&f_full_year, &f_month, &f_day_of_month, &f_date, &f_day_of_week, &f_day_of_year,
          &f_hours, &f_minutes, &f_seconds, &f_milliseconds}) {
        add(table, *function, member, {Family::instant, Family::date}, Kind::integer);
        for (const Family family : {Family::instant, Family::date}) {
            table.push_back({function, member, {family, Family::text}, Kind::integer});
        }
    }
    for (const Function* function : {&f_hours, &f_minutes, &f_seconds, &f_milliseconds}) {
        add(table, *function, member, {Family::duration}, Kind::integer);
    }
}

void add_calendar_functions(std::vector<Overload>& table) {
    const std::initializer_list<Family> moments{Family::date, Family::instant};
    for (const Family from : moments) {
        for (const Family to : moments) {
            table.push_back({&f_working_days, global, {from, to}, Kind::integer});
        }
        table.push_back({&f_add_working_days, global, {from, Family::integer}, Kind::date});
        table.push_back({&f_next, global, {Family::text, from}, Kind::date});
        for (const Function* function : {&f_plus, &f_minus}) {
            table.push_back({function, global, {from, Family::limit}, Kind::instant});
            table.push_back({function, global, {from, Family::text}, Kind::instant});
        }
    }
    add(table, f_open, global, moments, Kind::boolean);
    for (const Function* function : {&f_opening, &f_closing, &f_next_open}) {
        add(table, *function, global, moments, Kind::instant);
    }
    add(table, f_clock, global, moments, Kind::text);
}

const std::vector<Overload>& overloads() {
    static const std::vector<Overload> table = [] {
        std::vector<Overload> made;
        add_text_functions(made);
        add_conversions(made);
        add_time_functions(made);
        add_calendar_functions(made);
        return made;
    }();
    return table;
}

constexpr std::array<std::string_view, 8> elsewhere{"active", "entered",      "left", "times",
                                                    "due",    "original_due", "late", "next"};

std::string signature(const Overload& overload) {
    std::string text;
    std::size_t first = 0;
    if (overload.is_member) {
        text = std::string(family_name(overload.parameters[first++])) + ".";
    }
    text += std::string(overload.function->name) + "(";
    for (std::size_t i = first; i < overload.parameters.size(); ++i) {
        text += (i > first ? ", " : "") + std::string(family_name(overload.parameters[i]));
    }
    return text + ")";
}

}  // namespace

std::vector<const Overload*> find_overloads(std::string_view name) {
    std::vector<const Overload*> found;
    for (const Overload& overload : overloads()) {
        if (overload.function->name == name) found.push_back(&overload);
    }
    return found;
}

std::vector<std::string> function_names() {
    std::vector<std::string> names{"has"};
    for (std::string& name : macro_names()) names.push_back(std::move(name));
    for (const Overload& overload : overloads()) {
        if (names.back() != overload.function->name) names.emplace_back(overload.function->name);
    }
    return names;
}

bool is_known_elsewhere(std::string_view name) {
    return std::find(elsewhere.begin(), elsewhere.end(), name) != elsewhere.end();
}

std::string signatures(std::string_view name) {
    std::string text;
    for (const Overload* overload : find_overloads(name)) {
        text += (text.empty() ? "" : ", ") + signature(*overload);
    }
    return text;
}

Result wrong_kind(const Value& found) {
    return {.error = "wrong-type", .argument = kind_name(found)};
}

Result cost_limit() {
    return {.error = "cost-limit"};
}

std::string_view kind_name(const Value& value) {
    switch (value.open().kind()) {
        case Value::Kind::null:
            return "null";
        case Value::Kind::boolean:
            return "boolean";
        case Value::Kind::integer:
            return "integer";
        case Value::Kind::number:
            return "number";
        case Value::Kind::date:
            return "date";
        case Value::Kind::instant:
        case Value::Kind::timestamp:
            return "instant";
        case Value::Kind::limit:
            return "limit";
        case Value::Kind::unsigned_integer:
            return "unsigned integer";
        case Value::Kind::duration:
            return "duration";
        case Value::Kind::type:
            return "type";
        case Value::Kind::text:
            return "text";
        case Value::Kind::list:
            return "list";
        case Value::Kind::record:
            return "record";
        case Value::Kind::bytes:
            return "bytes";
        case Value::Kind::map:
            return "map";
        case Value::Kind::sealed:
            break;
    }
    return "null";
}

}  // namespace workflow::expression
