import * as z from 'zod';
import { readCorrelationId } from '../log/work.ts';

const headers = z.record(z.string(), z.string().optional()).nullish().catch(undefined);
const gatewayEvent = z
  .object({
    headers,
    resource: z.string().optional().catch(undefined),
    httpMethod: z.string().optional().catch(undefined),
    requestContext: z
      .object({ requestId: z.string().optional().catch(undefined) })
      .optional()
      .catch(undefined),
  })
  .catch({ headers: undefined, resource: undefined, httpMethod: undefined, requestContext: undefined });

/** By what a request is found again in the logs. */
export interface RequestIds {
  readonly correlationId: string | undefined;
  /** Method and path of the route, without what a caller put in the place of `{id}`. */
  readonly route: string;
}

/** The caller's own correlation id, if it is one, or the gateway's number of the request. Never throws: it is read before anything is checked. */
export function requestIds(event: unknown): RequestIds {
  const { headers: given, resource, httpMethod, requestContext } = gatewayEvent.parse(event);
  const own = Object.entries(given ?? {}).find(([name]) => name.toLowerCase() === 'x-correlation-id')?.[1];
  return { correlationId: readCorrelationId(own) ?? readCorrelationId(requestContext?.requestId), route: `${httpMethod ?? '-'} ${resource ?? '-'}` };
}
