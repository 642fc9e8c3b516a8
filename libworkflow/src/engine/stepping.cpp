// One event in one transaction: load, step, write the difference.
#include <algorithm>
#include <iterator>
#include <span>

#include "engine/implementation.hpp"
#include "interpreter/soundness.hpp"
#include "procedure/model.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/limits.hpp"

namespace workflow::engine {
namespace {

/// A stored instance body: the head of its history's chain, then the encoded instance.
constexpr std::size_t head_size = sizeof(Digest);

std::string with_head(const Digest& head, const std::string& instance) {
    std::string body;
    body.reserve(head.size() + instance.size());
    body.append(reinterpret_cast<const char*>(head.data()), head.size());
    body += instance;
    return body;
}

struct SensitiveField {
    std::string_view id;
    const Type& type;
};

/// Of the data, and of the action where one is named.
std::vector<SensitiveField> sensitive_fields(const procedure::Model& model,
                                             std::string_view action) {
    std::vector<SensitiveField> found;
    for (const procedure::Field& field : model.data) {
        if (field.sensitive) found.push_back({field.id, field.type});
    }
    for (const procedure::State& state : model.states) {
        for (const procedure::Action& candidate : state.actions) {
            if (candidate.id != action) continue;
            for (const procedure::ActionField& field : candidate.fields) {
                if (field.sensitive) found.push_back({field.id, field.type});
            }
        }
    }
    return found;
}

/// Seals what people gave, once it is of its type: behind the seal a text becomes no date. What
/// does not fit is sealed as it is; the step refuses it.
class Sealer {
public:
    Sealer(const std::string& id, UtcOffset offset, const std::function<std::string()>& salt,
           Transaction& transaction)
        : id_(id), offset_(offset), salt_(salt), transaction_(transaction) {}

    void seal(FieldValues& fields, const std::vector<SensitiveField>& sensitive) const {
        for (auto& [name, value] : fields) {
            const auto marked = std::find_if(
                sensitive.begin(), sensitive.end(),
                [&, &id = name](const SensitiveField& field) { return field.id == id; });
            if (marked == sensitive.end() || value.is_null() || value.sealed() != nullptr) continue;
            value = sealed(conform(marked->type, value, offset_).value_or(value));
        }
    }

private:
    [[nodiscard]] Value sealed(const Value& value) const {
        const auto made = record::seal(value, salt_());
        const std::string digest(reinterpret_cast<const char*>(made->digest.data()),
                                 made->digest.size());
        transaction_.put_secret(id_, {digest, record::encode_secret(*made)});
        return made;
    }

