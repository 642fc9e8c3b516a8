// Random events on procedures that use all of forks, joins, remainders, lists and doors. After
// every step what must hold of tokens, scopes, bags and names is counted anew from the instance.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>
#include <set>

#include "procedure/model.hpp"
#include "record/record.hpp"
#include "support/dossier.hpp"

using namespace workflow;
using namespace workflow::test;

namespace {

const Actor people[] = {actor("an", "officer"), actor("binh", "officer"), actor("chi", "officer")};

std::string in_head(const std::string& rest) {
    return "procedure: test\nversion: 1\ntitle: Test\ncalendar: vn-state\nroles: {officer: "
           "Officer}\ninput: [units]\ndata: {units: list of text, x: {type: boolean, default: "
           "false}, n: {type: integer, default: 0}}\noutcomes: {done: Done, stopped: Stopped}\n" +
           rest;
}

const char* const procedures[] = {
    // Free joins of every rule, fed again and again, with tokens withdrawn in between.
    R"YAML(
actions:
  flip: {role: officer, set: {x: "!x"}}
  stop: {role: officer, to: over}
states:
  split: {fork: [a, b, c, a]}
  a: {task: officer, after: {3 days: third}, actions: {a_all: all, a_any: first, a_incl: whoever, a_more: {also_start: [a, b]}, a_end: {end: none}}}
  b: {task: officer, actions: {b_all: all, b_any: first, b_two: two, b_incl: whoever, b_off: {cancel: [a, all, third]}}}
  c: {task: officer, actions: {c_two: two, c_cel: third, c_incl: whoever, c_split: {to: split, cancel: [two]}, c_close: {end: done}}}
  all: {join: all, set: {n: n + 1}, to: [{when: x, to: a}, {otherwise: {to: c, also_start: b}}]}
  first: {join: any, to: b}
  two: {join: 2, to: {end: none}}
  third: {join: "arrived == 3 || (arrived > 0 && x)", to: a}
  whoever: {join: inclusive, set: {n: n + arrived}, to: c}
  over: {end: stopped, terminate: true}
)YAML",
    // Remainders inside groups inside remainders.
    R"YAML(
states:
  work:
    parallel:
      p:
        states:
          p1: {task: officer, actions: {p_next: p2, p_out: away, p_end: {end: none}}}
          p2:
            parallel: {q: {task: officer}, r: {task: officer}, s: {when: x, task: officer}}
            join: any
            others: keep
            to: p1
      t: {task: officer, actions: {t_end: {end: none}, t_flip: {set: {x: "!x"}}}}
      u: {task: officer, actions: {u_end: {end: none}, u_out: {to: away, also_start: away}}}
    join: 2
    others: keep
    to: [{when: "x && satisfied", to: away}, {otherwise: work}]
  away:
    task: officer
    actions: {back: work, both: {also_start: work}, drop: {cancel: [work]}, close: {end: done}, halt: {end: stopped}}
)YAML",
    // Lists that grow, some at a time, with items left over.
    R"YAML(
actions:
  add: {role: officer, fields: {unit: text}, set: {units: "units.size() < 12 ? units + [fields.unit] : units"}}
  flip: {role: officer, set: {x: "!x"}}
states:
  split: {fork: [ask, tell, look]}
  ask:
    each: {of: units, as: u, grows: true}
    states:
      o1: {fork: [o2, o3]}
      o2: {task: officer, to: o4}
      o3: {task: officer, actions: {o_meet: o4, o_end: {end: none}}}
      o4: {join: inclusive, to: {end: none}}
    join: "finished >= 2 && x"
    others: keep
    to: tell
  tell:
    each: {of: units, as: v, at_once: 2}
    states: {t1: {task: officer, actions: {t_yes: {end: yes_}, t_no: {end: no_}, t_leave: look}}}
    join: "items.exists(i, i.outcome == 'yes_')"
    others: keep
    to: look
  look:
    each: {of: units, as: w, grows: true, at_once: 1}
    actions: {enough: {role: officer, to: last}}
    states: {l1: {task: officer, to: {end: none}}}
    to: last
  last: {task: officer, actions: {close: {end: done}, again: ask, shut: {end: stopped, cancel: [ask, tell]}}}
)YAML",
    // Names held by one at a time, by tasks, groups and rounds.
    R"YAML(
