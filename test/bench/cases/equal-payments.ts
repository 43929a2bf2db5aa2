import * as z from 'zod';
import { atMost, type BenchCase } from '../case.ts';
import { measureInTurns, type Program } from '../measure.ts';

const ROWS = 10_000;
const output = z.object({ correspondents: z.number(), cpuSeconds: z.number() });

/** Ten thousand failed candidates and as many rows of one phone and amount, against the same rows with distinct phones. */
export const equalPayments: BenchCase = {
  name: 'equal',
  async run({ folder, runs }) {
    const program = (kind: string): Program => ({ name: kind, module: 'test/bench/subjects/equal-payments.ts', args: [kind, String(ROWS)] });
    const usages = await measureInTurns([program('equal'), program('distinct')], runs, folder);
    const [equal, distinct] = [usages.get('equal'), usages.get('distinct')];
    if (equal === undefined || distinct === undefined) throw new Error('nothing was measured');
    const alone = [equal, distinct].map((usage) => output.parse(JSON.parse(usage.output)).cpuSeconds);
    const [equalAlone = Number.NaN, distinctAlone = Number.NaN] = alone;
    return [
      {
        title: '10,000 failed candidates × 10,000 rows of one amount',
        rows: [
          { program: 'one phone', usage: equal, remark: `matching alone ${equalAlone.toFixed(2)} s CPU` },
          { program: 'distinct phones', usage: distinct, remark: `matching alone ${distinctAlone.toFixed(2)} s CPU` },
        ],
        verdicts: [atMost('CPU of the run', equal.cpuSeconds / distinct.cpuSeconds, 3, '×'), atMost('CPU of the matching alone', equalAlone / distinctAlone, 3, '×')],
      },
    ];
  },
};
