// A procedure made at random, then anything that can happen to its dossier, through the engine and
// the memory store. After every step all invariants are counted anew from what the store holds.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <limits>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "fuzz/choices.hpp"
#include "fuzz/property.hpp"
#include "fuzz/random_procedure.hpp"
#include "procedure/model.hpp"
#include "record/record.hpp"
#include "support/invariants.hpp"
#include "workflow/engine.hpp"
#include "workflow/index_rows.hpp"
#include "workflow/limits.hpp"

namespace {

using namespace workflow;
using namespace workflow::fuzz;

constexpr std::size_t all_rows = 1'000'000;
/// More tokens than this only cost time: the dossier is left alone then.
constexpr std::size_t tokens_max = 50;

const Actor people[] = {
    {.id = "an", .roles = {"officer"}},
    {.id = "binh", .roles = {"officer", "lead"}, .units = {"a", "b"}},
    {.id = "chi", .roles = {"officer"}, .units = {"c"}, .acting_for = "an"},
    {.id = "dung", .roles = {"lead"}},
};

/// WORKFLOW_FUZZ_SHOW=1 tells what an input stands for.
bool shows() {
    static const bool asked = std::getenv("WORKFLOW_FUZZ_SHOW") != nullptr;
    return asked;
}

void show(const std::string& text) {
    if (shows()) (void)std::fprintf(stderr, "%s\n", text.c_str());
}

const LoadedCalendar& calendar() {
    static const LoadedCalendar loaded = load_calendar_file(
        std::filesystem::path(WORKFLOW_SOURCE_DIR) / "procedures/calendars/vn-state.yaml");
    return loaded;
}

/// The same calendar with other hours.
const LoadedCalendar& other_hours() {
    static const LoadedCalendar loaded = [] {
        std::string text = calendar().source;
        const auto replace = [&](std::string_view old, std::string_view mended) {
            text.replace(text.find(old), old.size(), mended);
        };
        replace("version: 1", "version: 2");
        replace("[08:00-12:00, 13:00-17:00]", "[07:30-11:30, 14:00-16:30]");
        return load_calendar(text, "vn-state.yaml");
    }();
    return loaded;
}

std::string written(const Diagnostics& diagnostics) {
    std::string text;
    for (const Diagnostic& one : diagnostics) text += to_string(one) + "\n";
    return text;
}

/// What random procedures call.
const LoadedProcedure& leaf() {
    static const LoadedProcedure loaded = load_procedure(R"(procedure: leaf
version: 1
title: Leaf
calendar: vn-state
roles: {officer: Officer}
states:
  work: {task: officer, after: {2 days: {end: good}}, actions: {spoil: {end: bad}}}
outcomes: {good: Good, bad: Bad}
)",
                                                         "leaf.yaml");
    return loaded;
}

std::string next_version(std::string yaml) {
    const std::string version = "version: 1";
    const std::size_t at = yaml.find(version);
    require(at != std::string::npos, "the procedure has a version");
    return yaml.replace(at, version.size(), "version: 2");
}

/// One dossier and what happens to it.
class Story {
public:
    /// The other version differs in its number only.
    Story(Choices& choices, const LoadedProcedure& loaded, const LoadedProcedure& other)
        : choose_(choices),
          procedure_(loaded.procedure),
          store_(make_memory_store()),
          clock_(std::make_shared<VirtualClock>(
              std::chrono::sys_days(std::chrono::year(2017) / 6 / 5) + std::chrono::hours(2))),
          engine_(store_, clock_, {.salt = [] { return std::string(16, 's'); }}) {
        engine_.register_calendar(calendar());
        engine_.register_calendar(other_hours());
        engine_.register_procedure(loaded);
        engine_.register_procedure(other);
        versions_ = {loaded.procedure, other.procedure};
        engine_.register_procedure(leaf());
    }

    void happen() {
        if (!start()) return;
        check();
        const std::size_t steps = 5 + choose_.below(40);
        for (std::size_t i = 0; i < steps && instance_.tokens.size() < tokens_max; ++i) {
            // One event more, which must be refused.
            if (instance_.status == Instance::Status::ended) i = steps;
            if (!pass_time()) return;
            send(event());
        }
        const ReplayReport replayed = engine_.replay(id_);
        require(replayed.agrees() && replayed.steps == instance_.revision,
                "run again the history gives the same", replayed.difference);
        (void)engine_.explain(id_);
    }

private:
    bool start() {
        List units;
        for (std::size_t i = choose_.below(4); i > 0; --i) {
            units.emplace_back(choose_.of({"a", "b", "an"}));
        }
        const Answer answer = engine_.start(
            {.procedure = "random", .key = "1", .actor = people[0], .data = {{"units", units}}});
        if (const auto* refusal = std::get_if<Refusal>(&answer)) {
            show("start refused: " + refusal->reason());
            return false;
        }
        id_ = std::get<Done>(answer).instance;
        return true;
    }

