// The calls that change something.
#include <openssl/rand.h>

#include "engine/implementation.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

std::string random_salt() {
    std::string salt(16, '\0');
    if (RAND_bytes(reinterpret_cast<unsigned char*>(salt.data()), static_cast<int>(salt.size())) !=
        1) {
        throw Error(ErrorCode::internal, "no random bytes could be had");
    }
    return salt;
}

void check_key(const std::string& key, const char* what) {
    if (key.size() > limits::key_bytes_max) {
        throw Error(ErrorCode::limit, std::string(what) + " is longer than " +
                                          std::to_string(limits::key_bytes_max) + " bytes");
    }
    if (printable(key) != key) {
        throw Error(ErrorCode::misuse, std::string(what) +
                                           " holds control characters or invalid UTF-8: '" +
                                           printable(key) + "'");
    }
}

/// The answer of the step that the request was taken by before, or a refusal when it said
/// otherwise.
Answer first_answer(Transaction& transaction, const std::string& id, Revision revision,
                    const Event& event, const std::string& request) {
    const auto rows = transaction.history(id, revision - 1, 1);
    if (rows.empty() || rows.front().revision != revision) {
        throw Error(ErrorCode::corrupt,
                    "the history of " + id + " lacks revision " + std::to_string(revision));
    }
    const auto secrets = engine::load_secrets(transaction, id);
    HistoryEntry entry = record::decode_history(rows.front().body, secrets);
    if (!engine::same_event(entry.event, event)) {
        return Refusal{RefusalCode::request_reused, {request}, {}};
    }
    return Done{id, revision, true, std::move(entry.records)};
}

const Actor* actor_of(const Event& event) {
    if (const auto* perform = std::get_if<Perform>(&event)) return &perform->actor;
    if (const auto* retry = std::get_if<Retry>(&event)) return &retry->actor;
    if (const auto* correct = std::get_if<Correct>(&event)) return &correct->actor;
    if (const auto* cancel = std::get_if<Cancel>(&event)) return &cancel->actor;
    if (const auto* start = std::get_if<Start>(&event)) return &start->actor;
    if (const auto* claim = std::get_if<Claim>(&event)) return &claim->actor;
    if (const auto* release = std::get_if<Release>(&event)) return &release->actor;
    return nullptr;
}

/// The audit trail names who acted: never nobody, never what a terminal or log could not show.
void check_actor(const Actor& actor) {
    if (actor.id.empty()) {
        throw Error(ErrorCode::misuse,
                    "an actor needs an id: the name under which the host knows him");
    }
    check_key(actor.id, "the actor's id");
    check_key(actor.acting_for, "the id of whom the actor acts for");
}

}  // namespace

std::string instance_id(const std::string& procedure, const std::string& key) {
    if (key.empty()) {
        throw Error(ErrorCode::misuse,
                    "a business key is needed: the host's own number of the dossier");
    }
    check_key(key, "the business key");
    return procedure + "/" + key;
}

Engine::Engine(std::shared_ptr<Store> store, std::shared_ptr<const Clock> clock,
               EngineOptions options) {
    if (store == nullptr || clock == nullptr) {
        throw Error(ErrorCode::misuse, "an engine needs a store and a clock");
    }
    if (!options.salt) options.salt = random_salt;
    implementation_ =
        std::make_unique<Implementation>(std::move(store), std::move(clock), std::move(options));
}

Engine::~Engine() = default;

void Engine::register_calendar(const LoadedCalendar& calendar) {
    implementation_->definitions.add(calendar);
}

void Engine::register_procedure(const LoadedProcedure& procedure) {
    implementation_->definitions.add(procedure);
}

void Engine::register_all(const ProcedureRegistry& registry) {
    for (const auto& [id, calendar] : registry.calendars()) {
        if (calendar.calendar != nullptr) register_calendar(calendar);
    }
    for (const auto& [id, procedure] : registry.procedures()) {
        if (procedure.procedure != nullptr) register_procedure(procedure);
    }
}

