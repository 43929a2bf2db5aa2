import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import type { Row } from '../../lib/core/rows.ts';
import type { FileContent } from '../../lib/files/file-content.ts';
import { openRows } from '../../lib/files/open-rows.ts';

const folder = mkdtempSync(join(tmpdir(), 'chemin-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Larger than several pieces of a file, with rows of many lengths so that pieces end everywhere. */
const OBJECTS = Array.from({ length: 20_000 }, (_, index) => ({ Référence: `P${index}`, Montant: index, Texte: 'é'.repeat(index % 37), Vide: null }));

const FORMATS: readonly (readonly [string, string])[] = [
  ['a JSON array', JSON.stringify(OBJECTS)],
  ['an indented JSON sheet', JSON.stringify({ titre: 'x', Feuil1: OBJECTS }, null, 2)],
  ['JSON lines', OBJECTS.map((object) => JSON.stringify(object)).join('\n')],
  ['csv', ['Référence;Montant;Texte', ...OBJECTS.map((object) => `${object.Référence};${object.Montant};"${object.Texte}\n"`)].join('\n')],
];

async function rowsOf(content: FileContent): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const batch of (await openRows(content)).batches) rows.push(...batch);
  return rows;
}

it.each(FORMATS.flatMap(([name, text]) => [[name, Buffer.from(text)] as const, [`${name}, gzip`, gzipSync(text)] as const]))(
  '%s of a megabyte reads the same from disk and from memory',
  async (name, bytes) => {
    const path = join(folder, name);
    writeFileSync(path, bytes);
    const rows = await rowsOf({ kind: 'path', path });
    expect(rows).toHaveLength(OBJECTS.length + 1);
    expect(rows).toEqual(await rowsOf({ kind: 'bytes', bytes }));
  },
);

it('tells how much of a csv on disk has been read, up to the whole', async () => {
  const path = join(folder, 'progress.csv');
  writeFileSync(path, FORMATS[3]?.[1] ?? '');
  const source = await openRows({ kind: 'path', path });
  const shares: number[] = [];
  for await (const _ of source.batches) shares.push(source.fractionRead?.() ?? -1);
  expect(shares.length).toBeGreaterThan(2);
  expect(shares).toEqual(shares.toSorted((one, other) => one - other));
  expect(shares[0]).toBeLessThan(1);
  expect(shares.at(-1)).toBe(1);
});
