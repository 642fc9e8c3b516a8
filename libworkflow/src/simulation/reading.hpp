// What the readers of a scenario share. Confined to one load.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "definition/reader.hpp"
#include "procedure/model.hpp"
#include "workflow/assumptions.hpp"

namespace workflow::simulation {

struct Reading {
    definition::Findings& findings;
    const procedure::Model& model;
    const Calendar& calendar;  ///< the procedure's
    Assumptions& made;
};

// --- amounts
inline constexpr std::array<std::string_view, 7> distribution_names{
    "uniform", "triangular", "normal", "lognormal", "gamma", "exponential", "empirical"};
/// How a length of time is counted.
enum class Measure : std::uint8_t {
    office_hours,  ///< `3 hours`, `2 working days`: of the procedure's calendar
    clock_hours,   ///< `3 hours`, `2 days`: by the clock on the wall
    number         ///< no time: a plain number
};
/// `3 hours`, {uniform: {from: 1 hour, to: 3 hours}}; a plain one is always the same.
[[nodiscard]] std::optional<Distribution> read_distribution(Reading& reading,
                                                            const definition::Node& node,
                                                            Measure measure);
/// `0.25` or `25%`.
[[nodiscard]] std::optional<double> read_share(Reading& reading, const definition::Node& node);
/// A finite number from 0 on.
[[nodiscard]] std::optional<double> read_number(Reading& reading, const definition::Node& node);
/// Shares that add up to 1: of each entry its key and its share; nothing after a finding.
struct Share {
    const definition::Node* key;
    double share;
};
[[nodiscard]] std::vector<Share> read_shares(Reading& reading, const definition::Node& node);
[[nodiscard]] std::optional<Instant> read_instant(Reading& reading, const definition::Node& node);

// --- parts of the file, each in a file of its own
void read_arrivals(Reading& reading, const definition::Node& node);
void read_staff(Reading& reading, const definition::Node& node);
void read_people(Reading& reading, const definition::Node& node);
void read_applicant(Reading& reading, const definition::Node& node);
void read_data(Reading& reading, const definition::Node& node);
void read_states(Reading& reading, const definition::Node& node);
void read_messages(Reading& reading, const definition::Node& node);
/// `{withdraw: {after: ..., comes: ...}}`: actions of that state, on whatever lies inside it.
void read_occasional(Reading& reading, const definition::Node& node, const procedure::State& state);
void read_queue(Reading& reading, const definition::Node& node);
/// Over the procedure's data and parameters; nothing, with findings, where it is no expression of that type.
[[nodiscard]] std::optional<Expression> read_expression(Reading& reading,
                                                        const definition::Node& node,
                                                        const Type& expected);
/// What stands in fields of these types: a value, `{choose: {value: share}}`, a distribution of numbers, or
/// `{cel: an expression}`. `unknown` is the code of a finding for a name that is not there.
[[nodiscard]] Fields read_fields(Reading& reading, const definition::Node& node,
                                      const std::vector<procedure::ActionField>& fields,
                                      std::string_view unknown);

}  // namespace workflow::simulation
