// First the states are planned, a tree with ids; then they are written, so that ways may lead to
// states that stand further below. Every state has a way to the next of its scope, and what moves
// by itself only leads forward: else nearly all would be refused as unreachable or as endless
// loops.
#include "fuzz/random_procedure.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <vector>

namespace workflow::fuzz {
namespace {

enum class Kind { task, idle, wait, choice, fork, join, group, parallel, each, service, call, end };

/// How often each kind is planned. `end` is left to last states.
constexpr Kind usual[] = {Kind::task,  Kind::task,     Kind::task, Kind::choice,
                          Kind::fork,  Kind::join,     Kind::join, Kind::wait,
                          Kind::group, Kind::parallel, Kind::each, Kind::idle,
                          Kind::service, Kind::call};
constexpr Kind in_parallel[] = {Kind::task, Kind::task, Kind::group,
                                Kind::each, Kind::wait, Kind::service};

constexpr std::size_t states_max = 26;
constexpr std::size_t depth_max = 4;

struct State {
    std::string id;
    Kind kind = Kind::task;
    State* parent = nullptr;
    std::size_t depth = 0;     ///< of the root 0
    std::size_t position = 0;  ///< among its parent's
    std::vector<std::unique_ptr<State>> inside;
    std::vector<std::string> clocks;
    std::string waiting_for;

    [[nodiscard]] bool is_branch() const { return parent->kind == Kind::parallel; }
    [[nodiscard]] bool is_last() const { return position + 1 == parent->inside.size(); }
    [[nodiscard]] bool stays() const {  // until somebody or something moves it
        return kind != Kind::choice && kind != Kind::fork && kind != Kind::join &&
               kind != Kind::end;
    }
    [[nodiscard]] bool is_compound() const {
        return kind == Kind::group || kind == Kind::parallel || kind == Kind::each;
    }
};

struct Clock {
    std::string id;
    std::string unit;  ///< of its limit; empty: a fixed date
};

enum class Trigger { action, timer, moment, message, by_itself };

std::string in_quotes(const std::string& text) {
    return '"' + text + '"';
}

std::string joined(const std::vector<std::string>& parts) {
    return fmt::format("{}", fmt::join(parts, ", "));
}

class Writer {
public:
    explicit Writer(Choices& choices) : choose_(choices) {}

    std::string write() {
        root_.kind = Kind::group;
        plan_inside(root_, 3 + choose_.below(6));
        if (choose_.one_in(3)) plan_clocks(root_);
        std::string text =
            "procedure: random\nversion: 1\ntitle: Random\ncalendar: vn-state\n"
            "roles: {officer: Officer, lead: Lead}\n"
            "parameters: {term: {type: limit, default: 3 working days, source: law}}\n"
            "data: {units: list of text, x: {type: boolean, default: false}, n: {type: integer, "
            "default: 0}, who: optional text, on_day: optional date, extra: optional limit}\n"
            "input: [units]\nstatuses: {'1': One, '2': Two}\n"
            "outcomes: {done: {title: Done, status: '2'}, stopped: Stopped}\n"
            "messages: {note: {fields: {size: integer}}, "
            "kept: {keep: true, key: \"n > 1 ? 'k' : 'other'\"}, all: {broadcast: true}}\n";
        if (!root_.clocks.empty()) text += "sla: " + sla(root_) + "\n";
        if (choose_.one_in(2)) text += "actions: " + actions(root_, 1 + choose_.below(2)) + "\n";
        if (choose_.one_in(6)) text += "after: " + after(root_) + "\n";
        text += "states:\n";
        write_inside(root_, 2, text);
        return text;
    }

private:
    // --- planning ---
    void plan_inside(State& parent, std::size_t count) {
        bool forks = false;
        for (std::size_t i = 0; i < count; ++i) {
            const bool is_last = i + 1 == count;
            auto state = std::make_unique<State>();
            state->id = fmt::format("s{}", all_.size() + 1);
            state->parent = &parent;
            state->depth = parent.depth + 1;
            state->position = i;
            state->kind = planned_kind(parent, is_last, i == 0);
            // A second fork beside the first could double the tokens again and again.
            if (state->kind == Kind::fork && forks) state->kind = Kind::task;
            forks = forks || state->kind == Kind::fork;
            all_.push_back(state.get());
            parent.inside.push_back(std::move(state));
            plan_parts(*parent.inside.back());
        }
    }

