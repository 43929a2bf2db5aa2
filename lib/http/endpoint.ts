import middy from '@middy/core';
import type { APIGatewayProxyResult, Context } from 'aws-lambda';
import * as z from 'zod';
import type { Caller } from '../core/user.ts';
import { log } from '../log/log.ts';
import { inWork } from '../log/work.ts';
import { Failure } from '../use-cases/failure.ts';
import { readBody } from './body.ts';
import { fieldErrors } from './field-errors.ts';
import { defectAnswer, failureAnswer, type HttpAnswer, jsonAnswer } from './problem.ts';
import { type HttpRequest, requestOf } from './request.ts';
import { requestIds } from './request-ids.ts';

/** What a route takes and gives. Everything is parsed before the work begins; the answer is parsed too. */
export interface EndpointSchemas<Body, Path, Query, Answer> {
  /** Refuses who may not call, before anything of the request is looked at. Throws Failure. */
  readonly admit?: (caller: Caller | undefined) => unknown;
  readonly body?: z.ZodType<Body>;
  readonly path?: z.ZodType<Path>;
  readonly query?: z.ZodType<Query>;
  readonly answer: z.ZodType<Answer>;
  /** 204 goes with an answer of `undefined`. */
  readonly status: Status | ((answer: Answer) => Status);
}

type Status = 200 | 201 | 202 | 204;

export interface EndpointInput<Body, Path, Query> {
  readonly body: Body;
  readonly path: Path;
  readonly query: Query;
  readonly caller: Caller | undefined;
}

/** A page of a list: the answer, and the cursor of the page after it. */
export interface Page<Answer> {
  readonly answer: Answer;
  readonly next: string | undefined;
}

type Handler = (event: unknown, context: Context) => Promise<APIGatewayProxyResult>;

/** A handler that shows what it works with: the specification is held to it. */
type DescribedHandler = Handler & { readonly schemas: Readonly<Partial<Record<'body' | 'path' | 'query' | 'answer', z.ZodType>>> };

function described(handler: Handler, schemas: DescribedHandler['schemas']): DescribedHandler {
  return Object.assign(handler, { schemas });
}

/** A handler for one route: parses the request, does the work, parses and writes the answer; failures become their HTTP answers. */
export function endpoint<Body = undefined, Path = undefined, Query = undefined, Answer = unknown>(schemas: EndpointSchemas<Body, Path, Query, Answer>) {
  return (work: (input: EndpointInput<Body, Path, Query>) => Promise<Answer>): DescribedHandler =>
    described(
      handlerOf(async (request) => answered(schemas, await work(await inputOf(schemas, request)))),
      schemas,
    );
}

/** As `endpoint`, for lists: the next page is a `Link` header. */
export function pagedEndpoint<Body = undefined, Path = undefined, Query = undefined, Answer = unknown>(schemas: EndpointSchemas<Body, Path, Query, Answer>) {
  return (work: (input: EndpointInput<Body, Path, Query>) => Promise<Page<Answer>>): DescribedHandler =>
    described(
      handlerOf(async (request) => {
        const { answer, next } = await work(await inputOf(schemas, request));
        return answered(schemas, answer, linkHeader(request, next));
      }),
      schemas,
    );
}

function answered<Answer>(
  { answer, status }: Pick<EndpointSchemas<never, never, never, Answer>, 'answer' | 'status'>,
  value: Answer,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  const parsedAnswer = answer.parse(value);
  return jsonAnswer(typeof status === 'function' ? status(parsedAnswer) : status, parsedAnswer, headers);
}

/** For routes whose answers are not always JSON: `respond` reads the request and writes the answer itself. Failures are answered as everywhere. */
export function customEndpoint(respond: (request: HttpRequest) => Promise<HttpAnswer>): Handler {
  return handlerOf(respond);
}

/** A part of a request. @throws Failure: 400, naming the fields */
export function checked<Part>(schema: z.ZodType<Part>, part: unknown): Part {
  const result = schema.safeParse(part);
  if (!result.success) throw invalidRequest(result.error);
  return result.data;
}

/** The parts of a path. @throws Failure 404: an id that cannot be one names nothing */
export function checkedPath<Part>(schema: z.ZodType<Part>, parameters: unknown): Part {
  const result = schema.safeParse(parameters);
  if (!result.success) throw notFound();
  return result.data;
}

/** The `Link` of a list's next page; no header on its last one. */
export function linkHeader(request: HttpRequest, next: string | undefined): Readonly<Record<string, string>> {
  return next === undefined ? {} : { link: nextLink(request, next) };
}

function nextLink({ url, query }: HttpRequest, cursor: string): string {
  return `<${url}?${new URLSearchParams({ ...query, cursor })}>; rel="next"`;
}

async function inputOf<Body, Path, Query>(
  schemas: Pick<EndpointSchemas<Body, Path, Query, unknown>, 'admit' | 'body' | 'path' | 'query'>,
  request: HttpRequest,
): Promise<EndpointInput<Body, Path, Query>> {
  schemas.admit?.(request.caller);
  return {
    path: await parsed(schemas.path, () => request.pathParameters, notFound),
    query: await parsed(schemas.query, () => request.query, invalidRequest),
    body: await parsed(schemas.body, () => readBody(request), invalidRequest),
    caller: request.caller,
  };
}

/** Without a schema the part is `undefined`, as the type of the endpoint says. */
async function parsed<Part>(schema: z.ZodType<Part> | undefined, read: () => unknown, failure: (error: z.ZodError) => Failure): Promise<Part> {
  const result = schema === undefined ? z.custom<Part>(() => true).safeParse(undefined) : schema.safeParse(await read());
  if (!result.success) throw failure(result.error);
  return result.data;
}

function invalidRequest(error: z.ZodError): Failure {
  return new Failure({ code: 'invalid-request', detail: 'La requête comporte des champs manquants ou invalides.', errors: fieldErrors(error.issues) });
}

/** An id that cannot be one names nothing. */
function notFound(): Failure {
  return new Failure({ code: 'not-found', detail: 'Cet identifiant ne correspond à rien.' });
}

function handlerOf(respond: (request: HttpRequest) => Promise<HttpAnswer>): Handler {
  return middy<unknown, APIGatewayProxyResult>().handler(async (event: unknown, context: Context) => {
    const { correlationId = context.awsRequestId, route } = requestIds(event);
    return inWork(correlationId, context.awsRequestId, async () => {
      const begun = performance.now();
      const answer = await answerOf(respond, event, context.awsRequestId);
      log('INFO', 'request', { route, status: answer.status, milliseconds: Math.round(performance.now() - begun) });
      return written(answer, correlationId);
    });
  });
}

async function answerOf(respond: (request: HttpRequest) => Promise<HttpAnswer>, event: unknown, requestId: string): Promise<HttpAnswer> {
  try {
    return await respond(requestOf(event));
  } catch (error) {
    if (error instanceof Failure) return failureAnswer(error.reason);
    log('ERROR', 'defect', {}, error);
    return defectAnswer(requestId);
  }
}

function written({ status, headers, body, text }: HttpAnswer, correlationId: string): APIGatewayProxyResult {
  const payload = text ?? (body === undefined ? '' : JSON.stringify(body));
  return { statusCode: status, headers: { ...headers, 'x-correlation-id': correlationId, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }, body: payload };
}
