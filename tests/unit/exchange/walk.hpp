// Histories made by hand. Confined to one test.
#pragma once

#include <memory>
#include <vector>

#include "support/onboarding_model.hpp"
#include "workflow/graph.hpp"

namespace workflow::testing {

inline Procedure procedure_of(procedure::Model model) {
    return Procedure(std::make_unique<const procedure::Model>(std::move(model)));
}

inline Record record(RecordKind kind, std::uint32_t state = no_index,
                     std::uint32_t subject = no_index, std::uint32_t outcome = no_index) {
    Record made;
    made.kind = kind;
    made.state = state;
    made.subject = subject;
    made.outcome = outcome;
    return made;
}

using History = std::vector<std::vector<Record>>;

inline std::vector<Record> begin_at(procedure::StateIndex state) {
    return {record(RecordKind::started), record(RecordKind::entered, state)};
}
/// An action that leads from one state to another.
inline std::vector<Record> act(procedure::StateIndex from, std::uint32_t action,
                               procedure::StateIndex to) {
    return {record(RecordKind::performed, from, action), record(RecordKind::left, from),
            record(RecordKind::entered, to)};
}

/// To the piloting phase: one return, one of two units objects, the setup late.
inline History walk_to_pilot(const Onboarding& o) {
    using Kind = RecordKind;
    History history{begin_at(o.draft), act(o.draft, 0, o.appraisal), act(o.appraisal, 1, o.draft),
                    act(o.draft, 0, o.appraisal), act(o.appraisal, 0, o.setup)};
    std::vector<Record> ask = act(o.setup, 0, o.units);
    ask.push_back(record(Kind::entered, o.confirm));
    ask.push_back(record(Kind::entered, o.confirm));
    ask.push_back(
        record(Kind::clock_ended, no_index, 0, static_cast<std::uint32_t>(ClockResult::late)));
    history.push_back(ask);
    history.push_back({record(Kind::performed, o.confirm, 0), record(Kind::left, o.confirm),
                       record(Kind::scope_done, no_index, 1, o.accurate)});
    history.push_back({record(Kind::performed, o.confirm, 1), record(Kind::left, o.confirm),
                       record(Kind::scope_done, no_index, 2, o.accurate + 1),
                       record(Kind::left, o.units), record(Kind::entered, o.fix)});
    std::vector<Record> again = act(o.fix, 0, o.units);
    again.push_back(record(Kind::entered, o.confirm));
    history.push_back(again);
    history.push_back({record(Kind::performed, o.confirm, 0), record(Kind::left, o.confirm),
                       record(Kind::scope_done, no_index, 3, o.accurate),
                       record(Kind::left, o.units), record(Kind::entered, o.pilot),
                       record(Kind::entered, o.try_out)});
    return history;
}

}  // namespace workflow::testing