    Kind planned_kind(const State& parent, bool is_last, bool is_first) {
        Kind kind = parent.kind == Kind::parallel ? choose_.of(in_parallel) : choose_.of(usual);
        const bool too_deep = parent.depth + 2 > depth_max || all_.size() >= states_max;
        const bool compound = kind == Kind::group || kind == Kind::parallel || kind == Kind::each;
        if (too_deep && compound) kind = Kind::task;
        if (parent.kind == Kind::parallel) return kind;
        if (is_last && parent.parent != nullptr && choose_.one_in(3)) return Kind::end;
        if (is_last || (is_first && kind == Kind::join)) return Kind::task;
        return kind;
    }

    void plan_parts(State& state) {
        if (state.kind == Kind::group || state.kind == Kind::each) {
            plan_inside(state, 1 + choose_.below(5));
        } else if (state.kind == Kind::parallel) {
            plan_inside(state, 2 + choose_.below(2));
        }
        if (!state.stays()) return;
        if (!state.is_compound() && choose_.one_in(5)) {
            state.waiting_for = choose_.of({"supplement", "payment"});
        }
        if (choose_.one_in(4)) plan_clocks(state);
    }

    void plan_clocks(State& state) {
        const std::size_t count = 1 + choose_.below(2);
        for (std::size_t i = 0; i < count; ++i) {
            const std::string id = fmt::format("c{}", clocks_.size() + 1);
            clocks_.push_back(
                {id, choose_.of({"working days", "days", "working hours", "months", ""})});
            state.clocks.push_back(id);
        }
    }

    // --- expressions ---
    std::string any_id() { return choose_.of(all_)->id; }

    std::string condition(const State& around) {
        switch (choose_.below(10)) {
            case 0:
                return "!x";
            case 1:
                return "n % 3 == 1";
            case 2:
                return "n > 2";
            case 3:
                return "units.size() > 1";
            case 4:
                return "active('" + any_id() + "')";
            case 5:
                return "times('" + any_id() + "') < 3";
            case 6:
                return "left('" + any_id() + "') != null";
            case 7:
                if (!clocks_.empty()) return "late('" + choose_.of(clocks_).id + "')";
                return "open(now)";
            case 8:
                if (const State* each = each_around(around)) {
                    return "u_" + each->id + " == 'a'";
                }
                return "who == null";
            default:
                return "x";
        }
    }

    static const State* each_around(const State& state) {
        for (const State* one = state.parent; one != nullptr; one = one->parent) {
            if (one->kind == Kind::each) return one;
        }
        return nullptr;
    }

    std::string set(const State& around) {
        std::vector<std::string> all{
            "x: " + in_quotes("!x"), "n: n + 1", "who: " + in_quotes(choose_.of({"null", "'a'", "'an'"})),
            "units: " + in_quotes("units.size() < 5 ? units + ['c'] : units")};
        if (const State* each = each_around(around)) all.push_back("who: u_" + each->id);
        return "set: {" + choose_.of(all) + "}";
    }

    std::string limit() {
        return choose_.of({"2 days", "1 working day", "5 working hours", "15 minutes", "1 week",
                           "1 month", "3 working days", "term"});
    }

    // --- ways ---
    /// The state around `from`, or itself, that stands directly in the scope of depth `depth`.
    static const State* at_depth(const State& from, std::size_t depth) {
        const State* one = &from;
        while (one->depth > depth) one = one->parent;
        return one;
    }

