// What a call does inside its transaction.
#include "engine/calls.hpp"

#include <algorithm>

#include "engine/erasure.hpp"
#include "workflow/limits.hpp"

namespace workflow::engine {
namespace {

/// Whoever may repeat a call gets the answer of the step that it was taken by before, or a refusal when
/// it said otherwise then.
Answer first_answer(Transaction& transaction, const std::string& id, Revision revision,
                    const Event& event, const std::string& request) {
    const auto rows = transaction.history(id, revision - 1, 1);
    if (rows.empty() || rows.front().revision != revision) {
        throw Error(ErrorCode::corrupt,
                    "the history of " + id + " lacks revision " + std::to_string(revision));
    }
    const auto secrets = load_secrets(transaction, id);
    HistoryEntry entry = record::decode_history(rows.front().body, secrets);
    if (!same_event(entry.event, event)) {
        return Refusal{RefusalCode::request_reused, {request}, {}};
    }
    return Done{id, revision, true, std::move(entry.records), entry.procedure};
}

template <class OneEvent>
constexpr bool is_of_people =
    std::is_same_v<OneEvent, Perform> || std::is_same_v<OneEvent, Claim> ||
    std::is_same_v<OneEvent, Release> || std::is_same_v<OneEvent, Delegate>;

/// One event for one instance, behind what fell due there before it.
class Sending {
public:
    Sending(const Post& post, const std::string& instance) : post_(post), instance_(instance) {}

    [[nodiscard]] Answer take(Event event, const Request& request) {
        if (!request.id.empty()) post_.transaction.expect_request(instance_, request.id);
        reload();
        auto not_delegated = resolve_actor(event);
        if (auto known = answer_without_step(event, request)) return std::move(*known);
        if (not_delegated) return std::move(*not_delegated);
        for (std::size_t timers = 0;; ++timers) {
            const auto timer = earlier_timer(before_, post_.now);
            if (!timer) break;
            if (timers == limits::timers_in_a_call_max) return too_many_timers();
            if (auto refusal = run(*timer)) return std::move(*refusal);
            reload();
        }
        return take_now(std::move(event), request);
    }
    /// Something is to be kept, be it only timers before a refusal.
    [[nodiscard]] bool wrote() const { return wrote_; }

private:
    void reload() {
        loaded_ = load(post_.definitions, post_.transaction, instance_);
        before_ = rows_of(loaded_);
    }

    /// Of what people do themselves: whoever acts for another has what was delegated to him.
    [[nodiscard]] std::optional<Refusal> resolve_actor(Event& event) const {
        return std::visit(
            [&](auto& one) -> std::optional<Refusal> {
                if constexpr (is_of_people<std::decay_t<decltype(one)>>) {
                    if (!acts_by_delegation(one.actor)) return std::nullopt;
                    auto actor = resolved(post_.transaction, one.actor, post_.now);
                    if (auto* refusal = std::get_if<Refusal>(&actor)) return std::move(*refusal);
                    one.actor = std::get<Actor>(std::move(actor));
                }
                return std::nullopt;
            },
            event);
    }

    [[nodiscard]] std::optional<Answer> answer_without_step(const Event& event,
                                                            const Request& request) const {
        if (!request.id.empty()) {
            if (const auto revision = post_.transaction.request(instance_, request.id)) {
                return first_answer(post_.transaction, instance_, *revision, event, request.id);
            }
        }
        const Revision revision = loaded_.instance.revision;
        if (!request.expected_revision || *request.expected_revision == revision) return {};
        return Refusal{RefusalCode::conflict,
                       {std::to_string(revision), std::to_string(*request.expected_revision)},
                       {}};
    }

    [[nodiscard]] std::optional<Refusal> run(const TimerDue& timer) {
        const auto runs_by = loaded_.procedure;
        Part part(post_.transaction);
        Answer fired = step_and_write(post_, std::move(loaded_), before_, timer, {});
        if (auto* refusal = std::get_if<Refusal>(&fired)) return std::move(*refusal);
        bring_kept(post_, *runs_by, instance_);
        part.keep();
        wrote_ = true;
        return std::nullopt;
    }

    [[nodiscard]] Answer take_now(Event event, const Request& request) {
        if (auto* migrate = std::get_if<Migrate>(&event)) {
            *migrate = completed(post_.definitions, loaded_, std::move(*migrate));
            loaded_.moves_to = post_.definitions.procedure(migrate->to);
            loaded_.calendars = post_.definitions.calendars();
        }
        std::vector<Digest> to_erase;
        if (const auto* erase = std::get_if<Erase>(&event)) {
            auto found = values_to_erase(post_.transaction, loaded_, *erase);
            if (auto* refusal = std::get_if<Refusal>(&found)) return std::move(*refusal);
            to_erase = std::move(std::get<std::vector<Digest>>(found));
        }
        const auto runs_by = loaded_.procedure_after();
        // Where nothing was written before, what a refusal leaves goes with the whole transaction.
        std::optional<Part> part;
        if (wrote_) part.emplace(post_.transaction);
        Answer answer =
            step_and_write(post_, std::move(loaded_), before_, std::move(event), request.id);
        if (auto* refusal = std::get_if<Refusal>(&answer)) {
            part.reset();
            // Refused, the event is still here.
            if (const auto* perform = std::get_if<Perform>(&event)) {
                reload();
                refusal->permitted =
                    workflow::permitted(*loaded_.procedure, *loaded_.calendars, loaded_.instance,
                                        perform->actor, post_.now);
            }
            return answer;
        }
        for (const Digest& digest : to_erase) {
            post_.transaction.erase_secret(instance_, {reinterpret_cast<const char*>(digest.data()),
                                                       digest.size()});
        }
        bring_kept(post_, *runs_by, instance_);
        if (part) part->keep();
        wrote_ = true;
        return answer;
    }

