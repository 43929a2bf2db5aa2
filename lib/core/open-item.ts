import { dayStart, instantMicros, secondsInstant, wallClock } from './local-time.ts';
import type { Currency } from './operator.ts';

/** What stays open after a reconciliation: rows that nothing explains, and successes that the operator does not have. */
export const OPEN_KINDS = ['unexplained', 'absent'] as const;
export type OpenKind = (typeof OPEN_KINDS)[number];

/** `new` until a later ledger or statement could have explained it. */
export const OPEN_STATES = ['new', 'persistent', 'resolved'] as const;
export type OpenState = (typeof OPEN_STATES)[number];

/** The least age of each bucket in days; the next one ends it. */
const BUCKET_STARTS = { '0-1': 0, '2-7': 2, '8-30': 8, '31+': 31 } as const;
export const AGE_BUCKETS = ['0-1', '2-7', '8-30', '31+'] as const satisfies readonly (keyof typeof BUCKET_STARTS)[];
export type AgeBucket = (typeof AGE_BUCKETS)[number];

/** How many, and their sum in minor units. */
export interface Sum {
  readonly count: number;
  readonly amount: number;
}

export const NOTHING: Sum = { count: 0, amount: 0 };

export function plus(one: Sum, other: Sum): Sum {
  return { count: one.count + other.count, amount: one.amount + other.amount };
}

export function minus(one: Sum, other: Sum): Sum {
  return { count: one.count - other.count, amount: one.amount - other.amount };
}

/** What explains an open item. */
export type Explanation =
  /** A row's success that came to the ledger, or got its reference, after the run. */
  | { readonly how: 'late-ledger'; readonly transId: string }
  /** The success is on another statement. */
  | { readonly how: 'late-operator'; readonly tacheId: number; readonly row: number }
  /** The ledger says by now that it is no success. */
  | { readonly how: 'corrected'; readonly status: string }
  /** The same row or transaction stands in a later tache, which goes on with it. */
  | { readonly how: 'carried'; readonly tacheId: number }
  /** By hand: the journal says who and why. */
  | { readonly how: 'linked'; readonly transId: string }
  | { readonly how: 'set-aside' };

export const MANUAL_EXPLANATIONS = ['linked', 'set-aside'] as const satisfies readonly Explanation['how'][];

/** What may explain an item, for a person to decide. */
export type Proposal =
  /** No success in the ledger, of the row's phone (or custom reference) and amount, closest in time. */
  | { readonly how: 'correspondent'; readonly transId: string; readonly ambiguous: boolean }
  /** Of the same reference, but of another amount (minor units). */
  | { readonly how: 'amount-differs'; readonly amount: number; readonly transId?: string; readonly tacheId?: number; readonly row?: number };

/** What was found of an item since its run. */
export type Overlay =
  | { readonly state: 'resolved'; readonly explanation: Explanation; readonly at: string /** The journal's event of it. */; readonly event: string }
  | { readonly state: 'proposed'; readonly proposal: Proposal }
  /** Somebody took back what they had done. */
  | { readonly state: 'reopened' };

/** An overlay in its place. `name` is the id of the row, or of the transaction. */
export interface PlacedOverlay {
  readonly position: number;
  readonly day: string;
  /** Minor units. */
  readonly amount: number;
  readonly name: string;
  readonly overlay: Overlay;
}

/** Open items of one tache, kind and business day that lie in one page of its details. */
export interface OpenPage {
  readonly operatorCode: string;
  /** The operator's business day, `2026-03-12`. */
  readonly day: string;
  readonly tacheId: number;
  readonly edition: string;
  readonly kind: OpenKind;
  /** Number of the page within the list of details. */
  readonly page: number;
  /** Details of that page, open or not: where some have ended, nobody knows any more which is which. */
  readonly rows: number;
  readonly owner: string;
  readonly currency: Currency;
  readonly timeZone: string;
  /** ISO 8601. */
  readonly openedAt: string;
  /** What the run left open: it never changes. */
  readonly opened: Sum;
  /** What was resolved since, as it was counted last. */
  readonly resolved: Sum;
  /** False while overlays are being written: they are counted then. */
  readonly isCounted: boolean;
  /** When a later ledger or statement was last tried. */
  readonly triedAt?: string | undefined;
}

/** Items of one page. */
export const PAGE_ITEMS = 1_000;

export function stateOf(page: Pick<OpenPage, 'triedAt'>, overlay: Overlay | undefined): OpenState {
  if (overlay?.state === 'resolved') return 'resolved';
  return page.triedAt === undefined ? 'new' : 'persistent';
}

/** Whole days from one day to another. */
export function daysBetween(day: string, today: string): number {
  return Math.round((Date.parse(`${today}T00:00:00Z`) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000);
}

/** The bucket of an age in days; what is of today, or dated ahead of it, is in the first. */
export function ageBucket(days: number): AgeBucket {
  return AGE_BUCKETS.findLast((bucket) => days >= BUCKET_STARTS[bucket]) ?? '0-1';
}

/** Gives the business day of instants (ISO 8601) in a zone. @throws RangeError for what is no instant */
export function businessDays(timeZone: string): (instant: string) => string {
  const clock = wallClock(timeZone);
  return (instant) => {
    const micros = instantMicros(instant);
    if (micros === undefined) throw new RangeError('no instant, and so no business day');
    return secondsInstant(dayStart(clock(Math.floor(micros / 1_000_000)))).slice(0, 10);
  };
}

/** What a page still has open, as it was counted last. */
export function stillOpen({ opened, resolved }: OpenPage): Sum {
  return minus(opened, resolved);
}

/** The sum of what is resolved of a day. */
export function resolvedOf(overlays: Iterable<PlacedOverlay>, day: string): Sum {
  let sum = NOTHING;
  for (const { day: its, amount, overlay } of overlays) if (its === day && overlay.state === 'resolved') sum = plus(sum, { count: 1, amount });
  return sum;
}
