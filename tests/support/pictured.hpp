// A procedure with one of each thing that a picture shows in small print. Confined to one test.
#pragma once

#include <memory>

#include "workflow/definition.hpp"
#include "workflow/error.hpp"
#include "workflow/graph.hpp"

namespace workflow::testing {

inline std::shared_ptr<const Procedure> pictured() {
    return load_procedure(R"yaml(procedure: p
version: 1
title: P
calendar: vn-state
roles: {officer: Officer, head: Head, applicant: Applicant}
parameters: 
  limit_a: {type: limit, default: 3 days}
  limit_b: {type: limit, default: 5 days}
  strict_limit: {type: optional limit, default: null}
  strict_after: {type: optional limit, default: null}
variants: {strict: {title: Strict, set: {strict_limit: 4 working hours, strict_after: 9 days}}}
data:
  signed_on: {type: optional date, title: Signed on}
  units: {type: list of text, default: [], title: Units to ask}
  others: {type: list of text, default: []}
  days: {type: integer, default: 3}
  paid: {type: integer, default: 0}
start:
  at_counter: {title: At the counter, to: handle}
  by_post: {to: dated}
messages:
  fee_paid: {title: Fee paid, fields: {amount: integer}}
  order_placed: {title: Order placed, key: "'x'"}
outcomes: {done: Done}
states:
  handle:
    title: Handle it
    task: officer
    sla:
      answer:
        title: Answer
        limit: 5 working days
        moments:
          80%: {notify: [officer, head]}
          every 2 days after: {may_also_act: head}
      notice:
        title: Notice
        limit: 1 working day
        moments: {due: {notify: officer}}
    after:
      3 days: {notify: applicant, times: 2}
    receive:
      fee_paid:
        - {when: message.amount < 10, set: {paid: message.amount}}
        - otherwise: dated
    actions:
      note: {title: Add a note, set: {paid: 1}}
      call_back:
        title: Call back
        role: head
        notify: applicant
        send: {message: order_placed, key: "'x'"}
        extend: {answer: 1 working day}
      go_on: dated
  dated:
    task: officer
    sla:
      first: {due: signed_on}
      second: {title: By law, due: "plus(signed_on, '3 days')"}
      third: {limit: "days > 2 ? limit_a : limit_b"}
    to: varied
  varied:
    task: officer
    sla: {limit: strict_limit, moments: {due: {notify: officer}}}
    after: {strict_after: {notify: officer}}
    to: split
  split: {fork: [varied_too, posted]}
  varied_too:
    task: officer
    actions:
      stop_all: {title: Stop all, cancel: [posted], to: called}
      start_over: {title: Start over, to: varied_too}
  posted:
    service: send_by_post
    errors: {no_address: called, otherwise: waiting}
    to: called
  called:
    call: other_procedure
    outcomes: {went_well: waiting, otherwise: waiting}
  waiting: {wait: {until: signed_on}, to: asked}
  asked:
    each: {of: units, as: unit}
    states: {ask: {task: officer, to: {end: none}}}
    to: told
  told:
    each: {of: others, as: little_item}
    states: {tell: {task: officer, to: {end: none}}}
    to: {end: done}
)yaml",
                          "p.yaml")
        .procedure;
}

}  // namespace workflow::testing
