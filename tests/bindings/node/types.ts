// What a TypeScript host may write, and what it may not: compiled, never run.
import {
  Actor, Engine, Refused, ServiceError, ServiceRequest, WorkflowError, calibrate, compareSimulations, simulate, version,
} from 'libworkflow';

const clerk: Actor = { id: 'an', roles: ['clerk'] };

async function host(): Promise<void> {
  const engine = await Engine.open('memory', { clock: () => new Date(0), log: (level) => level === 'warning' });
  const outbox = engine.outbox({
    services: {
      ask_register: async (request: ServiceRequest) => {
        if (request.attempt > 3) throw new ServiceError('unknown', 'nobody of that name');
        return { number: 42 };
      },
    },
    withdrawals: { ask_register: (request) => request.key },
    notices: (notice) => notice.roles.length,
    threads: 1,
  });
  const timer = engine.timer({ poll: 100 });
  try {
    const done = await engine.start({ procedure: 'permit', key: 'A', actor: clerk, data: { applicant: 'A' }, request: 'r' });
    const revision: number = done.revision;
    const page = await engine.worklist({ actor: clerk, overdue: true, limit: 10 });
    const due: Date | null = page.items[0].due;
    await engine.perform({ instance: done.instance, action: 'accept', actor: clerk, fields: { fee: 10n }, plan: true });
    await engine.statistics({ procedure: 'permit', from: new Date(0), until: due ?? new Date(revision) });
  } catch (error) {
    if (error instanceof Refused) error.permitted.map((one) => one.action);
    else if (error instanceof WorkflowError && error.code === 'conflict') throw error;
  }
  const place = { folder: 'procedures', procedure: 'permit' };
  const text: string = (await simulate({ ...place, dossiers: 10, until: new Date(0) })).json;
  await compareSimulations({ before: place, after: { ...place, scenario: text }, replications: 2 });
  await calibrate({ ...place, log: 'log.xes' });
  await outbox[Symbol.asyncDispose]();
  timer[Symbol.dispose]();
  await engine.close();
}

async function mistakes(engine: Engine): Promise<void> {
  // @ts-expect-error: the actor is missing
  await engine.start({ procedure: 'permit', key: 'A' });
  // @ts-expect-error: an action is a text
  await engine.perform({ instance: 'permit/A', action: 1, actor: clerk });
  // @ts-expect-error: no such argument
  await engine.get({ instance: 'permit/A', sensitiv: true });
  // @ts-expect-error: an instant is a Date
  await engine.archive({ file: 'a', before: '2026-01-01' });
  // @ts-expect-error: it is opened with open()
  new Engine();
  // @ts-expect-error: no such code
  if (new WorkflowError().code === 'lost') return;
}

export { host, mistakes, version };