    /// Where a way of `from` may lead, in scopes of `depth_least` or deeper; only to what stands
    /// further below where `forward`.
    static std::vector<const State*> reach(const State& from, bool forward) {
        std::vector<const State*> found;
        for (std::size_t depth = from.depth; depth > 0; --depth) {
            const State* on_the_way = at_depth(from, depth);
            if (on_the_way->is_branch()) continue;
            for (const auto& one : on_the_way->parent->inside) {
                if (forward && one->position <= on_the_way->position) continue;
                found.push_back(one.get());
            }
        }
        if (!forward && from.kind == Kind::group) {
            for (const auto& one : from.inside) {
                if (one->kind != Kind::join) found.push_back(one.get());
            }
        }
        return found;
    }

    /// What a way of `from` that leads into the scope of `depth` may withdraw or begin besides.
    std::string aside(const State& from, const State* target, std::size_t depth, Trigger trigger) {
        const bool forward = trigger == Trigger::by_itself;
        std::vector<std::string> withdrawn;
        std::vector<std::string> begun;
        for (std::size_t d = std::min(depth, from.depth); d > 0; --d) {
            const State* on_the_way = at_depth(from, d);
            if (on_the_way->is_branch()) continue;
            for (const auto& one : on_the_way->parent->inside) {
                if (one.get() != target && one.get() != on_the_way) withdrawn.push_back(one->id);
                if (one->kind == Kind::join) continue;
                if (!forward || one->position > on_the_way->position) begun.push_back(one->id);
            }
        }
        // Timers that begin more and more would only take time.
        const bool timed = trigger == Trigger::timer || trigger == Trigger::moment;
        if (timed || choose_.one_in(2)) {
            return withdrawn.empty() ? "" : "cancel: [" + choose_.of(withdrawn) + "]";
        }
        return begun.empty() ? "" : "also_start: [" + choose_.of(begun) + "]";
    }

    std::string extension() {
        const Clock& clock = choose_.of(clocks_);
        std::string by = "3 " + clock.unit;
        if (clock.unit.empty() || choose_.one_in(4)) by = in_quotes("add_working_days(now, 8)");
        if (choose_.one_in(6)) by = "extra";
        return "extend: {" + clock.id + ": " + by + "}";
    }

    /// The keys of a way to `target`, or that stays.
    std::string way_to(const State& from, const State* target, Trigger trigger) {
        std::vector<std::string> parts;
        if (target != nullptr) parts.push_back("to: " + target->id);
        add_asides(from, target, trigger, parts);
        return "{" + joined(parts) + "}";
    }

    void add_asides(const State& from, const State* target, Trigger trigger,
                    std::vector<std::string>& parts) {
        if (choose_.one_in(3)) parts.push_back(set(from));
        if (choose_.one_in(3)) {
            const std::size_t depth = target == nullptr ? from.depth : target->depth;
            std::string asides = aside(from, target, depth, trigger);
            if (!asides.empty()) parts.push_back(std::move(asides));
        }
        if (!clocks_.empty() && choose_.one_in(6)) parts.push_back(extension());
        if (choose_.one_in(10)) {
            parts.push_back("send: " + choose_.of({"{message: all}", "{message: kept, key: \"'k'\"}",
                                                   "{message: note, instance: \"'random/1'\", "
                                                   "with: {size: n}}"}));
        }
        if (choose_.one_in(6)) {
            parts.push_back("notify: lead");
            if (choose_.one_in(2)) parts.push_back("text: " + in_quotes("now {n}"));
        }
        const bool timed = trigger == Trigger::timer || trigger == Trigger::moment;
        if (timed && choose_.one_in(4)) parts.push_back("may_also_act: lead");
    }

