import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { trialOf } from './inputs.ts';
import { ledgerOutcome, messageOutcome, statementOutcome } from './outcomes.ts';

/** `npm run test:fuzz` tries 20,000 and more; these are the first of them. */
const INPUTS = Number(process.env['FUZZ_BOUNDED_COUNT'] ?? 1_200);
const PART = 200;
const CRASHES = new URL('./crashes/', import.meta.url);

const DOCUMENTED =
  /^(unreadable: (empty|not-a-table|truncated|corrupt|encrypted|no-sheet|too-large|unsupported)|refused: (headers|account|bad-rows|sheet)|reconciled|ledger read|ledger without its columns|message (taken|refused)|item (taken|refused): (tache|operator|transaction))$/u;

beforeEach(() => {
  // What functions log of each refusal is not the point here.
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('a damaged file, message or stored item', () => {
  const parts = Array.from({ length: Math.ceil(INPUTS / PART) }, (_, index) => index * PART);

  it.each(parts)('of the numbers from %i on comes to an outcome that is documented, and never to another', async (first) => {
    const outcomes = new Set<string>();
    for (let seed = first; seed < Math.min(first + PART, INPUTS); seed += 1) {
      const trial = await trialOf(seed);
      const outcome = await trial.run().catch((error: unknown) => Promise.reject(new Error(`input ${seed}, ${trial.made}`, { cause: error })));
      expect(outcome, `input ${seed}`).toMatch(DOCUMENTED);
      outcomes.add(outcome);
    }
    expect(outcomes.size).toBeGreaterThan(8);
  });

  it('is the same one for the same number', async () => {
    for (const seed of [1, 2, 3, 4, 5, 6, 7, 8]) expect((await trialOf(seed)).input).toEqual((await trialOf(seed)).input);
  });
});

describe('what once came to something else', () => {
  it.each(readdirSync(CRASHES).filter((name) => !name.endsWith('.md')))('%s, comes to an outcome that is documented', async (name) => {
    const bytes = readFileSync(new URL(name, CRASHES));
    expect(await ledgerOutcome(bytes)).toMatch(DOCUMENTED);
    for (const code of ['OMCI', 'MTNCI', 'DDVAVISA', 'OMRDC'])
      expect(await statementOutcome({ bytes, operator: operatorNamed(code), ledger: [] }).catch(noLedger)).toMatch(DOCUMENTED);
    for (const queue of ['matching', 'drops', 'ledger', 'exports'] as const) expect(await messageOutcome(queue, bytes.toString('utf8'))).toMatch(DOCUMENTED);
  });
});

/** Sound statements want a ledger, which is none of the matter here. */
function noLedger(error: unknown): string {
  if (error instanceof Error && error.message === 'the header of the ledger was not found') return 'reconciled';
  throw error;
}
