import { type AmountReading, readAmount } from './money.ts';
import type { DebitRows, Debits } from './operator.ts';
import { cellText } from './reference.ts';
import type { Cell } from './rows.ts';
import { wordSet } from './words.ts';

/** What a row says of its amount: money that comes in, or a row that is set aside because money goes out. */
export type SignedAmount =
  | AmountReading
  | { readonly kind: 'debit' }
  /** It is the other column that is to blame. */
  | { readonly kind: 'unreadable'; readonly reason: string; readonly column: 'debit' };

/** Reads the amount of a row whose layout tells credits from debits. `debit` is the cell of the column that tells. */
export type SignedAmountReader = (amount: Cell, debit: Cell) => SignedAmount;

/** @param digits decimal places of the currency's minor unit */
export function signedAmountReader(debits: Debits, digits: number): SignedAmountReader {
  switch (debits.kind) {
    case 'minus-sign':
      return (cell) => {
        const amount = readAmount(cell, digits);
        return amount.kind === 'amount' && amount.minor < 0 ? { kind: 'debit' } : amount;
      };
    case 'column':
      return (credit, debit) => ofPair(readAmount(credit, digits), readAmount(debit, digits), debits.rows);
    case 'word': {
      const credits = wordSet(debits.credit);
      const debitWords = wordSet(debits.debit);
      return (cell, word) => {
        const amount = readAmount(cell, digits);
        if (credits.has(word)) return amount;
        if (!debitWords.has(word)) return { kind: 'unreadable', reason: `sens inconnu : « ${cellText(word)} »`, column: 'debit' };
        return debits.rows === 'set-aside' ? { kind: 'debit' } : negative(amount);
      };
    }
    default:
      return debits satisfies never;
  }
}

/** Exports leave the other column empty, or write `-` or 0 there. */
function ofPair(credit: AmountReading, debit: AmountReading, rows: DebitRows): SignedAmount {
  if (credit.kind === 'unreadable') return credit;
  if (debit.kind === 'unreadable') return { ...debit, column: 'debit' };
  if (debit.kind !== 'amount') return credit.kind === 'missing' ? debit : credit;
  if (debit.minor === 0) return credit.kind === 'amount' ? credit : debit;
  if (credit.kind === 'amount' && credit.minor !== 0) return { kind: 'unreadable', reason: 'un débit et un crédit sur la même ligne' };
  return rows === 'set-aside' ? { kind: 'debit' } : negative(debit);
}

/** Some exports write what goes out with a minus sign as well. */
function negative(amount: AmountReading): AmountReading {
  return amount.kind === 'amount' && amount.minor > 0 ? { kind: 'amount', minor: -amount.minor } : amount;
}
