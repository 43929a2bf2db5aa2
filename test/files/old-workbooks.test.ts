import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CFB, utils, type WorkBook, write } from 'xlsx';
import { oldWorkbookRows } from '../../lib/files/old-workbook-rows.ts';
import { openRows } from '../../lib/files/open-rows.ts';
import { reasonOf, rowsOf } from './read-all.ts';

const ROWS = [
  ['date', 'payid', 'montant'],
  [46_093.352_083_333_33, '0701020304', 5_000],
  ['12/03/2026', 'MP26é', 12.5],
];
const FORMATS = ['xls', 'xlsb', 'ods'] as const;

function book(...sheets: readonly (readonly unknown[][])[]): WorkBook {
  const workbook = utils.book_new();
  for (const [index, rows] of sheets.entries()) utils.book_append_sheet(workbook, utils.aoa_to_sheet(rows.map((row) => [...row])), `F${index}`);
  return workbook;
}

function bytes(workbook: WorkBook, bookType: (typeof FORMATS)[number]): Uint8Array {
  return new Uint8Array(write(workbook, { type: 'array', bookType, bookSST: true }));
}

describe.each(FORMATS)('a workbook in the format %s', (format) => {
  it('is read with its types; dates stay numbers', async () => {
    expect(await rowsOf(bytes(book(ROWS), format))).toEqual(ROWS);
  });

  it('gives its first sheet that has cells', async () => {
    expect(await rowsOf(bytes(book([], ROWS, [['other']]), format))).toEqual(ROWS);
  });

  it('that has no cells is empty', async () => {
    expect(await reasonOf(bytes(book([], []), format))).toBe('empty');
  });

  it('that was cut is refused or read in full, never in part', async () => {
    const rows = Array.from({ length: 300 }, (_, index) => [`P${index}`, index, `T${index * 7}`]);
    const whole = bytes(book(rows), format);
    let refused = 0;
    for (let length = 10; length < whole.length; length += 211) {
      const cut = whole.subarray(0, length);
      if ((await reasonOf(cut)) === 'read') expect(await rowsOf(cut)).toEqual(rows);
      else refused++;
    }
    expect(refused).toBeGreaterThan(0.9 * (whole.length / 211) - 1);
  });
});

describe('an xls workbook', () => {
  it('may count its days from 1904', async () => {
    const workbook = book(ROWS);
    workbook.Workbook = { ...workbook.Workbook, WBProps: { date1904: true } };
    expect((await openRows({ kind: 'bytes', bytes: bytes(workbook, 'xls') })).epoch).toBe(1904);
    expect((await openRows({ kind: 'bytes', bytes: bytes(book(ROWS), 'xls') })).epoch).toBe(1900);
  });

  it('passes hidden sheets over', async () => {
    const workbook = book([['hidden']], ROWS);
    workbook.Workbook = {
      Sheets: [
        { name: 'F0', Hidden: 1 },
        { name: 'F1', Hidden: 0 },
      ],
    };
    expect(await rowsOf(bytes(workbook, 'xls'))).toEqual(ROWS);
  });

  it('may hold an error, which is its text', async () => {
    const workbook = book([
      ['a', 'b'],
      [1, 2],
    ]);
    const sheet = workbook.Sheets['F0'];
    if (sheet !== undefined) sheet['B2'] = { t: 'e', v: 42 };
    expect(await rowsOf(bytes(workbook, 'xls'))).toEqual([
      ['a', 'b'],
      [1, '#N/A'],
    ]);
  });

  it('that is an xlsx under a password is called encrypted', async () => {
    const container = CFB.utils.cfb_new();
    CFB.utils.cfb_add(container, '/EncryptionInfo', Buffer.from([4, 0, 4, 0, 0x40, 0, 0, 0, ...Buffer.from('<encryption/>')]));
    CFB.utils.cfb_add(container, '/EncryptedPackage', Buffer.alloc(5_000, 7));
    expect(await reasonOf(Buffer.from(CFB.write(container, { type: 'buffer' })))).toBe('encrypted');
  });

  it('under a password is called encrypted', async () => {
    const whole = Buffer.from(bytes(book(ROWS), 'xls'));
    const container = CFB.read(whole, { type: 'buffer' });
    const stream = CFB.find(container, '/Workbook');
    const content = Buffer.from(stream?.content ?? []);
    // After the first record, a FilePass record that says RC4.
    const first = 4 + content.readUInt16LE(2);
    const filePass = Buffer.concat([Buffer.from([0x2f, 0, 54, 0, 1, 0, 1, 0, 1, 0]), Buffer.alloc(48, 9)]);
    CFB.utils.cfb_add(container, '/Workbook', Buffer.concat([content.subarray(0, first), filePass, content.subarray(first)]));
    expect(await reasonOf(Buffer.from(CFB.write(container, { type: 'buffer' })))).toBe('encrypted');
  });

  it('whose last sheet does not end is truncated', async () => {
    const container = CFB.read(Buffer.from(bytes(book(ROWS), 'xls')), { type: 'buffer' });
    const content = Buffer.from(CFB.find(container, '/Workbook')?.content ?? []);
    const end = content.lastIndexOf(Buffer.from([0x0a, 0, 0, 0]));
    CFB.utils.cfb_add(container, '/Workbook', content.subarray(0, end));
    expect(await reasonOf(Buffer.from(CFB.write(container, { type: 'buffer' })))).toBe('truncated');
  });

  it('that is another old document is no table', async () => {
    const container = CFB.utils.cfb_new();
    CFB.utils.cfb_add(container, '/WordDocument', Buffer.alloc(5_000, 7));
    expect(await reasonOf(Buffer.from(CFB.write(container, { type: 'buffer' })))).toBe('not-a-table');
  });

  it('of random bytes behind the right signature is corrupt', async () => {
    const noise = Buffer.from(Array.from({ length: 5_000 }, (_, index) => (index * 7_919 + (index >> 3)) % 256));
    Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(noise);
    expect(await reasonOf(noise)).toBe('corrupt');
  });

  it('over 30 MB is refused as too large', async () => {
    const large = Buffer.alloc(30_000_001);
    Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(large);
    expect(await reasonOf(large)).toBe('too-large');
  });
});

describe('a workbook that says of itself what never ends', () => {
  it('is refused when its time is over: its metadata state four thousand million parts', async () => {
    const endless = readFileSync(new URL('../fixtures/xlsb-endless-metadata.xlsb', import.meta.url));
    await expect(oldWorkbookRows(endless, 200)).rejects.toMatchObject({ reason: 'corrupt', message: expect.stringContaining('within its time') });
  });
});
