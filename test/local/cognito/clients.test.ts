import {
  CreateResourceServerCommand,
  CreateUserPoolClientCommand,
  DeleteUserPoolClientCommand,
  DescribeResourceServerCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
  ListUserPoolClientsCommand,
  UpdateUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLIENT, expectRefusal, POOL, startTestPool, type TestPool } from './test-pool.ts';

let pool: TestPool;
beforeAll(async () => {
  pool = await startTestPool({ caseSensitive: false, passwordPolicy: { minimumLength: 10 } });
  await pool.server.createResourceServer(POOL, { identifier: 'reconciliation', name: 'API', scopes: [{ name: 'read', description: 'Lire' }] });
});
afterAll(() => pool.end());

const create = async (more: Partial<CreateUserPoolClientCommand['input']> = {}) =>
  (await pool.cognito.send(new CreateUserPoolClientCommand({ UserPoolId: POOL, ClientName: 'application', ...more }))).UserPoolClient ?? {};
const describeClient = async (ClientId = '') => (await pool.cognito.send(new DescribeUserPoolClientCommand({ UserPoolId: POOL, ClientId }))).UserPoolClient;

describe('an app client', () => {
  it('is public unless a secret is asked for; ids and secrets are as Cognito makes them', async () => {
    const open = await create();
    expect(open.ClientId).toMatch(/^[a-z0-9]{26}$/);
    expect(open.ClientSecret).toBeUndefined();
    const confidential = await create({ GenerateSecret: true });
    expect(confidential.ClientSecret).toMatch(/^[a-z0-9]{52}$/);
    expect(await describeClient(confidential.ClientId)).toEqual(confidential);
  });

  it('has the defaults of Cognito', async () => {
    expect(await create()).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_CUSTOM_AUTH'],
      RefreshTokenValidity: 30,
      EnableTokenRevocation: true,
      AllowedOAuthFlowsUserPoolClient: false,
    });
  });

  it('loses on an update what the update does not say, but never its secret', async () => {
    const client = await create({ GenerateSecret: true, CallbackURLs: ['https://example.com/retour'], ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] });
    await pool.cognito.send(new UpdateUserPoolClientCommand({ UserPoolId: POOL, ClientId: client.ClientId, ClientName: 'renamed' }));
    const updated = await describeClient(client.ClientId);
    expect(updated).toMatchObject({ ClientName: 'renamed', ClientSecret: client.ClientSecret, ExplicitAuthFlows: expect.arrayContaining(['ALLOW_USER_SRP_AUTH']) });
    expect(updated?.CallbackURLs).toBeUndefined();
  });

  it('is gone once deleted', async () => {
    const { ClientId } = await create();
    await pool.cognito.send(new DeleteUserPoolClientCommand({ UserPoolId: POOL, ClientId }));
    await expectRefusal(describeClient(ClientId), 'ResourceNotFoundException');
    await expectRefusal(pool.cognito.send(new DeleteUserPoolClientCommand({ UserPoolId: POOL, ClientId })), 'ResourceNotFoundException');
  });

  it('that came from the settings is kept over a restart, with its generated secret', async () => {
    const settings = { id: 'generated', name: 'generated', generateSecret: true };
    const { secret } = await pool.server.createClient(POOL, settings);
    pool = await pool.restart();
    expect(await pool.server.createClient(POOL, settings)).toEqual({ secret });
    expect((await describeClient('generated'))?.ClientSecret).toBe(secret);
  });

  it.each<[string, Partial<CreateUserPoolClientCommand['input']>, string]>([
    ['client_credentials without a secret', { AllowedOAuthFlows: ['client_credentials'], AllowedOAuthScopes: ['reconciliation/read'] }, 'InvalidOAuthFlowException'],
    ['client_credentials beside another flow', { GenerateSecret: true, AllowedOAuthFlows: ['client_credentials', 'code'] }, 'InvalidOAuthFlowException'],
    ['a scope that no resource server has', { AllowedOAuthScopes: ['reconciliation/write'] }, 'ScopeDoesNotExistException'],
    ['a callback over plain http', { CallbackURLs: ['http://example.com/'] }, 'InvalidParameterException'],
    ['a callback with a fragment', { CallbackURLs: ['https://example.com/#x'] }, 'InvalidParameterException'],
    ['access tokens of less than five minutes', { AccessTokenValidity: 299, TokenValidityUnits: { AccessToken: 'seconds' } }, 'InvalidParameterException'],
    ['access tokens of more than a day', { AccessTokenValidity: 25 }, 'InvalidParameterException'],
    ['refresh tokens of less than an hour', { RefreshTokenValidity: 59, TokenValidityUnits: { RefreshToken: 'minutes' } }, 'InvalidParameterException'],
    ['rotation beside REFRESH_TOKEN_AUTH', { RefreshTokenRotation: { Feature: 'ENABLED' }, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] }, 'InvalidParameterException'],
    ['what is not played here', { ReadAttributes: ['email'] }, 'InvalidParameterException'],
  ])('cannot have %s', async (_what, settings, error) => {
    await expectRefusal(create(settings), error);
  });

  it.each(['http://localhost:3000/retour', 'http://127.0.0.1/retour', 'monapp://retour', 'https://example.com/retour'])('may send browsers to %s', async (url) => {
    expect((await create({ CallbackURLs: [url] })).CallbackURLs).toEqual([url]);
  });

  it('stands in the list, which comes in pages', async () => {
    const names: (string | undefined)[] = [];
    let NextToken: string | undefined;
    do {
      const page = await pool.cognito.send(new ListUserPoolClientsCommand({ UserPoolId: POOL, MaxResults: 2, NextToken }));
      names.push(...(page.UserPoolClients ?? []).map((client) => client.ClientId));
      NextToken = page.NextToken;
    } while (NextToken !== undefined);
    const whole = await pool.cognito.send(new ListUserPoolClientsCommand({ UserPoolId: POOL, MaxResults: 60 }));
    expect(names).toEqual(whole.UserPoolClients?.map((client) => client.ClientId));
    expect(names).toContain(CLIENT);
  });
});

