import * as z from 'zod';
import { atMost, type BenchCase, type BenchContext, type BenchResult, type BenchRow, shownRows, type Verdict } from '../case.ts';
import { OPERATOR_CODE } from '../data-files.ts';
import { measure, measureInTurns, type Program, type Usage } from '../measure.ts';

const counts = z.record(z.string(), z.number());
const lists = z.object({ classes: z.record(z.string(), z.array(z.unknown())) });

interface Measured {
  readonly rows: number;
  readonly ours: Usage;
  readonly peer: Usage;
}

/** `reconcile match` from two csv files to classes, against DuckDB on the same two; and how it grows. */
export const matchFiles: BenchCase = {
  name: 'match',
  async run(context) {
    const measured: Measured[] = [];
    for (const rows of context.sizes) measured.push(await match(context, rows));
    return [...measured.map(result), ...growth(measured)];
  },
};

async function match({ files, folder, runs }: BenchContext, rows: number): Promise<Measured> {
  const statement = await files.statementCsv(rows);
  const ledger = await files.ledgerCsv(rows);
  const { start, end } = files.bounds;
  const call = ['match', '--operateur', OPERATOR_CODE, '--statement', statement, '--ledger', ledger, '--debut', start, '--fin', end];
  const ours: Program = { name: 'ours', module: 'bin/reconcile.ts', args: call };
  const peer: Program = { name: 'DuckDB', module: 'test/bench/subjects/duckdb-match.ts', args: [statement, ledger, start, end] };
  checkSameClasses((await measure({ ...ours, args: [...call, '--json'] }, folder)).output, (await measure(peer, folder)).output);
  const usages = await measureInTurns([ours, peer], runs, folder);
  const [own, other] = [usages.get('ours'), usages.get('DuckDB')];
  if (own === undefined || other === undefined) throw new Error('nothing was measured');
  return { rows, ours: own, peer: other };
}

/** A benchmark of two programs that find different things compares nothing. */
function checkSameClasses(ourOutput: string, peerOutput: string): void {
  const { classes } = lists.parse(JSON.parse(ourOutput));
  const size = (name: string) => classes[name]?.length ?? 0;
  const peer = counts.parse(JSON.parse(peerOutput));
  const ours: Readonly<Record<string, number>> = {
    rapproche: size('rapproche'),
    montant_different: size('montant_different'),
    doublon_operateur: size('doublon_operateur'),
    doublon_cinetpay: size('doublon_cinetpay'),
    absent_operateur: size('absent_operateur'),
    reste: size('correspondent') + size('not_correspondent'),
  };
  for (const [name, count] of Object.entries(ours)) if ((peer[name] ?? 0) !== count) throw new Error(`${name}: we find ${count}, DuckDB ${peer[name] ?? 0}`);
}

function result({ rows, ours, peer }: Measured): BenchResult {
  const isLarge = rows >= 1_000_000;
  return {
    title: `match, ${shownRows(rows)} statement rows × ${shownRows(Math.round(1.2 * rows))} ledger rows, csv to classes`,
    rows: [
      { program: 'ours', usage: ours },
      { program: 'DuckDB 1.5', usage: peer },
    ],
    verdicts: isLarge
      ? [
          atMost('wall / DuckDB (goal)', ours.wallSeconds / peer.wallSeconds, 1, '×'),
          atMost('wall / DuckDB (must)', ours.wallSeconds / peer.wallSeconds, 2, '×'),
          atMost('CPU / DuckDB', ours.cpuSeconds / peer.cpuSeconds, 2, '×'),
          atMost('peak memory / DuckDB', ours.peakMegabytes / peer.peakMegabytes, 1.5, '×'),
        ]
      : [],
  };
}

function growth(measured: readonly Measured[]): readonly BenchResult[] {
  const largest = measured.at(-1);
  const tenth = measured.at(-2);
  if (largest === undefined || tenth === undefined || tenth.rows < 100_000) return [];
  const row = ({ rows, ours }: Measured): BenchRow => ({ program: `ours, ${shownRows(rows)} rows`, usage: ours });
  const verdicts: readonly Verdict[] = [
    atMost('CPU', largest.ours.cpuSeconds / tenth.ours.cpuSeconds, 12, '×'),
    atMost('wall', largest.ours.wallSeconds / tenth.ours.wallSeconds, 12, '×'),
    atMost('peak memory', largest.ours.peakMegabytes / tenth.ours.peakMegabytes, 12, '×'),
  ];
  return [{ title: `growth, ${shownRows(tenth.rows)} → ${shownRows(largest.rows)} rows`, rows: [row(tenth), row(largest)], verdicts }];
}
