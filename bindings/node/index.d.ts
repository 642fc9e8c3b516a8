// Where Node.js has them: from 20 on.
declare global {
  interface SymbolConstructor {
    readonly dispose: unique symbol;
    readonly asyncDispose: unique symbol;
  }
}

/** What a dossier's data may hold: instants are Dates, dates texts `2017-06-08`, limits `30 working days`. */
export type Datum = null | boolean | number | bigint | string | Date | Datum[] | { [name: string]: Datum | undefined };
export type Data = { [field: string]: Datum | undefined };
/** A record that bindings/README.md describes, with Dates where it has instants. */
export type Json = { [name: string]: any };

/** Who acts. The host has authenticated him; the engine decides what he may do. */
export interface Actor {
  id: string;
  roles?: readonly string[];
  units?: readonly string[];
  /** On whose behalf; left out: his own. */
  acting_for?: string;
}
/** Of every step. */
export interface Request {
  /** The same again for one instance gives the first answer and changes nothing. */
  request?: string;
  /** Refused `conflict` when the instance is at another revision. */
  revision?: number | bigint;
  /** W3C `traceparent`. */
  trace?: string;
}
export interface Paging {
  /** Of the page before; left out: the first page. */
  cursor?: string;
  /** Rows of a page: 1 to 1,000, usually 100. */
  limit?: number;
}
export interface Page<Item> {
  items: Item[];
  cursor: string;
  finished: boolean;
}
export interface Done {
  instance: string;
  revision: number;
  /** Nothing was changed: it had been done before. */
  repeated: boolean;
  records: Json[];
}
export interface Delivered {
  delivered: 'taken' | 'kept' | 'ignored' | 'not_found';
  steps: Done[];
}
export interface WorkItem {
  instance: string;
  item: number;
  role: string;
  unit: string | null;
  due: Date | null;
}
export interface Incident {
  instance: string;
  token: number;
  state: string;
  reason: string;
  since: Date;
}
export interface ServiceRequest {
  /** The same for every attempt: the outer system does the work once. */
  key: string;
  instance: string;
  token: number;
  attempt: number;
  state: string;
  handler: string;
  input: Data;
  trace: string | null;
}
export interface Notice {
  key: string;
  instance: string;
  token: number;
  state: string;
  roles: string[];
  text: string;
  trace: string | null;
}

export type Code =
  | 'not_found' | 'conflict' | 'storage' | 'corrupt' | 'unsupported' | 'limit' | 'misuse' | 'internal' | 'refused';

/** A failure of the world or a broken contract. */
export class WorkflowError extends Error {
  readonly code: Code;
  /** The code in every language. */
  readonly number: number;
}
/** An expected "no" of the procedure: nothing was changed and nothing recorded. */
export class Refused extends WorkflowError {
  /** Why, in kebab-case: `not-your-role`. */
  readonly reasonCode: string;
  /** What the actor could do instead. */
  readonly permitted: { item: number; state: string; action: string; title: string }[];
  /** Each single reason, of what has several. */
  readonly because: { code: string; reason: string }[];
}
/** Thrown by a handler for an error that the procedure names under `errors`; any other is a failure. */
export class ServiceError extends Error {
  constructor(code: string, text?: string);
  readonly code: string;
  readonly text: string;
}

/** Runs the handlers of services and notices. */
export class Outbox {
  private constructor();
  [Symbol.dispose](): void;
  [Symbol.asyncDispose](): Promise<void>;
  /** Delivers what can be delivered now; how many that were. */
  deliver(): Promise<number>;
  /** Starts so many threads more, which deliver until close(). They do not keep the process alive. */
  start(threads?: number): void;
  /** Waits for the handlers that run. Closing twice is no mistake. */
  close(): Promise<void>;
}
/** A thread that runs what is due. It does not keep the process alive. */
export class Timer {
  private constructor();
  [Symbol.dispose](): void;
  [Symbol.asyncDispose](): Promise<void>;
  /** Waits for the run under way. Closing twice is no mistake. */
  close(): Promise<void>;
}

