import type { Cell } from './rows.ts';

/** The text of a cell without the blanks around it (tabs and no-break spaces too); a number is its integer digits. */
export function cellText(cell: Cell | undefined): string {
  if (typeof cell === 'string') return cell.trim();
  if (typeof cell === 'number') return Number.isInteger(cell) && !Number.isSafeInteger(cell) ? BigInt(cell).toString() : String(cell);
  return cell === true ? 'TRUE' : cell === false ? 'FALSE' : '';
}

/** Whether a cell shows nothing. */
export function isBlank(cell: Cell | undefined): boolean {
  return cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');
}

/** A payment reference, or `undefined` where it says that there is none: such references match nothing. */
export function reference(text: string): string | undefined {
  return text === '' || text === '-' || (text.length === 4 && text.toUpperCase() === 'NULL') ? undefined : text;
}

/** A header or title as it is compared: trimmed, without case and accents. */
export function headerKey(cell: Cell | undefined): string {
  return cellText(cell).normalize('NFD').replace(/\p{M}/gu, '').replace(/\s+/gu, ' ').toLowerCase();
}
