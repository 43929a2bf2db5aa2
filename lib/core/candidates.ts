import { type Candidate, isSelected, type NamedTransaction, statusVerdict, type Verdict, type WindowTransaction } from './ledger.ts';
import type { Listed } from './listed.ts';
import { instantMicros, microsInstant } from './local-time.ts';
import { amountText, MINOR_DIGITS, readAmount } from './money.ts';
import type { Operator } from './operator.ts';
import { normalisePhone } from './phone.ts';
import { isNoReference, PHONE_NUMBER } from './plain-cells.ts';
import { type PlainPhoneReader, plainPhoneReader } from './plain-phone.ts';
import type { PlainRow } from './plain-row.ts';
import { cellText, reference } from './reference.ts';
import { grown, TextColumn, type TextColumnParts } from './text-column.ts';
import { WordColumn, type WordColumnParts } from './word-column.ts';

/** Bits of a candidate's state. */
export const SUCCESS = 1;
export const UNCLASSIFIED = 2;
export const HAS_REFERENCE = 4;
/** Another row of the same transaction came later, or the row is not the operator's. */
const OUT = 8;
const PHONE_IS_NUMBER = 16;

const FIRST_ROWS = 1_024;
const MICROS = 1_000_000;

/** Candidates as another thread can take them over. */
export interface CandidateParts {
  readonly count: number;
  readonly created: Float64Array<ArrayBuffer>;
  readonly amounts: Float64Array<ArrayBuffer>;
  readonly decimals: Uint8Array<ArrayBuffer>;
  readonly states: Uint8Array<ArrayBuffer>;
  readonly transIds: TextColumnParts;
  readonly payids: TextColumnParts;
  readonly phones: TextColumnParts;
  readonly customs: TextColumnParts;
  readonly statuses: WordColumnParts;
}

/** Where a row has the cells that are kept. */
export interface KeptColumns {
  readonly transId: number;
  readonly payid: number;
  readonly phone: number;
  readonly custom: number;
}

/**
 * The ledger rows that an operator's reconciliation may use, column by column: a million take some 90 MB, and none is an object until it is
 * asked for. An amount that does not exist in the operator's currency is NaN.
 */
export class Candidates implements Listed<Candidate> {
  readonly #operator: Operator;
  readonly #digits: number;
  readonly #plainPhone: PlainPhoneReader;
  #count = 0;
  #created = new Float64Array(FIRST_ROWS);
  #amounts = new Float64Array(FIRST_ROWS);
  #decimals = new Uint8Array(FIRST_ROWS);
  #states = new Uint8Array(FIRST_ROWS);
  #transIds = new TextColumn('hashed');
  #payids = new TextColumn('hashed');
  #phones = new TextColumn();
  #customs = new TextColumn();
  #statuses = new WordColumn();

  constructor(operator: Operator) {
    this.#operator = operator;
    this.#digits = MINOR_DIGITS[operator.currency];
    this.#plainPhone = plainPhoneReader(operator.country);
  }

  /** Takes over the parts of another one; the one that gave them must not be used any more. */
  static of(parts: CandidateParts, operator: Operator): Candidates {
    const candidates = new Candidates(operator);
    candidates.#count = parts.count;
    candidates.#created = parts.created;
    candidates.#amounts = parts.amounts;
    candidates.#decimals = parts.decimals;
    candidates.#states = parts.states;
    candidates.#transIds = TextColumn.of(parts.transIds);
    candidates.#payids = TextColumn.of(parts.payids);
    candidates.#phones = TextColumn.of(parts.phones);
    candidates.#customs = TextColumn.of(parts.customs);
    candidates.#statuses = WordColumn.of(parts.statuses);
    return candidates;
  }

  get parts(): CandidateParts {
    return {
      count: this.#count,
      created: this.#created,
      amounts: this.#amounts,
      decimals: this.#decimals,
      states: this.#states,
      transIds: this.#transIds.parts,
      payids: this.#payids.parts,
      phones: this.#phones.parts,
      customs: this.#customs.parts,
      statuses: this.#statuses.parts,
    };
  }

  /** Rows, those that are out included. */
  get length(): number {
    return this.#count;
  }

  get transIds(): TextColumn {
    return this.#transIds;
  }

  get payids(): TextColumn {
    return this.#payids;
  }

  get statuses(): WordColumn {
    return this.#statuses;
  }

  created(row: number): number {
    return this.#created[row] ?? 0;
  }

  amount(row: number): number {
    return this.#amounts[row] ?? 0;
  }

