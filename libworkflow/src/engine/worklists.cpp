// What waits for people: work items, incidents; and what has changed.
#include <algorithm>

#include "engine/implementation.hpp"
#include "engine/work_streams.hpp"
#include "procedure/model.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

bool contains(std::string_view text, std::string_view part) {
    const auto small = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    };
    return std::search(text.begin(), text.end(), part.begin(), part.end(),
                       [&](char a, char b) { return small(a) == small(b); }) != text.end();
}

/// One page of a worklist.
class Listing {
public:
    Listing(engine::Core& core, Transaction& transaction, const Actor& actor,
            const WorkFilter& filter)
        : core_(core), transaction_(transaction), actor_(actor), filter_(filter),
          now_(core.clock->now()) {}

    [[nodiscard]] WorkPage page(const std::string& cursor, std::size_t rows_max) {
        std::vector<std::string> units{{}, actor_.id};
        units.insert(units.end(), actor_.units.begin(), actor_.units.end());
        engine::WorkStreams streams(
            transaction_, only(actor_.roles, filter_.role), only(units, filter_.unit),
            [this](const std::string& state) { return is_wanted_state(state); }, rows_max, cursor);
        WorkPage page;
        // Of many rows that he may not act on a page holds few, and another call goes on.
        constexpr std::size_t looks_max = 10 * limits::page_rows_max;
        for (std::size_t looks = 0; page.items.size() < rows_max && looks < looks_max; ++looks) {
            const std::optional<StoredWork> row = streams.next();
            page.finished = !row || (filter_.overdue && row->due >= engine::milliseconds_of(now_));
            if (page.finished) break;
            if (is_wanted(*row)) page.items.push_back(engine::work_item(*row));
        }
        if (!page.finished) page.cursor = streams.cursor();
        return page;
    }

private:
    /// Of the names the one that is asked for; all where none is.
    static std::vector<std::string> only(const std::vector<std::string>& names,
                                         const std::string& wanted) {
        if (wanted.empty()) return names;
        const bool is_there = std::find(names.begin(), names.end(), wanted) != names.end();
        return is_there ? std::vector{wanted} : std::vector<std::string>{};
    }

    /// `<procedure>/<state>`.
    [[nodiscard]] bool is_wanted_state(const std::string& state) const {
        const std::size_t slash = state.find('/');
        return (filter_.procedure.empty() || state.substr(0, slash) == filter_.procedure) &&
               (filter_.state.empty() || state.substr(slash + 1) == filter_.state);
    }

    /// Whether it is what the filter asks for, and something on it is open to the actor.
    [[nodiscard]] bool is_wanted(const StoredWork& row) const {
        const engine::Loaded loaded =
            engine::load(core_.definitions, transaction_, row.instance);
        const procedure::Model& model = loaded.procedure->model();
        if (!filter_.text.empty() && !tells(model, loaded.instance)) return false;
        const auto offers = workflow::permitted(*loaded.procedure, *loaded.calendars,
                                                loaded.instance, actor_, now_);
        return std::any_of(offers.begin(), offers.end(), [&](const PermittedAction& offer) {
            return offer.work_item == row.ordinal && !offer.refused;
        });
    }

    [[nodiscard]] bool tells(const procedure::Model& model, const Instance& instance) const {
        if (contains(business_key(instance.id), filter_.text)) return true;
        for (std::size_t i = 0; i < instance.data.size(); ++i) {
            const std::string* text = instance.data[i].text();
            if (text == nullptr || model.data[i].sensitive) continue;
            if (contains(*text, filter_.text)) return true;
        }
        return false;
    }

    engine::Core& core_;
    Transaction& transaction_;
    const Actor actor_;
    const WorkFilter& filter_;
    Instant now_;
};

}  // namespace

WorkPage Engine::worklist(const Actor& actor, const WorkFilter& filter, const std::string& cursor,
                          std::size_t rows_max) {
    const auto transaction = implementation_->store->begin(Store::Access::read);
    const auto acting = engine::resolved(*transaction, actor, implementation_->clock->now());
    // Nobody works for whom he may not act.
    if (std::holds_alternative<Refusal>(acting)) return {.finished = true};
    return Listing(*implementation_, *transaction, std::get<Actor>(acting), filter)
        .page(cursor, std::min(rows_max, limits::page_rows_max));
}

IncidentPage Engine::incidents(const std::string& cursor, std::size_t rows_max) {
    std::optional<StoredIncident> after;
    if (const auto behind = engine::cursor_of(cursor)) {
        after = StoredIncident{behind->first, behind->rest,
                               static_cast<std::uint32_t>(behind->second)};
    }
    rows_max = std::min(rows_max, limits::page_rows_max);
    const auto transaction = implementation_->store->begin(Store::Access::read);
    IncidentPage page;
    const auto rows = transaction->incidents(after, rows_max);
    for (const StoredIncident& row : rows) {
        const engine::Loaded loaded =
            engine::load(implementation_->definitions, *transaction, row.instance);
        IncidentItem item{.instance = row.instance,
                          .token = row.ordinal,
                          .reason = incident_reason(loaded.instance, row.ordinal),
                          .since = engine::instant_of(row.since)};
        for (const Token& token : loaded.instance.tokens) {
            if (token.ordinal == row.ordinal) {
                item.state = loaded.procedure->model().states[token.state].id;
            }
        }
        page.items.push_back(std::move(item));
    }
    page.finished = rows.size() < rows_max;
    if (!page.finished) {
        page.cursor = engine::written({rows.back().since, rows.back().ordinal, rows.back().instance});
    }
    return page;
}

ChangePage Engine::changes(const std::string& cursor, std::size_t rows_max) {
    std::optional<StoredChange> after;
    if (const auto behind = engine::cursor_of(cursor)) {
        after = StoredChange{static_cast<std::uint64_t>(behind->first), behind->second, {}, 0};
    }
    rows_max = std::min(rows_max, limits::page_rows_max);
    const auto transaction = implementation_->store->begin(Store::Access::read);
    ChangePage page{.cursor = cursor};
    const auto rows = transaction->changes(after, rows_max);
    for (const StoredChange& row : rows) {
        const auto found = transaction->history(row.instance, row.revision - 1, 1);
        if (found.empty() || found.front().revision != row.revision) continue;
        page.changes.push_back({row.instance, record::decode_history(found.front().body, {})});
    }
    if (!rows.empty()) {
        page.cursor = engine::written(
            {static_cast<std::int64_t>(rows.back().transaction), rows.back().number, {}});
    }
    page.finished = rows.size() < rows_max;
    return page;
}

}  // namespace workflow
