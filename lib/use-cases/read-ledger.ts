import type { Candidates } from '../core/candidates.ts';
import { LedgerCollector } from '../core/ledger-collector.ts';
import type { RejectedTransaction } from '../core/ledger-intake.ts';
import type { Operator } from '../core/operator.ts';
import type { RowSource } from '../core/rows.ts';

/** What a ledger file holds for an operator. */
export interface LedgerReading {
  /** False where no row holds the required columns. */
  readonly headerFound: boolean;
  /** Data rows read. */
  readonly count: number;
  readonly rejected: readonly RejectedTransaction[];
  readonly candidates: Candidates;
}

/** Told the data rows read so far and the share of the file, 0–1; `undefined` where that cannot be told. */
export type OnLedgerRows = (rows: number, fraction: number | undefined) => void;

/**
 * Reads a ledger export to its end.
 * @throws UnreadableFile
 */
export async function readLedger(source: RowSource, operator: Operator, onRows: OnLedgerRows = () => undefined): Promise<LedgerReading> {
  const collector = new LedgerCollector(operator, source);
  const tell = () => onRows(collector.count, source.fractionRead?.());
  if (source.blocks === undefined) {
    for await (const batch of source.batches) {
      collector.read(batch);
      tell();
    }
  } else {
    let isFirst = true;
    for await (const block of source.blocks) {
      collector.readBlock(block);
      if (isFirst && source.fractionRead !== undefined) collector.expectMore(source.fractionRead());
      isFirst = false;
      tell();
    }
  }
  const { headerFound, count, rejected } = collector;
  return { headerFound, count, rejected, candidates: collector.end() };
}
