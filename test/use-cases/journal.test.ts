import { describe, expect, it } from 'vitest';
import { canonicalEntry, chainBreak, type JournalEntry, type JournalEvent } from '../../lib/core/journal.ts';
import { journalHash, record } from '../../lib/use-cases/journal.ts';
import { abandonTache, matchStatement } from '../../lib/use-cases/match-statement.ts';
import { readJournal } from '../../lib/use-cases/read-journal.ts';
import { submitStatement } from '../../lib/use-cases/submit-statement.ts';
import { applyValidation, validateTache } from '../../lib/use-cases/validate-tache.ts';
import { orangeRow } from '../core/reading.ts';
import { matchedWorld } from '../exports/a-result.ts';
import { atEveryStep } from '../fakes/every-step.ts';
import { journalInMemory } from '../fakes/journal-in-memory.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { aSubmission } from './a-submission.ts';
import { aTache } from './a-tache.ts';
import { reasonOf } from './failing.ts';

const anEvent = (event: string, changes: Partial<JournalEvent> = {}): JournalEvent => ({
  event,
  at: '2026-03-08T06:00:00.000000Z',
  by: 'awa',
  action: 'commentaire',
  reason: '',
  data: {},
  ...changes,
});
const everybody = { mayRead: async () => true };
const supervisor = { username: 'fatou', mayRead: async () => true, mayValidate: async () => true };
const never = () => false;

const told = async (world: Pick<World, 'journal'>, id = 1) => (await world.journal.entries(id)).map(({ action, by, reason }) => [action, by, reason]);

async function validationDeps() {
  const world = await matchedWorld();
  return { ...world, settlements: world.ledger, validations: { sendLater: async () => {} } };
}

describe('the journal of a tache', () => {
  it('tells of its coming, its result and its validation: who, when, what and why', async () => {
    const world = await validationDeps();
    await validateTache(world, 1, { excluded: [1], reason: 'Vu avec la caisse.' }, supervisor, never);
    const entries = await world.journal.entries(1);
    expect(entries.map(({ action, by, reason }) => [action, by, reason])).toEqual([
      ['creation', 'awa', ''],
      ['resultat', 'systeme', ''],
      ['validation', 'fatou', 'Vu avec la caisse.'],
      ['fin-validation', 'fatou', ''],
    ]);
    expect(entries[1]?.data).toMatchObject({
      montantOperateur: '20900',
      montantCinetpay: '16000',
      diffMontant: '4900',
      devise: 'XOF',
      passage: { residu: '0', absent_operateur: { montant: '-5000', nombre: -1 } },
    });
    expect(entries[2]?.data).toEqual({ exclus: [1], correspondants: 1 });
    expect(entries[3]?.data).toMatchObject({ TrxReconciled: 0, TrxNonereconciled: 2, montantCinetpay: '16000' });
    expect(entries.every(({ at }) => /^2026-03-0[18]T/u.test(at))).toBe(true);
  });

  it('begins with the submission, before anything is matched', async () => {
    const world = aWorld();
    const { id } = await submitStatement(world, aSubmission({ rows: [orangeRow()] }), 'awa');
    expect(await told(world, id)).toEqual([['creation', 'awa', '']]);
  });

  it('tells of every failure, and of a work that was taken up again after one', async () => {
    const world = aWorld();
    const source = await world.objects.put('statements/OMCI/1', '[]', 'application/json');
    await world.taches.create(aTache({ source }));
    await abandonTache(world, 1);
    world.clock.pass(60_000);
    await matchStatement(world, 1);
    expect((await told(world)).map(([action]) => action)).toEqual(['creation', 'echec', 'echec']);
  });

  it('is the same wherever the work broke off and was taken up again', async () => {
    const undisturbed = await validationDeps();
    await validateTache(undisturbed, 1, { excluded: [] }, supervisor, never);
    const expected = await undisturbed.journal.entries(1);
    const steps = await atEveryStep((through) => {
      const begun = validationDeps();
      return {
        work: async () => {
          const world = await begun;
          return validateTache(
            { ...world, taches: through(world.taches), journal: through(world.journal), settlements: through(world.settlements) },
            1,
            { excluded: [] },
            supervisor,
            never,
          );
        },
        afterwards: async (step) => {
          const world = await begun;
          if ((await world.taches.get(1))?.state === 'ATTENTE') await validateTache(world, 1, { excluded: [] }, supervisor, never);
          await applyValidation(world, 1, never);
          expect(await world.journal.entries(1), `step ${step}`).toEqual(expected);
        },
      };
    });
    expect(steps).toBeGreaterThan(10);
  });

  it('is read page by page, by whoever may see the tache', async () => {
    const world = aWorld();
    await world.taches.create(aTache());
    await record(
      world.journal,
      1,
      ['a', 'b', 'c'].map((event) => anEvent(event)),
    );
    const first = await readJournal(world, 1, 2, 0, everybody);
    expect([first.entries.map(({ event }) => event), first.next]).toEqual([['a', 'b'], 2]);
    expect(await readJournal(world, 1, 2, 2, everybody)).toMatchObject({ entries: [{ event: 'c' }], next: undefined });
    expect(await reasonOf(readJournal(world, 1, 2, 0, { mayRead: async () => false }))).toMatchObject({ code: 'not-found' });
  });
});

