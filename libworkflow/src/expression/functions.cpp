#include "expression/functions.hpp"

#include <algorithm>
#include <array>

namespace workflow::expression {
namespace {

const std::vector<Overload>& overloads() {
    using Kind = Type::Kind;
    static const std::vector<Overload> table{
        {"size", false, {Family::text}, Kind::integer, Operation::size},
        {"size", false, {Family::list}, Kind::integer, Operation::size},
        {"size", false, {Family::record}, Kind::integer, Operation::size},
        {"size", true, {Family::text}, Kind::integer, Operation::size},
        {"size", true, {Family::list}, Kind::integer, Operation::size},
        {"size", true, {Family::record}, Kind::integer, Operation::size},
        {"contains", true, {Family::text, Family::text}, Kind::boolean, Operation::contains},
        {"startsWith", true, {Family::text, Family::text}, Kind::boolean, Operation::starts_with},
        {"endsWith", true, {Family::text, Family::text}, Kind::boolean, Operation::ends_with},
        {"int", false, {Family::integer}, Kind::integer, Operation::to_integer},
        {"int", false, {Family::number}, Kind::integer, Operation::to_integer},
        {"int", false, {Family::text}, Kind::integer, Operation::to_integer},
        {"double", false, {Family::number}, Kind::number, Operation::to_number},
        {"double", false, {Family::integer}, Kind::number, Operation::to_number},
        {"double", false, {Family::text}, Kind::number, Operation::to_number},
        {"string", false, {Family::text}, Kind::text, Operation::to_text},
        {"string", false, {Family::integer}, Kind::text, Operation::to_text},
        {"string", false, {Family::number}, Kind::text, Operation::to_text},
        {"string", false, {Family::boolean}, Kind::text, Operation::to_text},
        {"string", false, {Family::date}, Kind::text, Operation::to_text},
        {"string", false, {Family::instant}, Kind::text, Operation::to_text},
        {"dyn", false, {Family::any}, Kind::any, Operation::identity},
    };
    return table;
}

constexpr std::array<std::string_view, 6> macros{"has",        "all", "exists",
                                                 "exists_one", "map", "filter"};

constexpr std::array<std::string_view, 38> elsewhere{"matches",
                                                     "timestamp",
                                                     "duration",
                                                     "uint",
                                                     "bytes",
                                                     "bool",
                                                     "type",
                                                     "getFullYear",
                                                     "getMonth",
                                                     "getDate",
                                                     "getDayOfMonth",
                                                     "getDayOfWeek",
                                                     "getDayOfYear",
                                                     "getHours",
                                                     "getMinutes",
                                                     "getSeconds",
                                                     "getMilliseconds",
                                                     "transformList",
                                                     "transformMap",
                                                     "existsOne",
                                                     "active",
                                                     "entered",
                                                     "left",
                                                     "times",
                                                     "due",
                                                     "original_due",
                                                     "late",
                                                     "plus",
                                                     "minus",
                                                     "working_days",
                                                     "add_working_days",
                                                     "open",
                                                     "opening",
                                                     "closing",
                                                     "next_open",
                                                     "next",
                                                     "clock",
                                                     "optional"};

}  // namespace

std::vector<const Overload*> find_overloads(std::string_view name) {
    std::vector<const Overload*> found;
    for (const Overload& overload : overloads()) {
        if (overload.name == name) found.push_back(&overload);
    }
    return found;
}

std::vector<std::string> function_names() {
    std::vector<std::string> names(macros.begin(), macros.end());
    for (const Overload& overload : overloads()) {
        if (names.back() != overload.name) names.emplace_back(overload.name);
    }
    return names;
}

bool is_known_elsewhere(std::string_view name) {
    return std::find(elsewhere.begin(), elsewhere.end(), name) != elsewhere.end();
}

}  // namespace workflow::expression