    const std::string& id_;
    UtcOffset offset_;
    const std::function<std::string()>& salt_;
    Transaction& transaction_;
};

void seal_event(Event& event, const procedure::Model& model, const Sealer& sealer) {
    if (auto* start = std::get_if<Start>(&event)) {
        sealer.seal(start->data, sensitive_fields(model, {}));
    } else if (auto* perform = std::get_if<Perform>(&event)) {
        sealer.seal(perform->fields, sensitive_fields(model, perform->action));
    } else if (auto* correct = std::get_if<Correct>(&event)) {
        sealer.seal(correct->data, sensitive_fields(model, {}));
    } else if (auto* migrate = std::get_if<Migrate>(&event)) {
        sealer.seal(migrate->mapping.data, sensitive_fields(model, {}));
    }
}

/// That of the calendar by which the event is taken.
UtcOffset offset_for(const Event& event, const Loaded& loaded) {
    const auto* start = std::get_if<Start>(&event);
    const auto* migrate = std::get_if<Migrate>(&event);
    const Digest& digest = start != nullptr     ? start->calendar
                           : migrate != nullptr ? migrate->calendar
                                                : loaded.instance.calendar;
    const Calendar* calendar = loaded.calendars->find(digest);
    return calendar != nullptr ? calendar->offset() : UtcOffset{};
}

StoredDue stored(const std::string& id, const DueRow& row) {
    return {milliseconds_of(row.due), id, row.ordinal, row.timer};
}

StoredWork stored(const std::string& id, const procedure::Model& model, const WorkRow& row) {
    const std::string* unit = row.for_whom.open().text();
    const std::string& state = model.states[row.state].id;
    std::string place;
    place.reserve(model.id.size() + 1 + state.size());
    place += model.id;
    place += '/';
    place += state;
    return {.role = row.role == no_index ? std::string() : model.roles[row.role].id,
            .state = std::move(place),
            .unit = unit != nullptr ? *unit : std::string(),
            .due = milliseconds_of(row.due),
            .instance = id,
            .ordinal = row.ordinal,
            .counted = row.counted};
}

StoredActive stored(const std::string& id, const procedure::Model& model, const ActiveRow& row) {
    return {model.id, row.unit, milliseconds_of(row.received), id, milliseconds_of(row.due)};
}

StoredField stored(const std::string& id, const procedure::Model& model, const FieldRow& row) {
    return {model.id, model.data[row.field].id, row.value, id};
}

StoredSubscription stored(const std::string& id, const procedure::Model& model,
                          const SubscriptionRow& row) {
    return {model.messages[row.message].id, row.key, milliseconds_of(row.since), id, row.ordinal};
}

/// Where two lists of rows differ: without what both begin with and both end with, which is nearly
/// all of long ones. No list holds a row twice.
template <class Row>
std::pair<std::span<const Row>, std::span<const Row>> differing(const std::vector<Row>& a,
                                                                const std::vector<Row>& b) {
    const auto start = std::mismatch(a.begin(), a.end(), b.begin(), b.end());
    const auto end = std::mismatch(a.rbegin(), std::make_reverse_iterator(start.first), b.rbegin(),
                                   std::make_reverse_iterator(start.second));
    return {std::span<const Row>(start.first, end.first.base()),
            std::span<const Row>(start.second, end.second.base())};
}

template <class Row>
std::uint32_t ordinal_of(const Row& row) {
    return row.ordinal;
}
std::uint32_t ordinal_of(const FieldRow& row) {
    return row.field;
}

/// Finds rows: few by looking at each, many by their ordinals.
template <class Row>
class RowFinder {
public:
    explicit RowFinder(std::span<const Row> rows) : rows_(rows) {
        if (rows.size() <= few) return;
        by_ordinal_.reserve(rows.size());
        for (const Row& row : rows) by_ordinal_.push_back(&row);
        std::sort(by_ordinal_.begin(), by_ordinal_.end(),
                  [](const Row* a, const Row* b) { return ordinal_of(*a) < ordinal_of(*b); });
    }
    [[nodiscard]] bool has(const Row& row) const {
        if (by_ordinal_.empty()) {
            return std::find(rows_.begin(), rows_.end(), row) != rows_.end();
        }
        auto found = std::lower_bound(
            by_ordinal_.begin(), by_ordinal_.end(), ordinal_of(row),
            [](const Row* other, Ordinal ordinal) { return ordinal_of(*other) < ordinal; });
        for (; found != by_ordinal_.end() && ordinal_of(**found) == ordinal_of(row); ++found) {
            if (**found == row) return true;
        }
        return false;
    }

private:
    static constexpr std::size_t few = 16;
    std::span<const Row> rows_;
    std::vector<const Row*> by_ordinal_;
};

/// Calls `erase` with each row that is only in `before`, then `put` with each only in `after`.
template <class Row, class Erase, class Put>
void write_difference(const std::vector<Row>& before, const std::vector<Row>& after,
                      const Erase& erase, const Put& put) {
    const auto [old_rows, new_rows] = differing(before, after);
    const RowFinder<Row> olds(old_rows);
    const RowFinder<Row> news(new_rows);
    for (const Row& row : old_rows) {
        if (!news.has(row)) erase(row);
    }
    for (const Row& row : new_rows) {
        if (!olds.has(row)) put(row);
    }
}

void write_active(Transaction& transaction, const std::string& id, const procedure::Model& model,
                  const IndexRows& before, const IndexRows& after) {
    if (before.active == after.active) return;
    const bool is_same_row = before.active && after.active &&
                             before.active->unit == after.active->unit &&
                             before.active->received == after.active->received;
    if (before.active && !is_same_row) {
        transaction.erase_active(stored(id, model, *before.active));
    }
    if (after.active) transaction.put_active(stored(id, model, *after.active));
}

bool is_decision(const Event& event) {
    return std::visit(
        [](const auto& one) {
            using One = std::decay_t<decltype(one)>;
            return std::is_same_v<One, Suspend> || std::is_same_v<One, Resume> ||
                   std::is_same_v<One, Migrate> || std::is_same_v<One, Erase> ||
                   std::is_same_v<One, Cancel> || std::is_same_v<One, Correct> ||
                   std::is_same_v<One, MoveToken> || std::is_same_v<One, Reassign> ||
                   std::is_same_v<One, Resolve> || std::is_same_v<One, CalendarChanged>;
        },
        event);
}

void log_step(const Post& post, const procedure::Model& model, const Step& taken,
              const Event& event) {
    const auto tell = [&](LogLevel level, std::string text) {
        post.tally.log.push_back({level, taken.instance.id, std::move(text), post.trace});
    };
    const Actor* const actor = actor_of(event);
    tell(is_decision(event) ? LogLevel::info : LogLevel::debug,
         "revision " + std::to_string(taken.instance.revision) + ", " + kind_of(event) +
             (actor != nullptr ? " by " + printable(actor->id) : std::string()));
    for (const Record& record : taken.records) {
        if (record.kind != RecordKind::incident_opened) continue;
        const List* const told = record.value.list();
        const std::string* code = told == nullptr || told->empty() ? nullptr : told->front().text();
        tell(LogLevel::warning, "incident at '" + model.states[record.state].id + "': " +
                                    (code != nullptr ? *code : std::string("unknown")));
    }
}

bool same_value(const Value& a, const Value& b) {
    const bool erased = (a.sealed() != nullptr && a.sealed()->erased) ||
                        (b.sealed() != nullptr && b.sealed()->erased);
    return erased || a.open() == b.open();
}

/// Whether the same person acts, for the same one; with which roles only where both say so.
bool same_actor(const Actor& a, const Actor& b) {
    const bool is_resolved_now = !a.acting_for.empty() && (a.roles.empty() || b.roles.empty());
    return is_resolved_now ? a.id == b.id && a.acting_for == b.acting_for : a == b;
}

bool same_fields(const FieldValues& a, const FieldValues& b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](const auto& x, const auto& y) {
               return x.first == y.first && same_value(x.second, y.second);
           });
}

}  // namespace

