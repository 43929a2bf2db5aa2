import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LOCAL_SERVER, type OpenApiDocument, openApiDocument } from '../../lib/http/openapi/document.ts';
import type { JsonSchema } from '../../lib/http/openapi/json-schema.ts';
import { tokenForm } from '../../lib/http/operations/applications.ts';
import { specificationPage } from '../../lib/http/pages/specification-page.ts';
import { baseAddress } from '../../lib/http/request.ts';
import { ROUTES } from '../../lib/http/routes.ts';
import { readTokenRequest } from '../../lib/http/token-request.ts';
import { aRequest } from './a-request.ts';

const HOSTILE = `"><script>alert(1)</script>'\`&`;
const document = openApiDocument(LOCAL_SERVER);
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
);

/** Every schema of the document, with the schemas within it. */
function schemasIn(given: OpenApiDocument): readonly JsonSchema[] {
  const found: JsonSchema[] = [];
  JSON.parse(JSON.stringify(given), (key, value) => {
    if (key === 'schema') found.push(value);
    return value;
  });
  return [...found, ...Object.values(given.components.schemas)].flatMap(withInner);
}

function withInner(schema: JsonSchema): readonly JsonSchema[] {
  const inner = [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...(typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []),
  ];
  return [schema, ...inner.flatMap(withInner)];
}

describe('the specification', () => {
  it('has every route of the API, and no other', () => {
    expect(operations.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(ROUTES.map(({ method, path }) => `${method} ${path}`).toSorted());
  });

  it('in docs/openapi.json is the one that the API serves: `npm run openapi` writes it', () => {
    expect(JSON.parse(readFileSync('docs/openapi.json', 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('names every operation once', () => {
    expect(new Set(operations.map(({ operation }) => operation.operationId)).size).toBe(operations.length);
  });

  it('says what every field and every parameter means', () => {
    const silent = schemasIn(document).flatMap(({ properties = {} }) => Object.entries(properties).filter(([, { description }]) => description === undefined));
    expect([...new Set(silent.map(([name]) => name))]).toEqual([]);
    expect(operations.flatMap(({ operation }) => operation.parameters ?? []).filter(({ description }) => description === undefined)).toEqual([]);
  });

  it('declares every parameter of a path', () => {
    for (const { path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name);
      expect((operation.parameters ?? []).filter((parameter) => parameter.in === 'path').map(({ name }) => name)).toEqual(named);
    }
  });

  it('refers to nothing that is not there', () => {
    const names = schemasIn(document).flatMap(({ $ref }) => ($ref === undefined ? [] : [$ref.replace('#/components/schemas/', '')]));
    expect(names.length).toBeGreaterThan(50);
    for (const name of names) expect(document.components.schemas).toHaveProperty(name);
  });

  it.each([
    ['https://api.example/v1/openapi.json', '/openapi.json', 'https://api.example/v1'],
    ['https://api.example/v1/docs/', '/docs', 'https://api.example/v1'],
    ['http://localhost:8000/docs', '/docs', 'http://localhost:8000'],
  ] as const)('says where the API stands: %s', (url, route, server) => {
    expect(baseAddress({ url }, route)).toBe(server);
  });

  it.each([
    { grant_type: 'client_credentials', scope: 'read' },
    { grant_type: 'password', username: 'awa', password: 'x' },
    { grant_type: 'refresh_token', refresh_token: 'x' },
  ])('shows the requests for tokens that are understood: $grant_type', async (form) => {
    expect(tokenForm.safeParse(form).success).toBe(true);
    const request = aRequest({ headers: { 'Content-Type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(form).toString() });
    expect((await readTokenRequest(request)).wish.grant).toBe(form.grant_type);
  });
});

describe('the page of the specification', () => {
  const { headers, text = '' } = specificationPage(document);

  it('shows every route and every named schema, with a way to each', () => {
    for (const { operation } of operations) for (const part of [`id="${operation.operationId}"`, `href="#${operation.operationId}"`]) expect(text).toContain(part);
    for (const name of Object.keys(document.components.schemas)) for (const part of [`id="schema-${name}"`, `href="#schema-${name}"`]) expect(text).toContain(part);
  });

  it('needs nothing from elsewhere and runs no script', () => {
    expect(text).not.toMatch(/<script|<link|<img|@import|url\(| on\w+=| style=/u);
    expect([...text.matchAll(/href="([^"]*)"/gu)].map(([, target]) => target).filter((target) => target?.startsWith('#') === false)).toEqual([`${LOCAL_SERVER}/openapi.json`]);
    const style = /<style>([\s\S]*?)<\/style>/u.exec(text)?.[1] ?? '';
    const policy = headers['content-security-policy'] ?? '';
    for (const rule of ["default-src 'none'", "frame-ancestors 'none'", `'sha256-${createHash('sha256').update(style).digest('base64')}'`]) expect(policy).toContain(rule);
    expect(policy).not.toContain('unsafe');
  });

  it('escapes whatever the document or the address says', () => {
    const page = specificationPage({
      ...document,
      servers: [{ url: `http://${HOSTILE}` }],
      tags: [{ name: 'Tâches', description: HOSTILE }],
      components: { ...document.components, schemas: { [HOSTILE]: { type: 'object', description: HOSTILE, properties: { [HOSTILE]: { const: HOSTILE, description: HOSTILE } } } } },
    });
    expect(page.text).not.toContain('<script');
    expect(page.text).not.toContain(HOSTILE);
  });

  it('gives a call that a shell takes as it stands', () => {
    expect(text).toContain('curl &#39;http://localhost:8000/operateurs/1/&#39;'.replaceAll('&#39;', '&#39;'));
    expect(text).toContain('Côte d&#39;&#92;&#39;&#39;Ivoire'.replaceAll('&#92;', '\\'));
  });
});
