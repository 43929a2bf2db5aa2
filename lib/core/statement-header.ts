import type { Operator } from './operator.ts';
import { headerKey } from './reference.ts';
import type { Cell, Row } from './rows.ts';

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
  /** The columns whose cells may not be empty. */
  readonly required: readonly RequiredColumn[];
  /** The layout's header of a column. */
  header(index: number): string;
  /** Whether a row is the header again, as on each printed page. */
  isRepeatedBy(row: Row): boolean;
}

function momentHeaders({ layout: { moment } }: Operator): readonly string[] {
  return moment.kind === 'one-column' ? [moment.column] : [moment.dateColumn, moment.timeColumn];
}

/** Headers whose cells must be filled in every row. */
function filledHeaders(operator: Operator): readonly string[] {
  const { payid, status, amount, account, phone } = operator.layout.columns;
  return [...momentHeaders(operator), payid, status, amount, account, ...(phone === undefined ? [] : [phone])];
}

/** Headers that a statement of the operator must have: without its transId column a VISA statement could explain nothing. */
export function requiredHeaders(operator: Operator): readonly string[] {
  const { transId } = operator.layout.columns;
  const needsTransId = operator.correspondenceKey === 'transId' && transId !== undefined;
  return needsTransId ? [...filledHeaders(operator), transId] : filledHeaders(operator);
}

/** The required headers that a row does not hold. */
export function missingHeaders(row: Row, operator: Operator): readonly string[] {
  const keys = new Set(row.map(headerKey));
  return requiredHeaders(operator).filter((header) => !keys.has(headerKey(header)));
}

/** The columns of a header row that holds every required header. Of two columns with one name the first counts. */
export function columnsOf(row: Row, operator: Operator): HeaderColumns {
  const keys = row.map(headerKey);
  const names = new Map<number, string>();
  const find = (header: string) => {
    const index = keys.indexOf(headerKey(header));
    names.set(index, header);
    return index;
  };
  const findOptional = (header: string | undefined) => {
    const index = header === undefined ? -1 : find(header);
    return index === -1 ? undefined : index;
  };
  const { columns } = operator.layout;
  const required = filledHeaders(operator).map((header) => ({ header, index: find(header) }));
  return {
    moment: momentHeaders(operator).map(find),
    payid: find(columns.payid),
    status: find(columns.status),
    amount: find(columns.amount),
    account: find(columns.account),
    phone: findOptional(columns.phone),
    transId: findOptional(columns.transId),
    required,
    header: (index) => names.get(index) ?? '',
    isRepeatedBy: (other) => required.every(({ index }) => isHeader(other[index], keys[index])),
  };
}

/** Looks at the first character before it takes a header apart: nearly every row begins with the digits of a date. */
function isHeader(cell: Cell | undefined, key: string | undefined): boolean {
  return typeof cell === 'string' && key !== undefined && /^\s*\d/u.test(cell) === /^\d/u.test(key) && headerKey(cell) === key;
}
