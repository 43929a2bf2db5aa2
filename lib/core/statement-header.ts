import { repairedRow } from './mojibake.ts';
import type { ColumnRole, Operator } from './operator.ts';
import type { Cell, Row } from './rows.ts';
import { wordKey } from './words.ts';

export interface RequiredColumn {
  readonly index: number;
  readonly header: string;
}

/** Where a statement's header row puts the columns of its layout. */
export interface HeaderColumns {
  readonly moment: readonly number[];
  readonly payid: number;
  readonly status: number;
  readonly amount: number;
  readonly account: number;
  readonly phone: number | undefined;
  readonly transId: number | undefined;
  /** The column that tells credits from debits. */
  readonly debit: number | undefined;
  readonly type: number | undefined;
  /** Where an amount can stand: of a pair of columns each row fills one. */
  readonly amounts: readonly number[];
  /** The columns whose cells may not be empty. */
  readonly required: readonly RequiredColumn[];
  /** Whether the header is UTF-8 that was read as something else, so that the rows are as well. */
  readonly spoilt: boolean;
  /** The layout's header of a column. */
  header(index: number): string;
  /** Whether a row is the header again, as on each printed page. */
  isRepeatedBy(row: Row): boolean;
}

/** A column of a layout. */
interface LayoutColumn {
  readonly role: ColumnRole;
  readonly header: string;
  /** Whether a statement must have it: without its transId column a VISA statement could explain nothing. */
  readonly needed: boolean;
  /** Whether each row must fill it. */
  readonly filled: boolean;
}

/** The columns that an operator's layout names, in the order in which they are missed. */
function layoutColumns({ layout, correspondenceKey }: Operator): readonly LayoutColumn[] {
  const { moment, columns, debits, rowType } = layout;
  const always = { needed: true, filled: true } as const;
  const column = (role: ColumnRole, header: string | undefined, rule: Pick<LayoutColumn, 'needed' | 'filled'>): readonly LayoutColumn[] =>
    header === undefined ? [] : [{ role, header, ...rule }];
  return [
    ...(moment.kind === 'one-column' ? column('date', moment.column, always) : [...column('date', moment.dateColumn, always), ...column('time', moment.timeColumn, always)]),
    ...column('payid', columns.payid, always),
    ...column('status', columns.status, always),
    // Of a pair of amount columns each row fills one.
    ...column('amount', columns.amount, { needed: true, filled: debits?.kind !== 'column' }),
    ...column('account', columns.account, always),
    ...column('phone', columns.phone, always),
    ...column('transId', columns.transId, { needed: correspondenceKey === 'transId', filled: false }),
    ...column('debit', debits === undefined || debits.kind === 'minus-sign' ? undefined : debits.column, { needed: true, filled: debits?.kind === 'word' }),
    ...column('type', rowType?.column, { needed: true, filled: false }),
  ];
}

/** Headers that a statement of the operator must have. */
export function requiredHeaders(operator: Operator): readonly string[] {
  return layoutColumns(operator).flatMap(({ needed, header }) => (needed ? [header] : []));
}

/** What came of looking at a row. */
export interface HeaderFound {
  readonly columns: HeaderColumns;
  /** Whether the row looked at is the first one under the header, not the header itself. */
  readonly isUnder: boolean;
}

/** Looks for the header: the first row, or pair of rows, that holds every needed column. */
export class HeaderSearch {
  readonly #operator: Operator;
  readonly #columns: readonly LayoutColumn[];
  #missing: readonly string[];
  /** In a layout of two header rows, which are known for sure only when the row under them was seen. */
  #above: Row | undefined;
  #held: HeaderColumns | undefined;

  constructor(operator: Operator) {
    this.#operator = operator;
    this.#columns = layoutColumns(operator);
    this.#missing = requiredHeaders(operator);
  }

  /** Needed headers that the row which came closest does not hold. */
  get missing(): readonly string[] {
    return this.#missing;
  }

