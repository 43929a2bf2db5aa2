import type { JournalEntry } from '../../lib/core/journal.ts';
import type { Journal } from '../../lib/ports.ts';

/** Journals in a map, by tache. */
export function journalInMemory(): Journal {
  const journals = new Map<number, JournalEntry[]>();
  return {
    entries: async (tacheId, after = 0, limit) => (journals.get(tacheId) ?? []).slice(after, limit === undefined ? undefined : after + limit),
    async add(entry) {
      const entries = journals.get(entry.tacheId) ?? [];
      if (entries.some(({ number }) => number === entry.number)) return false;
      journals.set(entry.tacheId, [...entries, entry]);
      return true;
    },
  };
}
