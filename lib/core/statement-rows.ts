import type { Listed } from './listed.ts';
import { NumberList } from './number-list.ts';
import { type Country, normalisePhone } from './phone.ts';
import { isNoReference, PHONE_NUMBER, PHONE_TEXT } from './plain-cells.ts';
import { type PlainPhoneReader, plainPhoneReader } from './plain-phone.ts';
import type { PlainRow } from './plain-row.ts';
import { reference } from './reference.ts';
import type { Cell } from './rows.ts';
import { SortedTexts } from './sorted-texts.ts';
import { grown, TextColumn } from './text-column.ts';
import { WordColumn } from './word-column.ts';

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
  readonly shown: ShownCells;
}

export interface ShownCells {
  readonly amount: string;
  readonly phone: string;
  readonly status: string;
  readonly account: string;
}

const FIRST_ROWS = 1_024;
/** The phone is kept in full digits, not to be read from what the cell shows. */
const PHONE_READ = 0;

/**
 * The rows of a statement, column by column: a million of them take some 80 MB, and none is an object until it is asked for. Phones of
 * plain cells are brought to full digits only then: most rows are matched by their reference.
 */
export class StatementRows implements Listed<StatementRow> {
  /** References, trimmed; `hasReference` tells those that can match. */
  readonly payids = new TextColumn('hashed');
  readonly #country: Country;
  readonly #plainPhone: PlainPhoneReader;
  readonly #transIds = new TextColumn();
  readonly #phones = new TextColumn();
  readonly #shownAmounts = new TextColumn();
  readonly #shownPhones = new TextColumn();
  readonly #statuses = new WordColumn();
  readonly #accounts = new WordColumn();
  #sorted: SortedTexts | undefined;
  #count = 0;
  #numbers = new Int32Array(FIRST_ROWS);
  #times = new Float64Array(FIRST_ROWS);
  #amounts = new Float64Array(FIRST_ROWS);
  #references = new Uint8Array(FIRST_ROWS);
  #phoneKinds = new Uint8Array(FIRST_ROWS);

  /** @param country whose phones the cells show */
  constructor(country: Country) {
    this.#country = country;
    this.#plainPhone = plainPhoneReader(country);
  }

  /** The rows of a list. */
  static from(rows: Iterable<StatementRow>, country: Country): StatementRows {
    const all = new StatementRows(country);
    for (const row of rows) all.push(row);
    return all;
  }

  get length(): number {
    return this.#count;
  }

  get statuses(): WordColumn {
    return this.#statuses;
  }

  get accounts(): WordColumn {
    return this.#accounts;
  }

  number(row: number): number {
    return this.#numbers[row] ?? 0;
  }

  time(row: number): number {
    return this.#times[row] ?? 0;
  }

  amount(row: number): number {
    return this.#amounts[row] ?? 0;
  }

  hasReference(row: number): boolean {
    return this.#references[row] === 1;
  }

  /** The order of rows of one reference: the earlier, then the one of the smaller amount, then the first of the file. */
  comesBefore(one: number, other: number): boolean {
    return (this.time(one) - this.time(other) || this.amount(one) - this.amount(other) || this.number(one) - this.number(other)) < 0;
  }

