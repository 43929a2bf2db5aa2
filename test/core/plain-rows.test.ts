import { describe, expect, it } from 'vitest';
import { LedgerCollector } from '../../lib/core/ledger-collector.ts';
import type { Operator, StatementLayout } from '../../lib/core/operator.ts';
import { StatementReader } from '../../lib/core/statement.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { BlockOfTexts } from './cell-blocks.ts';

const UNTYPED = { epoch: 1900, typed: false } as const;

/** What can stand in a cell, plain and not. */
const SPELLED = [
  ...['', ' ', '-', 'NULL', 'null', '0', '00', '000', '1', '05', '5000', '5 000', '12.50', '999999999999', '1234567890123', '-5000'],
  ...['é', ' x', 'x\t', 'Succès', 'total', 'a"b', '+2250707123456', '707123456', '0707123456', 'FAILED', 'SUCCES', 'succes', 'MYSTERE'],
  ...['12/03/2026', '31/02/2026', '1/3/2026', '00/03/2026', '12/00/2026', '12/03/0026', '12-03-2026', '12/03/20261', 'aa/03/2026', '12/bb/2026', '12/03/cccc'],
  ...['08:00:00', '23:59:59', '24:00:00', '08:60:00', '08:00:60', '8:00:00', '08.00.00', 'aa:00:00', '08:bb:00', '08:00:cc'],
  ...['2026-03-12T08:00:00Z', '2026-03-12T08:00:00.5Z', '2026-03-12T08:00:00.123456Z', '2026-03-12T08:00:00.1234567Z', '2026-03-12T08:00:00.Z', '2026-03-12T08:00:00,5Z'],
  ...['2026-03-12 08:00:00', '2026-02-30T08:00:00Z', '2026-03-12T24:00:00Z', '2026-03-12T08:00:00z', '2026-03-12T08:00:00', '2026-03-12T08:00:00.xZ', '0099-03-12T08:00:00Z'],
  ...['OM', 'om', 'DDVA', 'DDVAOMCI', 'ONECI - RNPP', 'XOF', 'xof', 'CDF', 'x'.repeat(200), 'x'.repeat(201), 'x'.repeat(4_001)],
];

/** Rows that differ from a plain one in one cell each, or that end early, and some plain ones between them. */
function oddRows(plain: readonly string[]): readonly (readonly string[])[] {
  const changed = plain.flatMap((_, column) => SPELLED.map((cell) => plain.with(column, cell)));
  const cut = plain.map((_, length) => plain.slice(0, length));
  return [...changed, ...cut].flatMap((row, index) => (index % 5 === 0 ? [row, plain] : [row]));
}

const ORANGE_HEADER = ['Date', 'Heure', 'Référence', 'Statut', 'Crédit', 'Compte OM', 'Correspondant'];
const ORANGE_ROW = ['12/03/2026', '08:00:00', 'PP1', 'SUCCES', '5000', '0700000001', '0707123456'];
const orange = operatorNamed('OMCI', { successStatuses: ['SUCCES'], failureStatuses: ['FAILED'] });

const LEDGER_HEADER = [
  ...['created_at', 'marchand', 'NomDuService', 'cpm_trans_id', 'cpm_amount', 'cpm_currency'],
  ...['payment_method', 'cel_phone_num', 'cpm_trans_status', 'cpm_payid', 'cpm_custom'],
];

function ledgerRow({ ledger: { paymentMethod, merchant = 'BOUTIQUE A', serviceName = 'SHOP' }, currency }: Operator): readonly string[] {
  return ['2026-03-12T08:00:00Z', merchant, serviceName, 'T1', '5000', currency, paymentMethod, '0707123456', 'SUCCES', 'PP1', 'U1'];
}

function statementRead(operator: Operator, read: (reader: StatementReader) => void) {
  const reader = new StatementReader(operator, UNTYPED);
  read(reader);
  const reading = reader.end();
  if (reading.kind !== 'rows') throw new Error(`no rows: ${JSON.stringify(reading)}`);
  const { rows, ...rest } = reading;
  const values = rows.map(({ number, time, payid, amount, phone, transId, shown }, index) => {
    return { number, time, payid, amount, phone, transId, shown, matches: rows.hasReference(index), correspondence: rows.correspondence(index) };
  });
  return { ...rest, rows: values };
}

