// Who works on what, and what waits for whom: first come, first served. Confined to one replication.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "simulation/assumptions.hpp"
#include "workflow/instance.hpp"

namespace workflow::simulation {

/// A work item that waits. The order is that of coming.
struct Waiting {
    Instant since;
    std::uint64_t number = 0;  ///< of all that ever waited
    std::uint64_t dossier = 0;
    Ordinal ordinal = 0;
    std::vector<std::uint32_t> roles;  ///< any of which may do it
    std::string for_whom;              ///< a unit or a person; empty: anyone
};

class Staff {
public:
    explicit Staff(const Assumptions& assumptions);

    /// Somebody who is free and may do it, the first by name in the assumptions; he is not free then.
    [[nodiscard]] std::optional<std::size_t> take_for(const Waiting& item);
    /// Nobody was: it waits.
    void wait(Waiting item);
    /// It does not wait any more.
    void withdraw(const Waiting& item);
    /// He is free: what he begins next, if anything waits for him; he is not free then.
    [[nodiscard]] std::optional<Waiting> release(std::size_t person);

private:
    struct Member {
        std::vector<std::uint32_t> roles;
        bool is_free = true;
    };
    struct Earlier {
        bool operator()(const Waiting& a, const Waiting& b) const {
            return std::tie(a.since, a.number) < std::tie(b.since, b.number);
        }
    };
    [[nodiscard]] bool may_do(std::size_t person, const Waiting& item) const;

    const Assumptions& assumptions_;
    std::vector<Member> members_;
    std::vector<std::set<Waiting, Earlier>> queues_;  ///< by role
};

}  // namespace workflow::simulation
