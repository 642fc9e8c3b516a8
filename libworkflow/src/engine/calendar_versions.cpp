// A new version of a calendar: what it would move, and moving it batch by batch (rule R81).
#include <algorithm>

#include "engine/batches.hpp"

namespace workflow {
namespace {

/// Which older version of the calendar the instance counts by; nothing when none, or when it has
/// ended: ended clocks keep their result and the version that gave it.
std::optional<Digest> older_version(const engine::Loaded& loaded, const Calendar& version) {
    const Instance& instance = loaded.instance;
    if (instance.status != Instance::Status::active) return std::nullopt;
    const auto is_older = [&](const Digest& digest) {
        const Calendar* calendar = loaded.calendars->find(digest);
        return calendar != nullptr && calendar->id() == version.id() &&
               digest != version.digest() && calendar->version() <= version.version();
    };
    if (is_older(instance.calendar)) return instance.calendar;
    const auto& more = instance.more_calendars;
    const auto found = std::find_if(more.begin(), more.end(), is_older);
    return found != more.end() ? std::optional(*found) : std::nullopt;
}

}  // namespace

CalendarReport Engine::calendar_impact(const std::shared_ptr<const Calendar>& calendar,
                                       const std::string& cursor, std::size_t rows_max) {
    auto& self = *implementation_;
    if (calendar == nullptr) throw Error(ErrorCode::misuse, "a calendar is needed");
    const Instant now = self.clock->now();
    CalendarReport report;
    const auto transaction = self.store->begin(Store::Access::read);
    engine::go_through(*transaction, cursor, rows_max, report, [&](const std::string& id) {
        const engine::Loaded loaded = engine::load(self.definitions, *transaction, id);
        const auto from = older_version(loaded, *calendar);
        if (!from) return;
        ++report.concerned;
        Calendars calendars = *loaded.calendars;
        if (calendars.find(calendar->digest()) == nullptr) calendars.add(calendar);
        const CalendarChanged change{{}, *from, calendar->digest()};
        auto dates = redated(*loaded.procedure, calendars, loaded.instance, change, now);
        if (!dates.empty()) report.moved.push_back({id, loaded.procedure, std::move(dates)});
    });
    return report;
}

CalendarReport Engine::apply_calendar(const std::string& id, const Actor& actor,
                                      const std::string& cursor, std::size_t rows_max) {
    auto& self = *implementation_;
    const auto calendar = self.definitions.known_calendar(id);
    CalendarReport report;
    // Ids are read at once, so that no transaction spans instances.
    std::vector<std::string> concerned;
    {
        const auto transaction = self.store->begin(Store::Access::read);
        engine::go_through(*transaction, cursor, rows_max, report, [&](const std::string& instance) {
            const auto loaded = engine::load(self.definitions, *transaction, instance);
            if (older_version(loaded, *calendar)) concerned.push_back(instance);
        });
    }
    for (const std::string& instance : concerned) {
        try {
            const InstanceView view = get(instance);
            const engine::Loaded loaded{.instance = view.instance,
                                        .procedure = view.procedure,
                                        .calendars = view.calendars};
            const auto from = older_version(loaded, *calendar);
            if (!from) continue;  // somebody else has moved or ended it
            ++report.concerned;
            const CalendarChanged change{actor, *from, calendar->digest()};
            const Instant now = self.clock->now();
            auto dates = redated(*view.procedure, *view.calendars, view.instance, change, now);
            const Answer answer = send(instance, change);
            if (const auto* refusal = std::get_if<Refusal>(&answer)) {
                report.failed.emplace_back(instance, refusal->reason());
            } else if (!dates.empty()) {
                report.moved.push_back({instance, view.procedure, std::move(dates)});
            }
        } catch (const Error& error) {
            if (error.code() == ErrorCode::storage) throw;
            report.failed.emplace_back(instance, error.what());
        }
    }
    return report;
}

}  // namespace workflow
