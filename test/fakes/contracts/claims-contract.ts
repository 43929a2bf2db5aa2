import { describe, expect, it } from 'vitest';
import type { Claim, ClaimHolder, Claims } from '../../../lib/ports.ts';

const NAME: Claim = { kind: 'name', operatorCode: 'OMCI', value: 'mars.json' };
const holder = (tacheId: number, changes: Partial<ClaimHolder> = {}): ClaimHolder => ({ tacheId, owner: 'awa', at: '2026-03-08T06:00:00.000000Z', ...changes });

/** What every store of claims does. @param make gives an empty one */
export function claimsContract(make: () => Promise<Claims>): void {
  describe('a claim', () => {
    it('that is free is taken by the first, and by nobody after', async () => {
      const claims = await make();
      expect(await claims.holder(NAME)).toBeUndefined();
      expect(await claims.take(NAME, holder(1), undefined)).toBe(true);
      expect(await claims.take(NAME, holder(2, { owner: 'koffi' }), undefined)).toBe(false);
      expect(await claims.holder(NAME)).toEqual(holder(1));
    });

    it('asked for by ten at once goes to one', async () => {
      const claims = await make();
      const taken = await Promise.all(Array.from({ length: 10 }, (_, index) => claims.take(NAME, holder(index + 1), undefined)));
      expect(taken.filter(Boolean)).toHaveLength(1);
      expect((await claims.holder(NAME))?.tacheId).toBe(taken.indexOf(true) + 1);
    });

    it('is taken again by its own holder, who renews it', async () => {
      const claims = await make();
      await claims.take(NAME, holder(1), undefined);
      const renewed = holder(1, { at: '2026-03-08T06:05:00.000000Z' });
      expect(await claims.take(NAME, renewed, undefined)).toBe(true);
      expect(await claims.take(NAME, renewed, holder(1))).toBe(true);
      expect(await claims.holder(NAME)).toEqual(renewed);
    });

    it('passes from the holder that is named, to one of two who ask', async () => {
      const claims = await make();
      await claims.take(NAME, holder(1), undefined);
      expect(await claims.take(NAME, holder(2), holder(9))).toBe(false);
      const taken = await Promise.all([claims.take(NAME, holder(2), holder(1)), claims.take(NAME, holder(3), holder(1))]);
      expect(taken.toSorted()).toEqual([false, true]);
    });

    it('that is free does not pass from a holder who was never there', async () => {
      expect(await (await make()).take(NAME, holder(2), holder(1))).toBe(false);
    });

    it.each<[string, Partial<Claim>]>([
      ['kind', { kind: 'content' }],
      ['operator', { operatorCode: 'OMSN' }],
      ['value', { value: 'Mars.json' }],
    ])('of another %s is another', async (_what, changes) => {
      const claims = await make();
      await claims.take(NAME, holder(1), undefined);
      expect(await claims.take({ ...NAME, ...changes }, holder(2), undefined)).toBe(true);
      expect(await claims.holder(NAME)).toEqual(holder(1));
    });

    it.each([
      ['255 characters of four bytes', '🧾'.repeat(255)],
      ['1,002 bytes', 'x'.repeat(1_002)],
      ['a dot', '.'],
      ['signs of our keys', 'nom#OMCI#x'],
    ])('may be for a name of %s', async (_what, value) => {
      const claims = await make();
      expect(await claims.take({ ...NAME, value }, holder(1), undefined)).toBe(true);
      expect(await claims.holder({ ...NAME, value })).toEqual(holder(1));
    });
  });

  describe('an arrival', () => {
    const object = { key: 'depot/operateurs/OMCI/mars.json', versionId: 'v1' };

    it('has the first id that was proposed, for ever', async () => {
      const claims = await make();
      expect(await claims.arrival(object, async () => 7)).toBe(7);
      expect(await claims.arrival(object, async () => 8)).toBe(7);
    });

    it('told of twice at once has one id', async () => {
      const claims = await make();
      let last = 0;
      const ids = await Promise.all(Array.from({ length: 5 }, () => claims.arrival(object, async () => ++last)));
      expect(new Set(ids).size).toBe(1);
    });

    it('of another version, or of another key, is another', async () => {
      const claims = await make();
      await claims.arrival(object, async () => 7);
      expect(await claims.arrival({ ...object, versionId: 'v2' }, async () => 8)).toBe(8);
      expect(await claims.arrival({ key: object.key }, async () => 9)).toBe(9);
      expect(await claims.arrival({ ...object, key: `depot/operateurs/OMCI/${'🧾'.repeat(250)}` }, async () => 10)).toBe(10);
    });
  });
}