function ledgerRead(operator: Operator, read: (collector: LedgerCollector) => void) {
  const collector = new LedgerCollector(operator, UNTYPED);
  read(collector);
  const rows = collector.end();
  const values = rows.map(({ transaction, created, amount, payid, verdict, correspondence }, index) => {
    const {
      transId,
      createdAt,
      amount: shown,
      phone,
      paymentMethod,
      status,
      payid: shownPayid,
      custom,
    } = rows.isIn(index) ? transaction : { ...NO_TRANSACTION, transId: transaction.transId };
    const named = { transId, createdAt, shown: Number.isNaN(amount) ? '' : shown, phone, paymentMethod, status, shownPayid, custom };
    return rows.isIn(index) ? { ...named, created, amount, payid, verdict, correspondence } : named;
  });
  return { count: collector.count, rejected: collector.rejected, rows: values };
}

const NO_TRANSACTION = { createdAt: '', amount: '', phone: '', paymentMethod: '', status: '', payid: '', custom: '' };

/** Which of some rows under a header are read from their texts. */
function decodedStatements(operator: Operator, header: readonly string[], rows: readonly (readonly string[])[], spoilt: readonly number[] = []): readonly number[] {
  const block = new BlockOfTexts(rows, spoilt);
  const reader = new StatementReader(operator, UNTYPED);
  reader.read([header]);
  reader.readBlock(block);
  return block.decoded;
}

function decodedLedgers(operator: Operator, rows: readonly (readonly string[])[], conventions: ConstructorParameters<typeof LedgerCollector>[1] = UNTYPED): readonly number[] {
  const block = new BlockOfTexts([LEDGER_HEADER, ...rows]);
  const collector = new LedgerCollector(operator, conventions);
  collector.readBlock(block);
  return block.decoded;
}

