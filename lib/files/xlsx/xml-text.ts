import { TextDecoder } from 'node:util';
import { asciiText } from '../ascii-text.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import type { XmlAttributes } from './xml-scanner.ts';

const AMPERSAND = 0x26;
const CARRIAGE_RETURN = 0x0d;
const LT = 0x3c;
const UNDERSCORE = 0x5f;
const LETTER_X = 0x78;
const NAMED = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * The text of XML bytes. Always a copy: a slice of a larger text would keep all of it in memory.
 * @throws UnreadableFile `corrupt` on bytes that are not UTF-8 and on entities that XML does not define
 */
export function xmlText(bytes: Buffer, start: number, end: number, literal: boolean): string {
  let seen = 0;
  let special = false;
  for (let at = start; at < end; at++) {
    const byte = bytes[at] ?? 0;
    seen |= byte;
    special ||= byte === AMPERSAND || byte === CARRIAGE_RETURN;
  }
  const text = seen < 0x80 ? asciiText(bytes, start, end) : decoded(bytes.subarray(start, end));
  if (!special) return text;
  const lines = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n');
  return literal ? lines : withoutEntities(lines);
}

/** How far bytes are their own text: ASCII without tags, entities, line ends to change or escapes. */
export function plainTextEnd(bytes: Buffer, start: number): number {
  const { length } = bytes;
  let at = start;
  for (; at < length; at++) {
    const byte = bytes[at] ?? 0;
    if (byte === LT || byte >= 0x80 || byte === AMPERSAND || byte === CARRIAGE_RETURN || (byte === UNDERSCORE && bytes[at + 1] === LETTER_X)) break;
  }
  return at;
}

/** The value of an attribute, or `undefined` where the element has none of that name. */
export function attributeText(attributes: XmlAttributes, name: number): string | undefined {
  for (let index = 0; index < attributes.count; index++) {
    if (attributes.names[index] === name) return xmlText(attributes.bytes, attributes.starts[index] ?? 0, attributes.ends[index] ?? 0, false);
  }
  return undefined;
}

/** Characters that XML cannot hold stand in cells as `_x000D_`; `_x005F_` protects a text that only looks like that. */
export function withoutEscapes(text: string): string {
  return text.includes('_x') ? text.replace(/_x([0-9a-f]{4})_/giu, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))) : text;
}

function withoutEntities(text: string): string {
  return text.replace(/&([^;&]{0,12});?/gu, (found, name: string) => {
    const character = found.endsWith(';') ? (NAMED.get(name) ?? numbered(name)) : undefined;
    if (character === undefined) throw new UnreadableFile('corrupt', `XML: unknown entity ${found}`);
    return character;
  });
}

function numbered(name: string): string | undefined {
  const digits = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/iu.exec(name);
  if (digits === null) return undefined;
  const code = digits[1] === undefined ? Number(digits[2]) : Number.parseInt(digits[1], 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined;
}

function decoded(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch (error) {
    throw new UnreadableFile('corrupt', String(error));
  }
}
