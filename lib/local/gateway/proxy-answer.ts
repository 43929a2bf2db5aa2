import { validateHeaderName, validateHeaderValue } from 'node:http';
import * as z from 'zod';
import { isBinaryType } from './media-type.ts';

/** What goes back to the client. */
export interface ClientAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Buffer;
}

const headerName = z.string().refine((name) => isValid(() => validateHeaderName(name)));
const headerValue = z
  .union([z.string(), z.number(), z.boolean()])
  .transform(String)
  .refine((value) => isValid(() => validateHeaderValue('x', value)));

// Strict, because API Gateway answers 502 to a key that it does not know.
const ProxyAnswer = z.strictObject({
  statusCode: z
    .union([
      z.int(),
      z
        .string()
        .regex(/^\d{3}$/)
        .transform(Number),
    ])
    .refine((status) => status >= 100 && status <= 599),
  headers: z.record(headerName, headerValue).nullish(),
  multiValueHeaders: z.record(headerName, z.array(headerValue)).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

// A REST API keeps these for itself and renames what the function sends.
const REMAPPED = new Set(['authorization', 'connection', 'content-md5', 'date', 'max-forwards', 'server', 'user-agent', 'www-authenticate']);
const DROPPED = new Set(['expect', 'host', 'proxy-authenticate', 'te', 'trailer', 'transfer-encoding', 'upgrade', 'via', 'content-length']);

/**
 * Turns the answer of a proxy integration into what the client receives.
 * @returns `undefined` for an answer that breaks the format: API Gateway calls it malformed.
 */
export function clientAnswer(payload: string, accept: string | undefined, binaryMediaTypes: readonly string[]): ClientAnswer | undefined {
  const parsed = ProxyAnswer.safeParse(JSON.parse(payload));
  if (!parsed.success) return undefined;
  const { statusCode, headers, multiValueHeaders, body, isBase64Encoded } = parsed.data;
  // Only the first accepted type decides whether base64 is decoded; the text goes out as it is otherwise.
  const decode = isBase64Encoded === true && isBinaryType(accept?.split(',')[0], binaryMediaTypes);
  return {
    status: statusCode,
    headers: { 'Content-Type': 'application/json', ...publicHeaders({ ...headers, ...multiValueHeaders }) },
    body: Buffer.from(body ?? '', decode ? 'base64' : 'utf8'),
  };
}

function publicHeaders(headers: Readonly<Record<string, string | readonly string[]>>): Readonly<Record<string, string | readonly string[]>> {
  const entries = Object.entries(headers).flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    if (DROPPED.has(lower)) return [];
    if (lower === 'content-type') return [['Content-Type', value] as const];
    return [[REMAPPED.has(lower) ? `x-amzn-Remapped-${name}` : name, value] as const];
  });
  return Object.fromEntries(entries);
}

function isValid(check: () => void): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}
