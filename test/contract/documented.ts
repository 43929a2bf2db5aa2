import * as z from 'zod';
import { type OpenApiAnswer, type OpenApiOperation, openApiDocument } from '../../lib/http/openapi/document.ts';
import type { JsonSchema } from '../../lib/http/openapi/json-schema.ts';

/** The document as any client gets it. */
export const DOCUMENT = openApiDocument('http://api.test');

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** What is said of a route. */
export function documentedOperation(method: string, path: string): OpenApiOperation | undefined {
  return DOCUMENT.paths[path]?.[method.toLowerCase()];
}

/** What an answer has that the document does not say, or the other way round; none where it is as documented. */
export function departures(method: string, path: string, answer: WireAnswer): readonly string[] {
  const responses = documentedOperation(method, path)?.responses;
  const documented = responses?.[String(answer.status)];
  if (documented === undefined) return [`status ${answer.status} is not documented: ${answer.text.slice(0, 300)}`];
  return [...headerDepartures(documented, answer), ...contentDepartures(documented, answer)];
}

function headerDepartures({ headers = {} }: OpenApiAnswer, answer: WireAnswer): readonly string[] {
  const asks = answer.headers.has('www-authenticate') || answer.headers.has('x-amzn-remapped-www-authenticate');
  return answer.status === 401 && Object.keys(headers).some((name) => /www-authenticate/iu.test(name)) && !asks ? ['a 401 that does not say what is asked for'] : [];
}

function contentDepartures({ content = {} }: OpenApiAnswer, answer: WireAnswer): readonly string[] {
  const [type = ''] = (answer.headers.get('content-type') ?? '').split(';');
  if (Object.keys(content).length === 0) return answer.text === '' ? [] : ['a body where none is documented'];
  const shape = content[type]?.schema;
  if (shape === undefined) return [`content type ${type} is not documented: ${answer.text.slice(0, 300)}`];
  if (type === 'text/html') return answer.text.startsWith('<!DOCTYPE html>') ? [] : ['not a page'];
  const body: unknown = JSON.parse(answer.text);
  const parsed = validatorOf(shape).safeParse(body);
  return parsed.success ? [] : [`${z.prettifyError(parsed.error)}\n${answer.text.slice(0, 600)}`];
}

const validators = new Map<string, z.ZodType>();

/** JSON Schema as a check, strict about fields that are not in it. */
export function validatorOf(shape: JsonSchema): z.ZodType {
  const text = JSON.stringify({ ...shape, $defs: DOCUMENT.components.schemas }).replaceAll('#/components/schemas/', '#/$defs/');
  const known = validators.get(text);
  if (known !== undefined) return known;
  const validator = z.fromJSONSchema(JSON.parse(text));
  validators.set(text, validator);
  return validator;
}
