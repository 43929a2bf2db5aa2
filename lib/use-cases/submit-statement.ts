import { createHash } from 'node:crypto';
import type { Operator } from '../core/operator.ts';
import { type PeriodBounds, periodOf, type ShownPeriod, shownPeriod } from '../core/period.ts';
import { timeSpan } from '../core/statement.ts';
import { refusalOf } from '../core/statement-refusal.ts';
import type { Tache } from '../core/tache.ts';
import { openRows } from '../files/open-rows.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import type { Claim, Claims, Clock, MatchingQueue, Objects, Operators, Taches } from '../ports.ts';
import { currentHolder, takeClaim } from './claim-statement.ts';
import { Failure } from './failure.ts';
import { openOperator } from './open-operator.ts';
import { readStatement } from './read-statement.ts';

export interface SubmitDependencies {
  readonly operators: Operators;
  readonly taches: Taches;
  readonly claims: Claims;
  readonly objects: Objects;
  readonly matching: MatchingQueue;
  readonly now: Clock;
}

/** A statement as a caller hands it in. */
export interface Submission {
  readonly operatorCode: string;
  /** The file, whatever its format. */
  readonly content: Uint8Array;
  readonly contentType: string;
  readonly fileName: string;
  readonly bounds: PeriodBounds;
}

/**
 * Checks a whole statement, keeps it and asks for its matching.
 * @returns the new tache, in CREATION
 * @throws Failure: unknown operator, name or content already processed, headers, account, rows — in this order
 */
export async function submitStatement(deps: SubmitDependencies, submission: Submission, owner: string): Promise<Tache> {
  const operator = await openOperator(deps.operators, submission.operatorCode);
  if (operator === undefined) throw new Failure({ code: 'unknown-operator' });
  const sha256 = createHash('sha256').update(submission.content).digest('hex');
  const claims: readonly Claim[] = [
    { kind: 'name', operatorCode: operator.code, value: submission.fileName },
    { kind: 'content', operatorCode: operator.code, value: sha256 },
  ];
  for (const claim of claims) await refuseIfProcessed(deps, claim);
  const period = await soundPeriod(submission, operator);

  const at = deps.now();
  const id = await deps.taches.nextId();
  for (const claim of claims) {
    const other = await takeClaim(deps, claim, { tacheId: id, owner, at });
    if (other !== undefined) throw new Failure({ code: 'already-processed', owner: other.owner, tacheId: other.tacheId });
  }
  const source = await deps.objects.put(`statements/${operator.code}/${sha256}`, submission.content, submission.contentType);
  const tache: Tache = {
    id,
    createdAt: at,
    updatedAt: at,
    state: 'CREATION',
    owner,
    fileName: submission.fileName,
    description: '',
    operatorCode: operator.code,
    operatorId: operator.id,
    currency: operator.currency,
    bounds: submission.bounds,
    period,
    source,
  };
  await deps.taches.create(tache);
  await deps.matching.send(id);
  return tache;
}

/** A caller who tries again after a crash of ours also sets the forgotten work going. */
async function refuseIfProcessed(deps: SubmitDependencies, claim: Claim): Promise<void> {
  const holder = await currentHolder(deps, claim, deps.now());
  if (holder === undefined) return;
  const tache = await deps.taches.get(holder.tacheId);
  if (tache?.state === 'CREATION') await deps.matching.send(tache.id);
  throw new Failure({ code: 'already-processed', owner: holder.owner, tacheId: holder.tacheId });
}

/** Reads the statement to its end and gives its period. @throws Failure where it is not sound */
async function soundPeriod({ content, bounds }: Submission, operator: Operator): Promise<ShownPeriod | undefined> {
  try {
    const source = await openRows({ kind: 'bytes', bytes: content });
    const reading = await readStatement(source, operator);
    const refusal = refusalOf(reading, 'refuse');
    if (refusal !== undefined) throw new Failure({ code: 'statement-refused', refusal });
    const period = reading.kind === 'rows' ? periodOf(bounds, operator.timeZone, timeSpan(reading.rows)) : undefined;
    return period && shownPeriod(period, bounds.end !== undefined);
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    if (error.reason === 'empty') throw new Failure({ code: 'statement-refused', refusal: { kind: 'bad-rows', rows: [] } });
    throw new Failure({ code: 'file-unreadable', detail: error.french });
  }
}
