import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import type { Busboy } from 'busboy';
import { formParser } from '../../http/form-parser.ts';
import { incompleteBody, invalidArgument, invalidRequest, S3Error } from './s3-error.ts';

const LARGEST_FIELD_BYTES = 20_480;

/** A form up to its file. */
export interface FormUpload {
  /** By lower-case name. Fields behind the file are not among them: S3 passes over those. */
  readonly fields: ReadonlyMap<string, string>;
  readonly fileName: string;
  readonly file: Readable;
}

export interface FormTaker<Result> {
  readonly take: (form: FormUpload) => Promise<Result>;
  /** Called where the form turned out to be bad behind its file. */
  readonly undo: (result: Result) => Promise<void>;
}

/**
 * Reads a `multipart/form-data` body and gives its file to `take` as it comes in. The request is not destroyed where that fails: its sender is
 * still to get an answer.
 * @throws S3Error for a form that is not whole or has not exactly one `file`; what `take` throws
 */
export async function receiveForm<Result>(request: IncomingMessage, { take, undo }: FormTaker<Result>): Promise<Result> {
  const parser = parserOf(request);
  const fields = new Map<string, string>();
  let taken: Promise<Result> | undefined;
  let refusal: S3Error | undefined;
  /** Whether it was `take` that failed, and not the form under it. */
  let notTaken = false;
  parser.on('field', (name, value, { nameTruncated, valueTruncated }) => {
    if (nameTruncated || valueTruncated) refusal ??= tooManyFields();
    if (taken === undefined) fields.set(name.toLowerCase(), value);
  });
  parser.on('fieldsLimit', () => {
    refusal ??= tooManyFields();
  });
  parser.on('file', (name, file, { filename }) => {
    // A file that breaks off before anybody reads it must not end the process: whoever reads it hears of it all the same.
    file.on('error', () => {});
    if (taken === undefined && refusal === undefined && name.toLowerCase() === 'file') {
      taken = take({ fields, fileName: filename ?? '', file });
      taken.catch((error: Error) => {
        notTaken = parser.errored === null;
        // The parser would wait for ever for the reader of a file that nobody reads any more.
        parser.destroy(error);
      });
      return;
    }
    refusal ??= onlyOneFile(name);
    file.resume();
  });
  const whole = await feed(request, parser);
  const [outcome] = await Promise.allSettled([taken]);
  if (outcome.status === 'fulfilled' && outcome.value !== undefined && (refusal !== undefined || !whole)) await undo(outcome.value);
  if (refusal !== undefined) throw refusal;
  if (outcome.status === 'rejected' && notTaken) throw outcome.reason;
  if (!whole || outcome.status === 'rejected') throw unreadable(request);
  if (outcome.value === undefined) throw onlyOneFile('');
  return outcome.value;
}

/** Gives all of a request to the parser; whether that went well. */
function feed(request: IncomingMessage, parser: Busboy): Promise<boolean> {
  return new Promise<boolean>((resolve) => {
    parser.on('error', () => resolve(false));
    parser.once('close', () => resolve(true));
    request.once('error', (error) => parser.destroy(error));
    request.pipe(parser);
  }).finally(() => request.unpipe(parser));
}

function parserOf(request: IncomingMessage): Busboy {
  try {
    if (!/^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '')) throw new Error('another kind of form');
    return formParser({ headers: request.headers, preservePath: true, defParamCharset: 'utf8', limits: { fieldSize: LARGEST_FIELD_BYTES, fields: 100 } });
  } catch {
    throw new S3Error(412, 'PreconditionFailed', 'At least one of the preconditions you specified did not hold.', {
      Condition: 'Bucket POST must be of the enclosure-type multipart/form-data',
    });
  }
}

function tooManyFields(): S3Error {
  return new S3Error(400, 'MaxPostPreDataLengthExceeded', 'Your POST request fields preceding the upload file were too large.');
}

function onlyOneFile(name: string): S3Error {
  return invalidArgument('POST requires exactly one file upload per request.', 'file', name);
}

function unreadable(request: IncomingMessage): S3Error {
  return request.readableAborted ? incompleteBody() : invalidRequest('The body of your POST request is not well-formed multipart/form-data.');
}
