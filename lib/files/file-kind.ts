import { markedForm } from './text-encoding.ts';

/** What the first bytes of a file say it is. */
export type FileKind = 'blank' | 'zip' | 'compound' | 'bare-biff' | 'gzip' | 'json' | 'json-string' | 'markup' | 'binary' | 'text';

const SIGNATURES: readonly (readonly [FileKind, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['compound', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]],
  ['gzip', [0x1f, 0x8b]],
  // Excel 2, 3 and 4 wrote their records without a container.
  ['bare-biff', [0x09, 0x00, 0x04, 0x00]],
  ['bare-biff', [0x09, 0x02, 0x06, 0x00]],
  ['bare-biff', [0x09, 0x04, 0x06, 0x00]],
  ['binary', [0x25, 0x50, 0x44, 0x46, 0x2d]],
];

/** Names a file by its content. */
export function fileKind(start: Uint8Array): FileKind {
  const signature = SIGNATURES.find(([, bytes]) => bytes.every((byte, index) => start[index] === byte));
  if (signature !== undefined) return signature[0];
  const marked = markedForm(start);
  if (marked === undefined && start.some(isBinary)) return 'binary';
  const text = new TextDecoder(marked?.encoding ?? 'utf-8').decode(start).trimStart();
  if (text === '') return 'blank';
  if (/^[[{]/u.test(text)) return 'json';
  // A quoted CSV header begins like a JSON string.
  if (/^"(?:\s|\\[nrt]|\\ufeff)*[[{]/iu.test(text) || /^""\s*$/u.test(text)) return 'json-string';
  return text.startsWith('<') ? 'markup' : 'text';
}

function isBinary(byte: number): boolean {
  return byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c;
}
