import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, registered, signedIn, startTestPool, type TestPool } from './test-pool.ts';

let pool: TestPool;
beforeAll(async () => {
  pool = await startTestPool();
});
afterAll(() => pool.end());

const LOCKED = /^Password attempts exceeded$/;
const WRONG = /^Incorrect username or password\.$/;
const guess = (username: string, message: RegExp) => expectRefusal(signedIn(pool, username, 'Faux#123456'), 'NotAuthorizedException', message);
const guesses = async (username: string, count: number) => {
  for (let nth = 0; nth < count; nth += 1) await guess(username, WRONG);
};

describe('guessing passwords', () => {
  it('is stopped for a second after the fifth failure, for the right password too', async () => {
    await registered(pool, 'awa');
    await guesses('awa', 5);
    await expectRefusal(signedIn(pool, 'awa'), 'NotAuthorizedException', LOCKED);
    pool.advance(2);
    await expect(signedIn(pool, 'awa')).resolves.toBeDefined();
  });

  it('is stopped twice as long after each further failure', async () => {
    await registered(pool, 'binta');
    await guesses('binta', 5);
    pool.advance(1.5);
    await guess('binta', WRONG);
    pool.advance(1.5);
    await guess('binta', LOCKED);
    pool.advance(1);
    await guess('binta', WRONG);
    pool.advance(3);
    await guess('binta', LOCKED);
  });

  it('begins anew after a good sign-in', async () => {
    await registered(pool, 'coumba');
    await guesses('coumba', 4);
    await signedIn(pool, 'coumba');
    await guesses('coumba', 4);
    await expect(signedIn(pool, 'coumba')).resolves.toBeDefined();
  });

  it('begins anew after 15 minutes without an attempt', async () => {
    await registered(pool, 'djeneba');
    await guesses('djeneba', 5);
    pool.advance(15 * 60);
    await guesses('djeneba', 4);
    await expect(signedIn(pool, 'djeneba')).resolves.toBeDefined();
  });

  it('is not quicker by guessing many at once', async () => {
    await registered(pool, 'eva');
    await Promise.allSettled(Array.from({ length: 12 }, () => signedIn(pool, 'eva', 'Faux#123456')));
    await expectRefusal(signedIn(pool, 'eva'), 'NotAuthorizedException', LOCKED);
  });

  it('of one user does not lock another', async () => {
    await registered(pool, 'fanta');
    await registered(pool, 'gnima');
    await guesses('fanta', 5);
    await expect(signedIn(pool, 'gnima')).resolves.toBeDefined();
  });
});