states:
  split: {fork: [x1, x2, desk1, desk2, loop]}
  x1: {one_at_a_time: room, states: {in1: {task: officer, one_at_a_time: desk, actions: {in1_end: {end: none}, in1_out: x2}}}, to: x1}
  x2: {one_at_a_time: room, states: {in2: {task: officer, actions: {in2_end: {end: none}, in2_stop: {end: stopped}}}}, outcomes: {stopped: {end: none}, otherwise: x2}}
  desk1: {task: officer, one_at_a_time: desk, actions: {d1_note: {set: {n: n + 1}}, d1_end: {end: none}, d1_back: desk2}}
  desk2: {task: officer, one_at_a_time: desk, actions: {d2_room: x1, d2_drop: {cancel: [x1, x2]}, d2_close: {end: done}}}
  loop:
    parallel: {l1: {task: officer}, l2: {task: officer}, l3: {wait: {when: "n % 3 == 1"}}}
    one_at_a_time: round
    join: any
    others: keep
    to: next
  next: {task: officer, actions: {again: {to: loop, also_start: desk1}, stop_all: over}}
  over: {end: stopped, terminate: true}
)YAML",
};

std::size_t count_inside(const Instance& instance, Ordinal scope) {
    return static_cast<std::size_t>(
        std::count_if(instance.tokens.begin(), instance.tokens.end(),
                      [scope](const Token& token) { return token.scope == scope; }));
}

void check_scopes(const procedure::Model& model, const Instance& instance) {
    std::map<Ordinal, const Token*> tokens;
    std::map<Ordinal, const Scope*> scopes;
    for (const Token& token : instance.tokens) tokens[token.ordinal] = &token;
    for (const Scope& scope : instance.scopes) scopes[scope.ordinal] = &scope;
    REQUIRE(tokens.size() == instance.tokens.size());
    REQUIRE(scopes.size() == instance.scopes.size());
    std::map<Ordinal, std::uint32_t> open;
    for (const Scope& scope : instance.scopes) {
        REQUIRE(scope.tokens == count_inside(instance, scope.ordinal));
        if (instance.status == Instance::Status::active) REQUIRE(scope.done == (scope.tokens == 0));
        if (scope.ordinal == 0) continue;
        REQUIRE(scope.ordinal < instance.next_ordinal);
        REQUIRE(tokens.count(scope.parent) == 1);
        REQUIRE(model.states[tokens[scope.parent]->state].is_compound());
        REQUIRE_FALSE(tokens[scope.parent]->at_door);
        open[scope.parent] += scope.done ? 0U : 1U;
    }
    for (const Token& token : instance.tokens) {
        REQUIRE(token.ordinal < instance.next_ordinal);
        REQUIRE(token.state < model.states.size());
        REQUIRE(scopes.count(token.scope) == 1);
        const Scope& scope = *scopes[token.scope];
        const procedure::StateIndex holder =
            scope.ordinal == 0 ? procedure::root_state : tokens[scope.parent]->state;
        REQUIRE(model.states[token.state].parent == holder);
        if (scope.branch != no_index) REQUIRE(scope.branch == token.state);
        REQUIRE(token.open_scopes == open[token.ordinal]);
    }
}

