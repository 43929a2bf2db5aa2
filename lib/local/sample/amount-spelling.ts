import { amountNumber, amountText, MINOR_DIGITS } from '../../core/money.ts';
import type { Currency } from '../../core/operator.ts';
import type { Cell } from '../../core/rows.ts';
import type { Random } from './random.ts';

/** One of the ways in which exports write an amount; many are plain numbers. `minor` is in minor units. */
export function amountSpelling(minor: number, currency: Currency, random: Random): Cell {
  const digits = MINOR_DIGITS[currency];
  const plain = amountText(minor, digits);
  const [whole = '0', cents = ''] = plain.split('.');
  const fraction = cents === '' ? '00' : cents;
  switch (random.below(14)) {
    case 0:
      return grouped(whole, ' ') + (cents === '' ? '' : `,${cents}`);
    case 1:
      return grouped(whole, '\u00a0') + (cents === '' ? '' : `,${cents}`);
    case 2:
      return cents === '' ? grouped(whole, ',') : `${grouped(whole, ',')}.${cents}`;
    case 3:
      return `${whole}.${fraction}`;
    case 4:
      return `${grouped(whole, ',')}.${fraction}`;
    case 5:
      return `${grouped(whole, '.')},${fraction}`;
    case 6:
      return `${plain} ${currency === 'XOF' || currency === 'XAF' ? 'FCFA' : currency}`;
    case 7:
    case 8:
    case 9:
      return plain;
    default:
      return amountNumber(minor, digits);
  }
}

function grouped(whole: string, mark: string): string {
  return whole.replace(/\B(?=(?:\d{3})+$)/gu, mark);
}
