import { S3Error } from './s3-error.ts';

const LONGEST_SECONDS = 604_800;

/**
 * Refuses a presigned URL whose time is over, or that does not say when.
 * @throws S3Error AccessDenied, AuthorizationQueryParametersError
 */
export function refuseIfExpired(query: ReadonlyMap<string, string>, now: Date): void {
  const expiry = expiryOf(query);
  if (expiry !== undefined && now.getTime() > expiry.getTime()) {
    throw new S3Error(403, 'AccessDenied', 'Request has expired', { Expires: expiry.toISOString(), ServerTime: now.toISOString() });
  }
}

function expiryOf(query: ReadonlyMap<string, string>): Date | undefined {
  if (query.has('X-Amz-Signature') || query.has('X-Amz-Algorithm')) return version4Expiry(query);
  return query.has('Signature') && query.has('AWSAccessKeyId') ? version2Expiry(query.get('Expires') ?? '') : undefined;
}

function version4Expiry(query: ReadonlyMap<string, string>): Date {
  for (const name of ['X-Amz-Algorithm', 'X-Amz-Credential', 'X-Amz-Date', 'X-Amz-Expires', 'X-Amz-SignedHeaders', 'X-Amz-Signature']) {
    if (!query.has(name)) {
      throw badParameters(
        'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
      );
    }
  }
  const signed = signingTime(query.get('X-Amz-Date') ?? '');
  const seconds = /^\d{1,9}$/.test(query.get('X-Amz-Expires') ?? '') ? Number(query.get('X-Amz-Expires')) : Number.NaN;
  if (Number.isNaN(seconds)) throw badParameters('X-Amz-Expires should be a number');
  if (seconds > LONGEST_SECONDS) throw badParameters('X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds');
  return new Date(signed.getTime() + seconds * 1_000);
}

/** `20210527T101500Z` */
function signingTime(text: string): Date {
  const time = new Date(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!/^\d{8}T\d{6}Z$/.test(text) || Number.isNaN(time.getTime())) throw badParameters("X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  return time;
}

function version2Expiry(seconds: string): Date {
  if (!/^\d{1,12}$/.test(seconds)) throw new S3Error(403, 'AccessDenied', `Invalid date (should be seconds since epoch): ${seconds}`);
  return new Date(Number(seconds) * 1_000);
}

function badParameters(message: string): S3Error {
  return new S3Error(400, 'AuthorizationQueryParametersError', message);
}
