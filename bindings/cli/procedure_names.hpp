// What the parts of a procedure are called, in one language. Immutable.
#pragma once

#include <string>
#include <string_view>

#include "workflow/procedure.hpp"

namespace workflow::cli {

/// Every name is printable; what has no title is called by its id (rule R87).
class ProcedureNames {
public:
    ProcedureNames(const Procedure& procedure, std::string_view language)
        : procedure_(procedure), language_(language) {}

    [[nodiscard]] std::string procedure() const;
    [[nodiscard]] std::string state(std::uint32_t state) const;
    /// UINT32_MAX: that there is none.
    [[nodiscard]] std::string outcome(std::uint32_t outcome) const;
    /// Of the state that declares it.
    [[nodiscard]] std::string action(std::uint32_t state, std::uint32_t action) const;

private:
    const Procedure& procedure_;
    std::string language_;
};

}  // namespace workflow::cli
