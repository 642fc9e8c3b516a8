// A history lived through again: to verify it, and to explain what has ended.
#include <algorithm>
#include <map>

#include "engine/implementation.hpp"
#include "procedure/model.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

bool holds_erased(const Event& event) {
    const FieldValues* given = given_by(event);
    return given != nullptr && std::any_of(given->begin(), given->end(), [](const auto& field) {
        return field.second.sealed() != nullptr && field.second.sealed()->erased;
    });
}

/// By which version a row was written, and, of a migration, by which those before it.
struct Versions {
    std::shared_ptr<const Procedure> before;
    std::shared_ptr<const Procedure> after;
    [[nodiscard]] bool are_known() const { return before != nullptr && after != nullptr; }
};

Versions versions_of(engine::Definitions& definitions, const HistoryEntry& entry) {
    const auto after = definitions.procedure(entry.procedure);
    const auto* migrate = std::get_if<Migrate>(&entry.event);
    return {migrate != nullptr ? definitions.procedure(migrate->from) : after, after};
}

/// The id by which the clock was known when the row was written.
std::string id_then(const Procedure& before, const ClockState& clock, const HistoryEntry& entry) {
    const std::string& id = before.model().clocks[clock.clock].id;
    if (const auto* migrate = std::get_if<Migrate>(&entry.event)) {
        for (const auto& [old_id, new_id] : migrate->mapping.clocks) {
            if (old_id == id) return new_id;
        }
    }
    return id;
}

/// How the clock ended, as it was recorded then. A clock that a migration gives up was not reached.
void tell_result(const Versions& versions, const HistoryEntry& entry, const ClockState& clock,
                 ClockView& view) {
    const std::string id = id_then(*versions.before, clock, entry);
    if (id.empty()) view.result = view.original_result = ClockResult::not_reached;
    const auto& known = versions.after->model().clocks;
    for (const Record& record : entry.records) {
        const bool ended = record.kind == RecordKind::clock_ended &&
                           record.token == clock.owner && record.subject < known.size() &&
                           known[record.subject].id == id;
        if (!ended) continue;
        view.result = static_cast<ClockResult>(record.outcome);
        view.original_result = view.result;
        const List* told = record.value.list();
        if (told != nullptr && told->size() == 3 && told->at(2).integer() != nullptr) {
            view.original_result = static_cast<ClockResult>(*told->at(2).integer());
        }
    }
}

/// The clock of that owner and number, in an instance that runs by what the record was written by.
const ClockState* find_clock(const Instance& instance, const Record& record) {
    for (const ClockState& clock : instance.clocks) {
        if (clock.owner == record.token && clock.clock == record.subject) return &clock;
    }
    return nullptr;
}

/// Adds what new versions of the calendar or of the procedure moved, by ordinal of the clock.
using Moves = std::map<Ordinal, std::vector<ClockExplanation::Moved>>;
void collect_moves(const HistoryEntry& entry, const Instance& before, const Instance& after,
                   Moves& moves) {
    std::int64_t version = 0;
    for (const Record& record : entry.records) {
        const List* told = record.value.list();
        const bool is_version = record.kind == RecordKind::calendar_changed ||
                                record.kind == RecordKind::migrated;
        if (is_version) version = *told->at(1).integer();
        if (record.kind != RecordKind::clock_redated) continue;
        const ClockState* clock = find_clock(after, record);
        if (clock == nullptr && before.procedure == after.procedure) {
            clock = find_clock(before, record);  // it has ended at once
        }
        if (clock == nullptr) continue;
        moves[clock->ordinal].push_back({.at = record.at,
                                         .before = *told->at(0).instant(),
                                         .after = *told->at(1).instant(),
                                         .version = version,
                                         .source = *told->at(2).text()});
    }
}

/// Runs one row again on `instance`. Words for a difference, empty when it agrees.
std::string run_again(const Versions& versions, const Calendars& calendars, Instance& instance,
                      const HistoryEntry& entry) {
    const auto* moving = std::get_if<Migrate>(&entry.event);
    Outcome outcome = moving != nullptr
                          ? migrate(*versions.before, *versions.after, calendars,
                                    std::move(instance), *moving, entry.now)
                          : step(*versions.after, calendars, std::move(instance), entry.event,
                                 entry.now);
    if (const auto* refusal = std::get_if<Refusal>(&outcome)) {
        return "the recorded event is refused when it is run again: " + refusal->reason();
    }
    auto& taken = std::get<Step>(outcome);
    instance = std::move(taken.instance);
    if (taken.records != entry.records)
        return "the records differ from those of the same step run again";
    if (sha256(record::encode(instance)) != entry.instance_after) {
        return "the instance differs from that of the same step run again";
    }
    return {};
}

}  // namespace

