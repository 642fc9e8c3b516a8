#include "definition/state_keys.hpp"

#include <array>

namespace workflow::definition {
namespace {

using procedure::Kind;
template <std::size_t N>
using Table = std::array<std::string_view, N>;

constexpr Table<19> file{"procedure", "version",  "title",      "description", "source",
                         "languages", "calendar", "started_by", "roles",       "parameters",
                         "variants",  "data",     "input",      "outcomes",    "start",
                         "sla",       "actions",  "after",      "states"};
constexpr Table<5> file_planned{"valid", "output", "messages", "statuses", "receive"};

// `when` last: only branches have it.
constexpr Table<11> task{"task",  "title",   "description", "source",        "waiting_for", "sla",
                         "after", "actions", "to",          "one_at_a_time", "when"};
constexpr Table<5> choice{"choice", "title", "description", "source", "when"};
constexpr Table<5> fork{"fork", "title", "description", "source", "when"};
constexpr Table<7> join{"join", "title", "description", "source", "set", "to", "when"};
constexpr Table<12> wait{"wait",  "title",   "description", "source", "waiting_for",   "sla",
                         "after", "actions", "set",         "to",     "one_at_a_time", "when"};
constexpr Table<6> end{"end", "terminate", "title", "description", "source", "when"};
constexpr Table<14> group{"states", "start", "outcomes",      "title",   "description",
                          "source", "sla",   "after",         "actions", "waiting_for",
                          "set",    "to",    "one_at_a_time", "when"};
constexpr Table<14> parallel{"parallel", "join",        "others",        "title", "description",
                             "source",   "waiting_for", "sla",           "after", "actions",
                             "set",      "to",          "one_at_a_time", "when"};
constexpr Table<16> each{"others",  "one_at_a_time", "each",   "states",      "start", "join",
                         "title",   "description",   "source", "waiting_for", "sla",   "after",
                         "actions", "set",           "to",     "when"};
// A state with a kind is no idle one; the kinds stand here so that a misspelt one finds its name.
constexpr Table<18> idle{"fork",  "join",        "one_at_a_time", "task",        "choice",
                         "wait",  "end",         "states",        "parallel",    "each",
                         "title", "description", "source",        "waiting_for", "sla",
                         "after", "actions",     "when"};
constexpr Table<2> state_planned{"status", "receive"};
constexpr Table<3> group_planned{"status", "receive", "data"};

constexpr Table<2> task_parts{"role", "for"};
constexpr Table<2> task_parts_planned{"not_by", "same_as"};
constexpr Table<2> wait_parts{"until", "when"};
constexpr Table<2> wait_parts_planned{"message", "for"};
constexpr Table<5> each_parts{"of", "as", "index", "grows", "at_once"};

Keys without_last(Keys keys, bool keep) {
    return keep ? keys : keys.first(keys.size() - 1);
}

}  // namespace

Keys file_keys() {
    return file;
}
Keys planned_file_keys() {
    return file_planned;
}

Keys state_keys(Kind kind, bool is_branch) {
    switch (kind) {
        case Kind::task:
            return without_last(task, is_branch);
        case Kind::choice:
            return without_last(choice, is_branch);
        case Kind::wait:
            return without_last(wait, is_branch);
        case Kind::end:
            return without_last(end, is_branch);
        case Kind::group:
            return without_last(group, is_branch);
        case Kind::parallel:
            return without_last(parallel, is_branch);
        case Kind::each:
            return without_last(each, is_branch);
        case Kind::idle:
            return without_last(idle, is_branch);
        case Kind::fork:
            return without_last(fork, is_branch);
        case Kind::join:
            return without_last(join, is_branch);
    }
    return {};
}

Keys planned_state_keys(Kind kind) {
    const bool has_scope = kind == Kind::group || kind == Kind::parallel || kind == Kind::each;
    return has_scope ? Keys(group_planned) : Keys(state_planned);
}

Keys task_keys() {
    return task_parts;
}
Keys planned_task_keys() {
    return task_parts_planned;
}
Keys wait_keys() {
    return wait_parts;
}
Keys planned_wait_keys() {
    return wait_parts_planned;
}
Keys each_keys() {
    return each_parts;
}

}  // namespace workflow::definition
