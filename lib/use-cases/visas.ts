import { begunValidation, changersOf, type FirstVisa, limitOf, sameIds, standingVisa, type ValidationRules } from '../core/four-eyes.ts';
import type { JournalEntry, JournalEvent } from '../core/journal.ts';
import { linksToSettle } from '../core/manual-work.ts';
import { amountText, MINOR_DIGITS, transactionAmount } from '../core/money.ts';
import { DROP_OWNER, type Tache } from '../core/tache.ts';
import type { DetailsStore } from '../ports.ts';
import { Failure } from './failure.ts';
import { validationEvent } from './journal-events.ts';

/** What somebody who validates agrees to. */
export interface Visa extends FirstVisa {
  /** Whether it is to take the place of a first visa that stands, rather than to complete it. */
  readonly renews: boolean;
}

/** Correspondents read at a time. */
const STEP = 1_000;

/**
 * What a visa comes to, in the light of a journal: the validation, or the first half of one. `undefined` where it stands there already.
 * @param accepted amounts of the correspondents that are accepted, all counted as positive, in minor units
 * @throws Failure 403 for whoever had a hand in the tache, 409 where the validation has begun or the first visa is about something else
 */
export function visaEvent(entries: readonly JournalEntry[], tache: Tache, rules: ValidationRules, visa: Visa, accepted: number): JournalEvent | undefined {
  const begun = begunValidation(entries);
  if (begun !== undefined) {
    // Whoever asks again, because an answer did not come, goes on with it.
    if (begun.by === visa.by && sameIds(begun.excluded, visa.excluded)) return undefined;
    throw conflict('Cette tâche ne peut pas être validée : sa validation est déjà en cours.');
  }
  refuseOwnWork(entries, tache, rules, visa.by);
  const limit = limitOf(rules, tache.currency);
  const validation = { by: visa.by, at: visa.at, excluded: visa.excluded, ...(visa.reason !== '' && { reason: visa.reason }) };
  if (limit === undefined || accepted + linkedAmount(entries, tache) <= limit) return validationEvent(validation, tache.outcome);
  const first = visa.renews ? undefined : standingVisa(entries);
  if (first === undefined) return firstVisaEvent(entries, tache, visa, limit);
  if (first.by === visa.by) return sameIds(first.excluded, visa.excluded) ? undefined : firstVisaEvent(entries, tache, visa, limit);
  if (!sameIds(first.excluded, visa.excluded)) throw conflict(otherIds(first, visa));
  return validationEvent({ ...validation, firstVisa: { by: first.by, at: first.at } }, tache.outcome);
}

/** @throws Failure 403, saying who may */
export function refuseOwnWork(entries: readonly JournalEntry[], { owner }: Tache, { fourEyes }: ValidationRules, username: string): void {
  const changers = changersOf(entries);
  if (!fourEyes || (username !== owner && !changers.has(username))) return;
  const barred = [...new Set([owner, ...changers])].filter((name) => name !== DROP_OWNER);
  const superior = owner === DROP_OWNER ? 'un superviseur' : `un supérieur de ${owner}`;
  throw new Failure({
    code: 'forbidden',
    detail: `Quatre yeux : vous avez ${username === owner ? 'envoyé ce relevé' : 'travaillé sur les écarts de cette tâche'}, une autre personne doit la valider. Peuvent le faire : ${superior} ou un administrateur, sauf ${barred.join(', ')}.`,
  });
}

/**
 * Adds up what a validation would accept, reversals counted as positive: what goes back must not hide what comes in.
 * @param limit in minor units; where it is passed the rest is not looked at
 * @returns minor units; what could not be added up in time counts as too much
 */
export async function acceptedAmount(details: DetailsStore, tache: Tache, excluded: readonly number[], limit: number, isOver: () => boolean): Promise<number> {
  const { outcome } = tache;
  if (outcome === undefined) return 0;
  const left = new Set(excluded);
  let sum = 0;
  for (let from = 0; from < outcome.counts.correspondents && sum <= limit; from += STEP) {
    if (isOver()) return Number.POSITIVE_INFINITY;
    const step = await details.read(tache.id, outcome.edition, 'correspondent', from, Math.min(from + STEP, outcome.counts.correspondents));
    for (const { id, transaction } of step) if (!left.has(id)) sum += Math.abs(transactionAmount(transaction.amount, tache.currency));
  }
  return sum;
}

function linkedAmount(entries: readonly JournalEntry[], { currency }: Tache): number {
  return [...linksToSettle(entries).values()].reduce((sum, { amount }) => sum + Math.abs(transactionAmount(amount, currency)), 0);
}

function firstVisaEvent(entries: readonly JournalEntry[], { currency }: Tache, { by, at, excluded, reason }: Visa, limit: number): JournalEvent {
  return {
    event: `premier-visa#${entries.length + 1}`,
    at,
    by,
    action: 'premier-visa',
    reason,
    data: { exclus: [...excluded], devise: currency, seuil: amountText(limit, MINOR_DIGITS[currency]) },
  };
}

function otherIds(first: FirstVisa, { excluded }: Visa): string {
  const only = (some: readonly number[], others: readonly number[]) => some.filter((id) => !others.includes(id)).slice(0, 20);
  const parts = [
    ['lui seul exclut', only(first.excluded, excluded)],
    ['vous seul excluez', only(excluded, first.excluded)],
  ] as const;
  const difference = parts.flatMap(([text, ids]) => (ids.length > 0 ? [`${text} ${ids.join(', ')}`] : [])).join(' ; ');
  return `Le premier visa de ${first.by} porte sur d’autres exclusions (${difference}). Renvoyez les mêmes \`ids\` pour valider, ou \`"nouveauVisa": true\` avec les vôtres : votre visa remplace alors le sien, et une autre personne doit le confirmer.`;
}

function conflict(detail: string): Failure {
  return new Failure({ code: 'conflict', detail });
}