    /// Anywhere, staying and ending included where that is possible.
    std::string way(const State& from, Trigger trigger) {
        const bool forward = trigger == Trigger::by_itself;
        const std::vector<const State*> targets = reach(from, forward);
        const std::size_t dice = choose_.below(8);
        std::vector<std::string> parts;
        if (trigger != Trigger::action && choose_.one_in(5)) {
            parts.push_back("when: " + in_quotes(condition(from)));
        }
        if (dice == 0 || (targets.empty() && forward)) {
            parts.push_back("end: " + choose_.of({"none", "done", "stopped"}));
            add_asides(from, nullptr, trigger, parts);
        } else if ((dice < 3 || targets.empty()) && !forward) {
            parts.push_back(set(from));
            const std::string more = way_to(from, nullptr, trigger);
            if (more.find("set:") == std::string::npos && more.size() > 2) {
                parts.push_back(more.substr(1, more.size() - 2));
            }
        } else if (dice == 3 && !targets.empty()) {
            parts.push_back(fmt::format("to: [{{when: {}, to: {}}}, {{otherwise: {}}}]",
                                        in_quotes(condition(from)), choose_.of(targets)->id,
                                        choose_.of(targets)->id));
        } else {
            const State* target = choose_.of(targets);
            const std::string to = way_to(from, target, trigger);
            parts.push_back(to.substr(1, to.size() - 2));
        }
        return "{" + joined(parts) + "}";
    }

    /// Of what finishes by itself: to the next, or chosen from what stands further below.
    std::string way_on(const State& from) {
        const State* next = from.parent->inside[from.position + 1].get();
        if (!choose_.one_in(3)) return way_to(from, next, Trigger::by_itself);
        return fmt::format("[{{when: {}, {}}}, {{otherwise: {}}}]", in_quotes(condition(from)),
                           "to: " + choose_.of(reach(from, true))->id, next->id);
    }

    // --- triggers ---
    /// The first of them leads on, to the next or to the end.
    std::string actions(const State& state, std::size_t count) {
        std::vector<std::string> all;
        for (std::size_t i = 0; i < count; ++i) {
            std::vector<std::string> parts;
            const bool closes = i == 1 && state.parent == &root_ && state.is_last();
            std::string to = closes   ? "{end: stopped, when: n > 2}"
                             : i == 0 ? first_way(state)
                                      : way(state, Trigger::action);
            if (to.size() > 2) parts.push_back(to.substr(1, to.size() - 2));
            if (state.kind != Kind::task || choose_.one_in(8)) {
                parts.push_back("role: " + choose_.of({"officer", "officer", "lead"}));
            }
            const bool guarded = to.find("when:") != std::string::npos;
            if (!guarded && choose_.one_in(6)) {
                parts.push_back("when: " + in_quotes(condition(state)));
            }
            if (choose_.one_in(8)) parts.push_back("at_most: 2");
            if (choose_.one_in(8))
                parts.push_back(choose_.of({"fields: [n]", "fields: [who]",
                                            "fields: {note: text, page: optional integer}"}));
            const std::string id = fmt::format("a{}", ++actions_);
            all.push_back(fmt::format("{}: {{{}}}", id, joined(parts)));
            names_.push_back(id);
        }
        return "{" + joined(all) + "}";
    }

    std::string first_way(const State& state) {
        if (&state == &root_) {
            return choose_.one_in(4) ? "{end: stopped}" : way(state, Trigger::action);
        }
        if (state.parent == &root_ && state.is_last()) return "{end: done, when: n > 1}";
        if (state.is_branch() || state.is_last()) {
            return "{end: " + choose_.of({"none", "none", "done", "stopped"}) + "}";
        }
        if (state.is_compound()) return way(state, Trigger::action);
        return way_to(state, state.parent->inside[state.position + 1].get(), Trigger::action);
    }

    std::string after(const State& state) {
        std::string key = limit();
        if (choose_.one_in(3)) {
            key = choose_.of({"every monday", "every 3 days", "every last working day of month"});
        }
        std::string to = way(state, Trigger::timer);
        const bool stays = to.find("to:") == std::string::npos &&
                           to.find("end:") == std::string::npos && key.rfind("every", 0) == 0;
        if (stays) to.insert(1, "times: 3, ");
        return fmt::format("{{{}: {}}}", key, to);
    }

