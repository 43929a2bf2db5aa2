import { writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';

/**
 * Tries many damaged files, messages and stored items, each made from its number alone. The only outcomes are the documented ones; whatever else comes is
 * written to the temporary folder, to be kept under test/fuzz/crashes once it is mended.
 * FUZZ_COUNT: how many (20,000 where absent); FUZZ_FIRST: the first number.
 */
const COUNT = Number(process.env['FUZZ_COUNT'] ?? 20_000);
const FIRST = Number(process.env['FUZZ_FIRST'] ?? 0);
/** No input of ours takes a hundredth of it: one that does not come back hangs. */
const PATIENCE_MS = 60_000;

const report = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('begun'), seed: z.number() }),
  z.object({ kind: z.literal('outcome'), seed: z.number(), outcome: z.string() }),
  z.object({ kind: z.literal('crash'), seed: z.number(), made: z.string(), input: z.string(), told: z.string() }),
]);

const outcomes = new Map<string, number>();
let failures = 0;

function failed(seed: number, what: string): void {
  failures += 1;
  console.error(`\n${seed}: ${what}`);
}

function tryRange(first: number, count: number): Promise<void> {
  return new Promise((resolve) => {
    if (count <= 0) return resolve();
    const worker = new Worker(new URL('./fuzz-worker.ts', import.meta.url), { workerData: { first, count }, stdout: true });
    // What functions log of each refusal is not the point here.
    worker.stdout.resume();
    let seed = first;
    let hanging: NodeJS.Timeout | undefined;
    const goOn = () => resolve(tryRange(seed + 1, first + count - seed - 1));
    worker.on('message', (message: unknown) => {
      const told = report.parse(message);
      seed = told.seed;
      clearTimeout(hanging);
      switch (told.kind) {
        case 'begun':
          hanging = setTimeout(() => {
            failed(seed, 'did not come back');
            void worker.terminate();
          }, PATIENCE_MS);
          return;
        case 'outcome':
          return void outcomes.set(told.outcome, (outcomes.get(told.outcome) ?? 0) + 1);
        case 'crash': {
          const path = join(tmpdir(), `fuzz-${told.seed}.bin`);
          writeFileSync(path, Buffer.from(told.input, 'base64'));
          return failed(told.seed, `${told.made}, kept as ${path}\n${told.told}`);
        }
        default:
          return told satisfies never;
      }
    });
    worker.on('error', (error) => failed(seed, `ended the thread\n${error.stack ?? error.message}`));
    worker.on('exit', (code) => {
      clearTimeout(hanging);
      if (code === 0) resolve();
      else goOn();
    });
  });
}

const lanes = Math.max(1, Math.min(4, availableParallelism()));
const share = Math.ceil(COUNT / lanes);
await Promise.all(Array.from({ length: lanes }, (_, lane) => tryRange(FIRST + lane * share, Math.min(share, COUNT - lane * share))));
for (const [outcome, count] of [...outcomes].sort(([, one], [, other]) => other - one)) console.log(`${String(count).padStart(7)}  ${outcome}`);
const tried = [...outcomes.values()].reduce((sum, count) => sum + count, 0);
console.log(`${tried} of ${COUNT} inputs came to a documented outcome, ${failures} to another`);
process.exitCode = failures === 0 && tried === COUNT ? 0 : 1;
