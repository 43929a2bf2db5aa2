import { describe, expect, it } from 'vitest';
import { describeHolder, refreshTokens, registerUser, revokeToken, signIn } from '../../lib/use-cases/sign-in.ts';
import { holderOf } from '../../lib/use-cases/token-holder.ts';
import { atEveryStep } from '../fakes/every-step.ts';
import { identityInMemory } from '../fakes/identity-in-memory.ts';
import { refreshTokensInMemory, revocationsInMemory } from '../fakes/revocations-in-memory.ts';
import { usersInMemory } from '../fakes/users-in-memory.ts';
import { applicationsInMemory } from './applications-in-memory.ts';
import { reasonOf } from './failing.ts';
import { peopleInMemory } from './people-in-memory.ts';

const PASSWORD = 'correct-cheval-9';
const EXPIRES_AT = 2_000_000_000;

function aPool() {
  return {
    ...peopleInMemory([]),
    users: usersInMemory(),
    identity: identityInMemory(EXPIRES_AT),
    revocations: revocationsInMemory(),
    refreshTokens: refreshTokensInMemory(),
    applications: applicationsInMemory().applications,
  };
}

/** A pool in which awa, an agent, is registered, and the tokens that she got. */
async function withAwa() {
  const deps = aPool();
  const tokens = await registerUser(deps, 'awa', PASSWORD, 'agent');
  return { deps, tokens };
}

/** Whether the gateway lets an access token through. */
const isGood = async (deps: ReturnType<typeof aPool>, accessToken: string) => (await holderOf(deps, accessToken)) !== undefined;

describe('whoever registers', () => {
  it('has tokens at once, the group of the stage, and a profile with empty texts', async () => {
    const { deps, tokens } = await withAwa();
    expect(tokens).toMatchObject({ expiresIn: 36_000 });
    expect(await holderOf(deps, tokens.accessToken)).toMatchObject({ username: 'awa', groups: ['agent'] });
    expect(await deps.users.find('awa')).toMatchObject({ id: 1, profile: { id: 1, userId: 1, telephone: '', whatsapp: '', position: '', staffNumber: '' } });
  });

  it('where the stage gives no group is in none', async () => {
    const deps = aPool();
    const { accessToken } = await registerUser(deps, 'awa', PASSWORD, undefined);
    expect(await holderOf(deps, accessToken)).toMatchObject({ groups: [] });
  });

  it.each([
    ['a name that is taken', 'awa', PASSWORD, 'username'],
    ['a name that cannot be one', 'a wa', PASSWORD, 'username'],
    ['a name that stands for the drop folder', 'depot', PASSWORD, 'username'],
    ['a name that stands for it, written otherwise', ' Depot ', PASSWORD, 'username'],
    ['a weak password', 'koffi', 'court', 'password'],
  ])('with %s is told which field is wrong, in French', async (_what, username, password, field) => {
    const { deps } = await withAwa();
    const reason = await reasonOf(registerUser(deps, username, password, 'agent'));
    expect(reason).toMatchObject({ code: 'refused-fields', errors: { [field]: [expect.stringMatching(/\p{L}/u)] } });
    expect(await deps.users.find(username.trim().toLowerCase() === 'depot' ? username : 'koffi')).toBeUndefined();
  });
});

describe('a registration that broke off', () => {
  /** The pool has her name and password, and nobody of ours has heard of her. */
  async function withHalfAwa() {
    const deps = aPool();
    await deps.identity.register('awa', PASSWORD);
    return deps;
  }

  it('is gone on with by whoever sends the same name and password again', async () => {
    const deps = await withHalfAwa();
    const { accessToken } = await registerUser(deps, 'awa', PASSWORD, 'agent');
    expect(await holderOf(deps, accessToken)).toMatchObject({ username: 'awa', groups: ['agent'] });
    expect(await deps.users.find('awa')).toMatchObject({ id: 1 });
  });

  it('at any step comes to the same', async () => {
    const steps = await atEveryStep((through) => {
      const deps = aPool();
      const fragile = { ...deps, identity: through(deps.identity), users: through(deps.users), memberships: through(deps.memberships) };
      return {
        work: async () => void (await registerUser(fragile, 'awa', PASSWORD, 'agent')),
        afterwards: async (step) => {
          await registerUser(deps, 'awa', PASSWORD, 'agent').catch(() => undefined);
          const { tokens, user } = await signIn(deps, 'awa', PASSWORD);
          expect([await holderOf(deps, tokens.accessToken), user], `step ${step}`).toMatchObject([{ groups: ['agent'] }, { id: 1 }]);
        },
      };
    });
    expect(steps).toBeGreaterThan(4);
  });

  it('is nobody else’s: with another password the name is taken, and stays hers', async () => {
    const deps = await withHalfAwa();
    expect(await reasonOf(registerUser(deps, 'awa', 'un-autre-mot-2', 'agent'))).toMatchObject({ code: 'refused-fields', errors: { username: [expect.any(String)] } });
    expect(await deps.users.find('awa')).toBeUndefined();
    await registerUser(deps, 'awa', PASSWORD, 'agent');
  });

  it('gives no group to whom an administrator gave one meanwhile', async () => {
    const deps = await withHalfAwa();
    await deps.identity.addToGroup('awa', 'superviseur');
    const { accessToken } = await registerUser(deps, 'awa', PASSWORD, 'agent');
    expect(await holderOf(deps, accessToken)).toMatchObject({ groups: ['superviseur'] });
  });

  it('is not that of whoever was invited, nor of whoever is registered: their names are taken, even by their own passwords', async () => {
    const { deps } = await withAwa();
    deps.identity.invite('koffi', PASSWORD);
    for (const name of ['awa', 'koffi']) expect(await reasonOf(registerUser(deps, name, PASSWORD, 'agent'))).toMatchObject({ errors: { username: [expect.any(String)] } });
  });
});

