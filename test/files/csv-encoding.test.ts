import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRows } from '../../lib/files/open-rows.ts';
import { reasonOf, rowsOf } from './read-all.ts';

const TEXT = 'libellé;montant\ndépôt à régler €;5\n';
const ROWS = [
  ['libellé', 'montant'],
  ['dépôt à régler €', '5'],
];

describe('the encoding of a csv file', () => {
  it('is UTF-8, with or without byte order mark', async () => {
    expect(await rowsOf(TEXT)).toEqual(ROWS);
    expect(await rowsOf(`\ufeff${TEXT}`)).toEqual(ROWS);
  });

  it('is UTF-16 in either order where a byte order mark says so', async () => {
    const little = Buffer.from(`\ufeff${TEXT}`, 'utf16le');
    expect(await rowsOf(little)).toEqual(ROWS);
    expect(await rowsOf(Buffer.from(little).swap16())).toEqual(ROWS);
  });

  it('is Windows-1252 where the bytes are not UTF-8', async () => {
    const windows = Buffer.from(TEXT.replace('€', '\u0080'), 'latin1');
    expect(await rowsOf(windows)).toEqual(ROWS);
  });

  it('is Windows-1252 where the last byte is the first of a character that never ends', async () => {
    expect(await rowsOf(Buffer.from('a;b\n1;réglé', 'latin1'))).toEqual([
      ['a', 'b'],
      ['1', 'réglé'],
    ]);
    expect(await rowsOf(Buffer.from('a;b\n1;é', 'latin1'))).toEqual([
      ['a', 'b'],
      ['1', 'é'],
    ]);
  });

  it('is decided by the whole file, not by its beginning', async () => {
    const plain = 'a;b\n'.repeat(100_000);
    const rows = await rowsOf(Buffer.concat([Buffer.from(plain), Buffer.from('é;ï\n', 'latin1')]));
    expect(rows.at(-1)).toEqual(['é', 'ï']);
    expect((await rowsOf(Buffer.from(`${plain}é;ï\n`))).at(-1)).toEqual(['é', 'ï']);
  });

  it('holds where characters of several bytes lie across the chunks of a file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'csv-'));
    try {
      for (const shift of ['', 'x', 'xx', 'xxx']) {
        const path = join(folder, 'statement.csv');
        const expected = Array.from({ length: 60_000 }, (_, index) => ['é€😀', String(index)]);
        await writeFile(path, `${shift};b\n${expected.map((row) => row.join(';')).join('\n')}`);
        const rows = [];
        for await (const batch of (await openRows({ kind: 'path', path })).batches) rows.push(...batch);
        expect(rows.slice(1)).toEqual(expected);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('that is broken UTF-16 makes the file corrupt', async () => {
    expect(await reasonOf(Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x00, 0xd8, 0x61, 0x00]))).toBe('corrupt');
    expect(await reasonOf(Buffer.from([0xff, 0xfe, 0x61, 0x00, 0x61]))).toBe('corrupt');
  });
});
