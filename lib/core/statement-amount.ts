import { type SignedAmount, signedAmountReader } from './debits.ts';
import { MINOR_DIGITS, readAmount } from './money.ts';
import type { Operator } from './operator.ts';
import { cellText } from './reference.ts';
import type { Row } from './rows.ts';
import type { HeaderColumns } from './statement-header.ts';

/** Reads the amount of a row. */
export interface RowAmounts {
  read(row: Row): SignedAmount;
  /** The cell of an amount as the file shows it, with the sign that another column gives it. */
  shown(row: Row, minor: number): string;
}

export function rowAmounts({ layout: { debits }, currency }: Operator, { amount, debit = -1 }: HeaderColumns): RowAmounts {
  const digits = MINOR_DIGITS[currency];
  if (debits === undefined) return { read: (row) => readAmount(row[amount] ?? null, digits), shown: (row) => cellText(row[amount]) };
  const readSigned = signedAmountReader(debits, digits);
  return {
    read: (row) => readSigned(row[amount] ?? null, row[debit] ?? null),
    shown(row, minor) {
      const text = cellText(row[minor < 0 && debits.kind === 'column' ? debit : amount]);
      return minor >= 0 || /^[-\u2212]/u.test(text) ? text : `-${text}`;
    },
  };
}