Answer Engine::start(const StartRequest& start, const Request& request) {
    auto& self = *implementation_;
    check_key(request.id, "the request id");
    check_actor(start.actor);
    const Instant now = self.clock->now();
    const auto runs_by = procedure(start.procedure);
    const auto calendar = self.definitions.latest_calendar(runs_by->calendar());
    if (calendar == nullptr) {
        throw Error(ErrorCode::not_found,
                    "the calendar '" + runs_by->calendar() + "' is not registered");
    }
    engine::Loaded fresh{.procedure = runs_by, .calendars = self.definitions.calendars()};
    fresh.instance.id = instance_id(start.procedure, start.key);
    const std::string id = fresh.instance.id;
    const Event event = Start{start.actor, start.data, start.variant, calendar->digest()};
    const auto transaction = self.store->begin(Store::Access::write);
    if (const auto stored = transaction->instance(id)) {
        // The same procedure and key is the same instance, whoever asks again.
        HistoryEntry first = record::decode_history(transaction->history(id, 0, 1).at(0).body,
                                                    engine::load_secrets(*transaction, id));
        if (!engine::same_start(std::get<Start>(first.event), std::get<Start>(event))) {
            return Refusal{RefusalCode::already_started, {id}, {}};
        }
        return Done{id, 1, true, std::move(first.records)};
    }
    Answer answer = engine::step_and_write(*transaction, std::move(fresh), {}, event, request.id,
                                           now, self.options.salt);
    if (std::holds_alternative<Done>(answer)) transaction->commit();
    return answer;
}

Answer Engine::perform(const std::string& instance, const Perform& action, const Request& request) {
    return send(instance, action, request);
}

Answer Engine::send(const std::string& instance, const Event& event, const Request& request) {
    auto& self = *implementation_;
    check_key(request.id, "the request id");
    if (const Actor* actor = actor_of(event)) check_actor(*actor);
    const Instant now = self.clock->now();
    for (bool asked = true;; asked = false) {
        const auto transaction = self.store->begin(Store::Access::write);
        engine::Loaded loaded = engine::load(self.definitions, *transaction, instance);
        if (!request.id.empty()) {
            if (const auto revision = transaction->request(instance, request.id)) {
                return first_answer(*transaction, instance, *revision, event, request.id);
            }
        }
        const Revision revision = loaded.instance.revision;
        if (asked && request.expected_revision && *request.expected_revision != revision) {
            return Refusal{RefusalCode::conflict,
                           {std::to_string(revision), std::to_string(*request.expected_revision)},
                           {}};
        }
        // What fell due before now comes first, whether or not the host has called run_due.
        const IndexRows before = engine::rows_of(loaded);
        if (const auto timer = engine::earlier_timer(before, now)) {
            const Answer fired = engine::step_and_write(*transaction, std::move(loaded), before,
                                                        *timer, {}, now, self.options.salt);
            if (const auto* refusal = std::get_if<Refusal>(&fired)) return *refusal;
            transaction->commit();
            continue;
        }
        Answer answer = engine::step_and_write(*transaction, std::move(loaded), before, event,
                                               request.id, now, self.options.salt);
        if (std::holds_alternative<Done>(answer)) {
            transaction->commit();
        } else if (const auto* perform = std::get_if<Perform>(&event)) {
            const auto as_was = engine::load(self.definitions, *transaction, instance);
            std::get<Refusal>(answer).permitted = workflow::permitted(
                *as_was.procedure, *as_was.calendars, as_was.instance, perform->actor, now);
        }
        return answer;
    }
}

DueReport Engine::run_due() {
    auto& self = *implementation_;
    const Instant now = self.clock->now();
    DueReport report;
    std::optional<StoredDue> after;  // behind instances that cannot be run
    while (true) {
        const auto transaction = self.store->begin(Store::Access::write);
        const auto rows = transaction->due(now.time_since_epoch().count(), after, 1);
        if (rows.empty()) return report;
        const StoredDue& row = rows.front();
        try {
            engine::Loaded loaded = engine::load(self.definitions, *transaction, row.instance);
            const TimerDue event{row.ordinal, row.timer,
                                 Instant(std::chrono::milliseconds(row.due))};
            const IndexRows before = engine::rows_of(loaded);
            const Answer answer = engine::step_and_write(*transaction, std::move(loaded), before,
                                                         event, {}, now, self.options.salt);
            // A row that its instance no longer knows must not come back.
            transaction->erase_due(row);
            if (const auto* refusal = std::get_if<Refusal>(&answer)) {
                throw Error(ErrorCode::internal, refusal->reason());
            }
            transaction->commit();
            ++report.fired;
        } catch (const Error& error) {
            if (error.code() == ErrorCode::storage) throw;
            report.failed.emplace_back(row.instance, error.what());
            after = row;
        }
    }
}

}  // namespace workflow
