import { createHmac } from 'node:crypto';
import {
  AdminCreateUserCommand,
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AdminInitiateAuthCommand,
  AdminSetUserPasswordCommand,
  type AuthFlowType,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT, expectRefusal, PASSWORD, POOL, registered, signedIn, startTestPool, type TestPool } from './test-pool.ts';

const SECRET = 'abcdefghijklmnopqrstuvwxyz0123456789';

let pool: TestPool;
beforeAll(async () => {
  pool = await startTestPool();
  await pool.server.createClient(POOL, { id: 'confidential', name: 'with secret', secret: SECRET, authFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] });
  await pool.server.createClient(POOL, { id: 'nopasswords', name: 'no passwords', authFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] });
});
afterAll(() => pool.end());

const initiate = (ClientId: string, AuthParameters: Record<string, string>, AuthFlow: AuthFlowType = 'USER_PASSWORD_AUTH') =>
  pool.cognito.send(new InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters }));
const hash = (username: string, secret = SECRET) => createHmac('sha256', secret).update(`${username}confidential`).digest('base64');

describe('a name and a password', () => {
  it('give tokens', async () => {
    await registered(pool, 'awa');
    const answer = await initiate(CLIENT, { USERNAME: 'awa', PASSWORD });
    expect(answer.AuthenticationResult).toMatchObject({
      TokenType: 'Bearer',
      ExpiresIn: 3600,
      AccessToken: expect.any(String),
      IdToken: expect.any(String),
      RefreshToken: expect.any(String),
    });
    expect(answer.ChallengeName).toBeUndefined();
  });

  it('are refused alike whether the name or the password is wrong', async () => {
    await registered(pool, 'binta');
    await expectRefusal(signedIn(pool, 'binta', 'Autre#12345'), 'NotAuthorizedException', /^Incorrect username or password\.$/);
    await expectRefusal(signedIn(pool, 'nobody'), 'NotAuthorizedException', /^Incorrect username or password\.$/);
  });

  it('tell that the user is unknown where the client does not prevent it', async () => {
    await pool.server.createClient(POOL, { id: 'legacy', name: 'legacy', authFlows: ['ALLOW_USER_PASSWORD_AUTH'] });
    await expectRefusal(initiate('legacy', { USERNAME: 'nobody', PASSWORD }), 'UserNotFoundException', 'User does not exist.');
  });

  it('tell case apart where the pool does', async () => {
    await registered(pool, 'Coumba');
    await expectRefusal(signedIn(pool, 'coumba'), 'NotAuthorizedException');
  });

  it('are refused for a user who is disabled, until they are enabled', async () => {
    await registered(pool, 'djeneba');
    await pool.cognito.send(new AdminDisableUserCommand({ UserPoolId: POOL, Username: 'djeneba' }));
    await expectRefusal(signedIn(pool, 'djeneba'), 'NotAuthorizedException', 'User is disabled.');
    await pool.cognito.send(new AdminEnableUserCommand({ UserPoolId: POOL, Username: 'djeneba' }));
    await expect(signedIn(pool, 'djeneba')).resolves.toBeDefined();
  });

  it('must both be there', async () => {
    await expectRefusal(initiate(CLIENT, { USERNAME: 'awa' }), 'InvalidParameterException', 'Missing required parameter PASSWORD');
    await expectRefusal(initiate(CLIENT, { PASSWORD }), 'InvalidParameterException', 'Missing required parameter USERNAME');
  });
});

describe('the flows of a client', () => {
  it('are the only ones: a client without passwords takes none', async () => {
    await expectRefusal(initiate('nopasswords', { USERNAME: 'awa', PASSWORD }), 'InvalidParameterException', 'USER_PASSWORD_AUTH flow not enabled for this client');
  });

  it('let an administrator sign a user in', async () => {
    await registered(pool, 'eva');
    const request = { UserPoolId: POOL, ClientId: CLIENT, AuthFlow: 'ADMIN_USER_PASSWORD_AUTH', AuthParameters: { USERNAME: 'eva', PASSWORD } } as const;
    const { AuthenticationResult } = await pool.cognito.send(new AdminInitiateAuthCommand(request));
    expect(AuthenticationResult?.AccessToken).toBeDefined();
    await expectRefusal(pool.cognito.send(new AdminInitiateAuthCommand({ ...request, ClientId: 'nopasswords' })), 'InvalidParameterException', 'Auth flow not enabled');
    await expectRefusal(initiate(CLIENT, { USERNAME: 'eva', PASSWORD }, 'ADMIN_USER_PASSWORD_AUTH'), 'InvalidParameterException');
  });

  it.each<AuthFlowType>(['USER_SRP_AUTH', 'CUSTOM_AUTH', 'USER_AUTH'])('that are not played here are refused: %s', async (flow) => {
    await expectRefusal(initiate(CLIENT, { USERNAME: 'awa' }, flow), 'InvalidParameterException', 'does not implement');
  });
});

