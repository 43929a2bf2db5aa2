import type { ExportOrders, ExportStore } from '../../lib/ports.ts';
import type { ObjectsInMemory } from './objects-in-memory.ts';

export interface ExportsInMemory extends ExportStore {
  bytes(key: string): Buffer | undefined;
  keys(): readonly string[];
}

/** Exports in a map, beside the objects of a bucket. Links are the key and the name. */
export function exportsInMemory(objects: ObjectsInMemory): ExportsInMemory {
  const made = new Map<string, Buffer>();
  return {
    exists: async (key) => made.has(key) || objects.keys().includes(key),
    async put(key, pieces) {
      const all: Uint8Array[] = [];
      for await (const piece of pieces) all.push(piece);
      made.set(key, Buffer.concat(all));
    },
    link: async (key, fileName, seconds) => `https://exports.test/${key}?${new URLSearchParams({ fileName, seconds: String(seconds) })}`,
    bytes: (key) => made.get(key),
    keys: () => [...made.keys()],
  };
}

export function exportOrdersInMemory(): ExportOrders {
  const taken = new Map<string, string>();
  return {
    wasGiven: async (key, since) => (taken.get(key) ?? '') >= since,
    note: async (key, at) => void taken.set(key, at),
  };
}
