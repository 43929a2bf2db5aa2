import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type ClientRequest, type IncomingMessage, request as overHttp } from 'node:http';
import { request as overHttps } from 'node:https';
import { Transform } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { interruption, unreachable } from './remote-call.ts';
import { EXIT } from './remote-command.ts';
import { RemoteError } from './remote-error.ts';

/** A form of S3: its fields first, the file last. */
export interface UploadForm {
  readonly url: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface FileToSend {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Sends a file by a form as it is read from the disk: memory does not follow its size. S3 wants the length in advance, which `fetch` gives no stream.
 * @param onBytes told how much is sent
 * @throws RemoteError
 */
export async function sendForm(form: UploadForm, file: FileToSend, onBytes: (sent: number) => void, interrupted: AbortSignal): Promise<void> {
  const boundary = `reconciliation-${randomUUID()}`;
  const head = Buffer.from(
    `${Object.entries(form.fields)
      .map(([name, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
      .join('')}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="releve"\r\nContent-Type: application/octet-stream\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': head.length + file.bytes + tail.length };
  try {
    const request = (new URL(form.url).protocol === 'https:' ? overHttps : overHttp)(form.url, { method: 'POST', headers, signal: interrupted });
    // S3 may refuse before it has read everything: its answer then tells more than the broken pipe.
    pipeline(wholeForm(head, file, tail), counting(head.length, onBytes), request).catch((error: unknown) => request.destroy(error instanceof Error ? error : undefined));
    await checkTaken(await answerTo(request));
    request.destroy();
  } catch (error) {
    if (interrupted.aborted) throw interruption("Envoi interrompu : rien n'a été déposé.");
    if (error instanceof RemoteError) throw error;
    throw unreachable(form.url, error);
  }
}

function answerTo(request: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve).once('error', reject);
  });
}

async function* wholeForm(head: Buffer, { path, bytes }: FileToSend, tail: Buffer): AsyncGenerator<Buffer, void, undefined> {
  yield head;
  for await (const piece of createReadStream(path, { end: bytes - 1 })) yield Buffer.from(piece);
  yield tail;
}

function counting(before: number, onBytes: (sent: number) => void): Transform {
  let sent = -before;
  return new Transform({
    transform(piece: Buffer, _encoding, done) {
      sent += piece.length;
      onBytes(Math.max(0, sent));
      done(null, piece);
    },
  });
}

async function checkTaken(answer: IncomingMessage): Promise<void> {
  const status = answer.statusCode ?? 0;
  const body = await text(answer);
  if (status >= 200 && status < 300) return;
  const code = /<Code>([^<]+)<\/Code>/u.exec(body)?.[1];
  const detail = `Le fichier n'a pas été pris par S3 (${status}${code === undefined ? '' : ` ${code}`}). ${WHY[code ?? ''] ?? 'Recommencez.'}`;
  throw new RemoteError(detail, status >= 500 ? EXIT.unreachable : EXIT.refused, { error: status, detail, ...(code !== undefined && { code }) });
}

const WHY: Readonly<Record<string, string>> = {
  EntityTooLarge: 'Il est trop grand : coupez-le par jour ou par semaine.',
  EntityTooSmall: 'Il est vide.',
  AccessDenied: 'Le formulaire a peut-être expiré (15 minutes) : recommencez.',
};
