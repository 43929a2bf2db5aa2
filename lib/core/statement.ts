import { type Account, accountOf, sameAccount } from './account.ts';
import { MINOR_DIGITS, readAmount } from './money.ts';
import type { Operator } from './operator.ts';
import { normalisePhone } from './phone.ts';
import { cellText, isBlank, reference } from './reference.ts';
import type { Cell, Row } from './rows.ts';
import { columnsOf, type HeaderColumns, missingHeaders, type RequiredColumn, requiredHeaders } from './statement-header.ts';
import { type MomentReader, momentReader } from './statement-moment.ts';

/** A statement row that counts. */
export interface StatementRow {
  /** 0-based number among the data rows. */
  readonly number: number;
  /** UTC seconds since 1970. */
  readonly time: number;
  readonly payid: string;
  /** Exact integer in the currency's minor unit. */
  readonly amount: number;
  /** Full international digits; `''` where the layout has no phone. */
  readonly phone: string;
  readonly transId: string;
  /** The cells as the file shows them. */
  readonly shown: { readonly amount: string; readonly phone: string; readonly status: string; readonly account: string };
}

/** A row that is neither bad nor counted. */
export interface SetAsideRow {
  readonly number: number;
  readonly reason: 'no-credit' | 'not-successful';
}

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
  | {
      readonly kind: 'rows';
      /** Data rows read, set aside and bad ones included. */
      readonly count: number;
      readonly rows: readonly StatementRow[];
      readonly setAside: readonly SetAsideRow[];
      readonly bad: readonly BadRow[];
      readonly skipped: Readonly<SkippedRows>;
      /** Whether any row names the operator's account. */
      readonly accountFound: boolean;
    };

/** How the cells of a file are to be understood. */
export interface CellConventions {
  readonly epoch: 1900 | 1904;
  readonly typed: boolean;
}

const MISSING = 'valeur manquante';
const MOST_INTERNED = 10_000;
const TOTAL_LABEL = /^(?:(?:sous|grand)[- ]?|montant )?tota(?:l|ux)\b/u;

/** Reads the rows of a statement by its operator's layout, batch by batch. */
export class StatementReader {
  readonly #operator: Operator;
  readonly #conventions: CellConventions;
  readonly #account: Account;
  readonly #rows: StatementRow[] = [];
  readonly #setAside: SetAsideRow[] = [];
  readonly #bad: BadRow[] = [];
  readonly #skipped: SkippedRows = { blank: 0, repeatedHeader: 0, total: 0 };
  readonly #interned = new Map<string, string>();
  #columns: HeaderColumns | undefined;
  #moment: MomentReader | undefined;
  #bestHeader: readonly string[] | undefined;
  #count = 0;
  #anyRow = false;
  #accountFound = false;
  #lastAccount = { text: '', own: false };
  /** Rows that hold nothing but an amount: totals if no data row follows, bad rows otherwise. */
  #amountOnly: number[] = [];

  constructor(operator: Operator, conventions: CellConventions) {
    this.#operator = operator;
    this.#conventions = conventions;
    this.#account = accountOf(operator.account, operator.country);
  }

  /** Data rows read so far. */
  get count(): number {
    return this.#count;
  }

  read(batch: readonly Row[]): void {
    for (const row of batch) this.#readRow(row);
  }