describe('statement rows that are taken from bytes', () => {
  it('are in the minor unit, in UTC, with every cell as the file shows it', () => {
    const congo = operatorNamed('OMRDC');
    const block = new BlockOfTexts([ORANGE_HEADER, ['12/03/2026', '08:00:01', 'PP9', 'SUCCES', '0070', congo.account, '0891234567']]);
    expect(statementRead(congo, (reader) => reader.readBlock(block)).rows).toEqual([
      {
        number: 0,
        time: Date.UTC(2026, 2, 12, 7, 0, 1) / 1_000,
        payid: 'PP9',
        amount: 7_000,
        phone: '243891234567',
        transId: '',
        shown: { amount: '0070', phone: '0891234567', status: 'SUCCES', account: congo.account },
        matches: true,
        correspondence: '243891234567',
      },
    ]);
    expect(block.decoded).toEqual([0]);
  });

  it('are those whose cells are plain, which succeed and are the operator’s own: of all others the texts are read', () => {
    const plain = [
      ORANGE_ROW,
      ORANGE_ROW.with(4, '999999999999'),
      ORANGE_ROW.with(2, 'a b'),
      ORANGE_ROW.with(6, '707123456'),
      ORANGE_ROW.with(1, '23:59:59'),
      [...ORANGE_ROW, 'é'],
    ];
    expect(decodedStatements(orange, ORANGE_HEADER, plain)).toEqual([]);
    expect(decodedStatements(orange, ORANGE_HEADER, [...plain, ORANGE_ROW], [1, 6])).toEqual([1, 6]);
    const others = [
      ...[ORANGE_ROW.with(2, ''), ORANGE_ROW.with(2, ' PP1'), ORANGE_ROW.with(3, ''), ORANGE_ROW.with(3, 'FAILED'), ORANGE_ROW.with(3, 'SUCCES ')],
      ...[ORANGE_ROW.with(4, '5 000'), ORANGE_ROW.with(5, ''), ORANGE_ROW.with(5, '0700000002'), ORANGE_ROW.with(5, '0700000001 ')],
      ...[ORANGE_ROW.with(6, '+225'), ORANGE_ROW.with(0, '12-03-2026'), ORANGE_ROW.with(1, '24:00:00')],
    ];
    expect(decodedStatements(orange, ORANGE_HEADER, others)).toEqual(others.map((_, index) => index));
  });

  it('are taken of layouts that say where the columns are, and of none that judge rows by more than that', () => {
    const { layout } = orange;
    const decoded = (changes: Partial<StatementLayout>, header = ORANGE_HEADER) =>
      decodedStatements({ ...orange, layout: { ...layout, ...changes } }, header, [[...ORANGE_ROW, 'C']]).length;
    expect(decoded({ sheet: 'Feuille', headerRows: 1, search: {} })).toBe(0);
    expect(decoded({ debits: { kind: 'minus-sign' } })).toBe(1);
    expect(decoded({ rowType: { column: 'Type', only: ['C'] } }, [...ORANGE_HEADER, 'Type'])).toBe(1);
  });

  it('are expected by what was read of the file', () => {
    const reader = new StatementReader(orange, UNTYPED);
    reader.readBlock(new BlockOfTexts([ORANGE_HEADER, ORANGE_ROW]));
    reader.expectMore(0.0001);
    const reading = reader.end();
    expect(reading.kind === 'rows' && reading.rows.statuses.parts.ids.length).toBe(10_500);
  });

  it('are none in a format with types, where a cell of digits is what it says', () => {
    const block = new BlockOfTexts([ORANGE_HEADER, ORANGE_ROW]);
    new StatementReader(orange, { epoch: 1900, typed: true }).readBlock(block);
    expect(block.decoded).toEqual([0, 1]);
  });

  it('come after a row of nothing but an amount as texts: a data row tells what that one was', () => {
    const amountOnly = ORANGE_ROW.map((cell, column) => (column === 4 ? cell : ''));
    expect(decodedStatements(orange, ORANGE_HEADER, [ORANGE_ROW, amountOnly, ORANGE_ROW, ORANGE_ROW])).toEqual([1, 2]);
  });

  it('say what they say as texts, whatever stands in a cell', () => {
    const rows = [ORANGE_HEADER, ...oddRows(ORANGE_ROW)];
    expect(statementRead(orange, (reader) => reader.readBlock(new BlockOfTexts(rows)))).toEqual(statementRead(orange, (reader) => reader.read(rows)));
  });

  it('say it also where the layout has one column for the moment, and its own transaction id', () => {
    const mtn = operatorNamed('MTNCI');
    const header = ['EndDateTime', 'TransactionId', 'ResponseMessage', 'Amount', 'ServiceProviderCode', 'MSISDN', 'IdTransactionCP'];
    const rows = [header, ...oddRows(['03/12/2026 08:00:00', 'PP1', 'SUCCES', '5000', mtn.account, '0505123456', 'U1'])];
    expect(statementRead(mtn, (reader) => reader.readBlock(new BlockOfTexts(rows)))).toEqual(statementRead(mtn, (reader) => reader.read(rows)));
  });
});

