import type { Operator } from '../core/operator.ts';
import type { RowSource } from '../core/rows.ts';
import { StatementReader, type StatementReading } from '../core/statement.ts';

/**
 * Reads a statement to its end.
 * @param onRows told the data rows read so far, after each batch
 * @throws UnreadableFile
 */
export async function readStatement(source: RowSource, operator: Operator, onRows?: (rows: number) => void | Promise<void>): Promise<StatementReading> {
  const reader = new StatementReader(operator, source);
  for await (const batch of source.batches) {
    reader.read(batch);
    await onRows?.(reader.count);
  }
  return reader.end();
}
