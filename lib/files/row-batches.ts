import type { Row } from '../core/rows.ts';

/** Rows handed on at once: enough to forget the cost of a promise, few enough to stay in the young heap. */
export const BATCH_ROWS = 2_000;

/** An array of rows, batch by batch. */
export async function* batchesOf(rows: Iterable<Row>): AsyncGenerator<readonly Row[]> {
  let batch: Row[] = [];
  for (const row of rows) {
    batch.push(row);
    if (batch.length < BATCH_ROWS) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
