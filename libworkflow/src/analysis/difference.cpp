#include "workflow/difference.hpp"

#include <algorithm>

#include "analysis/aspects.hpp"
#include "analysis/report.hpp"
#include "base/catalogue.hpp"
#include "procedure/model.hpp"
#include "workflow/error.hpp"

namespace workflow {
namespace {

using namespace procedure;

/// What the two files call one thing that each may have.
constexpr const char* nothing = "-";

using analysis::Aspects;
using analysis::aspects_of;
using analysis::role_of;
using analysis::text_of;

std::string length_of(const Timer& timer) {
    if (const auto* fixed = std::get_if<Limit>(&timer.limit)) return to_string(*fixed);
    if (const auto* cel = std::get_if<Cel>(&timer.limit)) return cel->expression.source();
    return text_of(std::get<RecurringDate>(timer.limit));
}

/// A way that no action carries, with what makes it happen.
struct NamedWay {
    std::string id;
    std::string text;
    Place place;
};

void add_way(std::vector<NamedWay>& ways, const Model& model, std::string id, const Way& way) {
    std::string text = text_of(model, way);
    if (way.when) text += " when " + way.when->expression.source();
    // Several of one name (a choice, a timer twice) are told apart by their order.
    const auto count = std::count_if(ways.begin(), ways.end(), [&](const NamedWay& known) {
        return known.id == id || known.id.rfind(id + " #", 0) == 0;
    });
    if (count > 0) id += " #" + std::to_string(count + 1);
    ways.push_back({std::move(id), std::move(text), way.place});
}

std::vector<NamedWay> ways_of(const Model& model, const State& state) {
    std::vector<NamedWay> ways;
    if (state.start) add_way(ways, model, "start", *state.start);
    for (const Entry& entry : state.entries) add_way(ways, model, "start " + entry.id, entry.way);
    for (const Way& way : state.choices) add_way(ways, model, "choice", way);
    for (const Timer& timer : state.timers) {
        add_way(ways, model, "after " + length_of(timer), timer.way);
    }
    for (const Receipt& receipt : state.receive) {
        add_way(ways, model, "receive " + model.messages[receipt.message].id, receipt.way);
    }
    for (const ClockIndex number : state.clocks) {
        for (const Moment& moment : model.clocks[number].moments) {
            add_way(ways, model, model.clocks[number].id + " " + moment.label, moment.way);
        }
    }
    if (state.service) {
        for (const auto& [code, way] : state.service->errors) {
            add_way(ways, model, "error " + (code.empty() ? "otherwise" : code), way);
        }
    }
    if (state.to) add_way(ways, model, "to", *state.to);
    for (const auto& [outcome, way] : state.outcomes) {
        add_way(ways, model,
                "outcome " + (outcome == none ? "otherwise" : model.outcomes[outcome].id), way);
    }
    return ways;
}

class Comparison {
public:
    Comparison(const Model& before, const Model& after) : before_(before), after_(after) {}

    std::vector<Change> all() {
        compare_head();
        compare_states();
        return std::move(changes_);
    }

private:
    void add(const char* code, const Place& place, std::vector<std::string> arguments) {
        changes_.push_back({code, std::move(arguments), place});
    }

    template <class List>
    static auto find(const List& list, const std::string& id) {
        const auto found =
            std::find_if(list.begin(), list.end(), [&](const auto& one) { return one.id == id; });
        return found == list.end() ? nullptr : &*found;
    }

    /// Added, removed, and what `compare(old, new)` says of those in both.
    template <class List, class Compare>
    void compare_lists(const List& before, const List& after, const char* added,
                       const char* removed, Compare compare) {
        for (const auto& now : after) {
            const auto* then = find(before, now.id);
            if (then == nullptr) {
                add(added, now.place, {now.id});
            } else {
                compare(*then, now);
            }
        }
        for (const auto& then : before) {
            if (find(after, then.id) == nullptr) add(removed, then.place, {then.id});
        }
    }

    void differ(const char* code, const Place& place, std::vector<std::string> names,
                const std::string& then, const std::string& now) {
        if (then == now) return;
        names.push_back(then);
        names.push_back(now);
        add(code, place, std::move(names));
    }

    /// Whatever else is said of one thing; `names` say which, and stand first in the sentence.
    void differ_in(const char* code, const Place& place, const std::vector<std::string>& names,
                   const Aspects& then, const Aspects& now) {
        for (std::size_t i = 0; i < now.size(); ++i) {
            std::vector<std::string> arguments = names;
            arguments.emplace_back(now[i].first);
            differ(code, place, std::move(arguments), then[i].second, now[i].second);
        }
    }

