import * as z from 'zod';
import { JOURNAL_ACTIONS, type JournalEntry } from '../../core/journal.ts';
import { pagingQuery } from './paging.ts';

/** One entry of a tache's journal. `empreinte` is the SHA-256 of the JSON, without blanks, of [tache, numero, evenement, date, auteur, action, motif, donnees, precedent], names within `donnees` sorted. */
export const journalEntry = z.object({
  tache: z.int(),
  numero: z.int(),
  evenement: z.string(),
  date: z.iso.datetime(),
  auteur: z.string(),
  action: z.enum(JOURNAL_ACTIONS),
  motif: z.string(),
  donnees: z.record(z.string(), z.json()),
  precedent: z.string(),
  empreinte: z.string(),
});

export const journalAnswer = z.array(journalEntry);

/** An entry may hold thousands of ids: so many of them fit an answer. */
const MOST_ENTRIES = 20;

export const journalQuery = z.object(pagingQuery(MOST_ENTRIES, MOST_ENTRIES));

export function wireEntry({ tacheId, number, event, at, by, action, reason, data, previous, hash }: JournalEntry): z.infer<typeof journalEntry> {
  return { tache: tacheId, numero: number, evenement: event, date: at, auteur: by, action, motif: reason, donnees: { ...data }, precedent: previous, empreinte: hash };
}

export function entryOfWire({ tache, numero, evenement, date, auteur, action, motif, donnees, precedent, empreinte }: z.infer<typeof journalEntry>): JournalEntry {
  return { tacheId: tache, number: numero, event: evenement, at: date, by: auteur, action, reason: motif, data: donnees, previous: precedent, hash: empreinte };
}
