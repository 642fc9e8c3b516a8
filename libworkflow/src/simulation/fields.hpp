// What is entered where the assumptions say it, and something of its type where they do not. Pure.
#pragma once

#include "procedure/model.hpp"
#include "simulation/draws.hpp"
#include "workflow/assumptions.hpp"
#include "workflow/instance.hpp"

namespace workflow::simulation {

/// Behind procedure::frame_data and procedure::frame_parameters.
inline constexpr std::uint16_t frame_now = 2;

/// What an expression of the assumptions is evaluated in.
struct Situation {
    const Assumptions& assumptions;
    const Instance& instance;  ///< whose data are read
    Instant now;
};
[[nodiscard]] std::variant<Value, EvaluationError> evaluate(const Situation& in,
                                                            const Expression& expression);

/// What a start asks for; `entry` is empty where there is only one.
[[nodiscard]] const std::vector<procedure::FieldIndex>& input_of(const procedure::Model& model,
                                                                 const std::string& entry);

/// A field that is asked for; the procedure outlives it.
struct WantedField {
    const std::string* id = nullptr;
    const Type* type = nullptr;
    bool required = true;
};
/// Those of the procedure's lists of fields.
template <class List>
[[nodiscard]] std::vector<WantedField> wanted(const List& fields) {
    std::vector<WantedField> all;
    all.reserve(fields.size());
    for (const auto& field : fields) all.push_back({&field.id, &field.type, field.required});
    return all;
}
/// The values of `fields`, and of those wanted that they lack. `draws` gives each its numbers.
[[nodiscard]] FieldValues values_of(const Situation& in, const Fields& fields,
                                    const std::vector<WantedField>& wanted, Draws draws);

}  // namespace workflow::simulation
