import { readMatchCall, USAGE, UsageError } from '../lib/cli/command-line.ts';
import { runMatch } from '../lib/cli/match-command.ts';
import { matchReport } from '../lib/cli/match-report.ts';
import { jsonResult } from '../lib/cli/match-result.ts';
import { progressLine } from '../lib/cli/progress-line.ts';

const EXIT_REFUSED = 1;
const EXIT_USAGE = 2;

async function main(words: readonly string[]): Promise<number> {
  if (words.includes('--help') || words.includes('-h')) {
    console.log(USAGE);
    return 0;
  }
  const progress = progressLine(process.stderr);
  try {
    const call = readMatchCall(words);
    const result = await runMatch(call, progress.onProgress);
    progress.clear();
    const refused = result.kind !== 'reconciled';
    if (call.json) console.log(JSON.stringify(jsonResult(result)));
    else (refused ? console.error : console.log)(matchReport(result));
    return refused ? EXIT_REFUSED : 0;
  } catch (error) {
    progress.clear();
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
}

process.exitCode = await main(process.argv.slice(2));
