import type { BadRow, StatementReading } from './statement.ts';

/** Why a statement as a whole is not taken. */
export type StatementRefusal =
  | { readonly kind: 'headers'; readonly missing: readonly string[] }
  /** A workbook without the sheet that the layout names. */
  | { readonly kind: 'sheet'; readonly sheet: string; readonly present: readonly string[] }
  | { readonly kind: 'account' }
  /** Without bad rows: a file that holds no row at all. */
  | { readonly kind: 'bad-rows'; readonly rows: readonly BadRow[] };

/** Judges a statement: headers first, then the account, then the rows. */
export function refusalOf(reading: StatementReading, badRows: 'refuse' | 'quarantine'): StatementRefusal | undefined {
  switch (reading.kind) {
    case 'no-rows':
      return { kind: 'bad-rows', rows: [] };
    case 'headers-missing':
      return { kind: 'headers', missing: reading.missing };
    case 'sheet-missing':
      return { kind: 'sheet', sheet: reading.sheet, present: reading.present };
    case 'rows':
      if (!reading.accountFound) return { kind: 'account' };
      return badRows === 'refuse' && reading.bad.length > 0 ? { kind: 'bad-rows', rows: reading.bad } : undefined;
    default:
      return reading satisfies never;
  }
}
