import type { AnyVersion } from './stored-object.ts';

/** What a list shows: a version, or the keys that share a prefix up to the delimiter. */
export type ListEntry = { readonly kind: 'version'; readonly version: AnyVersion } | { readonly kind: 'prefix'; readonly prefix: string };

export interface Walk {
  readonly prefix: string;
  /** Empty: no keys are put together. */
  readonly delimiter: string;
  readonly limit: number;
}

export interface ListPage {
  readonly entries: readonly ListEntry[];
  readonly truncated: boolean;
}

/**
 * One page of a list.
 * @param rows versions in order, from a key (included)
 * @param start the key to begin at
 */
export function walk(rows: (from: Buffer) => Iterable<AnyVersion>, start: Buffer, { prefix, delimiter, limit }: Walk): ListPage {
  const entries: ListEntry[] = [];
  if (limit === 0) return { entries, truncated: false };
  const first = Buffer.from(prefix);
  let from: Buffer | undefined = Buffer.compare(start, first) > 0 ? start : first;
  while (from !== undefined) {
    let next: Buffer | undefined;
    for (const version of rows(from)) {
      if (!version.key.startsWith(prefix)) break;
      if (entries.length === limit) return { entries, truncated: true };
      const shared = sharedPrefix(version.key, prefix, delimiter);
      entries.push(shared === undefined ? { kind: 'version', version } : { kind: 'prefix', prefix: shared });
      if (shared !== undefined) {
        // Look on behind the whole prefix rather than through all its keys.
        next = behindPrefix(Buffer.from(shared));
        break;
      }
    }
    from = next;
  }
  return { entries, truncated: false };
}

/** The part of a key up to the first delimiter after the prefix, included. */
export function sharedPrefix(key: string, prefix: string, delimiter: string): string | undefined {
  const at = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
  return at === -1 ? undefined : key.slice(0, at + delimiter.length);
}

/** The least key behind `key`. */
export function behind(key: string): Buffer {
  return Buffer.concat([Buffer.from(key), Buffer.of(0)]);
}

/** The least key behind all those that begin with the prefix. UTF-8 has no byte 0xff, so adding one to the last byte cannot overflow. */
export function behindPrefix(prefix: Buffer): Buffer {
  const next = Buffer.from(prefix);
  const last = next.length - 1;
  next[last] = (next[last] ?? 0) + 1;
  return next;
}
