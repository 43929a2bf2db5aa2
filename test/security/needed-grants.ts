import type { IncomingHttpHeaders } from 'node:http';
import * as z from 'zod';
import type { LocalService } from '../../lib/local/service-endpoints.ts';

/** An action on a resource: `dynamodb:GetItem` on a table's name, `s3:PutObject` on `<bucket>/<key>`. */
export interface NeededGrant {
  readonly action: string;
  /** Name of the table, queue, bucket or pool; with the key behind it where an object is meant. */
  readonly resource: string;
}

interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Which permissions AWS would ask for before it did what is asked, by its service authorization reference. A request without a signature
 * needs none: those of Cognito that anybody may make. A form for an upload stands on the permission of the function that made it.
 * @throws Error for a request whose meaning is not known: it must not go by uncounted
 */
export function neededGrants(service: LocalService, seen: SeenRequest): readonly NeededGrant[] {
  if (service === 's3') return [objectGrant(seen)];
  return seen.headers.authorization?.startsWith('AWS4-') === true ? operationGrants(service, seen) : [];
}

function operationGrants(service: Exclude<LocalService, 's3'>, { headers, body }: SeenRequest): readonly NeededGrant[] {
  if (service === 'sms') return [{ action: 'sns:Publish', resource: smsReceiver.parse(Object.fromEntries(new URLSearchParams(body.toString('utf8')))).PhoneNumber }];
  const operation = String(headers['x-amz-target']).split('.')[1] ?? '';
  const input: unknown = JSON.parse(body.toString('utf8'));
  switch (service) {
    case 'dynamodb':
      return tablesOf(input).map((resource) => ({ action: `dynamodb:${operation}`, resource }));
    case 'sqs':
      return [{ action: `sqs:${operation.replace(/Batch$/u, '')}`, resource: z.object({ QueueUrl: z.string() }).parse(input).QueueUrl.split('/').at(-1) ?? '' }];
    case 'cognito':
      return [{ action: `cognito-idp:${operation}`, resource: z.object({ UserPoolId: z.string() }).parse(input).UserPoolId }];
    case 'mail':
      return [{ action: 'ses:SendEmail', resource: z.object({ FromEmailAddress: z.string() }).parse(input).FromEmailAddress }];
    default:
      return service satisfies never;
  }
}

const smsReceiver = z.object({ Action: z.literal('Publish'), PhoneNumber: z.string() });
const dynamoInput = z.union([z.object({ TableName: z.string() }), z.object({ RequestItems: z.record(z.string(), z.unknown()) })]);

function tablesOf(input: unknown): readonly string[] {
  const parsed = dynamoInput.parse(input);
  return 'TableName' in parsed ? [parsed.TableName] : Object.keys(parsed.RequestItems);
}

const FORM_KEY = /name="key"\r\n\r\n([^\r\n]+)\r\n/u;
const LONGEST_FIELDS = 16_384;

/** Addresses are `/<bucket>/<key>`. */
function objectGrant({ method, url, headers, body }: SeenRequest): NeededGrant {
  const { pathname, searchParams } = new URL(url, 'http://s3');
  const path = decodeURIComponent(pathname).slice(1).replace(/\/$/u, '');
  const isObject = path.includes('/');
  if (isObject && (method === 'GET' || method === 'HEAD')) return { action: searchParams.has('versionId') ? 's3:GetObjectVersion' : 's3:GetObject', resource: path };
  if (!isObject && method === 'GET' && searchParams.has('versions')) return { action: 's3:ListBucketVersions', resource: path };
  if (isObject && method === 'PUT') return { action: 's3:PutObject', resource: path };
  if (!isObject && method === 'POST' && headers['content-type']?.startsWith('multipart/form-data') === true) {
    return { action: 's3:PutObject', resource: `${path}/${FORM_KEY.exec(body.subarray(0, LONGEST_FIELDS).toString('utf8'))?.[1]}` };
  }
  throw new Error(`which permission ${method} ${url} needs is not known`);
}
