'use strict';
// The same steps as speed.cpp from Node.js. usage: speed.js PROCEDURES PERMIT STORE STEPS [IN_FLIGHT]

const { performance } = require('node:perf_hooks');
const { Engine } = require('libworkflow');

const [procedures, permit, store, steps, inFlight = '1'] = process.argv.slice(2);
const actor = { id: 'binh', roles: ['officer'] };

/** Claims and releases one dossier's item. */
async function walk(engine, key, many) {
  const given = { instance: `permit/${key}`, item: 1, actor };
  for (let i = 0; i < many; ++i) await (i % 2 === 0 ? engine.claim(given) : engine.release(given));
}

async function main() {
  const engine = await Engine.open(store);
  await engine.registerFolder({ folder: procedures });
  await engine.registerProcedure({ file: permit });
  const keys = Array.from({ length: Number(inFlight) }, (_, i) => `${i}`);
  for (const key of keys) {
    await engine.start({ procedure: 'permit', key, actor: { id: 'an', roles: ['clerk'] }, data: { applicant: 'A' } });
  }
  const each = Math.floor(Number(steps) / keys.length / 2) * 2;
  await walk(engine, keys[0], Math.floor(each / 20) * 2);
  const begin = performance.now();
  await Promise.all(keys.map((key) => walk(engine, key, each)));
  console.log((performance.now() - begin) / 1000 / (each * keys.length) * Number(steps));
  await engine.close();
}
main();
