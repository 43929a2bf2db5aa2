import { describe, expect, it } from 'vitest';
import type { Users } from '../../../lib/ports.ts';

/** What every store of users does. @param make gives an empty one */
export function usersContract(make: () => Promise<Users>): void {
  const withUsers = async (...names: readonly string[]) => {
    const users = await make();
    for (const name of names) await users.obtain(name);
    return users;
  };

  describe('a user', () => {
    it('is made with an empty profile of the same number, once', async () => {
      const users = await make();
      const profile = { id: 1, userId: 1, username: 'awa', telephone: '', whatsapp: '', position: '', staffNumber: '' };
      const awa = { id: 1, username: 'awa', lastName: '', firstName: '', email: '', profile };
      expect(await users.find('awa')).toBeUndefined();
      expect(await users.obtain('awa')).toEqual(awa);
      expect(await users.obtain('awa')).toEqual(awa);
      expect(await users.find('awa')).toEqual(awa);
      expect(await users.profile(1)).toEqual(profile);
    });

    it('asked for by five at once is one', async () => {
      const users = await make();
      const five = await Promise.all(Array.from({ length: 5 }, () => users.obtain('awa')));
      expect(new Set(five.map(({ id }) => id)).size).toBe(1);
      expect((await users.profiles(10, undefined)).profiles).toHaveLength(1);
    });

    it('changes in what is given, and in nothing else', async () => {
      const users = await withUsers('awa');
      await users.change('awa', { telephone: '0700000001', lastName: 'Koné', email: 'awa@example.org' });
      const changed = await users.change('awa', { telephone: '', firstName: 'Awa' });
      expect(changed).toMatchObject({ lastName: 'Koné', firstName: 'Awa', email: 'awa@example.org', profile: { telephone: '', whatsapp: '' } });
      expect(await users.find('awa')).toEqual(changed);
    });

    it('whom nobody knows yet is made by a change', async () => {
      const users = await make();
      expect(await users.change('awa', { position: 'Caissière', lastName: 'Koné' })).toMatchObject({ id: 1, lastName: 'Koné', profile: { position: 'Caissière', telephone: '' } });
    });

    it('may have a name of signs of our keys, or of 128 emoji', async () => {
      const users = await withUsers('utilisateur#-', '🧾'.repeat(128));
      expect(await users.find('🧾'.repeat(128))).toMatchObject({ username: '🧾'.repeat(128) });
    });
  });

  describe('profiles', () => {
    it('that are not there are none', async () => {
      expect(await (await withUsers('awa')).profile(99)).toBeUndefined();
    });

    it('come by number over pages of any size, each once, those that may be seen', async () => {
      const names = Array.from({ length: 23 }, (_, index) => `u${index + 1}`);
      const users = await withUsers(...names);
      for (const limit of [1, 5, 22, 23, 24]) {
        const seen: number[] = [];
        const sizes: number[] = [];
        let after: number | undefined;
        do {
          const page = await users.profiles(limit, after);
          seen.push(...page.profiles.map(({ id }) => id));
          sizes.push(page.profiles.length);
          after = page.next;
        } while (after !== undefined);
        expect(seen, `limit ${limit}`).toEqual(names.map((_, index) => index + 1));
        expect(sizes).toHaveLength(Math.ceil(23 / limit));
      }
      const even = await users.profiles(5, 2, async (name) => Number(name.slice(1)) % 2 === 0);
      expect(even.profiles.map(({ id }) => id)).toEqual([4, 6, 8, 10, 12]);
    });
  });
}