export interface EngineOptions {
  /** The schema of the tables in PostgreSQL. */
  schema?: string;
  /**
   * Threads that commit steps, those that are under way together: 1, of PostgreSQL 4 where it is left out. One takes
   * steps of one instance in the order in which they were called; several do so only where each is awaited. 0, or
   * with a clock: each step is work of a pool thread, as every other call is.
   */
  commits?: number;
  /** The time, instead of the machine's. */
  clock?: () => Date | Promise<Date>;
  /** Told of each commit, and of what went wrong in an outbox. */
  log?: (level: 'debug' | 'info' | 'warning', instance: string, text: string, trace: string) => void;
}
export interface OutboxOptions {
  /** For `service: NAME` of procedures; what they return is the result. */
  services?: { [name: string]: (request: ServiceRequest) => Data | void | Promise<Data | void> };
  /** Told with the service's request, its input null, that nobody waits for its answer any more; one that throws comes again. */
  withdrawals?: { [name: string]: (request: ServiceRequest) => unknown };
  /** One that throws comes again. */
  notices?: (notice: Notice) => unknown;
  /** That deliver by themselves; 0: deliver() does. */
  threads?: number;
  /** Milliseconds: 200, 300,000, 1,000 and 300,000 where they are left out. */
  poll?: number;
  lease?: number;
  firstPause?: number;
  longestPause?: number;
}

/**
 * Durable instances of procedures, their deadlines, and what is asked about them. Every call is work of another
 * thread: the event loop never waits. Each rejects with a WorkflowError, a Refused among them. Steps with an actor
 * on an instance also take `plan: true`, which tells what would come of it and changes nothing.
 */
export class Engine {
  private constructor();
  [Symbol.dispose](): void;
  [Symbol.asyncDispose](): Promise<void>;
  /** Opens `memory`, `sqlite:PATH` or `postgresql://USER@HOST/DATABASE`. */
  static open(store: string, options?: EngineOptions): Promise<Engine>;
  /** Closes its outboxes and timers, and lets go of the store. Closing twice is no mistake. */
  close(): Promise<void>;
  /** Handlers for services and notices, delivered at least once. */
  outbox(options?: OutboxOptions): Outbox;
  /** A thread that calls runDue() whenever something is due; `poll` in milliseconds, 500 where it is left out. */
  timer(options?: { poll?: number }): Timer;
  /** Any call by its name: bindings/README.md lists them. */
  call(name: string, given?: Json): Promise<any>;

