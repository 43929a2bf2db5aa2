import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { StatementObject } from '../../../lib/core/tache.ts';
import type { Objects } from '../../../lib/ports.ts';

const TYPE = 'text/plain';

/** What every store of objects does. @param make gives an empty one. @param remove takes an object away, for good */
export function objectsContract(make: () => Promise<Objects>, remove: (objects: Objects, object: StatementObject) => Promise<void>): void {
  const contentOf = async (objects: Objects, object: StatementObject): Promise<Buffer | undefined> => {
    const file = await objects.spool(object);
    if (file === undefined) return undefined;
    const bytes = await readFile(file.path);
    await file.remove();
    return bytes;
  };
  const textOf = async (objects: Objects, object: StatementObject) => (await contentOf(objects, object))?.toString('utf8');

  describe('an object', () => {
    it('comes back byte by byte, with its length and its digest, and its file goes when it is let go', async () => {
      const objects = await make();
      const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, index) => index % 251));
      const file = await objects.spool(await objects.put('a/b', bytes, TYPE));
      expect(file).toMatchObject({ bytes: 70_000, sha256: createHash('sha256').update(bytes).digest('hex') });
      expect(await readFile(file?.path ?? '')).toEqual(bytes);
      await file?.remove();
      await expect(stat(file?.path ?? '')).rejects.toThrow('ENOENT');
    });

    it('has the digest of its content, whatever it is called', async () => {
      const objects = await make();
      const [one, other] = [await objects.spool(await objects.put('a', 'x', TYPE)), await objects.spool(await objects.put('b', 'x', TYPE))];
      expect(one?.sha256).toBe('2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881');
      expect(other?.sha256).toBe(one?.sha256);
      await Promise.all([one?.remove(), other?.remove()]);
    });

    it('that was overwritten is still there in its version', async () => {
      const objects = await make();
      const first = await objects.put('a', 'one', TYPE);
      const second = await objects.put('a', 'two', TYPE);
      expect(await textOf(objects, first)).toBe('one');
      expect(await textOf(objects, second)).toBe('two');
      expect(await textOf(objects, { key: 'a' })).toBe('two');
    });

    it.each([
      ['whose key nobody used', { key: 'nobody' }],
      ['whose key has no such version', { key: 'a', versionId: 'nosuchversion' }],
    ])('%s is gone', async (_what, object) => {
      const objects = await make();
      await objects.put('a', 'x', TYPE);
      expect(await objects.spool(object)).toBeUndefined();
    });

    it('that was taken away is gone', async () => {
      const objects = await make();
      const object = await objects.put('a', 'x', TYPE);
      await remove(objects, object);
      expect(await objects.spool(object)).toBeUndefined();
    });

    it.each([
      ['depot/operateurs/OMCI/relevé 🧾 100% + 1.xlsx'],
      ['depot/operateurs/OMCI/a&b=c#d?e.csv'],
      [`depot/operateurs/OMCI/${'x'.repeat(1_002)}`],
      ['depot/operateurs/OMCI/..x'],
    ])('may lie under %s', async (key) => {
      const objects = await make();
      expect(await textOf(objects, await objects.put(key, 'x', TYPE))).toBe('x');
    });

    it('may be empty', async () => {
      const objects = await make();
      expect(await contentOf(objects, await objects.put('a', '', TYPE))).toEqual(Buffer.alloc(0));
    });
  });

  describe('an object that is put once', () => {
    it('is there, and the next one of its key is not', async () => {
      const objects = await make();
      expect(await objects.putOnce('a', 'one', TYPE)).toBe(true);
      expect(await objects.putOnce('a', 'two', TYPE)).toBe(false);
      expect(await textOf(objects, { key: 'a' })).toBe('one');
    });

    it('by five at once is one of theirs', async () => {
      const objects = await make();
      const put = await Promise.all(Array.from({ length: 5 }, (_, index) => objects.putOnce('a', String(index), TYPE)));
      expect(put.filter(Boolean)).toHaveLength(1);
      expect(await textOf(objects, { key: 'a' })).toBe(String(put.indexOf(true)));
    });
  });

  describe('lines', () => {
    it('are kept in order', async () => {
      const objects = await make();
      const lines = Array.from({ length: 5_000 }, (_, index) => `ligne ${index} é\n`);
      await objects.putLines('a', lines);
      expect(unpacked(await contentOf(objects, { key: 'a' }))).toBe(lines.join(''));
    });

    it('may be none', async () => {
      const objects = await make();
      await objects.putLines('a', []);
      expect(unpacked(await contentOf(objects, { key: 'a' }))).toBe('');
    });
  });
}

function unpacked(bytes: Buffer | undefined): string | undefined {
  return bytes !== undefined && bytes[0] === 0x1f ? gunzipSync(bytes).toString('utf8') : bytes?.toString('utf8');
}