/// Writes the difference between the rows before and after: there is no timer to forget.
void write_index(Transaction& transaction, const std::string& id, const procedure::Model& model,
                 const IndexRows& before, const IndexRows& after) {
    write_difference(
        before.due, after.due,
        [&](const DueRow& row) { transaction.erase_due(stored(id, row)); },
        [&](const DueRow& row) { transaction.put_due(stored(id, row)); });
    write_difference(
        before.work, after.work,
        [&](const WorkRow& row) { transaction.erase_work(stored(id, model, row)); },
        [&](const WorkRow& row) { transaction.put_work(stored(id, model, row)); });
    write_difference(
        before.unworked, after.unworked,
        [&](const WorkRow& row) { transaction.erase_work(stored(id, model, row)); },
        [&](const WorkRow& row) { transaction.put_work(stored(id, model, row)); });
    write_active(transaction, id, model, before, after);
    write_difference(
        before.fields, after.fields,
        [&](const FieldRow& row) { transaction.erase_field(stored(id, model, row)); },
        [&](const FieldRow& row) { transaction.put_field(stored(id, model, row)); });
    const auto incident = [&](const IncidentRow& row) {
        return StoredIncident{milliseconds_of(row.since), id, row.ordinal};
    };
    write_difference(
        before.incidents, after.incidents,
        [&](const IncidentRow& row) { transaction.erase_incident(incident(row)); },
        [&](const IncidentRow& row) { transaction.put_incident(incident(row)); });
    write_difference(
        before.subscriptions, after.subscriptions,
        [&](const SubscriptionRow& row) { transaction.erase_subscription(stored(id, model, row)); },
        [&](const SubscriptionRow& row) { transaction.put_subscription(stored(id, model, row)); });
}

record::Secrets load_secrets(Transaction& transaction, const std::string& id) {
    record::Secrets secrets;
    for (const StoredSecret& row : transaction.secrets(id)) {
        Digest digest{};
        if (row.digest.size() != digest.size()) {
            throw Error(ErrorCode::corrupt, "a sensitive value of " + id + " has a damaged key");
        }
        std::copy(row.digest.begin(), row.digest.end(), reinterpret_cast<char*>(digest.data()));
        secrets[digest] = record::decode_secret(row.body, digest);
    }
    return secrets;
}