    /// Whether the dossier can go on: one that goes round would only do the same a thousand times.
    bool pass_time() {
        constexpr int minutes[] = {0, 1, 30, 240, 1'440, 4'320, 10'080, 43'200};
        clock_->set(clock_->now() + std::chrono::minutes(choose_.of(minutes)));
        // Otherwise what is due runs before the event, within its call.
        if (choose_.one_in(4)) return true;
        const DueReport due = engine_.run_due();
        // Timers that are due at once, or messages that answer themselves or multiply who waits:
        // a broadcast to more places than the limit stays, and is reported.
        const bool too_many_wait =
            std::any_of(due.failed.begin(), due.failed.end(), [](const auto& failure) {
                return failure.second.find("places wait for") != std::string::npos;
            });
        const bool goes_round = due.fired >= limits::timers_in_a_call_max || too_many_wait ||
                      due.delivered + due.undelivered + due.carried >= limits::page_rows_max;
        require(goes_round || due.failed.empty(), "what is due can be run",
                due.failed.empty() ? "" : due.failed.front().second);
        if (due.fired != 0) show("fired " + std::to_string(due.fired));
        if (!goes_round && due.fired != 0) check();
        return !goes_round;
    }

    void send(const Event& event) {
        const std::string before = body();
        const bool is_due =
            !instance_rows_.due.empty() && instance_rows_.due.front().due < clock_->now();
        const Instance instance = instance_;
        const IndexRows rows = instance_rows_;
        const Answer answer = engine_.send(id_, event);
        if (const auto* refusal = std::get_if<Refusal>(&answer)) {
            show("  refused: " + refusal->reason());
            require(!refusal->reason("vi").empty(), "a refusal says why");
            require(is_due || body() == before, "a refusal changes nothing", refusal->reason());
        } else {
            require(body() != before, "a step that is taken is kept");
        }
        check();
        if (const auto* moved = std::get_if<Migrate>(&event)) check_same(*moved, instance, rows);
    }

    /// Where nothing moved by itself, what an equal version makes of an instance is the same.
    void check_same(const Migrate& moved, const Instance& instance, const IndexRows& rows) {
        const bool is_plain = moved.mapping == MigrationMapping{} &&
                              instance_.revision == instance.revision + 1 &&
                              instance_.tokens == instance.tokens &&
                              instance_.data == instance.data;
        if (!is_plain) return;
        require(instance_.clocks == instance.clocks, "the clocks of an equal version are the same",
                standing());
        require(instance_rows_ == rows, "an equal version announces the same", standing());
    }

    // --- what happens ---
    Migrate migration() {
        const bool is_first = instance_.procedure == versions_[0]->digest();
        Migrate event{.actor = person(), .reason = "so", .to = versions_[is_first]->digest()};
        if (choose_.one_in(3)) event.mapping.states = {{state_id(), state_id()}};
        for (const ClockState& clock : instance_.clocks) {
            const std::string& id = procedure_->clock(clock.clock).id;
            if (choose_.one_in(6)) event.mapping.restart.push_back(id);
            if (choose_.one_in(6)) event.mapping.keep_limit.push_back(id);
            if (choose_.one_in(6)) event.mapping.clocks.emplace_back(id, "");
        }
        if (choose_.one_in(3)) event.mapping.restart_timers = {state_id()};
        return event;
    }

    const Actor& person() { return choose_.of(people); }

    /// Mostly one that is there.
    Ordinal token() {
        if (instance_.tokens.empty() || choose_.one_in(16)) {
            return static_cast<Ordinal>(choose_.below(64));
        }
        return choose_.of(instance_.tokens).ordinal;
    }

    std::string state_id() { return choose_.of(procedure_->state_ids()); }

    Event event() {
        switch (choose_.below(24)) {
            case 0:
                return shown("claim", Claim{person(), token()});
            case 1:
                return shown("release", Release{person(), token()});
            case 2:
                return shown("reassign", Reassign{person(), token(), person().id, "so"});
            case 3:
                return shown("delegate", Delegate{person(), token(), person().id});
            case 4:
                return shown("move", MoveToken{person(), token(), state_id(), "so"});
            case 5:
                return shown("correct", correction());
            case 6:
                return shown("retry", Retry{person(), broken_token()});
            case 7:
                if (choose_.one_in(8)) return shown("cancel", Cancel{person(), "so"});
                return shown("claim", Claim{person(), token()});
            case 8:
                return shown("timer", timer());
            case 9:
                return shown("message", message());
            case 10:
                return shown("answer", answer());
            case 11:
                return shown("resolve", Resolve{person(), awaiting_token(), result(),
                                                choose_.one_in(3) ? "bad" : "", "so"});
            case 12:
                if (choose_.one_in(2)) return action();
                return shown("calendar", calendar_change());
            case 13:
                if (choose_.one_in(2)) return action();
                return shown("migrate", migration());
            case 14:
                if (instance_.is_suspended()) return shown("resume", Resume{person(), "so"});
                if (choose_.one_in(2)) return action();
                return shown("suspend", Suspend{person(), "so", choose_.one_in(2)});
            default:
                return action();
        }
    }

