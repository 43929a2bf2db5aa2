import {
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  AdminUpdateUserAttributesCommand,
  ListUsersCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, PASSWORD, POOL, registered, signedIn, startTestPool, type TestPool } from './test-pool.ts';

let pool: TestPool;
beforeAll(async () => {
  pool = await startTestPool();
});
afterAll(() => pool.end());

const create = (Username: string, more: Partial<AdminCreateUserCommand['input']> = {}) =>
  pool.cognito.send(new AdminCreateUserCommand({ UserPoolId: POOL, Username, MessageAction: 'SUPPRESS', ...more }));
const get = (Username: string) => pool.cognito.send(new AdminGetUserCommand({ UserPoolId: POOL, Username }));
const found = async (Filter?: string) => ((await pool.cognito.send(new ListUsersCommand({ UserPoolId: POOL, Filter }))).Users ?? []).map((user) => user.Username);

describe('an administrator', () => {
  it('makes users, each name once', async () => {
    const { User } = await create('awa', { UserAttributes: [{ Name: 'email', Value: 'awa@example.com' }] });
    expect(User).toMatchObject({ Username: 'awa', UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true });
    await expectRefusal(create('awa'), 'UsernameExistsException', 'User account already exists');
  });

  it('cannot give a temporary password that the policy refuses', async () => {
    await expectRefusal(create('binta', { TemporaryPassword: 'faible' }), 'InvalidPasswordException');
  });

  it('sets passwords, for good or to be changed', async () => {
    await create('coumba');
    const set = (Password: string, Permanent: boolean) => pool.cognito.send(new AdminSetUserPasswordCommand({ UserPoolId: POOL, Username: 'coumba', Password, Permanent }));
    await set(PASSWORD, true);
    expect((await get('coumba')).UserStatus).toBe('CONFIRMED');
    await set('Provisoire#1', false);
    expect((await get('coumba')).UserStatus).toBe('FORCE_CHANGE_PASSWORD');
    await expectRefusal(set('faible', true), 'InvalidPasswordException');
  });

  it('changes attributes, and takes away those without a value', async () => {
    await create('djeneba', { UserAttributes: [{ Name: 'given_name', Value: 'Djeneba' }] });
    const update = (Name: string, Value: string) =>
      pool.cognito.send(new AdminUpdateUserAttributesCommand({ UserPoolId: POOL, Username: 'djeneba', UserAttributes: [{ Name, Value }] }));
    await update('email', 'djeneba@example.com');
    await update('given_name', '');
    const { UserAttributes = [] } = await get('djeneba');
    expect(UserAttributes.map(({ Name }) => Name)).toEqual(['email', 'sub']);
    await expectRefusal(update('sub', 'x'), 'InvalidParameterException');
  });

  it('finds a user by their sub too', async () => {
    const { User } = await create('eva');
    const sub = User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '';
    expect((await get(sub)).Username).toBe('eva');
  });

  it('removes users: they cannot sign in, and the name is free', async () => {
    await registered(pool, 'fanta');
    await pool.cognito.send(new AdminDeleteUserCommand({ UserPoolId: POOL, Username: 'fanta' }));
    await expectRefusal(get('fanta'), 'UserNotFoundException', 'User does not exist.');
    await expectRefusal(signedIn(pool, 'fanta'), 'NotAuthorizedException');
    await expect(create('fanta')).resolves.toBeDefined();
  });

  it('is told where a pool or a user is not there', async () => {
    await expectRefusal(get('nobody'), 'UserNotFoundException');
    await expectRefusal(pool.cognito.send(new AdminGetUserCommand({ UserPoolId: 'eu-west-1_Nothing12', Username: 'awa' })), 'ResourceNotFoundException');
  });

  it('is told what the pool does not do, rather than that it is done', async () => {
    await expectRefusal(create('gnima', { ForceAliasCreation: true }), 'InvalidParameterException');
  });
});

describe('listing users', () => {
  it('finds them by name, sub, attribute and status', async () => {
    const { User } = await create('hawa "la grande"'.replaceAll(' ', '_'), { UserAttributes: [{ Name: 'email', Value: 'hawa@example.org' }] });
    const sub = User?.Attributes?.find(({ Name }) => Name === 'sub')?.Value;
    const name = 'hawa_"la_grande"';
    expect(await found('username = "hawa_\\"la_grande\\""')).toEqual([name]);
    expect(await found(`sub = "${sub}"`)).toEqual([name]);
    expect(await found('email = "hawa@example.org"')).toEqual([name]);
    expect(await found('email ^= "hawa@"')).toEqual([name]);
    expect(await found('cognito:user_status = "UNCONFIRMED"')).toEqual([]);
    expect(await found('status = "Enabled"')).toContain(name);
    expect(await found('username = "hawa"')).toEqual([]);
  });

  it.each(['custom:x = "1"', 'username', 'username = hawa', 'username = "a" and sub = "b"'])('refuses the filter %s', async (filter) => {
    await expectRefusal(found(filter), 'InvalidParameterException', 'Error while parsing filter');
  });

  it('gives pages that together are everybody, each once', async () => {
    for (let number = 0; number < 7; number += 1) await create(`page-${number}`);
    const everybody = await found();
    const paged: (string | undefined)[] = [];
    let PaginationToken: string | undefined;
    do {
      const page = await pool.cognito.send(new ListUsersCommand({ UserPoolId: POOL, Limit: 3, PaginationToken }));
      expect(page.Users?.length).toBeLessThanOrEqual(3);
      paged.push(...(page.Users ?? []).map((user) => user.Username));
      PaginationToken = page.PaginationToken;
    } while (PaginationToken !== undefined);
    expect(paged).toEqual(everybody);
    expect(new Set(paged).size).toBe(paged.length);
  });

  it('refuses pages of more than 60', async () => {
    await expectRefusal(pool.cognito.send(new ListUsersCommand({ UserPoolId: POOL, Limit: 61 })), 'InvalidParameterException');
  });
});