  /** Whether a row belongs to the operator's selection, and no later one is the same transaction. */
  isIn(row: number): boolean {
    return ((this.#states[row] ?? 0) & OUT) === 0;
  }

  is(row: number, bit: number): boolean {
    return ((this.#states[row] ?? 0) & bit) !== 0;
  }

  /** Takes a row out. */
  takeOut(row: number): void {
    this.#states[row] = (this.#states[row] ?? 0) | OUT;
  }

  /** Makes room for so many rows like those that it holds. */
  expect(count: number): void {
    if (count > this.#created.length) this.#grow(count);
    for (const column of [this.#transIds, this.#payids, this.#phones, this.#customs, this.#statuses]) column.expect(count);
  }

  /** Adds a transaction; one of another operator only with its id, so that it can take an earlier row's place. */
  push(transaction: WindowTransaction): void {
    const created = instantMicros(transaction.createdAt);
    if (created === undefined || !isSelected(transaction, this.#operator.ledger)) {
      this.pushOut(transaction.transId);
      return;
    }
    const { amount: shown, phone, payid, custom, status } = transaction;
    const amount = readAmount(shown, this.#digits);
    const point = shown.indexOf('.');
    const verdict = statusVerdict(status);
    this.#open(
      created,
      amount.kind === 'amount' ? amount.minor : Number.NaN,
      point === -1 ? 0 : shown.length - point - 1,
      verdictState(verdict) | (reference(cellText(payid)) === undefined ? 0 : HAS_REFERENCE) | (typeof phone === 'number' ? PHONE_IS_NUMBER : 0),
    );
    this.#transIds.appendText(transaction.transId);
    this.#payids.appendText(cellText(payid));
    this.#phones.appendText(cellText(phone));
    this.#customs.appendText(cellText(custom));
    this.#statuses.append(this.#statuses.idOfText(status));
  }

  /**
   * Adds a row whose cells are plain.
   * @param amount in minor units
   * @param decimals places that the ledger shows of it
   */
  pushPlain(row: PlainRow, columns: KeptColumns, created: number, amount: number, decimals: number, verdict: Verdict, status: number, phoneKind: number): void {
    const { bytes } = row;
    const payid = row.start(columns.payid);
    const payidEnd = row.end(columns.payid);
    this.#open(created, amount, decimals, verdictState(verdict) | (isNoReference(bytes, payid, payidEnd) ? 0 : HAS_REFERENCE) | (phoneKind === PHONE_NUMBER ? PHONE_IS_NUMBER : 0));
    this.#transIds.append(bytes, row.start(columns.transId), row.end(columns.transId));
    this.#payids.append(bytes, payid, payidEnd);
    this.#phones.append(bytes, row.start(columns.phone), row.end(columns.phone));
    this.#customs.append(bytes, row.start(columns.custom), row.end(columns.custom));
    this.#statuses.append(status);
  }

  pushOut(transId: string): void {
    this.#openOut();
    this.#transIds.appendText(transId);
  }

  pushPlainOut(bytes: Uint8Array, transId: number, transIdEnd: number): void {
    this.#openOut();
    this.#transIds.append(bytes, transId, transIdEnd);
  }

  /** The second in which a row was created. */
  second(row: number): number {
    return Math.floor(this.created(row) / MICROS);
  }

  /** Whole seconds between a row and a moment, in either direction. */
  secondsFrom(row: number, second: number): number {
    return Math.abs(this.second(row) - second);
  }

  /** The order of ledger rows wherever one comes first: by creation, then by transaction id. */
  comesBefore(one: number, other: number): boolean {
    const difference = this.created(one) - this.created(other);
    return difference === 0 ? this.#transIds.text(one) < this.#transIds.text(other) : difference < 0;
  }

  /** The correspondence of a row whose phone is digits as a number; NaN for others. */
  correspondenceNumber(row: number): number {
    if (this.#operator.correspondenceKey === 'transId') return Number.NaN;
    return this.#plainPhone(this.#phones.bytes, this.#phones.start(row), this.#phones.end(row), this.is(row, PHONE_IS_NUMBER));
  }

  correspondence(row: number): string | undefined {
    if (this.#operator.correspondenceKey === 'transId') return reference(this.#customs.text(row));
    return normalisePhone(this.phone(row), this.#operator.country) || undefined;
  }

  at(row: number): Candidate {
    return new CandidateView(this, row);
  }

  get paymentMethod(): string {
    return this.#operator.ledger.paymentMethod;
  }

  /** The amount as the ledger has it: with the decimals of the row's own currency. */
  amountText(row: number): string {
    const minor = this.#amounts[row] ?? 0;
    const decimals = this.#decimals[row] ?? 0;
    const shift = decimals - this.#digits;
    return amountText(shift < 0 ? minor / 10 ** -shift : minor * 10 ** shift, decimals);
  }

  custom(row: number): string {
    return this.#customs.text(row);
  }

  phone(row: number): string | number {
    const text = this.#phones.text(row);
    return this.is(row, PHONE_IS_NUMBER) ? Number(text) : text;
  }

  *[Symbol.iterator](): Generator<Candidate, void, undefined> {
    for (let row = 0; row < this.#count; row++) yield this.at(row);
  }

  map<Result>(make: (candidate: Candidate, index: number) => Result): Result[] {
    return Array.from({ length: this.#count }, (_, row) => make(this.at(row), row));
  }

  filter(keep: (candidate: Candidate, index: number) => boolean): Candidate[] {
    return [...this].filter(keep);
  }

  toSorted(compare: (one: Candidate, other: Candidate) => number): Candidate[] {
    return [...this].sort(compare);
  }

  #openOut(): void {
    this.#open(Number.NaN, Number.NaN, 0, OUT);
    this.#payids.append(NOTHING, 0, 0);
    this.#phones.append(NOTHING, 0, 0);
    this.#customs.append(NOTHING, 0, 0);
    this.#statuses.append(0);
  }

  #open(created: number, amount: number, decimals: number, state: number): void {
    const row = this.#count++;
    if (row === this.#created.length) this.#grow(2 * row);
    this.#created[row] = created;
    this.#amounts[row] = amount;
    this.#decimals[row] = decimals;
    this.#states[row] = state;
  }

  #grow(size: number): void {
    this.#created = grown(this.#created, new Float64Array(size));
    this.#amounts = grown(this.#amounts, new Float64Array(size));
    this.#decimals = grown(this.#decimals, new Uint8Array(size));
    this.#states = grown(this.#states, new Uint8Array(size));
  }
}

const NOTHING = new Uint8Array(0);

function verdictState(verdict: Verdict): number {
  return verdict === 'success' ? SUCCESS : verdict === 'unclassified' ? UNCLASSIFIED : 0;
}

/** A row of the columns that looks like an object. */
class CandidateView implements Candidate {
  readonly #candidates: Candidates;
  readonly index: number;

  constructor(candidates: Candidates, index: number) {
    this.#candidates = candidates;
    this.index = index;
  }

  get transaction(): NamedTransaction {
    return new TransactionView(this.#candidates, this.index);
  }

  get created(): number {
    return this.#candidates.created(this.index);
  }

  get amount(): number {
    return this.#candidates.amount(this.index);
  }

  get payid(): string | undefined {
    return this.#candidates.is(this.index, HAS_REFERENCE) ? this.#candidates.payids.text(this.index) : undefined;
  }

  get verdict(): Verdict {
    return this.#candidates.is(this.index, SUCCESS) ? 'success' : this.#candidates.is(this.index, UNCLASSIFIED) ? 'unclassified' : 'not-success';
  }

  get correspondence(): string | undefined {
    return this.#candidates.correspondence(this.index);
  }
}

class TransactionView implements NamedTransaction {
  readonly #candidates: Candidates;
  readonly #index: number;

  constructor(candidates: Candidates, index: number) {
    this.#candidates = candidates;
    this.#index = index;
  }

  get transId(): string {
    return this.#candidates.transIds.text(this.#index);
  }

  get createdAt(): string {
    return microsInstant(this.#candidates.created(this.#index));
  }

  get amount(): string {
    return this.#candidates.amountText(this.#index);
  }

  get phone(): string | number {
    return this.#candidates.phone(this.#index);
  }

  get paymentMethod(): string {
    return this.#candidates.paymentMethod;
  }

  get status(): string {
    return this.#candidates.statuses.text(this.#index);
  }

  get payid(): string {
    return this.#candidates.payids.text(this.#index);
  }

  get custom(): string {
    return this.#candidates.custom(this.#index);
  }
}

/** The transactions that an operator's reconciliation may use. */
export function candidatesOf(transactions: Iterable<WindowTransaction>, operator: Operator): Candidates {
  const candidates = new Candidates(operator);
  for (const transaction of transactions) candidates.push(transaction);
  return candidates;
}
