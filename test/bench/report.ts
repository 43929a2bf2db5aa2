import type { BenchResult } from './case.ts';

/** The results as a page: one table a case, with what was to be reached under it. */
export function markdown(results: readonly BenchResult[]): string {
  return results.map(section).join('\n');
}

function section({ title, rows, verdicts, notes = [] }: BenchResult): string {
  const lines = rows.map(
    ({ program, usage, remark = '' }) => `| ${program} | ${usage.cpuSeconds.toFixed(2)} | ${usage.wallSeconds.toFixed(2)} | ${Math.round(usage.peakMegabytes)} | ${remark} |`,
  );
  const goals = verdicts.map(({ goal, found, reached }) => `- ${goal}: **${found}** ${reached ? '✓' : '✗ missed'}`);
  return [`### ${title}`, '', '| program | CPU s | wall s | peak MB | |', '|---|---|---|---|---|', ...lines, '', ...goals, ...notes.map((note) => `- ${note}`), ''].join('\n');
}
