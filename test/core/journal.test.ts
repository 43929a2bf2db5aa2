import { describe, expect, it } from 'vitest';
import { canonicalEntry, chainBreak, type JournalEntry, type JournalEvent } from '../../lib/core/journal.ts';
import { entry } from './journal-entries.ts';

/** Any function of the text will do: that it is SHA-256 is for the store to see to. */
const hashOf = (text: string) => `#${text.length}:${text}`;

function chained(events: readonly JournalEvent[], tacheId = 7): readonly JournalEntry[] {
  const chain: JournalEntry[] = [];
  for (const event of events) {
    const placed = { ...event, tacheId, number: chain.length + 1, previous: chain.at(-1)?.hash ?? '' };
    chain.push({ ...placed, hash: hashOf(canonicalEntry(placed)) });
  }
  return chain;
}

const WHOLE = chained([entry(1, 'creation'), entry(2, 'resultat', { data: { rapproches: 3 } }), entry(3, 'validation')]);
const changed = (number: number, changes: Partial<JournalEntry>) => WHOLE.map((one) => (one.number === number ? { ...one, ...changes } : one));

describe('the text of which the hash of an entry is taken', () => {
  it('is JSON of its fields in one order', () => {
    const { hash: _, ...placed } = entry(2, 'lien', { data: { ecart: 5 } });
    expect(canonicalEntry(placed)).toBe('[7,2,"lien#2","2026-03-07T12:00:02.000000Z","awa","lien","vu avec le marchand",{"ecart":5},"h1"]');
  });

  it('is the same in whatever order the names within its data stand, at every depth', () => {
    const one = canonicalEntry(entry(1, 'lien', { data: { b: [{ d: null, c: 1 }], a: { f: 'x', e: true } } }));
    expect(one).toBe(canonicalEntry(entry(1, 'lien', { data: { a: { e: true, f: 'x' }, b: [{ c: 1, d: null }] } })));
    expect(one).toContain('{"a":{"e":true,"f":"x"},"b":[{"c":1,"d":null}]}');
  });

  it('is another one where the order within a list is another', () => {
    expect(canonicalEntry(entry(1, 'lien', { data: { a: [1, 2] } }))).not.toBe(canonicalEntry(entry(1, 'lien', { data: { a: [2, 1] } })));
  });
});

describe('a journal', () => {
  it('holds where nothing was changed, and where nothing has happened', () => {
    expect(chainBreak(7, WHOLE, hashOf)).toBeUndefined();
    expect(chainBreak(7, [], hashOf)).toBeUndefined();
  });

  it.each<Partial<JournalEntry>>([
    { by: 'moussa' },
    { at: '2026-03-08T00:00:00Z' },
    { reason: '' },
    { data: { rapproches: 4 } },
    { action: 'echec' },
    { event: 'x' },
    { hash: 'x' },
  ])('shows at its entry that %j was written over it', (changes) => {
    expect(chainBreak(7, changed(2, changes), hashOf)).toEqual({ number: 2, what: 'hash' });
  });

  it('shows an entry that is missing, at its place', () => {
    expect(chainBreak(7, WHOLE.slice(1), hashOf)).toEqual({ number: 1, what: 'number' });
    expect(chainBreak(7, [...WHOLE.slice(0, 1), ...WHOLE.slice(2)], hashOf)).toEqual({ number: 2, what: 'number' });
  });

  it('shows an entry of another tache', () => {
    expect(chainBreak(8, WHOLE, hashOf)).toEqual({ number: 1, what: 'tache' });
  });

  it('shows an entry that was replaced together with its hash', () => {
    const other = chained([entry(1, 'creation', { by: 'moussa' })]);
    expect(chainBreak(7, [...other, ...WHOLE.slice(1)], hashOf)).toEqual({ number: 2, what: 'previous' });
  });

  it('shows one event that stands there twice', () => {
    expect(chainBreak(7, chained([entry(1, 'creation'), entry(1, 'creation')]), hashOf)).toEqual({ number: 2, what: 'event' });
  });
});
