/** \file
 * libworkflow for C99, and for every language that can call it. The stable binary interface.
 *
 * Structured values are JSON in UTF-8 (RFC 8259). Instants are written 2017-06-08T17:00:00+07:00, dates
 * 2017-06-08, limits "30 working days"; what an instant is given as must name its zone.
 *
 * Every function that can fail returns a code: WORKFLOW_OK, WORKFLOW_REFUSED for an expected "no" of a
 * procedure, or why it failed. The sentence is workflow_last_error() of the same thread, and of calls that
 * give an answer the answer, too: {"code", "name", "message"}. Of a refusal the answer is
 * {"code", "reason", "arguments", "permitted", "because"}.
 *
 * Nothing that this library allocates is freed by the caller's allocator or the other way round: texts are
 * objects of this library. No exception crosses this interface, and a callback must let none out.
 *
 * Thread-safe: any thread may call with the same engine. A handle is closed once nobody uses it; null is
 * ignored by every close and free. A closed handle must not be used again.
 */
#ifndef WORKFLOW_H
#define WORKFLOW_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define WORKFLOW_C_API __attribute__((visibility("default")))
#else
#define WORKFLOW_C_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* --- version --- */
/** Raised with every change that a compiled caller would notice. */
#define WORKFLOW_C_ABI 1
/** Whether the library that is loaded serves callers compiled against `abi`: 1 or 0. */
WORKFLOW_C_API int workflow_abi_serves(int abi);
/** "0.1.0". */
WORKFLOW_C_API const char* workflow_version(void);

/* --- codes: 1 to 8 are those of ErrorCode in C++ (workflow/error.hpp) --- */
enum {
    WORKFLOW_OK = 0,
    WORKFLOW_NOT_FOUND = 1,   /* no such instance, procedure or calendar */
    WORKFLOW_CONFLICT = 2,    /**< somebody else changed it first: load again and retry */
    WORKFLOW_STORAGE = 3,     /**< the store could not read or write; nothing was changed */
    WORKFLOW_CORRUPT = 4,     /**< what was read is not what was written */
    WORKFLOW_UNSUPPORTED = 5, /**< made by a newer version, or not offered by this build */
    WORKFLOW_LIMIT = 6,       /**< an input is larger than the limits allow */
    WORKFLOW_MISUSE = 7,      /**< the call breaks the contract of the interface */
    WORKFLOW_INTERNAL = 8,    /**< a defect of this library; the transaction was rolled back */
    WORKFLOW_REFUSED = 100    /**< the procedure says no: nothing was changed and nothing recorded */
};
/** "not_found" ...; of a number that is no code "unknown". */
WORKFLOW_C_API const char* workflow_code_name(int code);
/** What the last failed call of this thread said; valid until its next call. Empty: none failed. */
WORKFLOW_C_API const char* workflow_last_error(void);

/* --- texts --- */
typedef struct workflow_text workflow_text;
/** A copy of `size` bytes; null when memory is short. For what a callback answers. */
WORKFLOW_C_API workflow_text* workflow_text_new(const char* bytes, size_t size);
/** Its bytes, which end with a 0 that size does not count. Valid until it is freed. */
WORKFLOW_C_API const char* workflow_text_bytes(const workflow_text* text);
WORKFLOW_C_API size_t workflow_text_size(const workflow_text* text);
WORKFLOW_C_API void workflow_text_free(workflow_text* text);

/** How many engines, outboxes, timers, commits and texts are not yet closed and freed: for tests of who calls. */
WORKFLOW_C_API size_t workflow_open_handles(void);

/* --- the engine --- */
typedef struct workflow_engine workflow_engine;

/** Milliseconds since 1970-01-01T00:00Z. Called from any thread, once in each call of the engine. */
typedef int64_t (*workflow_clock)(void* user);
/** `level` is debug, info or warning; `trace` may be empty. Called from whichever thread committed, and must
 * not call the engine. The strings are valid during the call. */
typedef void (*workflow_log)(void* user, const char* level, const char* instance, const char* text,
                             const char* trace);

/** How to open an engine. Set `size` to sizeof(workflow_options): later versions may append members. */
typedef struct workflow_options {
    size_t size;
    /** `memory`, `sqlite:PATH` or `postgresql://USER@HOST/DATABASE`; must not be null. */
    const char* store;
    /** The schema of the tables in PostgreSQL; null: workflow. */
    const char* schema;
    /** In which zone answers write instants: +07:00; null: +00:00. */
    const char* utc_offset;
    workflow_clock clock; /**< null: the machine's */
    void* clock_user;
    workflow_log log; /**< null: nothing is told */
    void* log_user;
    /** Other than 0: instants and dates are {"$instant": "..."} and {"$date": "..."} in both directions, for
     * languages that have types for them. */
    int tagged;
} workflow_options;