void check_joins(const procedure::Model& model, const Instance& instance) {
    std::map<std::pair<Ordinal, procedure::StateIndex>, std::set<procedure::StateIndex>> bags;
    bool incident = false;
    for (const Token& token : instance.tokens) {
        const procedure::State& state = model.states[token.state];
        incident = incident || token.incident;
        REQUIRE((token.source != no_index) == (state.kind == procedure::Kind::join));
        if (state.kind != procedure::Kind::join) continue;
        REQUIRE(std::count(state.sources.begin(), state.sources.end(), token.source) == 1);
        bags[{token.scope, token.state}].insert(token.source);
    }
    if (incident) return;
    for (const auto& [place, sources] : bags) {
        const auto& where = place;  // clang 14 captures no structured binding
        const procedure::State& join = model.states[where.second];
        const auto scope = std::find_if(instance.scopes.begin(), instance.scopes.end(),
                                        [&](const Scope& s) { return s.ordinal == where.first; });
        const auto round =
            std::find_if(scope->rounds.begin(), scope->rounds.end(),
                         [&](const FiredRound& r) { return r.join == where.second; });
        if (join.join->rule == procedure::Join::Rule::all) {
            REQUIRE(sources.size() < join.sources.size());
        } else if (join.join->rule == procedure::Join::Rule::count) {
            if (round == scope->rounds.end()) REQUIRE(sources.size() < join.join->count);
            for (const procedure::StateIndex source : sources) {
                if (round == scope->rounds.end()) break;
                REQUIRE(std::count(round->counted.begin(), round->counted.end(), source) == 1);
            }
        }
    }
    for (const Scope& scope : instance.scopes) {
        for (const FiredRound& round : scope.rounds) {
            const procedure::State& join = model.states[round.join];
            const std::set<std::uint32_t> counted(round.counted.begin(), round.counted.end());
            REQUIRE(counted.size() == round.counted.size());
            REQUIRE(counted.size() >= join.join->count);
            REQUIRE(counted.size() < join.sources.size());
        }
    }
}

void check_names_and_lists(const procedure::Model& model, const Instance& instance) {
    std::map<procedure::DoorIndex, int> holders;
    std::set<Ordinal> alive;
    for (const Token& token : instance.tokens) {
        const procedure::State& state = model.states[token.state];
        alive.insert(token.ordinal);
        if (token.holds) REQUIRE(++holders[state.one_at_a_time] == 1);
        REQUIRE_FALSE((token.holds && token.at_door));
        if (token.at_door) REQUIRE(state.one_at_a_time != procedure::none);
        if (token.at_door) REQUIRE((token.open_scopes == 0 && token.timers.empty()));
    }
    for (const Token& token : instance.tokens) {
        const auto list = std::find_if(instance.lists.begin(), instance.lists.end(),
                                       [&](const ItemList& l) { return l.token == token.ordinal; });
        const bool to_come = list != instance.lists.end() && !list->to_come.empty();
        if (token.remainder) REQUIRE((token.open_scopes > 0 || to_come));
        // Whoever waits at a door waits for somebody.
        if (token.at_door) REQUIRE(holders[model.states[token.state].one_at_a_time] == 1);
        const std::uint32_t at_once = model.states[token.state].at_once;
        if (at_once == 0) continue;
        REQUIRE(token.open_scopes <= at_once);
        if (to_come && !token.incident) REQUIRE(token.open_scopes == at_once);
    }
    for (const ItemList& list : instance.lists) {
        REQUIRE(alive.count(list.token) == 1);
        REQUIRE(list.to_come.size() <= list.taken);
    }
    for (const Claimed& claim : instance.claims) REQUIRE(alive.count(claim.token) == 1);
}

void check(const Dossier& dossier) {
    const procedure::Model& model = dossier.procedure->model();
    check_scopes(model, dossier.instance);
    if (dossier.instance.status == Instance::Status::active) {
        check_joins(model, dossier.instance);
        check_names_and_lists(model, dossier.instance);
    }
    const std::string bytes = record::encode(dossier.instance);
    REQUIRE(record::decode_instance(bytes, {}) == dossier.instance);
    // What is offered stands on tokens that are there.
    for (const WorkRow& row :
         index_rows(*dossier.procedure, dossier.calendars, dossier.instance).work) {
        REQUIRE(std::any_of(dossier.instance.tokens.begin(), dossier.instance.tokens.end(),
                            [&](const Token& token) {
                                return token.ordinal == row.ordinal && token.state == row.state &&
                                       !token.at_door && !token.remainder;
                            }));
    }
}

