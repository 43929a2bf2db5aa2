import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command, NoSuchKey } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { call } from './api-calls.ts';
import type { FaultCloud } from './fault-cloud.ts';
import { normalised } from './normalised.ts';
import { OPERATOR, type World } from './world.ts';

const taches = z.array(z.object({ id: z.int(), etat: z.string(), fileName: z.string(), owner: z.string() }));
const DAY_MICROS = 86_400_000_000;

/** The taches of a run, newest first. */
export async function tachesOf(cloud: FaultCloud, { tag }: World): Promise<z.infer<typeof taches>> {
  return taches.parse((await call(cloud, 'GET', `/taches/?${new URLSearchParams({ fileName__icontains: tag })}`)).body);
}

/** Everything that a run left behind, as text in which two runs that came to the same are equal. */
export async function observed(cloud: FaultCloud, at: World): Promise<string> {
  const found = (await tachesOf(cloud, at)).toSorted((one, other) => one.id - other.id);
  const parts: unknown[] = [];
  for (const { id } of found) {
    const { body } = await call(cloud, 'GET', `/details_taches/${id}`);
    parts.push({ tache: body, lines: await resultLines(cloud, id) });
  }
  return normalised(
    { taches: parts, ledger: await ledgerRows(cloud, at), reports: await reports(cloud, at) },
    at,
    found.map(({ id }) => id),
  );
}

/** The lines of every run of a tache that wrote some. */
async function resultLines(cloud: FaultCloud, id: number): Promise<readonly unknown[]> {
  const { Contents = [] } = await cloud.s3.send(new ListObjectsV2Command({ Bucket: cloud.bucket, Prefix: `resultats/${id}/` }));
  const texts = await Promise.all(Contents.map(({ Key = '' }) => objectText(cloud, Key)));
  return texts.map((text = '') => text.trimEnd().split('\n').map(jsonOf));
}

/** The ledger as everybody reads it. */
async function ledgerRows({ ledgerTable }: FaultCloud, { day }: World) {
  const from = Date.parse(`${day}T00:00:00Z`) * 1_000;
  const rows: object[] = [];
  for await (const page of dynamoLedger(ledgerTable).window(OPERATOR, { from, until: from + DAY_MICROS })) rows.push(...page);
  return rows.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

async function reports(cloud: FaultCloud, { tag }: World) {
  const { Contents = [] } = await cloud.s3.send(new ListObjectsV2Command({ Bucket: cloud.bucket, Prefix: 'depot/refus/' }));
  const keys = Contents.flatMap(({ Key }) => (Key?.includes(tag) ? [Key] : [])).sort();
  return Promise.all(keys.map(async (key) => ({ key, report: jsonOf((await objectText(cloud, key)) ?? 'null') })));
}

async function objectText({ s3, bucket }: FaultCloud, key: string): Promise<string | undefined> {
  try {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
    return (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

function jsonOf(text: string): unknown {
  return JSON.parse(text);
}
