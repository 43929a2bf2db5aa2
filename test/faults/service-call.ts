import type { IncomingHttpHeaders } from 'node:http';
import type { LocalService } from '../../lib/local/service-endpoints.ts';

/** One call of a function to a service; its repetitions by the SDK belong to it. */
export interface ServiceCall {
  /** `<area>-<name>` */
  readonly functionName: string;
  readonly service: LocalService;
  /** As the SDK calls it: `PutItem`, `SendMessage`, `GetObject`; the path where it is no SDK that asks. */
  readonly operation: string;
  /** 1 for the first call of this operation in a run. */
  readonly nth: number;
}

export interface ServiceRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

const S3_OBJECT: Readonly<Record<string, string>> = { GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' };

export function operationOf(service: LocalService, { method, url, headers }: ServiceRequest): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.slice(target.lastIndexOf('.') + 1);
  const { pathname } = new URL(url, 'http://service');
  return service === 's3' ? (S3_OBJECT[method] ?? method) : pathname.slice(pathname.lastIndexOf('/') + 1);
}

/** The same for every repetition of a call; absent where no SDK asks. */
export function invocationOf({ headers }: ServiceRequest): string | undefined {
  const id = headers['amz-sdk-invocation-id'];
  return typeof id === 'string' ? id : undefined;
}

export function callText({ functionName, service, operation, nth }: ServiceCall): string {
  return `${functionName} → ${service} ${operation} ${nth}`;
}
