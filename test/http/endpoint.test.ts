import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { customEndpoint, endpoint, pagedEndpoint } from '../../lib/http/endpoint.ts';
import { idPath } from '../../lib/http/schemas/paging.ts';
import { Failure, type FailureReason } from '../../lib/use-cases/failure.ts';
import { CONTEXT } from './a-context.ts';
import { anEvent, type EventChanges } from './an-event.ts';

const answer = z.object({ ok: z.boolean() });
const body = z.object({ nom: z.string() });
const AWA = { username: 'awa', groups: 'agent,superviseur' };

let logged: string[] = [];
beforeEach(() => {
  logged = [];
  vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'ERROR');
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => logged.push(String(text)) > 0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

type Handler = ReturnType<typeof customEndpoint>;

async function call(handler: Handler, changes: EventChanges = {}) {
  const { statusCode, headers, body: text } = await handler(anEvent(changes), CONTEXT);
  const value: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: statusCode, headers: headers ?? {}, body: value, text };
}

const failing = (reason: FailureReason) => call(endpoint({ answer, status: 200 })(() => Promise.reject(new Failure(reason))));

describe('an endpoint', () => {
  it('gives its work what was parsed, and answers with JSON in UTF-8', async () => {
    const seen: unknown[] = [];
    const handler = endpoint({ body, path: idPath, query: z.object({ page: z.coerce.number() }), answer, status: 201 })(async (input) => {
      seen.push(input);
      return { ok: true };
    });
    expect(await call(handler, { body: '{"nom":"é"}', id: '7', query: { page: '2' }, caller: AWA })).toMatchObject({
      status: 201,
      body: { ok: true },
      headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' },
    });
    expect(seen).toEqual([{ body: { nom: 'é' }, path: { id: 7 }, query: { page: 2 }, caller: { username: 'awa', groups: ['agent', 'superviseur'] } }]);
  });

  it('asks for no body where it has no use for one', async () => {
    const handler = endpoint({ answer, status: 200 })(async () => ({ ok: true }));
    expect(await call(handler, { body: '{"a":' })).toMatchObject({ status: 200 });
  });

  it('answers 204 with nothing', async () => {
    expect(await call(endpoint({ answer: z.undefined(), status: 204 })(async () => undefined))).toMatchObject({ status: 204, text: '' });
  });

  it('may choose its status by its answer', async () => {
    const handler = endpoint({ answer, status: ({ ok }) => (ok ? 201 : 202) })(async () => ({ ok: false }));
    expect((await call(handler)).status).toBe(202);
  });

  it('refuses whoever may not call before it looks at anything else', async () => {
    const admit = () => {
      throw new Failure({ code: 'forbidden', detail: 'Non.' });
    };
    expect(
      (
        await call(
          endpoint({ admit, body, path: idPath, answer, status: 200 })(async () => ({ ok: true })),
          { body: '{"a":', id: 'x' },
        )
      ).status,
    ).toBe(403);
  });

  it.each([['null'], ['""'], ['[]'], ['"x"'], ['42'], [''], ['{"a":'], ['{"nom":null}']])('answers the body %s with a 400 problem in French', async (text) => {
    const {
      status,
      headers,
      body: problem,
    } = await call(
      endpoint({ body, answer, status: 200 })(async () => ({ ok: true })),
      { body: text },
    );
    expect(status).toBe(400);
    expect(headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8' });
    expect(problem).toMatchObject({ type: 'about:blank', title: 'Requête invalide', status: 400, detail: expect.stringMatching(/requête/u), errors: expect.any(Object) });
    expect(logged).toEqual([]);
  });

  it('answers bytes that are no UTF-8 with a 400', async () => {
    expect(
      await call(
        endpoint({ body, answer, status: 200 })(async () => ({ ok: true })),
        { body: Buffer.from('{"nom":"é"}', 'latin1') },
      ),
    ).toMatchObject({ status: 400 });
  });

  it('answers more than 4 MB with a 413 that tells of the other ways', async () => {
    const { status, body: problem } = await call(
      endpoint({ body, answer, status: 200 })(async () => ({ ok: true })),
      { body: `{"nom":"${'x'.repeat(4 * 1024 * 1024)}"}` },
    );
    expect([status, problem]).toMatchObject([413, { detail: expect.stringContaining('depot/operateurs/') }]);
  });

  it.each([['x'], ['-1'], ['1.5'], ['1e3'], ['9999999999999999'], ['']])('answers the id %j, which can be none, with a 404', async (id) => {
    expect(
      await call(
        endpoint({ path: idPath, answer, status: 200 })(async () => ({ ok: true })),
        { id },
      ),
    ).toMatchObject({ status: 404, body: { title: 'Introuvable' } });
  });

  it('names the fields of a query that are wrong', async () => {
    const handler = endpoint({ query: z.object({ page: z.string().regex(/^\d+$/u), autre: z.string() }), answer, status: 200 })(async () => ({ ok: true }));
    expect(await call(handler, { query: { page: 'x' } })).toMatchObject({ status: 400, body: { errors: { page: [expect.any(String)], autre: ['Ce champ est obligatoire.'] } } });
  });
});

describe('the answers to failures', () => {
  it.each<[FailureReason, number, unknown]>([
    [{ code: 'unknown-operator' }, 404, { operator: "doesn't exist" }],
    [{ code: 'already-processed', owner: 'awa', tacheId: 7 }, 406, { existance: 'exist', person: 'awa' }],
    [{ code: 'statement-refused', refusal: { kind: 'headers', missing: ['Crédit'] } }, 406, { file: 'the headers do not match' }],
    [{ code: 'statement-refused', refusal: { kind: 'sheet', sheet: 'Relevé', present: ['Feuil1'] } }, 406, { file: 'the headers do not match' }],
    [{ code: 'statement-refused', refusal: { kind: 'account' } }, 406, { operator: 'invalid' }],
    [{ code: 'statement-refused', refusal: { kind: 'bad-rows', rows: [3, 9].map((number) => ({ number, problems: [] })) } }, 406, { file: 'empty', 'problem to line ': [3, 9] }],
    [{ code: 'statement-refused', refusal: { kind: 'bad-rows', rows: [] } }, 406, { file: 'empty', 'problem to line ': [] }],
    [{ code: 'invalid-grant', detail: 'Non.' }, 400, { error: 'invalid_grant', error_description: 'Non.' }],
    [{ code: 'refused-fields', errors: { username: ['Pris.'] } }, 400, { username: ['Pris.'] }],
  ])('%j are %i with the seed’s body', async (reason, status, expected) => {
    const given = await failing(reason);
    expect(given).toMatchObject({ status, headers: { 'content-type': 'application/json; charset=utf-8' } });
    expect(given.body).toEqual(expected);
  });

  it.each<[FailureReason, number, string]>([
    [{ code: 'invalid-request', detail: 'Non.' }, 400, 'Requête invalide'],
    [{ code: 'unauthenticated' }, 401, 'Authentification requise'],
    [{ code: 'forbidden', detail: 'Non.' }, 403, 'Accès refusé'],
    [{ code: 'not-found', detail: 'Non.' }, 404, 'Introuvable'],
    [{ code: 'conflict', detail: 'Non.' }, 409, 'Conflit'],
    [{ code: 'too-large', detail: 'Non.' }, 413, 'Requête trop volumineuse'],
    [{ code: 'file-unreadable', detail: 'Non.' }, 422, 'Fichier illisible'],
  ])('%j are a problem of RFC 9457 with status %i', async (reason, status, title) => {
    expect(await failing(reason)).toMatchObject({
      status,
      headers: { 'content-type': 'application/problem+json; charset=utf-8' },
      body: { type: 'about:blank', title, status, detail: expect.any(String) },
    });
  });

  it('a 401 says how to come back, a 422 names the field', async () => {
    expect((await failing({ code: 'unauthenticated' })).headers).toMatchObject({ 'www-authenticate': 'Bearer' });
    expect((await failing({ code: 'file-unreadable', detail: 'Vide.' })).body).toMatchObject({ errors: { fichier: ['Vide.'] } });
  });

  it('are not logged: they are the caller’s to mend', async () => {
    await failing({ code: 'not-found', detail: 'Non.' });
    expect(logged).toEqual([]);
  });
});

describe('a defect of ours', () => {
  it.each([
    ['an answer that breaks its schema', endpoint({ answer, status: 200 })(() => Promise.resolve(JSON.parse('{"ok":"oui"}')))],
    ['an error', endpoint({ answer, status: 200 })(() => Promise.reject(new Error('secret of the table')))],
    ['something that is no error', endpoint({ answer, status: 200 })(() => Promise.reject('secret'))],
    ['an error of a page', customEndpoint(() => Promise.reject(new Error('secret')))],
  ])('%s is a 500 that says nothing but its number, and is logged under it', async (_what, handler) => {
    const given = await call(handler);
    expect(given).toMatchObject({ status: 500, headers: { 'content-type': 'application/problem+json; charset=utf-8' }, body: { title: 'Erreur interne', status: 500 } });
    expect(given.text).toContain('demande-1');
    expect(given.text).not.toContain('secret');
    expect(logged).toHaveLength(1);
    expect(JSON.parse(logged[0] ?? '')).toMatchObject({ level: 'ERROR', message: 'defect', requestId: 'demande-1' });
  });

  it('is a call that is none of API Gateway’s', async () => {
    const handler = endpoint({ answer, status: 200 })(async () => ({ ok: true }));
    expect((await handler({ Records: [] }, CONTEXT)).statusCode).toBe(500);
  });
});

describe('a list', () => {
  const list = (next: string | undefined) =>
    pagedEndpoint({ query: z.object({ limit: z.string().optional() }), answer: z.array(z.int()), status: 200 })(async () => ({ answer: [1, 2], next }));

  it('is a plain array, and its next page a Link header with the same query', async () => {
    const { body: rows, headers } = await call(list('42'), { query: { limit: '2', etat: 'ATTENTE', cursor: '50', nom: 'é&=' } });
    expect(rows).toEqual([1, 2]);
    expect(headers).toMatchObject({ link: '<https://api.example/v1/taches/?limit=2&etat=ATTENTE&cursor=42&nom=%C3%A9%26%3D>; rel="next"' });
  });

  it('has no Link on its last page', async () => {
    expect(await call(list(undefined))).toMatchObject({ status: 200, headers: expect.not.objectContaining({ link: expect.anything() }) });
  });

  it('may be empty', async () => {
    const handler = pagedEndpoint({ answer: z.array(z.int()), status: 200 })(async () => ({ answer: [], next: undefined }));
    expect((await call(handler)).text).toBe('[]');
  });
});
