// An engine and its calls; what they do stands in calls.cpp.
#include <openssl/rand.h>

#include <limits>

#include "engine/calls.hpp"
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

/// Others of this process know a definition at once: it may not vanish with somebody's transaction.
void check_not_lent(bool is_lent) {
    if (!is_lent) return;
    throw Error(ErrorCode::misuse,
                "definitions are not registered inside the host's own transaction: register them "
                "with the engine itself, before");
}

}  // namespace

std::string instance_id(const std::string& procedure, const std::string& key) {
    if (key.empty()) {
        throw Error(ErrorCode::misuse,
                    "a business key is needed: the host's own number of the dossier");
    }
    engine::check_key(key, "the business key");
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

Engine::Engine(std::unique_ptr<Implementation> implementation)
    : implementation_(std::move(implementation)) {}

Engine::~Engine() = default;

Engine Engine::in(std::shared_ptr<Store> transaction) const {
    if (transaction == nullptr) {
        throw Error(ErrorCode::misuse, "an engine works in a transaction that is lent, not in none");
    }
    return Engine(std::make_unique<Implementation>(*implementation_, std::move(transaction)));
}

void Engine::register_calendar(const LoadedCalendar& calendar) {
    check_not_lent(implementation_->is_lent);
    implementation_->definitions.add(calendar);
}

void Engine::register_procedure(const LoadedProcedure& procedure) {
    check_not_lent(implementation_->is_lent);
    implementation_->definitions.add(procedure);
}

std::shared_ptr<const Procedure> Engine::procedure(const Digest& digest) const {
    if (auto found = implementation_->definitions.procedure(digest)) return found;
    throw Error(ErrorCode::not_found,
                "no procedure with the digest " + to_hex(digest) + " is registered");
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
    std::optional<Answer> answer;
    implementation_->commits.run(engine::starting(*implementation_, start, request, answer));
    engine::count_refusal(implementation_->metrics, *answer);
    return std::move(*answer);
}

Answer Engine::perform(const std::string& instance, const Perform& action, const Request& request) {
    return send(instance, action, request);
}

Answer Engine::send(const std::string& instance, const Event& event, const Request& request) {
    std::optional<Answer> answer;
    implementation_->commits.run(
        engine::sending(*implementation_, instance, event, request, answer));
    engine::count_refusal(implementation_->metrics, *answer);
    return std::move(*answer);
}

Answer Engine::plan(const std::string& instance, const Event& event) {
    std::optional<Answer> answer;
    const auto work = engine::sending(*implementation_, instance, event, {}, answer);
    const auto transaction = implementation_->store->begin(Store::Access::write);
    (void)work(*transaction);  // and dropped
    return std::move(*answer);
}

MessageAnswer Engine::send(const Message& message) {
    std::optional<MessageAnswer> answer;
    implementation_->commits.run(engine::bringing(*implementation_, message, answer));
    engine::count_refusal(implementation_->metrics, *answer);
    return std::move(*answer);
}

MessageAnswer Engine::send_to(const std::string& instance, const Message& message,
                              const Request& request) {
    engine::check_key(message.key, "the message's key");
    engine::check_key(message.sender, "the message's sender");
    Answer answer = send(instance, message, request);
    if (auto* refusal = std::get_if<Refusal>(&answer)) return std::move(*refusal);
    Delivered delivered{engine::how_delivered(std::get<Done>(answer)), {}};
    delivered.steps.push_back(std::move(std::get<Done>(answer)));
    return delivered;
}

std::string Engine::metrics() {
    auto& self = *implementation_;
    engine::Metrics::Gauges gauges;
    const auto first = next_due();
    const Instant now = self.clock->now();
    if (first && *first < now) gauges.timer_lag = now - *first;
    const auto transaction = self.store->begin(Store::Access::read);
    std::optional<StoredEffect> after;
    while (true) {
        auto rows = transaction->effects(std::numeric_limits<std::int64_t>::max(), after,
                                         limits::page_rows_max);
        gauges.outbox_depth += rows.size();
        if (rows.size() < limits::page_rows_max) break;
        after = std::move(rows.back());
    }
    return self.metrics.text(gauges);
}

}  // namespace workflow
