'use strict';
// The package of Node.js, as a JavaScript programmer uses it.

const assert = require('node:assert/strict');
const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { afterEach, beforeEach, test } = require('node:test');
const { Worker } = require('node:worker_threads');
const {
  Engine, Refused, ServiceError, WorkflowError, calibrate, compareSimulations, simulate,
} = require('libworkflow');

const native = require('libworkflow/native.node');

const source = path.resolve(__dirname, '../../..');
const procedures = path.join(source, 'procedures');
const permit = path.join(source, 'tests/bindings/procedures/permit/procedure.yaml');
const clerk = { id: 'an', roles: ['clerk'] };
const officer = { id: 'binh', roles: ['officer'] };
const morning = Date.parse('2026-06-01T09:00:00+07:00');

let now;
let log;
let engine;

beforeEach(async () => {
  now = morning;
  log = [];
  engine = await Engine.open('memory', {
    clock: () => new Date(now),
    log: (level, instance, text) => log.push(`${level} ${instance} ${text}`),
  });
  await engine.registerFolder({ folder: procedures });
  await engine.registerProcedure({ file: permit });
});

afterEach(async () => {
  await engine.close();
  await engine.close(); // twice is no mistake
});

function start(key) {
  return engine.start({
    procedure: 'permit', key, actor: clerk, data: { applicant: 'Nguyễn Văn A', received_on: '2026-05-29' },
  });
}

function accept(key) {
  return engine.perform({ instance: `permit/${key}`, action: 'accept', actor: officer, fields: { fee: 300000 } });
}

async function states(key) {
  return (await engine.get({ instance: `permit/${key}` })).tokens.map((token) => token.state);
}

/** Whether anything else came to its turn while `promise` was waited for. */
async function turnsDuring(promise) {
  let turns = 0;
  const counting = setInterval(() => { ++turns; }, 1);
  try {
    await promise;
  } finally {
    clearInterval(counting);
  }
  return turns;
}

test('values are those of JavaScript', async () => {
  const done = await start('A');
  assert.equal(done.instance, 'permit/A');
  assert.equal(done.revision, 1);
  const seen = await engine.get({ instance: 'permit/A' });
  assert.deepEqual(seen.data, { applicant: 'Nguyễn Văn A', received_on: '2026-05-29', fee: null });
  assert.equal(seen.started.getTime(), morning);
  assert.equal(seen.clocks[0].due.toISOString(), '2026-06-08T10:00:00.000Z');
  await engine.correct({
    instance: 'permit/A', data: { fee: 2n ** 60n }, actor: { id: 'root' }, reason: 'large', item: undefined,
  });
  assert.equal((await engine.get({ instance: 'permit/A' })).data.fee, 2n ** 60n);
});

test('a refusal says what is possible', async () => {
  await start('A');
  await assert.rejects(engine.perform({ instance: 'permit/A', action: 'accept', actor: officer }), (error) => {
    assert.ok(error instanceof Refused && error instanceof WorkflowError);
    assert.equal(error.reasonCode, 'missing-field');
    assert.equal(error.code, 'refused');
    assert.deepEqual(error.permitted.map((one) => one.action).sort(), ['accept', 'reject']);
    return true;
  });
});

test('failures have codes', async () => {
  await assert.rejects(engine.get({ instance: 'permit/none' }), { code: 'not_found', number: 1 });
  await assert.rejects(engine.call('gett'), { code: 'misuse', message: /did you mean 'get'\?/ });
  await assert.rejects(start(Symbol('x')), { code: 'misuse', message: /no data/ });
  await assert.rejects(engine.start({ procedure: 'permit', key: 'A', actor: clerk, data: { applicant: NaN } }),
    { code: 'misuse' });
  await assert.rejects(engine.get({ instance: new Date(NaN) }), { code: 'misuse', message: /invalid Date/ });
  await assert.rejects(engine.get({ instance: 2n ** 70n }), { code: 'limit' });
  const endless = [];
  endless.push(endless);
  await assert.rejects(engine.get({ instance: endless }), { code: 'limit' });
  await assert.rejects(Engine.open('mysql:x'), { code: 'misuse', message: /write memory, sqlite:PATH/ });
  await assert.rejects(Engine.open('sqlite:/nowhere/at/all.db'), { code: 'storage' });
  await assert.rejects(Engine.open(3), { code: 'misuse' });
});

test('a getter that throws is what it throws', async () => {
  const given = { get instance() { throw new RangeError('mine'); } };
  await assert.rejects(engine.get(given), RangeError);
});

test('what is closed says so', async () => {
  const outbox = engine.outbox();
  await engine.close();
  await assert.rejects(engine.now(), { code: 'misuse', message: /the engine is closed/ });
  await assert.rejects(outbox.deliver(), { code: 'misuse', message: /the outbox is closed/ });
  assert.throws(() => engine.timer(), { code: 'misuse' });
});

