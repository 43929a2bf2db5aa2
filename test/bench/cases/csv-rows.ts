import { atMost, type BenchCase, type BenchContext, type BenchResult, shownRows } from '../case.ts';
import { measureInTurns } from '../measure.ts';

const LARGEST = 5_000_000;
const SUBJECTS = 'test/bench/subjects';

/** Rows of a csv, streamed as texts; the largest size five times over as well. */
export const csvRows: BenchCase = {
  name: 'csv',
  async run(context) {
    const most = Math.max(...context.sizes);
    const sizes = most >= 1_000_000 ? [...context.sizes, LARGEST] : context.sizes;
    const results: BenchResult[] = [];
    for (const rows of sizes) results.push(await file(context, rows));
    return results;
  },
};

async function file({ files, folder, runs }: BenchContext, rows: number): Promise<BenchResult> {
  const path = await files.statementCsv(rows);
  const usages = await measureInTurns(
    [
      { name: 'ours', module: `${SUBJECTS}/our-rows.ts`, args: [path] },
      { name: 'csv-parse', module: `${SUBJECTS}/csv-parse-rows.ts`, args: [path] },
    ],
    runs,
    folder,
  );
  const ours = usages.get('ours');
  const peer = usages.get('csv-parse');
  if (ours === undefined || peer === undefined || ours.output !== peer.output) throw new Error(`rows read: ${ours?.output.trim()} and ${peer?.output.trim()}`);
  return {
    title: `csv, ${shownRows(rows)} rows`,
    rows: [
      { program: 'ours', usage: ours },
      { program: 'csv-parse 7', usage: peer },
    ],
    // Goals are for large files: the start of a process is most of a small one's time.
    verdicts: rows < 1_000_000 ? [] : [atMost('CPU / csv-parse', ours.cpuSeconds / peer.cpuSeconds, 0.5, '×'), atMost('peak memory', ours.peakMegabytes, 150, 'MB')],
  };
}
