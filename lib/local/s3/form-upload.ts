import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import busboy from 'busboy';
import { incompleteBody, invalidArgument, invalidRequest, S3Error } from './s3-error.ts';

const LARGEST_FIELD_BYTES = 20_480;

/** A form up to its file. */
export interface FormUpload {
  /** By lower-case name. Fields behind the file are not among them: S3 passes over those. */
  readonly fields: ReadonlyMap<string, string>;
  readonly fileName: string;
  readonly file: Readable;
}

/**
 * Reads a `multipart/form-data` body and gives its file to `take` as it comes in.
 * @throws S3Error for a form that is not whole or has not exactly one `file`; what `take` throws
 */
export async function receiveForm<Result>(request: IncomingMessage, take: (form: FormUpload) => Promise<Result>): Promise<Result> {
  const parser = formParser(request);
  const fields = new Map<string, string>();
  let taken: Promise<PromiseSettledResult<Result>[]> | undefined;
  let failure: S3Error | undefined;
  parser.on('field', (name, value, { nameTruncated, valueTruncated }) => {
    if (nameTruncated || valueTruncated) failure ??= new S3Error(400, 'MaxPostPreDataLengthExceeded', 'Your POST request fields preceding the upload file were too large.');
    if (taken === undefined) fields.set(name.toLowerCase(), value);
  });
  parser.on('file', (name, file, { filename }) => {
    if (taken !== undefined || name.toLowerCase() !== 'file' || failure !== undefined) {
      failure ??= onlyOneFile(name);
      file.resume();
      return;
    }
    taken = Promise.allSettled([take({ fields, fileName: filename ?? '', file }).finally(() => file.resume())]);
  });
  try {
    await pipeline(request, parser);
  } catch (error) {
    await taken;
    throw request.readableAborted ? incompleteBody() : malformedForm(error);
  }
  const [result] = (await taken) ?? [];
  if (failure !== undefined) throw failure;
  if (result === undefined) throw onlyOneFile('');
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}

function formParser(request: IncomingMessage): busboy.Busboy {
  try {
    return busboy({ headers: request.headers, preservePath: true, defParamCharset: 'utf8', limits: { fieldSize: LARGEST_FIELD_BYTES, fields: 100 } });
  } catch {
    throw new S3Error(412, 'PreconditionFailed', 'At least one of the preconditions you specified did not hold.', {
      Condition: 'Bucket POST must be of the enclosure-type multipart/form-data',
    });
  }
}

function onlyOneFile(name: string): S3Error {
  return invalidArgument('POST requires exactly one file upload per request.', 'file', name);
}

function malformedForm(error: unknown): S3Error {
  return error instanceof S3Error ? error : invalidRequest('The body of your POST request is not well-formed multipart/form-data.');
}