    std::string moments(const State& owner, const Clock& clock) {
        std::vector<std::string> all;
        if (choose_.one_in(2)) all.push_back("due: " + way(owner, Trigger::moment));
        const bool has_share = !clock.unit.empty() && clock.unit != "months";
        if (has_share && choose_.one_in(3)) all.push_back("80%: " + way(owner, Trigger::moment));
        if (clock.unit != "months" && choose_.one_in(3)) {
            all.push_back("1 working day before: " + way(owner, Trigger::moment));
        }
        if (choose_.one_in(4)) all.push_back("2 days after: " + way(owner, Trigger::moment));
        if (choose_.one_in(4)) {
            all.push_back("every 5 days after: {notify: lead, set: {n: n + 1}}");
        }
        if (choose_.one_in(5)) all.push_back("every friday: " + way(owner, Trigger::moment));
        return "moments: {" + joined(all) + "}";
    }

    /// A state or an action inside `owner`, or a date.
    std::string occasion(const State& owner) {
        std::vector<const State*> inside;
        for (const State* one : all_) {
            for (const State* around = one; around != nullptr; around = around->parent) {
                if (around == &owner && one != &owner) inside.push_back(one);
            }
        }
        if (inside.empty() || choose_.one_in(4)) {
            return "{date: " + choose_.of({"on_day", in_quotes("add_working_days(now, 2)")}) + "}";
        }
        if (!names_.empty() && choose_.one_in(4)) {
            return "{performed: " + choose_.of(names_) + "}";
        }
        return fmt::format("{{{}: {}}}", choose_.of({"entered", "left"}), choose_.of(inside)->id);
    }

    std::string sla(const State& owner) {
        std::vector<std::string> all;
        for (const std::string& id : owner.clocks) {
            const Clock& clock = *std::find_if(clocks_.begin(), clocks_.end(),
                                               [&](const Clock& one) { return one.id == id; });
            const bool fixed = clock.unit.empty();
            std::vector<std::string> parts;
            parts.push_back(fixed ? "due: " + in_quotes("add_working_days(now, 4)")
                                  : fmt::format("limit: {} {}", 2 + choose_.below(6), clock.unit));
            const bool can_wait = !fixed && clock.unit != "months";
            parts.push_back("while_waiting: " + (can_wait
                                                     ? choose_.of({"pause", "restart", "continue"})
                                                     : std::string("continue")));
            if (choose_.one_in(4)) parts.push_back("starts: " + occasion(owner));
            if (choose_.one_in(4)) parts.push_back("stops: " + occasion(owner));
            if (choose_.one_in(6)) parts.push_back("when: " + in_quotes(condition(owner)));
            if (choose_.one_in(2)) parts.push_back(moments(owner, clock));
            all.push_back(fmt::format("{}: {{{}}}", id, joined(parts)));
        }
        return "{" + joined(all) + "}";
    }

    // --- states ---
    void write_inside(const State& parent, std::size_t indent, std::string& text) {
        for (const auto& state : parent.inside) write_state(*state, indent, text);
    }

    void write_state(const State& state, std::size_t indent, std::string& text) {
        const std::string margin(indent, ' ');
        text += margin + state.id + ":\n";
        const auto line = [&](const std::string& key, const std::string& value) {
            text += fmt::format("{}  {}: {}\n", margin, key, value);
        };
        if (state.is_branch() && choose_.one_in(4) && state.kind != Kind::wait) {
            line("when", in_quotes(condition(state)));
        }
        if (!state.waiting_for.empty()) line("waiting_for", state.waiting_for);
        if (!state.clocks.empty()) line("sla", sla(state));
        if (state.stays() && choose_.one_in(5)) line("status", choose_.of({"'1'", "'2'"}));
        if (state.stays() && choose_.one_in(5)) line("after", after(state));
        if (state.stays() && choose_.one_in(5)) {
            line("receive", fmt::format("{{{}: {}}}", choose_.of({"note", "kept", "kept", "all"}),
                                        way(state, Trigger::message)));
        }
        if (state.stays() && state.kind != Kind::idle && choose_.one_in(4)) {
            line("one_at_a_time", choose_.of({"desk", "room"}));
        }
        write_kind(state, indent, text);
    }

