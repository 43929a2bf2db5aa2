import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FailedCandidate, type PayingRow, pairClosest } from '../../lib/core/closest-pairs.ts';
import { StatementReader } from '../../lib/core/statement.ts';
import { openRows } from '../../lib/files/open-rows.ts';
import { randomOf } from '../../lib/local/sample/random.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { cloudRun } from './cloud-run.ts';
import { type DataFiles, dataFiles, OPERATOR_CODE } from './data-files.ts';
import { localTables } from './local-tables.ts';

const SMALL = 300;
const LARGE = 3_000;
const GROWTH = LARGE / SMALL;

/** A count of work held against a limit. No clock is looked at: such a check fails for a reason, or not at all. */
interface Check {
  readonly what: string;
  readonly found: number;
  readonly limit: number;
}

/** Counts the work of small inputs. @throws Error where a count exceeds its limit */
export async function runSmoke(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'reconciliation-smoke-'));
  try {
    const files = dataFiles(folder);
    const checks = [...pairingChecks(), ...(await readingChecks(files)), ...(await cloudChecks(files, folder))];
    for (const { what, found, limit } of checks) console.log(`${found <= limit ? 'ok' : 'TOO MUCH'}  ${what}: ${found.toFixed(2)} (at most ${limit.toFixed(2)})`);
    const exceeded = checks.filter(({ found, limit }) => !(found <= limit));
    if (exceeded.length > 0) throw new Error(`more work than allowed: ${exceeded.map(({ what }) => what).join('; ')}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** How often pairing looks at a time: n log n. */
function pairingChecks(): readonly Check[] {
  const looks = (count: number) => {
    const random = randomOf(1, 1);
    let seen = 0;
    const timed = (time: number) => () => {
      seen += 1;
      return time;
    };
    const rows = Array.from({ length: count }, (_, number) => withGetter<PayingRow>({ number, payid: `PP${number}`, time: 0 }, 'time', timed(random.below(86_400))));
    const failed = Array.from({ length: count }, (_, index) => withGetter<FailedCandidate>({ transId: `T${index}`, created: 0 }, 'created', timed(random.below(86_400) * 1e6)));
    if (pairClosest(rows, failed).length !== count) throw new Error('a payment was left over');
    return seen;
  };
  return [1_000, 10_000].map((count) => ({ what: `looks at a time of ${count} equal payments / n log n`, found: looks(count) / (count * Math.log2(count)), limit: 12 }));
}

function withGetter<Item extends object>(item: Item, name: keyof Item, get: () => number): Item {
  return Object.defineProperty(item, name, { get });
}

/** How many rows of a plain export have to be decoded, and how often a byte of it is read. */
async function readingChecks(files: DataFiles): Promise<readonly Check[]> {
  const path = await files.statementCsv(LARGE);
  const { blocks, ...conventions } = await openRows({ kind: 'path', path });
  const reader = new StatementReader(operatorNamed(OPERATOR_CODE), conventions);
  let decoded = 0;
  for await (const block of blocks ?? []) {
    const row = (index: number) => {
      decoded += 1;
      return block.row(index);
    };
    const { bytes, rowCount, rowEnds, starts, ends, plain } = block;
    reader.readBlock({ bytes, rowCount, rowEnds, starts, ends, plain, row });
  }
  // Set aside are 3 % of the rows, and reversals have a sign: these are read as texts.
  return [{ what: 'share of the rows of a plain csv that become texts', found: decoded / reader.count, limit: 0.05 }];
}

/** Requests and capacity of the import and of the matcher, and how they grow. */
async function cloudChecks(files: DataFiles, folder: string): Promise<readonly Check[]> {
  const tables = await localTables();
  try {
    const small = await cloudRun(tables, files, folder, SMALL);
    const large = await cloudRun(tables, files, folder, LARGE);
    const capacity = ({ total: { readUnits, writeUnits } }: typeof small.matched) => readUnits + writeUnits;
    return [
      { what: `requests of the matcher for ${LARGE} rows`, found: large.matched.total.requests, limit: LARGE / 20 + 100 },
      { what: `requests of the matcher, ${LARGE} rows to ${SMALL}`, found: large.matched.total.requests / small.matched.total.requests, limit: 1.2 * GROWTH },
      { what: `capacity of the matcher, ${LARGE} rows to ${SMALL}`, found: capacity(large.matched) / capacity(small.matched), limit: 1.2 * GROWTH },
      { what: `requests of the import, ${LARGE} rows to ${SMALL}`, found: large.imported.total.requests / small.imported.total.requests, limit: 1.2 * GROWTH },
      { what: 'write units of the import for each ledger row', found: large.imported.total.writeUnits / large.ledgerRows, limit: 3 },
      { what: 'read units of the matcher for each ledger row', found: large.matched.total.readUnits / large.ledgerRows, limit: 1 },
    ];
  } finally {
    await tables.stop();
  }
}
