import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { poolScope } from '../../lib/adapters/cognito/pool-scopes.ts';
import { SCOPES } from '../../lib/core/tokens.ts';
import { ENVIRONMENT } from '../../lib/environment.ts';
import { lambdaFunction } from './schemas.ts';
import { resourcesOf, STAGES, templateOf, written } from './synthesized.ts';

const pool = z.object({
  AdminCreateUserConfig: z.object({ AllowAdminCreateUserOnly: z.boolean() }),
  UsernameConfiguration: z.object({ CaseSensitive: z.boolean() }),
  UsernameAttributes: z.array(z.string()).default([]),
  Schema: z.array(z.object({ Name: z.string(), Required: z.boolean() })),
  Policies: z.object({
    PasswordPolicy: z.object({ MinimumLength: z.number(), RequireLowercase: z.boolean(), RequireUppercase: z.boolean(), RequireNumbers: z.boolean(), RequireSymbols: z.boolean() }),
  }),
  UserPoolTier: z.string(),
});
const client = z.object({
  GenerateSecret: z.boolean(),
  ExplicitAuthFlows: z.array(z.string()),
  AccessTokenValidity: z.number(),
  RefreshTokenValidity: z.number(),
  TokenValidityUnits: z.record(z.string(), z.string()),
  PreventUserExistenceErrors: z.string(),
  EnableTokenRevocation: z.boolean(),
});

describe.each(STAGES)('users in %s', (stage) => {
  const [users] = resourcesOf(templateOf(stage), 'AWS::Cognito::UserPool', pool);
  const [backOffice, ...others] = resourcesOf(templateOf(stage), 'AWS::Cognito::UserPoolClient', client);

  it('register themselves with a name of their choice, whatever its case, and nothing else', () => {
    expect(users?.properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
      UsernameConfiguration: { CaseSensitive: false },
      UsernameAttributes: [],
    });
    expect(users?.properties.Schema.filter(({ Required }) => Required)).toEqual([]);
  });

  it("may take the password of the contract's example, but no shorter or plainer one", () => {
    const policy = users?.properties.Policies.PasswordPolicy;
    const passes = (password: string) =>
      policy !== undefined &&
      password.length >= policy.MinimumLength &&
      (!policy.RequireLowercase || /[a-z]/.test(password)) &&
      (!policy.RequireUppercase || /[A-Z]/.test(password)) &&
      (!policy.RequireNumbers || /\d/.test(password)) &&
      (!policy.RequireSymbols || /[^\w\s]/.test(password));
    expect(['12@hkdshdn', '12@hkdshd', '12hkdshdn0', 'ab@hkdshdn', '12@4567890'].map(passes)).toEqual([true, false, false, false, false]);
  });

  it('hold an access token for 10 hours and a refresh token for 30 days, and can give both back', () => {
    expect(others).toEqual([]);
    expect(backOffice?.properties).toMatchObject({
      AccessTokenValidity: 600,
      RefreshTokenValidity: 30 * 24 * 60,
      TokenValidityUnits: { AccessToken: 'minutes', RefreshToken: 'minutes' },
      EnableTokenRevocation: true,
    });
  });

  it('sign in with name and password through an application without secret, which never tells whether a name exists', () => {
    expect(backOffice?.properties).toMatchObject({
      GenerateSecret: false,
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
    });
  });

  it('are agents, supervisors or administrators', () => {
    const groups = resourcesOf(templateOf(stage), 'AWS::Cognito::UserPoolGroup', z.object({ GroupName: z.string() }));
    expect(groups.map(({ properties }) => properties.GroupName).sort()).toEqual(['administrateur', 'agent', 'superviseur']);
  });

  it('have two scopes that applications may be given: to read, and to write', () => {
    const server = z.object({ Identifier: z.string(), Scopes: z.array(z.object({ ScopeName: z.string() })) });
    const servers = resourcesOf(templateOf(stage), 'AWS::Cognito::UserPoolResourceServer', server);
    expect(servers.flatMap(({ properties: { Identifier, Scopes } }) => Scopes.map(({ ScopeName }) => `${Identifier}/${ScopeName}`))).toEqual(SCOPES.map(poolScope));
  });

  it('and applications have a token address at a domain whose name no other account has', () => {
    const domain = z.object({ Domain: z.unknown().transform(written) });
    const [only, ...more] = resourcesOf(templateOf(stage), 'AWS::Cognito::UserPoolDomain', domain);
    expect(more).toEqual([]);
    expect(only?.properties.Domain).toBe(`reconciliation-${stage}-<AWS::AccountId>`);
    const functions = resourcesOf(templateOf(stage), 'AWS::Lambda::Function', lambdaFunction);
    const told = functions.flatMap(({ properties: { Environment } }) => Environment.Variables[ENVIRONMENT.tokenEndpoint] ?? []);
    expect(told.map(written)).toEqual([`https://<${only?.id}>.auth.<AWS::Region>.amazoncognito.com/oauth2/token`]);
  });
});
