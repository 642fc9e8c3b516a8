// What a tests.yaml says, with every name resolved. Immutable once loaded.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "workflow/calendar.hpp"
#include "workflow/definition.hpp"
#include "workflow/diagnostic.hpp"
#include "workflow/interpreter.hpp"
#include "workflow/text.hpp"

namespace workflow::scenario {

/// Which activation is meant, where several stand on a state.
struct Choice {
    std::uint32_t state = no_index;
    std::uint32_t number = 1;         ///< from the oldest on
    std::optional<std::string> item;  ///< of the innermost each around it
};

/// One thing that must be so after a step.
struct Expectation {
    enum class Kind : std::uint8_t {
        states,     ///< ids of the innermost states with a token, sorted
        at_door,    ///< ids of states whose tokens wait for a name, sorted
        history,    ///< ids of states entered since the step before, in order
        due,        ///< subject: clock; dates or instants, sorted
        clock,      ///< subject: clock; how it stands, or how the last one ended
        todo,       ///< subject: person; ids of tasks on his list, sorted
        can,        ///< subject: person; ids of actions open to him, sorted, each once
        refused,    ///< a code
        notified,   ///< roles told since the step before, sorted, each once
        sent,       ///< ids of messages that ways sent since the step before, sorted
        message,    ///< how the step's own was delivered
        data,       ///< subject: field; value
        status,     ///< code of the outer status, or `none`
        ended,      ///< an outcome, `cancelled` or `none`
        incidents,  ///< codes of incidents opened since the step before, sorted
    };
    Kind kind{};
    Place place;
    std::uint32_t subject = no_index;
    std::vector<std::string> words;
    bool every = false;  ///< of due: the one date that all clocks of this id have
    Value value;
};
/// The key of `then` that expects it.
[[nodiscard]] const char* key_of(Expectation::Kind kind);

/// One event, or the mere passing of time; then what must be so.
struct ScriptStep {
    enum class Kind : std::uint8_t {
        pass,
        start,
        perform,
        claim,
        release,
        cancel,
        correct,
        retry,
        message,
        effect,
        resolve,
        move,
        reassign,
        delegate
    };
    Kind kind = Kind::pass;
    Place place;
    Instant at;
    std::string label;  ///< as the file says it: `minh: do agree`
    Actor actor;
    /// Action, message, variant of a start, reason of a cancel, error or failure of a service,
    /// state or person to whom something goes.
    std::string name;
    std::string entry;                                       ///< of a start
    EffectResult::Kind answer = EffectResult::Kind::result;  ///< of a service
    std::vector<Choice> in_call;  ///< calls, from the dossier's own on: the step is about the last
    std::shared_ptr<const Procedure> about;  ///< of the dossier that the step is about
    std::string key;  ///< of a message; empty: it is addressed to the dossier
    std::optional<Choice> on;
    FieldValues values;
    std::vector<Expectation> then;
};

struct Case {
    std::string id;
    Text title;
    Place place;
    std::size_t after = SIZE_MAX;   ///< case from whose end it goes on
    std::vector<ScriptStep> steps;  ///< of a case of its own, what is given comes first
};

struct Script {
    LoadedProcedure loaded_procedure;              ///< as a store keeps it
    std::vector<LoadedProcedure> called;           ///< that it calls, and those that they call
    std::vector<LoadedCalendar> loaded_calendars;  ///< those that the procedure names
    std::shared_ptr<const Procedure> procedure;
    Calendars calendars;
    std::shared_ptr<const Calendar> calendar;  ///< the procedure's own
    std::vector<Actor> people;
    std::vector<Case> cases;  ///< in the order of the file
};

}  // namespace workflow::scenario
