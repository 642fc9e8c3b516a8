// A procedure whose parameters have other values: for questions of the kind "what if". Pure.
#pragma once

#include <memory>
#include <span>
#include <utility>

#include "procedure/model.hpp"
#include "workflow/procedure.hpp"

namespace workflow::analysis {

/// The same procedure, in which these parameters have these values, whatever the variant. The values are of
/// the parameters' types. It keeps the digest of the file: no store should ever hold it.
[[nodiscard]] std::shared_ptr<const Procedure> with_parameters(
    const Procedure& procedure,
    std::span<const std::pair<procedure::ParameterIndex, Value>> values);

}  // namespace workflow::analysis
