import type { JournalAction, JournalEntry } from '../../lib/core/journal.ts';

/** An entry of tache 7, in its place of the journal. */
export function entry(number: number, action: JournalAction, changes: Partial<JournalEntry> = {}): JournalEntry {
  return {
    tacheId: 7,
    number,
    event: `${action}#${number}`,
    at: `2026-03-07T12:00:0${number}.000000Z`,
    by: 'awa',
    action,
    reason: 'vu avec le marchand',
    data: {},
    previous: number === 1 ? '' : `h${number - 1}`,
    hash: `h${number}`,
    ...changes,
  };
}
