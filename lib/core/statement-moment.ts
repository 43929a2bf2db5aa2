import { cellSeconds, cellTimeOfDay, dayStart, patternReader, zoneConverter } from './local-time.ts';
import type { Operator } from './operator.ts';
import type { Cell, Row } from './rows.ts';
import type { HeaderColumns } from './statement-header.ts';

/** Reads the moment of a row and notices dates that a spreadsheet program has turned round. */
export interface MomentReader {
  /** UTC seconds since 1970; `undefined` where the cells hold no moment. */
  read(row: Row, number: number): number | undefined;
  /** Of a row that `read` could not read: the columns that are to blame. */
  unreadableColumns(row: Row): readonly number[];
  /**
   * Rows whose date is a real date cell of a day 1–12 in a column whose text dates are all of days 13–31: an English spreadsheet
   * program read dd/MM as MM/dd where it could, or a French one MM/dd as dd/MM. Empty where the column shows no such mixture.
   */
  swappedRows(): readonly number[];
}

export function momentReader(operator: Operator, columns: HeaderColumns, epoch: 1900 | 1904): MomentReader {
  const { moment } = operator.layout;
  const [first = -1, second = -1] = columns.moment;
  const toUtc = zoneConverter(operator.timeZone);
  const datePattern = moment.kind === 'one-column' ? moment.pattern : moment.datePattern;
  const swaps = swapDetector(!datePattern.startsWith('yy'));
  const readDate = patternReader(datePattern, moment.kind === 'one-column' && moment.trailingText === true);
  const readTime = patternReader(moment.kind === 'one-column' ? 'HH:mm:ss' : moment.timePattern);
  const dateOf = (row: Row) => cellSeconds(row[first] ?? null, readDate, epoch);
  const timeOf = (row: Row) => cellTimeOfDay(row[second] ?? null, readTime);
  const wallSeconds = (row: Row) => {
    const date = dateOf(row);
    if (moment.kind === 'one-column' || date === undefined) return date;
    const time = timeOf(row);
    return time === undefined ? undefined : dayStart(date) + time;
  };
  return {
    read(row, number) {
      const wall = wallSeconds(row);
      if (wall === undefined) return undefined;
      swaps.note(row[first] ?? null, wall, number);
      return toUtc(wall);
    },
    unreadableColumns(row) {
      const date = dateOf(row) === undefined ? [first] : [];
      return moment.kind === 'two-columns' && timeOf(row) === undefined ? [...date, second] : date;
    },
    swappedRows: swaps.rows,
  };
}

function swapDetector(swappablePattern: boolean) {
  let textDays = 0;
  let swappable = swappablePattern;
  const serialRows: number[] = [];
  return {
    note(cell: Cell, wallSeconds: number, number: number) {
      if (!swappable) return;
      const late = new Date(wallSeconds * 1000).getUTCDate() > 12;
      if (typeof cell === 'number') serialRows.push(number);
      else textDays += 1;
      swappable = typeof cell === 'number' ? !late : late;
    },
    rows: (): readonly number[] => (swappable && textDays > 0 ? serialRows : []),
  };
}
