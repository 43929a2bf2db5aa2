import type { CorrespondentDetail } from '../core/detail.ts';
import { begunValidation, type FirstVisa, limitOf, standingVisa, type ValidationRules } from '../core/four-eyes.ts';
import { type LinkedTransaction, linksToSettle } from '../core/manual-work.ts';
import { transactionAmount } from '../core/money.ts';
import type { Tache, TacheOutcome } from '../core/tache.ts';
import { totalsAfter, type Validation } from '../core/validation.ts';
import type { Clock, DetailsStore, Journal, NoticeQueue, Settlements, Taches, ValidationQueue } from '../ports.ts';
import { announce } from './announce.ts';
import { Failure } from './failure.ts';
import { recordAndTell, recordDecided, recordState } from './journal.ts';
import { readTache } from './read-tache.ts';
import { acceptedAmount, refuseOwnWork, visaEvent } from './visas.ts';
import type { Viewer } from './visibility.ts';

export interface ValidationDependencies {
  readonly taches: Taches;
  readonly details: DetailsStore;
  readonly settlements: Settlements;
  readonly journal: Journal;
  readonly notices: NoticeQueue;
  readonly now: Clock;
}

/** Who validates, and what of others' work they may see and validate. */
export interface Validator extends Viewer {
  readonly username: string;
}

/** What somebody who validates asks for. */
export interface ValidationWish {
  /** Ids of correspondents that must not become successes. */
  readonly excluded: readonly number[];
  /** Why, in the words of whoever validates. */
  readonly reason?: string;
  /** Whether this is to take the place of the first visa of somebody else, rather than to complete it. */
  readonly renewsVisa?: boolean;
}

export interface ValidationStep {
  /** TERMINEE; VALIDEE where time ran out; ATTENTE after the first of two visas. */
  readonly tache: Tache;
  /** What a second person has to agree to. */
  readonly firstVisa?: FirstVisa | undefined;
}

/** Transactions that are settled at the same time. */
const AT_ONCE = 24;
/** Correspondents read and settled between two looks at the clock. */
const STEP = 500;
const NOTHING = { count: 0, amount: 0, conflicts: 0 };
const CONFLICT = { ...NOTHING, conflicts: 1 };

/**
 * Accepts the correspondents of a tache, but for those excluded: their transactions become successes. Above the limit of the stage the first to ask gives a
 * visa, and the second has it done.
 * What is decided is decided on the journal, and stands there before anything happens: whoever works by hand at the same time comes before it, and is seen, or too late.
 * The message goes out first, late: it finds nothing to do, unless this run is cut off before the end.
 * @param isOver tells when the time for an answer has run out; the message then brings the rest to its end
 * @throws Failure 404 or 403 where it is not theirs to validate, 409 where it does not wait for validation or the first visa is about something else, 400 for ids that
 * are no correspondents
 */
export async function validateTache(
  deps: ValidationDependencies & { readonly validations: ValidationQueue; readonly rules: ValidationRules },
  id: number,
  { excluded, reason = '', renewsVisa = false }: ValidationWish,
  validator: Validator,
  isOver: () => boolean,
): Promise<ValidationStep> {
  const tache = await readTache(deps.taches, id, validator);
  if (!(await validator.mayValidate(tache.owner))) {
    throw new Failure({ code: 'forbidden', detail: 'Seul son propriétaire ou un supérieur peut valider cette tâche.' });
  }
  if (tache.state !== 'ATTENTE') throw notWaiting(tache.state);
  refuseOwnWork(await recordState(deps.journal, tache), tache, deps.rules, validator.username);
  await refuseStrangeIds(deps, tache, excluded);
  const visa = { by: validator.username, at: deps.now(), excluded: [...new Set(excluded)].sort((one, other) => one - other), reason, renews: renewsVisa };
  const limit = limitOf(deps.rules, tache.currency);
  const accepted = limit === undefined ? 0 : await acceptedAmount(deps.details, tache, excluded, limit, isOver);
  await deps.validations.sendLater(id);
  const entries = await recordDecided(deps.journal, id, (written) => visaEvent(written, tache, deps.rules, visa, accepted));
  const validation = begunValidation(entries);
  if (validation === undefined) return { tache, firstVisa: standingVisa(entries) };
  if ((await deps.taches.beginValidation(id, validation, visa.at)) === undefined) throw notWaiting('VALIDEE');
  return { tache: await applyValidation(deps, id, isOver) };
}

/**
 * Brings a begun validation to its end; one that has not begun, or has ended, is left as it is.
 * Every transaction is settled at most once, so that a run that was cut off can be run again from the start.
 */
