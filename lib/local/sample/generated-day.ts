import { zoneConverter } from '../../core/local-time.ts';
import type { Operator } from '../../core/operator.ts';
import { type LedgerEntry, ledgerEntriesAt } from './ledger-entry.ts';
import { randomOf, shuffledIndex } from './random.ts';
import { DEFAULT_SHARES, type Shares } from './shares.ts';
import { type DayPlan, purposeAt, type RowPurpose, type StatementEntry, statementEntryAt } from './statement-entry.ts';
import { type LedgerObject, ledgerObject, type StatementObject, statementObject } from './wire-rows.ts';

export interface DayOptions {
  /** Statement rows: 1 to a million. */
  readonly rows: number;
  /** Any whole number: the same seed gives the same day. */
  readonly seed: number;
  /** `YYYY-MM-DD` in the operator's zone. */
  readonly date?: string;
  /** Shares that differ from the defaults. */
  readonly shares?: Partial<Shares>;
  /** A handful of customers and amounts within one minute: full of ties, and purposes are no longer certain. */
  readonly crowded?: boolean;
}

export interface MadeRow {
  /** 0-based number among the data rows. */
  readonly number: number;
  readonly purpose: RowPurpose;
  readonly entry: StatementEntry;
  /** What was made with it, ledger-only transactions included. */
  readonly ledger: readonly LedgerEntry[];
}

/** One day of an operator: its statement and its ledger, drawn when they are iterated, each time the same. */
export interface GeneratedDay {
  readonly operator: Operator;
  /** The day's first and last minute, as the API takes them. */
  readonly dateDebut: string;
  readonly dateFin: string;
  statement(): Generator<StatementObject, void, undefined>;
  ledger(): Generator<LedgerObject, void, undefined>;
  /** The statement rows before they are spelled, in the order of `statement()`. */
  entries(): Generator<StatementEntry, void, undefined>;
  /** What each row was made for, in the order of `statement()`. */
  made(): Generator<MadeRow, void, undefined>;
}

/** Makes a day of an operator in memory that does not grow with its rows. */
export function generateDay(operator: Operator, { rows, seed, date = '2026-03-12', shares = {}, crowded = false }: DayOptions): GeneratedDay {
  const plan: DayPlan = { operator, rows, seed, midnight: Date.parse(`${date}T00:00:00Z`) / 1_000, shares: { ...DEFAULT_SHARES, ...shares }, crowded };
  const toUtc = zoneConverter(operator.timeZone);
  const statementOrder = shuffledIndex(rows, seed);
  const ledgerOrder = shuffledIndex(rows, seed + 1);
  return {
    operator,
    dateDebut: `${date}T00:00`,
    dateFin: `${date}T23:59`,
    *statement() {
      for (let number = 0; number < rows; number += 1) {
        const slot = statementOrder(number);
        yield statementObject(operator, statementEntryAt(plan, slot), randomOf(seed, 4 * slot + 3));
      }
    },
    *ledger() {
      for (let position = 0; position < rows; position += 1) {
        const slot = ledgerOrder(position);
        const random = randomOf(seed + 1, 4 * slot + 3);
        for (const entry of ledgerEntriesAt(plan, slot)) {
          const seconds = Math.floor(entry.wallMicros / 1_000_000);
          yield ledgerObject(operator, entry, toUtc(seconds) * 1_000_000 + (entry.wallMicros - seconds * 1_000_000), random);
        }
      }
    },
    *entries() {
      for (let number = 0; number < rows; number += 1) yield statementEntryAt(plan, statementOrder(number));
    },
    *made() {
      for (let number = 0; number < rows; number += 1) {
        const slot = statementOrder(number);
        yield { number, purpose: purposeAt(plan, slot), entry: statementEntryAt(plan, slot), ledger: ledgerEntriesAt(plan, slot) };
      }
    },
  };
}