  /** The references that can match, in order of their hashes: made when it is first asked for. */
  sortedReferences(): SortedTexts {
    if (this.#sorted !== undefined) return this.#sorted;
    const referring = new NumberList();
    for (let row = 0; row < this.#count; row++) if (this.hasReference(row)) referring.push(row);
    this.#sorted = new SortedTexts(this.payids, referring);
    return this.#sorted;
  }

  phone(row: number): string {
    const kind = this.#phoneKinds[row];
    if (kind === PHONE_READ) return this.#phones.text(row);
    const shown = this.#shownPhones.text(row);
    return normalisePhone(kind === PHONE_NUMBER ? Number(shown) : shown, this.#country);
  }

  /** What a row left over is compared with: phone, or transId in a layout without phone; `undefined` matches nothing. */
  correspondence(row: number): string | undefined {
    return this.phone(row) || reference(this.transId(row));
  }

  /** The correspondence of a row with a plain phone as a number; NaN for others. */
  correspondenceNumber(row: number): number {
    const kind = this.#phoneKinds[row];
    return kind === PHONE_READ ? Number.NaN : this.#plainPhone(this.#shownPhones.bytes, this.#shownPhones.start(row), this.#shownPhones.end(row), kind === PHONE_NUMBER);
  }

  transId(row: number): string {
    return this.#transIds.text(row);
  }

  shown(row: number): ShownCells {
    return { amount: this.#shownAmounts.text(row), phone: this.#shownPhones.text(row), status: this.#statuses.text(row), account: this.#accounts.text(row) };
  }

  /** Makes room for so many rows like those that it holds. */
  expect(count: number): void {
    if (count > this.#numbers.length) this.#grow(count);
    for (const column of [this.payids, this.#transIds, this.#phones, this.#shownAmounts, this.#shownPhones, this.#statuses, this.#accounts]) column.expect(count);
  }

  /** @param phoneCell what the shown phone was read from, where that is known: then its full digits need not be kept */
  push({ number, time, payid, amount, phone, transId, shown }: StatementRow, phoneCell: Cell = null): void {
    const phoneKind = phoneCell === null || phone === '' ? PHONE_READ : typeof phoneCell === 'number' ? PHONE_NUMBER : PHONE_TEXT;
    this.#open(number, time, amount, reference(payid) !== undefined, phoneKind);
    this.payids.appendText(payid);
    this.#phones.appendText(phoneKind === PHONE_READ ? phone : '');
    this.#transIds.appendText(transId);
    this.#shownAmounts.appendText(shown.amount);
    this.#shownPhones.appendText(shown.phone);
    this.#statuses.append(this.#statuses.idOfText(shown.status));
    this.#accounts.append(this.#accounts.idOfText(shown.account));
  }

  /** Adds a row whose cells are plain. @param status, account numbers of their words */
  pushPlain(row: PlainRow, columns: KeptCells, number: number, time: number, amount: number, phoneKind: number, status: number, account: number): void {
    const { bytes } = row;
    const payid = row.start(columns.payid);
    const payidEnd = row.end(columns.payid);
    this.#open(number, time, amount, !isNoReference(bytes, payid, payidEnd), phoneKind);
    this.payids.append(bytes, payid, payidEnd);
    this.#phones.appendText('');
    this.#transIds.append(bytes, row.start(columns.transId), row.end(columns.transId));
    this.#shownAmounts.append(bytes, row.start(columns.amount), row.end(columns.amount));
    this.#shownPhones.append(bytes, row.start(columns.phone), row.end(columns.phone));
    this.#statuses.append(status);
    this.#accounts.append(account);
  }

  /** The same rows without some of their numbers. */
  without(numbers: ReadonlySet<number>): StatementRows {
    const kept = new StatementRows(this.#country);
    for (const row of this) if (!numbers.has(row.number)) kept.push(row);
    return kept;
  }

  at(row: number): StatementRow {
    return new RowView(this, row);
  }

  *[Symbol.iterator](): Generator<StatementRow, void, undefined> {
    for (let row = 0; row < this.#count; row++) yield this.at(row);
  }

  map<Result>(make: (row: StatementRow, index: number) => Result): Result[] {
    return Array.from({ length: this.#count }, (_, row) => make(this.at(row), row));
  }

  filter(keep: (row: StatementRow, index: number) => boolean): StatementRow[] {
    return [...this].filter(keep);
  }

  toSorted(compare: (one: StatementRow, other: StatementRow) => number): StatementRow[] {
    return [...this].sort(compare);
  }

  #open(number: number, time: number, amount: number, hasReference: boolean, phoneKind: number): void {
    this.#sorted = undefined;
    const row = this.#count++;
    if (row === this.#numbers.length) this.#grow(2 * row);
    this.#numbers[row] = number;
    this.#times[row] = time;
    this.#amounts[row] = amount;
    this.#references[row] = hasReference ? 1 : 0;
    this.#phoneKinds[row] = phoneKind;
  }

  #grow(size: number): void {
    this.#numbers = grown(this.#numbers, new Int32Array(size));
    this.#times = grown(this.#times, new Float64Array(size));
    this.#amounts = grown(this.#amounts, new Float64Array(size));
    this.#references = grown(this.#references, new Uint8Array(size));
    this.#phoneKinds = grown(this.#phoneKinds, new Uint8Array(size));
  }
}

/** Where a row has the cells that are kept; -1 where the layout has none. */
export interface KeptCells {
  readonly payid: number;
  readonly amount: number;
  readonly phone: number;
  readonly transId: number;
}

/** A row of the columns that looks like an object. */
class RowView implements StatementRow {
  readonly #rows: StatementRows;
  readonly index: number;

  constructor(rows: StatementRows, index: number) {
    this.#rows = rows;
    this.index = index;
  }

  get number(): number {
    return this.#rows.number(this.index);
  }

  get time(): number {
    return this.#rows.time(this.index);
  }

  get payid(): string {
    return this.#rows.payids.text(this.index);
  }

  get amount(): number {
    return this.#rows.amount(this.index);
  }

  get phone(): string {
    return this.#rows.phone(this.index);
  }

  get transId(): string {
    return this.#rows.transId(this.index);
  }

  get shown(): ShownCells {
    return this.#rows.shown(this.index);
  }
}
