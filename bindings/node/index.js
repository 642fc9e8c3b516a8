'use strict';
// Administrative procedures as state graphs with working-day deadlines: the engine for Node.js.
// index.d.ts says what each call takes and gives.

const { AsyncLocalStorage } = require('node:async_hooks');
const native = require('./native.node');

const NAMES = {
  1: 'not_found',
  2: 'conflict',
  3: 'storage',
  4: 'corrupt',
  5: 'unsupported',
  6: 'limit',
  7: 'misuse',
  8: 'internal',
};

/** A failure of the world or a broken contract; `code` is its name, `number` the one that every language has. */
class WorkflowError extends Error {
  constructor(number, message) {
    super(message);
    this.name = 'WorkflowError';
    this.number = number;
    this.code = NAMES[number] ?? 'internal';
  }
}

/** An expected "no" of the procedure: nothing was changed and nothing recorded. */
class Refused extends WorkflowError {
  constructor(refusal) {
    super(100, refusal.reason);
    this.name = 'Refused';
    this.code = 'refused';
    this.reasonCode = refusal.code;
    this.permitted = refusal.permitted;
    this.because = refusal.because;
  }
}

/** Thrown by a handler for an error that the procedure names under `errors`; any other is a failure. */
class ServiceError extends Error {
  constructor(code, text = '') {
    super(text || code);
    this.name = 'ServiceError';
    this.code = code;
    this.text = text;
  }
}

/** The engine's own errors as WorkflowErrors; whatever else was thrown stays what it is. */
function translated(error) {
  return typeof error?.number === 'number' && !(error instanceof WorkflowError)
    ? new WorkflowError(error.number, error.message)
    : error;
}

function sync(call) {
  try {
    return call();
  } catch (error) {
    throw translated(error);
  }
}

async function answered(call) {
  let reply;
  try {
    reply = await call();
  } catch (error) {
    throw translated(error);
  }
  if (reply.refused) throw new Refused(reply.value);
  return reply.value;
}

const within = new AsyncLocalStorage(); // the outbox whose handler runs

/** Answers a thread's question with what `handle` gives, now or later. */
function answering(handle) {
  return (number, about) => {
    Promise.resolve()
      .then(() => handle(about))
      .then(
        (value) => native.answer(number, value, undefined),
        (error) => native.answer(number, undefined, String(error?.message ?? error)),
      )
      .catch((error) => native.answer(number, undefined, String(error?.message ?? error)));
  };
}

/** Runs the handlers of services and notices. Made by Engine.outbox(). */
class Outbox {
  #handle;
  #closing;

  constructor(handle) {
    this.#handle = handle;
  }

