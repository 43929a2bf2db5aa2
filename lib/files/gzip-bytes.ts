import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import type { ByteSource } from './byte-source.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** Deflate reaches 1,032:1 on zeros; real tables stay far below. */
const LARGEST_RATIO = 400;
const UNSUSPICIOUS_BYTES = 64 * 1024 * 1024;
const LARGEST_BYTES = 6_000_000_000;
const CHUNK_BYTES = 256 * 1024;

/** The bytes inside of a gzip file, inflated as they are asked for. */
export function gunzipped(packed: ByteSource): ByteSource {
  return { chunks: () => inflatedChunks(packed) };
}

async function* inflatedChunks(packed: ByteSource): AsyncGenerator<Buffer> {
  let bytesIn = 0;
  let bytesOut = 0;
  const counted = async function* () {
    for await (const chunk of packed.chunks()) {
      bytesIn += chunk.length;
      yield chunk;
    }
  };
  // An empty callback: the error also ends the iteration of the last stream, which is where it is caught.
  const inflate = pipeline(Readable.from(counted()), createGunzip({ chunkSize: CHUNK_BYTES }), () => {});
  try {
    for await (const chunk of inflate) {
      bytesOut += chunk.length;
      const isBomb = bytesOut > UNSUSPICIOUS_BYTES && bytesOut > bytesIn * LARGEST_RATIO;
      if (isBomb || bytesOut > LARGEST_BYTES) throw new UnreadableFile('too-large', `gzip data of ${bytesIn} bytes gave ${bytesOut}`);
      yield chunk;
    }
  } catch (error) {
    if (error instanceof UnreadableFile || !(error instanceof Error) || !('code' in error)) throw error;
    if (error.code === 'Z_BUF_ERROR') throw new UnreadableFile('truncated', error.message);
    throw String(error.code).startsWith('Z_') ? new UnreadableFile('corrupt', error.message) : error;
  }
}
