/** A cell of a CSV file: text from outside, or a number that we wrote ourselves. */
export type CsvCell = string | { readonly digits: string } | undefined;

const DELIMITER = ';';
/** What programs that open the file would run as a formula, or strip to get at one. */
const RUNS = /^[=+\-@\t\r\n＝＋－＠]/u;
const TO_QUOTE = /[";\r\n]/u;

/** Makes programs read the file as UTF-8. */
export const BYTE_ORDER_MARK = '\ufeff';

/** A line of a CSV file as spreadsheet programs in French expect it: `;` between cells, CRLF at the end. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(DELIMITER)}\r\n`;
}

/** A text that could be run gets an apostrophe in front. Numbers are ours: a minus sign is theirs. */
function csvCell(cell: CsvCell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'object') return cell.digits;
  const text = RUNS.test(cell) ? `'${cell}` : cell;
  return TO_QUOTE.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
