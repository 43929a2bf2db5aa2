import type { Operator } from '../../lib/core/operator.ts';
import type { Cell, Row } from '../../lib/core/rows.ts';
import { StatementReader, type StatementReading } from '../../lib/core/statement.ts';
import type { StatementRow } from '../../lib/core/statement-rows.ts';
import { cellsOf, headersOf } from '../fixtures/row-source.ts';

type ReadRows = Extract<StatementReading, { kind: 'rows' }>;
type Conventions = ConstructorParameters<typeof StatementReader>[1];

const TYPED: Conventions = { epoch: 1900, typed: true };

/** A row of the Orange Money layout that nothing is wrong with, with some cells changed. */
export function orangeRow(changes: Readonly<Record<string, Cell>> = {}): Readonly<Record<string, Cell>> {
  return { Date: '07/03/2026', Heure: '09:28:53', Référence: 'PP1', Statut: 'SUCCES', Crédit: 5000, 'Compte OM': '0700000001', Correspondant: '0707123456', ...changes };
}

/** Reads a whole table, header included. */
export function readTable(operator: Operator, rows: readonly Row[], conventions: Conventions = TYPED): StatementReading {
  const reader = new StatementReader(operator, conventions);
  reader.read(rows);
  return reader.end();
}

/** Reads row objects under a header made of their keys. Throws where they are not rows at all. */
export function readObjects(operator: Operator, objects: readonly object[], conventions: Conventions = TYPED): ReadRows {
  const headers = headersOf(objects);
  const reading = readTable(operator, [headers, ...objects.map((object) => cellsOf(object, headers))], conventions);
  if (reading.kind !== 'rows') throw new Error(`no rows: ${JSON.stringify(reading)}`);
  return reading;
}

/** The one row of a statement of one row. Throws where it is bad or set aside. */
export function readOne(operator: Operator, object: object, conventions: Conventions = TYPED): StatementRow {
  const { rows, bad, setAside } = readObjects(operator, [object], conventions);
  const [row] = rows;
  if (row === undefined) throw new Error(`no good row: ${JSON.stringify({ bad, setAside })}`);
  return row;
}

/** The columns that make the one row of a statement bad. */
export function badColumns(operator: Operator, object: object, conventions: Conventions = TYPED): readonly string[] {
  // A good row beside it, so that the file as a whole has the operator's account.
  return readObjects(operator, [object, orangeRow()], conventions).bad.flatMap(({ problems }) => problems.map(({ column }) => column));
}
