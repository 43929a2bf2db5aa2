import type * as z from 'zod';
import { type AnswerOfRoute, problem, type RequestType, TAGS } from '../operations/operation.ts';
import { operationOf } from '../operations.ts';
import { type Access, ROUTES, type Route } from '../routes.ts';
import { meaningOf } from './field-meanings.ts';
import type { JsonSchema } from './json-schema.ts';
import { type SchemaCollection, schemaCollection } from './schema-collection.ts';

export interface OpenApiDocument {
  readonly openapi: '3.1.0';
  readonly info: { readonly title: string; readonly version: string; readonly description: string; readonly license: { readonly name: string; readonly identifier: string } };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  /** By path, then by method in lower case. */
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly securitySchemes: Readonly<Record<string, unknown>>;
    readonly schemas: Readonly<Record<string, JsonSchema>>;
  };
}

export interface OpenApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly OpenApiParameter[];
  readonly requestBody?: { readonly required: boolean; readonly content: Readonly<Partial<Record<RequestType, OpenApiContent>>> };
  /** By status. */
  readonly responses: Readonly<Record<string, OpenApiAnswer>>;
}

export interface OpenApiParameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description?: string;
  readonly schema: JsonSchema;
}

export interface OpenApiContent {
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

export interface OpenApiAnswer {
  readonly description: string;
  readonly headers?: Readonly<Record<string, { readonly description: string; readonly schema: JsonSchema }>>;
  readonly content?: Readonly<Record<string, OpenApiContent>>;
}

const VERSION = '0.1.0';

/** Where `npm start` puts the API. */
export const LOCAL_SERVER = 'http://localhost:8000';

const ABOUT = [
  'Rapprochement des relevés des opérateurs de mobile money avec le grand livre de CinetPay.',
  'Chaque adresse répond avec et sans `/` final. Les dates sont en UTC, avec `Z` ; celles d’une demande sont à l’heure de l’opérateur.',
  'Les erreurs sont du type `application/problem+json` (RFC 9457), `detail` en français, sauf là où l’ancien système avait un corps à lui.',
  'Une adresse inconnue est un 404, une adresse mal encodée un 400, un en-tête de plus de 10 Ko un 431.',
  'Les listes se lisent par pages : `limit`, et l’adresse suivante dans l’en-tête `Link`.',
].join('\n\n');

/** The OpenAPI document of the API. @param server where it stands, without a final `/` */
export function openApiDocument(server: string): OpenApiDocument {
  const schemas = schemaCollection();
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const route of ROUTES) {
    const methods = paths[route.path] ?? {};
    methods[route.method.toLowerCase()] = documented(route, schemas);
    paths[route.path] = methods;
  }
  return {
    openapi: '3.1.0',
    info: { title: 'API de réconciliation', version: VERSION, description: ABOUT, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: server }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      securitySchemes: {
        jeton: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'Un jeton d’accès de `POST /authentication/token` ou de `POST /o/token`, bon 10 heures.' },
      },
      schemas: schemas.components(),
    },
  };
}

const TOKEN = [{ jeton: [] }];
const TOKEN_OR_NOTHING = [{}, { jeton: [] }];

const SECURITY = {
  open: [],
  bearer: TOKEN,
  // Which of the two, the stage says.
  'open-reads': TOKEN_OR_NOTHING,
  'open-registration': TOKEN_OR_NOTHING,
} as const satisfies Record<Access, OpenApiOperation['security']>;

function documented(route: Route, schemas: SchemaCollection): OpenApiOperation {
  const { access } = route;
  const { tag, summary, description, path, query, body, answers } = operationOf(route);
  const parameters = [...(path ? parametersOf('path', path, schemas) : []), ...(query ? parametersOf('query', query, schemas) : [])];
  return {
    operationId: operationId(route),
    tags: [tag],
    summary,
    ...(description !== undefined && { description }),
    security: SECURITY[access],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: body.required,
        content: Object.fromEntries(body.types.map((type, index) => [type, requestContent(schemas.request(body.schema), index === 0 ? body.example : undefined)])),
      },
    }),
    responses: Object.fromEntries(Object.entries({ ...commonAnswers(access, body !== undefined), ...answers }).map(([status, answer]) => [status, answerOf(answer, schemas)])),
  };
}

/** `GET /taches/{id}` → `get_taches_id`. */
function operationId({ method, path }: Route): string {
  return `${method} ${path}`
    .toLowerCase()
    .replaceAll(/[^a-z_]+/gu, ' ')
    .trim()
    .replaceAll(' ', '_');
}

function parametersOf(place: 'path' | 'query', object: z.ZodObject, schemas: SchemaCollection): readonly OpenApiParameter[] {
  const { properties = {} } = schemas.request(object);
  return Object.entries(properties).map(([name, { description: _, ...schema }]) => {
    const meaning = meaningOf(place, name);
    return { name, in: place, required: place === 'path', ...(meaning !== undefined && { description: meaning }), schema };
  });
}

function requestContent(schema: JsonSchema, example: unknown): OpenApiContent {
  return { schema, ...(example !== undefined && { example }) };
}

function answerOf({ description, contents, headers }: AnswerOfRoute, schemas: SchemaCollection): OpenApiAnswer {
  const content = Object.entries(contents).map(([type, schema]) => [type, { schema: schema === 'text' ? { type: 'string' } : schemas.answer(schema) }]);
  return {
    description,
    ...(headers && { headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, { description: text, schema: { type: 'string' } }])) }),
    ...(content.length > 0 && { content: Object.fromEntries(content) }),
  };
}

/** What every route of a kind may answer, whatever it does. */
function commonAnswers(access: Access, takesBody: boolean): Readonly<Record<string, AnswerOfRoute>> {
  return {
    ...(access !== 'open' && {
      401: problem("Le jeton manque, ou n'est pas, n'est plus valable, ou a été révoqué.", { 'WWW-Authenticate': '`Bearer`.' }),
      403: problem("Votre compte n'a pas de rôle, ou pas celui qu'il faut ; ou le jeton ne permet que de lire."),
    }),
    ...(takesBody && { 413: problem('La requête est trop volumineuse : 4 Mo au plus.') }),
    429: problem('Trop de requêtes : réessayez dans quelques secondes.', { 'Retry-After': 'Des secondes.' }),
    500: problem('Une erreur de notre côté. Elle est journalisée sous le numéro que donne `detail`.'),
    504: problem("La réponse n'est pas venue à temps. Vérifiez si la demande a été enregistrée avant de la répéter."),
  };
}