  look(row: Row): HeaderFound | undefined {
    if (this.#operator.layout.headerRows !== 2) {
      const columns = this.#fit(row, undefined);
      return columns && { columns, isUnder: false };
    }
    const above = this.#above;
    const pair = above && this.#fit(row, above);
    if (this.#held !== undefined) return pair === undefined ? { columns: this.#held, isUnder: true } : { columns: pair, isUnder: false };
    this.#held = pair ?? this.#fit(row, undefined);
    this.#above = row;
    return undefined;
  }

  /** The header where no row came after it. */
  end(): HeaderColumns | undefined {
    return this.#held;
  }

  #fit(row: Row, groups: Row | undefined): HeaderColumns | undefined {
    const names = groups === undefined ? plainNames(row) : groupedNames(groups, row);
    const places = new Map<ColumnRole, number>();
    const missing: string[] = [];
    for (const column of this.#columns) {
      const place = this.#placeOf(column, names);
      if (place !== undefined) places.set(column.role, place);
      else if (column.needed) missing.push(column.header);
    }
    if (missing.length === 0) return headerColumns(this.#columns, places, groups === undefined ? [row] : [groups, row]);
    if (missing.length < this.#missing.length) this.#missing = missing;
    return undefined;
  }

  #placeOf({ role, header }: LayoutColumn, names: Names): number | undefined {
    const search = this.#operator.layout.search?.[role];
    for (const spelling of [header, ...(search?.otherHeaders ?? [])]) {
      const place = names.place(spelling, search?.occurrence);
      if (place !== undefined) return place;
    }
    return undefined;
  }
}

interface Names {
  /** The column of a header, or `undefined` where it has none. */
  place(header: string, occurrence: number | undefined): number | undefined;
}

/** Of several columns with one name the first counts, where the layout says no other. */
function plainNames(row: Row): Names {
  const keys = Array.from(row, wordKey);
  return { place: (header, occurrence = 1) => placesOf(keys, wordKey(header))[occurrence - 1] };
}

/** A column under a group is `group / header`. Its header alone is enough where no other column has it, or the layout says which. */
function groupedNames(groups: Row, row: Row): Names {
  const full: string[] = [];
  const short: string[] = [];
  let group = '';
  for (let index = 0; index < Math.max(groups.length, row.length); index++) {
    const above = wordKey(groups[index]);
    const key = wordKey(row[index]);
    // A cell over an empty one is a header as high as two rows, and ends the group before it.
    if (above !== '') group = key === '' ? '' : above;
    short.push(key === '' ? above : key);
    full.push(slashed(group === '' || key === '' ? (short[index] ?? '') : `${group}/${key}`));
  }
  return {
    place(header, occurrence) {
      const [whole] = placesOf(full, slashed(wordKey(header))).slice((occurrence ?? 1) - 1);
      if (whole !== undefined) return whole;
      const alone = placesOf(short, wordKey(header));
      return occurrence === undefined && alone.length > 1 ? undefined : alone[(occurrence ?? 1) - 1];
    },
  };
}

function placesOf(keys: readonly string[], wanted: string): readonly number[] {
  return keys.flatMap((key, index) => (key === wanted ? [index] : []));
}

function slashed(key: string): string {
  return key.replace(/ ?\/ ?/gu, '/');
}

function headerColumns(columns: readonly LayoutColumn[], places: ReadonlyMap<ColumnRole, number>, rows: readonly Row[]): HeaderColumns {
  const place = (role: ColumnRole) => places.get(role) ?? -1;
  const headers = new Map(columns.map(({ role, header }) => [places.get(role), header]));
  const required = columns.flatMap(({ role, header, filled }) => (filled ? [{ index: place(role), header }] : []));
  return {
    moment: places.has('time') ? [place('date'), place('time')] : [place('date')],
    payid: place('payid'),
    status: place('status'),
    amount: place('amount'),
    account: place('account'),
    phone: places.get('phone'),
    transId: places.get('transId'),
    debit: places.get('debit'),
    type: places.get('type'),
    amounts: required.some(({ index }) => index === place('amount')) ? [place('amount')] : [place('amount'), place('debit')],
    required,
    spoilt: rows.some((row) => repairedRow(row) !== undefined),
    header: (index) => headers.get(index) ?? '',
    isRepeatedBy: repetition(rows, required),
  };
}

function repetition(rows: readonly Row[], required: readonly RequiredColumn[]): (row: Row) => boolean {
  const [first = [], second] = rows.map((row) => Array.from(row, wordKey));
  if (second === undefined) return (row) => required.every(({ index }) => isHeader(row[index], first[index]));
  // One of two rows may name no required column at all, so the whole row counts.
  const width = Math.max(first.length, second.length);
  return (row) => [first, second].some((keys) => row.length <= width && keys.every((key, index) => isHeader(row[index], key)));
}

/** Looks at the first character before it takes a header apart: nearly every row begins with the digits of a date. */
function isHeader(cell: Cell | undefined, key = ''): boolean {
  if (typeof cell !== 'string') return key === '' && (cell === null || cell === undefined);
  return (!beginsWithDigit(cell) || beginsWithDigit(key)) && wordKey(cell) === key;
}

function beginsWithDigit(text: string): boolean {
  const code = text.charCodeAt(0);
  return code > 0x2f && code < 0x3a;
}