describe('ledger rows that are taken from bytes', () => {
  it('are those whose cells are plain: of all others the texts are read, and of the header', () => {
    const operator = operatorNamed('OMCI');
    const row = ledgerRow(operator);
    const plain = [
      ...[row, row.with(7, ''), row.with(7, '707123456'), row.with(3, 'x'.repeat(200)), row.with(9, ''), row.with(9, 'NULL'), row.with(5, ' é'), row.with(8, 'MYSTERE')],
      ...[
        row.with(6, 'MOMO'),
        row.with(6, 'x'.repeat(200)),
        row.with(1, 'ONECI - RNPP'),
        row.with(2, ' SHOP é'),
        row.with(0, '2026-03-12T08:00:00.5Z'),
        [...row, 'x'.repeat(3_900)],
      ],
      // What is not the operator's is kept as an id alone: the rest of it need not be plain.
      row.with(6, 'MOMO').with(7, '+225').with(9, ' PP1'),
    ];
    expect(decodedLedgers(operator, plain)).toEqual([0]);
    const others = [
      ...[
        row.with(3, ''),
        row.with(3, ' T1'),
        row.with(3, 'x'.repeat(201)),
        row.with(6, ''),
        row.with(6, 'x'.repeat(201)),
        row.with(6, 'OM '),
        row.with(1, 'BOUTIQUE '),
        [...row, 'x'.repeat(4_000)],
      ],
      ...[row.with(0, '2026-03-12 08:00:00'), row.with(4, '5000.00'), row.with(7, '+225'), row.with(8, 'SUCCES '), row.with(9, ' PP1'), row.with(10, ' U1')],
    ];
    expect(decodedLedgers(operator, others)).toEqual([0, ...others.map((_, index) => index + 1)]);
  });

  it('are none in a format with types, where a cell of digits is what it says', () => {
    expect(decodedLedgers(operatorNamed('OMCI'), [ledgerRow(operatorNamed('OMCI'))], { epoch: 1900, typed: true })).toEqual([0, 1]);
  });

  it('may have lines above their header, and are expected by what was read of them', () => {
    const operator = operatorNamed('OMCI');
    const collector = new LedgerCollector(operator, UNTYPED);
    collector.readBlock(new BlockOfTexts([['Export'], LEDGER_HEADER, ledgerRow(operator)]));
    collector.expectMore(0.0001);
    expect([collector.count, collector.end().parts.created.length]).toEqual([1, 10_500]);
  });

  it('are excluded by the clause all of whose values they carry, and by no part of one', () => {
    const operator = operatorNamed('OMCI', { ledger: { paymentMethod: 'OM', exclude: [{ merchant: 'M1', serviceName: 'S1' }, { merchant: 'M2' }] } });
    const row = ledgerRow(operator);
    const rows = [row, row.with(1, 'M1'), row.with(2, 'S1'), row.with(1, 'M1').with(2, 'S1'), row.with(1, 'M2'), row.with(6, 'OMX')].map((one, index) => one.with(3, `T${index}`));
    const collector = new LedgerCollector(operator, UNTYPED);
    collector.readBlock(new BlockOfTexts([LEDGER_HEADER, ...rows]));
    const candidates = collector.end();
    expect(rows.map((_, index) => candidates.isIn(index))).toEqual([true, true, true, false, false, false]);
  });

  it('of one transaction count once, the last of them', () => {
    const operator = operatorNamed('OMCI');
    const row = ledgerRow(operator);
    const collector = new LedgerCollector(operator, UNTYPED);
    collector.readBlock(new BlockOfTexts([LEDGER_HEADER, row, row.with(3, 'T2'), row.with(8, 'FAILED'), row.with(4, '6000')]));
    const candidates = collector.end();
    expect([0, 1, 2, 3].map((index) => candidates.isIn(index))).toEqual([false, true, false, true]);
    expect([collector.count, collector.headerFound, collector.rejected]).toEqual([4, true, []]);
  });

  it.each(['OMCI', 'OMRDC', 'DDVAVISA'])('say what they say as texts, whatever stands in a cell: %s', (code) => {
    const operator = operatorNamed(code);
    const rows = [LEDGER_HEADER, ...oddRows(ledgerRow(operator))].map((row, index) => (row[3] === 'T1' ? row.with(3, `T${index}`) : row));
    expect(ledgerRead(operator, (collector) => collector.readBlock(new BlockOfTexts(rows)))).toEqual(ledgerRead(operator, (collector) => collector.read(rows)));
  });

  it('say it of a file that lacks the columns that may be lacking', () => {
    const operator = operatorNamed('OMCI');
    const columns = [0, 3, 4, 6, 8];
    const narrow = (row: readonly string[]) => columns.map((column) => row[column] ?? '');
    const rows = [LEDGER_HEADER, ...oddRows(ledgerRow(operator))].map(narrow);
    expect(ledgerRead(operator, (collector) => collector.readBlock(new BlockOfTexts(rows)))).toEqual(ledgerRead(operator, (collector) => collector.read(rows)));
  });
});
