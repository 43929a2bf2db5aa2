import { describe, expect, it } from 'vitest';
import type { LedgerTransaction } from '../../../lib/core/ledger.ts';
import type { Ledger, Settlements } from '../../../lib/ports.ts';
import { between, inWindow, seen } from '../../adapters/contract/ledger-entries.ts';
import { failed, transaction } from '../../core/ledger-rows.ts';

const DAY = between('2026-03-07T00:00:00Z', '2026-03-08T00:00:00Z');
const SETTLEMENT = { tacheId: 7, payid: 'PP-7', paymentDate: '2026-03-07T12:00:10Z' };

/** What every ledger does. @param make gives an empty one */
export function ledgerContract(make: () => Promise<Ledger & Settlements>): void {
  const withRows = async (...rows: readonly LedgerTransaction[]) => {
    const ledger = await make();
    await ledger.importTransactions(rows);
    return ledger;
  };
  const idsOf = async (ledger: Ledger, ...window: readonly [method: string, period: ReturnType<typeof between>]) =>
    (await inWindow(ledger, ...window)).map(({ transId }) => transId);

  describe('an import', () => {
    it('counts what is new, changed and unchanged, and gives rows back as they came', async () => {
      const ledger = await make();
      const second = failed(0, { transId: 'T2', phone: 707123456, custom: 'é', createdAt: '2026-03-07T12:00:00.123456Z' });
      const rows = [transaction(), second];
      expect(await ledger.importTransactions(rows)).toEqual({ created: 2, changed: 0, unchanged: 0 });
      expect(await ledger.importTransactions(rows)).toEqual({ created: 0, changed: 0, unchanged: 2 });
      expect(await ledger.importTransactions([transaction({ status: 'FAILED' }), transaction({ transId: 'T3' })])).toEqual({ created: 1, changed: 1, unchanged: 0 });
      expect(await inWindow(ledger, 'OM', DAY)).toEqual([transaction({ status: 'FAILED' }), second, transaction({ transId: 'T3' })].map(seen));
    });

    it('of nothing is none', async () => {
      expect(await (await make()).importTransactions([])).toEqual({ created: 0, changed: 0, unchanged: 0 });
    });

    it('in which an id comes twice keeps the last', async () => {
      const ledger = await make();
      expect(await ledger.importTransactions([transaction(), transaction({ amount: '1' }), transaction({ amount: '2' })])).toEqual({ created: 1, changed: 0, unchanged: 2 });
      expect(await inWindow(ledger, 'OM', DAY)).toEqual([seen(transaction({ amount: '2' }))]);
    });

    it.each<[string, Partial<LedgerTransaction>]>([
      ['another second', { createdAt: '2026-03-07T12:00:01Z' }],
      ['another day', { createdAt: '2026-03-09T12:00:00Z' }],
      ['another payment method', { paymentMethod: 'MOMO' }],
    ])('moves a row to %s: it is there once', async (_where, changes) => {
      const ledger = await withRows(transaction());
      expect(await ledger.importTransactions([transaction(changes)])).toEqual({ created: 0, changed: 1, unchanged: 0 });
      const threeDays = between('2026-03-07T00:00:00Z', '2026-03-10T00:00:00Z');
      expect([...(await inWindow(ledger, 'OM', threeDays)), ...(await inWindow(ledger, 'MOMO', threeDays))]).toEqual([seen(transaction(changes))]);
    });

    it('of more rows than any batch holds takes them all', async () => {
      const rows = Array.from({ length: 1_010 }, (_, index) => transaction({ transId: `T${index}` }));
      const ledger = await make();
      expect(await ledger.importTransactions(rows)).toEqual({ created: 1_010, changed: 0, unchanged: 0 });
      expect(new Set(await idsOf(ledger, 'OM', DAY)).size).toBe(1_010);
    });

    it.each([
      ['of 200 three-byte characters', '語'.repeat(200)],
      ['of 100 emoji', '🧾'.repeat(100)],
      ['with signs of our keys', 'OM#2026-03-07#1'],
    ])('takes an id %s', async (_what, transId) => {
      expect(await idsOf(await withRows(transaction({ transId })), 'OM', DAY)).toEqual([transId]);
    });

    it('takes texts as long as any that is let through', async () => {
      const long = '語'.repeat(4_000);
      const row = transaction({ merchant: long, merchantEmail: long, serviceName: long, siteId: long, status: long, payid: long, custom: long, phone: long, paymentDate: long });
      expect(await inWindow(await withRows(row), 'OM', DAY)).toEqual([seen(row)]);
    });
  });

  describe('a window', () => {
    it('holds the rows of its payment method, from its first instant on and before its end', async () => {
      const at = (transId: string, createdAt: string) => transaction({ transId, createdAt });
      const ledger = await withRows(
        at('before', '2026-03-07T09:59:58Z'),
        at('first', '2026-03-07T10:00:00Z'),
        at('fraction', '2026-03-07T10:00:00.5Z'),
        at('last', '2026-03-07T10:59:59.999999Z'),
        at('after', '2026-03-07T11:00:02Z'),
        transaction({ transId: 'other', createdAt: '2026-03-07T10:30:00Z', paymentMethod: 'MOMO' }),
      );
      expect(await idsOf(ledger, 'OM', between('2026-03-07T10:00:00Z', '2026-03-07T11:00:00Z'))).toEqual(['first', 'fraction', 'last']);
    });

    it('over midnight holds the rows of both days', async () => {
      const ledger = await withRows(transaction({ transId: 'T1', createdAt: '2026-03-07T23:59:59.9Z' }), transaction({ transId: 'T2', createdAt: '2026-03-08T00:00:00Z' }));
      expect(await idsOf(ledger, 'OM', between('2026-03-07T23:00:00Z', '2026-03-08T01:00:00Z'))).toEqual(['T1', 'T2']);
    });

    it('that ends at midnight holds nothing of the next day', async () => {
      const ledger = await withRows(transaction({ createdAt: '2026-03-08T00:00:00Z' }));
      expect(await idsOf(ledger, 'OM', DAY)).toEqual([]);
    });

    it('of a payment method whose name begins like another’s holds its own', async () => {
      const ledger = await withRows(transaction({ paymentMethod: 'OMX' }), transaction({ transId: 'T2', paymentMethod: 'OM#2026-03-07' }));
      expect(await idsOf(ledger, 'OM', DAY)).toEqual([]);
    });
  });

  describe('a settlement', () => {
    it('makes a transaction a success with the statement’s reference and date; asked again the same tache is told the same', async () => {
      const row = failed(0);
      const ledger = await withRows(row);
      expect(await ledger.settle(row, SETTLEMENT)).toBe('applied');
      expect(await ledger.settle(row, SETTLEMENT)).toBe('applied');
      expect(await inWindow(ledger, 'OM', DAY)).toEqual([seen({ ...row, status: 'SUCCES', payid: 'PP-7', paymentDate: SETTLEMENT.paymentDate })]);
    });

    it('of another tache, of a success, or of what is not there, is a conflict and changes nothing', async () => {
      const ledger = await withRows(failed(0), transaction({ transId: 'T2' }));
      await ledger.settle(failed(0), SETTLEMENT);
      const before = await inWindow(ledger, 'OM', DAY);
      expect(await ledger.settle(failed(0), { ...SETTLEMENT, tacheId: 8 })).toBe('conflict');
      expect(await ledger.settle(transaction({ transId: 'T2' }), SETTLEMENT)).toBe('conflict');
      expect(await ledger.settle(failed(0, { transId: 'T9' }), SETTLEMENT)).toBe('conflict');
      expect(await inWindow(ledger, 'OM', DAY)).toEqual(before);
    });

    it('finds a transaction that an import has changed or moved since', async () => {
      const row = failed(0);
      const ledger = await withRows(row);
      await ledger.importTransactions([{ ...row, status: 'EXPIRED', createdAt: '2026-03-07T15:00:00Z' }]);
      expect(await ledger.settle(row, SETTLEMENT)).toBe('applied');
      expect(await inWindow(ledger, 'OM', DAY)).toMatchObject([{ status: 'SUCCES', createdAt: '2026-03-07T15:00:00Z' }]);
    });

    it('is never taken back by an import', async () => {
      const row = failed(0);
      const ledger = await withRows(row);
      await ledger.settle(row, SETTLEMENT);
      for (const again of [row, { ...row, status: 'EXPIRED' }, { ...row, createdAt: '2026-03-07T15:00:00Z' }]) {
        expect(await ledger.importTransactions([again])).toEqual({ created: 0, changed: 0, unchanged: 1 });
      }
      expect(await inWindow(ledger, 'OM', DAY)).toMatchObject([{ status: 'SUCCES', payid: 'PP-7', createdAt: row.createdAt }]);
    });

    it('of ten taches at once is one', async () => {
      const row = failed(0);
      const ledger = await withRows(row);
      const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => ledger.settle(row, { ...SETTLEMENT, tacheId: index + 1 })));
      expect(answers.filter((answer) => answer === 'applied')).toHaveLength(1);
    });
  });
}
