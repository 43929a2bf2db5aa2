import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { apiResources, functionResource, type RunningCloud, startSmallCloud, stopAndRemove } from './small-assembly.ts';

const ECHO = 'export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify(event) });';
// Answers exactly what the request's body says, so that each test chooses the function's answer.
const SAYS = 'export const handler = async ({ body }) => JSON.parse(body);';
const FAILS = "export const handler = async () => { throw new Error('broken'); };";
const SLOW = 'export const handler = async () => { await new Promise((r) => setTimeout(r, 1500)); return { statusCode: 200 }; };';
const NAMED = (name: string) => `export const handler = async (event) => ({ statusCode: 200, body: JSON.stringify({ by: '${name}', pathParameters: event.pathParameters }) });`;

let running: RunningCloud;
beforeAll(async () => {
  running = await startSmallCloud({
    resources: {
      ...apiResources(
        {
          'GET /items': { target: 'List' },
          'POST /items': { target: 'Echo' },
          'GET /items/{id}': { target: 'One' },
          'GET /items/special': { target: 'Special' },
          'GET /files/{rest+}': { target: 'Greedy' },
          'ANY /any': { target: 'Echo' },
          'POST /says': { target: 'Says' },
          'GET /fails': { target: 'Fails' },
          'GET /slow': { target: 'Slow', Integration: { TimeoutInMillis: 200 } },
          'OPTIONS /items': {
            target: 'List',
            Integration: {
              Type: 'MOCK',
              IntegrationHttpMethod: { Ref: 'AWS::NoValue' },
              Uri: { Ref: 'AWS::NoValue' },
              RequestTemplates: { 'application/json': '{ statusCode: 200 }' },
              IntegrationResponses: [{ StatusCode: '204', ResponseParameters: { 'method.response.header.Access-Control-Allow-Origin': "'*'" } }],
            },
          },
        },
        { BinaryMediaTypes: ['application/octet-stream', 'image/*'] },
      ),
      List: functionResource('list'),
      One: functionResource('one'),
      Special: functionResource('special'),
      Greedy: functionResource('greedy'),
      Echo: functionResource('echo', { MemorySize: 512 }),
      Says: functionResource('says'),
      Fails: functionResource('fails'),
      Slow: functionResource('slow'),
    },
    outputs: { Url: { Value: { 'Fn::Sub': `https://\${Api}.execute-api.\${AWS::Region}.\${AWS::URLSuffix}/\${Stage}/` } } },
    functions: { list: NAMED('list'), one: NAMED('one'), special: NAMED('special'), greedy: NAMED('greedy'), echo: ECHO, says: SAYS, fails: FAILS, slow: SLOW },
  });
});
afterAll(() => stopAndRemove(running));

const call = (path: string, init: RequestInit = {}) => fetch(`${running.cloud.api}${path}`, init);
const says = (answer: unknown, headers: Record<string, string> = {}) => call('/says', { method: 'POST', body: JSON.stringify(answer), headers });
const echoed = async (path: string, init: RequestInit = {}) => (await call(path, init)).json();

it('gives the address of the API as an output, without host and stage of AWS', () => {
  expect(running.cloud.outputs).toEqual({ Url: `${running.cloud.api}/` });
});