describe('an event', () => {
  it('told twice is written once, as it was told first', async () => {
    const journal = journalInMemory();
    await record(journal, 1, [anEvent('x', { reason: 'first' })]);
    await record(journal, 1, [anEvent('x', { reason: 'second' }), anEvent('y')]);
    expect((await journal.entries(1)).map(({ event, reason }) => [event, reason])).toEqual([
      ['x', 'first'],
      ['y', ''],
    ]);
  });

  it('of many that are told at the same moment finds its place in one chain', async () => {
    const journal = journalInMemory();
    const slow = { ...journal, entries: (id: number) => Promise.resolve().then(() => journal.entries(id)) };
    await Promise.all(Array.from({ length: 12 }, (_, index) => record(slow, 1, [anEvent(`e${index}`), anEvent('shared')])));
    const entries = await journal.entries(1);
    expect(entries).toHaveLength(13);
    expect(chainBreak(1, entries, journalHash)).toBeUndefined();
  });
});

describe('a chain', () => {
  async function chain(): Promise<readonly JournalEntry[]> {
    const journal = journalInMemory();
    return record(
      journal,
      7,
      ['a', 'b', 'c', 'd'].map((event, index) => anEvent(event, { reason: `because ${event}`, data: { montant: String(index), ids: [index], tri: { b: 1, a: 2 } } })),
    );
  }
  const change = (entries: readonly JournalEntry[], index: number, changes: Partial<JournalEntry>) => entries.map((entry, at) => (at === index ? { ...entry, ...changes } : entry));
  const rehashed = (entry: JournalEntry): JournalEntry => ({ ...entry, hash: journalHash(canonicalEntry(entry)) });

  it('as it was written holds, in whatever order the names of its data come back', async () => {
    const entries = await chain();
    expect(chainBreak(7, entries, journalHash)).toBeUndefined();
    expect(
      chainBreak(
        7,
        entries.map((entry) => ({ ...entry, data: Object.fromEntries(Object.entries(entry.data).toReversed()) })),
        journalHash,
      ),
    ).toBeUndefined();
    expect(chainBreak(7, [], journalHash)).toBeUndefined();
  });

  it.each([
    ['reason', { reason: 'because of something else' }],
    ['author', { by: 'somebody' }],
    ['moment', { at: '2026-03-08T06:00:01.000000Z' }],
    ['action', { action: 'validation' }],
    ['figure', { data: { montant: '9', ids: [1], tri: { a: 2, b: 1 } } }],
    ['name of the event', { event: 'z' }],
  ] satisfies readonly (readonly [string, Partial<JournalEntry>])[])('of which one %s was changed breaks there', async (_, changes) => {
    expect(chainBreak(7, change(await chain(), 1, changes), journalHash)).toEqual({ number: 2, what: 'hash' });
  });

  it('of which an entry was changed and hashed anew breaks at the next', async () => {
    const entries = (await chain()).map((entry, index) => (index === 1 ? rehashed({ ...entry, reason: 'other' }) : entry));
    expect(chainBreak(7, entries, journalHash)).toEqual({ number: 3, what: 'previous' });
  });

  it('from which one was taken, or in which two changed places, breaks', async () => {
    const [a, b, c, d] = await chain();
    if (!a || !b || !c || !d) throw new Error('four were written');
    expect(chainBreak(7, [a, c, d], journalHash)).toEqual({ number: 2, what: 'number' });
    expect(chainBreak(7, [a, c, b, d], journalHash)).toEqual({ number: 2, what: 'number' });
    expect(chainBreak(7, [b, c, d], journalHash)).toEqual({ number: 1, what: 'number' });
  });

  it('of another tache is not this one’s', async () => {
    expect(chainBreak(8, await chain(), journalHash)).toEqual({ number: 1, what: 'tache' });
  });
});
