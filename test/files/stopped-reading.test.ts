import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRows } from '../../lib/files/open-rows.ts';
import { workbookBytes } from './workbook-bytes.ts';

const csv = 'a;b\n'.repeat(300_000);
const FILES: Readonly<Record<string, () => Promise<Uint8Array>>> = {
  csv: async () => Buffer.from(csv),
  'gzip of csv': async () => gzipSync(csv),
  json: async () => Buffer.from(JSON.stringify(Array.from({ length: 30_000 }, () => ({ a: 1 })))),
  'json lines': async () => Buffer.from('{"a":1}\n'.repeat(100_000)),
  xlsx: () => workbookBytes({ rows: '<row><c><v>1</v></c></row>'.repeat(100_000) }),
  'cut xlsx': async () => (await workbookBytes({ rows: '<row><c><v>1</v></c></row>' })).subarray(0, -30),
};

describe('a reader that stops half way, or never starts', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stopped-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each(Object.keys(FILES))('leaves no file open: %s', async (name) => {
    const path = join(folder, 'statement');
    await writeFile(path, (await FILES[name]?.()) ?? '');
    const before = (await readdir('/proc/self/fd')).length;
    for (let run = 0; run < 20; run++) {
      const source = await openRows({ kind: 'path', path }).catch(() => undefined);
      if (run % 2 === 0 && source !== undefined) for await (const _ of source.batches) break;
    }
    await setTimeout(50);
    expect((await readdir('/proc/self/fd')).length).toBeLessThan(before + 5);
  });
});
