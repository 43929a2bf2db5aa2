import { pipeline } from 'node:stream';
import { constants, crc32, createInflateRaw } from 'node:zlib';
import * as yauzl from 'yauzl';
import { bufferOf } from './byte-source.ts';
import type { FileContent } from './file-content.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** The entries of a zip file, by lower-case name with slashes: part names of office files do not tell cases apart. */
export interface ZipArchive {
  readonly content: FileContent;
  readonly entries: ReadonlyMap<string, yauzl.Entry>;
}

const MOST_ENTRIES = 20_000;
const LARGEST_INFLATED_BYTES = 6_000_000_000;
/** Deflate reaches 1,032:1 on zeros; sheets of a million equal rows stay under 200:1. */
const LARGEST_RATIO = 400;
const UNSUSPICIOUS_BYTES = 64 * 1024 * 1024;
const INFLATE_CHUNK_BYTES = 256 * 1024;

/**
 * Reads the directory of a zip file.
 * @throws UnreadableFile
 */
export async function openArchive(content: FileContent): Promise<ZipArchive> {
  const zip = await opened(content);
  try {
    if (zip.entryCount > MOST_ENTRIES) throw new UnreadableFile('too-large', `${zip.entryCount} zip entries`);
    const entries = new Map<string, yauzl.Entry>();
    let inflated = 0;
    for await (const entry of zip.eachEntry()) {
      const name = entry.fileName.toLowerCase();
      if (entries.has(name)) throw new UnreadableFile('corrupt', `two zip entries are named ${name}`);
      entries.set(name, entry);
      inflated += entry.uncompressedSize;
    }
    refuseBomb(inflated, zip.fileSize);
    return { content, entries };
  } catch (error) {
    throw unreadable(error);
  } finally {
    zip.close();
  }
}

/**
 * The inflated bytes of an entry, checked against the size and the CRC that the directory gives.
 * @throws UnreadableFile
 */
export async function* entryChunks({ content }: ZipArchive, entry: yauzl.Entry): AsyncGenerator<Buffer> {
  refuseUnknown(entry);
  const zip = await opened(content);
  try {
    let bytes = 0;
    let sum = 0;
    for await (const chunk of await inflated(zip, entry)) {
      bytes += chunk.length;
      if (bytes > entry.uncompressedSize) throw new UnreadableFile('corrupt', `${entry.fileName} is longer than declared`);
      sum = crc32(chunk, sum);
      yield chunk;
    }
    if (bytes !== entry.uncompressedSize) throw new UnreadableFile('truncated', `${entry.fileName} is shorter than declared`);
    if (sum !== entry.crc32) throw new UnreadableFile('corrupt', `${entry.fileName} has another CRC than declared`);
  } catch (error) {
    throw unreadable(error);
  } finally {
    zip.close();
  }
}

/** All bytes of a small entry. */
export async function entryBytes(archive: ZipArchive, entry: yauzl.Entry, cap: number): Promise<Buffer> {
  if (entry.uncompressedSize > cap) throw new UnreadableFile('too-large', `${entry.fileName} has more than ${cap} bytes`);
  const chunks: Buffer[] = [];
  for await (const chunk of entryChunks(archive, entry)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function opened(content: FileContent): Promise<yauzl.ZipFile> {
  const options = { autoClose: false };
  const opening = content.kind === 'path' ? yauzl.openPromise(content.path, options) : yauzl.fromBufferPromise(bufferOf(content.bytes), options);
  return opening.catch((error: unknown) => Promise.reject(unreadable(error)));
}

async function inflated(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<AsyncIterable<Buffer>> {
  const raw = await zip.openReadStreamPromise(entry, { decodeFileData: false });
  if (entry.compressionMethod === 0) return raw;
  // An empty callback: the error also ends the iteration of the last stream, which is where it is caught.
  return pipeline(raw, createInflateRaw({ chunkSize: INFLATE_CHUNK_BYTES }), () => {});
}

/** By what the directory says, before anything is inflated. Entries may share their bytes, so the file's size counts, not theirs. */
function refuseBomb(inflated: number, fileBytes: number): void {
  if (inflated > LARGEST_INFLATED_BYTES) throw new UnreadableFile('too-large', `zip entries of ${inflated} bytes`);
  if (inflated > UNSUSPICIOUS_BYTES && inflated > fileBytes * LARGEST_RATIO)
    throw new UnreadableFile('too-large', `a zip file that inflates ${Math.round(inflated / fileBytes)} times`);
}

function refuseUnknown(entry: yauzl.Entry): void {
  const { fileName, compressionMethod } = entry;
  if (entry.isEncrypted()) throw new UnreadableFile('encrypted', fileName);
  if (compressionMethod !== 0 && compressionMethod !== 8) throw new UnreadableFile('unsupported', `zip compression ${compressionMethod}`);
}

function unreadable(error: unknown): unknown {
  if (error instanceof UnreadableFile || !(error instanceof Error)) return error;
  const code = 'code' in error ? error.code : undefined;
  if (code === constants.Z_BUF_ERROR || code === 'Z_BUF_ERROR') return new UnreadableFile('truncated', error.message);
  if (typeof code === 'string' && !code.startsWith('Z_')) return error;
  return new UnreadableFile(/truncated|unexpected EOF|overflows file bounds/iu.test(error.message) ? 'truncated' : 'corrupt', error.message);
}
