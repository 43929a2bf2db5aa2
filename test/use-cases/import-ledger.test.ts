import { describe, expect, it } from 'vitest';
import { importLedger, importLedgerFile, importTransactions } from '../../lib/use-cases/import-ledger.ts';
import { aWorld, type World } from '../fakes/world.ts';
import { sourceOfObjects } from '../fixtures/row-source.ts';
import { reasonOf } from './failing.ts';

const KEY = 'depot/cinetpay/mars.csv';
const REPORT = 'depot/refus/cinetpay/mars.csv.rapport.json';

/** A transaction as a caller writes it, with what a test wants different. */
function row(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    created_at: '2026-03-07T12:00:00Z',
    cpm_trans_id: 'T1',
    cpm_amount: '5000',
    cpm_currency: 'XOF',
    payment_method: 'OM',
    cel_phone_num: '0707123456',
    cpm_trans_status: 'PENDING',
    cpm_payid: '',
    ...changes,
  };
}

const HEADERS = Object.keys(row());
const csv = (rows: readonly object[]) => [HEADERS, ...rows.map((one) => Object.values(one))].map((cells) => `${cells.join(';')}\n`).join('');

async function importFile(world: World, content: string | Uint8Array) {
  return importLedgerFile(world, await world.objects.put(KEY, content, 'text/csv'));
}

const reportOf = (world: World): unknown => JSON.parse(world.objects.text(REPORT) ?? 'null');

describe('transactions of a call', () => {
  it('are new, changed or unchanged', async () => {
    const { ledger } = aWorld();
    expect(await importTransactions(ledger, [row(), row({ cpm_trans_id: 'T2' })])).toEqual({ received: 2, created: 2, changed: 0, unchanged: 0, rejected: [], headerFound: true });
    expect(await importTransactions(ledger, [row(), row({ cpm_trans_id: 'T2', cpm_trans_status: 'SUCCES' }), row({ cpm_trans_id: 'T3' })])).toMatchObject({
      received: 3,
      created: 1,
      changed: 1,
      unchanged: 1,
    });
    expect(ledger.all().map(({ status }) => status)).toEqual(['PENDING', 'SUCCES', 'PENDING']);
  });

  it('of one id in one batch: the last counts', async () => {
    const { ledger } = aWorld();
    expect(await importTransactions(ledger, [row(), row({ cpm_trans_status: 'SUCCES' })])).toMatchObject({ received: 2, created: 1, unchanged: 1 });
    expect(ledger.all()).toMatchObject([{ transId: 'T1', status: 'SUCCES' }]);
  });

  it('that a validation has settled stay as they are', async () => {
    const { ledger } = aWorld();
    await importTransactions(ledger, [row()]);
    const [transaction] = ledger.all();
    await ledger.settle(transaction ?? { transId: '' }, { tacheId: 7, payid: 'PP1', paymentDate: '2026-03-07T12:00:10Z' });
    expect(await importTransactions(ledger, [row({ cpm_trans_status: 'FAILED' })])).toMatchObject({ changed: 0, unchanged: 1 });
    expect(ledger.all()).toMatchObject([{ status: 'SUCCES', payid: 'PP1' }]);
  });

  it('none at all is no mistake', async () => {
    expect(await importTransactions(aWorld().ledger, [])).toMatchObject({ received: 0, created: 0 });
  });

  it('without a needed column are a 400 that names the columns', async () => {
    const { payment_method: _, ...without } = row();
    expect(await reasonOf(importTransactions(aWorld().ledger, [without]))).toMatchObject({ code: 'invalid-request', detail: expect.stringContaining('payment_method') });
  });

  it.each([
    ['without an id', { cpm_trans_id: ' ' }, 'cpm_trans_id'],
    ['with an id of 201 characters', { cpm_trans_id: 'x'.repeat(201) }, 'cpm_trans_id'],
    ['without a date', { created_at: '' }, 'created_at'],
    ['with a date that is none', { created_at: 'hier' }, 'created_at'],
    ['with an amount that is none', { cpm_amount: 'cinq' }, 'cpm_amount'],
    ['without an amount', { cpm_amount: '' }, 'cpm_amount'],
    ['without a payment method', { payment_method: '' }, 'payment_method'],
    ['with a payment method that no key holds', { payment_method: 'x'.repeat(201) }, 'payment_method'],
    ['with a text that no item holds', { cpm_custom: 'x'.repeat(100_000) }, 'cpm_custom'],
  ])('%s are rejected by number and reason, the others taken', async (_what, changes, column) => {
    const { ledger } = aWorld();
    const result = await importTransactions(ledger, [row({ cpm_custom: '' }), row({ cpm_trans_id: 'T2', ...changes }), row({ cpm_trans_id: 'T3' })]);
    expect(result).toMatchObject({ received: 3, created: 2, rejected: [{ number: 1, reason: expect.stringContaining(column) }] });
    expect(ledger.all().map(({ transId }) => transId)).toEqual(['T1', 'T3']);
  });

  it('are taken with their columns in any order and case, and with columns that nobody knows', async () => {
    const { ledger } = aWorld();
    const shuffled = Object.fromEntries(
      Object.entries({ couleur: 'bleu', ...row() })
        .reverse()
        .map(([name, value]) => [` ${name.toUpperCase()} `, value]),
    );
    expect(await importTransactions(ledger, [shuffled])).toMatchObject({ created: 1 });
  });

  it('that die half way and come again are all there, once', async () => {
    const world = aWorld();
    const rows = Array.from({ length: 2_500 }, (_, index) => row({ cpm_trans_id: `T${index}` }));
    const table = () => sourceOfObjects(rows);
    let calls = 0;
    const dying = {
      ...world.ledger,
      importTransactions: (batch: Parameters<typeof world.ledger.importTransactions>[0]) => {
        calls += 1;
        return calls === 2 ? Promise.reject(new Error('the worker dies')) : world.ledger.importTransactions(batch);
      },
    };
    await expect(importLedger(dying, table())).rejects.toThrow('dies');
    const { created, unchanged } = await importLedger(world.ledger, table());
    expect([created + unchanged, world.ledger.all().length]).toEqual([2_500, 2_500]);
    expect(created).toBeLessThan(2_500);
  });
});

