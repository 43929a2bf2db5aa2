import type { Readable } from 'node:stream';
import { amountText, MINOR_DIGITS } from '../core/money.ts';
import type { Currency } from '../core/operator.ts';
import { momentCell, numberCell, type SheetCell, type SheetRow, textCell } from '../files/workbook/cell.ts';
import { MOST_SHEET_ROWS, type SheetToWrite, workbookBytes } from '../files/workbook/workbook-bytes.ts';
import { type ExportColumn, SHEET_COLUMNS } from './export-column.ts';
import type { ExportSubject } from './export-subject.ts';
import { LineAudit } from './line-audit.ts';
import type { ResultClass, ResultLine } from './result-line.ts';
import { ResultLineCursor } from './result-line-cursor.ts';
import { type LocalClock, localClock } from './shown-moment.ts';
import { summarySheet } from './summary-sheet.ts';

/** A sheet of rows: the classes that it holds, in the order in which a run writes them. */
interface Listing {
  readonly name: string;
  readonly classes: readonly ResultClass[];
  readonly columns: readonly ExportColumn[];
}

/** In the order in which a run writes its lines, which is that of the tabs. */
const LISTINGS = {
  matched: { name: 'Rapprochées', classes: ['rapproche'], columns: SHEET_COLUMNS.matched },
  correspondents: { name: 'Correspondants', classes: ['correspondent'], columns: SHEET_COLUMNS.correspondents },
  unexplained: { name: 'Sans correspondant', classes: ['not_correspondent'], columns: SHEET_COLUMNS.unexplained },
  anomalies: { name: 'Anomalies', classes: ['montant_different', 'doublon_operateur', 'doublon_cinetpay', 'absent_operateur'], columns: SHEET_COLUMNS.anomalies },
  setAside: { name: 'Mises de côté', classes: ['mis_de_cote'], columns: SHEET_COLUMNS.setAside },
  bad: { name: 'Lignes en erreur', classes: ['en_erreur'], columns: SHEET_COLUMNS.bad },
} as const satisfies Record<string, Listing>;

/**
 * The workbook of a reconciliation. A class of more rows than a sheet holds goes on in a further one.
 * The stream ends in an error where the lines are not those of the tache's figures.
 */
export function workbookExport(subject: ExportSubject, lines: AsyncIterable<readonly ResultLine[]>, mostRows = MOST_SHEET_ROWS): Readable {
  const clock = localClock(subject.timeZone);
  const cursor = new ResultLineCursor(lines);
  const audit = new LineAudit();
  const rowOf = rowWriter(subject.tache.currency, clock);
  const { counts } = subject.outcome;
  const rowsOf = {
    matched: counts.matched,
    correspondents: counts.correspondents,
    unexplained: counts.unexplained,
    anomalies: counts.amountDiffers + counts.statementDuplicates + counts.ledgerDuplicates + counts.absent,
    setAside: counts.setAside,
    bad: counts.bad,
  } as const satisfies Record<keyof typeof LISTINGS, number>;
  const sheetsOf = (name: keyof typeof LISTINGS): readonly SheetToWrite[] => {
    const { columns, classes, name: title }: Listing = LISTINGS[name];
    const parts = Math.max(1, Math.ceil(rowsOf[name] / (mostRows - 1)));
    return Array.from({ length: parts }, (_, part) => ({
      name: part === 0 ? title : `${title} ${part + 1}`,
      widths: columns.map(({ width }) => width),
      hasHeader: true,
      landscape: true,
      async *rows() {
        yield [columns.map(({ header }) => textCell(header, 'header'))];
        for await (const batch of cursor.take(classes, mostRows - 1)) {
          audit.add(batch);
          yield batch.map((line) => rowOf(columns, line));
        }
        if (name === 'bad' && part === parts - 1) await close();
      },
    }));
  };
  const close = async () => {
    await cursor.end();
    audit.hold(subject.outcome);
  };
  return workbookBytes([
    summarySheet(subject, clock),
    ...sheetsOf('matched'),
    ...sheetsOf('correspondents'),
    ...sheetsOf('unexplained'),
    ...sheetsOf('anomalies'),
    ...sheetsOf('setAside'),
    ...sheetsOf('bad'),
  ]);
}

function rowWriter(currency: Currency, clock: LocalClock): (columns: readonly ExportColumn[], line: ResultLine) => SheetRow {
  const digits = MINOR_DIGITS[currency];
  const style = digits === 0 ? 'amount' : 'cents';
  const cellOf = (column: ExportColumn, line: ResultLine): SheetCell => {
    switch (column.kind) {
      case 'text':
        return textCell(column.of(line) ?? '');
      case 'moment': {
        const seconds = clock.seconds(column.of(line) ?? '');
        return seconds === undefined ? undefined : momentCell(seconds);
      }
      case 'integer':
        return numeric(column.of(line), (value) => numberCell(String(value), 'integer'));
      case 'amount':
        return numeric(column.of(line), (minor) => numberCell(amountText(minor, digits), style));
      default:
        return column satisfies never;
    }
  };
  return (columns, line) => columns.map((column) => cellOf(column, line));
}

function numeric(value: number | undefined, write: (value: number) => SheetCell): SheetCell {
  return value === undefined ? undefined : write(value);
}
