/** How a cell looks; its number format goes with it. */
export const CELL_STYLES = ['plain', 'text', 'integer', 'amount', 'cents', 'moment', 'header', 'title', 'label', 'note', 'total-integer', 'total-amount', 'total-cents'] as const;
export type CellStyle = (typeof CELL_STYLES)[number];

/** A text, which stays one whatever it looks like; or a number, written digit by digit as it is given. */
export type SheetCell =
  | { readonly kind: 'text'; readonly text: string; readonly style: CellStyle }
  | { readonly kind: 'number'; readonly digits: string; readonly style: CellStyle }
  | undefined;

export type SheetRow = readonly SheetCell[];

export function textCell(text: string, style: CellStyle = 'text'): SheetCell {
  return { kind: 'text', text, style };
}

export function numberCell(digits: string, style: CellStyle): SheetCell {
  return { kind: 'number', digits, style };
}

/** A moment as a clock shows it. @param wallSeconds seconds since 1970-01-01 00:00 of that clock */
export function momentCell(wallSeconds: number): SheetCell {
  return { kind: 'number', digits: serialDigits(wallSeconds), style: 'moment' };
}

const SERIAL_OF_1970 = 25_569;
const SECONDS_PER_DAY = 86_400;
/** Programs cut off what is left of a second: a serial number that is a little too small shows the second before. */
const SERIAL_DECIMALS = 11;

function serialDigits(wallSeconds: number): string {
  return (SERIAL_OF_1970 + wallSeconds / SECONDS_PER_DAY).toFixed(SERIAL_DECIMALS);
}
