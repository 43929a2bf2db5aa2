import { type Account, accountOf, sameAccount } from './account.ts';
import { expectedRows } from './expected-rows.ts';
import { repairedRow } from './mojibake.ts';
import type { Operator } from './operator.ts';
import { normalisePhone } from './phone.ts';
import { PlainStatement } from './plain-statement.ts';
import { cellText, isBlank } from './reference.ts';
import type { Cell, CellBlock, Row } from './rows.ts';
import type { SetAsideReason, SetAsideRow } from './set-aside.ts';
import { type RowAmounts, rowAmounts } from './statement-amount.ts';
import { type HeaderColumns, HeaderSearch, type RequiredColumn } from './statement-header.ts';
import { type MomentReader, momentReader } from './statement-moment.ts';
import { StatementRows } from './statement-rows.ts';
import { type StatusVerdict, statusWords, type UnclassifiedStatus } from './statement-status.ts';
import { type WordSet, wordSet } from './words.ts';

export interface Problem {
  /** Header of the column. */
  readonly column: string;
  /** French, for the person who sent the file. */
  readonly reason: string;
}

/** A row with a required value that is missing or cannot be read. */
export interface BadRow {
  readonly number: number;
  readonly problems: readonly Problem[];
}

export interface SkippedRows {
  blank: number;
  repeatedHeader: number;
  total: number;
}

/** What a statement holds, once all of its rows are read. */
export type StatementReading =
  | { readonly kind: 'no-rows' }
  | { readonly kind: 'headers-missing'; readonly missing: readonly string[] }
  | { readonly kind: 'sheet-missing'; readonly sheet: string; readonly present: readonly string[] }
  | {
      readonly kind: 'rows';
      /** Data rows read, set aside and bad ones included. */
      readonly count: number;
      readonly rows: StatementRows;
      readonly setAside: readonly SetAsideRow[];
      /** The status words of the rows that are set aside as unclassified, as the file spells them. */
      readonly unclassifiedStatuses: readonly UnclassifiedStatus[];
      readonly bad: readonly BadRow[];
      readonly skipped: Readonly<SkippedRows>;
      /** Whether any row names the operator's account. */
      readonly accountFound: boolean;
      /** Where the rows come from a workbook of several sheets: which one, and which ones nobody read. */
      readonly sheet?: { readonly name: string; readonly unread: readonly string[] };
    };

/** How the cells of a file are to be understood. */
export interface CellConventions {
  readonly epoch: 1900 | 1904;
  readonly typed: boolean;
}

const MISSING = 'valeur manquante';
const NO_AMOUNT = { kind: 'missing' } as const;
const TOTAL_LABEL = /^(?:(?:sous|grand)[- ]?|montant )?tota(?:l|ux)\b/u;

/** Reads the rows of a statement by its operator's layout, batch by batch. */
export class StatementReader {
  readonly #operator: Operator;
  readonly #conventions: CellConventions;
  readonly #account: Account;
  #rows: StatementRows;
  readonly #setAside: SetAsideRow[] = [];
  readonly #bad: BadRow[] = [];
  readonly #skipped: SkippedRows = { blank: 0, repeatedHeader: 0, total: 0 };
  readonly #search: HeaderSearch;
  readonly #statuses: StatusVerdict;
  readonly #types: WordSet | undefined;
  #columns: HeaderColumns | undefined;
  #moment: MomentReader | undefined;
  #amounts: RowAmounts | undefined;
  #plain: PlainStatement | undefined;
  #count = 0;
  #anyRow = false;
  #accountFound = false;
  #lastAccount = { text: '', own: false };
  /** Rows that hold nothing but an amount: totals if no data row follows, bad rows otherwise. */
  #amountOnly: number[] = [];

  constructor(operator: Operator, conventions: CellConventions) {
    this.#operator = operator;
    this.#conventions = conventions;
    this.#rows = new StatementRows(operator.country);
    this.#account = accountOf(operator.account, operator.country);
    this.#search = new HeaderSearch(operator);
    this.#statuses = statusWords(operator);
    this.#types = operator.layout.rowType && wordSet(operator.layout.rowType.only);
  }