    void write_kind(const State& state, std::size_t indent, std::string& text) {
        const std::string margin(indent + 2, ' ');
        const auto line = [&](const std::string& key, const std::string& value) {
            text += fmt::format("{}{}: {}\n", margin, key, value);
        };
        switch (state.kind) {
            case Kind::task:
                line("task", task(state));
                if (state.is_branch() && choose_.one_in(2)) break;
                line("actions", actions(state, own_actions(state)));
                break;
            case Kind::idle:
                line("actions", actions(state, own_actions(state)));
                break;
            case Kind::wait:
                line("wait", wait(state));
                write_finish(state, margin, text);
                break;
            case Kind::service:
                line("service", "register");
                line("result", choose_.of({"{size: integer}", "{size: optional integer}", "[n]"}));
                if (choose_.one_in(2)) line("timeout", choose_.of({"1 hour", "2 days"}));
                if (choose_.one_in(2)) line("retry", "{times: 2, first: 5 minutes}");
                if (choose_.one_in(2)) {
                    line("errors", "{bad: " + way(state, Trigger::by_itself) + "}");
                }
                write_finish(state, margin, text);
                break;
            case Kind::call:
                line("call", choose_.of({"leaf", "leaf", "nowhere"}));
                if (choose_.one_in(4)) {
                    line("detached", "true");
                } else if (choose_.one_in(2)) {
                    line("outcomes", "{bad: " + way(state, Trigger::by_itself) + "}");
                }
                write_finish(state, margin, text);
                break;
            case Kind::choice:
                line("choice",
                     fmt::format("[{{when: {}, to: {}}}, {{otherwise: {}}}]",
                                 in_quotes(condition(state)), choose_.of(reach(state, true))->id,
                                 state.parent->inside[state.position + 1]->id));
                break;
            case Kind::fork:
                line("fork", fork(state));
                break;
            case Kind::join:
                line("join", choose_.of({"all", "all", "any", "inclusive", "inclusive", "2",
                                         in_quotes("arrived == 2 || x")}));
                write_finish(state, margin, text);
                break;
            case Kind::end:
                line("end", choose_.of({"none", "done", "stopped"}));
                if (choose_.one_in(4)) line("terminate", "true");
                break;
            case Kind::group:
                write_compound_actions(state, margin, text);
                write_group(state, indent, text);
                break;
            case Kind::parallel:
                write_compound_actions(state, margin, text);
                if (choose_.one_in(2)) write_early(state, "branches", margin, text);
                write_finish(state, margin, text);
                text += margin + "parallel:\n";
                write_inside(state, indent + 4, text);
                break;
            case Kind::each:
                write_compound_actions(state, margin, text);
                line("each", each(state));
                if (choose_.one_in(2)) write_early(state, "items", margin, text);
                write_finish(state, margin, text);
                text += margin + "states:\n";
                write_inside(state, indent + 4, text);
                break;
        }
    }

    /// What is inside first: `outcomes` may only name what can come out.
    void write_group(const State& state, std::size_t indent, std::string& text) {
        const std::string margin(indent + 2, ' ');
        std::string inside;
        write_inside(state, indent + 4, inside);
        const bool stops = inside.find("end: stopped") != std::string::npos;
        if (stops && !state.is_branch() && choose_.one_in(2)) {
            const std::string stopped = way(state, Trigger::by_itself);
            text += fmt::format("{}outcomes: {{stopped: {}, otherwise: {}}}\n", margin, stopped,
                                state.parent->inside[state.position + 1]->id);
        } else {
            write_finish(state, margin, text);
        }
        text += margin + "states:\n" + inside;
    }