test('handlers are functions, and may call the engine', async () => {
  const attempts = [];
  const outbox = engine.outbox({
    services: {
      async ask_register(request) {
        attempts.push(request.attempt);
        assert.equal((await engine.get({ instance: request.instance })).status, 'active');
        if (attempts.length === 1) throw new Error('the register is down');
        return { number: 42 };
      },
    },
  });
  await start('A');
  await accept('A');
  assert.equal(await outbox.deliver(), 1);
  now += 2 * 60_000;
  await engine.runDue();
  assert.equal(await outbox.deliver(), 1);
  assert.deepEqual(attempts, [1, 2]);
  assert.equal((await engine.get({ instance: 'permit/A' })).data.fee, 42);
  await outbox.close();
  assert.ok(log.some((line) => line.includes('the register is down')), log.join('\n'));
});

test('a named error takes its way, and nonsense is a failure', async () => {
  const outbox = engine.outbox({
    services: {
      ask_register({ instance }) {
        if (instance.endsWith('B')) return () => 1;
        throw new ServiceError('unknown', 'nobody of that name');
      },
    },
  });
  await start('A');
  await accept('A');
  await start('B');
  await accept('B');
  assert.equal(await outbox.deliver(), 2);
  assert.deepEqual(await states('A'), ['checking']);
  assert.deepEqual(await states('B'), ['register']);
  assert.throws(() => engine.outbox({ services: { x: 3 } }), { code: 'misuse' });
});

test('a handler cannot stop the outbox that runs it', async () => {
  let error;
  const outbox = engine.outbox({
    services: {
      async ask_register() {
        await outbox.close().catch((caught) => { error = caught; });
        return {};
      },
    },
  });
  await start('A');
  await accept('A');
  await outbox.deliver();
  assert.match(error.message, /cannot stop the outbox/);
});

test('whoever was asked is told that nobody waits for the answer', async () => {
  const withdrawn = [];
  const outbox = engine.outbox({
    services: { ask_register() { throw new Error('the register is down'); } },
    withdrawals: { ask_register: (request) => withdrawn.push(request.handler) },
  });
  await start('A');
  await accept('A');
  await outbox.deliver();
  await engine.cancel({ instance: 'permit/A', actor: { id: 's', roles: ['operator'] }, reason: 'withdrawn' });
  await outbox.deliver();
  assert.deepEqual(withdrawn, ['ask_register']);
  await outbox.close();
});

test('steps that are under way are committed together, and closing waits for them', async () => {
  for (const commits of [undefined, 0, 2]) {
    const other = await Engine.open('memory', { commits });
    await other.registerFolder({ folder: procedures });
    await other.registerProcedure({ file: permit });
    const keys = Array.from({ length: 50 }, (_, i) => `${i}`);
    const given = (key) => ({ instance: `permit/${key}`, item: 1, actor: officer });
    await Promise.all(keys.map((key) => other.start({ procedure: 'permit', key, actor: clerk, data: { applicant: 'A' } })));
    const claims = keys.map((key) => other.claim(given(key)));
    const planned = await other.claim({ ...given('0'), plan: true }).catch((error) => error);
    assert.ok(Array.isArray(planned.records) || planned instanceof Refused, `${planned}`);
    await assert.rejects(other.claim({ instance: 'permit/0', item: 1, actor: clerk }), { reasonCode: 'not-your-role' });
    await assert.rejects(other.claim({ instance: 'permit/none', item: 1, actor: clerk }), { code: 'not_found' });
    await assert.rejects(other.claim({ instance: 'permit/0', actor: clerk }), { code: 'misuse', message: /'item' is missing/ });
    const releases = keys.map((key) => other.release(given(key)));
    await other.close();
    for (const done of await Promise.all(claims)) assert.equal(done.revision, 2);
    for (const done of await Promise.allSettled(releases)) assert.equal(done.status, 'fulfilled');
    await assert.rejects(other.claim(given('0')), { code: 'misuse', message: /closed/ });
  }
});

test('threads deliver and run what is due', async () => {
  const notices = [];
  await start('A');
  now = Date.parse('2026-06-09T09:00:00+07:00');
  const timer = engine.timer({ poll: 5 });
  const outbox = engine.outbox({ notices: (told) => notices.push(told.text), threads: 2, poll: 5 });
  const deadline = Date.now() + 20_000;
  while (notices.length < 2 && Date.now() < deadline) await new Promise((resolve) => { setTimeout(resolve, 5); });
  await outbox.close();
  await timer.close();
  assert.ok(notices.includes('Nguyễn Văn A is due tomorrow'), notices.join());
});

test('many calls are under way at once, and the event loop goes on', async () => {
  const keys = Array.from({ length: 200 }, (_, i) => `${i}`);
  const turns = await turnsDuring(Promise.all(keys.map(start)));
  assert.ok(turns >= 1, `${turns} turns`);
  assert.equal((await engine.standingCounts({ procedure: 'permit' }))[0].tokens, 200);
});

