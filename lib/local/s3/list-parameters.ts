import { encodedKey } from './object-created-event.ts';
import { invalidArgument } from './s3-error.ts';
import type { S3Request } from './s3-request.ts';

const MOST_ENTRIES = 1_000;

/** What lists have in common. */
export interface ListParameters {
  readonly prefix: string;
  readonly delimiter: string;
  readonly limit: number;
  readonly encoding: 'url' | undefined;
  /** How a key is to be written. */
  readonly written: (key: string) => string;
}

/** @throws S3Error InvalidArgument */
export function listParameters(request: S3Request, limitName = 'max-keys'): ListParameters {
  const encoding = request.query.get('encoding-type');
  if (encoding !== undefined && encoding !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encoding);
  const asked = request.query.get(limitName) || String(MOST_ENTRIES);
  if (!/^\d{1,9}$/.test(asked)) throw invalidArgument(`Provided ${limitName} not an integer or within integer range`, limitName, asked);
  return {
    prefix: request.query.get('prefix') ?? '',
    delimiter: request.query.get('delimiter') ?? '',
    limit: Math.min(Number(asked), MOST_ENTRIES),
    encoding,
    written: encoding === 'url' ? encodedKey : (key) => key,
  };
}
