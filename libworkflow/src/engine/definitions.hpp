// The definitions that an engine knows: those of its store, kept ready.
// Thread-safe.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "workflow/calendar.hpp"
#include "workflow/definition.hpp"
#include "workflow/procedure.hpp"
#include "workflow/store.hpp"

namespace workflow::engine {

class Definitions {
public:
    explicit Definitions(std::shared_ptr<Store> store) : store_(std::move(store)) { refresh(); }

    void add(const LoadedCalendar& calendar);
    void add(const LoadedProcedure& procedure);

    /// By digest; asks the store again when another process may have published it.
    [[nodiscard]] std::shared_ptr<const Procedure> procedure(const Digest& digest);
    /// The highest version, or the one given; null when there is none.
    [[nodiscard]] std::shared_ptr<const Procedure> procedure(const std::string& id,
                                                             std::optional<std::int64_t> version);
    /// The same; Error{not_found} that says which is near.
    [[nodiscard]] std::shared_ptr<const Procedure> known_procedure(
        const std::string& id, std::optional<std::int64_t> version);
    /// The highest version that may be started on the day of `now`, else the highest; null when
    /// there is none. Of those that are known: may be asked inside a transaction.
    [[nodiscard]] std::shared_ptr<const Procedure> valid_procedure(const std::string& id,
                                                                   Instant now);
    /// Whether an action of that name may end an instance by one of the versions that are known.
    [[nodiscard]] bool may_end(std::string_view procedure, const std::string& action);
    /// What another process may have published: the definitions of a transaction.
    void learn(const std::vector<StoredDefinition>& rows);
    /// By id and version.
    [[nodiscard]] std::vector<std::shared_ptr<const Procedure>> procedures();
    /// An unchanging set: later registrations make a new one.
    [[nodiscard]] std::shared_ptr<const Calendars> calendars();
    [[nodiscard]] std::shared_ptr<const Calendar> calendar(const Digest& digest);
    /// The highest version; null when there is none.
    [[nodiscard]] std::shared_ptr<const Calendar> latest_calendar(const std::string& id);
    /// The same; Error{not_found}.
    [[nodiscard]] std::shared_ptr<const Calendar> known_calendar(const std::string& id);

private:
    /// Those of an id, by version.
    [[nodiscard]] std::vector<std::shared_ptr<const Procedure>> versions(const std::string& id);
    void refresh();
    void keep(const StoredDefinition& row);
    void keep(const std::shared_ptr<const Calendar>& calendar);

    std::shared_ptr<Store> store_;
    std::mutex mutex_;
    std::map<Digest, std::shared_ptr<const Procedure>> procedures_;
    std::shared_ptr<const Calendars> calendars_ = std::make_shared<Calendars>();
};

}  // namespace workflow::engine
