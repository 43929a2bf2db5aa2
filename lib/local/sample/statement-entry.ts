import { MINOR_DIGITS } from '../../core/money.ts';
import type { Operator } from '../../core/operator.ts';
import { type Random, randomOf } from './random.ts';
import type { RowShares, Shares } from './shares.ts';
import { subscriberNumber } from './subscriber.ts';

/** What a statement row was made for. */
export type RowPurpose = 'matched' | keyof RowShares;

/** What can be told of a payment before any of its sides is written down. */
export interface Customer {
  /** National number. */
  readonly phone: string;
  readonly transId: string;
  /** Minor units. */
  readonly amount: number;
}

export interface StatementEntry extends Customer {
  /** Wall clock seconds since 1970 in the operator's zone. */
  readonly wall: number;
  readonly payid: string;
  readonly credit: boolean;
}

/** What all payments of a day have in common. */
export interface DayPlan {
  readonly operator: Operator;
  readonly rows: number;
  readonly seed: number;
  /** Wall clock seconds of midnight. */
  readonly midnight: number;
  readonly shares: Shares;
  /** A handful of customers and amounts within one minute: full of ties, so that purposes are no longer certain. */
  readonly crowded: boolean;
}

const HOUR = 3_600;
const NO_REFERENCE = ['-', 'NULL', 'null'] as const;
const AMOUNTS = [100, 200, 500, 1_000, 2_500, 5_000, 12_500, 25_000, 150_000, 1_250_000] as const;

/** The statement row at a slot of the day, drawn without the slots before it. */
export function statementEntryAt(plan: DayPlan, slot: number): StatementEntry {
  const purpose = purposeAt(plan, slot);
  return purpose === 'statementDuplicate' || purpose === 'twin' ? repeatedRow(plan, slot, purpose) : rowAt(plan, slot, purpose);
}

/** A repetition needs the right row before it; elsewhere it falls back to what that row would have been. */
export function purposeAt(plan: DayPlan, slot: number): RowPurpose {
  const drawn = drawnPurpose(plan, slot);
  if (drawn === 'statementDuplicate') return slot > 0 && drawnPurpose(plan, slot - 1) === 'matched' ? drawn : 'matched';
  if (drawn === 'twin') return slot > 0 && drawnPurpose(plan, slot - 1) === 'correspondent' ? drawn : 'correspondent';
  return drawn;
}

const DRAWN = ['amountDiffers', 'statementDuplicate', 'correspondent', 'twin', 'tie', 'unexplained', 'noReference', 'noCredit', 'reversal', 'inMargin', 'outsideWindow'] as const;

function drawnPurpose(plan: DayPlan, slot: number): RowPurpose {
  const fine = 1_000_000;
  let ticket = randomOf(plan.seed, 4 * slot).below(fine);
  for (const purpose of DRAWN) {
    ticket -= plan.shares[purpose] * fine;
    if (ticket < 0) return purpose;
  }
  return 'matched';
}

function rowAt(plan: DayPlan, slot: number, purpose: RowPurpose): StatementEntry {
  const random = randomOf(plan.seed, 4 * slot + 1);
  const customer = customerOf(plan, slot, purpose, random);
  const soon = purpose === 'inMargin' || purpose === 'outsideWindow';
  const second = plan.crowded ? 12 * HOUR + random.below(60) : soon ? random.below(HOUR / 2) : random.between(2 * HOUR, 22 * HOUR);
  return {
    ...customer,
    amount: purpose === 'reversal' ? -customer.amount : customer.amount,
    wall: plan.midnight + second,
    payid: purpose === 'noReference' ? random.pick(NO_REFERENCE) : reference(plan, slot),
    credit: purpose !== 'noCredit',
  };
}

function reference(plan: DayPlan, slot: number): string {
  return `PP${plan.seed}.${slot}`;
}

/** The row before once more: with its reference (a duplicate) or as a payment of its own (a twin). */
function repeatedRow(plan: DayPlan, slot: number, purpose: 'statementDuplicate' | 'twin'): StatementEntry {
  const before = rowAt(plan, slot - 1, purpose === 'twin' ? 'correspondent' : 'matched');
  if (purpose === 'twin') return { ...before, wall: before.wall + 600, payid: reference(plan, slot) };
  return { ...before, wall: before.wall + randomOf(plan.seed, 4 * slot + 1).between(1, 900) };
}

/**
 * Customers come back; but whoever has a row that its reference does not match is someone of their own, so that nothing else of the
 * same phone and amount can take part.
 */
export function customerOf(plan: DayPlan, slot: number, purpose: RowPurpose, random: Random): Customer {
  const returning = purpose === 'matched' || purpose === 'amountDiffers';
  const regulars = Math.max(3, Math.floor(plan.rows / 5));
  const index = plan.crowded ? random.below(3) : returning ? random.below(regulars) : regulars + slot;
  const round = AMOUNTS[random.below(plan.crowded ? 3 : AMOUNTS.length)] ?? AMOUNTS[0];
  const main = plan.crowded || random.chance(0.7) ? round : 5 * random.between(20, 20_000);
  const digits = MINOR_DIGITS[plan.operator.currency];
  const cents = digits > 0 && random.chance(0.2) ? random.below(10 ** digits) : 0;
  return {
    phone: subscriberNumber(plan.operator.country, index + (plan.seed % 1_000)),
    transId: `U${plan.seed}-${plan.crowded ? index : slot}`,
    amount: main * 10 ** digits + cents,
  };
}
