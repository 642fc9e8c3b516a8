// What goes between instances: messages, by the routes of interpreter/route.hpp over what the store
// holds; calls and their ends.
#include <algorithm>

#include "engine/implementation.hpp"
#include "interpreter/messages.hpp"
#include "interpreter/outside.hpp"
#include "interpreter/route.hpp"
#include "procedure/model.hpp"
#include "workflow/limits.hpp"

namespace workflow {

const char* to_string(Delivered::How how) {
    switch (how) {
        case Delivered::How::taken:
            return "taken";
        case Delivered::How::kept:
            return "kept";
        case Delivered::How::ignored:
            return "ignored";
        case Delivered::How::not_found:
            return "not found";
    }
    return "";
}

namespace engine {
namespace {

using interpreter::Place;

struct Known {
    bool keep = false;
    bool broadcast = false;
};

/// What the registered procedures say of the message, or why none could take it.
std::variant<Known, Refusal> known(const Post& post, const Message& message) {
    Known found;
    bool fits = false;
    std::optional<Refusal> refusal;
    std::vector<std::string> names;
    for (const auto& procedure : post.definitions.procedures()) {
        for (const auto& declared : procedure->model().messages) {
            names.push_back(declared.id);
            if (declared.id != message.message) continue;
            found.keep = found.keep || declared.keep;
            found.broadcast = found.broadcast || declared.broadcast;
            const auto calendar = post.definitions.latest_calendar(procedure->calendar());
            if (calendar == nullptr) continue;
            auto objection = interpreter::objection_to(*procedure, *calendar, message);
            if (!objection) fits = true;
            if (objection) refusal = std::move(objection);
        }
    }
    if (fits) return found;
    if (refusal) return std::move(*refusal);
    return Refusal{
        RefusalCode::unknown_message, {message.message, nearest(message.message, names)}, {}};
}

std::variant<Done, Refusal> take_step(const Post& post, const std::string& id, Event event) {
    Loaded loaded = load(post.definitions, post.transaction, id);
    const IndexRows before = rows_of(loaded);
    return step_and_write(post, std::move(loaded), before, std::move(event), {});
}

/// What fell due there before now comes first. True when something did.
bool run_earlier(const Post& post, const std::string& id) {
    bool any = false;
    while (true) {
        const Loaded loaded = load(post.definitions, post.transaction, id);
        const auto timer = earlier_timer(rows_of(loaded), post.now);
        if (!timer) return any;
        if (const auto fired = take_step(post, id, *timer);
            std::holds_alternative<Refusal>(fired)) {
            throw Error(ErrorCode::internal, std::get<Refusal>(fired).reason());
        }
        bring_kept(post, *loaded.procedure, id);
        any = true;
    }
}

/// An instance that cannot be loaded takes nothing: it must not stop the others.
bool takes(const Post& post, const Message& message, const Place& place) {
    try {
        const Loaded loaded = load(post.definitions, post.transaction, std::string(place.instance));
        return interpreter::takes(*loaded.procedure, *loaded.calendars, loaded.instance, message,
                                  place.ordinal, post.now);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::storage) throw;
        return false;
    }
}

/// The places under the message's key, with the timers of their instances run.
std::vector<StoredSubscription> places_of(const Post& post, const Message& message) {
    while (true) {
        auto rows = post.transaction.subscriptions(message.message, message.key, {},
                                                   limits::broadcast_places_max + 1);
        if (rows.size() > limits::broadcast_places_max) {
            throw Error(ErrorCode::limit, "more than " +
                                              std::to_string(limits::broadcast_places_max) +
                                              " places wait for '" + message.message + "'");
        }
        bool changed = false;
        for (const StoredSubscription& row : rows) {
            changed = run_earlier(post, row.instance) || changed;
        }
        if (!changed) return rows;
    }
}

std::optional<Refusal> keep(const Post& post, const Message& message) {
    const auto rows =
        post.transaction.messages(message.message, message.key, limits::kept_messages_max);
    if (rows.size() >= limits::kept_messages_max) {
        return Refusal{RefusalCode::too_large,
                       {message.message, std::to_string(limits::kept_messages_max)},
                       {}};
    }
    const std::uint64_t number = rows.empty() ? 1 : rows.back().number + 1;
    post.transaction.put_message(
        {message.message, message.key, number, record::encode_message(message)});
    return std::nullopt;
}

Delivered::How how_of(interpreter::Delivery delivery) {
    switch (delivery) {
        case interpreter::Delivery::taken:
            return Delivered::How::taken;
        case interpreter::Delivery::kept:
            return Delivered::How::kept;
        case interpreter::Delivery::ignored:
            return Delivered::How::ignored;
        case interpreter::Delivery::not_found:
            return Delivered::How::not_found;
    }
    return Delivered::How::not_found;
}

/// The first kept message that some place of the instance takes, brought there.
bool bring_one_kept(const Post& post, const std::string& id) {
    const Loaded loaded = load(post.definitions, post.transaction, id);
    const auto& declared = loaded.procedure->model().messages;
    for (const SubscriptionRow& row : rows_of(loaded).subscriptions) {
        if (!declared[row.message].keep) continue;
        for (const StoredMessage& stored : post.transaction.messages(
                 declared[row.message].id, row.key, limits::kept_messages_max)) {
            Message message = record::decode_message(stored.body);
            message.place = row.ordinal;
            if (!takes(post, message, {id, message.message, row.key, row.since, row.ordinal})) {
                continue;
            }
            if (std::holds_alternative<Refusal>(take_step(post, id, message))) continue;
            post.transaction.erase_message(stored);
            return true;
        }
    }
    return false;
}

}  // namespace

MessageAnswer bring(const Post& post, const Message& message) {
    const auto declared = known(post, message);
    if (const auto* refusal = std::get_if<Refusal>(&declared)) return *refusal;
    const auto& [keeps, broadcast] = std::get<Known>(declared);
    if (message.key.empty() && !broadcast) {
        return Refusal{RefusalCode::key_missing, {message.message}, {}};
    }
    auto rows = places_of(post, message);
    if (keeps && rows.empty()) {
        // Nobody waits yet. Who begins to, in another process, asks for the message's lock as well:
        // once it is had here, he is seen, or he will see what is kept.
        (void)post.transaction.messages(message.message, message.key, 0);
        rows = places_of(post, message);
    }
    std::vector<Place> places;
    for (const StoredSubscription& row : rows) {
        places.push_back({row.instance, row.message, row.key,
                          instant_of(row.since), row.ordinal});
    }
    const auto found = interpreter::route(
        {.message = message.message, .key = message.key, .keep = keeps, .broadcast = broadcast},
        std::move(places), [&](const Place& place) { return takes(post, message, place); });
    Delivered delivered{how_of(found.delivery), {}};
    for (const Place& place : found.takers) {
        const std::string id(place.instance);
        Message placed = message;
        placed.place = place.ordinal;
        const auto runs_by = load(post.definitions, post.transaction, id).procedure;
        auto taken = take_step(post, id, std::move(placed));
        if (auto* done = std::get_if<Done>(&taken)) {
            delivered.steps.push_back(std::move(*done));
            bring_kept(post, *runs_by, id);
        } else if (!broadcast) {
            return std::move(std::get<Refusal>(taken));
        }
    }
    if (found.delivery == interpreter::Delivery::kept) {
        if (auto refusal = keep(post, message)) return std::move(*refusal);
    }
    return delivered;
}

Delivered::How how_delivered(const Done& step) {
    for (const Record& record : step.records) {
        if (record.kind == RecordKind::message_taken) return Delivered::How::taken;
        if (record.kind == RecordKind::message_kept) return Delivered::How::kept;
        if (record.kind == RecordKind::message_ignored) return Delivered::How::ignored;
    }
    return Delivered::How::ignored;
}

void bring_kept(const Post& post, const Procedure& procedure, const std::string& id) {
    // A loop that takes for ever ends with the messages: none is made on the way.
    while (procedure.model().keeps_messages && bring_one_kept(post, id)) {
    }
}

namespace {

/// An event that another instance has for `id`; nothing when it is gone or has ended.
std::optional<Done> carry(const Post& post, const std::string& id, const Event& event) {
    if (!post.transaction.instance(id)) return std::nullopt;
    run_earlier(post, id);
    const auto runs_by = load(post.definitions, post.transaction, id).procedure;
    auto answer = take_step(post, id, event);
    if (std::holds_alternative<Refusal>(answer)) return std::nullopt;
    bring_kept(post, *runs_by, id);
    return std::move(std::get<Done>(answer));
}

ChildEnded not_started(const ChildStart& start, std::string code,
                       const std::vector<std::string>& arguments) {
    ChildEnded ended{.token = start.token, .child = start.child};
    ended.refused.push_back(std::move(code));
    ended.refused.insert(ended.refused.end(), arguments.begin(), arguments.end());
    return ended;
}

/// The version that the call says, or the one of the day; null where it is not known.
std::shared_ptr<const Procedure> called_procedure(const Post& post, const ChildStart& start) {
    if (start.version == 0) return post.definitions.valid_procedure(start.procedure, post.now);
    for (const auto& candidate : post.definitions.procedures()) {
        if (candidate->id() == start.procedure && candidate->version() == start.version) {
            return candidate;
        }
    }
    return nullptr;
}

/// What the caller is told at once: that the child could not be started, or has ended before.
std::optional<ChildEnded> start_child(const Post& post, const std::string& caller,
                                      const ChildStart& start) {
    if (const auto stored = post.transaction.instance(start.child)) {
        const Loaded child = load(post.definitions, post.transaction, start.child);
        const bool ours = child.instance.caller && child.instance.caller->instance == caller;
        if (!ours)
            return not_started(start, to_string(RefusalCode::already_started), {start.child});
        return interpreter::end_of_child(*child.procedure, child.instance);
    }
    auto runs_by = called_procedure(post, start);
    if (runs_by == nullptr) {
        post.definitions.learn(post.transaction.definitions());
        runs_by = called_procedure(post, start);
    }
    if (runs_by == nullptr) {
        const std::string version =
            start.version == 0 ? "" : " version " + std::to_string(start.version);
        return not_started(start, "not-registered", {start.procedure + version});
    }
    Start event{.actor = {caller, {}, {}, {}},
                .data = start.input,
                .variant = start.variant,
                .entry = start.entry};
    event.caller = Caller{caller, start.detached ? 0 : start.token, start.depth};
    try {
        const auto answer = begin_instance(post, runs_by, start.child, std::move(event), {});
        if (const auto* refusal = std::get_if<Refusal>(&answer)) {
            return not_started(start, to_string(refusal->code), refusal->arguments);
        }
    } catch (const Error& error) {
        if (error.code() != ErrorCode::not_found) throw;
        return not_started(start, "not-registered", {error.what()});
    }
    return std::nullopt;
}

/// A message that a way has sent.
Delivered::How bring_dispatch(const Post& post, const Dispatch& dispatch) {
    if (dispatch.instance.empty()) {
        const MessageAnswer answer = bring(post, dispatch.message);
        const auto* done = std::get_if<Delivered>(&answer);
        return done != nullptr ? done->how : Delivered::How::not_found;
    }
    const auto done = carry(post, dispatch.instance, dispatch.message);
    return done ? how_delivered(*done) : Delivered::How::not_found;
}

}  // namespace

void bring_sent(const Post& bringing, const std::string& id, DueReport& report) {
    for (const StoredDispatch& row : bringing.transaction.dispatches(id, SIZE_MAX)) {
        const Post post = bringing.with_trace(row.trace);
        const Effect effect = record::decode_effect(row.body);
        if (report.delivered + report.undelivered + report.carried >= limits::page_rows_max) {
            // The rest in another transaction, and another call: what answers itself multiplies.
            const std::int64_t now = milliseconds_of(post.now);
            post.transaction.put_due({now, id, dispatch_ordinal, 0});
            return;
        }
        post.transaction.erase_dispatch(row);
        if (const auto* dispatch = std::get_if<Dispatch>(&effect)) {
            const auto how = bring_dispatch(post, *dispatch);
            const bool arrived = how == Delivered::How::taken || how == Delivered::How::kept;
            ++(arrived ? report.delivered : report.undelivered);
            continue;
        }
        ++report.carried;
        if (const auto* start = std::get_if<ChildStart>(&effect)) {
            const auto ended = start_child(post, id, *start);
            if (ended && !start->detached) (void)carry(post, id, *ended);
        } else if (const auto* cancel = std::get_if<ChildCancel>(&effect)) {
            (void)carry(post, cancel->child, Cancel{{id, {}, {}, {}}, {}});
        } else if (const auto* ended = std::get_if<ChildReport>(&effect)) {
            (void)carry(post, ended->caller, ended->ended);
        }
    }
}

}  // namespace engine
}  // namespace workflow
