import { amountText, MINOR_DIGITS } from '../core/money.ts';
import { numberCell, type SheetRow, textCell } from '../files/workbook/cell.ts';
import type { SheetToWrite } from '../files/workbook/workbook-bytes.ts';
import type { ExportSubject } from './export-subject.ts';
import type { LocalClock } from './shown-moment.ts';
import { type FigureRow, summaryOf } from './summary.ts';

const NAME = 'Synthèse';
const CHART_ROWS = 18;

/** The first sheet: who, when, the figures, the bridge with its chart. */
export function summarySheet(subject: ExportSubject, clock: LocalClock): SheetToWrite {
  const digits = MINOR_DIGITS[subject.tache.currency];
  const summary = summaryOf(subject, clock);
  const style = digits === 0 ? 'amount' : 'cents';
  const row = ({ label, amount, count }: FigureRow): SheetRow => [textCell(label), numberCell(amountText(amount, digits), style), numberCell(String(count), 'amount')];
  const total = ({ label, amount, count }: FigureRow): SheetRow => [
    textCell(label, 'label'),
    numberCell(amountText(amount, digits), digits === 0 ? 'total-amount' : 'total-cents'),
    numberCell(String(count), 'total-integer'),
  ];
  const heading = (title: string): SheetRow => [textCell(title, 'header'), textCell(`Montant (${subject.tache.currency})`, 'header'), textCell('Nombre', 'header')];
  const block = (rows: readonly FigureRow[]) => rows.map((one, index) => (index === rows.length - 1 ? total(one) : row(one)));
  const before: SheetRow[] = [
    [textCell(summary.title, 'title')],
    [],
    ...summary.facts.map(([label, value]): SheetRow => [textCell(label, 'label'), textCell(value)]),
    [],
    heading('Totaux'),
    ...block(summary.totals),
    [],
    heading("Passage : d'où vient l'écart"),
  ];
  const firstBar = before.length + 1;
  const rows: SheetRow[] = [
    ...before,
    ...summary.bridge.map(row),
    total(summary.bridgeSum),
    row(summary.residual),
    [],
    ...(summary.after.length === 0 ? [] : [heading('Totaux après validation'), ...block(summary.after), []]),
    [textCell('Lignes', 'header'), textCell('', 'header'), textCell('Nombre', 'header')],
    ...summary.counts.map(([label, count]): SheetRow => [textCell(label), undefined, numberCell(String(count), 'amount')]),
  ];
  return {
    name: NAME,
    widths: [62, 24, 16],
    hasHeader: false,
    landscape: false,
    chart: {
      title: `Ce que chaque classe ajoute à l'écart (${subject.tache.currency})`,
      sheet: NAME,
      firstRow: firstBar,
      labelColumn: 'A',
      valueColumn: 'B',
      bars: summary.bridge.map(({ label, amount }) => ({ label, digits: amountText(amount, digits) })),
      format: digits === 0 ? '#,##0' : '#,##0.00',
      from: { column: 0, row: rows.length + 1 },
      to: { column: 3, row: rows.length + 1 + CHART_ROWS },
    },
    async *rows() {
      yield rows;
    },
  };
}
