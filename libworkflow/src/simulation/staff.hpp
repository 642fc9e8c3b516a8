// Who works on what, and what waits for whom. Confined to one replication.
#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "simulation/presence.hpp"
#include "workflow/instance.hpp"

namespace workflow::simulation {

/// Numbers of roles: one, as a rule.
using Roles = boost::container::small_vector<std::uint32_t, 2>;

/// A work item that waits, and its place among others.
struct Waiting {
    std::int64_t rank = 0;  ///< the least is taken first; of one rank, what came first
    Instant since;
    std::uint64_t number = 0;  ///< of all that ever waited
    std::uint32_t slot = 0;    ///< of its dossier
    Ordinal ordinal = 0;
    bool restricted = false;       ///< not everybody who has the role may do it
    bool in_other_queues = false;  ///< several roles may do it
};

class Staff {
public:
    /// Whether that person may do it, as far as it is not a matter of roles: asked where it is `restricted`.
    using Allows = std::function<bool(std::size_t person, const Waiting& item)>;
    Staff(const Assumptions& assumptions, Allows allows);

    /// Somebody who is free, there and may do it, the first by name in the assumptions; he is not free
    /// then.
    [[nodiscard]] std::optional<std::size_t> take_for(const Waiting& item, const Roles& roles,
                                                      Instant now);
    /// Nobody was: it waits.
    void wait(const Waiting& item, const Roles& roles);
    /// It does not wait any more.
    void withdraw(const Waiting& item, const Roles& roles);
    /// He has nothing to do: what he begins next, if anything waits for him and he is there; he is not
    /// free then.
    [[nodiscard]] std::optional<Waiting> release(std::size_t person, Instant now);

    [[nodiscard]] bool is_free(std::size_t person) const { return members_[person].is_free; }
    /// Whether anything waits in a role of his.
    [[nodiscard]] bool is_wanted(std::size_t person) const;
    /// Who may do it and is not there now.
    [[nodiscard]] std::vector<std::size_t> missing_for(const Waiting& item, const Roles& roles,
                                                       Instant now) const;
    [[nodiscard]] const Presence& presence(std::size_t person) const {
        return members_[person].presence;
    }

private:
    struct Member {
        std::vector<std::uint32_t> roles;
        Presence presence;
        /// Works by the procedure's calendar and is never absent: what he takes while the office is
        /// closed he begins when it opens.
        bool is_always_there = true;
        bool is_free = true;
    };
    struct Earlier {
        bool operator()(const Waiting& a, const Waiting& b) const {
            return std::tie(a.rank, a.since, a.number) < std::tie(b.rank, b.since, b.number);
        }
    };
    [[nodiscard]] bool may_do(std::size_t person, const Waiting& item, const Roles& roles) const;
    [[nodiscard]] bool is_there(std::size_t person, Instant now) const {
        const Member& member = members_[person];
        return member.is_always_there || member.presence.is_there(now);
    }

    const Assumptions& assumptions_;
    Allows allows_;
    std::vector<Member> members_;
    bool all_always_there_ = true;
    using Queue = std::set<Waiting, Earlier>;
    std::vector<Queue> queues_;  ///< by role
};

}  // namespace workflow::simulation