void each_history(Transaction& transaction, const std::string& id,
                  const std::function<void(const StoredHistory&)>& use) {
    Revision last = 0;
    while (true) {
        const auto rows = transaction.history(id, last, limits::page_rows_max);
        for (const StoredHistory& row : rows) use(row);
        if (rows.size() < limits::page_rows_max) return;
        last = rows.back().revision;
    }
}

std::vector<HistoryRow> load_history(Transaction& transaction, const std::string& id) {
    const auto secrets = load_secrets(transaction, id);
    std::vector<HistoryRow> rows;
    each_history(transaction, id, [&](const StoredHistory& stored) {
        rows.push_back({stored.body, record::decode_history(stored.body, secrets)});
        if (rows.back().entry.revision != stored.revision) {
            throw Error(ErrorCode::corrupt, "a history row of " + id + " belongs elsewhere");
        }
    });
    if (rows.empty())
        throw Error(ErrorCode::not_found, "there is no instance '" + printable(id) + "'");
    return rows;
}

Loaded load(Definitions& definitions, Transaction& transaction, const std::string& id) {
    const auto row = transaction.instance(id);
    if (!row) throw Error(ErrorCode::not_found, "there is no instance '" + printable(id) + "'");
    if (row->body.size() < head_size) {
        throw Error(ErrorCode::corrupt, "the stored body of " + id + " is too short");
    }
    Loaded loaded;
    std::copy_n(row->body.begin(), head_size, reinterpret_cast<char*>(loaded.chain_head.data()));
    const std::string_view body = std::string_view(row->body).substr(head_size);
    loaded.instance = record::decode_instance(body, {});
    if (loaded.instance.id != id || loaded.instance.revision != row->revision) {
        throw Error(ErrorCode::corrupt, "the stored body of " + id + " belongs to another row");
    }
    loaded.procedure = definitions.procedure(loaded.instance.procedure);
    bool known = loaded.procedure != nullptr;
    known = known && definitions.calendar(loaded.instance.calendar) != nullptr;
    for (const Digest& calendar : loaded.instance.more_calendars) {
        known = known && definitions.calendar(calendar) != nullptr;
    }
    if (!known) {
        throw Error(ErrorCode::not_found,
                    "the definitions that " + id + " runs by are not in the store");
    }
    if (loaded.procedure->model().has_sensitive) {
        loaded.instance = record::decode_instance(body, load_secrets(transaction, id));
    }
    if (!interpreter::is_sound(*loaded.procedure, loaded.instance)) {
        throw Error(ErrorCode::corrupt, "the stored body of " + id +
                                            " cannot be one of its procedure: restore the store "
                                            "from a backup");
    }
    loaded.calendars = definitions.calendars();
    return loaded;
}

IndexRows rows_of(const Loaded& loaded) {
    return index_rows(*loaded.procedure, *loaded.calendars, loaded.instance);
}

