import { atMost, type BenchCase, type BenchRow, shownRows } from '../case.ts';
import { cloudRun, type FunctionRun } from '../cloud-run.ts';
import { costOfMillion } from '../cost.ts';
import { localTables } from '../local-tables.ts';

const MOST_ROWS = 100_000;
/** Requests that do not depend on the rows: states, progress, ids, and one query at least for each of 16 shards of three days. */
const CONSTANT_REQUESTS = 100;

/** The functions that import a ledger and match a statement, with DynamoDB's stand-in in another process. */
export const matcher: BenchCase = {
  name: 'matcher',
  async run({ files, folder, sizes }) {
    const rows = Math.min(MOST_ROWS, Math.max(...sizes));
    const tables = await localTables();
    try {
      const { ledgerRows, imported, matched } = await cloudRun(tables, files, folder, rows);
      return [
        {
          title: `functions, ${shownRows(rows)} statement rows × ${shownRows(ledgerRows)} ledger rows in DynamoDB`,
          rows: [row('import of the ledger', imported), row('matcher', matched)],
          verdicts: [
            atMost('peak memory of the matcher', matched.usage.peakMegabytes, 512, 'MB'),
            {
              goal: `requests of the matcher ≤ rows / 20 + ${CONSTANT_REQUESTS}`,
              found: String(matched.total.requests),
              reached: matched.total.requests <= rows / 20 + CONSTANT_REQUESTS,
            },
          ],
          notes: [costOfMillion('import of the ledger', imported, ledgerRows), costOfMillion('matcher', matched, rows)],
        },
      ];
    } finally {
      await tables.stop();
    }
  },
};

function row(program: string, { usage, total, resultBytes, figures }: FunctionRun): BenchRow {
  const speeds = ['parse', 'query', 'match', 'write'].flatMap((step) => {
    const speed = figures[`${step}RowsPerSecond`];
    return speed === undefined ? [] : [`${step} ${shownRows(speed)}`];
  });
  const remark = `${total.requests} requests, ${Math.round(total.readUnits)} read and ${Math.round(total.writeUnits)} write units${resultBytes === 0 ? '' : `, ${Math.round(resultBytes / 1_000)} kB to S3`}${speeds.length === 0 ? '' : `; rows/s: ${speeds.join(', ')}`}`;
  return { program, usage, remark };
}
