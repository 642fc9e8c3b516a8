// A store of an older layout: what has to be made anew, and whether everything else stayed.
// Thread-safe functions.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "workflow/store.hpp"
#include "workflow/visibility.hpp"

namespace workflow WORKFLOW_PUBLIC {

struct UpgradeReport {
    std::size_t instances = 0;
    std::size_t deadlines = 0;  ///< wake-up calls that are open, looked at before and after
    /// Instances that could not be read, or whose deadlines are not those that stand in the store.
    std::vector<std::pair<std::string, std::string>> failed;
};
/// Makes the rows anew by which instances are found and counted: work items, what is under way, what
/// has ended, indexed fields. `store` is that of a StoreUpgrade, which is committed when nothing failed,
/// or dropped: then that was a rehearsal. `progress` is told how many instances are done; what it throws
/// ends it. Error{storage}.
[[nodiscard]] UpgradeReport upgrade_rows(const std::shared_ptr<Store>& store,
                                         const std::function<void(std::size_t)>& progress = {});

}  // namespace workflow
