/** What can happen to a tache. */
export const JOURNAL_ACTIONS = [
  'creation',
  'resultat',
  'echec',
  'premier-visa',
  'validation',
  'fin-validation',
  'lien',
  'lien-retire',
  'mise-de-cote',
  'mise-de-cote-retiree',
  'commentaire',
  'ecarts-resolus',
] as const;
export type JournalAction = (typeof JOURNAL_ACTIONS)[number];

/** What a journal can hold: JSON. */
export type JournalValue = string | number | boolean | null | JournalValue[] | { [name: string]: JournalValue };

/** Something that happened to a tache, to be written in its journal once. */
export interface JournalEvent {
  /** Names the event within its tache: told twice, it is written once. */
  readonly event: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** User name; SYSTEM for what nobody asked for. */
  readonly by: string;
  readonly action: JournalAction;
  /** Why, in the words of whoever did it; `''` where none were given. */
  readonly reason: string;
  readonly data: Readonly<Record<string, JournalValue>>;
}

/** An event in its place in the chain. */
export interface JournalEntry extends JournalEvent {
  readonly tacheId: number;
  /** From 1 on, without a gap. */
  readonly number: number;
  /** Hash of the entry before; `''` for the first. */
  readonly previous: string;
  /** SHA-256 of `canonicalEntry`, in hex. */
  readonly hash: string;
}

/** Who acts where nobody does. */
export const SYSTEM = 'systeme';

/** The text of which an entry's hash is taken: JSON without blanks of its fields in this order, names within `data` sorted. */
export function canonicalEntry({ tacheId, number, event, at, by, action, reason, data, previous }: Omit<JournalEntry, 'hash'>): string {
  return JSON.stringify([tacheId, number, event, at, by, action, reason, sorted(data), previous]);
}

function sorted(value: JournalValue): JournalValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, part]) => [name, sorted(part)]),
  );
}

/** What is wrong with a chain, and at which entry. */
export interface ChainBreak {
  readonly number: number;
  readonly what: 'number' | 'tache' | 'previous' | 'hash' | 'event';
}

/** The first place where a journal is not what it was when it was written; `undefined` where every entry holds. @param hashOf SHA-256 in hex */
export function chainBreak(tacheId: number, entries: readonly JournalEntry[], hashOf: (text: string) => string): ChainBreak | undefined {
  let previous = '';
  const events = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const number = index + 1;
    if (entry.number !== number) return { number, what: 'number' };
    if (entry.tacheId !== tacheId) return { number, what: 'tache' };
    if (entry.previous !== previous) return { number, what: 'previous' };
    if (entry.hash !== hashOf(canonicalEntry(entry))) return { number, what: 'hash' };
    if (events.has(entry.event)) return { number, what: 'event' };
    events.add(entry.event);
    previous = entry.hash;
  }
  return undefined;
}
