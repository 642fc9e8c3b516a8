#include "interpreter/suspension.hpp"

namespace workflow::interpreter {

void suspend(Run& run, const Suspend& event) {
    run.bind_actor(event.actor);
    Instance& instance = run.instance;
    if (instance.is_suspended()) throw Abandon{RefusalCode::suspended, {instance.id}};
    instance.suspension = event.clocks_wait ? Instance::Suspension::clocks_wait
                                            : Instance::Suspension::clocks_go_on;
    run.record(RecordKind::suspended, 0, procedure::root_state, no_index, event.clocks_wait ? 1 : 0,
               event.reason);
    run.settle();
}

void resume(Run& run, const Resume& event) {
    run.bind_actor(event.actor);
    Instance& instance = run.instance;
    if (!instance.is_suspended()) throw Abandon{RefusalCode::not_suspended, {instance.id}};
    instance.suspension = Instance::Suspension::none;
    run.record(RecordKind::resumed, 0, procedure::root_state, no_index, no_index, event.reason);
    run.settle();
}

}  // namespace workflow::interpreter
