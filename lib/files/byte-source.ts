import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { FileContent } from './file-content.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Bytes that can be read from the start, again and again. */
export interface ByteSource {
  /** The bytes in pieces; a piece is not written to after it was handed out. Throws UnreadableFile. */
  chunks(): AsyncIterable<Buffer>;
  /** As `chunks`, for whoever is done with a piece when the next one is asked for: all pieces may lie in the same memory. Absent where that saves nothing. */
  passing?(): AsyncIterable<Buffer>;
  /** Share of the bytes that lie before the end of the piece that `passing` handed out last, 0–1. Absent where that cannot be told. */
  fractionRead?(): number;
}

const CHUNK_BYTES = 32 * 1024;
const PIECES_IN_A_TURN = 64;

/** The bytes of a file as they are. */
export function bytesOf(content: FileContent): ByteSource {
  if (content.kind === 'bytes') return { chunks: () => pieces(bufferOf(content.bytes)) };
  const progress = { read: 0, size: 0 };
  return {
    chunks: () => fileChunks(content.path),
    passing: () => passingChunks(content.path, progress),
    fractionRead: () => (progress.size === 0 ? 0 : progress.read / progress.size),
  };
}

/** The bytes for whoever keeps none of them. */
export function passing(source: ByteSource): AsyncIterable<Buffer> {
  return source.passing?.() ?? source.chunks();
}

/** At most the first `length` bytes. */
export async function head(source: ByteSource, length: number): Promise<Buffer> {
  const parts: Buffer[] = [];
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
export async function whole(source: ByteSource, cap: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let total = 0;
  for await (const chunk of source.chunks()) {
    total += chunk.length;
    if (total > cap) throw new UnreadableFile('too-large', `more than ${cap} bytes`);
    parts.push(chunk);
  }
  const [first] = parts;
  return parts.length === 1 && first !== undefined ? first : Buffer.concat(parts, total);
}

/** The same bytes as a Buffer, not a copy. */
export function bufferOf(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** In pieces even where all bytes are there: what is made of one piece should not be as large as what is made of a file. */
async function* pieces(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) yield bytes.subarray(at, at + CHUNK_BYTES);
}

async function* fileChunks(path: string): AsyncGenerator<Buffer> {
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

/**
 * Reads without waiting for another thread: handing each piece over costs more than copying it. Every few pieces whatever else is to be
 * done has its turn.
 */
async function* passingChunks(path: string, progress: { read: number; size: number }): AsyncGenerator<Buffer> {
  const file = openSync(path, 'r');
  try {
    progress.size = fstatSync(file).size;
    const memory = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    for (let read = 0, piece = 1; ; piece++) {
      const size = readSync(file, memory, 0, CHUNK_BYTES, null);
      if (size === 0) return;
      read += size;
      // Not added to: the file may be read again from its start before this reading goes on.
      progress.read = read;
      yield memory.subarray(0, size);
      if (piece % PIECES_IN_A_TURN === 0) await setImmediate();
    }
  } finally {
    closeSync(file);
  }
}
