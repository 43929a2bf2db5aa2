import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';

/** Files of bytes, each under a random name: nothing that a client says becomes part of a path. */
export interface ObjectBytes {
  /** Runs `fill` on a new file. If it throws, the file is gone. */
  write<Result>(fill: (file: Writable) => Promise<Result>): Promise<{ readonly bytesId: string; readonly result: Result }>;
  /** A stream that is already open: bytes removed afterwards can still be read from it. Both ends are included. */
  read(bytesId: string, range?: { readonly start: number; readonly end: number }): Promise<Readable>;
  remove(bytesIds: readonly string[]): Promise<void>;
  /** Removes what a crash left behind: files that no object names. */
  sweep(isNamed: (bytesId: string) => boolean): Promise<void>;
}

export function objectBytes(directory: string): ObjectBytes {
  const folder = (bytesId: string) => join(directory, bytesId.slice(0, 2));
  const path = (bytesId: string) => join(folder(bytesId), bytesId);
  const remove = (bytesId: string) => rm(path(bytesId), { force: true });
  return {
    async write(fill) {
      const bytesId = randomUUID();
      await mkdir(folder(bytesId), { recursive: true });
      try {
        return { bytesId, result: await fill(createWriteStream(path(bytesId), { flags: 'wx' })) };
      } catch (error) {
        await remove(bytesId);
        throw error;
      }
    },

    async read(bytesId, range) {
      const file: FileHandle = await open(path(bytesId));
      return file.createReadStream(range ?? {});
    },

    async remove(bytesIds) {
      await Promise.all(bytesIds.map(remove));
    },

    async sweep(isNamed) {
      await mkdir(directory, { recursive: true });
      for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
        if (entry.isFile() && !isNamed(entry.name)) await rm(join(entry.parentPath, entry.name), { force: true });
      }
    },
  };
}
