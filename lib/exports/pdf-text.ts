import type { PDFFont } from '@cantoo/pdf-lib';

/** What the fonts that every reader has can show: others stand for what they cannot. */
const SHOWN_AS: Readonly<Record<string, string>> = { '\u2212': '-', '\u202f': '\u00a0', '\u2007': '\u00a0', '\u2009': '\u00a0', '\t': ' ', '\n': ' ', '\r': ' ' };

/** A text with only what a font can show. */
export function showable(text: string, font: PDFFont): string {
  const known = new Set(font.getCharacterSet());
  return Array.from(text, (character) => {
    const shown = SHOWN_AS[character] ?? character;
    return known.has(shown.codePointAt(0) ?? 0) ? shown : '?';
  }).join('');
}

/** Points by which two ways to measure a text may differ. */
const ROUNDING = 0.01;

/** The text as it fits a width, its end cut off. */
export function fitted(text: string, font: PDFFont, size: number, width: number): string {
  const shown = showable(text, font);
  if (font.widthOfTextAtSize(shown, size) <= width + ROUNDING) return shown;
  let end = shown.length;
  while (end > 0 && font.widthOfTextAtSize(`${shown.slice(0, end)}…`, size) > width) end -= 1;
  return `${shown.slice(0, end)}…`;
}
