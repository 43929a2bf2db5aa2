import { dayStart, serialSeconds, serialTimeOfDay, zoneConverter } from './local-time.ts';
import { isSwappable } from './moment-pattern.ts';
import { type MomentTexts, momentTexts } from './moment-texts.ts';
import type { MomentColumns, Operator } from './operator.ts';
import type { Cell, Row } from './rows.ts';
import type { HeaderColumns } from './statement-header.ts';

/** Rows whose date could be read, but not believed. */
interface DoubtfulRows {
  readonly numbers: readonly number[];
  /** French, for the person who sent the file. */
  readonly reason: string;
}

/** Reads the moment of a row and notices dates that may be of another day than they show. */
export interface MomentReader {
  /** UTC seconds since 1970; `undefined` where the cells hold no moment. */
  read(row: Row, number: number): number | undefined;
  /** Of a row that `read` could not read: the columns that are to blame. */
  unreadableColumns(row: Row): readonly number[];
  /** To be asked when all rows are read. Empty where the column gives no reason to doubt. */
  doubtfulRows(): readonly DoubtfulRows[];
}

const SWAPPED = 'jour et mois sans doute inversés par un tableur (1 à 12 lus comme des mois)';
const MIXED = 'jour et mois incertains : la colonne mélange plusieurs formats de date';
/** For cells that are looked at again: no row has this number. */
const NO_ROW = -1;

export function momentReader(operator: Operator, columns: HeaderColumns, epoch: 1900 | 1904): MomentReader {
  const { moment } = operator.layout;
  const [first = -1, second = -1] = columns.moment;
  const toUtc = zoneConverter(operator.timeZone);
  const patterns = datePatterns(moment);
  const swaps = swapDetector(patterns.some(isSwappable));
  const dates = momentTexts(patterns, moment.kind === 'one-column' && moment.trailingText === true);
  const dateOf = (cell: Cell | undefined, number: number) => dateSeconds(cell, dates, number, epoch);
  const rest: Pick<MomentReader, 'doubtfulRows'> = {
    doubtfulRows: () => [
      { numbers: swaps.rows(), reason: SWAPPED },
      { numbers: dates.doubtfulRows(), reason: MIXED },
    ],
  };
  if (moment.kind === 'one-column') {
    return {
      ...rest,
      read(row, number) {
        const cell = row[first];
        const date = dateOf(cell, number);
        if (date === undefined) return undefined;
        if (dates.zoned && typeof cell === 'string') return date;
        swaps.note(cell, date, number);
        return toUtc(date);
      },
      unreadableColumns: () => [first],
    };
  }
  const times = momentTexts([moment.timePattern, ...(moment.otherTimePatterns ?? [])]);
  const timeOf = (cell: Cell | undefined) => timeSeconds(cell, times);
  return {
    ...rest,
    read(row, number) {
      const date = dateOf(row[first], number);
      if (date === undefined) return undefined;
      const time = timeOf(row[second]);
      if (time === undefined) return undefined;
      const wall = dayStart(date) + time;
      swaps.note(row[first], date, number);
      return times.zoned && typeof row[second] === 'string' ? wall : toUtc(wall);
    },
    unreadableColumns: (row) => [...(dateOf(row[first], NO_ROW) === undefined ? [first] : []), ...(timeOf(row[second]) === undefined ? [second] : [])],
  };
}

function datePatterns(moment: MomentColumns): readonly string[] {
  return moment.kind === 'one-column' ? [moment.pattern, ...(moment.otherPatterns ?? [])] : [moment.datePattern, ...(moment.otherDatePatterns ?? [])];
}

/** A serial number as the date that it shows, a text by its pattern. */
function dateSeconds(cell: Cell | undefined, texts: MomentTexts, number: number, epoch: 1900 | 1904): number | undefined {
  if (typeof cell === 'string') return texts.read(cell, number);
  return typeof cell === 'number' ? serialSeconds(cell, epoch) : undefined;
}

/** The fraction of a serial number, or a text by its pattern. */
function timeSeconds(cell: Cell | undefined, texts: MomentTexts): number | undefined {
  if (typeof cell === 'string') return texts.read(cell, NO_ROW);
  return typeof cell === 'number' ? serialTimeOfDay(cell) : undefined;
}

/**
 * Finds rows whose date is a real date cell of a day 1–12 in a column whose text dates are all of days 13–31: an English spreadsheet
 * program read dd/MM as MM/dd where it could, or a French one MM/dd as dd/MM.
 */
function swapDetector(swappablePattern: boolean) {
  let textDays = 0;
  let swappable = swappablePattern;
  const serialRows: number[] = [];
  return {
    note(cell: Cell | undefined, wallSeconds: number, number: number) {
      if (!swappable) return;
      const late = new Date(wallSeconds * 1000).getUTCDate() > 12;
      if (typeof cell === 'number') serialRows.push(number);
      else textDays += 1;
      swappable = typeof cell === 'number' ? !late : late;
    },
    rows: (): readonly number[] => (swappable && textDays > 0 ? serialRows : []),
  };
}
