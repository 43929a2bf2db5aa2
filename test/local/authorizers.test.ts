import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiResources, functionResource, invocationUri, type Resources, type RunningCloud, startSmallCloud, stopAndRemove } from './small-assembly.ts';

// The token says what the authorizer does; every call is counted in a line.
const AUTHORIZER = `
  const policy = (Effect, Resource) => ({ Version: '2012-10-17', Statement: [{ Effect, Action: 'execute-api:Invoke', Resource }] });
  export const handler = async ({ authorizationToken, headers, queryStringParameters, methodArn }) => {
    const token = (authorizationToken ?? headers.Authorization).replace('Bearer ', '');
    console.log('asked ' + token);
    const everything = methodArn.split('/')[0] + '/*';
    switch (token) {
      case 'allow': return { principalId: 'u1', policyDocument: policy('Allow', everything), context: { number: 7, flag: true, text: 'é' } };
      case 'only-this': return { principalId: 'u1', policyDocument: policy('Allow', methodArn) };
      case 'deny': return { principalId: 'u1', policyDocument: { Statement: [...policy('Allow', everything).Statement, ...policy('Deny', everything).Statement] } };
      case 'other': return { principalId: 'u1', policyDocument: policy('Allow', methodArn + 'x') };
      case 'pattern': return { principalId: 'u1', policyDocument: policy('Allow', [everything.replace('/*', '/v?/GET/first')]) };
      case 'refuse': throw new Error('Unauthorized');
      case 'fail': throw new Error('no database');
      case 'nested': return { principalId: 'u1', policyDocument: policy('Allow', everything), context: { list: [1] } };
      case 'query': return { principalId: queryStringParameters.key, policyDocument: policy('Allow', everything) };
      default: return { principalId: 'u1' };
    }
  };`;
const ECHO = 'export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event.requestContext.authorizer ?? null) });';

const authorizer = (properties: object) => ({
  Type: 'AWS::ApiGateway::Authorizer',
  Properties: { RestApiId: { Ref: 'Api' }, Name: 'a', Type: 'TOKEN', IdentitySource: 'method.request.header.Authorization', AuthorizerUri: invocationUri('Check'), ...properties },
});
const guarded = (id: string) => ({ target: 'Echo', AuthorizationType: 'CUSTOM', AuthorizerId: { Ref: id } });

const answers: Resources = {
  Unauthorized: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: {
      RestApiId: { Ref: 'Api' },
      ResponseType: 'UNAUTHORIZED',
      StatusCode: '401',
      ResponseParameters: {
        'gatewayresponse.header.WWW-Authenticate': "'Bearer'",
        'gatewayresponse.header.Content-Type': "'application/problem+json'",
        'gatewayresponse.header.X-Path': 'context.path',
      },
      ResponseTemplates: { 'application/json': '{"detail":$context.error.messageString,"type":"$context.error.responseType","at":"$context.resourcePath"}' },
    },
  },
  Other4xx: {
    Type: 'AWS::ApiGateway::GatewayResponse',
    Properties: { RestApiId: { Ref: 'Api' }, ResponseType: 'DEFAULT_4XX', ResponseTemplates: { 'application/json': '{"refused":"$context.error.message"}' } },
  },
  Other5xx: { Type: 'AWS::ApiGateway::GatewayResponse', Properties: { RestApiId: { Ref: 'Api' }, ResponseType: 'DEFAULT_5XX', StatusCode: 503 } },
};