    /// What follows when it has finished by itself.
    void write_finish(const State& state, const std::string& margin, std::string& text) {
        if (state.is_branch()) return;
        if (choose_.one_in(4)) text += margin + set(state) + "\n";
        text += margin + "to: " + way_on(state) + "\n";
    }

    /// The last of all ends in both ways, but mostly leads back: else a story is soon over.
    std::size_t own_actions(const State& state) {
        return state.parent == &root_ && state.is_last() ? 5 : 1 + choose_.below(3);
    }

    void write_compound_actions(const State& state, const std::string& margin, std::string& text) {
        if (choose_.one_in(2)) {
            text += margin + "actions: " + actions(state, 1 + choose_.below(2)) + "\n";
        }
    }

    void write_early(const State& state, const std::string& results, const std::string& margin,
                     std::string& text) {
        std::string condition = "finished >= 1 && x";
        if (results == "items") condition = "items.exists(i, i.finished) && x || finished > 2";
        if (results == "branches") {
            condition = "branches." + state.inside.front()->id + ".finished || x";
        }
        const std::string join = choose_.of({"any", "any", "2", "0", "all", in_quotes(condition)});
        text += margin + "join: " + join + "\n";
        if (join == "all") return;
        text += margin + "others: " + choose_.of({"keep", "cancel"}) + "\n";
    }

    std::string task(const State& state) {
        const std::string role = choose_.of({"officer", "officer", "lead"});
        if (!choose_.one_in(3)) return role;
        std::vector<std::string> parts{"role: " + role};
        const State* each = each_around(state);
        if (choose_.one_in(2)) {
            parts.push_back("for: " + (each != nullptr ? "u_" + each->id : std::string("who")));
        }
        std::vector<std::string> tasks;
        for (const State* one : all_) {
            if (one->kind == Kind::task && one != &state) tasks.push_back(one->id);
        }
        if (!tasks.empty() && choose_.one_in(2)) {
            parts.push_back(choose_.one_in(2) ? "not_by: [" + choose_.of(tasks) + "]"
                                              : "same_as: " + choose_.of(tasks));
        }
        return "{" + joined(parts) + "}";
    }

    std::string wait(const State& state) {
        if (choose_.one_in(2)) return "{when: " + in_quotes(condition(state)) + "}";
        return "{until: " +
               in_quotes(choose_.of({"plus(now, '2 days')", "next_open(now)", "on_day", "now",
                                  "add_working_days(now, 3)"})) +
               "}";
    }

    std::string fork(const State& state) {
        std::vector<std::string> targets{state.parent->inside[state.position + 1]->id};
        for (std::size_t i = 1 + choose_.below(3); i > 0; --i) {
            const auto further = choose_.below(state.parent->inside.size() - state.position - 1);
            const std::string& id = state.parent->inside[state.position + 1 + further]->id;
            targets.push_back(choose_.one_in(4) ? fmt::format("{{when: {}, to: {}}}",
                                                              in_quotes(condition(state)), id)
                                                : id);
        }
        return "[" + joined(targets) + "]";
    }

    std::string each(const State& state) {
        std::vector<std::string> parts{
            "of: " + choose_.of({"units", "units", in_quotes("['a', 'b', 'an']")}),
            "as: u_" + state.id, "index: i_" + state.id};
        if (choose_.one_in(2)) parts.push_back("grows: true");
        if (choose_.one_in(3)) parts.push_back(choose_.of({"at_once: 1", "at_once: 2"}));
        return "{" + joined(parts) + "}";
    }

    Choices& choose_;
    State root_;
    std::vector<State*> all_;
    std::vector<Clock> clocks_;
    std::vector<std::string> names_;  ///< of actions
    std::size_t actions_ = 0;
};

}  // namespace

std::string random_procedure(Choices& choices) {
    return Writer(choices).write();
}

}  // namespace workflow::fuzz
