import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RESOURCE_SERVER } from '../../lib/adapters/cognito/pool-scopes.ts';
import { SCOPES } from '../../lib/core/tokens.ts';
import type { Caller } from '../../lib/core/user.ts';
import { ENVIRONMENT } from '../../lib/environment.ts';
import { POOL, REGION, startTestPool, type TestPool } from '../local/cognito/test-pool.ts';
import { startRegistry } from './registry-table.ts';

const ADMINISTRATOR: Caller = { username: 'racine', groups: ['administrateur'] };
const SUPERVISOR: Caller = { username: 'chef', groups: ['superviseur'] };
const STRANGER: Caller = { username: 'inscrit', groups: [] };

type Handler = (event: unknown, context: Context) => Promise<APIGatewayProxyResult>;

let pool: TestPool;
let stop = () => {};
let list: Handler;
let show: Handler;
let register: Handler;

beforeAll(async () => {
  pool = await startTestPool();
  await pool.server.createResourceServer(POOL, { identifier: RESOURCE_SERVER, name: RESOURCE_SERVER, scopes: SCOPES.map((name) => ({ name, description: name })) });
  stop = await startRegistry();
  Object.assign(process.env, { AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: pool.server.url, AWS_REGION: REGION, [ENVIRONMENT.userPoolId]: POOL });
  list = (await import('../../functions/applications/list-applications.ts')).handler;
  show = (await import('../../functions/applications/show-registration.ts')).handler;
  register = (await import('../../functions/applications/register-application.ts')).handler;
});

afterAll(async () => {
  stop();
  await pool.end();
});

/** Asks a function as API Gateway does after its authorizer; without a caller, as in a stage that opens registration. */
async function ask(
  handler: Handler,
  { caller, headers = {}, body }: { readonly caller?: Caller; readonly headers?: Readonly<Record<string, string>>; readonly body?: string } = {},
) {
  const event = {
    path: '/o/applications/register',
    headers: { Host: 'api.example', 'content-type': 'application/json', ...headers },
    pathParameters: null,
    queryStringParameters: null,
    body: body ?? null,
    requestContext: { path: '/v1/o/applications/register', ...(caller && { authorizer: { username: caller.username, groups: caller.groups.join(',') } }) },
  };
  const { statusCode, body: text, headers: answered } = await handler(event, CONTEXT);
  return { status: statusCode, text, type: String(answered?.['content-type']) };
}

const CONTEXT: Context = {
  callbackWaitsForEmptyEventLoop: false,
  functionName: 'under-test',
  functionVersion: '1',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:000000000000:function:under-test',
  memoryLimitInMB: '1024',
  awsRequestId: 'request',
  logGroupName: 'log',
  logStreamName: 'stream',
  getRemainingTimeInMillis: () => 10_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

const NAMED = JSON.stringify({ name: 'Comptoir' });

describe('in a stage that keeps registration closed', () => {
  it('administrators list and register applications', async () => {
    expect(await ask(register, { caller: ADMINISTRATOR, body: NAMED })).toMatchObject({ status: 201 });
    expect(await ask(list, { caller: ADMINISTRATOR })).toMatchObject({ status: 200 });
    expect(await ask(show, { caller: ADMINISTRATOR })).toMatchObject({ status: 200 });
  });

  it.each([
    ['a supervisor', SUPERVISOR],
    ['an application', { username: 'application:1', groups: ['agent'] }],
    ['a user without a role', STRANGER],
  ])('%s may do neither, and makes nothing', async (_who, caller) => {
    const before = (await ask(list, { caller: ADMINISTRATOR })).text;
    for (const handler of [list, show, register]) expect(await ask(handler, { caller, body: NAMED })).toMatchObject({ status: 403, type: expect.stringContaining('problem+json') });
    expect((await ask(list, { caller: ADMINISTRATOR })).text).toBe(before);
  });
});

describe('in a stage that opens registration', () => {
  it('anybody lists and registers applications', async () => {
    const { status, text } = await ask(register, { body: NAMED });
    expect([status, JSON.parse(text)]).toEqual([
      201,
      {
        name: 'Comptoir',
        client_id: expect.stringMatching(/^\w{20,}$/u),
        client_secret: expect.stringMatching(/^\w{40,}$/u),
        client_type: 'confidential',
        authorization_grant_type: 'client-credentials',
        redirect_uris: '',
        algorithm: '',
      },
    ]);
    expect((await ask(list)).text).not.toContain('client_secret');
  });

  it('a form of another site registers nothing', async () => {
    const before = (await ask(list)).text;
    const headers = { 'content-type': 'application/x-www-form-urlencoded', 'sec-fetch-site': 'cross-site' };
    expect(await ask(register, { headers, body: 'name=piege' })).toMatchObject({ status: 403 });
    expect((await ask(list)).text).toBe(before);
  });

  it.each(['null', '', '[]', '"x"', '{"name":', '{}', '{"name":"x","redirect_uris":"http://app.example/","authorization_grant_type":"implicit"}'])(
    '%j is a 400 and makes nothing',
    async (body) => {
      const before = (await ask(list)).text;
      expect(await ask(register, { body })).toMatchObject({ status: 400, type: expect.stringContaining('problem+json') });
      expect((await ask(list)).text).toBe(before);
    },
  );
});

describe('a reader of pages', () => {
  it('gets a page for each of the three, and the secret once', async () => {
    const accept = { accept: 'text/html' };
    const form = await ask(register, { headers: { ...accept, 'content-type': 'application/x-www-form-urlencoded' }, body: 'name=Guichet' });
    expect(form).toMatchObject({ status: 201, type: 'text/html; charset=utf-8' });
    const secret = /id="client_secret">(\w+)</u.exec(form.text)?.[1] ?? '';
    expect(secret).toMatch(/^\w{40,}$/u);
    for (const handler of [list, show]) {
      const page = await ask(handler, { headers: accept });
      expect(page).toMatchObject({ status: 200, type: 'text/html; charset=utf-8' });
      expect(page.text).not.toContain(secret);
    }
    expect((await ask(list, { headers: accept })).text).toContain('Guichet');
  });

  it('gets the form back for what is wrong', async () => {
    const answer = await ask(register, { headers: { accept: 'text/html', 'content-type': 'application/x-www-form-urlencoded' }, body: 'name=&client_type=public' });
    expect(answer).toMatchObject({ status: 400, type: 'text/html; charset=utf-8' });
    expect(answer.text).toContain('<option value="public" selected>');
    expect(answer.text).toContain('Ce champ ne peut pas être vide.');
  });
});
