import type { Country } from './phone.ts';

/** Where a layout keeps the moment of a payment, with Unicode date patterns (`dd/MM/yyyy`, `h:mm:ss a`, `yyyy-MM-dd'T'HH:mm:ssXXX`). */
export type MomentColumns =
  | {
      readonly kind: 'one-column';
      readonly column: string;
      readonly pattern: string;
      /** Tried in order where the pattern does not fit. */
      readonly otherPatterns?: readonly string[];
      readonly trailingText?: boolean;
    }
  | {
      readonly kind: 'two-columns';
      readonly dateColumn: string;
      readonly datePattern: string;
      readonly otherDatePatterns?: readonly string[];
      readonly timeColumn: string;
      readonly timePattern: string;
      readonly otherTimePatterns?: readonly string[];
    };

/** What a column of a statement is for. `date` is the whole moment where the layout keeps it in one column. */
export const COLUMN_ROLES = ['date', 'time', 'payid', 'status', 'amount', 'account', 'phone', 'transId', 'debit', 'type'] as const;
export type ColumnRole = (typeof COLUMN_ROLES)[number];

/** How a column is found where its header alone does not tell. */
export interface ColumnSearch {
  /** Other headers that the column may have. */
  readonly otherHeaders?: readonly string[];
  /** Which of several columns of that header, counted from 1 at the left; the first where it is not given. */
  readonly occurrence?: number;
}

/** What becomes of the rows by which money leaves the account. */
export type DebitRows = 'set-aside' | 'negative';

/** How a statement tells money that comes in from money that goes out. */
export type Debits =
  /** The amounts of money that goes out have a column of their own; the layout's amount column holds the credits. */
  | { readonly kind: 'column'; readonly column: string; readonly rows: DebitRows }
  /** A column says it in words; a word of neither list makes the row bad. */
  | { readonly kind: 'word'; readonly column: string; readonly credit: readonly string[]; readonly debit: readonly string[]; readonly rows: DebitRows }
  /** Money that goes out has a minus sign and is set aside. Without this, negative amounts count as reversals. */
  | { readonly kind: 'minus-sign' };

/** Which column of a statement holds what, by header name. What is optional is for exports that need it. */
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
  /** The sheet of a workbook that counts; the first that has the columns where it is not given. */
  readonly sheet?: string;
  /** Two where a row of group headers stands above the headers: a column is then `group / header`, or its header alone where no other has it. */
  readonly headerRows?: 1 | 2;
  readonly search?: { readonly [R in ColumnRole]?: ColumnSearch };
  readonly debits?: Debits;
  /** Rows count only where this column says one of these words. */
  readonly rowType?: { readonly column: string; readonly only: readonly string[] };
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
  /** Status words that are known to mean no success. Where given, a word of neither list is reported as not classified. */
  readonly failureStatuses?: readonly string[];
  /** Whether a bad row of a dropped file refuses it, or is set apart while the good ones go on. */
  readonly badRows: 'refuse' | 'quarantine';
  /** A closed operator takes no statements any more; what it has done stays readable. */
  readonly closed?: boolean;
}