WORKFLOW_C_API int workflow_engine_open(const workflow_options* options, workflow_engine** engine);
/** Calls under way go on to their end. Its outboxes, timers and commits keep what they need until they are
 * closed. */
WORKFLOW_C_API void workflow_engine_close(workflow_engine* engine);

/* --- calls. `arguments` is a JSON object, or null for none. `answer` receives a text to be freed, also when
 * the call fails; null: it is not wanted. bindings/README.md says more of each argument. --- */

/* Definitions. */
/** Registers every procedure and calendar of a folder: the calendars in its folder calendars, and
 * ID/procedure.yaml. Takes {folder}; answers {procedures, calendars, warnings}. */
WORKFLOW_C_API int workflow_register_folder(workflow_engine* engine, const char* arguments,
                                            workflow_text** answer);
/** Registers one procedure. Takes {file} or {yaml}; answers {procedure, version, digest, warnings}. */
WORKFLOW_C_API int workflow_register_procedure(workflow_engine* engine, const char* arguments,
                                               workflow_text** answer);
/** Registers one calendar. Takes {file} or {yaml}; answers {calendar, warnings}. */
WORKFLOW_C_API int workflow_register_calendar(workflow_engine* engine, const char* arguments,
                                              workflow_text** answer);
/** Every registered version. Takes nothing; answers [{procedure, version, digest}]. */
WORKFLOW_C_API int workflow_procedures(workflow_engine* engine, const char* arguments,
                                       workflow_text** answer);
/** One version, by default the highest. Takes {procedure, version?}; answers {procedure, version, title,
 * digest, calendar, languages, roles, states}. */
WORKFLOW_C_API int workflow_procedure(workflow_engine* engine, const char* arguments,
                                      workflow_text** answer);
/** The state graph as text for Graphviz or Mermaid; of an instance with its way. Takes {procedure,
 * version?, variant?} or {instance}; {language?, format?: dot or mermaid}; answers text. */
WORKFLOW_C_API int workflow_graph(workflow_engine* engine, const char* arguments, workflow_text** answer);

/* What happens to an instance. All take {request?, revision?, trace?}; those with an actor and a token
 * {plan?: true} as well, which changes nothing. */
/** Starts an instance; the same again is the same instance. Takes {procedure, key, actor, data?, variant?,
 * entry?}; answers {instance, revision, repeated, records}. */