describe('a pool', () => {
  it('tells its settings', async () => {
    const { UserPool } = await pool.cognito.send(new DescribeUserPoolCommand({ UserPoolId: POOL }));
    expect(UserPool).toMatchObject({
      Id: POOL,
      Policies: { PasswordPolicy: { MinimumLength: 10, RequireUppercase: true } },
      UsernameConfiguration: { CaseSensitive: false },
      MfaConfiguration: 'OFF',
    });
  });

  it('must have an id such as AWS makes', async () => {
    await expect(pool.server.createPool({ id: 'pool', name: 'x' })).rejects.toThrow('cannot be the id of a user pool');
  });

  it('cannot change whether it tells case apart', async () => {
    await expect(pool.server.createPool({ id: POOL, name: 'x', caseSensitive: true })).rejects.toThrow('cannot be changed');
  });
});

describe('a resource server', () => {
  it('is made once and can be looked up', async () => {
    const server = { UserPoolId: POOL, Identifier: 'autre', Name: 'Autre', Scopes: [{ ScopeName: 'write', ScopeDescription: 'Écrire' }] };
    await pool.cognito.send(new CreateResourceServerCommand(server));
    await expectRefusal(pool.cognito.send(new CreateResourceServerCommand(server)), 'InvalidParameterException', 'already exists');
    expect((await pool.cognito.send(new DescribeResourceServerCommand({ UserPoolId: POOL, Identifier: 'autre' }))).ResourceServer).toEqual(server);
    await expectRefusal(pool.cognito.send(new DescribeResourceServerCommand({ UserPoolId: POOL, Identifier: 'nothing' })), 'ResourceNotFoundException');
  });
});
