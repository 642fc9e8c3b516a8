// `data` of a scenario, and values wherever it gives any.
#include <algorithm>
#include <array>

#include "definition/type_reader.hpp"
#include "simulation/fields.hpp"
#include "simulation/reading.hpp"

namespace workflow::simulation {
namespace {

using definition::Entry;
using definition::MappingReader;
using definition::Node;

constexpr std::array<std::string_view, 1> choose_keys{"choose"};
constexpr std::array<std::string_view, 1> cel_keys{"cel"};

bool is_number(const Type& type) {
    return type.kind == Type::Kind::number || type.kind == Type::Kind::integer;
}

bool is_distribution(const Node& node) {
    return node.is_mapping() && node.entries.size() == 1 &&
           std::find(distribution_names.begin(), distribution_names.end(),
                     node.entries.front().key->text) != distribution_names.end();
}

/// An instant without a zone is one of the calendar's.
std::optional<Value> read_typed(Reading& reading, const Node& node, const Type& type) {
    if (type.kind == Type::Kind::instant && node.is_scalar()) {
        const auto instant = parse_instant(node.text, reading.calendar.offset());
        if (instant) return Value(*instant);
    }
    return definition::read_value(reading.findings, node, type);
}

/// `{choose: {culture: 0.7, sport: 0.3}}`: each key is a value.
std::optional<FilledField> read_chosen(Reading& reading, const Node& node, const std::string& id,
                                       const Type& type) {
    const MappingReader mapping(reading.findings, node, choose_keys);
    std::vector<std::pair<double, Value>> values;
    for (const Share& one : read_shares(reading, *mapping.find("choose"))) {
        if (auto value = read_typed(reading, *one.key, type)) {
            values.emplace_back(one.share, std::move(*value));
        }
    }
    if (values.empty()) return std::nullopt;
    return FilledField{id, std::move(values)};
}

std::optional<FilledField> read_field(Reading& reading, const Node& node, const std::string& id,
                                      const Type& type) {
    if (is_number(type) && is_distribution(node)) {
        auto from = read_distribution(reading, node, Measure::number);
        if (from) return FilledField{id, std::move(*from)};
        return std::nullopt;
    }
    if (node.is_mapping() && node.find("choose") != nullptr) {
        return read_chosen(reading, node, id, type);
    }
    if (node.is_mapping() && node.find("cel") != nullptr) {
        const MappingReader mapping(reading.findings, node, cel_keys);
        auto from = read_expression(reading, *mapping.find("cel"), Type::of(Type::Kind::any));
        if (from) return FilledField{id, std::move(*from)};
        return std::nullopt;
    }
    auto value = read_typed(reading, node, type);
    if (value) return FilledField{id, std::move(*value)};
    return std::nullopt;
}

}  // namespace

Fields read_fields(Reading& reading, const Node& node,
                   const std::vector<procedure::ActionField>& fields, std::string_view unknown) {
    Fields read;
    if (!definition::expect_mapping(reading.findings, node)) return read;
    std::vector<std::string> ids;
    for (const procedure::ActionField& field : fields) ids.push_back(field.id);
    for (const Entry& entry : node.entries) {
        const auto found = definition::find_name(reading.findings, *entry.key, ids, unknown);
        if (!found) continue;
        auto field = read_field(reading, *entry.value, fields[*found].id, fields[*found].type);
        if (field) read.push_back(std::move(*field));
    }
    return read;
}

void read_data(Reading& reading, const Node& node) {
    std::vector<procedure::ActionField> fields;
    for (const procedure::FieldIndex index : input_of(reading.model, reading.made.entry)) {
        const procedure::Field& field = reading.model.data[index];
        fields.push_back({.id = field.id, .type = field.type, .title = {}});
    }
    reading.made.data = read_fields(reading, node, fields, "field-not-an-input");
}

std::optional<Expression> read_expression(Reading& reading, const Node& node, const Type& expected) {
    const auto source = definition::read_string(reading.findings, node);
    if (!source) return std::nullopt;
    const std::vector<Variable> names = names_of_data(*reading.made.procedure);
    auto compiled = Expression::compile(*source, names, expected);
    if (auto* expression = std::get_if<Expression>(&compiled)) return std::move(*expression);
    for (ExpressionProblem& problem : std::get<1>(compiled)) {
        reading.findings.error(reading.findings.document().place(node, problem.offset), problem.code,
                               std::move(problem.arguments));
    }
    return std::nullopt;
}

}  // namespace workflow::simulation
