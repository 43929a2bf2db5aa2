import { open } from 'node:fs/promises';
import type { FileContent } from './file-content.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Bytes that can be read from the start, again and again. */
export interface ByteSource {
  /** The bytes in pieces; a piece is not written to after it was handed out. Throws UnreadableFile. */
  chunks(): AsyncIterable<Uint8Array>;
}

const CHUNK_BYTES = 256 * 1024;

/** The bytes of a file as they are. */
export function bytesOf(content: FileContent): ByteSource {
  return content.kind === 'bytes' ? { chunks: () => slices(content.bytes) } : { chunks: () => fileChunks(content.path) };
}

/** At most the first `length` bytes. */
export async function head(source: ByteSource, length: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of source.chunks()) {
    parts.push(chunk);
    total += chunk.length;
    if (total >= length) break;
  }
  return Buffer.concat(parts).subarray(0, length);
}

/**
 * All bytes in memory.
 * @throws UnreadableFile `too-large` over `cap` bytes
 */
export async function whole(source: ByteSource, cap: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of source.chunks()) {
    total += chunk.length;
    if (total > cap) throw new UnreadableFile('too-large', `more than ${cap} bytes`);
    parts.push(chunk);
  }
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts, total);
}

async function* slices(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  if (bytes.length > 0) yield bytes;
}

async function* fileChunks(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, 'r');
  try {
    for (;;) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK_BYTES), 0, CHUNK_BYTES);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}
