// What expressions may ask about the instance they run in [R53]: its states, actions and clocks by
// name. Confined.
#pragma once

#include "definition/draft.hpp"

namespace workflow::definition {

/// The numbers of the questions in Draft::questions, which expressions keep.
enum QuestionNumber : std::size_t {
    question_active,
    question_entered,
    question_left,
    question_times,
    question_due,
    question_original_due,
    question_late,
    question_count
};

/// Names every state, action and clock of the file, before any expression is read.
void declare_questions(Draft& draft);
/// Sees to it that what the expression asks for is remembered.
void note_questions(Draft& draft, const Node& node, const Expression& expression);
/// The memory of who finished a state.
[[nodiscard]] procedure::MemoryIndex remember_state(Draft& draft, procedure::StateIndex state);
/// When all states have been read: which action and which clock a name means.
void resolve_questions(Draft& draft);

}  // namespace workflow::definition
