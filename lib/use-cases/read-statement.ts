import type { Operator } from '../core/operator.ts';
import type { Row, RowSource, Sheet } from '../core/rows.ts';
import { StatementReader, type StatementReading } from '../core/statement.ts';
import { MOST_STATEMENT_ROWS } from '../core/statement-limits.ts';
import { wordKey } from '../core/words.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';

type OnRows = (rows: number) => void | Promise<void>;

/**
 * Reads a statement to its end. Of a workbook the sheet that the layout names, or the first that has the columns and any row.
 * @param onRows told the data rows read so far, after each batch
 * @throws UnreadableFile also where there are more than `mostRows` data rows
 */
export async function readStatement(source: RowSource, operator: Operator, onRows?: OnRows, mostRows: number = MOST_STATEMENT_ROWS): Promise<StatementReading> {
  const told: OnRows = async (rows) => {
    if (rows > mostRows) throw new UnreadableFile('statement-too-large', `more than ${mostRows} rows`);
    await onRows?.(rows);
  };
  const { sheets } = source;
  if (sheets === undefined) return readOnlyTable(source, operator, told);
  const { sheet } = operator.layout;
  const wanted = sheet === undefined ? sheets : sheets.filter(({ name }) => wordKey(name) === wordKey(sheet));
  if (sheet !== undefined && wanted.length === 0) return { kind: 'sheet-missing', sheet, present: sheets.map(({ name }) => name) };
  return firstThatFits(wanted, source, operator, told);
}

async function readOnlyTable(source: RowSource, operator: Operator, onRows: OnRows): Promise<StatementReading> {
  if (source.blocks === undefined) return (await readTable(source.batches, source, operator, onRows)).reading;
  const reader = new StatementReader(operator, source);
  let isFirst = true;
  for await (const block of source.blocks) {
    reader.readBlock(block);
    if (isFirst && source.fractionRead !== undefined) reader.expectMore(source.fractionRead());
    isFirst = false;
    await onRows(reader.count);
  }
  return reader.end();
}

/** Where no sheet fits, the refusal is about the one that came closest. */
async function firstThatFits(sheets: readonly Sheet[], source: RowSource, operator: Operator, onRows: OnRows): Promise<StatementReading> {
  let closest: StatementReading = { kind: 'no-rows' };
  let closestMissing = Number.POSITIVE_INFINITY;
  for (const [index, { name, batches }] of sheets.entries()) {
    const { reading, headerFound } = await readTable(batches, source, operator, onRows);
    if (reading.kind === 'rows') {
      const unread = sheets.slice(index + 1).map((sheet) => sheet.name);
      return sheets.length === 1 ? reading : { ...reading, sheet: { name, unread } };
    }
    const missing = headerFound ? 0 : reading.kind === 'headers-missing' ? reading.missing.length : Number.POSITIVE_INFINITY;
    if (missing < closestMissing) [closest, closestMissing] = [reading, missing];
  }
  return closest;
}

async function readTable(batches: AsyncIterable<readonly Row[]>, source: RowSource, operator: Operator, onRows: OnRows) {
  const reader = new StatementReader(operator, source);
  for await (const batch of batches) {
    reader.read(batch);
    await onRows(reader.count);
  }
  return { reading: reader.end(), headerFound: reader.headerFound };
}
