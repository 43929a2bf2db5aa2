import { AdminConfirmSignUpCommand, AdminGetUserCommand, SignUpCommand } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT, expectRefusal, PASSWORD, POOL, registered, signedIn, startTestPool, type TestPool } from './test-pool.ts';

let pool: TestPool;
beforeAll(async () => {
  pool = await startTestPool({ caseSensitive: false, customAttributes: ['custom:matricule'], passwordPolicy: { minimumLength: 10, requireUppercase: false } });
});
afterAll(() => pool.end());

const signUp = (username: string, password = PASSWORD, attributes: { Name: string; Value: string }[] = []) =>
  pool.cognito.send(new SignUpCommand({ ClientId: CLIENT, Username: username, Password: password, UserAttributes: attributes }));

describe('signing up', () => {
  it('makes a user who is not confirmed, with a sub of their own', async () => {
    const { UserSub, UserConfirmed } = await signUp('awa');
    expect(UserConfirmed).toBe(false);
    const user = await pool.cognito.send(new AdminGetUserCommand({ UserPoolId: POOL, Username: 'awa' }));
    expect(user).toMatchObject({ Username: 'awa', UserStatus: 'UNCONFIRMED', Enabled: true, UserAttributes: [{ Name: 'sub', Value: UserSub }] });
    expect(user.UserCreateDate).toBeInstanceOf(Date);
  });

  it('takes a name once, whatever its case where the pool does not tell case apart', async () => {
    await signUp('binta');
    await expectRefusal(signUp('BINTA'), 'UsernameExistsException', 'User already exists');
  });

  it('lets one of many who take a name at once have it', async () => {
    const results = await Promise.allSettled(Array.from({ length: 5 }, () => signUp('coumba')));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it.each([
    ['court#1', 'Password not long enough'],
    ['motdepasse#', 'numeric'],
    ['motdepasse1', 'symbol'],
    ['MOTDEPASSE#1', 'lowercase'],
  ])('refuses the password %s: %s', async (password, reason) => {
    await expectRefusal(signUp('djeneba', password), 'InvalidPasswordException', new RegExp(`did not conform with policy: .*${reason}`));
  });

  it('asks for no upper case where the policy does not', async () => {
    await registered(pool, 'eva', 'motdepasse#1');
    await expect(signedIn(pool, 'eva', 'motdepasse#1')).resolves.toBeDefined();
  });

  it('keeps attributes of the schema and refuses others', async () => {
    await signUp('fanta', PASSWORD, [
      { Name: 'email', Value: 'fanta@example.com' },
      { Name: 'custom:matricule', Value: 'M-1' },
    ]);
    const { UserAttributes } = await pool.cognito.send(new AdminGetUserCommand({ UserPoolId: POOL, Username: 'fanta' }));
    expect(UserAttributes).toEqual(expect.arrayContaining([{ Name: 'custom:matricule', Value: 'M-1' }]));
    await expectRefusal(signUp('gnima', PASSWORD, [{ Name: 'custom:unknown', Value: 'x' }]), 'InvalidParameterException', /schema/);
    await expectRefusal(signUp('gnima', PASSWORD, [{ Name: 'email', Value: 'nobody' }]), 'InvalidParameterException', /email/);
  });

  it.each(['', 'two words', 'x'.repeat(129)])('refuses the name "%s"', async (username) => {
    await expectRefusal(signUp(username), 'InvalidParameterException');
  });

  it('refuses a client that is not there', async () => {
    await expectRefusal(pool.cognito.send(new SignUpCommand({ ClientId: 'nobody', Username: 'x', Password: PASSWORD })), 'ResourceNotFoundException');
  });
});

describe('confirming', () => {
  it('lets an unconfirmed user in, once', async () => {
    await signUp('hawa');
    await expectRefusal(signedIn(pool, 'hawa'), 'UserNotConfirmedException', 'User is not confirmed.');
    await pool.cognito.send(new AdminConfirmSignUpCommand({ UserPoolId: POOL, Username: 'hawa' }));
    await expect(signedIn(pool, 'hawa')).resolves.toBeDefined();
    await expectRefusal(pool.cognito.send(new AdminConfirmSignUpCommand({ UserPoolId: POOL, Username: 'hawa' })), 'NotAuthorizedException', 'Current status is CONFIRMED');
  });

  it('refuses a user who is not there', async () => {
    await expectRefusal(pool.cognito.send(new AdminConfirmSignUpCommand({ UserPoolId: POOL, Username: 'nobody' })), 'UserNotFoundException', 'User does not exist.');
  });
});

describe('a pool that only administrators fill', () => {
  it('refuses sign-ups', async () => {
    await pool.server.createPool({ id: 'eu-west-1_Closed123', name: 'closed', selfSignUp: false });
    await pool.server.createClient('eu-west-1_Closed123', { id: 'closedclient', name: 'closed' });
    await expectRefusal(pool.cognito.send(new SignUpCommand({ ClientId: 'closedclient', Username: 'x', Password: PASSWORD })), 'NotAuthorizedException', 'SignUp is not permitted');
  });
});
