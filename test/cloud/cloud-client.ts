import { setTimeout as delay } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { inject } from 'vitest';
import * as z from 'zod';
import { signInAnswer } from '../../lib/http/schemas/authentication.ts';
import { detailsAnswer } from '../../lib/http/schemas/details.ts';
import { listedTache, singleTache } from '../../lib/http/schemas/tache.ts';

/** An answer of the API as a test looks at it. `body` is the parsed JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const FINISHED = new Set(['ATTENTE', 'TERMINEE', 'ECHEC']);
const cloud = inject('cloud');
const bucket = cloud.outputs['BucketName'] ?? '';
const s3 = new S3Client({
  region: cloud.environment['AWS_REGION'] ?? '',
  endpoint: cloud.endpoints.s3,
  credentials: { accessKeyId: cloud.environment['AWS_ACCESS_KEY_ID'] ?? '', secretAccessKey: cloud.environment['AWS_SECRET_ACCESS_KEY'] ?? '' },
});

export async function call(
  method: string,
  path: string,
  init: { readonly token?: string; readonly body?: RequestInit['body']; readonly headers?: Readonly<Record<string, string>> } = {},
): Promise<Answer> {
  const headers = { ...init.headers, ...(init.token !== undefined && { authorization: `Bearer ${init.token}` }) };
  const response = await fetch(`${cloud.api}${path}`, { method, headers, ...(init.body !== undefined && { body: init.body }) });
  const text = await response.text();
  const body: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, body };
}

export function postJson(path: string, value: unknown, token?: string): Promise<Answer> {
  return call('POST', path, { body: JSON.stringify(value), headers: { 'content-type': 'application/json' }, ...(token !== undefined && { token }) });
}

/** The access token of the local user of a group. */
export async function tokenOf(groupe: string): Promise<string> {
  const user = cloud.users.find((one) => one.groupe === groupe);
  const answer = await postJson('/authentication/token/', { username: user?.username, password: user?.password });
  return signInAnswer.parse(answer.body).token.access_token;
}

export async function putObject(key: string, body: Uint8Array | string): Promise<void> {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
}

/** The keys under a prefix, of the first thousand. */
export async function objectKeys(prefix: string): Promise<readonly string[]> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  return Contents.flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
}

/** The object's text, gunzipped where it is gzip; `undefined` where there is none. */
export async function objectText(key: string): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

export async function finishedTache(id: number): Promise<z.infer<typeof singleTache>> {
  return until(`tache ${id} to finish`, async () => {
    const tache = singleTache.parse((await call('GET', `/taches/${id}`)).body);
    return FINISHED.has(tache.etat) ? tache : undefined;
  });
}

export async function detailsOf(id: number): Promise<z.infer<typeof detailsAnswer>> {
  return detailsAnswer.parse((await call('GET', `/details_taches/${id}`)).body);
}

/** The newest tache of a file, once there is one. */
export async function tacheOfFile(fileName: string): Promise<number> {
  return until(`a tache of ${fileName}`, async () => {
    const { body } = await call('GET', `/taches/?${new URLSearchParams({ fileName__icontains: fileName })}`);
    return z.array(listedTache).parse(body)[0]?.id;
  });
}

/** Asks again and again until there is an answer. @throws Error where none comes in time */
export async function until<Value>(what: string, look: () => Promise<Value | undefined>): Promise<Value> {
  const end = Date.now() + 60_000;
  for (;;) {
    const value = await look();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await delay(100);
  }
}