let running: RunningCloud;
beforeAll(async () => {
  running = await startSmallCloud({
    resources: {
      ...apiResources({
        'GET /first': guarded('Always'),
        'GET /second': guarded('Always'),
        'GET /kept': guarded('Kept'),
        'GET /kept2': guarded('Kept'),
        'GET /shaped': guarded('Shaped'),
        'GET /request': guarded('Request'),
        'GET /open': { target: 'Echo' },
      }),
      Always: authorizer({ AuthorizerResultTtlInSeconds: 0 }),
      Kept: authorizer({}),
      Shaped: authorizer({ AuthorizerResultTtlInSeconds: 0, IdentityValidationExpression: 'Bearer [a-z]+' }),
      Request: authorizer({ Type: 'REQUEST', IdentitySource: 'method.request.header.Authorization, method.request.querystring.key', AuthorizerResultTtlInSeconds: 0 }),
      Check: functionResource('check'),
      Echo: functionResource('echo'),
      ...answers,
    },
    functions: { check: AUTHORIZER, echo: ECHO },
  });
});
afterAll(() => stopAndRemove(running));

const call = (path: string, token?: string) => fetch(`${running.cloud.api}${path}`, token === undefined ? {} : { headers: { Authorization: token } });
const timesAsked = (token: string) => running.events.filter((event) => event.kind === 'log' && event.line === `asked ${token}`).length;

describe('a method with an authorizer', () => {
  it('passes on what the authorizer says, numbers and flags as text', async () => {
    const response = await call('/first', 'Bearer allow');
    expect([response.status, await response.json()]).toEqual([200, { principalId: 'u1', number: '7', flag: 'true', text: 'é' }]);
  });

  it('answers 401 without asking where no token is sent', async () => {
    const response = await call('/first');
    expect([response.status, await response.json()]).toEqual([401, { detail: 'Unauthorized', type: 'UNAUTHORIZED', at: '/first' }]);
    expect([response.headers.get('www-authenticate'), response.headers.get('content-type'), response.headers.get('x-path')]).toEqual([
      'Bearer',
      'application/problem+json',
      '/v1/first',
    ]);
  });

  it('answers 401 without asking where the token has not the declared form', async () => {
    expect((await call('/shaped', 'Bearer allow')).status).toBe(200);
    expect((await call('/shaped', 'Bearer FORM1')).status).toBe(401);
    expect(timesAsked('FORM1')).toBe(0);
  });

  it.each([
    ['refuse', 401, { detail: 'Unauthorized', type: 'UNAUTHORIZED', at: '/first' }],
    ['deny', 403, { refused: 'User is not authorized to access this resource with an explicit deny' }],
    ['other', 403, { refused: 'User is not authorized to access this resource' }],
    ['fail', 503, { message: null }],
    ['nested', 503, { message: null }],
    ['malformed', 503, { message: null }],
  ])('answers a token that means "%s" with %i', async (token, status, body) => {
    const response = await call('/first', `Bearer ${token}`);
    expect([response.status, await response.json()]).toEqual([status, body]);
  });

  it('reads the wildcards of a policy: one character, and any number of them', async () => {
    expect((await call('/first', 'Bearer pattern')).status).toBe(200);
    expect((await call('/second', 'Bearer pattern')).status).toBe(403);
  });

  it('asks again at every call where answers are not kept', async () => {
    const before = timesAsked('allow');
    await call('/second', 'Bearer allow');
    await call('/second', 'Bearer allow');
    await expect.poll(() => timesAsked('allow') - before).toBe(2);
  });

  it('keeps an answer for all methods: a policy for one method then refuses the next', async () => {
    expect((await call('/kept', 'Bearer only-this')).status).toBe(200);
    expect((await call('/kept2', 'Bearer only-this')).status).toBe(403);
    expect((await call('/kept', 'Bearer only-this')).status).toBe(200);
    expect(timesAsked('only-this')).toBe(1);
  });

  it('asks for every identity source of a request', async () => {
    expect((await call('/request', 'Bearer query')).status).toBe(401);
    const response = await call('/request?key=k1', 'Bearer query');
    expect([response.status, await response.json()]).toEqual([200, { principalId: 'k1' }]);
  });
});

it('lets everybody call a method without an authorizer', async () => {
  expect(await (await call('/open')).json()).toBeNull();
});

it('answers faults without an answer of their own like all of their class', async () => {
  const response = await call('/nowhere');
  expect([response.status, await response.json()]).toEqual([403, { refused: 'Missing Authentication Token' }]);
});
