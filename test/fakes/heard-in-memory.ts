import type { StatementObject } from '../../lib/core/tache.ts';
import type { HeardObjects } from '../../lib/ports.ts';

const textOf = ({ key, versionId }: StatementObject) => JSON.stringify([key, versionId]);

export function heardInMemory(): HeardObjects & { readonly all: () => readonly string[] } {
  const heard = new Set<string>();
  return {
    note: async (object) => void heard.add(textOf(object)),
    missing: async (objects) => objects.filter((object) => !heard.has(textOf(object))),
    all: () => [...heard],
  };
}