  end(): StatementReading {
    if (this.#columns === undefined) {
      return this.#anyRow ? { kind: 'headers-missing', missing: this.#bestHeader ?? requiredHeaders(this.#operator) } : { kind: 'no-rows' };
    }
    this.#count -= this.#amountOnly.length;
    this.#skipped.total += this.#amountOnly.length;
    this.#amountOnly = [];
    this.#refuseSwappedDates();
    if (this.#count === 0) return { kind: 'no-rows' };
    return {
      kind: 'rows',
      count: this.#count,
      rows: this.#rows,
      setAside: this.#setAside,
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
    const missing = missingHeaders(row, this.#operator);
    if (missing.length > 0) {
      if (this.#bestHeader === undefined || missing.length < this.#bestHeader.length) this.#bestHeader = missing;
      return;
    }
    this.#columns = columnsOf(row, this.#operator);
    this.#moment = momentReader(this.#operator, this.#columns, this.#conventions.epoch);
  }

  #readDataRow(row: Row, columns: HeaderColumns): void {
    const empty = columns.required.filter(({ index }) => isBlank(row[index]));
    const holdsOnlyAmount = empty.length === columns.required.length - 1 && !isBlank(row[columns.amount]);
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
    const status = cellText(row[columns.status]);
    const amount = readAmount(row[columns.amount] ?? null, MINOR_DIGITS[this.#operator.currency]);
    if (!this.#meansSuccess(status)) {
      this.#setAside.push({ number, reason: 'not-successful' });
      return;
    }
    if (amount.kind === 'none') {
      this.#setAside.push({ number, reason: 'no-credit' });
      return;
    }
    const time = this.#moment?.read(row, number);
    const payid = cellText(row[columns.payid]);
    const phone = columns.phone === undefined ? '' : normalisePhone(this.#phoneCell(row[columns.phone]), this.#operator.country);
    const problems = empty.map(({ header }) => ({ column: header, reason: MISSING }));
    const refuse = (index: number, reason: string) => {
      if (!isBlank(row[index])) problems.push({ column: columns.header(index), reason });
    };
    if (time === undefined) for (const index of this.#moment?.unreadableColumns(row) ?? []) refuse(index, 'date ou heure illisible');
    if (amount.kind === 'unreadable') refuse(columns.amount, amount.reason);
    if (columns.phone !== undefined && phone === '') refuse(columns.phone, 'numéro de téléphone illisible');
    if (!ownAccount) refuse(columns.account, "compte d'un autre que l'opérateur");
    if (problems.length > 0 || time === undefined || amount.kind !== 'amount') {
      this.#bad.push({ number, problems });
      return;
    }
    this.#rows.push({
      number,
      time,
      payid,
      amount: amount.minor,
      phone,
      transId: columns.transId === undefined ? '' : cellText(row[columns.transId]),
      shown: {
        amount: this.#intern(cellText(row[columns.amount])),
        phone: columns.phone === undefined ? '' : cellText(row[columns.phone]),
        status: this.#intern(status),
        account: this.#intern(account),
      },
    });
  }

  /** Nearly all rows spell the account like the row before. */
  #isOwn(account: string): boolean {
    if (account !== this.#lastAccount.text) {
      this.#lastAccount = { text: account, own: account !== '' && sameAccount(accountOf(account, this.#operator.country), this.#account) };
    }
    return this.#lastAccount.own;
  }

  #meansSuccess(status: string): boolean {
    const words = this.#operator.successStatuses;
    return words === undefined || status === '' || words.some((word) => word.toUpperCase() === status.toUpperCase());
  }

  /** In a format that knows text only, digits without a leading zero may be a number that lost it. */
  #phoneCell(cell: Cell | undefined): Cell {
    if (typeof cell !== 'string' || this.#conventions.typed) return cell ?? null;
    const text = cellText(cell);
    return /^[1-9]\d{0,14}$/u.test(text) ? Number(text) : cell;
  }

  #refuseSwappedDates(): void {
    const swapped = this.#moment?.swappedRows() ?? [];
    if (swapped.length === 0) return;
    const column = this.#columns === undefined ? '' : this.#columns.header(this.#columns.moment[0] ?? 0);
    const numbers = new Set(swapped);
    for (const { number } of this.#bad) numbers.delete(number);
    const kept = this.#rows.filter((row) => !numbers.has(row.number));
    this.#rows.splice(0, this.#rows.length, ...kept);
    for (const number of numbers) {
      this.#bad.push({ number, problems: [{ column, reason: 'jour et mois sans doute inversés par un tableur (1 à 12 lus comme des mois)' }] });
    }
    this.#bad.sort((a, b) => a.number - b.number);
  }

  /** A million rows repeat few statuses, accounts and amounts: each text is held once. */
  #intern(text: string): string {
    const known = this.#interned.get(text);
    if (known !== undefined) return known;
    if (this.#interned.size < MOST_INTERNED) this.#interned.set(text, text);
    return text;
  }
}

/** The time span of the rows that count; `undefined` where none does. */
export function timeSpan(rows: readonly StatementRow[]): { readonly first: number; readonly last: number } | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const { time } of rows) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  return first > last ? undefined : { first, last };
}

/** The payment reference of a row, or `undefined` where it has none that could match. */
export function rowReference(row: StatementRow): string | undefined {
  return reference(row.payid);
}