describe('signing in', () => {
  it('gives tokens and the profile, and notes the groups that the token shows', async () => {
    const { deps } = await withAwa();
    const { tokens, user } = await signIn(deps, 'awa', PASSWORD);
    expect(user).toMatchObject({ username: 'awa', profile: { id: 1 } });
    expect(await isGood(deps, tokens.accessToken)).toBe(true);
    expect(await deps.memberships.of('awa')).toMatchObject({ groups: ['agent'] });
  });

  it('with a wrong password and with a wrong name are told alike', async () => {
    const { deps } = await withAwa();
    const wrong = await reasonOf(signIn(deps, 'awa', 'autre'));
    expect(wrong).toMatchObject({ code: 'invalid-grant' });
    expect(await reasonOf(signIn(deps, 'koffi', PASSWORD))).toEqual(wrong);
  });

  it('under a reserved name that the pool let in is nobody', async () => {
    const deps = aPool();
    await deps.identity.register('depot', PASSWORD);
    expect(await reasonOf(signIn(deps, 'depot', PASSWORD))).toMatchObject({ code: 'invalid-grant' });
  });

  it('for the first time after an invitation needs a password of one’s own, and a strong one', async () => {
    const deps = aPool();
    deps.identity.invite('koffi', 'premier-mot-1');
    expect(await reasonOf(signIn(deps, 'koffi', 'premier-mot-1'))).toMatchObject({ code: 'invalid-grant', detail: expect.stringContaining('new_password') });
    expect(await reasonOf(signIn(deps, 'koffi', 'premier-mot-1', 'court'))).toMatchObject({ code: 'refused-fields', errors: { new_password: [expect.any(String)] } });
    expect(await signIn(deps, 'koffi', 'premier-mot-1', PASSWORD)).toMatchObject({ user: { username: 'koffi' } });
    expect(await reasonOf(signIn(deps, 'koffi', 'premier-mot-1'))).toMatchObject({ code: 'invalid-grant' });
  });
});

describe('a refresh', () => {
  it('gives tokens of the same sign-in', async () => {
    const { deps, tokens } = await withAwa();
    const before = await deps.identity.verify(tokens.accessToken);
    const { tokens: fresh, claims } = await refreshTokens(deps, tokens.refreshToken);
    expect(fresh.accessToken).not.toBe(tokens.accessToken);
    expect(claims.signIn).toBe(before?.signIn);
    expect(await isGood(deps, fresh.accessToken)).toBe(true);
  });

  it.each([
    ['of a token that is none', 'x'],
    ['of an access token', 'acces-1'],
    ['of nothing', ''],
  ])('%s is an invalid grant', async (_what, token) => {
    const { deps } = await withAwa();
    expect(await reasonOf(refreshTokens(deps, token))).toMatchObject({ code: 'invalid-grant' });
  });

  it('notes the groups of today', async () => {
    const { deps, tokens } = await withAwa();
    await deps.identity.addToGroup('awa', 'superviseur');
    await refreshTokens(deps, tokens.refreshToken);
    expect((await deps.memberships.of('awa'))?.groups.toSorted()).toEqual(['agent', 'superviseur']);
  });
});