    // --- what stands before the states ----------------------------------------------------------

    void compare_head() {
        differ_in("procedure-key-changed", after_.place, {}, aspects_of(before_),
                  aspects_of(after_));
        differ("calendar-changed", after_.place, {}, before_.calendar, after_.calendar);
        differ("total-changed", after_.total ? after_.total->place : after_.place, {},
               total_of(before_), total_of(after_));
        compare_lists(before_.roles, after_.roles, "role-added", "role-removed",
                      [&](const Role& then, const Role& now) {
                          differ_in("role-key-changed", now.place, {now.id}, aspects_of(then),
                                    aspects_of(now));
                      });
        compare_lists(before_.parameters, after_.parameters, "parameter-added", "parameter-removed",
                      [&](const Parameter& then, const Parameter& now) {
                          differ("parameter-changed", now.place, {now.id}, text_of(then.initial),
                                 text_of(now.initial));
                          differ_in("parameter-key-changed", now.place, {now.id}, aspects_of(then),
                                    aspects_of(now));
                      });
        compare_lists(
            before_.variants, after_.variants, "variant-added", "variant-removed",
            [&](const Variant& then, const Variant& now) { compare_variants(then, now); });
        compare_lists(before_.data, after_.data, "field-added", "field-removed",
                      [&](const Field& then, const Field& now) {
                          differ("field-changed", now.place, {now.id}, to_string(then.type),
                                 to_string(now.type));
                          differ_in("field-key-changed", now.place, {now.id}, aspects_of(then),
                                    aspects_of(now));
                      });
        compare_lists(before_.outcomes, after_.outcomes, "outcome-added", "outcome-removed",
                      [&](const Outcome& then, const Outcome& now) {
                          differ_in("outcome-key-changed", now.place, {now.id},
                                    aspects_of(before_, then), aspects_of(after_, now));
                      });
        compare_lists(before_.messages, after_.messages, "message-added", "message-removed",
                      [&](const MessageDeclaration& then, const MessageDeclaration& now) {
                          differ_in("message-key-changed", now.place, {now.id}, aspects_of(then),
                                    aspects_of(now));
                      });
    }

    /// Of the procedure as a state only its starts: all else it says at its head.
    static Aspects starts_of(const Model& model) {
        Aspects starts = aspects_of(model, model.states.front());
        std::erase_if(starts, [](const auto& one) { return one.first != std::string("start"); });
        return starts;
    }

    static std::string total_of(const Model& model) {
        return model.total ? text_of(model.total->limit) : nothing;
    }

    void compare_variants(const Variant& then, const Variant& now) {
        differ_in("variant-key-changed", now.place, {now.id}, aspects_of(then), aspects_of(now));
        for (std::size_t i = 0; i < after_.parameters.size(); ++i) {
            const std::string& id = after_.parameters[i].id;
            const auto* parameter = find(before_.parameters, id);
            if (parameter == nullptr) continue;
            const auto old = static_cast<std::size_t>(parameter - before_.parameters.data());
            differ("variant-changed", now.place, {now.id, id}, text_of(then.parameters[old]),
                   text_of(now.parameters[i]));
        }
    }

    // --- states ---------------------------------------------------------------------------------

    void compare_states() {
        compare_carried(before_.states.front(), after_.states.front());
        differ_in("procedure-key-changed", after_.place, {}, starts_of(before_), starts_of(after_));
        for (std::size_t i = 1; i < after_.states.size(); ++i) {
            const State& now = after_.states[i];
            const StateIndex index = find_state(before_, now.id);
            if (index == none || index == root_state) {
                add("state-added", now.place, {now.id, key_of(now.kind)});
            } else {
                compare(before_.states[index], now);
            }
        }
        for (std::size_t i = 1; i < before_.states.size(); ++i) {
            const State& then = before_.states[i];
            if (find_state(after_, then.id) == none) add("state-removed", then.place, {then.id});
        }
    }

