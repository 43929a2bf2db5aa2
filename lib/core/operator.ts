import type { Country } from './phone.ts';

/** Where a layout keeps the moment of a payment, with Unicode date patterns (`dd/MM/yyyy`, `HH:mm:ss`). */
export type MomentColumns =
  | { readonly kind: 'one-column'; readonly column: string; readonly pattern: string; readonly trailingText?: boolean }
  | {
      readonly kind: 'two-columns';
      readonly dateColumn: string;
      readonly datePattern: string;
      readonly timeColumn: string;
      readonly timePattern: string;
    };

/** Which column of a statement holds what, by header name. */
export interface StatementLayout {
  readonly name: string;
  readonly moment: MomentColumns;
  readonly columns: {
    readonly payid: string;
    readonly status: string;
    readonly amount: string;
    readonly account: string;
    readonly phone?: string;
    readonly transId?: string;
  };
}

/** Values that a ledger row must all carry for an exclude clause to leave it out. */
export interface ExcludeClause {
  readonly paymentMethod?: string;
  readonly merchant?: string;
  readonly serviceName?: string;
}

/** Which ledger rows belong to an operator. */
export interface LedgerSelection {
  readonly paymentMethod: string;
  readonly merchant?: string;
  readonly serviceName?: string;
  /** ORed: one clause that fits leaves the row out. */
  readonly exclude: readonly ExcludeClause[];
}

export const CURRENCIES = ['XOF', 'XAF', 'GNF', 'CDF', 'USD'] as const;
export type Currency = (typeof CURRENCIES)[number];

const CODE = /^[A-Z0-9]{2,32}$/u;

/** Codes stand in keys of objects and tables: capital letters and digits only. */
export function isOperatorCode(text: string): boolean {
  return CODE.test(text);
}

/** A mobile-money operator as the reconciliation sees it. */
export interface Operator {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly description: string;
  /** The account that the statement must name: a number or a text. */
  readonly account: string;
  readonly country: Country;
  /** IANA name of the operator's local time. */
  readonly timeZone: string;
  readonly currency: Currency;
  readonly layout: StatementLayout;
  /** What ties a statement row to a failed transaction: the phone, or the transaction's custom reference. */
  readonly correspondenceKey: 'phone' | 'transId';
  readonly ledger: LedgerSelection;
  /** How far outside the period a ledger row may lie and still be a candidate. */
  readonly marginMinutes: number;
  /** Status words that mean success; where absent every row counts. */
  readonly successStatuses?: readonly string[];
  /** Whether a bad row of a dropped file refuses it, or is set apart while the good ones go on. */
  readonly badRows: 'refuse' | 'quarantine';
  /** A closed operator takes no statements any more; what it has done stays readable. */
  readonly closed?: boolean;
}
