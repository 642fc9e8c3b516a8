#include "definition/state_keys.hpp"

#include <array>

namespace workflow::definition {
namespace {

using procedure::Kind;
template <std::size_t N>
using Table = std::array<std::string_view, N>;

template <class... Texts>
constexpr Table<sizeof...(Texts)> keys(Texts... texts) {
    return {std::string_view(texts)...};
}

template <std::size_t N, std::size_t M>
constexpr Table<N + M> operator+(const Table<N>& first, const Table<M>& second) {
    Table<N + M> both{};
    for (std::size_t i = 0; i < N; ++i) both[i] = first[i];
    for (std::size_t i = 0; i < M; ++i) both[N + i] = second[i];
    return both;
}

constexpr auto named = keys("title", "description", "source");
// What goes on while a token stands somewhere.
constexpr auto reacting = keys("sla", "after", "actions", "receive");
constexpr auto standing = named + reacting + keys("status", "waiting_for", "calendar");
constexpr auto finishing = keys("set", "to");
constexpr auto branch = keys("when");  // last: only branches have it

constexpr auto file =
    named + reacting +
    keys("procedure", "version", "valid", "languages", "calendar", "started_by", "roles",
         "parameters", "variants", "data", "input", "output", "messages", "statuses", "outcomes", "start",
         "states", "total", "unit");

constexpr auto task = standing + keys("task", "to", "one_at_a_time") + branch;
constexpr auto choice = named + keys("choice") + branch;
constexpr auto fork = named + keys("fork") + branch;
constexpr auto join = named + finishing + keys("join") + branch;
constexpr auto wait = standing + finishing + keys("wait", "one_at_a_time") + branch;
constexpr auto service =
    standing + finishing +
    keys("service", "input", "result", "retry", "timeout", "errors", "one_at_a_time") + branch;
constexpr auto call = standing + finishing +
                      keys("call", "entry", "variant", "version", "input", "result", "detached",
                           "outcomes", "one_at_a_time") +
                      branch;
constexpr auto end = named + keys("end", "terminate") + branch;
constexpr auto group =
    standing + finishing + keys("states", "start", "outcomes", "data", "one_at_a_time") + branch;
constexpr auto parallel =
    standing + finishing + keys("parallel", "join", "others", "one_at_a_time") + branch;
constexpr auto each = standing + finishing +
                      keys("each", "states", "start", "data", "join", "others", "one_at_a_time") +
                      branch;
// A state with a kind is no idle one; the kinds stand here so that a misspelt one finds its name.
constexpr auto idle = standing +
                      keys("task", "choice", "fork", "join", "wait", "end", "states", "parallel",
                           "each", "service", "call", "one_at_a_time") +
                      branch;

constexpr auto task_parts = keys("role", "for", "not_by", "same_as");
constexpr auto wait_parts = keys("until", "when");
constexpr auto each_parts = keys("of", "as", "index", "grows", "at_once");

Keys without_last(Keys keys, bool keep) {
    return keep ? keys : keys.first(keys.size() - 1);
}

}  // namespace

Keys file_keys() {
    return file;
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
        case Kind::service:
            return without_last(service, is_branch);
        case Kind::call:
            return without_last(call, is_branch);
    }
    return {};
}

Keys task_keys() {
    return task_parts;
}
Keys wait_keys() {
    return wait_parts;
}
Keys each_keys() {
    return each_parts;
}

}  // namespace workflow::definition
