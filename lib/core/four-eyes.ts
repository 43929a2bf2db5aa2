import type { JournalEntry } from './journal.ts';
import { MANUAL_ACTIONS } from './manual-work.ts';
import { MINOR_DIGITS } from './money.ts';
import type { Currency } from './operator.ts';
import type { Validation } from './validation.ts';

/** What a stage asks of those who validate. */
export interface ValidationRules {
  /** Whoever submitted a tache, or changed what will be validated, does not validate it. */
  readonly fourEyes: boolean;
  /** Sums above which two people validate, in main units; a currency that is absent has no limit. */
  readonly twoValidatorsAbove: Readonly<Partial<Record<Currency, number | undefined>>>;
}

/** What the first of two validators has agreed to. */
export interface FirstVisa {
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Ids of correspondents that must not become successes, ascending. */
  readonly excluded: readonly number[];
  readonly reason: string;
}

/** The sum above which two validate, in minor units. */
export function limitOf({ twoValidatorsAbove }: ValidationRules, currency: Currency): number | undefined {
  const limit = twoValidatorsAbove[currency];
  return limit === undefined ? undefined : limit * 10 ** MINOR_DIGITS[currency];
}

/** Names of those who changed by hand what a validation will do, or what is open after it. A comment changes nothing. */
export function changersOf(entries: readonly JournalEntry[]): ReadonlySet<string> {
  return new Set(entries.filter(isChange).map(({ by }) => by));
}

/** The first visa that still stands: work by hand after it ends it, for it was given to something else. */
export function standingVisa(entries: readonly JournalEntry[]): FirstVisa | undefined {
  const index = entries.findLastIndex(({ action }) => action === 'premier-visa');
  const visa = entries[index];
  if (visa === undefined || entries.slice(index).some((entry) => entry.action === 'validation' || isChange(entry))) return undefined;
  return { by: visa.by, at: visa.at, excluded: excludedIds(visa), reason: visa.reason };
}

/** The validation that a journal says has begun. */
export function begunValidation(entries: readonly JournalEntry[]): Validation | undefined {
  const entry = entries.find(({ action }) => action === 'validation');
  if (entry === undefined) return undefined;
  const { by, at, reason, data } = entry;
  const first = data['premierVisa'];
  const firstVisa = typeof first === 'object' && first !== null && !Array.isArray(first) ? { by: String(first['auteur']), at: String(first['date']) } : undefined;
  return { by, at, excluded: excludedIds(entry), ...(reason !== '' && { reason }), ...(firstVisa && { firstVisa }) };
}

/** Whether two lists name the same correspondents. Both ascending. */
export function sameIds(one: readonly number[], other: readonly number[]): boolean {
  return one.length === other.length && one.every((id, index) => id === other[index]);
}

function isChange({ action }: JournalEntry): boolean {
  return action !== 'commentaire' && MANUAL_ACTIONS.some((manual) => manual === action);
}

function excludedIds({ data }: JournalEntry): readonly number[] {
  const ids = data['exclus'];
  return Array.isArray(ids) ? ids.filter((id) => typeof id === 'number') : [];
}
