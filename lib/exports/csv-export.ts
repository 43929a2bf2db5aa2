import { amountText, MINOR_DIGITS } from '../core/money.ts';
import { BYTE_ORDER_MARK, type CsvCell, csvLine } from '../files/csv-writer.ts';
import { type ExportColumn, TABLE_COLUMNS } from './export-column.ts';
import type { ExportSubject } from './export-subject.ts';
import { LineAudit } from './line-audit.ts';
import type { ResultLine } from './result-line.ts';
import { localClock } from './shown-moment.ts';

/** Every row of a run in one table, its class in the first columns. Amounts have a decimal point; moments are local. @throws Error where the lines are not those of the tache's figures */
export async function* csvExport({ outcome, tache, timeZone }: ExportSubject, lines: AsyncIterable<readonly ResultLine[]>): AsyncGenerator<Buffer> {
  const clock = localClock(timeZone);
  const digits = MINOR_DIGITS[tache.currency];
  const cellOf = (column: ExportColumn, line: ResultLine): CsvCell => {
    switch (column.kind) {
      case 'text':
        return column.of(line);
      case 'moment':
        return clock.text(column.of(line) ?? '');
      case 'integer':
        return number(column.of(line), String);
      case 'amount':
        return number(column.of(line), (minor) => amountText(minor, digits));
      default:
        return column satisfies never;
    }
  };
  const audit = new LineAudit();
  yield Buffer.from(BYTE_ORDER_MARK + csvLine(TABLE_COLUMNS.map(({ header }) => header)));
  for await (const batch of lines) {
    audit.add(batch);
    yield Buffer.from(batch.map((line) => csvLine(TABLE_COLUMNS.map((column) => cellOf(column, line)))).join(''));
  }
  audit.hold(outcome);
}

function number(value: number | undefined, written: (value: number) => string): CsvCell {
  return value === undefined ? undefined : { digits: written(value) };
}