describe('a dropped ledger file', () => {
  it('is taken in, and says nothing where nothing is wrong', async () => {
    const world = aWorld();
    expect(await importFile(world, csv([row(), row({ cpm_trans_id: 'T2' })]))).toMatchObject({ received: 2, created: 2 });
    expect(reportOf(world)).toBeNull();
  });

  it('told of twice changes nothing', async () => {
    const world = aWorld();
    await importFile(world, csv([row()]));
    expect(await importFile(world, csv([row()]))).toMatchObject({ created: 0, changed: 0, unchanged: 1 });
  });

  it('of which some rows cannot be taken has a report that lists them, and the others are taken', async () => {
    const world = aWorld();
    await importFile(world, csv([row(), row({ cpm_trans_id: 'T2', cpm_amount: 'cinq' })]));
    expect(reportOf(world)).toMatchObject({
      fichier: KEY,
      raison: expect.stringContaining('1 ligne(s) rejetée(s) sur 2'),
      rejets: [{ ligne: 1, raison: expect.stringContaining('cpm_amount') }],
    });
    expect(world.ledger.all()).toHaveLength(1);
  });

  it('without the columns has a report that names them, and nothing is taken', async () => {
    const world = aWorld();
    await importFile(world, 'a;b\n1;2\n');
    expect(reportOf(world)).toMatchObject({ raison: expect.stringContaining('cpm_trans_id') });
    expect(world.ledger.all()).toEqual([]);
  });

  it('that is no table has a report that says so', async () => {
    const world = aWorld();
    expect(await importFile(world, Buffer.from('%PDF-1.7 \u0000'))).toBeUndefined();
    expect(reportOf(world)).toMatchObject({ raison: expect.stringContaining('classeur') });
  });

  it('that is gone is left at that', async () => {
    const world = aWorld();
    expect(await importLedgerFile(world, { key: KEY })).toBeUndefined();
    expect(reportOf(world)).toBeNull();
  });

  it('leaves no file on the disk, whatever comes', async () => {
    const world = aWorld();
    await importFile(world, csv([row()]));
    await importFile(world, Buffer.from('%PDF-1.7 \u0000'));
    const broken = { ...world, ledger: { ...world.ledger, importTransactions: () => Promise.reject(new Error('no table')) } };
    await expect(importLedgerFile(broken, await world.objects.put(KEY, csv([row()]), 'text/csv'))).rejects.toThrow('no table');
    expect(world.objects.spooled()).toBe(0);
  });
});
