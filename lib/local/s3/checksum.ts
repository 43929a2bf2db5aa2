import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import * as z from 'zod';

export const ChecksumAlgorithm = z.enum(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256']);
export type ChecksumAlgorithm = z.infer<typeof ChecksumAlgorithm>;

/** A checksum as S3 keeps it: base64, with `-<parts>` at the end where it was made of the parts' checksums. */
export const Checksum = z.object({ algorithm: ChecksumAlgorithm, value: z.string(), type: z.enum(['FULL_OBJECT', 'COMPOSITE']) }).readonly();
export type Checksum = z.infer<typeof Checksum>;

export interface RunningChecksum {
  update(chunk: Uint8Array): void;
  digest(): Buffer;
}

export function runningChecksum(algorithm: ChecksumAlgorithm): RunningChecksum {
  switch (algorithm) {
    case 'CRC32':
      return runningCrc32((chunk, value) => crc32(chunk, value));
    case 'CRC32C':
      return runningCrc32(crc32c);
    case 'CRC64NVME':
      return runningCrc64();
    case 'SHA1':
    case 'SHA256':
      return createHash(algorithm.toLowerCase());
    default:
      return algorithm satisfies never;
  }
}

/** The checksum of the parts' checksums. */
export function compositeChecksum(algorithm: ChecksumAlgorithm, parts: readonly string[]): Checksum {
  const whole = runningChecksum(algorithm);
  for (const part of parts) whole.update(Buffer.from(part, 'base64'));
  return { algorithm, value: `${whole.digest().toString('base64')}-${parts.length}`, type: 'COMPOSITE' };
}

/** `x-amz-checksum-crc32` for CRC32. */
export function checksumHeader(algorithm: ChecksumAlgorithm): string {
  return `x-amz-checksum-${algorithm.toLowerCase()}`;
}

/** `ChecksumCRC32` for CRC32. */
export function checksumElement(algorithm: ChecksumAlgorithm): string {
  return `Checksum${algorithm}`;
}

function runningCrc32(add: (chunk: Uint8Array, value: number) => number): RunningChecksum {
  let value = 0;
  return {
    update(chunk) {
      value = add(chunk, value);
    },
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value);
      return bytes;
    },
  };
}

const CRC32C_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value >>> 1) ^ (value & 1 ? 0x82f63b78 : 0);
  return value;
});

function crc32c(chunk: Uint8Array, value: number): number {
  let state = ~value;
  for (const byte of chunk) state = (state >>> 8) ^ (CRC32C_TABLE[(state ^ byte) & 0xff] ?? 0);
  return ~state >>> 0;
}

/** CRC-64/NVME in two halves of 32 bits: a BigInt for each byte would be a hundred times slower. */
const CRC64_TABLE = Array.from({ length: 256 }, (_, byte) => {
  let [high, low] = [0, byte];
  for (let bit = 0; bit < 8; bit += 1) {
    const carry = low & 1;
    low = ((low >>> 1) | (high << 31)) ^ (carry ? 0xac4bc9b5 : 0);
    high = (high >>> 1) ^ (carry ? 0x9a6c9329 : 0);
  }
  return { high, low };
});
const CRC64_HIGH = Int32Array.from(CRC64_TABLE, ({ high }) => high);
const CRC64_LOW = Int32Array.from(CRC64_TABLE, ({ low }) => low);

function runningCrc64(): RunningChecksum {
  let [high, low] = [-1, -1];
  return {
    update(chunk) {
      for (const byte of chunk) {
        const index = (low ^ byte) & 0xff;
        low = ((low >>> 8) | (high << 24)) ^ (CRC64_LOW[index] ?? 0);
        high = (high >>> 8) ^ (CRC64_HIGH[index] ?? 0);
      }
    },
    digest() {
      const bytes = Buffer.alloc(8);
      bytes.writeInt32BE(~high, 0);
      bytes.writeInt32BE(~low, 4);
      return bytes;
    },
  };
}
