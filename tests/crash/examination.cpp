#include "crash/examination.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "workflow/index_rows.hpp"

namespace workflow::test {
namespace {

constexpr std::size_t all = 1'000'000;

template <class Visit>
void each_instance(Engine& engine, const Visit& visit) {
    std::string after;
    while (true) {
        const auto ids = engine.instances(after, 500);
        for (const std::string& id : ids) visit(id);
        if (ids.size() < 500) return;
        after = ids.back();
    }
}

}  // namespace

Breaches broken_histories(Engine& engine) {
    Breaches breaches;
    std::string cursor;
    for (bool finished = false; !finished;) {
        const VerifyReport report = engine.verify(cursor, 500);
        for (const auto& fault : report.faults) {
            breaches.push_back(fault.instance + ": " + fault.words);
        }
        cursor = report.cursor;
        finished = report.finished;
    }
    return breaches;
}

Breaches broken_index(Engine& engine, Store& store) {
    Breaches breaches;
    std::set<StoredDue> due;
    std::set<StoredWork> work;
    each_instance(engine, [&](const std::string& id) {
        const InstanceView view = engine.get(id);
        const IndexRows rows = index_rows(*view.procedure, *view.calendars, view.instance);
        for (const DueRow& row : rows.due) {
            due.insert({row.due.time_since_epoch().count(), id, row.ordinal, row.timer});
        }
        for (const WorkRow& row : rows.work) {
            const std::string state = view.procedure->id() + "/" + view.procedure->state(row.state).id;
            work.insert({view.procedure->role(row.role).id, state, "",
                         row.due.time_since_epoch().count(), id, row.ordinal, row.counted});
        }
    });
    const auto transaction = store.begin(Store::Access::read);
    const auto kept_due = transaction->due(std::numeric_limits<std::int64_t>::max(), {}, all);
    std::vector<StoredWork> kept_work;
    for (const std::string& state : transaction->work_states("officer")) {
        const auto some = transaction->work("officer", state, "", {}, all);
        kept_work.insert(kept_work.end(), some.begin(), some.end());
    }
    if (std::set<StoredDue>(kept_due.begin(), kept_due.end()) != due) {
        breaches.push_back(
            fmt::format("{} rows of due instead of {}", kept_due.size(), due.size()));
    }
    if (std::set<StoredWork>(kept_work.begin(), kept_work.end()) != work) {
        breaches.push_back(
            fmt::format("{} rows of work instead of {}", kept_work.size(), work.size()));
    }
    return breaches;
}

Breaches lost_steps(Engine& engine, const std::vector<Acknowledged>& acknowledged) {
    Breaches breaches;
    std::map<std::string, std::vector<HistoryEntry>> histories;
    each_instance(engine, [&](const std::string& id) { histories[id] = engine.history(id); });
    for (const Acknowledged& step : acknowledged) {
        const auto& rows = histories[step.instance];
        const bool is_there = step.revision <= rows.size() &&
                              rows[step.revision - 1].revision == step.revision &&
                              rows[step.revision - 1].request == step.request;
        if (!is_there) {
            breaches.push_back(fmt::format("{} revision {} of request {} was acknowledged and is lost",
                                           step.instance, step.revision, step.request));
            continue;
        }
        if (step.revision == 1) continue;  // a start that is repeated is known by its key
        const Answer again =
            engine.send(step.instance, rows[step.revision - 1].event, {.id = step.request});
        const auto* done = std::get_if<Done>(&again);
        if (done == nullptr || !done->repeated || done->revision != step.revision) {
            breaches.push_back(fmt::format("request {} repeated is no repetition", step.request));
        }
    }
    return breaches;
}

Breaches doubled_timers(Engine& engine) {
    Breaches breaches;
    each_instance(engine, [&](const std::string& id) {
        std::map<std::pair<Ordinal, std::uint32_t>, int> fired;
        for (const HistoryEntry& row : engine.history(id)) {
            for (const Record& record : row.records) {
                const bool fires = record.kind == RecordKind::timer_fired ||
                                   record.kind == RecordKind::clock_moment;
                if (fires && ++fired[{record.token, record.subject}] > 1) {
                    breaches.push_back(fmt::format("{}: timer {} of token {} has fired twice", id,
                                                   record.subject, record.token));
                }
            }
        }
    });
    return breaches;
}

Breaches undelivered(Engine& engine, const std::vector<std::string>& handled) {
    Breaches breaches;
    std::set<std::string> wanted;
    each_instance(engine, [&](const std::string& id) {
        for (const HistoryEntry& row : engine.history(id)) {
            std::uint32_t number = 0;
            for (const Record& record : row.records) {
                if (record.kind == RecordKind::effect_requested) {
                    wanted.insert(fmt::format("{}@{}", id, record.token));
                    ++number;
                }
                if (record.kind == RecordKind::notified) {
                    wanted.insert(fmt::format("{}@{}.{}", id, row.revision, number++));
                }
            }
        }
    });
    const std::set<std::string> seen(handled.begin(), handled.end());
    for (const std::string& key : wanted) {
        if (seen.count(key) == 0) breaches.push_back(key + " was asked for, and no handler saw it");
    }
    for (const std::string& key : seen) {
        if (wanted.count(key) == 0) breaches.push_back(key + " was handled, and nobody asked for it");
    }
    return breaches;
}

}  // namespace workflow::test
