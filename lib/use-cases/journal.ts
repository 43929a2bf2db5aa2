import { createHash } from 'node:crypto';
import { canonicalEntry, type JournalEntry, type JournalEvent } from '../core/journal.ts';
import type { Tache } from '../core/tache.ts';
import type { Journal, NoticeQueue, Taches } from '../ports.ts';
import { announce } from './announce.ts';
import { eventsOf } from './journal-events.ts';

/** So many may write in one journal at the same moment. */
const TRIES = 20;

/** The hash that chains a journal. */
export function journalHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * Writes what happened at the end of a tache's journal, in this order; what stands there already is not written again.
 * @returns the journal as it is now
 */
export async function record(journal: Journal, tacheId: number, events: readonly JournalEvent[]): Promise<readonly JournalEntry[]> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const entries = [...(await journal.entries(tacheId))];
    const known = new Set(entries.map(({ event }) => event));
    let overtaken = false;
    for (const event of events) {
      if (known.has(event.event)) continue;
      const entry = chained(tacheId, entries.at(-1), event);
      overtaken = !(await journal.add(entry));
      if (overtaken) break;
      entries.push(entry);
    }
    if (!overtaken) return entries;
  }
  throw new Error(`the journal of tache ${tacheId} was written by others at every try`);
}

/**
 * Writes one event that is decided in the light of the journal: what is decided on holds when it is written, or is decided anew.
 * @param decide gives the event, `undefined` where there is nothing to write; what it throws goes to the caller
 * @returns the journal as it is now
 */
export async function recordDecided(journal: Journal, tacheId: number, decide: (entries: readonly JournalEntry[]) => JournalEvent | undefined): Promise<readonly JournalEntry[]> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const entries = await journal.entries(tacheId);
    const event = decide(entries);
    if (event === undefined) return entries;
    const entry = chained(tacheId, entries.at(-1), event);
    if (await journal.add(entry)) return [...entries, entry];
  }
  throw new Error(`the journal of tache ${tacheId} was written by others at every try`);
}

/** Writes what a tache's own state says has happened to it: after every change of it, and again where whoever changed it broke off before. */
export async function recordState(journal: Journal, tache: Tache): Promise<readonly JournalEntry[]> {
  return record(journal, tache.id, eventsOf(tache));
}

/** As `recordState`, of a tache as it is now. */
export async function recordTache(deps: { readonly taches: Taches; readonly journal: Journal }, tacheId: number): Promise<void> {
  const tache = await deps.taches.get(tacheId);
  if (tache !== undefined) await recordState(deps.journal, tache);
}

/** As `recordAndTell`, of a tache as it is now. */
export async function recordAndTellTache(deps: Recording & { readonly taches: Taches }, tacheId: number): Promise<void> {
  const tache = await deps.taches.get(tacheId);
  if (tache !== undefined) await recordAndTell(deps, tache);
}

/** As `recordState`, and has people told: in this order, so that nobody hears of what the journal does not know. */
export async function recordAndTell({ journal, notices }: Recording, tache: Tache): Promise<readonly JournalEntry[]> {
  const entries = await recordState(journal, tache);
  await announce(notices, tache);
  return entries;
}

/** What tells of a change of a tache. */
export interface Recording {
  readonly journal: Journal;
  readonly notices: NoticeQueue;
}

function chained(tacheId: number, last: JournalEntry | undefined, event: JournalEvent): JournalEntry {
  const entry = { ...event, tacheId, number: (last?.number ?? 0) + 1, previous: last?.hash ?? '' };
  return { ...entry, hash: journalHash(canonicalEntry(entry)) };
}