    void compare(const State& then, const State& now) {
        differ("state-kind-changed", now.place, {now.id}, key_of(then.kind),
               key_of(now.kind));
        differ("state-moved", now.place, {now.id}, analysis::name_of(before_, then.parent),
               analysis::name_of(after_, now.parent));
        differ("state-role-changed", now.place, {now.id}, role_of(before_, then.role),
               role_of(after_, now.role));
        differ("state-for-changed", now.place, {now.id}, text_of(then.for_whom),
               text_of(now.for_whom));
        differ("separation-changed", now.place, {now.id}, text_of(before_, then.separation),
               text_of(after_, now.separation));
        differ("branch-guard-changed", now.place, {now.id}, text_of(then.when), text_of(now.when));
        differ_in("state-key-changed", now.place, {now.id}, aspects_of(before_, then),
                  aspects_of(after_, now));
        compare_carried(then, now);
    }

    /// Actions, clocks and ways.
    void compare_carried(const State& then, const State& now) {
        const std::string name = &now == &after_.states.front() ? after_.id : now.id;
        for (const Action& action : now.actions) {
            const Action* const old = find(then.actions, action.id);
            if (old == nullptr) {
                add("action-added", action.place, {action.id, name, text_of(after_, action.way)});
            } else {
                compare(*old, action, name);
            }
        }
        for (const Action& action : then.actions) {
            if (find(now.actions, action.id) == nullptr) {
                add("action-removed", action.place, {action.id, name});
            }
        }
        compare_clocks(then, now, name);
        compare_ways(then, now, name);
    }

    void compare(const Action& then, const Action& now, const std::string& state) {
        const std::vector<std::string> names{now.id, state};
        differ("action-role-changed", now.place, names, role_of(before_, then.role),
               role_of(after_, now.role));
        differ("action-guard-changed", now.place, names, text_of(then.way.when),
               text_of(now.way.when));
        differ("action-way-changed", now.place, names, text_of(before_, then.way),
               text_of(after_, now.way));
        differ("action-fields-changed", now.place, names, text_of(then.fields),
               text_of(now.fields));
        differ("action-separation-changed", now.place, names, text_of(before_, then.separation),
               text_of(after_, now.separation));
        differ("action-uses-changed", now.place, names, text_of(then.at_most),
               text_of(now.at_most));
        differ_in("action-key-changed", now.place, names, aspects_of(then), aspects_of(now));
    }

    static std::vector<Clock> clocks_of(const Model& model, const State& state) {
        std::vector<Clock> clocks;
        for (const ClockIndex clock : state.clocks) clocks.push_back(model.clocks[clock]);
        return clocks;
    }

    void compare_clocks(const State& then, const State& now, const std::string& name) {
        const std::vector<Clock> old = clocks_of(before_, then);
        const std::vector<Clock> fresh = clocks_of(after_, now);
        for (const Clock& clock : fresh) {
            const Clock* const known = find(old, clock.id);
            if (known == nullptr) {
                add("clock-added", clock.place, {clock.id, name, text_of(clock)});
            } else {
                differ("clock-changed", clock.place, {clock.id}, text_of(*known), text_of(clock));
                differ("clock-guard-changed", clock.place, {clock.id}, text_of(known->when),
                       text_of(clock.when));
                differ_in("clock-key-changed", clock.place, {clock.id},
                          aspects_of(before_, *known), aspects_of(after_, clock));
            }
        }
        for (const Clock& clock : old) {
            if (find(fresh, clock.id) == nullptr)
                add("clock-removed", clock.place, {clock.id, name});
        }
    }

    void compare_ways(const State& then, const State& now, const std::string& name) {
        const std::vector<NamedWay> old = ways_of(before_, then);
        const std::vector<NamedWay> fresh = ways_of(after_, now);
        for (const NamedWay& way : fresh) {
            const NamedWay* const known = find(old, way.id);
            if (known == nullptr) {
                add("way-added", way.place, {name, way.id, way.text});
            } else {
                differ("way-changed", way.place, {name, way.id}, known->text, way.text);
            }
        }
        for (const NamedWay& way : old) {
            if (find(fresh, way.id) == nullptr) {
                add("way-removed", way.place, {name, way.id, way.text});
            }
        }
    }

    const Model& before_;
    const Model& after_;
    std::vector<Change> changes_;
};

}  // namespace

std::string Change::message(std::string_view language) const {
    std::vector<std::string> shown;
    for (const std::string& argument : arguments) shown.push_back(printable(argument));
    return base::sentence(code, language, shown).message;
}

std::vector<Change> differences(const Procedure& before, const Procedure& after) {
    return Comparison(before.model(), after.model()).all();
}

}  // namespace workflow
