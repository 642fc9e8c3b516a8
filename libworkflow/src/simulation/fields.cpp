#include "simulation/fields.hpp"

#include <algorithm>
#include <array>
#include <cmath>


namespace workflow::simulation {
namespace {

/// Something of the type; null where that may be.
Value stand_in(const Situation& in, const Type& type) {
    if (type.optional) return {};
    const UtcOffset offset = in.assumptions.calendar().offset();
    switch (type.kind) {
        case Type::Kind::integer:
            return {std::int64_t{1}};
        case Type::Kind::number:
            return {1.0};
        case Type::Kind::boolean:
            return {true};
        case Type::Kind::date:
            return {day_of(in.now, offset)};
        case Type::Kind::instant:
            return {in.now};
        case Type::Kind::limit:
            return {Limit{1, Unit::working_days}};
        case Type::Kind::choice:
            return {type.options.front()};
        case Type::Kind::list:
            return {List{stand_in(in, *type.element)}};
        case Type::Kind::record: {
            Members members;
            for (const auto& [name, member] : type.members) {
                members.emplace_back(name, stand_in(in, member));
            }
            return {std::move(members)};
        }
        case Type::Kind::person:
            return {in.assumptions.applicant.id};
        case Type::Kind::text:
        case Type::Kind::document:
            return {std::string("simulated")};
        case Type::Kind::any:
        case Type::Kind::null:
        case Type::Kind::unsigned_integer:
        case Type::Kind::bytes:
        case Type::Kind::duration:
        case Type::Kind::map:
        case Type::Kind::type:
        case Type::Kind::none:
            break;
    }
    return {};
}

Value drawn(const Situation&, const Value& value, const Type&, Draws&) {
    return value;
}
Value drawn(const Situation&, const Distribution& from, const Type& type, Draws& draws) {
    const double number = draw(from, draws);
    if (type.kind != Type::Kind::integer) return {number};
    return {static_cast<std::int64_t>(std::llround(number))};
}
Value drawn(const Situation&, const std::vector<std::pair<double, Value>>& values, const Type&,
            Draws& draws) {
    double all = 0;
    for (const auto& [weight, value] : values) all += weight;
    double point = draws.uniform() * all;
    for (const auto& [weight, value] : values) {
        if (point < weight) return value;
        point -= weight;
    }
    return values.back().second;
}
Value drawn(const Situation& in, const Expression& expression, const Type& type, Draws&) {
    const auto result = evaluate(in, expression);
    const auto* value = std::get_if<Value>(&result);
    if (value == nullptr) return {};
    return conform(type, *value, in.assumptions.calendar().offset()).value_or(Value());
}

}  // namespace

const std::vector<procedure::FieldIndex>& input_of(const procedure::Model& model,
                                                   const std::string& entry) {
    for (const procedure::Entry& one : model.states.front().entries) {
        if (one.id == entry) return one.input;
    }
    return model.input;
}

std::variant<Value, EvaluationError> evaluate(const Situation& in, const Expression& expression) {
    const std::array<Value, 1> now{Value(in.now)};
    const std::array<std::span<const Value>, 3> frames{
        in.instance.data,
        parameters_of(in.assumptions.procedure->model(), in.assumptions.variant), now};
    return expression.evaluate(frames, {.calendar = &in.assumptions.calendar()});
}

FieldValues values_of(const Situation& in, const Fields& fields,
                      const std::vector<WantedField>& wanted, Draws draws) {
    FieldValues values;
    static const Type whatever;
    const auto type_of_field = [&](const std::string& id) -> const Type& {
        const auto found = std::find_if(wanted.begin(), wanted.end(),
                                        [&](const WantedField& one) { return *one.id == id; });
        return found == wanted.end() ? whatever : *found->type;
    };
    for (const FilledField& field : fields) {
        const Type& type = type_of_field(field.field);
        values.emplace_back(field.field,
                            std::visit([&](const auto& from) { return drawn(in, from, type, draws); },
                                       field.from));
    }
    for (const WantedField& field : wanted) {
        if (!field.required || field.type->optional) continue;
        const bool is_there = std::any_of(values.begin(), values.end(), [&](const auto& one) {
            return one.first == *field.id;
        });
        if (!is_there) values.emplace_back(*field.id, stand_in(in, *field.type));
    }
    return values;
}

}  // namespace workflow::simulation
