import fc from 'fast-check';
import { operationOf } from '../../lib/http/operations.ts';
import { ROUTES } from '../../lib/http/routes.ts';

/** A request that somebody may send, for whatever reason. */
export interface GeneratedRequest {
  readonly method: string;
  /** As it is sent, query included. */
  readonly target: string;
  /** The path of the route that is meant; `undefined` where none is. */
  readonly route: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'PROPFIND'];

/** Numbers of nothing that another test works with, and what is no number. */
const ids = fc.oneof(
  fc.constantFrom(
    '0',
    '999999999',
    '999999999999999',
    '9999999999999999',
    '-1',
    '1.5',
    '1e3',
    '0x10',
    '__proto__',
    'constructor',
    'null',
    '%00',
    '%2e%2e%2f',
    '%F0%9F%A7%BE',
    '*',
    '1;2',
  ),
  fc.string({ minLength: 1, maxLength: 12 }).map(encodeURIComponent),
);

const NAMES = [
  'limit',
  'cursor',
  'operateur',
  'opateur__pk',
  'etat',
  'dateDebut',
  'dateFin',
  'fileName__icontains',
  'format',
  'redirect',
  'classe',
  'fermes',
  '__proto__',
  'toString',
];
const query = fc.oneof(
  { weight: 2, arbitrary: fc.constant('') },
  fc
    .array(
      fc.tuple(
        fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 8 })),
        fc.oneof(fc.constantFrom('', '0', '1', '-1', '99999999999999999999', '2026-02-30', 'ATTENTE', 'csv'), fc.string({ maxLength: 20 })),
      ),
      { maxLength: 4 },
    )
    .map((pairs) => `?${new URLSearchParams(pairs)}`),
  fc.constantFrom('?%', '?a=%ff', '?=&&=', '?limit=1&limit=2', `?operateur=${'x'.repeat(3_000)}`),
);

const rawBody = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    'null',
    'true',
    '0',
    '""',
    '[]',
    '{}',
    '[null]',
    '[[]]',
    '{"a":',
    '{"__proto__":{"x":1}}',
    '{"constructor":{"prototype":1}}',
    '\ufeff{}',
    '1e999',
    '"\\ud800"',
    '['.repeat(20_000),
  ),
  fc.json({ maxDepth: 4 }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constant(`{"name":"${'x'.repeat(200_000)}"}`),
);

const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    0,
    -1,
    1.5,
    1e21,
    Number.MAX_SAFE_INTEGER,
    '',
    ' ',
    '\u0000',
    '__proto__',
    'é🧾',
    '\ud800',
    '=1+1',
    [],
    {},
    [[]],
    { __proto__: null },
    'x'.repeat(5_000),
  ),
  fc.anything({ maxDepth: 2, values: [fc.string(), fc.integer(), fc.double(), fc.boolean(), fc.constant(null)] }),
);

/** The example of a route with fields changed, taken away or added. */
function mutated(example: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(example)) return fc.array(fc.oneof(mutated(example[0]), value), { maxLength: 3 });
  if (typeof example !== 'object' || example === null) return value;
  const fields = Object.entries(example).map(([name, present]) =>
    fc.oneof({ weight: 3, arbitrary: fc.constant(present) }, value, mutated(present), fc.constant(undefined)).map((changed) => [name, changed] as const),
  );
  return fc
    .tuple(fc.tuple(...fields), fc.dictionary(fc.oneof(fc.string({ maxLength: 6 }), fc.constant('__proto__')), value, { maxKeys: 1 }))
    .map(([own, more]) => ({ ...Object.fromEntries(own), ...more }));
}

const BOUNDARY = 'frontiere';
const multipart = fc
  .tuple(
    fc.constantFrom('operateur', 'fichier', '__proto__', ''),
    fc.constantFrom('', '; filename="a.xlsx"', '; filename="../../x.csv"', '; filename=""'),
    fc.oneof(fc.string(), fc.constant('OMCI')),
    fc.boolean(),
  )
  .map(([name, file, content, whole]) => `--${BOUNDARY}\r\ncontent-disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n${whole ? `--${BOUNDARY}--\r\n` : ''}`);

const typed = fc.oneof(
  fc.record({ type: fc.constantFrom('application/json', 'application/json; charset=latin1', 'text/plain', '', 'application/xml', 'APPLICATION/JSON', ';'), body: rawBody }),
  fc.record({
    type: fc.constant('application/x-www-form-urlencoded'),
    body: fc.oneof(rawBody, fc.constantFrom('a=b', 'grant_type=password', '%', '{"operateur":"OMCI"}', 'a=1&a=2')),
  }),
  fc.record({ type: fc.constantFrom(`multipart/form-data; boundary=${BOUNDARY}`, 'multipart/form-data', 'multipart/form-data; boundary='), body: fc.oneof(multipart, rawBody) }),
);

const accept = fc.constantFrom('', '*/*', 'text/html', 'application/json', 'image/png', 'text/html;q=x', ',;,', 'application/octet-stream');

/** A token stands in the place of `JETON`. */
const authorization = fc.constantFrom(
  '',
  'Bearer JETON',
  'Bearer JETON',
  'Bearer JETON',
  'bearer  JETON',
  'Bearer',
  'Bearer x',
  'Bearer a.b.c',
  'Basic eDp5',
  'Basic %',
  'Digest',
  `Bearer ${'a'.repeat(4_000)}`,
  'Bearer JETON JETON',
);

const meant = fc.constantFrom(...ROUTES).chain((route) => {
  const example = operationOf(route).body?.example;
  const body = fc.oneof(
    { weight: 2, arbitrary: typed },
    { weight: example === undefined ? 0 : 5, arbitrary: mutated(example).map((changed) => ({ type: 'application/json', body: JSON.stringify(changed) ?? '' })) },
  );
  return fc.record({
    method: fc.oneof({ weight: 8, arbitrary: fc.constant<string>(route.method) }, fc.constantFrom(...METHODS)),
    route: fc.constant<string>(route.path),
    id: ids,
    slash: fc.constantFrom('', '/'),
    query,
    body,
    accept,
    authorization,
  });
});

const lost = fc.record({
  method: fc.constantFrom(...METHODS),
  target: fc.constantFrom(
    '/',
    '//',
    '/taches//',
    '/../taches',
    '/%',
    '/%zz/x',
    '/taches/1/2/3',
    '/.env',
    '/v1/taches',
    '/TACHES',
    '/o',
    '/o/applications/1',
    '/__proto__',
    `/${'a'.repeat(2_000)}`,
  ),
  body: typed,
  accept,
  authorization,
});

interface Parts {
  readonly body: { readonly type: string; readonly body: string | Buffer };
  readonly accept: string;
  readonly authorization: string;
}

const sent = ({ body: { type, body }, accept: accepted, authorization: credentials }: Parts) => ({
  headers: { ...(type !== '' && { 'content-type': type }), ...(accepted !== '' && { accept: accepted }), ...(credentials !== '' && { authorization: credentials }) },
  body: Buffer.from(body),
});

export const generatedRequest: fc.Arbitrary<GeneratedRequest> = fc.oneof(
  {
    weight: 9,
    arbitrary: meant.map(({ method, route, id, slash, query: asked, ...parts }) => ({
      method,
      route,
      target: `${route.replaceAll(/\{\w+\}/gu, () => id)}${slash}${asked}`,
      ...sent(parts),
    })),
  },
  { weight: 1, arbitrary: lost.map(({ method, target, ...parts }) => ({ method, target, route: undefined, ...sent(parts) })) },
);
