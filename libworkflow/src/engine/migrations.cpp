// Another version of the procedure: what it would do to all that are under way, and moving one.
#include <algorithm>

#include "engine/batches.hpp"
#include "engine/calls.hpp"

namespace workflow {
namespace engine {
namespace {

/// Of a calendar that the instance has: the version that it has, else the highest.
Digest kept_or_latest(Definitions& definitions, const Loaded& loaded, const std::string& id) {
    const auto is_it = [&](const Digest& digest) {
        const Calendar* calendar = loaded.calendars->find(digest);
        return calendar != nullptr && calendar->id() == id;
    };
    const Instance& instance = loaded.instance;
    if (is_it(instance.calendar)) return instance.calendar;
    const auto& more = instance.more_calendars;
    const auto found = std::find_if(more.begin(), more.end(), is_it);
    return found != more.end() ? *found : definitions.known_calendar(id)->digest();
}

Migrate completed_for(const Procedure& to, Definitions& definitions, const Loaded& loaded,
                      Migrate event) {
    event.from = loaded.instance.procedure;
    event.to = to.digest();
    event.calendar = kept_or_latest(definitions, loaded, to.calendar());
    event.more_calendars.clear();
    for (const std::string& id : to.more_calendars()) {
        event.more_calendars.push_back(kept_or_latest(definitions, loaded, id));
    }
    return event;
}

}  // namespace

Migrate completed(Definitions& definitions, const Loaded& loaded, Migrate event) {
    const auto to = definitions.procedure(event.to);
    if (to == nullptr) {
        throw Error(ErrorCode::not_found, "the version that " + loaded.instance.id +
                                              " is to be moved to is not registered");
    }
    return completed_for(*to, definitions, loaded, std::move(event));
}

}  // namespace engine

Answer Engine::migrate(const std::string& instance, std::int64_t version,
                       const MigrationMapping& mapping, const Actor& actor,
                       const std::string& reason, const Request& request) {
    const auto runs_by = get(instance).procedure;
    const auto to = implementation_->definitions.known_procedure(runs_by->id(), version);
    return send(instance,
                Migrate{.actor = actor, .reason = reason, .to = to->digest(), .mapping = mapping},
                request);
}

MigrationReport Engine::plan_migration(const std::shared_ptr<const Procedure>& to,
                                       const MigrationMapping& mapping, const std::string& cursor,
                                       std::size_t rows_max) {
    auto& self = *implementation_;
    if (to == nullptr) throw Error(ErrorCode::misuse, "a version of a procedure is needed");
    const Instant now = self.clock->now();
    MigrationReport report;
    const auto transaction = self.store->begin(Store::Access::read);
    engine::go_through(*transaction, cursor, rows_max, report, [&](const std::string& id) {
        const engine::Loaded loaded = engine::load(self.definitions, *transaction, id);
        const bool is_concerned = loaded.instance.status == Instance::Status::active &&
                                  loaded.procedure->id() == to->id() &&
                                  loaded.instance.procedure != to->digest();
        if (!is_concerned) return;
        ++report.concerned;
        const Migrate event =
            engine::completed_for(*to, self.definitions, loaded, Migrate{.mapping = mapping});
        report.planned.push_back(
            {id, loaded.procedure->version(),
             workflow::plan_migration(*loaded.procedure, *to, *self.definitions.calendars(),
                                      loaded.instance, event, now)});
    });
    return report;
}

}  // namespace workflow