    const Post& post_;
    const std::string& instance_;
    Loaded loaded_;
    IndexRows before_;
    bool wrote_ = false;
};

/// The audit trail names who acted: never nobody, never what a terminal or log could not show.
void check_actor(const Actor& actor) {
    if (actor.id.empty()) {
        throw Error(ErrorCode::misuse,
                    "an actor needs an id: the name under which the host knows him");
    }
    check_key(actor.id, "the actor's id");
    check_key(actor.acting_for, "the id of whom the actor acts for");
}

/// `00-<32 hexadecimal digits>-<16>-<2>`, small letters, ids not all zeros (W3C trace context, 3.2).
bool is_traceparent(const std::string& text) {
    constexpr std::string_view form = "00-hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh-hhhhhhhhhhhhhhhh-hh";
    const auto fits = [](char wanted, char given) {
        const bool is_digit = (given >= '0' && given <= '9') || (given >= 'a' && given <= 'f');
        return wanted == 'h' ? is_digit : wanted == given;
    };
    return text.size() == form.size() && std::equal(form.begin(), form.end(), text.begin(), fits) &&
           text.find_first_not_of('0', 3) < 35 && text.find_first_not_of('0', 36) < 52;
}

void check_request(const Request& request) {
    check_key(request.id, "the request id");
    if (request.trace.empty() || is_traceparent(request.trace)) return;
    throw Error(ErrorCode::misuse,
                "'" + printable(request.trace) +
                    "' is no traceparent: 00-, 32 hexadecimal digits, -, 16, -, 2");
}

/// Whether its history is asked for where that takes a round trip of its own: by it an end is told.
bool needs_history(Core& core, const std::string& instance, const Event& event) {
    const auto* const perform = std::get_if<Perform>(&event);
    if (perform == nullptr || core.store->writers() == Store::Writers::one_by_one) return false;
    const std::string_view id = instance;
    return core.definitions.may_end(id.substr(0, id.find('/')), perform->action);
}

}  // namespace

Refusal too_many_timers() {
    return {RefusalCode::too_many_microsteps, {std::to_string(limits::timers_in_a_call_max)}, {}};
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

Work starting(Core& core, const Engine::StartRequest& start, const Request& request,
              std::optional<Answer>& answer) {
    check_request(request);
    check_actor(start.actor);
    const Instant now = core.clock->now();
    auto runs_by = core.definitions.valid_procedure(start.procedure, now);
    if (runs_by == nullptr) runs_by = core.definitions.known_procedure(start.procedure, {});
    std::string id = instance_id(start.procedure, start.key);
    if (start.key.find('#') != std::string::npos) {
        throw Error(ErrorCode::misuse, "the business key '" + start.key +
                                           "' holds '#', which marks dossiers that others called: "
                                           "write another character");
    }
    Start event{.actor = start.actor,
                .data = start.data,
                .variant = start.variant,
                .entry = start.entry};
    return [&core, &answer, now, runs_by = std::move(runs_by), id = std::move(id),
            event = std::move(event), request](Transaction& transaction) {
        transaction.expect_absent(id);
        if (transaction.instance(id)) {
            // The same procedure and key is the same instance, whoever asks again.
            HistoryEntry first = record::decode_history(transaction.history(id, 0, 1).at(0).body,
                                                        load_secrets(transaction, id));
            if (same_start(std::get<Start>(first.event), event)) {
                answer = Done{id, 1, true, std::move(first.records), first.procedure};
            } else {
                answer = Refusal{RefusalCode::already_started, {id}, {}};
            }
            return Left{false};
        }
        Tally tally = core.tally();
        const Post post{transaction, core.definitions, core.options.salt, now, tally, request.trace};
        answer = begin_instance(post, runs_by, id, event, request.id);
        return Left{std::holds_alternative<Done>(*answer), tally};
    };
}

Work sending(Core& core, const std::string& instance, Event event, const Request& request,
             std::optional<Answer>& answer) {
    check_request(request);
    if (const Actor* actor = actor_of(event)) check_actor(*actor);
    const Instant now = core.clock->now();
    const bool foretells = needs_history(core, instance, event);
    return [&core, &answer, now, instance, event = std::move(event), request,
            foretells](Transaction& transaction) {
        if (foretells) transaction.expect_history(instance);
        Tally tally = core.tally();
        const Post post{transaction, core.definitions, core.options.salt, now, tally, request.trace};
        Sending one(post, instance);
        answer = one.take(event, request);
        return Left{one.wrote(), tally};
    };
}

Work bringing(Core& core, const Message& message, std::optional<MessageAnswer>& answer) {
    check_key(message.key, "the message's key");
    check_key(message.sender, "the message's sender");
    const Instant now = core.clock->now();
    return [&core, &answer, now, message](Transaction& transaction) {
        Tally tally = core.tally();
        answer = bring({transaction, core.definitions, core.options.salt, now, tally}, message);
        return Left{std::holds_alternative<Delivered>(*answer), tally};
    };
}

}  // namespace workflow::engine
