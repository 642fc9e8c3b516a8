// Random events on procedures that use all of forks, joins, remainders, lists and doors. After
// every step all that must hold of an instance (support/invariants.hpp) is counted anew.
#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "procedure/model.hpp"
#include "record/record.hpp"
#include "support/dossier.hpp"
#include "support/invariants.hpp"
#include "workflow/index_rows.hpp"

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
                REQUIRE(broken_invariant(*procedure, dossier.calendars, dossier.instance) == "");
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