  /** Whether the header has been found. */
  get headerFound(): boolean {
    return this.#columns !== undefined || this.#search.end() !== undefined;
  }

  /** Data rows read so far. */
  get count(): number {
    return this.#count;
  }

  /** @param fraction share of the file that was read, 0–1 */
  expectMore(fraction: number): void {
    this.#rows.expect(expectedRows(this.#rows.length, fraction));
  }

  read(batch: readonly Row[]): void {
    for (const row of batch) this.#readRow(row);
  }

  readBlock(block: CellBlock): void {
    for (let index = 0; index < block.rowCount; index++) {
      // A data row decides what the rows of nothing but an amount before it are: that is left to the reader of rows.
      const isPlain = this.#amountOnly.length === 0 && this.#plain?.take(block, index, this.#count) === true;
      if (!isPlain) this.#readRow(block.row(index));
      else {
        this.#count += 1;
        this.#accountFound = true;
      }
    }
  }

  end(): StatementReading {
    if (this.#columns === undefined) {
      return this.#anyRow && this.#search.end() === undefined ? { kind: 'headers-missing', missing: this.#search.missing } : { kind: 'no-rows' };
    }
    this.#count -= this.#amountOnly.length;
    this.#skipped.total += this.#amountOnly.length;
    this.#amountOnly = [];
    this.#refuseDoubtfulDates();
    if (this.#count === 0) return { kind: 'no-rows' };
    return {
      kind: 'rows',
      count: this.#count,
      rows: this.#rows,
      setAside: this.#setAside,
      unclassifiedStatuses: this.#statuses.unclassified(),
      bad: this.#bad,
      skipped: this.#skipped,
      accountFound: this.#accountFound,
    };
  }

  #readRow(row: Row): void {
    if (row.every(isBlank)) {
      this.#skipped.blank += 1;
      return;
    }
    this.#anyRow = true;
    if (this.#columns === undefined) this.#lookForHeader(row);
    else if (this.#columns.isRepeatedBy(row)) this.#skipped.repeatedHeader += 1;
    else this.#readDataRow(row, this.#columns);
  }

  #lookForHeader(row: Row): void {
    const found = this.#search.look(row);
    if (found === undefined) return;
    this.#columns = found.columns;
    this.#moment = momentReader(this.#operator, found.columns, this.#conventions.epoch);
    this.#amounts = rowAmounts(this.#operator, found.columns);
    if (!this.#conventions.typed)
      this.#plain = PlainStatement.of(
        this.#operator,
        found.columns,
        this.#rows,
        (status) => this.#statuses.isSuccess(status),
        (account) => this.#isOwn(account),
      );
    if (found.isUnder) this.#readDataRow(row, found.columns);
  }

  #readDataRow(given: Row, columns: HeaderColumns): void {
    const row = columns.spoilt ? (repairedRow(given) ?? given) : given;
    const empty = columns.required.filter(({ index }) => isBlank(row[index]));
    const others = columns.required.length - (columns.amounts.length === 1 ? 1 : 0);
    const holdsOnlyAmount = empty.length === others && columns.amounts.some((index) => !isBlank(row[index]));
    if (empty.length > 1 && row.some((cell) => typeof cell === 'string' && TOTAL_LABEL.test(cellText(cell).toLowerCase()))) {
      this.#skipped.total += 1;
      return;
    }
    if (holdsOnlyAmount) {
      this.#amountOnly.push(this.#count++);
      return;
    }
    for (const number of this.#amountOnly) this.#bad.push({ number, problems: [{ column: columns.header(columns.payid), reason: MISSING }] });
    this.#amountOnly = [];
    this.#judgeDataRow(row, columns, this.#count++, empty);
  }

  #judgeDataRow(row: Row, columns: HeaderColumns, number: number, empty: readonly RequiredColumn[]): void {
    const account = cellText(row[columns.account]);
    const ownAccount = this.#isOwn(account);
    this.#accountFound ||= ownAccount;
    if (this.#types !== undefined && !this.#types.has(row[columns.type ?? -1])) {
      this.#putAside(row, columns, number, 'other-type');
      return;
    }
    const status = cellText(row[columns.status]);
    const verdict = this.#statuses.judge(status);
    if (verdict !== 'success') {
      this.#putAside(row, columns, number, verdict);
      return;
    }
    const amount = this.#amounts?.read(row) ?? NO_AMOUNT;
    if (amount.kind === 'none' || amount.kind === 'debit') {
      this.#putAside(row, columns, number, amount.kind === 'none' ? 'no-credit' : 'debit');
      return;
    }
    const time = this.#moment?.read(row, number);
    const payid = cellText(row[columns.payid]);
    const phoneCell = columns.phone === undefined ? null : this.#phoneCell(row[columns.phone]);
    const phone = normalisePhone(phoneCell, this.#operator.country);
    const problems = empty.map(({ header }) => ({ column: header, reason: MISSING }));
    const refuse = (index: number, reason: string) => {
      if (!isBlank(row[index])) problems.push({ column: columns.header(index), reason });
    };
    if (time === undefined) for (const index of this.#moment?.unreadableColumns(row) ?? []) refuse(index, 'date ou heure illisible');
    if (amount.kind === 'unreadable') refuse('column' in amount ? (columns.debit ?? columns.amount) : columns.amount, amount.reason);
    if (amount.kind === 'missing' && columns.amounts.length > 1) problems.push({ column: columns.header(columns.amount), reason: MISSING });
    if (columns.phone !== undefined && phone === '') refuse(columns.phone, 'numéro de téléphone illisible');
    if (!ownAccount) refuse(columns.account, "compte d'un autre que l'opérateur");
    if (problems.length > 0 || time === undefined || amount.kind !== 'amount') {
      const repaired = repairedRow(row);
      if (repaired !== undefined) this.#judgeDataRow(repaired, columns, number, empty);
      else this.#bad.push({ number, problems });
      return;
    }
    const shown = {
      amount: this.#amounts?.shown(row, amount.minor) ?? '',
      phone: columns.phone === undefined ? '' : cellText(row[columns.phone]),
      status,
      account,
    };
    const transId = columns.transId === undefined ? '' : cellText(row[columns.transId]);
    this.#rows.push({ number, time, payid, amount: amount.minor, phone, transId, shown }, phoneCell);
  }

  #putAside(row: Row, columns: HeaderColumns, number: number, reason: SetAsideReason): void {
    const shown = (index: number | undefined) => (index === undefined ? '' : cellText(row[index]));
    this.#setAside.push({ number, reason, payid: cellText(row[columns.payid]), status: shown(columns.status), amount: shown(columns.amount), phone: shown(columns.phone) });
  }

  /** Nearly all rows spell the account like the row before. */
  #isOwn(account: string): boolean {
    if (account !== this.#lastAccount.text) {
      this.#lastAccount = { text: account, own: account !== '' && sameAccount(accountOf(account, this.#operator.country), this.#account) };
    }
    return this.#lastAccount.own;
  }

  /** In a format that knows text only, digits without a leading zero may be a number that lost it. */
  #phoneCell(cell: Cell | undefined): Cell {
    if (typeof cell !== 'string' || this.#conventions.typed) return cell ?? null;
    const text = cellText(cell);
    return /^[1-9]\d{0,14}$/u.test(text) ? Number(text) : cell;
  }

  #refuseDoubtfulDates(): void {
    const column = this.#columns === undefined ? '' : this.#columns.header(this.#columns.moment[0] ?? 0);
    for (const { numbers, reason } of this.#moment?.doubtfulRows() ?? []) {
      if (numbers.length === 0) continue;
      const doubtful = new Set(numbers);
      for (const { number } of this.#bad) doubtful.delete(number);
      this.#rows = this.#rows.without(doubtful);
      for (const number of doubtful) this.#bad.push({ number, problems: [{ column, reason }] });
      this.#bad.sort((a, b) => a.number - b.number);
    }
  }
}

/** The time span of the rows that count; `undefined` where none does. */
export function timeSpan(rows: StatementRows): { readonly first: number; readonly last: number } | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows.length; row++) {
    const time = rows.time(row);
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return first > last ? undefined : { first, last };
}