describe('a revocation', () => {
  it('of an access token ends it, every other token of the sign-in, and its refresh', async () => {
    const { deps, tokens } = await withAwa();
    const { tokens: fresh } = await refreshTokens(deps, tokens.refreshToken);
    await revokeToken(deps, tokens.accessToken);
    expect([await isGood(deps, tokens.accessToken), await isGood(deps, fresh.accessToken)]).toEqual([false, false]);
    expect(await reasonOf(refreshTokens(deps, fresh.refreshToken))).toMatchObject({ code: 'invalid-grant' });
  });

  it('of a refresh token ends it, and every access token that came of it', async () => {
    const { deps, tokens } = await withAwa();
    const { tokens: fresh } = await refreshTokens(deps, tokens.refreshToken);
    await revokeToken(deps, fresh.refreshToken);
    expect([await isGood(deps, tokens.accessToken), await isGood(deps, fresh.accessToken)]).toEqual([false, false]);
    expect(await reasonOf(refreshTokens(deps, fresh.refreshToken))).toMatchObject({ code: 'invalid-grant' });
  });

  it('of a refresh token leaves none behind that was made to find its sign-in', async () => {
    const { deps, tokens } = await withAwa();
    await revokeToken(deps, tokens.refreshToken);
    for (let number = 1; number <= 5; number += 1) expect(await reasonOf(refreshTokens(deps, `renouvellement-${number}`))).toMatchObject({ code: 'invalid-grant' });
  });

  it('of one sign-in leaves the others of the same user alone', async () => {
    const { deps, tokens } = await withAwa();
    const other = (await signIn(deps, 'awa', PASSWORD)).tokens;
    await revokeToken(deps, tokens.accessToken);
    expect(await isGood(deps, other.accessToken)).toBe(true);
    expect(await reasonOf(refreshTokens(deps, other.refreshToken))).toBeUndefined();
  });

  it('holds until the last token that can still come of the sign-in has expired', async () => {
    const { deps, tokens } = await withAwa();
    const signInId = (await deps.identity.verify(tokens.accessToken))?.signIn ?? '';
    await revokeToken(deps, tokens.accessToken);
    expect(deps.revocations.until(signInId)).toBeGreaterThanOrEqual(EXPIRES_AT + 30 * 86_400);
  });

  it.each([
    ['twice', 2],
    ['three times', 3],
  ])('made %s is no error', async (_what, times) => {
    const { deps, tokens } = await withAwa();
    for (let time = 0; time < times; time += 1) {
      await revokeToken(deps, tokens.accessToken);
      await revokeToken(deps, tokens.refreshToken);
    }
    expect(await isGood(deps, tokens.accessToken)).toBe(false);
  });

  it('of what is no token is no error', async () => {
    const { deps, tokens } = await withAwa();
    await revokeToken(deps, 'n’importe quoi');
    expect(await isGood(deps, tokens.accessToken)).toBe(true);
  });

  it('that dies before it is written leaves the token good, and is done when it comes again', async () => {
    const { deps, tokens } = await withAwa();
    const dying = { ...deps, revocations: { ...deps.revocations, revoke: () => Promise.reject(new Error('the worker dies')) } };
    await expect(revokeToken(dying, tokens.accessToken)).rejects.toThrow('dies');
    expect(await isGood(deps, tokens.accessToken)).toBe(true);
    await revokeToken(deps, tokens.accessToken);
    expect(await isGood(deps, tokens.accessToken)).toBe(false);
  });
});

describe('who holds a token', () => {
  it('is told with profile and role', async () => {
    const { deps, tokens } = await withAwa();
    expect(await describeHolder(deps, tokens.accessToken)).toMatchObject({ user: { username: 'awa' }, role: { name: 'agent' } });
  });

  it.each([
    ['is none', 'x'],
    ['is a refresh token', 'renouvellement-1'],
  ])('is refused where the token %s', async (_what, token) => {
    const { deps } = await withAwa();
    expect(await reasonOf(describeHolder(deps, token))).toEqual({ code: 'unauthenticated' });
  });

  it('is refused where the token was revoked or has expired', async () => {
    const { deps, tokens } = await withAwa();
    const other = (await signIn(deps, 'awa', PASSWORD)).tokens;
    await revokeToken(deps, tokens.accessToken);
    deps.identity.expire(other.accessToken);
    for (const { accessToken } of [tokens, other]) expect(await reasonOf(describeHolder(deps, accessToken))).toEqual({ code: 'unauthenticated' });
  });
});

describe('whom an administrator put in another group', () => {
  const BEFORE = '2033-05-17T17:00:00.000000Z';
  const AFTER = '2033-05-17T18:00:00.000000Z';

  it('stands for that group at once, with the tokens that they have', async () => {
    const { deps, tokens } = await withAwa();
    await deps.memberships.place('awa', 'superviseur', AFTER);
    expect(await holderOf(deps, tokens.accessToken)).toMatchObject({ groups: ['superviseur'] });
  });

  it('stands for what their tokens say, where these were issued since', async () => {
    const { deps, tokens } = await withAwa();
    await deps.memberships.place('awa', 'superviseur', BEFORE);
    expect(await holderOf(deps, tokens.accessToken)).toMatchObject({ groups: ['agent'] });
  });
});
