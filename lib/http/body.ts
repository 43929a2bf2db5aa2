import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { Failure } from '../use-cases/failure.ts';
import { formParser } from './form-parser.ts';
import { isDeeperThan } from './json-depth.ts';
import type { HttpRequest } from './request.ts';

/** A file that came as a part of a form. */
export class UploadedFile {
  readonly fileName: string;
  readonly bytes: Buffer;

  constructor(fileName: string, bytes: Buffer) {
    this.fileName = fileName;
    this.bytes = bytes;
  }
}

/** What the API takes in one request: beyond it, base64 and JSON escapes come near the 6 MB that a function can be handed. */
export const LARGEST_BODY = 4 * 1024 * 1024;

/** No body of ours has more than five. */
const DEEPEST = 64;

/**
 * The body of a request as one value: JSON as it is; a form as an object of its fields, files as UploadedFile; the old back
 * office's form, whose first field's name is the whole JSON text, as that JSON.
 * @throws Failure: too large, or not what its content type says
 */
export async function readBody(request: HttpRequest): Promise<unknown> {
  if (request.body.length > LARGEST_BODY) throw tooLarge();
  switch (request.mediaType) {
    case 'multipart/form-data':
      return readMultipart(request);
    case 'application/x-www-form-urlencoded':
      return readForm(textOf(request.body));
    default:
      return parseJson(textOf(request.body));
  }
}

function tooLarge(): Failure {
  return new Failure({
    code: 'too-large',
    detail:
      'La requête dépasse 4 Mo. Déposez le fichier dans le dossier depot/operateurs/<CODE>/ du compartiment S3, où il est rapproché sans autre appel, ' +
      "ou demandez un formulaire d'envoi à POST /reconciliation/uploads/.",
  });
}

function textOf(body: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw invalid("Le corps de la requête n'est pas en UTF-8.");
  }
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return undefined;
  if (isDeeperThan(DEEPEST, text)) throw invalid(`Le corps de la requête est trop imbriqué : ${DEEPEST} niveaux au plus.`);
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw invalid("Le corps de la requête n'est pas du JSON valide.");
  }
}

/** The old back office sent its JSON text as a form: as it stands, or encoded as the name of the first field. */
function readForm(text: string): unknown {
  // The sign of a value that is not there belongs to the form; no JSON ends with it.
  if (/^\s*[{[]/u.test(text)) return parseJson(text.replace(/=\s*$/u, ''));
  const fields = new URLSearchParams(text);
  const [first] = fields.keys();
  return first !== undefined && /^\s*[{[]/u.test(first) ? parseJson(first) : Object.fromEntries(fields);
}

async function readMultipart(request: HttpRequest): Promise<unknown> {
  const fields = new Map<string, string | UploadedFile>();
  const files: Promise<unknown>[] = [];
  try {
    const form = formParser({ headers: { 'content-type': request.contentType }, defParamCharset: 'utf8', limits: { fieldSize: LARGEST_BODY, parts: 50 } });
    await new Promise<void>((resolve, reject) => {
      form.on('field', (name, value) => fields.set(name, value));
      form.on('file', (name, stream, { filename }) => {
        // A form that breaks off within a file fails the file too.
        files.push(buffer(stream).then((bytes) => fields.set(name, new UploadedFile(filename ?? '', bytes)), reject));
      });
      form.on('partsLimit', () => reject(new Error('more parts than any form of ours has')));
      form.on('close', resolve).on('error', reject);
      Readable.from([request.body]).pipe(form);
    });
    await Promise.all(files);
  } catch {
    throw invalid('Le formulaire multipart/form-data est incomplet ou illisible.');
  }
  return Object.fromEntries(fields);
}

function invalid(detail: string): Failure {
  return new Failure({ code: 'invalid-request', detail });
}
