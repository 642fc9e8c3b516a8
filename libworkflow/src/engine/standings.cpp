// Where dossiers stand, and how many there are.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "engine/cursors.hpp"
#include "engine/implementation.hpp"
#include "procedure/model.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

using engine::instant_of;
using engine::milliseconds_of;

std::optional<Instant> due_of(std::int64_t due) {
    if (due == milliseconds_of(Instant::max())) return std::nullopt;
    return instant_of(due);
}

/// The names that the versions of one procedure have. Those that this engine knows are asked first, and
/// the store's where they have none such: another process may have registered a version.
class KnownVersions {
public:
    KnownVersions(engine::Definitions& definitions, Transaction& transaction, const std::string& id)
        : definitions_(definitions), transaction_(transaction), id_(id) {
        if (known().empty()) learn();
        if (!known().empty()) return;
        throw Error(ErrorCode::not_found, "no procedure '" + printable(id) + "' is registered");
    }

    /// The state with all that lies inside it in any version, in order.
    [[nodiscard]] std::set<std::string> inside(const std::string& state) const {
        std::set<std::string> names;
        for (const auto& version : known()) {
            const procedure::Model& model = version->model();
            const procedure::StateIndex around = procedure::find_state(model, state);
            if (around == procedure::none) continue;
            for (procedure::StateIndex one = 1; one < model.states.size(); ++one) {
                if (procedure::is_within(model, one, around)) names.insert(model.states[one].id);
            }
        }
        return names;
    }
    void check_state(const std::string& state) {
        check(state, "state", [](const procedure::Model& model, std::vector<std::string>& names) {
            for (std::size_t i = 1; i < model.states.size(); ++i) {
                names.push_back(model.states[i].id);
            }
        });
    }
    void check_outcome(const std::string& outcome) {
        if (outcome.empty() || outcome == "cancelled") return;
        check(outcome, "outcome",
              [](const procedure::Model& model, std::vector<std::string>& names) {
                  for (const auto& one : model.outcomes) names.push_back(one.id);
              });
    }
    void check_indexed(const std::string& field) {
        check(field, "field", [](const procedure::Model& model, std::vector<std::string>& names) {
            for (const procedure::Field& one : model.data) names.push_back(one.id);
        });
        if (!is_indexed(field)) learn();
        if (is_indexed(field)) return;
        throw Error(ErrorCode::misuse, "'" + field + "' of '" + id_ +
                                           "' is not marked `indexed`: mark it in a version of the "
                                           "procedure");
    }

private:
    [[nodiscard]] std::vector<std::shared_ptr<const Procedure>> known() const {
        auto all = definitions_.procedures();
        std::erase_if(all, [this](const auto& one) { return one->id() != id_; });
        return all;
    }
    void learn() { definitions_.learn(transaction_.definitions()); }

    [[nodiscard]] bool is_indexed(const std::string& field) const {
        const auto all = known();
        return std::any_of(all.begin(), all.end(), [&](const auto& version) {
            const procedure::FieldIndex found = procedure::find_field(version->model(), field);
            return found != procedure::none && version->model().data[found].indexed;
        });
    }

    template <class Collect>
    void check(const std::string& name, const char* what, Collect collect) {
        std::vector<std::string> names;
        const auto has = [&] {
            names.clear();
            for (const auto& version : known()) collect(version->model(), names);
            return std::find(names.begin(), names.end(), name) != names.end();
        };
        if (has()) return;
        learn();
        if (has()) return;
        const std::string near = nearest(name, names);
        throw Error(ErrorCode::not_found,
                    "'" + id_ + "' has no " + what + " '" + printable(name) + "'" +
                        (near.empty() ? std::string() : "; the nearest is '" + near + "'"));
    }

    engine::Definitions& definitions_;
    Transaction& transaction_;
    const std::string& id_;
};

/// Role, state, unit and instance may hold anything: the lengths of the first three stand before them.
std::string standing_cursor(const StoredWork& row) {
    return engine::written(
        {row.due, row.ordinal,
         engine::written({static_cast<std::int64_t>(row.role.size()), row.state.size(),
                          engine::written({static_cast<std::int64_t>(row.unit.size()), 0,
                                           row.role + row.state + row.unit + row.instance})})});
}

