import { beforeAll, describe, expect, it } from 'vitest';
import { rowKey } from '../../../lib/adapters/dynamodb/ledger-row.ts';
import type { LedgerTransaction } from '../../../lib/core/ledger.ts';
import type { Ledger, Settlements } from '../../../lib/ports.ts';
import { aPaymentMethod, anEntry as entryOf, seen } from '../contract/ledger-entries.ts';
import { atEveryRequest, type Interleaver, interleaverOf } from './interleaved.ts';

const SETTLEMENT = { tacheId: 7, payid: 'PP-7', paymentDate: '2026-03-07T12:03:00Z' };

/** What imports and validations leave behind when they meet, or die, at any of their requests. @param makeTable makes an empty table and gives its name */
export function ledgerRaces(makeTable: () => Promise<string>): void {
  let table: string;
  let ledger: Ledger;
  let settlements: Settlements;
  let partitionPages: typeof import('../../../lib/adapters/dynamodb/ledger-partition.ts').partitionPages;
  let interleaver: Interleaver;

  beforeAll(async () => {
    table = await makeTable();
    ledger = (await import('../../../lib/adapters/dynamodb/ledger.ts')).dynamoLedger(table);
    settlements = (await import('../../../lib/adapters/dynamodb/settlements.ts')).dynamoSettlements(table);
    ({ partitionPages } = await import('../../../lib/adapters/dynamodb/ledger-partition.ts'));
    interleaver = interleaverOf((await import('../../../lib/adapters/dynamodb/table.ts')).dynamodb);
  });

  /** A transaction of a payment method that nothing else has. */
  const anEntry = (changes: Partial<LedgerTransaction> = {}) => entryOf({ paymentMethod: aPaymentMethod(), ...changes });
  const otherMethod = ({ paymentMethod }: LedgerTransaction) => `${paymentMethod}-MOMO`;
  /** The rows of one transaction in every partition where one of its versions would lie, as a window shows them. */
  const rowsOf = async (...versions: readonly LedgerTransaction[]) => {
    const partitions = new Map(versions.map((version) => [rowKey(version).pk, version.paymentMethod]));
    const found = [];
    for (const [pk, paymentMethod] of partitions) for await (const page of partitionPages(table, { pk, paymentMethod }, '2026', '2027')) found.push(...page);
    return found;
  };
  const settle = (entry: LedgerTransaction) => settlements.settle(entry, SETTLEMENT);

  /** A story whose turn never came proves nothing. */
  const always = async (story: (request: number) => Promise<boolean>) => expect(await atEveryRequest(story)).toBeGreaterThan(1);

  /** The same transaction, told otherwise. */
  const VERSIONS: readonly (readonly [string, (one: LedgerTransaction) => LedgerTransaction])[] = [
    ['of the same content', (one) => one],
    ['of another status', (one) => ({ ...one, status: 'PENDING' })],
    ['created at another second', (one) => ({ ...one, createdAt: '2026-03-07T12:00:01Z' })],
    ['created on another day', (one) => ({ ...one, createdAt: '2026-03-08T12:00:00Z' })],
    ['of another payment method', (one) => ({ ...one, paymentMethod: otherMethod(one) })],
  ];

  describe.each(VERSIONS)('an import of a transaction, while another one %s comes in between', (_, otherwise) => {
    it('leaves one row of a transaction that was new to both', async () => {
      await always(async (request) => {
        const one = anEntry();
        const other = otherwise(one);
        const reached = await interleaver.interrupted(
          () => ledger.importTransactions([one, anEntry()]),
          request,
          () => ledger.importTransactions([other]),
        );
        const rows = await rowsOf(one, other);
        expect(rows).toHaveLength(1);
        expect([one, other].map(seen)).toContainEqual(rows[0]);
        return reached;
      });
    });

    it('leaves one row of a transaction that the ledger had, and takes in either again afterwards', async () => {
      await always(async (request) => {
        const first = anEntry({ status: 'WAITING', createdAt: '2026-03-07T11:00:00Z' });
        const one = { ...first, status: 'FAILED', createdAt: '2026-03-07T12:00:00Z' };
        const other = otherwise(one);
        await ledger.importTransactions([first]);
        const reached = await interleaver.interrupted(
          () => ledger.importTransactions([one]),
          request,
          () => ledger.importTransactions([other]),
        );
        const rows = await rowsOf(one, other);
        expect(rows).toHaveLength(1);
        expect([one, other].map(seen)).toContainEqual(rows[0]);
        for (const again of [one, other, first]) {
          await ledger.importTransactions([again]);
          expect(await rowsOf(one, other)).toEqual([seen(again)]);
        }
        return reached;
      });
    });

    it('never takes back what a validation settled in between', async () => {
      await always(async (request) => {
        const one = anEntry();
        const other = otherwise(one);
        const reached = await interleaver.interrupted(
          () => ledger.importTransactions([one]),
          request,
          async () => {
            await ledger.importTransactions([other]);
            expect(await settle(other)).toBe('applied');
          },
        );
        if (!reached) return false;
        expect(await rowsOf(one, other)).toMatchObject([{ status: 'SUCCES', payid: 'PP-7', paymentDate: SETTLEMENT.paymentDate }]);
        await ledger.importTransactions([one]);
        expect(await rowsOf(one, other)).toMatchObject([{ status: 'SUCCES', payid: 'PP-7' }]);
        expect(await settle(one)).toBe('applied');
        return true;
      });
    });

    it('that comes while a validation settles it leaves one row, settled exactly where the validation says so', async () => {
      await always(async (request) => {
        const one = anEntry();
        await ledger.importTransactions([one]);
        let answer: string | undefined;
        const other = otherwise(one);
        const reached = await interleaver.interrupted(
          async () => {
            answer = await settle(one);
          },
          request,
          () => ledger.importTransactions([other]),
        );
        const rows = await rowsOf(one, other);
        expect(rows).toHaveLength(1);
        expect(answer).toBe('applied');
        expect(rows).toMatchObject([{ status: 'SUCCES', payid: 'PP-7' }]);
        return reached;
      });
    });

    it('that dies anywhere leaves one row, and the next import ends it', async () => {
      await always(async (request) => {
        const first = anEntry();
        const next = { ...otherwise(first), merchant: 'BOUTIQUE B' };
        await ledger.importTransactions([first]);
        const reached = await interleaver.cutOff(() => ledger.importTransactions([next]), request);
        const rows = await rowsOf(first, next);
        expect(rows).toHaveLength(1);
        expect([first, next].map(seen)).toContainEqual(rows[0]);
        // Whichever of the two comes next: the same file again, or an older one.
        const again = request % 2 === 0 ? first : next;
        await ledger.importTransactions([again]);
        expect(await rowsOf(first, next)).toEqual([seen(again)]);
        await ledger.importTransactions([next]);
        expect(await rowsOf(first, next)).toEqual([seen(next)]);
        return reached;
      });
    });
  });

  describe('a success that an import tells of', () => {
    it('while a validation settles the transaction is either seen by it, or comes after it', async () => {
      await always(async (request) => {
        const one = anEntry();
        await ledger.importTransactions([one]);
        let answer: string | undefined;
        const reached = await interleaver.interrupted(
          async () => {
            answer = await settle(one);
          },
          request,
          () => ledger.importTransactions([{ ...one, status: 'SUCCES', payid: 'CP-1' }]),
        );
        const [row] = await rowsOf(one);
        expect(row?.payid).toBe(answer === 'applied' ? 'PP-7' : 'CP-1');
        return reached;
      });
    });

    it('and that dies anywhere leaves a transaction that an older import makes one that can be settled', async () => {
      await always(async (request) => {
        const one = anEntry();
        await ledger.importTransactions([one]);
        const reached = await interleaver.cutOff(() => ledger.importTransactions([{ ...one, status: 'SUCCES', payid: 'CP-1' }]), request);
        await ledger.importTransactions([one]);
        expect(await rowsOf(one)).toEqual([seen(one)]);
        expect(await settle(one)).toBe('applied');
        expect(await rowsOf(one)).toMatchObject([{ payid: 'PP-7' }]);
        return reached;
      });
    });

    it('before a validation looks at the transaction is never overwritten by it', async () => {
      const one = anEntry();
      await ledger.importTransactions([one]);
      await ledger.importTransactions([{ ...one, status: 'SUCCES', payid: 'CP-1' }]);
      expect(await settle(one)).toBe('conflict');
      expect(await rowsOf(one)).toMatchObject([{ payid: 'CP-1' }]);
    });
  });

  describe('a new transaction', () => {
    it('whose import dies anywhere is there, or comes with the next import, and is there once', async () => {
      await always(async (request) => {
        const entries = [anEntry(), anEntry(), anEntry()];
        const reached = await interleaver.cutOff(() => ledger.importTransactions(entries), request);
        await ledger.importTransactions(entries);
        for (const entry of entries) expect(await rowsOf(entry)).toEqual([seen(entry)]);
        return reached;
      });
    });

    it('is there at its other place when that import dies and the transaction comes back with another date', async () => {
      await always(async (request) => {
        const one = anEntry();
        const other = { ...one, createdAt: '2026-03-08T12:00:00Z' };
        const reached = await interleaver.cutOff(() => ledger.importTransactions([one]), request);
        await ledger.importTransactions([other]);
        expect(await rowsOf(one, other)).toEqual([seen(other)]);
        return reached;
      });
    });
  });

  describe('a validation', () => {
    it('that dies at any request of a settlement is the one that settled it when it comes again', async () => {
      await always(async (request) => {
        const one = anEntry();
        await ledger.importTransactions([one]);
        const reached = await interleaver.cutOff(() => settle(one), request);
        expect(await settle(one)).toBe('applied');
        expect(await settlements.settle(one, { ...SETTLEMENT, tacheId: 8, payid: 'PP-8' })).toBe('conflict');
        expect(await rowsOf(one)).toMatchObject([{ status: 'SUCCES', payid: 'PP-7' }]);
        return reached;
      });
    });

    it('that meets another one on the same transaction: one of them settles it, and each is told', async () => {
      await always(async (request) => {
        const one = anEntry();
        await ledger.importTransactions([one]);
        const answers: string[] = [];
        const reached = await interleaver.interrupted(
          async () => answers.push(`7 ${await settle(one)}`),
          request,
          async () => answers.push(`8 ${await settlements.settle(one, { ...SETTLEMENT, tacheId: 8, payid: 'PP-8' })}`),
        );
        const [row] = await rowsOf(one);
        const winner = row?.payid.slice(-1);
        expect(['7', '8']).toContain(winner);
        if (reached) expect(answers.toSorted()).toEqual(['7', '8'].map((id) => `${id} ${id === winner ? 'applied' : 'conflict'}`));
        return reached;
      });
    });
  });
}