  /** Delivers what can be delivered now; how many that were. */
  deliver() {
    return answered(() => native.deliver(this.#handle));
  }

  /** Starts so many threads more, which deliver until close(). */
  start(threads = 1) {
    sync(() => native.start(this.#handle, threads));
  }

  /** Waits for the handlers that run. Closing twice is no mistake. */
  close() {
    if (within.getStore() === this) {
      return Promise.reject(new WorkflowError(7, 'a handler cannot stop the outbox that runs it'));
    }
    this.#closing ??= answered(() => native.closeOutbox(this.#handle)).then(() => undefined);
    return this.#closing;
  }

  /** For the engine that makes it. */
  static of(handle, services, withdrawals, notices) {
    const outbox = new Outbox(handle);
    for (const [name, handler] of Object.entries(services)) {
      if (typeof handler !== 'function') throw new WorkflowError(7, `the handler '${name}' must be a function`);
      const serve = async (request) => {
        try {
          return { result: (await within.run(outbox, () => handler(request))) ?? {} };
        } catch (error) {
          if (!(error instanceof ServiceError)) throw error;
          return { error: error.code, text: error.text };
        }
      };
      sync(() => native.service(handle, name, answering(serve)));
    }
    const teller = (taker) => answering(async (told) => {
      await within.run(outbox, () => taker(told));
      return null;
    });
    for (const [name, taker] of Object.entries(withdrawals)) {
      if (typeof taker !== 'function') throw new WorkflowError(7, `the handler '${name}' must be a function`);
      sync(() => native.withdrawals(handle, name, teller(taker)));
    }
    if (notices !== undefined) sync(() => native.notices(handle, teller(notices)));
    return outbox;
  }
}

/** A thread that runs what is due. Made by Engine.timer(). */
class Timer {
  #handle;
  #closing;

  constructor(handle) {
    this.#handle = handle;
  }

  /** Waits for the run under way. Closing twice is no mistake. */
  close() {
    this.#closing ??= answered(() => native.closeTimer(this.#handle)).then(() => undefined);
    return this.#closing;
  }
}

/** Durable instances of procedures, their deadlines, and what is asked about them. */
class Engine {
  #handle;
  #services = new Set();
  #closing;

  constructor(handle) {
    this.#handle = handle;
  }

  /** Opens `memory`, `sqlite:PATH` or `postgresql://USER@HOST/DATABASE`. */
  static async open(store, { schema = '', clock, log, commits } = {}) {
    const told = log && (({ level, instance, text, trace }) => {
      try {
        log(level, instance, text, trace);
      } catch {
        // Who is told of what was committed cannot undo it.
      }
    });
    const handle = sync(() => native.open(store, schema, clock && answering(clock), told));
    await answered(() => native.connect(handle));
    // A clock of JavaScript answers other threads only: then the pool's threads hand everything over.
    const threads = clock ? 0 : commits ?? (/^postgres/.test(store) ? 4 : 1);
    if (threads > 0) sync(() => native.commits(handle, threads));
    return new Engine(handle);
  }

  /** Any call by its name: bindings/README.md lists them. */
  call(name, given = {}) {
    return answered(() => native.call(this.#handle, name, given));
  }

  /** Handlers for `service: NAME` of procedures, and for notices, delivered at least once. */
  outbox({ services = {}, withdrawals = {}, notices, threads = 0, poll, lease, firstPause, longestPause } = {}) {
    const options = { poll, lease, first_pause: firstPause, longest_pause: longestPause };
    const outbox = Outbox.of(sync(() => native.outbox(this.#handle, options)), services, withdrawals, notices);
    this.#services.add(outbox);
    if (threads > 0) outbox.start(threads);
    return outbox;
  }

  /** A thread that calls runDue() whenever something is due. */
  timer({ poll = 500 } = {}) {
    const timer = new Timer(sync(() => native.timer(this.#handle, poll)));
    this.#services.add(timer);
    return timer;
  }

  /** Closes its outboxes and timers, and lets go of the store. Closing twice is no mistake. */
  close() {
    this.#closing ??= (async () => {
      for (const service of this.#services) await service.close();
      await answered(() => native.close(this.#handle));
    })();
    return this.#closing;
  }
}

// Each call of the engine as a method: start_later is startLater.
for (const name of native.calls()) {
  const method = name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
  Object.defineProperty(Engine.prototype, method, {
    value(given) {
      return this.call(name, given);
    },
    configurable: true,
    writable: true,
  });
}

for (const kind of [Engine, Outbox, Timer]) {
  if (Symbol.dispose) kind.prototype[Symbol.dispose] = function dispose() { void this.close(); };
  if (Symbol.asyncDispose) kind.prototype[Symbol.asyncDispose] = function dispose() { return this.close(); };
}

/** What needs no engine: {json, figures}. The same arguments give the same text. */
async function figured(name, given) {
  const json = await answered(() => native.callWithoutEngine(name, given));
  return { json, figures: JSON.parse(json) };
}

/** Simulates a procedure of a folder. */
const simulate = (given) => figured('simulate', given);
/** Simulates two with the same random numbers: before, after, differences. */
const compareSimulations = (given) => figured('compare_simulations', given);
/** Makes a scenario from an event log. */
const calibrate = (given) => figured('calibrate', given);

module.exports = {
  Engine,
  Outbox,
  Refused,
  ServiceError,
  Timer,
  WorkflowError,
  calibrate,
  compareSimulations,
  simulate,
  version: native.version,
};