    template <class Typed>
    Event shown(const char* name, Typed event) {
        show(std::string(name));
        return event;
    }

    Correct correction() {
        FieldValues data;
        const Value values[] = {{}, std::int64_t{1}, true, "a", parse_limit("2 days").value()};
        const std::string field = choose_.of({"x", "n", "who", "on_day", "extra", "units"});
        Value value = choose_.of(values);
        if (field == "on_day" && choose_.one_in(2)) {
            value = Day(std::chrono::year(2017) / 6 / 20);
        }
        if (field == "units") value = List{"a", "b", "c"};
        data.emplace_back(field, std::move(value));
        return {person(), std::move(data), "so"};
    }

    CalendarChanged calendar_change() {
        const Digest first = calendar().calendar->digest();
        const Digest second = other_hours().calendar->digest();
        return {person(), instance_.calendar, instance_.calendar == first ? second : first};
    }

    Message message() {
        const std::string name = choose_.of({"note", "kept", "all", "nothing"});
        FieldValues fields;
        if (name == "note" && !choose_.one_in(8)) fields.emplace_back("size", std::int64_t{2});
        return {name, choose_.of({"", "", "k", "other"}), std::move(fields), "bank", {}};
    }

    FieldValues result() {
        const std::string field = choose_.of({"size", "n"});
        return {{field, choose_.one_in(6) ? Value("a") : Value(std::int64_t{3})}};
    }

    EffectResult answer() {
        constexpr EffectResult::Kind kinds[] = {
            EffectResult::Kind::result, EffectResult::Kind::result, EffectResult::Kind::error,
            EffectResult::Kind::failure};
        EffectResult event{.token = awaiting_token(), .kind = choose_.of(kinds)};
        event.attempt = static_cast<std::uint32_t>(1 + choose_.below(3));
        for (const Awaited& one : instance_.awaited) {
            if (one.token == event.token && !choose_.one_in(4)) event.attempt = one.attempt;
        }
        if (event.kind == EffectResult::Kind::result) event.result = result();
        if (event.kind == EffectResult::Kind::error) event.code = choose_.of({"bad", "other"});
        return event;
    }

    /// One that waits for an answer, where there is one.
    Ordinal awaiting_token() {
        if (instance_.awaited.empty() || choose_.one_in(8)) return token();
        return choose_.of(instance_.awaited).token;
    }

    /// One with an incident, where there is one.
    Ordinal broken_token() {
        for (const Token& one : instance_.tokens) {
            if (one.incident) return one.ordinal;
        }
        return token();
    }

    /// One that is announced, or none at all.
    TimerDue timer() {
        if (instance_rows_.due.empty() || choose_.one_in(4)) {
            return {token(), static_cast<std::uint32_t>(choose_.below(3)), clock_->now()};
        }
        const DueRow& row = choose_.of(instance_rows_.due);
        return {row.ordinal, row.timer, row.due};
    }

    /// Mostly an open one.
    Event action() {
        std::size_t number = choose_.below(std::size(people));
        std::vector<PermittedAction> offers;
        std::vector<const PermittedAction*> open;
        for (std::size_t asked = 0; open.empty() && asked < std::size(people); ++asked) {
            number = (number + asked) % std::size(people);
            offers = engine_.permitted(id_, people[number]);
            for (const PermittedAction& offer : offers) {
                if (!offer.refused) open.push_back(&offer);
            }
        }
        const Actor& who = people[number];
        if (offers.empty()) return shown("correct", correction());
        if (choose_.one_in(64)) return Perform{"nothing", who, {}, token()};
        const PermittedAction& offer =
            open.empty() || choose_.one_in(8) ? choose_.of(offers) : *choose_.of(open);
        const procedure::Action& action =
            procedure_->model().states[offer.declared_by].actions[offer.action];
        FieldValues fields;
        for (const procedure::ActionField& field : action.fields) {
            if (field.type.kind == Type::Kind::integer || field.id == "page") {
                fields.emplace_back(field.id, static_cast<std::int64_t>(choose_.below(5)));
            } else {
                fields.emplace_back(field.id, "a");
            }
        }
        show(who.id + " " + action.id + " on " + std::to_string(offer.work_item));
        return Perform{action.id, who, fields, offer.work_item};
    }

