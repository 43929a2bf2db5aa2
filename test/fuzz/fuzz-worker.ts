import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { trialOf } from './inputs.ts';

const { first, count } = z.object({ first: z.number(), count: z.number() }).parse(workerData);

/** Tells each seed before it is tried: whoever listens knows which one never came back. */
for (let seed = first; seed < first + count; seed += 1) {
  parentPort?.postMessage({ kind: 'begun', seed });
  const trial = await trialOf(seed);
  try {
    parentPort?.postMessage({ kind: 'outcome', seed, outcome: await trial.run() });
  } catch (error) {
    const told = error instanceof Error ? (error.stack ?? error.message) : String(error);
    parentPort?.postMessage({ kind: 'crash', seed, made: trial.made, input: trial.input.toString('base64'), told });
  }
}
