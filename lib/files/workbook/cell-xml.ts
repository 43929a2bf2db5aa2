import { CELL_STYLES, type CellStyle, type SheetCell, type SheetRow } from './cell.ts';

/** What a cell of a workbook holds at most. */
const LONGEST_TEXT = 32_767;
/** Control characters, lone surrogates and the two non-characters: XML has no way to write them. */
const UNWRITABLE = /[\p{Cc}--[\t\n\r\x7f-\x9f]]|\p{Cs}|[\ufffe\uffff]/gv;
const TO_ESCAPE = /[&<>"\r]|_(?=x[0-9a-fA-F]{4}_)/g;
/** Nearly every text holds letters, digits and some marks only. */
const HARMLESS = /^[\w .,:;/()'+\-éèêàâôûùçîïœÉÈÀ°€#@*=%!?|~[\]{}]*$/u;

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '_x000D_', _: '_x005F_' };

/** A text as XML of a workbook: `_x000D_` written out would be read as the character of that number. */
export function escapedText(text: string): string {
  const short = text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT - 1)}…` : text;
  if (HARMLESS.test(short) && !short.includes('_x')) return short;
  return short.replace(UNWRITABLE, '\ufffd').replace(TO_ESCAPE, (character) => ESCAPES[character] ?? character);
}

const STYLE_NUMBERS = new Map<CellStyle, number>(CELL_STYLES.map((style, index) => [style, index]));
const LETTERS = 26;

/** `A`, `B` … `Z`, `AA` … of a 0-based column. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % LETTERS));
  return index < LETTERS ? letter : columnName(Math.floor(index / LETTERS) - 1) + letter;
}

/** A row as XML. @param number 1-based @param height points; what the program finds fit where absent */
export function rowXml(number: number, cells: SheetRow, height?: number): string {
  let xml = `<row r="${number}"${height === undefined ? '' : ` ht="${height}" customHeight="1"`}>`;
  for (let index = 0; index < cells.length; index += 1) xml += cellXml(`${columnName(index)}${number}`, cells[index]);
  return `${xml}</row>`;
}

/** Texts are inline strings, never formulas: nothing in them is run, whatever they begin with. */
function cellXml(reference: string, cell: SheetCell): string {
  if (cell === undefined) return '';
  const style = STYLE_NUMBERS.get(cell.style) ?? 0;
  if (cell.kind === 'number') return `<c r="${reference}" s="${style}"><v>${cell.digits}</v></c>`;
  if (cell.text === '') return cell.style === 'text' ? '' : `<c r="${reference}" s="${style}"/>`;
  return `<c r="${reference}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapedText(cell.text)}</t></is></c>`;
}
