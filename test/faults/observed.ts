import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { GetObjectCommand, ListObjectsV2Command, NoSuchKey } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { chainBreak } from '../../lib/core/journal.ts';
import { entryOfWire, journalAnswer } from '../../lib/http/schemas/journal.ts';
import { balanceAnswer, openItemsAnswer } from '../../lib/http/schemas/open-items.ts';
import { call } from './api-calls.ts';
import type { FaultCloud } from './fault-cloud.ts';
import type { Stage } from './flow.ts';
import { normalised } from './normalised.ts';
import { workIsDone } from './queues.ts';
import { operatorCode, type World } from './world.ts';

const taches = z.array(z.object({ id: z.int(), etat: z.string(), fileName: z.string(), owner: z.string() }));
const receipt = z.looseObject({ nouveaux: z.int(), modifies: z.int(), inchanges: z.int() });
const DAY_MICROS = 86_400_000_000;

/** The taches of a run, newest first. */
export async function tachesOf(cloud: FaultCloud, { tag }: World): Promise<z.infer<typeof taches>> {
  return taches.parse((await call(cloud, 'GET', `/taches/?${new URLSearchParams({ fileName__icontains: tag })}`)).body);
}

/** Everything that a run left behind, once all of its work is done, as text in which two runs that came to the same are equal. */
export async function observe({ cloud, at }: Stage): Promise<string> {
  await workIsDone(cloud);
  const found = (await tachesOf(cloud, at)).toSorted((one, other) => one.id - other.id);
  const parts: unknown[] = [];
  for (const { id } of found) {
    const { body } = await call(cloud, 'GET', `/details_taches/${id}`);
    parts.push({ tache: body, lines: await resultLines(cloud, id), journal: await journalOf(cloud, id) });
  }
  return normalised(
    {
      taches: parts,
      open: await openItems(cloud, at),
      ledger: await ledgerRows(cloud, at),
      reports: await reports(cloud, at, 'depot/refus/'),
      receipts: (await reports(cloud, at, 'depot/recus/')).map(({ key, report }) => ({ key, report: summed(report) })),
    },
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

/**
 * What the journal of a tache tells; its chain must hold. Open items that were resolved may be told by several entries, where a worker broke off: all of them together,
 * each once, are what must be equal.
 */
async function journalOf(cloud: FaultCloud, id: number): Promise<readonly unknown[]> {
  const { body } = await call(cloud, 'GET', `/taches/${id}/journal`);
  const entries = journalAnswer.parse(body);
  const fault = chainBreak(id, entries.map(entryOfWire), (text) => createHash('sha256').update(text).digest('hex'));
  const told = entries.filter(({ action }) => action !== RESOLVED);
  return [
    ...told.map(({ auteur, action, motif, donnees: { exclus, ecart, ...rest } }, index) => ({
      numero: index + 1,
      auteur,
      action,
      motif,
      donnees: { ...rest, id: ecart, exclus: Array.isArray(exclus) ? exclus.map((one) => ({ id: one })) : exclus },
    })),
    resolvedIn(entries.filter(({ action }) => action === RESOLVED).map(({ donnees }) => resolutions.parse(donnees))),
    ...(fault === undefined ? [] : [{ fault }]),
  ];
}

const RESOLVED = 'ecarts-resolus';
const resolutions = z.object({ nombre: z.int(), montant: z.string(), ecarts: z.array(z.looseObject({ ecart: z.string(), montant: z.string() })) });

function resolvedIn(entries: readonly z.infer<typeof resolutions>[]) {
  const sum = (numbers: readonly number[]) => numbers.reduce((so, number) => so + number, 0);
  const items = entries.flatMap(({ ecarts }) => ecarts).map(({ ecart, ...rest }) => (/^\d+$/u.test(ecart) ? { ...rest, id: Number(ecart) } : { ...rest, ecart }));
  return {
    action: RESOLVED,
    nombre: sum(entries.map(({ nombre }) => nombre)),
    montant: sum(entries.map(({ montant }) => Number(montant))),
    ecarts: items.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1)),
  };
}

/** What is open of the operator of a run, and what was resolved, as people see it. */
async function openItems(cloud: FaultCloud, at: World) {
  const query = `operateur=${operatorCode(at)}`;
  const items = openItemsAnswer.parse((await call(cloud, 'GET', `/ecarts/?${query}&limit=1000`)).body);
  const balance = balanceAnswer.parse((await call(cloud, 'GET', `/ecarts/balance/?${query}`)).body);
  return { items: items.map((item) => (item.type === 'not_correspondent' ? { ...item, ligne: undefined, id: item.ligne } : item)), balance };
}

/** The ledger as everybody reads it. */
async function ledgerRows({ ledgerTable }: FaultCloud, at: World) {
  const from = Date.parse(`${at.day}T00:00:00Z`) * 1_000;
  const rows: object[] = [];
  for await (const page of dynamoLedger(ledgerTable).window(operatorCode(at), { from, until: from + DAY_MICROS })) rows.push(...page);
  return rows.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}

async function reports(cloud: FaultCloud, { tag }: World, folder: string) {
  const { Contents = [] } = await cloud.s3.send(new ListObjectsV2Command({ Bucket: cloud.bucket, Prefix: folder }));
  const keys = Contents.flatMap(({ Key }) => (Key?.includes(tag) ? [Key] : [])).sort();
  return Promise.all(keys.map(async (key) => ({ key, report: jsonOf((await objectText(cloud, key)) ?? 'null') })));
}

/** A receipt tells of the delivery that came to its end: what one before it had changed is nothing new to it. */
function summed(report: unknown): object {
  const { nouveaux, modifies, inchanges, ...rest } = receipt.parse(report);
  return { ...rest, tous: nouveaux + modifies + inchanges };
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
