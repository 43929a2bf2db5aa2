import { OPERATORS } from '../core/catalogue.ts';
import type { Operator } from '../core/operator.ts';
import { boundSeconds } from '../core/period.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { matchFiles, type Progress } from '../use-cases/match-files.ts';
import { openStatement } from '../use-cases/open-statement.ts';
import { type MatchCall, UsageError } from './command-line.ts';
import { checkFile } from './existing-file.ts';
import { ledgerFile, UnreadableLedger } from './ledger-file.ts';
import type { MatchResult } from './match-result.ts';

/**
 * Runs `match`: the engine of the cloud on two files of this machine.
 * @throws UsageError where a file is not there or a bound is not one
 */
export async function runMatch(call: MatchCall, onProgress: Progress): Promise<MatchResult> {
  const known = OPERATORS.find(({ code }) => code === call.operatorCode);
  if (known === undefined && call.operatorCode !== undefined) return { kind: 'unknown-operator', known: OPERATORS.map(({ code }) => code) };
  checkBounds(call);
  await checkFile('--statement', call.statementPath);
  await checkFile('--ledger', call.ledgerPath);
  const operator = call.profilePath === undefined ? known : await profiled(call.profilePath, known);
  if (operator === undefined) throw new UsageError('--operateur ou --profil est attendu.');
  const ledger = await ledgerFile(call.ledgerPath, operator);
  try {
    const statement = await openStatement(call.statementPath);
    const outcome = await matchFiles(statement, ledger.read, operator, { start: call.start, end: call.end }, onProgress);
    return outcome.kind === 'reconciled' ? { kind: 'reconciled', operator, outcome } : outcome;
  } catch (error) {
    if (error instanceof UnreadableLedger) return { kind: 'unreadable', file: 'ledger', detail: error.detail };
    if (!(error instanceof UnreadableFile)) throw error;
    return error.reason === 'empty' ? { kind: 'refused', refusal: { kind: 'bad-rows', rows: [] } } : { kind: 'unreadable', file: 'statement', detail: error.french };
  } finally {
    await ledger.close();
  }
}

/** Only a profile of one's own has to be checked: the others come with the program. */
async function profiled(path: string, known: Operator | undefined): Promise<Operator> {
  const { profiledOperator } = await import('./profile-file.ts');
  return profiledOperator(path, known);
}

function checkBounds({ start, end }: MatchCall): void {
  for (const [option, bound] of [
    ['--debut', start],
    ['--fin', end],
  ] as const) {
    if (bound !== undefined && boundSeconds(bound) === undefined) throw new UsageError(`${option} : date et heure attendues sous la forme AAAA-MM-JJTHH:MM.`);
  }
  if (start !== undefined && end !== undefined && start > end) throw new UsageError('--fin précède --debut.');
}