  /** Registers every procedure and calendar of a folder. */
  registerFolder(given: { folder: string }): Promise<Json>;
  /** Registers one procedure, from a file or from its text. Gives {procedure, version, digest, warnings}. */
  registerProcedure(given?: { file?: string; yaml?: string }): Promise<Json>;
  /** Registers one calendar, from a file or from its text. Gives {calendar, warnings}. */
  registerCalendar(given?: { file?: string; yaml?: string }): Promise<Json>;
  /** Every registered version: {procedure, version, digest} each. */
  procedures(): Promise<Json[]>;
  /** One version, by default the highest: its title, roles, states, languages. */
  procedure(given: { procedure: string; version?: number | bigint }): Promise<Json>;
  /** The state graph as text for Graphviz (dot) or Mermaid; of an instance with its way through it. */
  graph(given?: { procedure?: string; instance?: string; version?: number | bigint; variant?: string; language?: string; format?: string }): Promise<string>;
  /** Starts an instance. The same procedure, key, data and variant again is the same instance. */
  start(given: { procedure: string; key: string; actor: Actor; data?: Data; variant?: string; entry?: string } & Request): Promise<Done>;
  /** An officer does something. With plan nothing is changed, and the answer tells what would be. */
  perform(given: { instance: string; action: string; actor: Actor; fields?: Data; item?: number | bigint; plan?: boolean } & Request): Promise<Done>;
  /** He takes a work item for himself. */
  claim(given: { instance: string; item: number | bigint; actor: Actor; plan?: boolean } & Request): Promise<Done>;
  /** He gives it back. */
  release(given: { instance: string; item: number | bigint; actor: Actor; plan?: boolean } & Request): Promise<Done>;
  /** He hands it to somebody. */
  delegate(given: { instance: string; item: number | bigint; to: string; actor: Actor; plan?: boolean } & Request): Promise<Done>;
  /** An operator gives it to somebody. */
  reassign(given: { instance: string; item: number | bigint; to: string; actor: Actor; reason: string; plan?: boolean } & Request): Promise<Done>;
  /** What stands still is tried again. */
  retry(given: { instance: string; token: number | bigint; actor: Actor; reason?: string; plan?: boolean } & Request): Promise<Done>;
  /** An operator answers in a service's place: with a result or an error's code. */
  resolve(given: { instance: string; token: number | bigint; actor: Actor; reason: string; result?: Data; error?: string; plan?: boolean } & Request): Promise<Done>;
  /** An operator mends data. */
  correct(given: { instance: string; data: Data; actor: Actor; reason: string; token?: number | bigint; plan?: boolean } & Request): Promise<Done>;
  /** An operator puts a token on another state. */
  move(given: { instance: string; token: number | bigint; to: string; actor: Actor; reason: string; plan?: boolean } & Request): Promise<Done>;
  /** An operator ends the instance. */
  cancel(given: { instance: string; actor: Actor; reason: string; plan?: boolean } & Request): Promise<Done>;
  /** An operator sets the instance aside; with clocks_wait its clocks stop. */
  suspend(given: { instance: string; actor: Actor; reason: string; clocks_wait?: boolean; plan?: boolean } & Request): Promise<Done>;
  /** It goes on. */
  resume(given: { instance: string; actor: Actor; reason: string; plan?: boolean } & Request): Promise<Done>;
  /** Erases every value that these sensitive fields ever had, for good. */
  erase(given: { instance: string; fields: string[]; actor: Actor; reason: string } & Request): Promise<Done>;
  /** Answers a service that its handler could not answer at once: a result, an error or a failure. */
  answerService(given: { instance: string; token: number | bigint; attempt?: number | bigint; result?: Data; error?: string; failure?: string; text?: string } & Request): Promise<Done>;
  /** A message to whom waits for it: {delivered: taken, kept, ignored or not_found, steps}. */
  sendMessage(given: { message: string; key?: string; fields?: Data; sender?: string; instance?: string; request?: string }): Promise<Delivered>;
  /** Runs every timer that is due, and carries messages and calls to where they go. */
  runDue(): Promise<Json>;
  /** Where an instance stands: tokens, clocks, data. Sensitive values are null unless asked for. */
  get(given: { instance: string; sensitive?: boolean }): Promise<Json>;
  /** Every step, oldest first. */
  history(given: { instance: string }): Promise<Json[]>;
  /** What the actor can do, and why not. */
  permitted(given: { instance: string; actor: Actor }): Promise<Json[]>;
  /** Why each deadline is where it is, day by day. */
  explain(given: { instance: string }): Promise<Json[]>;
  /** Ids of every instance: {items, cursor, finished}, as every page. */
  instances(given?: Paging): Promise<Page<string>>;
  /** What waits for the actor, what is due first before the rest. */
  worklist(given: { actor: Actor; role?: string; unit?: string; procedure?: string; state?: string; text?: string; overdue?: boolean } & Paging): Promise<Page<WorkItem>>;
  /** What stands still, the oldest first. */
  incidents(given?: Paging): Promise<Page<Incident>>;
  /** Who stands on a state. */
  standing(given: { procedure: string; state: string } & Paging): Promise<Page<Json>>;
  /** How many stand where, and how many of them late. */
  standingCounts(given: { procedure: string }): Promise<Json[]>;
  /** What is under way, by unit and receipt. */
  underWay(given: { procedure: string } & Paging): Promise<Page<Json>>;
  /** What has ended with an outcome. */
  closed(given: { procedure: string; outcome?: string } & Paging): Promise<Page<Json>>;
  /** Instances by a field that is marked indexed. */
  find(given: { procedure: string; field: string; value: Datum } & Paging): Promise<Page<string>>;
  /** By unit what came in and what became of it, as form 06/VPCP/KSTT has it. */
  statistics(given: { procedure: string; from: Date; until: Date }): Promise<Json[]>;
  /** Every committed step in order, for outer systems; keep the cursor. */
  changes(given?: Paging): Promise<Page<Json>>;
  /** When run_due is wanted next. */
  nextDue(): Promise<Date | null>;
  /** The engine's clock. */
  now(): Promise<Date>;
  /** OpenMetrics 1.0 text. */
  metrics(): Promise<string>;
  /** What a calendar's new version would move; nothing is changed. */
  calendarImpact(given?: { file?: string; yaml?: string } & Paging): Promise<Json>;
  /** Lets instances count by the highest version of the calendar. */
  applyCalendar(given: { calendar: string; actor: Actor } & Paging): Promise<Json>;
  /** Moves an instance to another version of its procedure. */
  migrate(given: { instance: string; version: number | bigint; actor: Actor; reason: string; mapping?: Data } & Request): Promise<Done>;
  /** What that would do to each instance of another version. */
  planMigration(given?: { procedure?: string; version?: number | bigint; file?: string; yaml?: string; mapping?: Data } & Paging): Promise<Json>;
  /** Enters a delegation, or changes the one with the same persons and begin. */
  putDelegation(given: { delegator: string; delegate: string; since: Date; until: Date; roles?: string[]; units?: string[]; entered_by?: string; reason?: string }): Promise<void>;
  /** All delegations that were entered. */
  delegations(given?: Paging): Promise<Page<Json>>;
  /** What an officer has in hand. */
  planReassignAll(given: { from: string } & Paging): Promise<Json>;
  /** Gives all of it to another. */
  reassignAll(given: { from: string; to: string; actor: Actor; reason: string } & Paging): Promise<Json>;
  /** Whether the store holds what was written: every row, and the same step run again. */
  verify(given?: { instance?: string } & Paging): Promise<Json>;
  /** Heads of the chains, to be kept where who writes the store cannot reach. */
  anchors(given?: Paging): Promise<Json>;
  /** What differs from anchors that were taken earlier. */
  compareAnchors(given: { anchors: string }): Promise<Json[]>;
  /** Runs an instance's history again, and compares every digest. */
  replay(given: { instance: string }): Promise<Json>;
  /** Writes all of the store to a new file. */
  exportTo(given: { file: string }): Promise<Json>;
  /** Brings such a file into this store. */
  importFrom(given: { file: string }): Promise<Json>;
  /** Moves what ended before an instant into a new file. */
  archive(given: { file: string; before: Date }): Promise<Json>;
}

/** A procedure of a folder under its simulation.yaml, or under another scenario file. */
export interface Scenario {
  folder: string;
  procedure: string;
  scenario?: string;
}
/** How much is simulated. */
export interface Extent {
  dossiers?: number;
  until?: Date;
  warm_up?: number;
  replications?: number;
  seed?: number | bigint;
  threads?: number;
  allow_overload?: boolean;
}
/** The bytes that every language gets, and the same as objects and arrays. */
export interface Figures {
  json: string;
  figures: Json;
}
/** The same arguments give the same text. */
export function simulate(given: Scenario & Extent): Promise<Figures>;
/** Two with the same random numbers: before, after, differences. */
export function compareSimulations(given: { before: Scenario; after: Scenario } & Extent): Promise<Figures>;
/** From an event log, XES or CSV, to a scenario (YAML), with how well each distribution fits. `map` is YAML. */
export function calibrate(given: { folder: string; procedure: string; log: string; map?: string }): Promise<Figures>;
export const version: string;
