import { createHash } from 'node:crypto';
import type { Operator } from '../core/operator.ts';
import { type PeriodBounds, periodOf, type ShownPeriod, shownPeriod } from '../core/period.ts';
import { timeSpan } from '../core/statement.ts';
import { refusalOf } from '../core/statement-refusal.ts';
import type { Tache } from '../core/tache.ts';
import { openRows } from '../files/open-rows.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import type { Claim, Claims, Clock, Journal, MatchingQueue, Objects, Operators, Taches } from '../ports.ts';
import { hasBrokenOff, isOnItsWay, type Occupant, occupantOf, takeClaim, wake } from './claim-statement.ts';
import { Failure } from './failure.ts';
import { recordTache } from './journal.ts';
import { openOperator } from './open-operator.ts';
import { readStatement } from './read-statement.ts';

export interface SubmitDependencies {
  readonly operators: Operators;
  readonly taches: Taches;
  readonly claims: Claims;
  readonly journal: Journal;
  readonly objects: Objects;
  readonly matching: MatchingQueue;
  readonly now: Clock;
  /** Waits so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
}

const LOOK_AGAIN_MS = 200;

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
  const name: Claim = { kind: 'name', operatorCode: operator.code, value: submission.fileName };
  const content: Claim = { kind: 'content', operatorCode: operator.code, value: sha256 };
  const brokenOff = await refuseIfProcessed(deps, name, content, owner);
  const period = await soundPeriod(submission, operator);

  const source = await deps.objects.put(`statements/${operator.code}/${sha256}`, submission.content, submission.contentType);
  const at = deps.now();
  const id = brokenOff ?? (await deps.taches.nextId());
  // The content first: whoever has it may take any name for it.
  for (const claim of [content, name]) {
    const other = await takeClaim(deps, claim, { tacheId: id, owner, at });
    if (other !== undefined) throw alreadyProcessed(other);
  }
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
  const created = await deps.taches.create(tache);
  await recordTache(deps, id);
  await deps.matching.send(id);
  return created ? tache : ((await deps.taches.get(id)) ?? tache);
}

/**
 * @returns the id of a tache of this very statement that its owner claimed and that a crash of ours kept from being created
 * @throws Failure where the name or the content is taken otherwise
 */
async function refuseIfProcessed(deps: SubmitDependencies, name: Claim, content: Claim, owner: string): Promise<number | undefined> {
  for (;;) {
    const now = deps.now();
    const [ofName, ofContent] = await Promise.all([occupantOf(deps, name, now), occupantOf(deps, content, now)]);
    const brokenOff = ofContent !== undefined && hasBrokenOff(ofContent, owner, now) ? ofContent.tacheId : undefined;
    const other = [ofName, ofContent].find((occupant) => occupant !== undefined && occupant.tacheId !== brokenOff);
    if (other === undefined) return brokenOff;
    if (!isOnItsWay(other, owner, now)) {
      await wake(deps.matching, other);
      throw alreadyProcessed(other);
    }
    // Whoever asks again at once after an error must not be told that it is done.
    await deps.pause(LOOK_AGAIN_MS);
  }
}

function alreadyProcessed({ owner, tacheId }: Occupant): Failure {
  return new Failure({ code: 'already-processed', owner, tacheId });
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
