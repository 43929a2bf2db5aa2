import { isUtf8 } from 'node:buffer';
import { TextDecoder } from 'node:util';
import { type ByteSource, passing } from './byte-source.ts';
import { UnreadableFile } from './unreadable-file.ts';

export type TextEncoding = 'utf-8' | 'windows-1252' | 'utf-16le' | 'utf-16be';

/** How a file holds its text. */
export interface TextForm {
  readonly encoding: TextEncoding;
  /** Length of the byte order mark. */
  readonly markBytes: number;
}

const LONGEST_UTF8 = 4;

/** The encoding that a byte order mark announces. */
export function markedForm(bytes: Uint8Array): TextForm | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', markBytes: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', markBytes: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', markBytes: 2 };
  return undefined;
}

/**
 * The encoding of a text file, from all of its bytes: UTF-8 if every one of them fits, else Windows-1252, the one that office programs here write.
 * @throws UnreadableFile `corrupt` on a NUL byte
 */
export async function textForm(source: ByteSource, start: Uint8Array): Promise<TextForm> {
  const marked = markedForm(start);
  if (marked !== undefined && marked.encoding !== 'utf-8') return marked;
  let pending: Uint8Array = new Uint8Array(0);
  let utf8 = true;
  for await (const chunk of passing(source)) {
    refuseNul(chunk);
    if (!utf8) continue;
    const bytes = pending.length === 0 ? chunk : Buffer.concat([pending, chunk]);
    const end = characterEnd(bytes);
    utf8 = isUtf8(bytes.subarray(0, end));
    pending = Uint8Array.from(bytes.subarray(end));
  }
  const markBytes = marked?.markBytes ?? 0;
  return { encoding: utf8 && isUtf8(pending) ? 'utf-8' : 'windows-1252', markBytes };
}

/** @throws UnreadableFile `corrupt` on a NUL byte */
export function refuseNul(bytes: Uint8Array): void {
  if (bytes.includes(0)) throw new UnreadableFile('corrupt', 'NUL byte in text');
}

/** Where the last character that may go on in the next chunk begins. */
export function characterEnd(bytes: Uint8Array): number {
  for (let back = 1; back <= LONGEST_UTF8 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return bytes.length;
    if (byte >= 0xc0) return bytes.length - back;
  }
  return bytes.length;
}

/** The bytes of a text file as UTF-8 or Windows-1252 without byte order mark: encodings whose delimiters are single bytes. A piece is good for as long as the one it is made of. */
export async function* singleByteDelimited(pieces: AsyncIterable<Buffer>, { encoding, markBytes }: TextForm): AsyncGenerator<Buffer> {
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be' ? new TextDecoder(encoding, { fatal: true, ignoreBOM: true }) : undefined;
  let skip = markBytes;
  for await (const chunk of pieces) {
    const bytes = chunk.subarray(Math.min(skip, chunk.length));
    skip -= chunk.length - bytes.length;
    if (wide === undefined) yield bytes;
    else yield Buffer.from(decoded(wide, bytes, true));
  }
  if (wide !== undefined) decoded(wide, new Uint8Array(0), false);
}

/** Text of a whole file. */
export function wholeText(bytes: Uint8Array): string {
  const marked = markedForm(bytes);
  if (marked !== undefined) return decoded(new TextDecoder(marked.encoding, { fatal: true }), bytes, false);
  return new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes);
}

function decoded(decoder: TextDecoder, bytes: Uint8Array, stream: boolean): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch (error) {
    throw new UnreadableFile('corrupt', String(error));
  }
}
