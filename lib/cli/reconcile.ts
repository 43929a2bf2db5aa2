import { type MatchCall, type ProfileCall, readCall, USAGE, UsageError, type VerifyCall } from './command-line.ts';
import { progressLine } from './progress-line.ts';
import { remoteCommand, remoteUsage } from './remote/remote-commands.ts';

// Each command is loaded when it is called: a match of a small file takes less time than loading the others.

const EXIT_REFUSED = 1;
const EXIT_USAGE = 2;

/** Runs a call of the command line. Gives its exit code. */
export async function reconcile(words: readonly string[]): Promise<number> {
  const remote = remoteCommand(words[0]);
  if (remote !== undefined) return remote(words.slice(1));
  if (words.includes('--help') || words.includes('-h')) {
    console.log(`${USAGE}\n\n${await remoteUsage()}`);
    return 0;
  }
  try {
    const call = readCall(words);
    return await run(call);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${USAGE}`);
    return EXIT_USAGE;
  }
}

function run(call: MatchCall | ProfileCall | VerifyCall): Promise<number> {
  switch (call.command) {
    case 'match':
      return match(call);
    case 'profile':
      return profile(call);
    case 'verify-journal':
      return verify(call);
    default:
      return call satisfies never;
  }
}

async function match(call: MatchCall): Promise<number> {
  const progress = progressLine(process.stderr);
  try {
    const { runMatch } = await import('./match-command.ts');
    const [result, { jsonResult }, { matchReport }] = await Promise.all([runMatch(call, progress.onProgress), import('./match-result.ts'), import('./match-report.ts')]);
    progress.clear();
    return shown(result.kind === 'reconciled', call.json ? jsonResult(result) : undefined, () => matchReport(result));
  } catch (error) {
    progress.clear();
    throw error;
  }
}

async function profile(call: ProfileCall): Promise<number> {
  const { runProfile } = await import('./profile-command.ts');
  const { profileJson, profileReport } = await import('./profile-report.ts');
  const result = await runProfile(call);
  return shown(result.kind === 'profiled', call.json ? profileJson(result) : undefined, () => profileReport(result));
}

async function verify(call: VerifyCall): Promise<number> {
  const { verifyJournal, verifyReport } = await import('./verify-journal-command.ts');
  const result = await verifyJournal(call);
  return shown(result.kind === 'holds', call.json ? result : undefined, () => verifyReport(result));
}

/** What came of it: JSON on the output, or a report that is on the error stream where the file was refused. */
function shown(taken: boolean, json: object | undefined, report: () => string): number {
  if (json !== undefined) console.log(JSON.stringify(json));
  else (taken ? console.log : console.error)(report());
  return taken ? 0 : EXIT_REFUSED;
}
