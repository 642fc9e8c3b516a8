// Who may act on whose behalf, and when. Plain values.
#pragma once

#include <string>
#include <vector>

#include "workflow/time.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

/// From `since` until `until` the delegate may act for the delegator with these roles and units, which
/// the host knows the delegator to have.
struct Delegation {
    std::string delegator;  ///< id of an actor
    std::string delegate;   ///< id of an actor
    std::vector<std::string> roles;
    std::vector<std::string> units;
    Instant since;
    Instant until;  ///< not any more then
    std::string entered_by;
    std::string reason;
    friend bool operator==(const Delegation&, const Delegation&) = default;
};
struct DelegationPage {
    std::vector<Delegation> delegations;  ///< by delegate, delegator, since
    std::string cursor;                   ///< where the next page begins
    bool finished = false;                ///< there is no next page
};

}  // namespace workflow
