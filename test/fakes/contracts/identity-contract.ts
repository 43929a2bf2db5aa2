import { describe, expect, it } from 'vitest';
import type { Tokens } from '../../../lib/core/tokens.ts';
import type { FirstSignIn, Identity } from '../../../lib/ports.ts';

const PASSWORD = 'Correct-cheval-9';

function isTokens(answer: Tokens | FirstSignIn | undefined): answer is Tokens {
  return typeof answer === 'object';
}

async function signedIn(identity: Identity, username: string, password = PASSWORD): Promise<Tokens> {
  const answer = await identity.signIn(username, password);
  if (!isTokens(answer)) throw new Error(`not signed in: ${answer}`);
  return answer;
}

/** What every user pool does. @param make gives one in which nobody has a name that a test uses */
export function identityContract(make: () => Promise<Identity>): void {
  let count = 0;
  const withUser = async () => {
    const identity = await make();
    count += 1;
    const username = `awa${count}`;
    expect(await identity.register(username, PASSWORD)).toBeUndefined();
    return { identity, username };
  };

  it('takes a new user, who can sign in at once', async () => {
    const { identity, username } = await withUser();
    const tokens = await signedIn(identity, username);
    expect(await identity.verify(tokens.accessToken)).toMatchObject({ kind: 'user', username, groups: [] });
    expect(tokens.expiresIn).toBeGreaterThan(0);
  });

  it('takes no name twice, no weak password and no name with blanks', async () => {
    const { identity, username } = await withUser();
    expect(await identity.register(username, PASSWORD)).toBe('username-taken');
    expect(await identity.register(`${username}b`, 'court')).toBe('password-weak');
    expect(await identity.register(`${username} b`, PASSWORD)).toBe('username-invalid');
  });

  it('goes on with a registration for its own password, and for no other', async () => {
    const { identity, username } = await withUser();
    const tokens = await identity.goOnRegistering(username, PASSWORD);
    expect(await identity.verify(tokens?.accessToken ?? '')).toMatchObject({ username });
    expect(await identity.goOnRegistering(username, `${PASSWORD}x`)).toBeUndefined();
    expect(await identity.goOnRegistering(`${username}x`, PASSWORD)).toBeUndefined();
  });

  it('knows nobody by a wrong password or a wrong name', async () => {
    const { identity, username } = await withUser();
    expect(await identity.signIn(username, `${PASSWORD}x`)).toBeUndefined();
    expect(await identity.signIn(`${username}x`, PASSWORD)).toBeUndefined();
  });

  it('shows in a token the groups at the time it was made', async () => {
    const { identity, username } = await withUser();
    const before = await signedIn(identity, username);
    await identity.addToGroup(username, 'agent');
    expect(await identity.verify((await signedIn(identity, username)).accessToken)).toMatchObject({ groups: ['agent'] });
    expect(await identity.verify(before.accessToken)).toMatchObject({ groups: [] });
  });

  describe('a refresh', () => {
    it('gives another access token of the same sign-in, and a refresh token that is good', async () => {
      const { identity, username } = await withUser();
      const tokens = await signedIn(identity, username);
      const fresh = await identity.refresh(tokens.refreshToken);
      const [before, after] = [await identity.verify(tokens.accessToken), await identity.verify(fresh?.accessToken ?? '')];
      expect(after).toMatchObject({ username, signIn: before?.signIn });
      expect(await identity.refresh(fresh?.refreshToken ?? '')).toBeDefined();
    });

    it.each([
      ['of nothing', ''],
      ['of what is no token', 'x'],
      ['of a forged token', `${'a'.repeat(40)}.b.c`],
    ])('%s gives none', async (_what, token) => {
      expect(await (await make()).refresh(token)).toBeUndefined();
    });

    it('of a token that was revoked gives none', async () => {
      const { identity, username } = await withUser();
      const { refreshToken } = await signedIn(identity, username);
      await identity.revokeRefreshToken(refreshToken);
      expect(await identity.refresh(refreshToken)).toBeUndefined();
    });
  });

  it('revokes what it does not know without complaint', async () => {
    const { identity, username } = await withUser();
    await identity.revokeRefreshToken('x');
    await identity.revokeRefreshToken((await signedIn(identity, username)).accessToken);
  });

  it('gives two sign-ins of a user two names', async () => {
    const { identity, username } = await withUser();
    const [one, other] = await Promise.all([signedIn(identity, username), signedIn(identity, username)].map(async (tokens) => identity.verify((await tokens).accessToken)));
    expect(one?.signIn).not.toBe(other?.signIn);
  });

  it.each([
    ['nothing', ''],
    ['a text', 'x'],
    ['three parts of nothing', '..'],
    ['a token of nobody', 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.'],
  ])('verifies %s as no token', async (_what, token) => {
    expect(await (await make()).verify(token)).toBeUndefined();
  });

  it('verifies a refresh token as no access token', async () => {
    const { identity, username } = await withUser();
    expect(await identity.verify((await signedIn(identity, username)).refreshToken)).toBeUndefined();
  });
}