std::optional<StoredWork> standing_behind(const std::string& text) {
    const auto outer = engine::cursor_of(text);
    if (!outer) return std::nullopt;
    const auto sizes = engine::cursor_of(outer->rest);
    const auto last = sizes ? engine::cursor_of(sizes->rest) : std::nullopt;
    if (!last) engine::refuse_cursor(text);
    std::string_view rest = last->rest;
    const auto take = [&](std::uint64_t size) {
        if (size > rest.size()) engine::refuse_cursor(text);
        const std::string taken(rest.substr(0, static_cast<std::size_t>(size)));
        rest.remove_prefix(taken.size());
        return taken;
    };
    StoredWork row;
    row.role = take(static_cast<std::uint64_t>(sizes->first));
    row.state = take(sizes->second);
    row.unit = take(static_cast<std::uint64_t>(last->first));
    row.due = outer->first;
    row.instance = std::string(rest);
    row.ordinal = static_cast<std::uint32_t>(outer->second);
    return row;
}

KeptLimit kept(StoredClosed::Result result) {
    switch (result) {
        case StoredClosed::Result::none:
            return KeptLimit::none;
        case StoredClosed::Result::early:
            return KeptLimit::early;
        case StoredClosed::Result::on_time:
            return KeptLimit::on_time;
        case StoredClosed::Result::late:
            return KeptLimit::late;
    }
    return KeptLimit::none;
}

void add(UnitStatistics& sum, const StoredClosedCount& count) {
    sum.received += count.received;
    sum.carried_over += count.carried;
    sum.working_days += count.days;
    switch (count.result) {
        case StoredClosed::Result::none:
            sum.without_limit += count.closed;
            return;
        case StoredClosed::Result::early:
            sum.early += count.closed;
            return;
        case StoredClosed::Result::on_time:
            sum.on_time += count.closed;
            return;
        case StoredClosed::Result::late:
            sum.late += count.closed;
            return;
    }
}

}  // namespace

const char* to_string(KeptLimit result) {
    switch (result) {
        case KeptLimit::none:
            return "none";
        case KeptLimit::early:
            return "early";
        case KeptLimit::on_time:
            return "on time";
        case KeptLimit::late:
            return "late";
    }
    return "";
}

StandingPage Engine::standing(const std::string& procedure, const std::string& state,
                              const std::string& cursor, std::size_t rows_max) {
    auto& self = *implementation_;
    rows_max = std::clamp<std::size_t>(rows_max, 1, limits::page_rows_max);
    const auto after = standing_behind(cursor);
    const auto transaction = self.store->begin(Store::Access::read);
    KnownVersions versions(self.definitions, *transaction, procedure);
    versions.check_state(state);
    std::vector<StoredWork> rows;
    const std::vector<std::string> roles = transaction->work_roles();
    for (const std::string& inside : versions.inside(state)) {
        const std::string on = procedure + '/' + inside;
        for (const std::string& role : roles) {
            const auto place = std::tie(on, role);
            if (after && place < std::tie(after->state, after->role)) continue;
            const bool goes_on = after && place == std::tie(after->state, after->role);
            const auto some = transaction->standing(role, on, goes_on ? after : std::nullopt,
                                                    rows_max - rows.size());
            rows.insert(rows.end(), some.begin(), some.end());
            if (rows.size() == rows_max) break;
        }
        if (rows.size() == rows_max) break;
    }
    StandingPage page;
    for (const StoredWork& row : rows) {
        page.items.push_back({row.instance, row.ordinal, row.unit, due_of(row.due)});
    }
    page.finished = rows.size() < rows_max;
    if (!rows.empty()) page.cursor = standing_cursor(rows.back());
    return page;
}

std::vector<StandingCount> Engine::standing_counts(const std::string& procedure) {
    auto& self = *implementation_;
    const std::int64_t now = milliseconds_of(self.clock->now());
    const auto transaction = self.store->begin(Store::Access::read);
    (void)KnownVersions(self.definitions, *transaction, procedure);
    std::map<std::pair<std::string, std::string>, StandingCount> sums;
    for (const std::string& role : transaction->work_roles()) {
        for (StoredStanding& row : transaction->standing_counts(role, procedure, now)) {
            StandingCount& sum = sums[{row.state, row.unit}];
            sum.state = row.state.substr(procedure.size() + 1);
            sum.unit = row.unit;
            sum.tokens += row.tokens;
            sum.late += row.late;
        }
    }
    std::vector<StandingCount> counts;
    for (auto& [key, sum] : sums) counts.push_back(std::move(sum));
    return counts;
}

