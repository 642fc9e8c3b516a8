// Names that one activation of the instance holds at a time (rule R40).
#include <algorithm>

#include "interpreter/run.hpp"

namespace workflow::interpreter {

using namespace procedure;

bool Run::is_inside_holder(const Token& standing) {
    const DoorIndex door = model.states[standing.state].one_at_a_time;
    for (Ordinal around = standing.scope; around != 0;) {
        const Token& holder = token(scope(around).parent);
        if (holder.holds && model.states[holder.state].one_at_a_time == door) return true;
        around = holder.scope;
    }
    return false;
}

const Token* Run::barred_by(const Token& standing) {
    const DoorIndex door = model.states[standing.state].one_at_a_time;
    if (is_inside_holder(standing)) return nullptr;
    const bool is_task = model.states[standing.state].kind == Kind::task;
    for (const Token& other : instance.tokens) {
        if (other.ordinal == standing.ordinal) continue;
        if (model.states[other.state].one_at_a_time != door) continue;
        // Who came to the door before goes first; a task does not stand there. Who could not be let
        // in, for what was to be evaluated, keeps nobody else out (R27).
        const bool stands_before =
            other.at_door && !other.incident && !is_task && other.ordinal < standing.ordinal;
        if (other.holds || stands_before) return &other;
    }
    return nullptr;
}

void Run::take_name(Ordinal ordinal) {
    Token& standing = token(ordinal);
    standing.holds = !is_inside_holder(standing);
}

}  // namespace workflow::interpreter
