// A history lived through again: to verify it, and to explain what has ended.
#include <algorithm>
#include <map>

#include "engine/implementation.hpp"
#include "workflow/limits.hpp"

namespace workflow {
namespace {

struct Row {
    std::string bytes;
    HistoryEntry entry;
};

std::vector<Row> load_history(Transaction& transaction, const std::string& id) {
    const auto secrets = engine::load_secrets(transaction, id);
    std::vector<Row> rows;
    while (true) {
        const auto page = transaction.history(id, rows.empty() ? 0 : rows.back().entry.revision,
                                              limits::page_rows_max);
        for (const StoredHistory& stored : page) {
            rows.push_back({stored.body, record::decode_history(stored.body, secrets)});
            if (rows.back().entry.revision != stored.revision) {
                throw Error(ErrorCode::corrupt, "a history row of " + id + " belongs elsewhere");
            }
        }
        if (page.size() < limits::page_rows_max) break;
    }
    if (rows.empty())
        throw Error(ErrorCode::not_found, "there is no instance '" + printable(id) + "'");
    return rows;
}

bool holds_erased(const FieldValues& fields) {
    return std::any_of(fields.begin(), fields.end(), [](const auto& field) {
        return field.second.sealed() != nullptr && field.second.sealed()->erased;
    });
}

bool holds_erased(const Event& event) {
    if (const auto* start = std::get_if<Start>(&event)) return holds_erased(start->data);
    if (const auto* perform = std::get_if<Perform>(&event)) return holds_erased(perform->fields);
    if (const auto* correct = std::get_if<Correct>(&event)) return holds_erased(correct->data);
    return false;
}

/// How the clock ended, as it was recorded then.
void tell_result(const std::vector<Record>& records, const ClockState& clock, ClockView& view) {
    for (const Record& record : records) {
        const bool ended = record.kind == RecordKind::clock_ended &&
                           record.subject == clock.clock && record.token == clock.owner;
        if (!ended) continue;
        view.result = static_cast<ClockResult>(record.outcome);
        view.original_result = view.result;
        const List* told = record.value.list();
        if (told != nullptr && told->size() == 3 && told->at(2).integer() != nullptr) {
            view.original_result = static_cast<ClockResult>(*told->at(2).integer());
        }
    }
}

/// Adds what a new version of the calendar moved, by owner and number of the clock.
using Moves = std::map<std::pair<Ordinal, std::uint32_t>, std::vector<ClockExplanation::Moved>>;
void collect_moves(const HistoryEntry& entry, Moves& moves) {
    std::int64_t version = 0;
    for (const Record& record : entry.records) {
        const List* told = record.value.list();
        if (record.kind == RecordKind::calendar_changed) version = *told->at(1).integer();
        if (record.kind != RecordKind::clock_redated) continue;
        moves[{record.token, record.subject}].push_back({.at = record.at,
                                                         .before = *told->at(0).instant(),
                                                         .after = *told->at(1).instant(),
                                                         .version = version,
                                                         .source = *told->at(2).text()});
    }
}

/// Runs one row again on `instance`. Words for a difference, empty when it agrees.
std::string run_again(const Procedure& procedure, const Calendars& calendars, Instance& instance,
                      const HistoryEntry& entry) {
    Outcome outcome = step(procedure, calendars, std::move(instance), entry.event, entry.now);
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
    const std::vector<Row> rows = load_history(*transaction, id);
    ReplayReport report;
    Instance instance;
    instance.id = id;
    Digest head{};
    Revision expected = 1;
    bool can_run = true;
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
            ++report.older_semantics;
            continue;
        }
        if (holds_erased(entry.event)) ++report.erased;
        const auto procedure = self.definitions.procedure(entry.procedure);
        if (procedure == nullptr)
            return differs(entry.revision, "its procedure is not in the store");
        const std::string words = run_again(*procedure, *stored.calendars, instance, entry);
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
    for (const auto& [bytes, entry] : load_history(*transaction, id)) {
        const Instance before = instance;
        const std::string words = run_again(*stored.procedure, *stored.calendars, instance, entry);
        if (!words.empty()) {
            throw Error(ErrorCode::corrupt,
                        "revision " + std::to_string(entry.revision) + " of " + id + ": " + words);
        }
        collect_moves(entry, moves);
        for (const ClockState& clock : before.clocks) {
            const bool gone = std::none_of(
                instance.clocks.begin(), instance.clocks.end(),
                [&](const ClockState& other) { return other.ordinal == clock.ordinal; });
            if (!gone) continue;
            const auto* timer = std::get_if<TimerDue>(&entry.event);
            const Instant at = timer != nullptr ? timer->due : entry.now;
            auto explanation =
                explain_clock(*stored.procedure, *stored.calendars, before, clock.ordinal, at);
            explanation->ended = true;
            tell_result(entry.records, clock, explanation->view);
            ended.push_back(std::move(*explanation));
        }
    }
    for (const ClockState& clock : instance.clocks) {
        ended.push_back(
            *explain_clock(*stored.procedure, *stored.calendars, instance, clock.ordinal, now));
    }
    for (ClockExplanation& one : ended) {
        const auto found = moves.find({one.view.owner, one.view.clock});
        if (found != moves.end()) one.moved = found->second;
    }
    std::sort(ended.begin(), ended.end(),
              [](const auto& a, const auto& b) { return a.view.ordinal < b.view.ordinal; });
    return ended;
}

}  // namespace workflow
