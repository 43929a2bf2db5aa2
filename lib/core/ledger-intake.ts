import type { LedgerTransaction } from './ledger.ts';
import { instantMicros, microsInstant, serialSeconds } from './local-time.ts';
import { amountText, MINOR_DIGITS, readAmount } from './money.ts';
import { cellText, headerKey } from './reference.ts';
import type { Cell, Row } from './rows.ts';
import type { CellConventions } from './statement.ts';

/** A ledger row that cannot be taken in. */
export interface RejectedTransaction {
  /** 0-based number among the data rows. */
  readonly number: number;
  /** French, for the person who sent the rows. */
  readonly reason: string;
}

/** The columns of a ledger export, by field. */
const COLUMNS = {
  createdAt: 'created_at',
  paymentDate: 'cpm_payment_date',
  merchant: 'marchand',
  merchantEmail: 'EmailMarchand',
  serviceName: 'NomDuService',
  transId: 'cpm_trans_id',
  siteId: 'cpm_site_id',
  amount: 'cpm_amount',
  currency: 'cpm_currency',
  paymentMethod: 'payment_method',
  phone: 'cel_phone_num',
  status: 'cpm_trans_status',
  payid: 'cpm_payid',
  custom: 'cpm_custom',
} as const satisfies Record<keyof LedgerTransaction, string>;

const FIELDS = ['transId', 'paymentMethod', 'paymentDate', 'merchant', 'merchantEmail', 'serviceName', 'siteId', 'phone', 'status', 'payid', 'custom'] as const;

/** Without these columns no row can be placed in the ledger. */
export const REQUIRED_LEDGER_COLUMNS = [COLUMNS.createdAt, COLUMNS.transId, COLUMNS.amount, COLUMNS.paymentMethod, COLUMNS.status];

/** Where an export has its columns; -1 for those that it lacks. */
export type ColumnIndexes = Readonly<Record<keyof typeof COLUMNS, number>>;

/** Longest transaction id and payment method taken: they are parts of a storage key. */
export const LONGEST_ID = 200;
/** Longest of the other texts: a transaction must fit an item of 400 KB. */
export const LONGEST_TEXT = 4_000;

/** Reads the rows of a ledger export, batch by batch. */
export class LedgerReader {
  readonly #conventions: CellConventions;
  readonly #rejected: RejectedTransaction[] = [];
  #columns: ColumnIndexes | undefined;
  #count = 0;

  constructor(conventions: CellConventions) {
    this.#conventions = conventions;
  }

  /** Data rows read so far. */
  get count(): number {
    return this.#count;
  }

  get rejected(): readonly RejectedTransaction[] {
    return this.#rejected;
  }

  /** Whether the header row was found: rows before it are preamble. */
  get headerFound(): boolean {
    return this.#columns !== undefined;
  }

  /** Where the columns are, once the header row was found. */
  get columns(): ColumnIndexes | undefined {
    return this.#columns;
  }

  /** Counts a data row that was read elsewhere. */
  countRow(): void {
    this.#count += 1;
  }

  /** The transactions of a batch of rows; what cannot be taken is listed in `rejected`. */
  read(batch: readonly Row[]): readonly LedgerTransaction[] {
    const transactions: LedgerTransaction[] = [];
    for (const row of batch) {
      if (row.every((cell) => cellText(cell) === '')) continue;
      if (this.#columns === undefined) {
        this.#columns = findColumns(row);
        continue;
      }
      const number = this.#count++;
      const taken = this.#transactionOf(row, this.#columns);
      if (typeof taken === 'string') this.#rejected.push({ number, reason: taken });
      else transactions.push(taken);
    }
    return transactions;
  }

  #transactionOf(row: Row, columns: ColumnIndexes): LedgerTransaction | string {
    const cell = (field: keyof ColumnIndexes): Cell => row[columns[field]] ?? null;
    const text = (field: keyof ColumnIndexes) => cellText(cell(field));
    const transId = text('transId');
    if (transId === '') return `${COLUMNS.transId} manquant`;
    const tooLong = FIELDS.find((field) => isLongerThan(cell(field), field === 'transId' || field === 'paymentMethod' ? LONGEST_ID : LONGEST_TEXT));
    if (tooLong !== undefined) return `${COLUMNS[tooLong]} trop long`;
    const created = this.#instant(cell('createdAt'));
    if (created === undefined) return `${COLUMNS.createdAt} illisible : attendu une date et heure UTC comme 2026-03-12T08:27:39Z`;
    const currency = text('currency').toUpperCase();
    const digits = decimalsOf(currency);
    const amount = readAmount(cell('amount'), digits);
    if (amount.kind !== 'amount') return `${COLUMNS.amount} ${amount.kind === 'unreadable' ? `illisible : ${amount.reason}` : 'manquant'}`;
    if (text('paymentMethod') === '') return `${COLUMNS.paymentMethod} manquant`;
    return {
      transId,
      createdAt: microsInstant(created),
      paymentDate: text('paymentDate'),
      merchant: text('merchant'),
      merchantEmail: text('merchantEmail'),
      serviceName: text('serviceName'),
      siteId: text('siteId'),
      amount: amountText(amount.minor, digits),
      currency,
      paymentMethod: text('paymentMethod'),
      phone: this.#phone(cell('phone')),
      status: text('status'),
      payid: text('payid'),
      custom: text('custom'),
    };
  }

  #instant(cell: Cell): number | undefined {
    if (typeof cell === 'string') return instantMicros(cellText(cell));
    const seconds = typeof cell === 'number' ? serialSeconds(cell, this.#conventions.epoch) : undefined;
    return seconds === undefined ? undefined : seconds * 1_000_000;
  }

  /** Digits without a leading zero may have lost it where the format knows text only: they are kept as a number. */
  #phone(cell: Cell): string | number {
    if (typeof cell === 'number') return cell;
    const text = cellText(cell);
    return !this.#conventions.typed && /^[1-9]\d{0,14}$/u.test(text) ? Number(text) : text;
  }
}

function isLongerThan(cell: Cell, characters: number): boolean {
  return typeof cell === 'string' && cell.length > characters;
}

function findColumns(row: Row): ColumnIndexes | undefined {
  const keys = row.map(headerKey);
  const find = (header: string) => keys.indexOf(headerKey(header));
  if (REQUIRED_LEDGER_COLUMNS.some((header) => find(header) === -1)) return undefined;
  const { createdAt, paymentDate, merchant, merchantEmail, serviceName, transId, siteId, amount, currency, paymentMethod, phone, status, payid, custom } = COLUMNS;
  return {
    createdAt: find(createdAt),
    paymentDate: find(paymentDate),
    merchant: find(merchant),
    merchantEmail: find(merchantEmail),
    serviceName: find(serviceName),
    transId: find(transId),
    siteId: find(siteId),
    amount: find(amount),
    currency: find(currency),
    paymentMethod: find(paymentMethod),
    phone: find(phone),
    status: find(status),
    payid: find(payid),
    custom: find(custom),
  };
}

/** Decimal places in which the ledger keeps an amount of a currency, however it is written. */
export function decimalsOf(word: string): number {
  const currency = cellText(word).toUpperCase();
  return isKnownCurrency(currency) ? MINOR_DIGITS[currency] : 2;
}

function isKnownCurrency(currency: string): currency is keyof typeof MINOR_DIGITS {
  return Object.hasOwn(MINOR_DIGITS, currency);
}