WORKFLOW_C_API int workflow_start(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** An officer does something. Takes {instance, action, actor, fields?, item?}; answers as start. */
WORKFLOW_C_API int workflow_perform(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** He takes a work item for himself. Takes {instance, item, actor}; answers as start. */
WORKFLOW_C_API int workflow_claim(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** He gives it back. Takes {instance, item, actor}; answers as start. */
WORKFLOW_C_API int workflow_release(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** He hands it to somebody. Takes {instance, item, to, actor}; answers as start. */
WORKFLOW_C_API int workflow_delegate(workflow_engine* engine, const char* arguments,
                                     workflow_text** answer);
/** An operator gives it to somebody. Takes {instance, item, to, actor, reason}; answers as start. */
WORKFLOW_C_API int workflow_reassign(workflow_engine* engine, const char* arguments,
                                     workflow_text** answer);
/** What stands still is tried again. Takes {instance, token, actor, reason?}; answers as start. */
WORKFLOW_C_API int workflow_retry(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** An operator answers in a service's place. Takes {instance, token, actor, reason, result? or error?};
 * answers as start. */
WORKFLOW_C_API int workflow_resolve(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** An operator mends data. Takes {instance, data, actor, reason, token?}; answers as start. */
WORKFLOW_C_API int workflow_correct(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** An operator puts a token on another state. Takes {instance, token, to, actor, reason}; answers as
 * start. */
WORKFLOW_C_API int workflow_move(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** An operator ends the instance. Takes {instance, actor, reason}; answers as start. */
WORKFLOW_C_API int workflow_cancel(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** An operator sets it aside. Takes {instance, actor, reason, clocks_wait?}; answers as start. */
WORKFLOW_C_API int workflow_suspend(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** It goes on. Takes {instance, actor, reason}; answers as start. */
WORKFLOW_C_API int workflow_resume(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** Erases sensitive values for good. Takes {instance, fields, actor, reason}; answers as start. */
WORKFLOW_C_API int workflow_erase(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** Answers a service that a handler could not answer at once. Takes {instance, token, attempt?, result or
 * error, text? or failure}; answers as start. */
WORKFLOW_C_API int workflow_answer_service(workflow_engine* engine, const char* arguments,
                                           workflow_text** answer);
/** A message to whom waits for it. Takes {message, key?, fields?, sender?, instance?}; answers {delivered:
 * taken, kept, ignored or not_found; steps}. */
WORKFLOW_C_API int workflow_send_message(workflow_engine* engine, const char* arguments,
                                         workflow_text** answer);
/** Runs every timer that is due, and carries messages and calls. Takes nothing; answers {fired, delivered,
 * undelivered, carried, failed}. */
WORKFLOW_C_API int workflow_run_due(workflow_engine* engine, const char* arguments, workflow_text** answer);

/* Questions. Those that answer {items, cursor, finished} take {cursor?, limit?}. */
/** Where an instance stands; sensitive values are null unless asked for. Takes {instance, sensitive?};
 * answers {instance, procedure, version, revision, status, outcome, tokens, clocks, data, ...}. */
WORKFLOW_C_API int workflow_get(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** Every step, oldest first. Takes {instance}; answers [{revision, now, event, actor, records, ...}]. */
WORKFLOW_C_API int workflow_history(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** What the actor can do, and why not. Takes {instance, actor}; answers [{item, state, action, title,
 * refused, reason}]. */
WORKFLOW_C_API int workflow_permitted(workflow_engine* engine, const char* arguments,
                                      workflow_text** answer);
/** Why each deadline is where it is, day by day. Takes {instance}; answers [{clock, ended, calendar,
 * source, days}]. */
WORKFLOW_C_API int workflow_explain(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** Every instance. Takes {}; answers page of ids. */
WORKFLOW_C_API int workflow_instances(workflow_engine* engine, const char* arguments,
                                      workflow_text** answer);
/** What waits for the actor. Takes {actor, role?, unit?, procedure?, state?, text?, overdue?}; answers
 * page of {instance, item, role, unit, due}. */
WORKFLOW_C_API int workflow_worklist(workflow_engine* engine, const char* arguments,
                                     workflow_text** answer);
/** What stands still. Takes {}; answers page of {instance, token, state, reason, since}. */
WORKFLOW_C_API int workflow_incidents(workflow_engine* engine, const char* arguments,
                                      workflow_text** answer);
/** Who stands on a state. Takes {procedure, state}; answers page of {instance, item, unit, due}. */
WORKFLOW_C_API int workflow_standing(workflow_engine* engine, const char* arguments,
                                     workflow_text** answer);
/** How many stand where. Takes {procedure}; answers [{state, unit, tokens, late}]. */
WORKFLOW_C_API int workflow_standing_counts(workflow_engine* engine, const char* arguments,
                                            workflow_text** answer);
/** What is under way. Takes {procedure}; answers page of {instance, unit, received, due}. */
WORKFLOW_C_API int workflow_under_way(workflow_engine* engine, const char* arguments,
                                      workflow_text** answer);
/** What has ended. Takes {procedure, outcome?}; answers page of {instance, unit, received, closed, result,
 * working_days}. */
WORKFLOW_C_API int workflow_closed(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** Instances by a field marked `indexed`. Takes {procedure, field, value}; answers page of ids. */
WORKFLOW_C_API int workflow_find(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** By unit, as form 06/VPCP/KSTT. Takes {procedure, from, until}; answers [{unit, received, early,
 * on_time, late, ...}]. */
WORKFLOW_C_API int workflow_statistics(workflow_engine* engine, const char* arguments,
                                       workflow_text** answer);
/** Every committed step, in order, for outer systems. Takes {}; answers page of {instance, step}. */
WORKFLOW_C_API int workflow_changes(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** When run_due is wanted next. Takes nothing; answers instant or null. */
WORKFLOW_C_API int workflow_next_due(workflow_engine* engine, const char* arguments,
                                     workflow_text** answer);
/** The engine's clock. Takes nothing; answers instant. */
WORKFLOW_C_API int workflow_now(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** OpenMetrics 1.0. Takes nothing; answers text. */
WORKFLOW_C_API int workflow_metrics(workflow_engine* engine, const char* arguments, workflow_text** answer);

/* New versions, delegations, officers who left. */
/** What a calendar's new version would move. Takes {file or yaml, cursor?, limit?}; answers {moved,
 * looked_at, concerned, failed, cursor, finished}. */
WORKFLOW_C_API int workflow_calendar_impact(workflow_engine* engine, const char* arguments,
                                            workflow_text** answer);
/** Moves it. Takes {calendar, actor, cursor?, limit?}; answers as calendar_impact. */
WORKFLOW_C_API int workflow_apply_calendar(workflow_engine* engine, const char* arguments,
                                           workflow_text** answer);
/** Moves an instance to another version of its procedure. Takes {instance, version, mapping?, actor,
 * reason}; answers as start. */
WORKFLOW_C_API int workflow_migrate(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** What that would do to each. Takes {file or yaml or procedure, version?; mapping?, cursor?, limit?};
 * answers {planned, looked_at, ...}. */
WORKFLOW_C_API int workflow_plan_migration(workflow_engine* engine, const char* arguments,
                                           workflow_text** answer);
/** Enters or changes a delegation. Takes {delegator, delegate, roles, units, since, until, entered_by?,
 * reason?}; answers null. */
WORKFLOW_C_API int workflow_put_delegation(workflow_engine* engine, const char* arguments,
                                           workflow_text** answer);
/** All that were entered. Takes {}; answers page of delegations. */
WORKFLOW_C_API int workflow_delegations(workflow_engine* engine, const char* arguments,
                                        workflow_text** answer);
/** What an officer has in hand. Takes {from, cursor?, limit?}; answers {items, failed, cursor, finished}. */
WORKFLOW_C_API int workflow_plan_reassign_all(workflow_engine* engine, const char* arguments,
                                              workflow_text** answer);
/** Gives it to another. Takes {from, to, actor, reason, cursor?, limit?}; answers as plan_reassign_all. */
WORKFLOW_C_API int workflow_reassign_all(workflow_engine* engine, const char* arguments,
                                         workflow_text** answer);

/* Proof and files. */
/** Whether the store holds what was written. Takes {instance?} or {cursor?, limit?}; answers {instances,
 * rows, run_again, faults, erasures, cursor, finished}. */
WORKFLOW_C_API int workflow_verify(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** Heads of the chains, to be kept elsewhere. Takes {cursor?, limit?}; answers {anchors, cursor,
 * finished}. */
WORKFLOW_C_API int workflow_anchors(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** What differs from them. Takes {anchors}; answers [{instance, revision, kind, words}]. */
WORKFLOW_C_API int workflow_compare_anchors(workflow_engine* engine, const char* arguments,
                                            workflow_text** answer);
/** Runs a history again. Takes {instance}; answers {steps, agrees, first_difference, difference, ...}. */
WORKFLOW_C_API int workflow_replay(workflow_engine* engine, const char* arguments, workflow_text** answer);
/** Writes all of the store to a new file. Takes {file}; answers {definitions, instances, steps, bytes,
 * ...}. */
WORKFLOW_C_API int workflow_export_to(workflow_engine* engine, const char* arguments,
                                      workflow_text** answer);
/** Brings it into this store. Takes {file}; answers as export_to. */
WORKFLOW_C_API int workflow_import_from(workflow_engine* engine, const char* arguments,
                                        workflow_text** answer);
/** Moves what ended before an instant into a new file. Takes {file, before}; answers as export_to. */
WORKFLOW_C_API int workflow_archive(workflow_engine* engine, const char* arguments, workflow_text** answer);

/** Any of the calls above by its name, for languages that wrap them all alike. */
WORKFLOW_C_API int workflow_call(workflow_engine* engine, const char* name, const char* arguments,
                                 workflow_text** answer);

/* --- the outbox: services and notices, delivered at least once after the commit of their step --- */
typedef struct workflow_outbox workflow_outbox;

/** Answers a service. `request` is {key, instance, trace, token, attempt, state, handler, input}. Sets
 * *answer
 * to a new text, which the library frees: {"result": {...}} or {"error": "CODE", "text": "..."}. A return
 * other than 0 is a failure, *answer its words: the procedure says when it is asked again. Called from the
 * threads of the outbox, several at a time; it may call the engine. */
typedef int (*workflow_service)(void* user, const char* request, workflow_text** answer);
/** Gives a notice: {key, instance, trace, token, state, roles, text}. Other than 0: again after a pause. */
typedef int (*workflow_notice)(void* user, const char* notice, workflow_text** answer);

/** `options`: {poll, lease, first_pause, longest_pause} in milliseconds, or null. */
WORKFLOW_C_API int workflow_outbox_open(workflow_engine* engine, const char* options,
                                        workflow_outbox** outbox);
/** For `service: NAME`; before workflow_outbox_start(). */
WORKFLOW_C_API int workflow_outbox_service(workflow_outbox* outbox, const char* name,
                                           workflow_service service, void* user);
WORKFLOW_C_API int workflow_outbox_notices(workflow_outbox* outbox, workflow_notice notice, void* user);
/** Delivers in the caller's thread what can be delivered now; *delivered: how many. */
WORKFLOW_C_API int workflow_outbox_deliver(workflow_outbox* outbox, uint64_t* delivered);
/** Starts threads that deliver until workflow_outbox_stop(), which waits for handlers that run. */
WORKFLOW_C_API int workflow_outbox_start(workflow_outbox* outbox, unsigned threads);
WORKFLOW_C_API int workflow_outbox_stop(workflow_outbox* outbox);
WORKFLOW_C_API void workflow_outbox_close(workflow_outbox* outbox);

/** Takes the request of workflow_outbox_service(), its input null, once nobody waits for its answer: stop, if it is
 * still time. Without one nobody is told. Other than 0: again after a pause. */
WORKFLOW_C_API int workflow_outbox_withdrawals(workflow_outbox* outbox, const char* name,
                                               workflow_notice withdrawal, void* user);

/* --- the host's own transaction: a step is kept or lost with the host's rows --- */
/** The same engine inside the transaction that the host has open on `connection`, a sqlite3* of the library that
 * this one is linked with, on the file of the same store; BEGIN IMMEDIATE where something is written. It is for
 * the thread that has the transaction, and is closed before that ends. What its answers say holds once the host
 * has committed. */
WORKFLOW_C_API int workflow_engine_in_sqlite(workflow_engine* engine, void* connection,
                                             workflow_engine** inside);
/** The same of a PGconn*: blocking, out of pipeline mode, in a transaction (READ COMMITTED). `schema`: null:
 * workflow. */
WORKFLOW_C_API int workflow_engine_in_postgres(workflow_engine* engine, void* connection, const char* schema,
                                               workflow_engine** inside);

/* --- commits: threads that run calls for callers who do not wait, many in one commit --- */
typedef struct workflow_commits workflow_commits;
/** Told once of a call that has ended: its code and answer, as the call itself would have given them; the answer is
 * valid during the call. Called from a thread that commits. It may call the engine, but not wait for another
 * call that was handed over. */
typedef void (*workflow_completion)(void* user, int code, const char* answer);
/** Starts so many threads, at least one. SQLite has use for two; with more, PostgreSQL commits side by side. */
WORKFLOW_C_API int workflow_commits_start(workflow_engine* engine, unsigned threads,
                                          workflow_commits** commits);
/** `name` is a step of one instance: start, perform, claim ... . Those for one instance are taken in the order in
 * which they came. What is wrong with the arguments is returned at once, and then nothing is told. */
WORKFLOW_C_API int workflow_commits_call(workflow_commits* commits, const char* name, const char* arguments,
                                         workflow_completion completion, void* user);
/** Waits until all that was handed over has been told. Within a completion it stays open. */
WORKFLOW_C_API void workflow_commits_close(workflow_commits* commits);

/* --- timers: one thread that calls run_due whenever something is due --- */
typedef struct workflow_timer workflow_timer;
WORKFLOW_C_API int workflow_timer_start(workflow_engine* engine, unsigned poll_milliseconds,
                                        workflow_timer** timer);
WORKFLOW_C_API void workflow_timer_close(workflow_timer* timer);

/* --- simulation, without an engine. The same arguments give the same bytes. --- */
/** Takes {folder, procedure, scenario?, dossiers?, until?, warm_up?, replications?, seed?, threads?,
 * allow_overload?}; answers all figures. */
WORKFLOW_C_API int workflow_simulate(const char* arguments, workflow_text** answer);
/** Two with the same random numbers. Takes {before, after}, each {folder, procedure, scenario?}, and what else
 * workflow_simulate() takes; answers {before, after, differences}. */
WORKFLOW_C_API int workflow_compare_simulations(const char* arguments, workflow_text** answer);
/** From a real event log to a scenario. Takes {folder, procedure, log: file (XES or CSV), map?: YAML}; answers
 * {scenario: YAML, cases, events, mapped, begins_are_known, fits, unmapped}. */
WORKFLOW_C_API int workflow_calibrate(const char* arguments, workflow_text** answer);

#ifdef __cplusplus
}
#endif

#endif
