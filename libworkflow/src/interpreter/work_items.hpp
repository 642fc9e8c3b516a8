// Who holds a work item, and what an operator does to a token (rules R27, R68).
#pragma once

#include "interpreter/run.hpp"

namespace workflow::interpreter {

void claim(Run& run, const Claim& event);
void release(Run& run, const Release& event);
void delegate(Run& run, const Delegate& event);
void reassign(Run& run, const Reassign& event);
void move_token(Run& run, const MoveToken& event);

}  // namespace workflow::interpreter
