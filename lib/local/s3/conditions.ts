import type { S3Answer } from './s3-answer.ts';
import { noSuchKey, notImplemented, preconditionFailed } from './s3-error.ts';
import type { AnyVersion, ObjectVersion } from './stored-object.ts';

type Headers = ReadonlyMap<string, string>;

/** Whether a write may go on, given the latest version of its key. Asked before the body is read, and again when it is stored. */
export type WriteCondition = (key: string, latest: AnyVersion | undefined) => void;

/**
 * The condition of `If-None-Match: *` or `If-Match: <etag>`.
 * @throws S3Error (from the condition) PreconditionFailed, or NoSuchKey for If-Match on nothing
 */
export function writeCondition(headers: Headers): WriteCondition {
  const noneMatch = headers.get('if-none-match');
  const match = headers.get('if-match');
  if (noneMatch !== undefined && noneMatch !== '*') throw notImplemented('If-None-Match with anything but * on a write');
  return (key, latest) => {
    const current = latest?.deleteMarker === false ? latest : undefined;
    if (noneMatch !== undefined && current !== undefined) throw preconditionFailed('If-None-Match');
    if (match === undefined) return;
    if (current === undefined) throw noSuchKey(key);
    if (!names(match, current.eTag)) throw preconditionFailed('If-Match');
  };
}

/**
 * What the conditions of a read make of it: `undefined` to go on, or the 304.
 * @throws S3Error PreconditionFailed
 */
export function readCondition(headers: Headers, version: ObjectVersion): S3Answer | undefined {
  const [match, noneMatch] = [headers.get('if-match'), headers.get('if-none-match')];
  const modified = Math.floor(version.modified.getTime() / 1_000) * 1_000;
  if (match !== undefined) {
    if (!names(match, version.eTag)) throw preconditionFailed('If-Match');
  } else if (modified > dateOf(headers.get('if-unmodified-since'), Number.POSITIVE_INFINITY)) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  const unchanged = noneMatch === undefined ? modified <= dateOf(headers.get('if-modified-since'), Number.NEGATIVE_INFINITY) : names(noneMatch, version.eTag);
  return unchanged ? { status: 304, headers: { etag: `"${version.eTag}"`, 'last-modified': version.modified.toUTCString() } } : undefined;
}

/** As for a read, on the source of a copy; there every failed condition is a 412. */
export function copySourceCondition(headers: Headers, source: ObjectVersion): void {
  const conditions = new Map<string, string>();
  for (const name of ['if-match', 'if-none-match', 'if-modified-since', 'if-unmodified-since']) {
    const value = headers.get(`x-amz-copy-source-${name}`);
    if (value !== undefined) conditions.set(name, value);
  }
  if (readCondition(conditions, source) !== undefined) throw preconditionFailed('x-amz-copy-source-If-None-Match');
}

function names(list: string, eTag: string): boolean {
  return list.split(',').some((item) => item.trim() === '*' || item.trim().replace(/^W\//, '').replaceAll('"', '') === eTag);
}

/** A date that cannot be read is no condition, as RFC 9110 says. */
function dateOf(text: string | undefined, otherwise: number): number {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? otherwise : time;
}