describe('a client with a secret', () => {
  it('must prove it with each sign-in', async () => {
    await registered(pool, 'fanta');
    await expect(initiate('confidential', { USERNAME: 'fanta', PASSWORD, SECRET_HASH: hash('fanta') })).resolves.toBeDefined();
    await expectRefusal(initiate('confidential', { USERNAME: 'fanta', PASSWORD }), 'NotAuthorizedException', 'SECRET_HASH was not received');
    await expectRefusal(initiate('confidential', { USERNAME: 'fanta', PASSWORD, SECRET_HASH: hash('awa') }), 'NotAuthorizedException', 'Unable to verify secret hash');
    await expectRefusal(initiate('confidential', { USERNAME: 'fanta', PASSWORD, SECRET_HASH: hash('fanta', 'other') }), 'NotAuthorizedException', 'Unable to verify secret hash');
  });

  it('must prove it with each refresh', async () => {
    await registered(pool, 'gnima');
    const { AuthenticationResult } = await initiate('confidential', { USERNAME: 'gnima', PASSWORD, SECRET_HASH: hash('gnima') });
    const REFRESH_TOKEN = AuthenticationResult?.RefreshToken ?? '';
    await expectRefusal(initiate('confidential', { REFRESH_TOKEN }, 'REFRESH_TOKEN_AUTH'), 'NotAuthorizedException', 'SECRET_HASH was not received');
    await expect(initiate('confidential', { REFRESH_TOKEN, SECRET_HASH: hash('gnima') }, 'REFRESH_TOKEN_AUTH')).resolves.toBeDefined();
  });
});

describe('a temporary password', () => {
  const challenge = async (username: string) => {
    await pool.cognito.send(new AdminCreateUserCommand({ UserPoolId: POOL, Username: username, TemporaryPassword: 'Provisoire#1', MessageAction: 'SUPPRESS' }));
    return initiate(CLIENT, { USERNAME: username, PASSWORD: 'Provisoire#1' });
  };
  const answer = (Session: string, USERNAME: string, NEW_PASSWORD: string) =>
    pool.cognito.send(new RespondToAuthChallengeCommand({ ClientId: CLIENT, ChallengeName: 'NEW_PASSWORD_REQUIRED', Session, ChallengeResponses: { USERNAME, NEW_PASSWORD } }));

  it('gives no token but asks for a new password, which then is the password', async () => {
    const { ChallengeName, ChallengeParameters, Session = '', AuthenticationResult } = await challenge('hawa');
    expect(AuthenticationResult).toBeUndefined();
    expect(ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    expect(ChallengeParameters).toMatchObject({ USER_ID_FOR_SRP: 'hawa', requiredAttributes: '[]' });
    expect((await answer(Session, 'hawa', PASSWORD)).AuthenticationResult?.AccessToken).toBeDefined();
    await expect(signedIn(pool, 'hawa')).resolves.toBeDefined();
    await expectRefusal(signedIn(pool, 'hawa', 'Provisoire#1'), 'NotAuthorizedException');
  });

  it('is answered once, by its own user, in time, within the policy', async () => {
    const { Session = '' } = await challenge('ines');
    await expectRefusal(answer(Session, 'ines', 'faible'), 'InvalidPasswordException');
    await expectRefusal(answer(Session, 'hawa', PASSWORD), 'NotAuthorizedException', 'Invalid session for the user');
    await answer(Session, 'ines', PASSWORD);
    await expectRefusal(answer(Session, 'ines', 'Encore#12345'), 'NotAuthorizedException', 'Invalid session for the user');
    const { Session: late = '' } = await challenge('jeanne');
    pool.advance(181);
    await expectRefusal(answer(late, 'jeanne', PASSWORD), 'NotAuthorizedException', 'session is expired');
  });

  it('is none where the administrator made it permanent', async () => {
    await pool.cognito.send(new AdminCreateUserCommand({ UserPoolId: POOL, Username: 'kadi', MessageAction: 'SUPPRESS' }));
    await pool.cognito.send(new AdminSetUserPasswordCommand({ UserPoolId: POOL, Username: 'kadi', Password: PASSWORD, Permanent: true }));
    await expect(signedIn(pool, 'kadi')).resolves.toBeDefined();
  });
});
