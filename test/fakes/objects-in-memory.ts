import { createHash, randomUUID } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StatementObject } from '../../lib/core/tache.ts';
import type { Objects } from '../../lib/ports.ts';

export interface ObjectsInMemory extends Objects {
  /** The newest text under a key. */
  text(key: string): string | undefined;
  keys(): readonly string[];
  remove(object: StatementObject): void;
  /** Files handed out that nobody has removed yet. */
  spooled(): number;
}

/** A bucket with versions, in a map. Text lines are kept as they are, not packed. */
export function objectsInMemory(): ObjectsInMemory {
  const versions = new Map<string, Buffer>();
  const newest = new Map<string, string>();
  let count = 0;
  let spooled = 0;
  const store = (key: string, body: Uint8Array | string): StatementObject => {
    count += 1;
    const versionId = `v${count}`;
    versions.set(`${key} ${versionId}`, Buffer.from(body));
    newest.set(key, versionId);
    return { key, versionId };
  };
  const find = ({ key, versionId }: StatementObject) => versions.get(`${key} ${versionId ?? newest.get(key) ?? ''}`);
  return {
    put: async (key, body) => store(key, body),
    async putOnce(key, body) {
      if (newest.has(key)) return false;
      store(key, body);
      return true;
    },
    putLines: async (key, lines) => void store(key, [...lines].join('')),
    async spool(object) {
      const bytes = find(object);
      if (bytes === undefined) return undefined;
      const path = join(tmpdir(), `objet-${randomUUID()}`);
      await writeFile(path, bytes);
      spooled += 1;
      const remove = async () => {
        spooled -= 1;
        await rm(path, { force: true });
      };
      return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex'), remove };
    },
    text: (key) => find({ key })?.toString('utf8'),
    keys: () => [...newest.keys()],
    remove: ({ key, versionId }) => {
      versions.delete(`${key} ${versionId ?? newest.get(key) ?? ''}`);
      newest.delete(key);
    },
    spooled: () => spooled,
  };
}