describe('a path is answered by', () => {
  it.each([
    ['/items', { by: 'list', pathParameters: null }],
    ['/items/', { by: 'list', pathParameters: null }],
    ['/items?x=1', { by: 'list', pathParameters: null }],
    ['/items/7', { by: 'one', pathParameters: { id: '7' } }],
    ['/items/7/', { by: 'one', pathParameters: { id: '7' } }],
    ['/items/a%20b%2Fc', { by: 'one', pathParameters: { id: 'a b/c' } }],
    ['/items/special', { by: 'special', pathParameters: null }],
    ['/files/a/b/c.txt', { by: 'greedy', pathParameters: { rest: 'a/b/c.txt' } }],
  ])('%s', async (path, expected) => {
    expect(await echoed(path)).toEqual(expected);
  });

  it.each([
    ['an unknown path', 'GET', '/nothing'],
    ['a known path with another method', 'DELETE', '/items'],
    ['HEAD where only GET is declared', 'HEAD', '/items'],
    ['a folder without a method', 'GET', '/files'],
    ['two slashes', 'GET', '/items//'],
    ['the root', 'GET', '/'],
  ])('403 for %s', async (_, method, path) => {
    const response = await call(path, { method });
    expect(response.status).toBe(403);
    if (method !== 'HEAD') expect(await response.json()).toEqual({ message: 'Missing Authentication Token' });
  });

  it('a fixed answer where the method is a mock', async () => {
    const response = await call('/items', { method: 'OPTIONS' });
    expect([response.status, response.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
  });
});

describe('the function sees', () => {
  it('the query decoded, with the last value and with all', async () => {
    const event = await echoed('/any?a=1&a=2&n%C3%A9=%C3%A0+b');
    expect(event).toMatchObject({
      queryStringParameters: { a: '2', né: 'à b' },
      multiValueQueryStringParameters: { a: ['1', '2'], né: ['à b'] },
    });
  });

  it('null for the parts that a request does not have', async () => {
    expect(await echoed('/any')).toMatchObject({
      queryStringParameters: null,
      multiValueQueryStringParameters: null,
      pathParameters: null,
      stageVariables: null,
      body: null,
      isBase64Encoded: false,
    });
  });

  it('each header as the client wrote it, with the last value and with all', async () => {
    const event = await rawEvent('/any', ['X-Twice', 'one', 'x-twice', 'two', 'Accept', 'text/csv']);
    expect(event).toMatchObject({
      headers: { 'X-Twice': 'two', Accept: 'text/csv', 'X-Forwarded-For': '127.0.0.1', 'X-Forwarded-Proto': 'http' },
      multiValueHeaders: { 'X-Twice': ['one', 'two'] },
    });
  });

  it('where it was called, with the stage in the context only', async () => {
    const event = await echoed('/items/', { method: 'POST', body: '{}' });
    expect(event).toMatchObject({
      resource: '/items',
      path: '/items/',
      httpMethod: 'POST',
      requestContext: {
        accountId: '000000000000',
        stage: 'v1',
        path: '/items/',
        resourcePath: '/items',
        httpMethod: 'POST',
        identity: { sourceIp: '127.0.0.1' },
        protocol: 'HTTP/1.1',
      },
    });
  });

  it.each([
    ['text as text', 'application/json', 'é', { body: 'é', isBase64Encoded: false }],
    ['a binary type as base64', 'application/octet-stream', 'é', { body: 'w6k=', isBase64Encoded: true }],
    ['a type of a binary family, whatever its parameters', 'image/png; x=1', 'é', { body: 'w6k=', isBase64Encoded: true }],
  ])('%s', async (_, type, body, expected) => {
    expect(await echoed('/any', { method: 'POST', body, headers: { 'Content-Type': type } })).toMatchObject(expected);
  });
});

describe('the client gets', () => {
  it('status, headers and body of the function', async () => {
    const response = await says({ statusCode: 201, headers: { 'X-One': 'a', 'X-Number': 7 }, multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] }, body: 'é' });
    expect(response.status).toBe(201);
    expect([response.headers.get('x-one'), response.headers.get('x-number'), response.headers.getSetCookie()]).toEqual(['a', '7', ['a=1', 'b=2']]);
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['application/json', 'é']);
  });

  it('WWW-Authenticate of a function under another name, as on AWS', async () => {
    const response = await says({ statusCode: 401, headers: { 'WWW-Authenticate': 'Bearer' } });
    expect([response.headers.get('www-authenticate'), response.headers.get('x-amzn-remapped-www-authenticate')]).toEqual([null, 'Bearer']);
  });

  it('bytes only where it accepts a binary type first, else the base64', async () => {
    const answer = { statusCode: 200, body: 'w6k=', isBase64Encoded: true };
    expect(await (await says(answer, { Accept: 'image/png, text/html' })).text()).toBe('é');
    expect(await (await says(answer, { Accept: 'text/html, image/png' })).text()).toBe('w6k=');
  });

  it.each([
    ['no object', 'text'],
    ['nothing', null],
    ['no status', { body: 'x' }],
    ['a status that is none', { statusCode: 99 }],
    ['a body that is no text', { statusCode: 200, body: { a: 1 } }],
    ['a header that would be two', { statusCode: 200, headers: { 'X-One': 'a\r\nX-Two: b' } }],
    ['a key that API Gateway does not know', { statusCode: 200, cookies: [] }],
  ])('502 where the function answers %s', async (_, answer) => {
    const response = await says(answer);
    expect([response.status, await response.json()]).toEqual([502, { message: 'Internal server error' }]);
  });

  it('502 where the function fails', async () => {
    const response = await call('/fails');
    expect([response.status, await response.json()]).toEqual([502, { message: 'Internal server error' }]);
  });

  it('504 where the function takes longer than the integration waits', async () => {
    const response = await call('/slow');
    expect([response.status, await response.json()]).toEqual([504, { message: 'Endpoint request timed out' }]);
  });

  it('431 where the headers are longer than API Gateway reads', async () => {
    const response = await call('/any', { headers: { 'X-Long': 'x'.repeat(10_240) } });
    expect(response.status).toBe(431);
  });

  it.each([
    ['over 10 MB', 'text/plain', 10 * 1024 * 1024 + 1],
    ['that does not fit into an event', 'text/plain', 6 * 1024 * 1024],
    ['that does not fit once it is base64', 'application/octet-stream', 5 * 1024 * 1024],
  ])('413 for a body %s', async (_, type, bytes) => {
    const response = await call('/any', { method: 'POST', body: 'x'.repeat(bytes), headers: { 'Content-Type': type } });
    expect([response.status, await response.json()]).toEqual([413, { message: 'Request Too Long' }]);
  });
});

function rawEvent(path: string, headers: string[]): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${running.cloud.api}${path}`, { headers: ['Host', new URL(running.cloud.api).host, ...headers] }, async (response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of response) chunks.push(Buffer.from(chunk));
      resolve(JSON.parse(Buffer.concat(chunks).toString()));
    });
    outgoing.on('error', reject).end();
  });
}