UnderWayPage Engine::under_way(const std::string& procedure, const std::string& cursor,
                               std::size_t rows_max) {
    rows_max = std::clamp<std::size_t>(rows_max, 1, limits::page_rows_max);
    std::optional<StoredActive> after;
    if (const auto behind = engine::cursor_of(cursor)) {
        if (behind->second > behind->rest.size()) engine::refuse_cursor(cursor);
        after = StoredActive{procedure, behind->rest.substr(0, behind->second), behind->first,
                             behind->rest.substr(behind->second), 0};
    }
    const auto transaction = implementation_->store->begin(Store::Access::read);
    const auto rows = transaction->active(procedure, after, rows_max);
    UnderWayPage page;
    for (const StoredActive& row : rows) {
        page.items.push_back(
            {row.instance, row.unit, instant_of(row.received), due_of(row.due)});
    }
    page.finished = rows.size() < rows_max;
    if (!rows.empty()) {
        const StoredActive& last = rows.back();
        page.cursor =
            engine::written({last.received, last.unit.size(), last.unit + last.instance});
    }
    return page;
}

ClosedPage Engine::closed(const std::string& procedure, const std::string& outcome,
                          const std::string& cursor, std::size_t rows_max) {
    auto& self = *implementation_;
    rows_max = std::clamp<std::size_t>(rows_max, 1, limits::page_rows_max);
    std::optional<StoredClosed> after;
    if (const auto behind = engine::cursor_of(cursor)) {
        after = StoredClosed{.closed = behind->first, .instance = behind->rest};
    }
    const auto transaction = self.store->begin(Store::Access::read);
    KnownVersions(self.definitions, *transaction, procedure).check_outcome(outcome);
    const auto rows = transaction->closed(procedure, outcome, after, rows_max);
    ClosedPage page;
    for (const StoredClosed& row : rows) {
        page.items.push_back({row.instance, row.unit, instant_of(row.received),
                              instant_of(row.closed), kept(row.result), row.days});
    }
    page.finished = rows.size() < rows_max;
    if (!rows.empty()) page.cursor = engine::written({rows.back().closed, 0, rows.back().instance});
    return page;
}

FoundPage Engine::find(const std::string& procedure, const std::string& field, const Value& value,
                       const std::string& cursor, std::size_t rows_max) {
    auto& self = *implementation_;
    rows_max = std::clamp<std::size_t>(rows_max, 1, limits::page_rows_max);
    const auto transaction = self.store->begin(Store::Access::read);
    KnownVersions(self.definitions, *transaction, procedure).check_indexed(field);
    FoundPage page;
    page.instances =
        transaction->found(procedure, field, indexed_text(value), cursor, rows_max);
    page.finished = page.instances.size() < rows_max;
    page.cursor = page.instances.empty() ? cursor : page.instances.back();
    return page;
}

std::vector<UnitStatistics> Engine::statistics(const std::string& procedure, Instant from,
                                               Instant until) {
    if (until < from) {
        throw Error(ErrorCode::misuse, "a period ends after it begins: the end lies before it");
    }
    auto& self = *implementation_;
    const StoredPeriod period{milliseconds_of(from), milliseconds_of(until),
                              milliseconds_of(self.clock->now())};
    const auto transaction = self.store->begin(Store::Access::read);
    (void)KnownVersions(self.definitions, *transaction, procedure);
    std::map<std::string, UnitStatistics> sums;
    for (const StoredActiveCount& count : transaction->active_counts(procedure, period)) {
        UnitStatistics& sum = sums[count.unit];
        sum.received += count.received;
        sum.carried_over += count.carried;
        sum.late_now += count.late;
    }
    for (const std::string& outcome : transaction->closed_outcomes(procedure)) {
        for (const StoredClosedCount& count :
             transaction->closed_counts(procedure, outcome, period)) {
            add(sums[count.unit], count);
        }
    }
    std::vector<UnitStatistics> all;
    for (auto& [unit, sum] : sums) {
        sum.unit = unit;
        const bool is_of_period = sum.received + sum.carried_over + sum.resolved() > 0;
        if (is_of_period) all.push_back(std::move(sum));
    }
    return all;
}

}  // namespace workflow
