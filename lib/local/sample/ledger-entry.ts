import { MINOR_DIGITS } from '../../core/money.ts';
import { type Random, randomOf } from './random.ts';
import { type Customer, customerOf, type DayPlan, purposeAt, type RowPurpose, type StatementEntry, statementEntryAt } from './statement-entry.ts';

/** What a ledger transaction was made for. `claimed`: a row has its reference; `paired`: it failed, and a row shows that it was paid. */
export type LedgerPurpose = 'claimed' | 'paired' | 'ledgerDuplicate' | 'absent' | 'absentNearEdge' | 'none';

export interface LedgerEntry extends Customer {
  readonly purpose: LedgerPurpose;
  readonly id: string;
  /** Microseconds since 1970 of the operator's wall clock. */
  readonly wallMicros: number;
  readonly success: boolean;
  readonly payid: string | null;
  /** Whether the operator's selection takes it. */
  readonly own: boolean;
}

const MICROS = 1_000_000;
const HOUR = 3_600;
const DAY = 24 * HOUR;
const EMPTY_PAYID = ['', '-', 'NULL', null] as const;

type Draft = Omit<LedgerEntry, 'id' | 'own'> & { readonly own?: boolean };

/** The ledger transactions that belong to a slot of the day, drawn without the slots before it. */
export function ledgerEntriesAt(plan: DayPlan, slot: number): readonly LedgerEntry[] {
  const purpose = purposeAt(plan, slot);
  const row = statementEntryAt(plan, slot);
  const random = randomOf(plan.seed, 4 * slot + 2);
  const drafts = [...successes(plan, purpose, row, random), ...failures(plan, purpose, row, random), ...looseOnes(plan, slot, row, random)];
  return drafts.map((draft, index) => ({ own: true, ...draft, id: `T${String(plan.seed % 1_000).padStart(3, '0')}${String(slot).padStart(7, '0')}${index}` }));
}

/** What the row's reference finds. */
function successes(plan: DayPlan, purpose: RowPurpose, row: StatementEntry, random: Random): readonly Draft[] {
  const success = (wallMicros: number, more: Partial<Draft> = {}): Draft => ({ ...customerIn(row), purpose: 'claimed', wallMicros, success: true, payid: row.payid, ...more });
  const start = plan.midnight * MICROS;
  switch (purpose) {
    case 'matched':
    case 'amountDiffers': {
      const wallMicros = (row.wall + random.between(-120, 120)) * MICROS + fraction(random);
      const amount = purpose === 'matched' ? row.amount : row.amount + 5 * 10 ** MINOR_DIGITS[plan.operator.currency];
      const again = success(wallMicros + random.between(1, 1_800 * MICROS), { purpose: 'ledgerDuplicate' });
      return [success(wallMicros, { amount }), ...(random.chance(plan.shares.ledgerDuplicate) ? [again] : [])];
    }
    case 'inMargin':
      return [success(start - (random.chance(0.3) ? HOUR * MICROS : random.between(1, HOUR * MICROS)))];
    case 'outsideWindow':
      return [success(start - HOUR * MICROS - (random.chance(0.3) ? 1 : random.between(1, HOUR * MICROS)), { purpose: 'none' })];
    default:
      return [];
  }
}

/** Failed transactions of the same customer and amount. */
function failures(plan: DayPlan, purpose: RowPurpose, row: StatementEntry, random: Random): readonly Draft[] {
  const failed = (seconds: number, more: Partial<Draft> = {}): Draft => ({
    ...customerIn(row),
    purpose: 'none',
    wallMicros: (row.wall + seconds) * MICROS + fraction(random),
    success: false,
    payid: random.chance(0.2) ? row.payid : random.pick([...EMPTY_PAYID, `X${row.payid}`]),
    ...more,
  });
  switch (purpose) {
    case 'correspondent':
    case 'twin': {
      const farther = purpose === 'twin' ? 0 : random.below(3);
      return [failed(random.between(-30, 30), { purpose: 'paired' }), ...Array.from({ length: farther }, () => failed(-random.between(60, 3_000)))];
    }
    case 'tie':
      return [failed(-10), failed(10, { purpose: 'paired' })];
    case 'unexplained':
      return random.chance(0.3) ? [failed(random.between(-60, 60), { amount: row.amount + 1 })] : [];
    case 'matched':
      return random.chance(plan.shares.failedTry) ? [failed(-random.between(20, 600))] : [];
    default:
      return [];
  }
}

/** Transactions that no row was made for. */
function looseOnes(plan: DayPlan, slot: number, row: StatementEntry, random: Random): readonly Draft[] {
  const start = plan.midnight * MICROS;
  const end = start + DAY * MICROS;
  const margin = HOUR * MICROS;
  const drafts: Draft[] = [];
  const add = (share: number, draft: () => Draft) => {
    if (random.chance(share)) drafts.push(draft());
  };
  const success = (wallMicros: number, purpose: LedgerPurpose): Draft => ({
    ...customerOf(plan, slot, 'matched', random),
    purpose,
    wallMicros,
    success: true,
    payid: random.chance(0.3) ? random.pick(EMPTY_PAYID) : `A${plan.seed}.${slot}.${drafts.length}`,
  });
  add(plan.shares.absent, () => {
    const wallMicros = random.chance(0.1) ? random.pick([start, end - 1, start + margin - 1, end - margin]) : start + random.between(0, DAY - 1) * MICROS + fraction(random);
    return success(wallMicros, wallMicros < start + margin || wallMicros >= end - margin ? 'absentNearEdge' : 'absent');
  });
  add(plan.shares.marginOnly, () => success(random.pick([start - margin, start - 1, end, end + margin - 1, end + random.below(margin)]), 'none'));
  add(plan.shares.outside, () => success(random.pick([start - margin - 1, end + margin, end + margin + random.below(margin)]), 'none'));
  add(plan.shares.foreign, () => ({ ...success(row.wall * MICROS, 'none'), ...customerIn(row), payid: row.payid, success: random.chance(0.7), own: false }));
  return drafts;
}

function customerIn({ phone, transId, amount }: Customer): Customer {
  return { phone, transId, amount };
}

function fraction(random: Random): number {
  return random.chance(0.7) ? 0 : random.below(MICROS);
}