export async function applyValidation(deps: ValidationDependencies, id: number, isOver: () => boolean): Promise<Tache> {
  const found = await deps.taches.get(id);
  if (found === undefined) throw new Failure({ code: 'not-found', detail: `Aucune tâche ne porte le numéro ${id}.` });
  const entries = await recordState(deps.journal, found);
  const tache = await begunTache(deps, found, begunValidation(entries));
  // Whoever ended it may have died before anybody was told.
  if (tache.state === 'TERMINEE') await announce(deps.notices, tache);
  const { validation, outcome } = tache;
  if (tache.state !== 'VALIDEE' || validation === undefined || outcome === undefined) return tache;
  const excluded = new Set(validation.excluded);
  const links = linksToSettle(entries);
  const settledTwice = new Set<string>();
  let sum = NOTHING;
  for (let from = 0; from < outcome.counts.correspondents; from += STEP) {
    if (isOver()) return tache;
    const step = await deps.details.read(id, outcome.edition, 'correspondent', from, Math.min(from + STEP, outcome.counts.correspondents));
    const accepted = step.filter((detail) => !excluded.has(detail.id));
    for (const { transaction } of accepted) if (links.has(transaction.transId)) settledTwice.add(transaction.transId);
    sum = plus(sum, await settleAll(deps.settlements, tache, accepted));
  }
  for (const link of links.values()) sum = plus(sum, settledTwice.has(link.transId) ? CONFLICT : await settleLink(deps.settlements, tache, link));
  return finish(deps, tache, validation, outcome, sum);
}

/** Whoever wrote in the journal that the validation begins may have died before the tache said so. */
async function begunTache(deps: ValidationDependencies, tache: Tache, validation: Validation | undefined): Promise<Tache> {
  if (tache.state !== 'ATTENTE' || validation === undefined) return tache;
  return (await deps.taches.beginValidation(tache.id, validation, deps.now())) ?? (await deps.taches.get(tache.id)) ?? tache;
}

async function finish(deps: ValidationDependencies, tache: Tache, validation: Validation, outcome: TacheOutcome, applied: typeof NOTHING): Promise<Tache> {
  const finishedAt = deps.now();
  const result = {
    totals: totalsAfter(outcome.totals, applied),
    reconciled: applied.count,
    notReconciled: outcome.counts.unexplained + outcome.counts.correspondents - applied.count,
    conflicts: applied.conflicts,
    finishedAt,
  };
  const finished = await deps.taches.finishValidation(tache.id, { ...validation, result }, finishedAt);
  const stands = finished ?? (await deps.taches.get(tache.id)) ?? tache;
  await recordAndTell(deps, stands);
  return stands;
}

async function settleAll(settlements: Settlements, tache: Tache, details: readonly CorrespondentDetail[]): Promise<typeof NOTHING> {
  const waiting = [...details];
  let sum = NOTHING;
  const worker = async () => {
    for (let detail = waiting.pop(); detail !== undefined; detail = waiting.pop()) {
      const settled = await settle(settlements, tache, detail);
      sum = plus(sum, settled);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return sum;
}

async function settleLink(settlements: Settlements, tache: Tache, { transId, amount, payid, paymentDate }: LinkedTransaction): Promise<typeof NOTHING> {
  const settled = await settlements.settle({ transId }, { tacheId: tache.id, payid, paymentDate });
  return settled === 'applied' ? { count: 1, amount: transactionAmount(amount, tache.currency), conflicts: 0 } : CONFLICT;
}

async function settle(settlements: Settlements, tache: Tache, { row, transaction }: CorrespondentDetail): Promise<typeof NOTHING> {
  const settled = await settlements.settle(transaction, { tacheId: tache.id, payid: row.payid, paymentDate: row.time });
  return settled === 'applied' ? { count: 1, amount: transactionAmount(transaction.amount, tache.currency), conflicts: 0 } : { count: 0, amount: 0, conflicts: 1 };
}

function plus(one: typeof NOTHING, other: typeof NOTHING): typeof NOTHING {
  return { count: one.count + other.count, amount: one.amount + other.amount, conflicts: one.conflicts + other.conflicts };
}

/** An id that is no correspondent is a mistake, and the row that was meant would be validated: nothing is. */
async function refuseStrangeIds({ details }: ValidationDependencies, { id, outcome }: Tache, excluded: readonly number[]): Promise<void> {
  if (excluded.length === 0) return;
  const count = outcome?.counts.correspondents ?? 0;
  const [first] = outcome === undefined ? [] : await details.read(id, outcome.edition, 'correspondent', 0, Math.min(1, count));
  const strange = excluded.filter((one) => first === undefined || one < first.id || one >= first.id + count);
  if (strange.length === 0) return;
  throw new Failure({
    code: 'invalid-request',
    detail: "Rien n'a été validé : certains identifiants ne sont pas ceux de correspondants de cette tâche.",
    errors: { ids: [`Inconnus ici : ${strange.slice(0, 20).join(', ')}.`] },
  });
}

const WHY_NOT = {
  CREATION: 'son traitement n’a pas commencé',
  ENCOURS: 'son traitement est en cours',
  ATTENTE: 'elle attend sa validation',
  VALIDEE: 'sa validation est déjà en cours',
  TERMINEE: 'elle est déjà validée',
  ECHEC: 'son traitement a échoué',
} as const satisfies Record<Tache['state'], string>;

function notWaiting(state: Tache['state']): Failure {
  return new Failure({ code: 'conflict', detail: `Cette tâche ne peut pas être validée : ${WHY_NOT[state]}.` });
}
