#include "interpreter/version_map.hpp"

#include <algorithm>

#include "workflow/error.hpp"

namespace workflow::interpreter {
namespace {

using namespace procedure;

/// What stands for an id in the new version.
const std::string& renamed(const MigrationMapping::Names& names, const std::string& id) {
    for (const auto& [old_id, new_id] : names) {
        if (old_id == id) return new_id;
    }
    return id;
}

template <class Items>
std::vector<std::string> ids_of(const Items& items) {
    std::vector<std::string> ids;
    for (const auto& item : items) ids.push_back(item.id);
    return ids;
}

template <class Items>
std::uint32_t number_of(const Items& items, const std::string& id) {
    const auto found =
        std::find_if(items.begin(), items.end(), [&](const auto& item) { return item.id == id; });
    return found != items.end() ? static_cast<std::uint32_t>(found - items.begin()) : none;
}

std::uint32_t number_of(const std::vector<std::string>& ids, const std::string& id) {
    const auto found = std::find(ids.begin(), ids.end(), id);
    return found != ids.end() ? static_cast<std::uint32_t>(found - ids.begin()) : none;
}

std::string length_of(const Timer& timer) {
    if (const auto* cel = std::get_if<Cel>(&timer.limit)) return cel->expression.source();
    if (const auto* limit = std::get_if<Limit>(&timer.limit)) return to_string(*limit);
    return "at";
}

/// What each memory is of: `state x`, `action x`, `uses x of y`, `clock x of y`.
std::vector<std::string> subjects_of(const Model& model) {
    std::vector<std::string> subjects(model.memories.size());
    const auto name = [&](MemoryIndex memory, std::string subject) {
        if (memory != none) subjects[memory] = std::move(subject);
    };
    for (const State& state : model.states) {
        name(state.memory, "state " + state.id);
        for (const Action& action : state.actions) {
            name(action.memory, "action " + action.id);
            name(action.uses, "uses " + action.id + " of " + state.id);
        }
    }
    for (const Clock& clock : model.clocks) {
        name(clock.memory, "clock " + clock.id + " of " + model.states[clock.owner].id);
    }
    return subjects;
}

/// Whether the version has what a memory would be of.
bool has_subject(const Model& model, const Memory& memory, const std::string& subject) {
    if (subject.starts_with("clock ")) return number_of(model.clocks, memory.id) != none;
    if (subject.starts_with("state ")) return find_state(model, memory.id) != none;
    return model.declarers.contains(memory.id);
}

/// As the file says it: parameters may say something else in another version.
bool same_length(const Timer& a, const Timer& b) {
    if (a.limit.index() != b.limit.index()) return false;
    if (const auto* cel = std::get_if<Cel>(&a.limit)) {
        return cel->expression.source() == std::get<Cel>(b.limit).expression.source();
    }
    if (const auto* limit = std::get_if<Limit>(&a.limit)) {
        return *limit == std::get<Limit>(b.limit);
    }
    return std::get<RecurringDate>(a.limit) == std::get<RecurringDate>(b.limit);
}

}  // namespace

bool is_among(const std::vector<std::string>& ids, const std::string& id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

std::string near_or_all(const std::string& id, const std::vector<std::string>& known) {
    std::string found = nearest(id, known);
    if (!found.empty()) return found;
    for (const std::string& one : known) found += (found.empty() ? "" : ", ") + one;
    return found;
}

std::string near_or_all_or_null(const std::string& id, const std::vector<std::string>& known) {
    const std::string names = near_or_all(id, known);
    return names.empty() ? "null" : names + ", null";
}

VersionMap::VersionMap(const Model& from, const Model& to, const MigrationMapping& mapping)
    : from_(from),
      to_(to),
      mapping_(mapping),
      states_(from.states.size()),
      old_memories_(subjects_of(from)),
      new_memories_(subjects_of(to)) {
    states_[root_state] = root_state;
    check_names();
}

void VersionMap::add(RefusalCode code, std::vector<std::string> arguments) {
    std::vector<std::string> key = arguments;
    key.emplace_back(to_string(code));
    if (told_.insert(std::move(key)).second) problems_.push_back({code, std::move(arguments), {}});
}

/// A name that is misspelt would move nothing, and nobody would notice.
void VersionMap::check_names() {
    const auto check = [&](const std::string& id, const std::vector<std::string>& known,
                           std::int64_t version) {
        if (is_among(known, id)) return;
        add(RefusalCode::unknown_in_mapping, {id, std::to_string(version), nearest(id, known)});
    };
    const auto check_pairs = [&](const MigrationMapping::Names& names, const auto& olds,
                                 const auto& news, bool may_end) {
        for (const auto& [old_id, new_id] : names) {
            check(old_id, ids_of(olds), from_.version);
            if (!may_end || !new_id.empty()) check(new_id, ids_of(news), to_.version);
        }
    };
    check_pairs(mapping_.states, from_.states, to_.states, false);
    check_pairs(mapping_.clocks, from_.clocks, to_.clocks, true);
    check_pairs(mapping_.fields, from_.data, to_.data, true);
    check_pairs(mapping_.messages, from_.messages, to_.messages, false);
    check_pairs(mapping_.roles, from_.roles, to_.roles, false);
    for (const std::string& id : mapping_.restart) check(id, ids_of(to_.clocks), to_.version);
    for (const std::string& id : mapping_.keep_limit) check(id, ids_of(to_.clocks), to_.version);
    for (const std::string& id : mapping_.restart_timers) {
        check(id, ids_of(to_.states), to_.version);
    }
    for (const std::string& id : mapping_.forget) check(id, ids_of(to_.memories), to_.version);
}

std::vector<std::string> VersionMap::states_of_kind(Kind kind) const {
    std::vector<std::string> ids;
    for (const State& state : to_.states) {
        if (state.kind == kind && &state != &to_.states[root_state]) ids.push_back(state.id);
    }
    return ids;
}

StateIndex VersionMap::state(StateIndex old) {
    if (old == none) return none;
    if (states_[old]) return *states_[old];
    const State& before = from_.states[old];
    const StateIndex found = find_state(to_, renamed(mapping_.states, before.id));
    states_[old] = found;
    if (found == none) {
        add(RefusalCode::state_gone,
            {before.id, std::to_string(to_.version), near_or_all(before.id, states_of_kind(before.kind))});
        return none;
    }
    const State& after = to_.states[found];
    if (after.kind != before.kind) {
        add(RefusalCode::state_differs, {after.id, key_of(before.kind), key_of(after.kind)});
    }
    if (state(before.parent) != after.parent) {
        add(RefusalCode::state_elsewhere, {after.id, after.parent == root_state
                                                         ? to_.id
                                                         : to_.states[after.parent].id});
    }
    const auto door_of = [](const Model& model, const State& one) {
        return one.one_at_a_time == none ? std::string() : model.doors[one.one_at_a_time];
    };
    if (door_of(from_, before) != door_of(to_, after)) {
        add(RefusalCode::door_differs, {after.id});
    }
    return found;
}

ClockIndex VersionMap::clock(ClockIndex old) {
    const Clock& before = from_.clocks[old];
    const std::string& id = renamed(mapping_.clocks, before.id);
    const StateIndex owner = state(before.owner);
    if (owner == none) return none;
    for (const ClockIndex index : to_.states[owner].clocks) {
        if (to_.clocks[index].id == id) return index;
    }
    std::vector<std::string> known;
    for (const ClockIndex index : to_.states[owner].clocks) known.push_back(to_.clocks[index].id);
    add(RefusalCode::clock_gone,
        {before.id, std::to_string(to_.version), near_or_all_or_null(id, known)});
    return none;
}

bool VersionMap::ends_clock(ClockIndex old) const {
    return renamed(mapping_.clocks, from_.clocks[old].id).empty();
}

bool VersionMap::drops_field(FieldIndex old) const {
    return renamed(mapping_.fields, from_.data[old].id).empty();
}

FieldIndex VersionMap::field(FieldIndex old) const {
    return find_field(to_, renamed(mapping_.fields, from_.data[old].id));
}

MessageIndex VersionMap::message(MessageIndex old) {
    const std::string& id = from_.messages[old].id;
    const MessageIndex found = find_message(to_, renamed(mapping_.messages, id));
    if (found == none) {
        add(RefusalCode::message_gone,
            {id, std::to_string(to_.version), near_or_all(id, ids_of(to_.messages))});
    }
    return found;
}

MessageIndex VersionMap::receipt(StateIndex state, MessageIndex old) const {
    if (state == none) return none;
    const std::string& id = renamed(mapping_.messages, from_.messages[old].id);
    for (const Receipt& receipt : to_.states[state].receive) {
        if (to_.messages[receipt.message].id == id) return receipt.message;
    }
    return none;
}

RoleIndex VersionMap::role(RoleIndex old) {
    const std::string& id = from_.roles[old].id;
    const RoleIndex found = find_role(to_, renamed(mapping_.roles, id));
    if (found == none) {
        add(RefusalCode::role_gone,
            {id, std::to_string(to_.version), near_or_all(id, ids_of(to_.roles))});
    }
    return found;
}

ReasonIndex VersionMap::reason(ReasonIndex old, ClockIndex clock) {
    if (old == none) return none;
    const std::uint32_t found = number_of(to_.reasons, from_.reasons[old]);
    if (found == none) {
        add(RefusalCode::reason_gone,
            {from_.clocks[clock].id, from_.reasons[old], std::to_string(to_.version)});
    }
    return found;
}

OutcomeIndex VersionMap::outcome(OutcomeIndex old) {
    if (old == none) return none;
    const std::uint32_t found = number_of(to_.outcomes, from_.outcomes[old].id);
    if (found == none) {
        add(RefusalCode::outcome_gone, {from_.outcomes[old].id, std::to_string(to_.version)});
    }
    return found;
}

std::uint32_t VersionMap::timer(StateIndex old, std::uint32_t number) {
    const StateIndex found = state(old);
    if (found == none) return none;
    const auto& before = from_.states[old].timers;
    const State& after = to_.states[found];
    const auto news = static_cast<std::uint32_t>(after.timers.size());
    if (number >= before.size()) {
        const bool has_it = after.until.has_value() || after.service.has_value();
        if (has_it) return news + number - static_cast<std::uint32_t>(before.size());
        add(RefusalCode::timer_gone, {after.id, "until", std::to_string(to_.version)});
        return none;
    }
    if (before.size() == news) return number;
    for (std::uint32_t i = 0; i < news; ++i) {
        if (same_length(before[number], after.timers[i])) return i;
    }
    add(RefusalCode::timer_gone,
        {after.id, length_of(before[number]), std::to_string(to_.version)});
    return none;
}

MemoryIndex VersionMap::memory(MemoryIndex old) const {
    // What it is of may be called otherwise in the new version.
    const Memory& before = from_.memories[old];
    const std::string& subject = old_memories_[old];
    const auto new_name_of = [&](StateIndex state) {
        return renamed(mapping_.states, from_.states[state].id);
    };
    std::string wanted = subject;
    if (subject.starts_with("state ")) {
        wanted = "state " + renamed(mapping_.states, before.id);
    } else if (subject.starts_with("uses ")) {
        wanted = "uses " + before.id + " of " + new_name_of(before.holders.front());
    } else if (subject.starts_with("clock ")) {
        wanted = "clock " + renamed(mapping_.clocks, before.id) + " of " +
                 new_name_of(before.holders.front());
    }
    return number_of(new_memories_, wanted);
}

void VersionMap::check_memories() {
    std::set<MemoryIndex> kept;
    for (MemoryIndex old = 0; old < from_.memories.size(); ++old) {
        const MemoryIndex found = memory(old);
        if (found == none) continue;
        if (from_.memories[old].instants || !to_.memories[found].instants) kept.insert(found);
    }
    for (MemoryIndex index = 0; index < to_.memories.size(); ++index) {
        const Memory& asked = to_.memories[index];
        const bool is_forgotten = is_among(mapping_.forget, asked.id);
        if (is_forgotten || kept.contains(index)) continue;
        if (has_subject(from_, asked, new_memories_[index])) {
            add(RefusalCode::not_remembered, {asked.id, std::to_string(from_.version)});
        }
    }
}

}  // namespace workflow::interpreter
