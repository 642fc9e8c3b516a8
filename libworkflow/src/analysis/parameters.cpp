#include "analysis/parameters.hpp"

namespace workflow::analysis {

std::shared_ptr<const Procedure> with_parameters(
    const Procedure& procedure,
    std::span<const std::pair<procedure::ParameterIndex, Value>> values) {
    auto model = std::make_unique<procedure::Model>(procedure.model());
    for (const auto& [parameter, value] : values) {
        model->parameters[parameter].initial = value;
        model->defaults[parameter] = value;
        for (procedure::Variant& variant : model->variants) variant.parameters[parameter] = value;
    }
    return std::make_shared<const Procedure>(std::move(model));
}

}  // namespace workflow::analysis
