// A new version of a calendar: what it would move, and moving it batch by batch (rule R81).
#include <algorithm>

#include "engine/implementation.hpp"
#include "workflow/limits.hpp"

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

/// Calls `look(id)` for each instance of the batch; what it throws is told, and the next follows.
template <class Look>
void go_through(Transaction& transaction, const std::string& cursor, std::size_t rows_max,
                CalendarReport& report, Look look) {
    rows_max = std::clamp<std::size_t>(rows_max, 1, limits::page_rows_max);
    const std::vector<std::string> ids = transaction.instances(cursor, rows_max);
    report.cursor = ids.empty() ? cursor : ids.back();
    report.finished = ids.size() < rows_max;
    for (const std::string& id : ids) {
        ++report.looked_at;
        try {
            look(id);
        } catch (const Error& error) {
            if (error.code() == ErrorCode::storage) throw;
            report.failed.emplace_back(id, error.what());
        }
    }
}

}  // namespace

CalendarReport Engine::calendar_impact(const std::shared_ptr<const Calendar>& calendar,
                                       const std::string& cursor, std::size_t rows_max) {
    auto& self = *implementation_;
    if (calendar == nullptr) throw Error(ErrorCode::misuse, "a calendar is needed");
    const Instant now = self.clock->now();
    CalendarReport report;
    const auto transaction = self.store->begin(Store::Access::read);
    go_through(*transaction, cursor, rows_max, report, [&](const std::string& id) {
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
    const auto calendar = self.definitions.latest_calendar(id);
    if (calendar == nullptr) {
        throw Error(ErrorCode::not_found, "the calendar '" + printable(id) + "' is not registered");
    }
    CalendarReport report;
    // Ids are read at once, so that no transaction spans instances.
    std::vector<std::string> concerned;
    {
        const auto transaction = self.store->begin(Store::Access::read);
        go_through(*transaction, cursor, rows_max, report, [&](const std::string& instance) {
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
