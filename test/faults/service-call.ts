import type { IncomingHttpHeaders } from 'node:http';
import type { LocalService } from '../../lib/local/service-endpoints.ts';

/** What faults stand in front of: the services, and whoever receives webhooks. */
export type DisturbedService = LocalService | 'webhook';

/** One call of a function to a service; its repetitions by the SDK belong to it. */
export interface ServiceCall {
  /** `<area>-<name>`, or `s3`, which calls SQS by itself. */
  readonly functionName: string;
  readonly service: DisturbedService;
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

/** Where the address says what is asked for, or nothing does. */
const ONE_OPERATION: Partial<Record<DisturbedService, string>> = { mail: 'SendEmail', sms: 'Publish', webhook: 'POST' };
const S3_OBJECT: Readonly<Record<string, string>> = { GET: 'GetObject', HEAD: 'HeadObject', PUT: 'PutObject', DELETE: 'DeleteObject' };

export function operationOf(service: DisturbedService, { method, url, headers }: ServiceRequest): string {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') return target.slice(target.lastIndexOf('.') + 1);
  const only = ONE_OPERATION[service];
  if (only !== undefined) return only;
  const { pathname, searchParams } = new URL(url, 'http://service');
  if (service === 's3' && searchParams.has('versions')) return 'ListObjectVersions';
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
