'use strict';
// Plays steps through the package of Node.js: see c/runner.c for the lines.

const readline = require('node:readline');
const { Engine, Refused, ServiceError, WorkflowError } = require('libworkflow');

let now = 0;
let engine;
let outbox;
let services = {};

/** As the other languages write it: instants in UTC. */
function written(value) {
  if (value instanceof Date) return value.toISOString().replace('.000Z', '+00:00').replace('Z', '+00:00');
  if (Array.isArray(value)) return value.map(written);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, written(member)]));
  }
  return value;
}

function print(...words) {
  process.stdout.write(words.join('\t') + '\n');
}

function answer(code, value) {
  print('answer', code, JSON.stringify(written(value ?? null)));
}

async function call(name, text) {
  try {
    if (engine === undefined) throw new WorkflowError(7, 'not open');
    answer(0, await engine.call(name, JSON.parse(text)));
  } catch (error) {
    if (error instanceof Refused) {
      answer(error.number, { code: error.reasonCode, reason: error.message });
    } else if (error instanceof WorkflowError) {
      answer(error.number, { message: error.message });
    } else {
      throw error;
    }
  }
}

function service(name, answers) {
  services[name] = async () => {
    const planned = answers.shift() ?? 'fail no more answers';
    if (planned.startsWith('fail ')) throw new Error(planned.slice(5));
    const parsed = JSON.parse(planned);
    if (parsed.error !== undefined) throw new ServiceError(parsed.error, parsed.text);
    return parsed.result;
  };
}

async function play([verb, ...words]) {
  switch (verb) {
    case 'open':
      engine = await Engine.open(words[0], { clock: () => new Date(now) });
      answer(0);
      break;
    case 'clock':
      now = Number(words[0]);
      break;
    case 'call':
      await call(words[0], words[1] ?? '{}');
      break;
    case 'outbox':
      services = {};
      outbox = undefined;
      answer(0);
      break;
    case 'service':
      service(words[0], words.slice(1));
      answer(0);
      break;
    case 'deliver':
      outbox ??= engine.outbox({ services, notices: (told) => print('notice', JSON.stringify(written(told))) });
      print('delivered', 0, await outbox.deliver());
      break;
    case 'crash':
      process.kill(process.pid, 'SIGKILL');
      break;
    default:
      process.exit(2);
  }
}

async function main() {
  for await (const line of readline.createInterface({ input: process.stdin })) await play(line.split('\t'));
  await engine?.close();
}

main();