    // --- what must hold ---
    std::string body() { return store_->begin(Store::Access::read)->instance(id_)->body; }

    void check() {
        const InstanceView view = engine_.get(id_);
        instance_ = view.instance;
        procedure_ = view.procedure;
        instance_rows_ = index_rows(*procedure_, *view.calendars, instance_);
        show("  " + standing());
        const std::string broken = test::broken_invariant(*procedure_, *view.calendars, instance_);
        require(broken.empty(), broken, standing());
        // The head of the chain stands before the instance.
        require(body().substr(sizeof(Digest)) == record::encode(instance_),
                "what was read is written the same");
        check_due_rows();
        check_work_rows();
        (void)engine_.permitted(id_, people[instance_.revision % std::size(people)]);
        (void)clocks(*procedure_, *view.calendars, instance_, clock_->now());
    }

    void check_due_rows() {
        std::vector<StoredDue> wanted;
        for (const DueRow& row : instance_rows_.due) {
            wanted.push_back({row.due.time_since_epoch().count(), id_, row.ordinal, row.timer});
        }
        std::sort(wanted.begin(), wanted.end());
        const auto kept = store_->begin(Store::Access::read)
                              ->due(std::numeric_limits<std::int64_t>::max(), {}, all_rows);
        std::vector<StoredDue> own;
        for (const StoredDue& row : kept) {
            // What is for others wakes the engine under a number that no timer has.
            if (row.instance == id_ && row.ordinal != no_index) own.push_back(row);
        }
        require(own == wanted, "the store has the due rows of the instance", standing());
    }

    void check_work_rows() {
        std::set<StoredWork> wanted;
        const auto want = [&](const WorkRow& row, const std::string& role) {
            const std::string* unit = row.for_whom.open().text();
            if (unit != nullptr) units_.insert(*unit);
            wanted.insert({role, procedure_->id() + "/" + procedure_->state(row.state).id,
                           unit == nullptr ? "" : *unit, row.due.time_since_epoch().count(), id_,
                           row.ordinal, row.counted});
        };
        for (const WorkRow& row : instance_rows_.work) want(row, procedure_->role(row.role).id);
        for (const WorkRow& row : instance_rows_.unworked) want(row, "");
        std::set<StoredWork> kept;
        const auto transaction = store_->begin(Store::Access::read);
        std::vector<std::string> roles = procedure_->role_ids();
        roles.emplace_back();
        for (const std::string& role : roles) {
            for (const std::string& state : transaction->work_states(role)) {
                for (const std::string& unit : units_) {
                    for (const StoredWork& row :
                         transaction->work(role, state, unit, {}, all_rows)) {
                        if (row.instance == id_) kept.insert(row);
                    }
                }
            }
        }
        require(kept == wanted, "the store has the work rows of the instance", standing());
    }

    [[nodiscard]] std::string standing() const {
        std::string text = to_string(clock_->now(), std::chrono::hours(7)) + " on";
        for (const Token& one : instance_.tokens) {
            text += " " + procedure_->state(one.state).id + "#" + std::to_string(one.ordinal);
            if (one.at_door) text += "(door)";
            if (one.remainder) text += "(remainder)";
            if (one.incident)
                text += "(" + incident_sentence(incident_reason(instance_, one.ordinal)) + ")";
        }
        return text;
    }

    Choices& choose_;
    std::shared_ptr<const Procedure> procedure_;  ///< by which it runs now
    std::vector<std::shared_ptr<const Procedure>> versions_;
    std::shared_ptr<Store> store_;
    std::shared_ptr<VirtualClock> clock_;
    Engine engine_;
    std::string id_;
    Instance instance_;
    IndexRows instance_rows_;
    std::set<std::string> units_{""};  ///< for which there ever was a work item
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    // The procedure is decided from the front, the events from the back.
    const std::string bytes(data, data + size);
    Choices shape(bytes);
    const std::string yaml = random_procedure(shape);
    show(yaml);
    const LoadedProcedure loaded = load_procedure(yaml, "random.yaml");
    if (loaded.procedure == nullptr) {
        show(written(loaded.diagnostics));
        return 0;
    }
    Choices events(std::string(bytes.rbegin(), bytes.rend()));
    try {
        Story(events, loaded, load_procedure(next_version(yaml), "random.yaml")).happen();
    } catch (const std::exception& error) {
        require(false, "no call of the engine throws", error.what());
    }
    return 0;
}
