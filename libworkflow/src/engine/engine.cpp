// The calls that change something.
#include <openssl/rand.h>

#include <map>

#include "engine/implementation.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

/// How often run_due begins again with what another engine was first with.
constexpr int conflicts_max = 10;

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
    if (const auto* change = std::get_if<CalendarChanged>(&event)) return &change->actor;
    if (const auto* reassign = std::get_if<Reassign>(&event)) return &reassign->actor;
    if (const auto* delegate = std::get_if<Delegate>(&event)) return &delegate->actor;
    if (const auto* move = std::get_if<MoveToken>(&event)) return &move->actor;
    if (const auto* resolve = std::get_if<Resolve>(&event)) return &resolve->actor;
    return nullptr;
}

/// What is due at once leads to what is due at once: a circle as that of automatic moves (R26).
Refusal too_many_timers() {
    return {RefusalCode::too_many_microsteps, {std::to_string(limits::timers_in_a_call_max)}, {}};
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
    auto runs_by = self.definitions.valid_procedure(start.procedure, now);
    if (runs_by == nullptr) runs_by = procedure(start.procedure);  // or says which is near
    const std::string id = instance_id(start.procedure, start.key);
    if (start.key.find('#') != std::string::npos) {
        throw Error(ErrorCode::misuse, "the business key '" + start.key +
                                           "' holds '#', which marks dossiers that others called: "
                                           "write another character");
    }
    Start event{.actor = start.actor,
                .data = start.data,
                .variant = start.variant,
                .entry = start.entry};
    const auto transaction = self.store->begin(Store::Access::write);
    if (const auto stored = transaction->instance(id)) {
        // The same procedure and key is the same instance, whoever asks again.
        HistoryEntry first = record::decode_history(transaction->history(id, 0, 1).at(0).body,
                                                    engine::load_secrets(*transaction, id));
        if (!engine::same_start(std::get<Start>(first.event), event)) {
            return Refusal{RefusalCode::already_started, {id}, {}};
        }
        return Done{id, 1, true, std::move(first.records)};
    }
    const engine::Post post{*transaction, self.definitions, self.options.salt, now};
    Answer answer = engine::begin_instance(post, runs_by, id, std::move(event), request.id);
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
    std::size_t timers = 0;
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
        const auto runs_by = loaded.procedure;
        const engine::Post post{*transaction, self.definitions, self.options.salt, now};
        const IndexRows before = engine::rows_of(loaded);
        if (const auto timer = engine::earlier_timer(before, now)) {
            if (timers++ == limits::timers_in_a_call_max) return too_many_timers();
            const Answer fired = engine::step_and_write(*transaction, std::move(loaded), before,
                                                        *timer, {}, now, self.options.salt);
            if (const auto* refusal = std::get_if<Refusal>(&fired)) return *refusal;
            engine::bring_kept(post, *runs_by, instance);
            transaction->commit();
            continue;
        }
        Answer answer = engine::step_and_write(*transaction, std::move(loaded), before, event,
                                               request.id, now, self.options.salt);
        if (std::holds_alternative<Done>(answer)) {
            engine::bring_kept(post, *runs_by, instance);
            transaction->commit();
        } else if (const auto* perform = std::get_if<Perform>(&event)) {
            const auto as_was = engine::load(self.definitions, *transaction, instance);
            std::get<Refusal>(answer).permitted = workflow::permitted(
                *as_was.procedure, *as_was.calendars, as_was.instance, perform->actor, now);
        }
        return answer;
    }
}

MessageAnswer Engine::send(const Message& message) {
    auto& self = *implementation_;
    check_key(message.key, "the message's key");
    check_key(message.sender, "the message's sender");
    const auto transaction = self.store->begin(Store::Access::write);
    MessageAnswer answer = engine::bring(
        {*transaction, self.definitions, self.options.salt, self.clock->now()}, message);
    if (std::holds_alternative<Delivered>(answer)) transaction->commit();
    return answer;
}

MessageAnswer Engine::send_to(const std::string& instance, const Message& message,
                              const Request& request) {
    check_key(message.key, "the message's key");
    check_key(message.sender, "the message's sender");
    Answer answer = send(instance, message, request);
    if (auto* refusal = std::get_if<Refusal>(&answer)) return std::move(*refusal);
    Delivered delivered{engine::how_delivered(std::get<Done>(answer)), {}};
    delivered.steps.push_back(std::move(std::get<Done>(answer)));
    return delivered;
}

DueReport Engine::run_due() {
    auto& self = *implementation_;
    const Instant now = self.clock->now();
    DueReport report;
    std::optional<StoredDue> after;  // behind instances that cannot be run
    std::map<std::string, std::size_t> fired;
    int conflicts = 0;
    while (true) {
        const auto transaction = self.store->begin(Store::Access::write);
        const auto rows = transaction->due(now.time_since_epoch().count(), after, 1);
        // Instances that answer each other for ever leave the rest to the next call.
        const bool enough = report.delivered + report.undelivered + report.carried >= limits::page_rows_max;
        if (rows.empty() || enough) return report;
        const StoredDue& row = rows.front();
        const engine::Post post{*transaction, self.definitions, self.options.salt, now};
        try {
            if (!transaction->claim_due(row)) {
                after = row;  // another engine has it in hand, or has done with it
                continue;
            }
            if (row.ordinal == engine::dispatch_ordinal) {
                // Erased first: what is sent on the way may set it again.
                transaction->erase_due(row);
                engine::bring_sent(post, row.instance, report);
                transaction->commit();
                continue;
            }
            if (fired[row.instance] == limits::timers_in_a_call_max) {
                throw Error(ErrorCode::limit, too_many_timers().reason());
            }
            engine::Loaded loaded = engine::load(self.definitions, *transaction, row.instance);
            const TimerDue event{row.ordinal, row.timer,
                                 Instant(std::chrono::milliseconds(row.due))};
            const auto runs_by = loaded.procedure;
            // A row that its instance no longer knows must not come back; one that is due again at
            // the same instant is written anew.
            IndexRows before = engine::rows_of(loaded);
            std::erase(before.due, DueRow{event.due, event.ordinal, event.timer});
            transaction->erase_due(row);
            const Answer answer = engine::step_and_write(*transaction, std::move(loaded), before,
                                                         event, {}, now, self.options.salt);
            if (const auto* refusal = std::get_if<Refusal>(&answer)) {
                throw Error(ErrorCode::internal, refusal->reason());
            }
            engine::bring_kept(post, *runs_by, row.instance);
            transaction->commit();
            ++report.fired;
            ++fired[row.instance];
        } catch (const Error& error) {
            if (error.code() == ErrorCode::storage) throw;
            // Of two engines that waited for each other one was ended: the row is still due.
            if (error.code() == ErrorCode::conflict && ++conflicts <= conflicts_max) continue;
            report.failed.emplace_back(row.instance, error.what());
            after = row;
        }
    }
}

}  // namespace workflow
