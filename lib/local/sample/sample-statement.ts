import { OPERATORS } from '../../core/catalogue.ts';
import { generateDay } from './generated-day.ts';
import type { LedgerObject, StatementObject } from './wire-rows.ts';

/** A statement as it is posted, and the ledger transactions that belong to its day. */
export interface SampleStatement {
  readonly operateur: string;
  readonly fileName: string;
  readonly dateDebut: string;
  readonly dateFin: string;
  readonly fichier: readonly StatementObject[];
  readonly transactions: readonly LedgerObject[];
}

/**
 * A generated day of a known operator, to try the app with.
 * @throws RangeError where the catalogue has no such operator
 */
export function sampleStatement(operatorCode: string, { rows = 200, seed = 1 }: { readonly rows?: number; readonly seed?: number } = {}): SampleStatement {
  const operator = OPERATORS.find(({ code }) => code === operatorCode);
  if (operator === undefined) throw new RangeError(`no operator ${operatorCode} in the catalogue`);
  const day = generateDay(operator, { rows, seed });
  return {
    operateur: operatorCode,
    fileName: `${operatorCode}-${day.dateDebut.slice(0, 10)}-${seed}.json`,
    dateDebut: day.dateDebut,
    dateFin: day.dateFin,
    fichier: [...day.statement()],
    transactions: [...day.ledger()],
  };
}
