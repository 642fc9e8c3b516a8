#include "workflow/history.hpp"

namespace workflow {

const EventNames& event_names() {
    static constexpr EventNames names{
        "start",    "perform", "timer",   "retry",         "correct", "cancel",
        "claim",    "release", "calendar_changed", "reassign", "delegate", "move",
        "message",  "effect_result", "resolve", "child_ended", "migrate", "erase",
        "suspend",  "resume"};
    return names;
}

}  // namespace workflow
