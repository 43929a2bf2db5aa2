import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPERATORS } from '../../lib/core/catalogue.ts';
import type { Operator } from '../../lib/core/operator.ts';
import type { CellBlock, RowSource } from '../../lib/core/rows.ts';
import type { StatementRow } from '../../lib/core/statement-rows.ts';
import { openRows } from '../../lib/files/open-rows.ts';
import { generateDay } from '../../lib/local/sample/generated-day.ts';
import { readLedger } from '../../lib/use-cases/read-ledger.ts';
import { readStatement } from '../../lib/use-cases/read-statement.ts';
import { csv } from '../fixtures/csv-file.ts';
import { ledgerTable } from '../fixtures/ledger-table.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { plainStatementLines } from '../fixtures/plain-files.ts';
import { statementTable } from '../fixtures/statement-table.ts';

/** The rows of a csv as its bytes, and as texts alone. */
async function bothWays(file: Buffer): Promise<readonly [RowSource, RowSource]> {
  const open = () => openRows({ kind: 'bytes', bytes: file });
  const { blocks, ...texts } = await open();
  if (blocks === undefined) throw new Error('the file is not read as csv');
  return [await open(), texts];
}

async function statementOf(source: RowSource, operator: Operator) {
  const reading = await readStatement(source, operator);
  if (reading.kind !== 'rows') return reading;
  const shown = ({ number, time, payid, amount, phone, transId, shown }: StatementRow) => ({ number, time, payid, amount, phone, transId, shown });
  return { ...reading, rows: reading.rows.map(shown) };
}

async function ledgerOf(source: RowSource, operator: Operator) {
  const { candidates, ...reading } = await readLedger(source, operator);
  const rows = candidates
    .filter((_, index) => candidates.isIn(index))
    .map(({ transaction, created, amount, payid, verdict, correspondence }) => {
      const { transId, createdAt, amount: shown, phone, paymentMethod, status, payid: reference, custom } = transaction;
      return { transId, createdAt, shown: Number.isNaN(amount) ? '' : shown, phone, paymentMethod, status, reference, custom, created, amount, payid, verdict, correspondence };
    });
  return { ...reading, rows };
}

const SPELLED = [
  '',
  ' ',
  '-',
  'NULL',
  '0',
  '00',
  '000',
  '1',
  '05',
  '5000',
  '5 000',
  '12.50',
  '1234567890123',
  'é',
  ' x',
  'x\t',
  'Succès',
  'total',
  '"',
  'a"b',
  '+2250707123456',
  '707123456',
  '0707123456',
  'FAILED',
  'SUCCES',
  '12/03/2026',
  '31/02/2026',
  '1/3/2026',
  '08:00:00',
  '24:00:00',
  '8:00:00',
  '2026-03-12T08:00:00Z',
  '2026-03-12T08:00:00.5Z',
  '2026-03-12 08:00:00',
  '2026-02-30T08:00:00Z',
  'OM',
  'om',
  'DDVA',
  'XOF',
  'CDF',
  'x'.repeat(201),
  'x'.repeat(4_001),
];

function tableWithOddCells(header: readonly string[], plain: readonly string[]): fc.Arbitrary<readonly (readonly string[])[]> {
  const odd = fc.tuple(fc.nat(plain.length - 1), fc.constantFrom(...SPELLED));
  const row = fc.array(odd, { maxLength: 3 }).map((changes) => plain.map((cell, index) => changes.find(([at]) => at === index)?.[1] ?? cell));
  const cut = fc.tuple(row, fc.integer({ min: 0, max: plain.length })).map(([cells, length]) => cells.slice(0, length));
  return fc.array(fc.oneof({ weight: 6, arbitrary: row }, cut), { minLength: 1, maxLength: 12 }).map((rows) => [header, ...rows]);
}

const ORANGE = ['12/03/2026', '08:00:00', 'PP1', 'SUCCES', '5000', '0700000001', '0707123456'];
const ORANGE_HEADER = ['Date', 'Heure', 'Référence', 'Statut', 'Crédit', 'Compte OM', 'Correspondant'];
const LEDGER = ['2026-03-12T08:00:00Z', 'BOUTIQUE A', 'SHOP', 'T1', '5000', 'XOF', 'OM', '0707123456', 'SUCCES', 'PP1', 'U1'];
const LEDGER_HEADER = [
  'created_at',
  'marchand',
  'NomDuService',
  'cpm_trans_id',
  'cpm_amount',
  'cpm_currency',
  'payment_method',
  'cel_phone_num',
  'cpm_trans_status',
  'cpm_payid',
  'cpm_custom',
];

describe('rows that are taken from the bytes of a csv', () => {
  it.each(OPERATORS)('say of a day of $code what they say as texts', async (operator) => {
    const day = generateDay(operator, { rows: 300, seed: 5 });
    const [bytes, texts] = await bothWays(Buffer.from([...csv(statementTable(day))].join('')));
    expect(await statementOf(bytes, operator)).toEqual(await statementOf(texts, operator));
    const [ledgerBytes, ledgerTexts] = await bothWays(Buffer.from([...csv(ledgerTable(day.ledger()))].join('')));
    expect(await ledgerOf(ledgerBytes, operator)).toEqual(await ledgerOf(ledgerTexts, operator));
  });

  it('say of a statement what they say as texts, whatever stands in its cells and in whatever encoding', async () => {
    const orange = operatorNamed('OMCI', { successStatuses: ['SUCCES'], failureStatuses: ['FAILED'] });
    await fc.assert(
      fc.asyncProperty(tableWithOddCells(ORANGE_HEADER, ORANGE), fc.constantFrom<BufferEncoding>('utf8', 'latin1'), async (table, encoding) => {
        const [bytes, texts] = await bothWays(Buffer.from([...csv(table)].join(''), encoding));
        expect(await statementOf(bytes, orange)).toEqual(await statementOf(texts, orange));
      }),
      { numRuns: 150 },
    );
  });

  it.each(['OMCI', 'OMRDC', 'DDVAVISA'])('say of a ledger what they say as texts, whatever stands in its cells: %s', async (code) => {
    const operator = operatorNamed(code);
    const plain = LEDGER.map((cell) => (cell === 'OM' ? operator.ledger.paymentMethod : cell === 'XOF' ? operator.currency : cell));
    await fc.assert(
      fc.asyncProperty(tableWithOddCells(LEDGER_HEADER, plain), fc.constantFrom<BufferEncoding>('utf8', 'latin1'), async (table, encoding) => {
        const [bytes, texts] = await bothWays(Buffer.from([...csv(table)].join(''), encoding));
        expect(await ledgerOf(bytes, operator)).toEqual(await ledgerOf(texts, operator));
      }),
      { numRuns: 100 },
    );
  });

  it('are nearly all rows of a plain export', async () => {
    const day = generateDay(operatorNamed('OMCI'), { rows: 200, seed: 5, shares: { noCredit: 0 } });
    let decoded = 0;
    const { blocks, ...rest } = await openRows({ kind: 'bytes', bytes: Buffer.from([...plainStatementLines(day)].join('')) });
    const counted = async function* (): AsyncGenerator<CellBlock> {
      for await (const block of blocks ?? []) {
        const { bytes, rowCount, rowEnds, starts, ends, plain } = block;
        const row = (index: number) => {
          decoded += 1;
          return block.row(index);
        };
        yield { bytes, rowCount, rowEnds, starts, ends, plain, row };
      }
    };
    await readStatement({ ...rest, blocks: counted() }, day.operator);
    expect(decoded).toBeLessThan(10);
  });
});
