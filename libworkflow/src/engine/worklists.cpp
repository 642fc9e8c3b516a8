// What waits for people: work items, incidents; and what has changed.
#include <algorithm>
#include <charconv>

#include "engine/implementation.hpp"
#include "procedure/model.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

/// `12.34.rest`: two numbers and a text, which may hold anything.
struct Cursor {
    std::int64_t first = 0;
    std::uint64_t second = 0;
    std::string rest;
};

std::string written(const Cursor& cursor) {
    return std::to_string(cursor.first) + '.' + std::to_string(cursor.second) + '.' + cursor.rest;
}

std::optional<Cursor> cursor_of(const std::string& text) {
    if (text.empty()) return std::nullopt;
    Cursor cursor;
    const char* const end = text.data() + text.size();
    const auto first = std::from_chars(text.data(), end, cursor.first);
    if (first.ec == std::errc() && first.ptr != end && *first.ptr == '.') {
        const auto second = std::from_chars(first.ptr + 1, end, cursor.second);
        if (second.ec == std::errc() && second.ptr != end && *second.ptr == '.') {
            cursor.rest.assign(second.ptr + 1, end);
            return cursor;
        }
    }
    throw Error(ErrorCode::misuse, "'" + printable(text) +
                                       "' is no cursor: give the one of the page before, or none");
}

bool contains(std::string_view text, std::string_view part) {
    const auto small = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
    };
    return std::search(text.begin(), text.end(), part.begin(), part.end(),
                       [&](char a, char b) { return small(a) == small(b); }) != text.end();
}

/// Rows of one role and unit, page by page.
struct Stream {
    std::string role;
    std::string unit;
    std::vector<StoredWork> rows = {};
    std::size_t next = 0;
    bool is_read = false;
};

using Key = std::tuple<std::int64_t, std::string, std::uint32_t>;

Key key_of(const StoredWork& row) {
    return {row.due, row.instance, row.ordinal};
}

/// One page of a worklist.
class Listing {
public:
    Listing(engine::Core& core, Transaction& transaction, const Actor& actor,
            const WorkFilter& filter)
        : core_(core), transaction_(transaction), actor_(actor), filter_(filter),
          now_(core.clock->now()) {
        std::vector<std::string> units{{}, actor.id};
        units.insert(units.end(), actor.units.begin(), actor.units.end());
        for (const std::string& role : actor.roles) {
            if (!filter.role.empty() && filter.role != role) continue;
            for (const std::string& unit : units) {
                if (!filter.unit.empty() && filter.unit != unit) continue;
                streams_.push_back({role, unit});
            }
        }
    }

    [[nodiscard]] WorkPage page(std::optional<Cursor> behind, std::size_t rows_max) {
        WorkPage page;
        if (behind) last_ = Key{behind->first, behind->rest, static_cast<Ordinal>(behind->second)};
        // Of many rows that he may not act on a page holds few, and another call goes on.
        constexpr std::size_t looks_max = 10 * limits::page_rows_max;
        for (std::size_t looks = 0; page.items.size() < rows_max && looks < looks_max; ++looks) {
            const std::optional<StoredWork> row = next();
            page.finished = !row || (filter_.overdue && row->due >= engine::milliseconds_of(now_));
            if (page.finished) break;
            if (is_wanted(*row)) {
                page.items.push_back({row->instance, row->ordinal, row->role, row->unit, {}});
                if (row->due != engine::milliseconds_of(Instant::max())) {
                    page.items.back().due = engine::instant_of(row->due);
                }
            }
        }
        if (last_ && !page.finished) {
            page.cursor = written({std::get<0>(*last_), std::get<2>(*last_), std::get<1>(*last_)});
        }
        return page;
    }

private:
    /// The first of all streams behind the last one; an item that several of them hold comes once.
    [[nodiscard]] std::optional<StoredWork> next() {
        const StoredWork* first = nullptr;
        for (Stream& stream : streams_) {
            while (const StoredWork* row = head(stream)) {
                if (last_ && key_of(*row) <= *last_) {
                    ++stream.next;
                    continue;
                }
                if (first == nullptr || key_of(*row) < key_of(*first)) first = row;
                break;
            }
        }
        if (first == nullptr) return std::nullopt;
        StoredWork row = *first;
        last_ = key_of(row);
        return row;
    }

    [[nodiscard]] const StoredWork* head(Stream& stream) {
        if (stream.next == stream.rows.size()) {
            if (stream.is_read && stream.rows.size() < limits::page_rows_max) return nullptr;
            std::optional<StoredWork> after;
            if (!stream.rows.empty()) {
                after = stream.rows.back();
            } else if (last_) {
                const auto& [due, instance, ordinal] = *last_;
                after = StoredWork{stream.role, stream.unit, due, instance, ordinal};
            }
            stream.rows =
                transaction_.work(stream.role, stream.unit, after, limits::page_rows_max);
            stream.next = 0;
            stream.is_read = true;
        }
        return stream.next == stream.rows.size() ? nullptr : &stream.rows[stream.next];
    }

    /// Whether it is what the filter asks for, and something on it is open to the actor.
    [[nodiscard]] bool is_wanted(const StoredWork& row) const {
        if (!filter_.procedure.empty() && !row.instance.starts_with(filter_.procedure + '/')) {
            return false;
        }
        const engine::Loaded loaded =
            engine::load(core_.definitions, transaction_, row.instance);
        const procedure::Model& model = loaded.procedure->model();
        if (!filter_.state.empty()) {
            const auto& tokens = loaded.instance.tokens;
            const bool is_there = std::any_of(tokens.begin(), tokens.end(), [&](const Token& one) {
                return one.ordinal == row.ordinal && model.states[one.state].id == filter_.state;
            });
            if (!is_there) return false;
        }
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
    const Actor& actor_;
    const WorkFilter& filter_;
    Instant now_;
    std::vector<Stream> streams_;
    std::optional<Key> last_;
};

}  // namespace

WorkPage Engine::worklist(const Actor& actor, const WorkFilter& filter, const std::string& cursor,
                          std::size_t rows_max) {
    const auto behind = cursor_of(cursor);
    const auto transaction = implementation_->store->begin(Store::Access::read);
    return Listing(*implementation_, *transaction, actor, filter)
        .page(behind, std::min(rows_max, limits::page_rows_max));
}

IncidentPage Engine::incidents(const std::string& cursor, std::size_t rows_max) {
    std::optional<StoredIncident> after;
    if (const auto behind = cursor_of(cursor)) {
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
        page.cursor = written({rows.back().since, rows.back().ordinal, rows.back().instance});
    }
    return page;
}

ChangePage Engine::changes(const std::string& cursor, std::size_t rows_max) {
    std::optional<StoredChange> after;
    if (const auto behind = cursor_of(cursor)) {
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
        page.cursor = written(
            {static_cast<std::int64_t>(rows.back().transaction), rows.back().number, {}});
    }
    page.finished = rows.size() < rows_max;
    return page;
}

}  // namespace workflow