ReplayReport Engine::replay(const std::string& id) {
    auto& self = *implementation_;
    const auto transaction = self.store->begin(Store::Access::read);
    const engine::Loaded stored = engine::load(self.definitions, *transaction, id);
    const std::vector<engine::HistoryRow> rows = engine::load_history(*transaction, id);
    ReplayReport report;
    Instance instance;
    instance.id = id;
    Digest head{};
    Revision expected = 1;
    bool can_run = true;
    bool erased = false;
    const auto differs = [&](Revision revision, std::string words) {
        report.first_difference = revision;
        report.difference = std::move(words);
        return report;
    };
    for (const auto& [bytes, entry] : rows) {
        if (entry.revision != expected) return differs(expected, "the row is missing");
        if (entry.previous != head) {
            return differs(entry.revision, "the row before it is not the one it was chained to");
        }
        head = sha256(bytes);
        ++expected;
        // After a row that cannot be run, the instance is not known: the rest is verified by chain.
        if (entry.semantics != semantics_number) can_run = false;
        if (!can_run) {
            ++(erased ? report.erased : report.older_semantics);
            continue;
        }
        if (holds_erased(entry.event)) {
            ++report.erased;
            erased = true;
        }
        const Versions versions = versions_of(self.definitions, entry);
        if (!versions.are_known())
            return differs(entry.revision, "its procedure is not in the store");
        const std::string words = run_again(versions, *stored.calendars, instance, entry);
        if (!words.empty() && erased) {
            // A condition that reads what is not there any more: it may come out otherwise now.
            can_run = false;
            ++report.erased;
            continue;
        }
        if (!words.empty()) return differs(entry.revision, words);
        ++report.steps;
    }
    if (head != stored.chain_head) {
        return differs(expected - 1, "the instance was not written together with its last row");
    }
    if (can_run && record::encode(instance) != record::encode(stored.instance)) {
        return differs(expected - 1, "the stored instance differs from the end of its history");
    }
    return report;
}

std::vector<ClockExplanation> Engine::explain(const std::string& id) {
    auto& self = *implementation_;
    const Instant now = self.clock->now();
    const auto transaction = self.store->begin(Store::Access::read);
    const engine::Loaded stored = engine::load(self.definitions, *transaction, id);
    std::vector<ClockExplanation> ended;
    Moves moves;
    Instance instance;
    instance.id = id;
    for (const auto& [bytes, entry] : engine::load_history(*transaction, id)) {
        const Instance before = instance;
        const Versions versions = versions_of(self.definitions, entry);
        if (!versions.are_known()) {
            throw Error(ErrorCode::not_found, "the version of the procedure by which revision " +
                                                  std::to_string(entry.revision) + " of " + id +
                                                  " was written is not in the store");
        }
        const std::string words = run_again(versions, *stored.calendars, instance, entry);
        if (!words.empty()) {
            throw Error(ErrorCode::corrupt,
                        "revision " + std::to_string(entry.revision) + " of " + id + ": " + words);
        }
        collect_moves(entry, before, instance, moves);
        for (const ClockState& clock : before.clocks) {
            const bool gone = std::none_of(
                instance.clocks.begin(), instance.clocks.end(),
                [&](const ClockState& other) { return other.ordinal == clock.ordinal; });
            if (!gone) continue;
            const auto* timer = std::get_if<TimerDue>(&entry.event);
            const Instant at = timer != nullptr ? timer->due : entry.now;
            auto explanation =
                explain_clock(*versions.before, *stored.calendars, before, clock.ordinal, at);
            explanation->ended = true;
            tell_result(versions, entry, clock, explanation->view);
            ended.push_back(std::move(*explanation));
        }
    }
    for (const ClockState& clock : instance.clocks) {
        ended.push_back(
            *explain_clock(*stored.procedure, *stored.calendars, instance, clock.ordinal, now));
    }
    for (ClockExplanation& one : ended) {
        const auto found = moves.find(one.view.ordinal);
        if (found != moves.end()) one.moved = found->second;
    }
    std::sort(ended.begin(), ended.end(),
              [](const auto& a, const auto& b) { return a.view.ordinal < b.view.ordinal; });
    return ended;
}

}  // namespace workflow
