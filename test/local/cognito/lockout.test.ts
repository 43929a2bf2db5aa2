import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientOf, openDirectory } from '../../../lib/local/cognito/directory.ts';
import { openDocuments } from '../../../lib/local/cognito/documents.ts';
import { hashPassword } from '../../../lib/local/cognito/password.ts';
import { passwordUser } from '../../../lib/local/cognito/password-sign-in.ts';
import { poolProvision } from '../../../lib/local/cognito/provision.ts';
import { newUser } from '../../../lib/local/cognito/sign-up-operations.ts';
import { CLIENT, expectRefusal, PASSWORD, POOL, REGION, registered, signedIn, startTestPool, type TestPool } from './test-pool.ts';

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

  it('is not quicker by guessing many at once: the right one behind many wrong ones finds the lock', async () => {
    const directory = openDirectory(openDocuments(':memory:'), REGION, () => new Date('2026-03-07T00:00:00Z'));
    const provision = poolProvision(directory);
    await provision.createPool({ id: POOL, name: 'test' });
    await provision.createClient(POOL, { id: CLIENT, name: 'client' });
    const user = newUser({ username: 'eva', attributes: [], status: 'CONFIRMED', password: await hashPassword(PASSWORD), at: 0 });
    directory.users.put(POOL, 'eva', user);
    const guesses = [...Array.from({ length: 19 }, (_, index) => `Faux#${index}`), PASSWORD];
    const results = await Promise.allSettled(guesses.map((password) => passwordUser(directory, clientOf(directory, CLIENT), 'eva', password)));
    expect(results.at(-1)).toMatchObject({ status: 'rejected', reason: { message: 'Password attempts exceeded' } });
    expect(directory.users.get(POOL, 'eva')?.attempts.failures).toBe(5);
  });

  it('of one user does not lock another', async () => {
    await registered(pool, 'fanta');
    await registered(pool, 'gnima');
    await guesses('fanta', 5);
    await expect(signedIn(pool, 'gnima')).resolves.toBeDefined();
  });
});
