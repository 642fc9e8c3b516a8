// `staff`, `people` and `applicant` of a scenario: who is there.
#include <array>

#include "simulation/reading.hpp"
#include "workflow/limits.hpp"

namespace workflow::simulation {
namespace {

using definition::Entry;
using definition::MappingReader;
using definition::Node;

constexpr std::array<std::string_view, 4> staff_keys{"count", "units", "calendar", "absent"};
constexpr std::array<std::string_view, 4> person_keys{"role", "unit", "calendar", "absent"};
constexpr std::array<std::string_view, 2> applicant_keys{"role", "unit"};
constexpr std::string_view between_days = " to ";

std::optional<std::string> read_role(Reading& reading, const Node& node) {
    std::vector<std::string> ids;
    for (const procedure::Role& role : reading.model.roles) ids.push_back(role.id);
    const auto found = definition::find_name(reading.findings, node, ids, "unknown-role");
    return found ? std::optional(ids[*found]) : std::nullopt;
}

std::vector<std::string> read_roles(Reading& reading, const Node& node) {
    std::vector<std::string> roles;
    for (const Node* one : definition::one_or_several(node)) {
        if (auto role = read_role(reading, *one)) roles.push_back(std::move(*role));
    }
    return roles;
}

std::vector<std::string> read_units(Reading& reading, const Node& node) {
    std::vector<std::string> units;
    for (const Node* one : definition::one_or_several(node)) {
        if (auto unit = definition::read_name(reading.findings, *one)) {
            units.push_back(std::move(*unit));
        }
    }
    return units;
}

/// `2026-07-01 to 2026-07-14`, or one day.
std::optional<Absence> read_absence(Reading& reading, const Node& node) {
    const std::string_view text = node.text;
    const std::size_t split = text.find(between_days);
    const auto first = parse_date(text.substr(0, split));
    const auto last = split == std::string_view::npos
                          ? first
                          : parse_date(text.substr(split + between_days.size()));
    if (node.is_scalar() && first && last && Day(*first) <= Day(*last)) {
        return Absence{Day(*first), Day(*last)};
    }
    reading.findings.error(node, "not-an-absence", {node.text});
    return std::nullopt;
}

/// `calendar` and `absent`, which people have whether they are named or counted.
void read_hours(Reading& reading, const MappingReader& mapping, Person& person) {
    if (const Node* calendar = mapping.find("calendar")) {
        std::vector<std::string> ids;
        for (const auto& known : reading.made.calendars.all()) ids.push_back(known->id());
        if (definition::find_name(reading.findings, *calendar, ids, "calendar-not-given")) {
            person.calendar = calendar->text;
        }
    }
    if (const Node* absent = mapping.find("absent")) {
        for (const Node* one : definition::one_or_several(*absent)) {
            if (const auto absence = read_absence(reading, *one)) person.absences.push_back(*absence);
        }
    }
}

void add_person(Reading& reading, const Node& at, Person person) {
    for (const Person& known : reading.made.people) {
        if (known.id != person.id) continue;
        return reading.findings.error(at, "person-twice", {person.id});
    }
    if (reading.made.people.size() >= limits::simulated_people_max) {
        return reading.findings.error(at, "too-many-people",
                                      {std::to_string(limits::simulated_people_max)});
    }
    reading.made.people.push_back(std::move(person));
}

/// `officer 1`, `officer 2` ..., in each of the units.
void add_counted(Reading& reading, const Node& at, const Person& like, std::int64_t count,
                 const std::vector<std::string>& units) {
    const std::size_t before = reading.made.people.size();
    if (before + static_cast<std::size_t>(count) * std::max<std::size_t>(1, units.size()) >
        limits::simulated_people_max) {
        return reading.findings.error(at, "too-many-people",
                                      {std::to_string(limits::simulated_people_max)});
    }
    std::int64_t number = 0;
    for (std::size_t i = 0; i < std::max<std::size_t>(1, units.size()); ++i) {
        for (std::int64_t k = 0; k < count; ++k) {
            Person person = like;
            person.id += " " + std::to_string(++number);
            if (!units.empty()) person.units = {units[i]};
            add_person(reading, at, std::move(person));
        }
    }
}

void read_staff_of_role(Reading& reading, const Entry& entry) {
    const auto role = read_role(reading, *entry.key);
    Person like{.id = entry.key->text, .roles = {entry.key->text}};
    const Node* count = entry.value;
    std::vector<std::string> units;
    if (entry.value->is_mapping()) {
        const MappingReader mapping(reading.findings, *entry.value, staff_keys);
        count = mapping.require("count");
        if (const Node* given = mapping.find("units")) units = read_units(reading, *given);
        read_hours(reading, mapping, like);
    }
    if (count == nullptr || !role) return;
    if (count->is_scalar() && count->text == "unlimited") {
        like.unlimited = true;
        like.units = units;
        return add_person(reading, *entry.key, std::move(like));
    }
    const auto many = definition::read_integer(reading.findings, *count, 0,
                                               static_cast<std::int64_t>(limits::simulated_people_max));
    if (many) add_counted(reading, *entry.key, like, *many, units);
}

}  // namespace

void read_staff(Reading& reading, const Node& node) {
    if (!definition::expect_mapping(reading.findings, node)) return;
    for (const Entry& entry : node.entries) read_staff_of_role(reading, entry);
}

void read_people(Reading& reading, const Node& node) {
    if (!definition::expect_mapping(reading.findings, node)) return;
    for (const Entry& entry : node.entries) {
        Person person{.id = definition::read_name(reading.findings, *entry.key).value_or(""),
                      .roles = {}};
        const MappingReader mapping(reading.findings, *entry.value, person_keys);
        if (!mapping.is_mapping()) continue;
        if (const Node* roles = mapping.require("role")) person.roles = read_roles(reading, *roles);
        if (const Node* units = mapping.find("unit")) person.units = read_units(reading, *units);
        read_hours(reading, mapping, person);
        add_person(reading, *entry.key, std::move(person));
    }
}

void read_applicant(Reading& reading, const Node& node) {
    const MappingReader mapping(reading.findings, node, applicant_keys);
    if (!mapping.is_mapping()) return;
    Person& applicant = reading.made.applicant;
    if (const Node* roles = mapping.find("role")) applicant.roles = read_roles(reading, *roles);
    if (const Node* units = mapping.find("unit")) applicant.units = read_units(reading, *units);
}

}  // namespace workflow::simulation