struct Random {
    std::mt19937 engine;
    std::size_t below(std::size_t bound) { return engine() % bound; }
};

/// Mostly something that is possible, sometimes anything.
Event random_event(Random& random, const Dossier& dossier) {
    const Actor& who = people[random.below(3)];
    const std::size_t dice = random.below(20);
    const auto& tokens = dossier.instance.tokens;
    const Ordinal any = tokens.empty() ? 0 : tokens[random.below(tokens.size())].ordinal;
    if (dice == 0) return Claim{who, any};
    if (dice == 1) return Release{who, any};
    if (dice == 2) return Retry{who, any};
    const auto rows = index_rows(*dossier.procedure, dossier.calendars, dossier.instance).due;
    if (dice == 3 && !rows.empty()) {
        return TimerDue{rows.front().ordinal, rows.front().timer, rows.front().due};
    }
    if (dice == 4) return Correct{who, {{"n", static_cast<std::int64_t>(random.below(5))}}, "so"};
    const auto offers = permitted(*dossier.procedure, dossier.calendars, dossier.instance, who,
                                  dossier.instance.last_now);
    if (offers.empty()) return Perform{"nothing", who, {}, any};
    const PermittedAction& offer = offers[random.below(offers.size())];
    const procedure::Action& action =
        dossier.procedure->model().states[offer.declared_by].actions[offer.action];
    FieldValues fields;
    for (const procedure::ActionField& field : action.fields) fields.emplace_back(field.id, "u");
    return Perform{action.id, who, fields, offer.work_item};
}

}  // namespace

TEST_CASE("random events leave tokens, scopes, bags and names in order, and replay [R25]") {
    constexpr std::uint32_t first_seed = 20170425;
    constexpr std::uint32_t rounds = 25;
    constexpr int steps = 120;
    std::size_t taken = 0;
    for (const char* yaml : procedures) {
        const auto procedure = procedure_of(in_head(yaml));
        for (std::uint32_t seed = first_seed; seed < first_seed + rounds; ++seed) {
            INFO("seed " << seed << " of " << yaml);
            Random random{std::mt19937(seed)};
            Dossier dossier(procedure);
            List units;
            for (std::size_t i = 0; i < random.below(4); ++i) units.emplace_back("u");
            std::vector<std::pair<Instant, Event>> history;
            Instant now = at("2017-06-05 09:00");
            Event event = Start{people[0], {{"units", units}}, {}, state_calendar()->digest()};
            for (int i = 0; i < steps; ++i) {
                Outcome outcome = step(*procedure, dossier.calendars, dossier.instance, event, now);
                if (auto* step_taken = std::get_if<Step>(&outcome)) {
                    dossier.instance = std::move(step_taken->instance);
                    history.emplace_back(now, event);
                    ++taken;
                }
                CAPTURE(i, dossier.states());
                check(dossier);
                if (dossier.instance.status != Instance::Status::active) break;
                event = random_event(random, dossier);
                now += std::chrono::minutes(random.below(600));
                if (const auto* timer = std::get_if<TimerDue>(&event))
                    now = std::max(now, timer->due);
            }
            Dossier again(procedure);
            for (const auto& [when, what] : history) {
                Outcome outcome = step(*procedure, again.calendars, again.instance, what, when);
                REQUIRE(std::holds_alternative<Step>(outcome));
                again.instance = std::move(std::get<Step>(outcome).instance);
            }
            REQUIRE(record::encode(again.instance) == record::encode(dossier.instance));
        }
    }
    CHECK(taken > 2'000);  // else the events test nothing
}