std::variant<Done, Refusal> step_and_write(const Post& post, Loaded loaded,
                                           const IndexRows& before, Event&& event,
                                           const std::string& request) {
    Transaction& transaction = post.transaction;
    const std::string id = loaded.instance.id;
    // Time never goes back within an instance.
    const Instant now = std::max(post.now, loaded.instance.last_now);
    const Revision expected = loaded.instance.revision;
    const bool had_ended = loaded.instance.status == Instance::Status::ended;
    const Procedure& procedure = *loaded.procedure_after();
    if (procedure.model().has_sensitive) {
        seal_event(event, procedure.model(),
                   Sealer(id, offset_for(event, loaded), post.salt, transaction));
    }
    const auto* moving = std::get_if<Migrate>(&event);
    Outcome outcome =
        moving != nullptr
            ? migrate(*loaded.procedure, procedure, *loaded.calendars, std::move(loaded.instance),
                      *moving, now)
            : step(procedure, *loaded.calendars, std::move(loaded.instance), event, now);
    if (auto* refusal = std::get_if<Refusal>(&outcome)) return std::move(*refusal);
    auto& taken = std::get<Step>(outcome);
    const Instance& instance = taken.instance;
    const IndexRows after = index_rows(procedure, *loaded.calendars, instance);

    ++post.tally.steps[event.index()];
    if (post.tally.is_logged) log_step(post, procedure.model(), taken, event);
    const std::string body = record::encode(instance);
    HistoryEntry entry{.revision = instance.revision,
                       .now = now,
                       .event = std::move(event),
                       .request = request,
                       .semantics = semantics_number,
                       .procedure = instance.procedure,
                       .calendar = instance.calendar,
                       .instance_after = sha256(body),
                       .previous = loaded.chain_head,
                       .records = std::move(taken.records)};
    std::string row = record::encode(entry);
    transaction.put_instance(id, expected, {instance.revision, with_head(sha256(row), body)});
    transaction.append_history(
        id, {instance.revision, std::move(row), std::move(entry.request)});
    if (moving != nullptr) {
        // Numbers of roles and messages before and after are not to be compared.
        write_index(transaction, id, loaded.procedure->model(), before, {});
        write_index(transaction, id, procedure.model(), {}, after);
    } else {
        write_index(transaction, id, procedure.model(), before, after);
    }
    for (std::uint32_t i = 0; i < taken.effects.size(); ++i) {
        const std::int64_t at = milliseconds_of(now);
        std::string bytes = record::encode(taken.effects[i]);
        if (is_between_instances(taken.effects[i])) {
            transaction.put_due({at, id, dispatch_ordinal, 0});
            transaction.put_dispatch({id, instance.revision, i, std::move(bytes), post.trace});
        } else {
            transaction.put_effect(
                {at, id, instance.revision, i, 0, std::move(bytes), post.trace});
        }
    }
    if (instance.status == Instance::Status::ended && !had_ended) {
        transaction.put_closed(closing_row(post.definitions, transaction, instance));
    }
    return Done{id, instance.revision, false, std::move(entry.records), entry.procedure};
}

std::variant<Done, Refusal> begin_instance(const Post& post,
                                           const std::shared_ptr<const Procedure>& runs_by,
                                           const std::string& id, Start start,
                                           const std::string& request) {
    start.calendar = post.definitions.known_calendar(runs_by->calendar())->digest();
    for (const std::string& other : runs_by->more_calendars()) {
        start.more_calendars.push_back(post.definitions.known_calendar(other)->digest());
    }
    Loaded fresh{.procedure = runs_by, .calendars = post.definitions.calendars()};
    fresh.instance.id = id;
    auto answer = step_and_write(post, std::move(fresh), {}, std::move(start), request);
    if (std::holds_alternative<Done>(answer)) bring_kept(post, *runs_by, id);
    return answer;
}

std::optional<TimerDue> earlier_timer(const IndexRows& rows, Instant now) {
    const auto first = std::min_element(rows.due.begin(), rows.due.end());
    if (first == rows.due.end() || first->due >= now) return std::nullopt;
    return TimerDue{first->ordinal, first->timer, first->due};
}

bool same_start(const Start& a, const Start& b) {
    return a.variant == b.variant && a.entry == b.entry && a.caller == b.caller &&
           same_fields(a.data, b.data);
}

bool same_event(const Event& a, const Event& b) {
    if (a.index() != b.index()) return false;
    if (const auto* x = std::get_if<Start>(&a)) {
        const auto& y = std::get<Start>(b);
        return x->actor == y.actor && same_start(*x, y);
    }
    if (const auto* x = std::get_if<Perform>(&a)) {
        const auto& y = std::get<Perform>(b);
        return x->action == y.action && same_actor(x->actor, y.actor) && x->work_item == y.work_item &&
               same_fields(x->fields, y.fields);
    }
    if (const auto* x = std::get_if<Correct>(&a)) {
        const auto& y = std::get<Correct>(b);
        return x->actor == y.actor && x->reason == y.reason && x->token == y.token &&
               same_fields(x->data, y.data);
    }
    if (const auto* x = std::get_if<Migrate>(&a)) {
        const auto& y = std::get<Migrate>(b);
        const auto without_data = [](MigrationMapping mapping) {
            mapping.data.clear();
            return mapping;
        };
        return x->actor == y.actor && x->reason == y.reason && x->to == y.to &&
               without_data(x->mapping) == without_data(y.mapping) &&
               same_fields(x->mapping.data, y.mapping.data);
    }
    return a == b;
}

}  // namespace workflow::engine
