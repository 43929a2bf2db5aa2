import { atMost, type BenchCase, type BenchContext, type BenchResult, shownRows } from '../case.ts';
import { measure, measureInTurns, type Program, type Usage } from '../measure.ts';

const HEADER = 1;
/** Larger workbooks take SheetJS a minute each: one run tells enough. */
const MANY_ROWS = 200_000;
const SUBJECTS = 'test/bench/subjects';

/** Rows of a workbook, streamed; shared and inline strings. */
export const xlsxRows: BenchCase = {
  name: 'xlsx',
  async run(context) {
    const results: BenchResult[] = [];
    for (const rows of context.sizes) for (const texts of ['shared', 'inline'] as const) results.push(await workbook(context, rows, texts));
    return results;
  },
};

async function workbook({ files, folder, runs }: BenchContext, rows: number, texts: 'shared' | 'inline'): Promise<BenchResult> {
  const path = await files.statementXlsx(rows, texts);
  const program = (name: string, file: string): Program => ({ name, module: `${SUBJECTS}/${file}.ts`, args: [path] });
  const usages = await measureInTurns([program('ours', 'our-rows'), program('inflate only', 'inflate-sheet')], runs, folder);
  const ours = found(usages, 'ours');
  const floor = found(usages, 'inflate only');
  const streaming = await measure(program('excel-row-stream', 'excel-row-stream-rows'), folder);
  const sheetJs = program('SheetJS', 'sheetjs-rows');
  const whole = rows > MANY_ROWS ? await measure(sheetJs, folder) : found(await measureInTurns([sheetJs], runs, folder), 'SheetJS');
  for (const { output } of [ours, streaming]) if (Number(output) !== rows + HEADER) throw new Error(`${output.trim()} rows were read of ${rows + HEADER}`);
  return {
    title: `xlsx, ${shownRows(rows)} × 7 cells, ${texts} strings`,
    rows: [
      { program: 'ours', usage: ours },
      { program: 'inflate only (yauzl)', usage: floor },
      { program: 'SheetJS 0.20.3, dense', usage: whole, remark: sheetJsRemark(Number(whole.output), rows, runs) },
      { program: 'excel-row-stream 1.4', usage: streaming, ...(runs > 1 ? { remark: 'one run' } : {}) },
    ],
    // Goals are for large files: the start of a process is most of a small one's time.
    verdicts:
      rows < MANY_ROWS
        ? []
        : [
            atMost('CPU / inflate only', ours.cpuSeconds / floor.cpuSeconds, 4, '×'),
            atMost('peak memory', ours.peakMegabytes, 220, 'MB'),
            atMost('CPU / excel-row-stream', ours.cpuSeconds / streaming.cpuSeconds, 0.34, '×'),
          ],
  };
}

/** A sheet of more characters than a text of the language may have comes out of SheetJS as an empty one, without an error. */
function sheetJsRemark(found: number, rows: number, runs: number): string {
  return [...(found === rows + HEADER ? [] : [`read ${found} rows`]), ...(rows > MANY_ROWS && runs > 1 ? ['one run'] : [])].join(', ');
}

function found(usages: ReadonlyMap<string, Usage>, name: string): Usage {
  const usage = usages.get(name);
  if (usage === undefined) throw new Error(`nothing was measured of ${name}`);
  return usage;
}