test('workers have engines of their own on one store, and end without each other', async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workflow-'));
  const store = `sqlite:${path.join(folder, 'dossiers.db')}`;
  const first = await Engine.open(store);
  await first.registerFolder({ folder: procedures });
  await first.registerProcedure({ file: permit });
  const script = `
    const { parentPort, workerData } = require('node:worker_threads');
    const { Engine } = require('libworkflow');
    (async () => {
      const engine = await Engine.open(workerData.store, { log: () => {} });
      const outbox = engine.outbox({ services: { ask_register: async () => ({ number: workerData.name }) }, threads: 1, poll: 5 });
      for (let i = 0; i < 20; ++i) {
        const key = workerData.name + '-' + i;
        await engine.start({ procedure: 'permit', key, actor: { id: 'an', roles: ['clerk'] }, data: { applicant: 'A' } });
        await engine.perform({ instance: 'permit/' + key, action: 'accept', actor: { id: 'binh', roles: ['officer'] }, fields: { fee: 1 } });
      }
      if (workerData.name === 3) process.exit(); // with its handlers under way
      await outbox.close();
      await engine.close();
      parentPort.postMessage('done');
    })();`;
  const workers = [0, 1, 2, 3].map((name) => new Worker(script, {
    eval: true, workerData: { store, name }, env: { ...process.env, NODE_PATH: process.env.NODE_PATH },
  }));
  const codes = await Promise.all(workers.map((worker) => new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', resolve);
  })));
  assert.deepEqual(codes.slice(0, 3), [0, 0, 0]);
  // What a worker has left to be delivered others deliver; the environment of this one goes on.
  const outbox = first.outbox({ services: { ask_register: () => ({ number: 7 }) } });
  await outbox.deliver();
  const counts = await first.standingCounts({ procedure: 'permit' });
  assert.equal(counts.reduce((all, one) => all + one.tokens, 0), 80);
  await first.close();
  fs.rmSync(folder, { recursive: true });
});

test('every call of the interface is a method, with a type', () => {
  const types = fs.readFileSync(require.resolve('libworkflow/index.d.ts'), 'utf8');
  for (const name of native.calls()) {
    const method = name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase());
    assert.equal(typeof engine[method], 'function', method);
    assert.match(types, new RegExp(`\\*/\\n  ${method}\\(`), `${method} has no type, or says nothing`);
  }
  if (Symbol.asyncDispose) assert.equal(typeof engine[Symbol.asyncDispose], 'function');
});

test('a simulation gives the same text on any number of threads, off the event loop', async () => {
  const few = { folder: procedures, procedure: 'service_onboarding', dossiers: 100, replications: 4 };
  let one;
  const turns = await turnsDuring(simulate(few).then((result) => { one = result; }));
  assert.ok(turns >= 1, `${turns} turns`);
  assert.equal(one.json, (await simulate({ ...few, threads: 2 })).json);
  assert.ok(one.figures.states.length > 0);
  const place = { folder: procedures, procedure: 'service_onboarding' };
  const compared = await compareSimulations({ before: place, after: place, dossiers: 20, replications: 2 });
  assert.equal(compared.figures.differences[0].change, 0);
  await assert.rejects(calibrate({ ...place, log: '/nowhere.xes' }), { code: 'misuse' });
  await assert.rejects(simulate({ folder: procedures, procedure: 'none_such' }), { code: 'misuse' });
});

test('nothing is left open', async () => {
  await engine.close();
  const script = `
    const { Engine } = require('libworkflow');
    const native = require('libworkflow/native.node');
    async function once() {
      const engine = await Engine.open('memory', { clock: () => new Date(${morning}) });
      const outbox = engine.outbox({ services: { x: () => ({}) } });
      await engine.now();
      await engine.close();
    }
    (async () => {
      for (let i = 0; i < 50; ++i) await once();
      for (let i = 0; i < 10; ++i) { gc(); await new Promise((resolve) => { setTimeout(resolve, 5); }); }
      console.log(native.handles());
    })();`;
  const said = execFileSync(process.execPath, ['--expose-gc', '-e', script], { encoding: 'utf8' });
  assert.ok(Number(said) <= 2, `${said} handles of 100 are left`); // what the last turn still refers to
});

test('a process that ends in the middle ends', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'workflow-'));
  const script = `
    const { Engine } = require('libworkflow');
    (async () => {
      const engine = await Engine.open('sqlite:${folder}/dossiers.db');
      await engine.registerFolder({ folder: ${JSON.stringify(procedures)} });
      await engine.registerProcedure({ file: ${JSON.stringify(permit)} });
      engine.outbox({ services: { ask_register: () => new Promise(() => {}) }, threads: 3 });
      engine.timer();
      await engine.start({ procedure: 'permit', key: 'A', actor: ${JSON.stringify(clerk)}, data: { applicant: 'A' } });
      await engine.perform({ instance: 'permit/A', action: 'accept', actor: ${JSON.stringify(officer)}, fields: { fee: 1 } });
      setTimeout(() => { console.log('at its end'); process.exit(0); }, 300);
    })();`;
  try {
    const said = execFileSync(process.execPath, ['-e', script], { encoding: 'utf8', timeout: 60_000 });
    assert.equal(said, 'at its end\n');
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});
