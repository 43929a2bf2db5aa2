import { setTimeout as delay } from 'node:timers/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { byTheClock } from './clock-calls.ts';
import { S3 } from './faults.ts';
import type { Flow, Stage } from './flow.ts';
import { observe, tachesOf } from './observed.ts';
import { messagesIn, queueUrl, workIsDone } from './queues.ts';
import { csvOf, laterTransactions, operatorCode, statement, transactions } from './world.ts';

const upload = z.object({ url: z.string(), fields: z.record(z.string(), z.string()), key: z.string() });
const details = z.object({ correspondent: z.array(z.object({ id: z.int() })) });

const AN_HOUR_MS = 3_600_000;
export const importLedger = ({ ask, at, agent }: Stage) => ask('POST', '/cinetpay/', { token: agent, json: transactions(at) });

export function submit({ ask, at, agent }: Stage, rows = statement(at), fileName = `${at.tag}.json`) {
  const period = { dateDebut: `${at.day}T00:00`, dateFin: `${at.day}T23:59` };
  return ask('POST', '/reconciliation/', { token: agent, json: { operateur: operatorCode(at), fichier: rows, fileName, ...period } });
}

/** Puts a file into the drop folder. */
async function put({ cloud }: Stage, key: string, body: string): Promise<void> {
  await cloud.s3.send(new PutObjectCommand({ Bucket: cloud.bucket, Key: key, Body: body }));
}

/** Puts a file into the drop folder, and waits until it is announced. */
async function drop(stage: Stage, key: string, body: string): Promise<void> {
  const { cloud } = stage;
  await put(stage, key, body);
  while ((await messagesIn(cloud, queueUrl(cloud, 'Drops'))) === 0) await delay(30);
}

/** A tache that waits for its validation. */
export async function tacheWaits(stage: Stage): Promise<void> {
  await importLedger(stage);
  await submit(stage);
  await workIsDone(stage.cloud);
}

/** Validates all correspondents but the last. */
export async function validate(stage: Stage, ask: Stage['ask']): Promise<void> {
  const [tache] = await tachesOf(stage.cloud, stage.at);
  const { correspondent } = details.parse((await stage.ask('GET', `/details_taches/${tache?.id}`)).body);
  await ask('POST', `/update_reconciliation/${tache?.id}`, { token: stage.agent, json: { ids: correspondent.slice(-1).map(({ id }) => id) } });
}

/** Validates, and waits until all of it is settled. */
export async function validateAndSettle(stage: Stage): Promise<void> {
  await validate(stage, stage.ask);
  await workIsDone(stage.cloud);
}

/** Keeps the statement where those lie that come by the API, and tells where. */
export async function keepStatement({ cloud, at }: Stage): Promise<{ readonly key: string; readonly versionId: string | undefined }> {
  const key = `statements/${operatorCode(at)}/${at.tag}`;
  const { VersionId } = await cloud.s3.send(new PutObjectCommand({ Bucket: cloud.bucket, Key: key, Body: JSON.stringify(statement(at)) }));
  return { key, versionId: VersionId };
}

/** The statement, as it is dropped. */
const statementDrop = ({ at }: Stage) => [`depot/operateurs/${operatorCode(at)}/${at.tag}.json`, JSON.stringify(statement(at))] as const;
const ledgerKey = ({ at }: Stage) => `depot/cinetpay/${at.tag}.csv`;

/** Drops the statement. */
export async function dropStatement(stage: Stage): Promise<void> {
  await drop(stage, ...statementDrop(stage));
}

/** Drops what is new in the ledger. */
export async function dropTransactions(stage: Stage, { rows = laterTransactions(stage.at), key = ledgerKey(stage) } = {}): Promise<void> {
  await drop(stage, key, csvOf(rows));
}

/** What happens to statements and the ledger. */
export const STATEMENT_FLOWS: readonly Flow[] = [
  {
    name: 'transactions that come by the API',
    covers: ['ledger-receive-transactions', 'authorization-authorize-request'],
    prepare: async (stage) => void (await importLedger(stage)),
    act: async ({ ask, at, agent }) => void (await ask('POST', '/cinetpay/', { token: agent, json: laterTransactions(at) })),
    observe,
  },
  {
    name: 'transactions that are dropped',
    covers: ['drop-receive-drop', 'ledger-import-ledger-file', S3],
    prepare: async (stage) => void (await importLedger(stage)),
    async act(stage) {
      await dropTransactions(stage);
      await workIsDone(stage.cloud);
    },
    observe,
  },
  {
    name: 'a statement that comes by the API',
    covers: ['reconciliation-submit-statement', 'reconciliation-match-statement'],
    // Done, its answer lost: the file is there already, and is one's own.
    done: [406],
    prepare: async (stage) => void (await importLedger(stage)),
    async act(stage) {
      await submit(stage);
      await workIsDone(stage.cloud);
    },
    observe,
  },
  {
    name: 'a statement that is dropped',
    covers: ['drop-receive-drop', S3],
    prepare: async (stage) => void (await importLedger(stage)),
    async act(stage) {
      await dropStatement(stage);
      await workIsDone(stage.cloud);
    },
    observe,
  },
  {
    name: 'a statement that comes by a form',
    covers: ['reconciliation-request-upload', 'drop-receive-drop', S3],
    prepare: async (stage) => void (await importLedger(stage)),
    async act(stage) {
      const { ask, at, agent, cloud } = stage;
      const answer = await ask('POST', '/reconciliation/uploads/', { token: agent, json: { operateur: operatorCode(at), fileName: `${at.tag}.json` } });
      const { url, fields } = upload.parse(answer.body);
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      form.set('file', new Blob([JSON.stringify(statement(at))]));
      await fetch(url, { method: 'POST', body: form });
      while ((await tachesOf(cloud, at)).length === 0) await delay(100);
      await workIsDone(cloud);
    },
    observe,
  },
  {
    name: 'a dropped statement with a bad row',
    covers: ['reconciliation-match-statement'],
    async act(stage) {
      const rows = statement(stage.at).map((row, index) => (index === 1 ? { ...row, Montant: 'mille' } : row));
      await drop(stage, `depot/operateurs/${operatorCode(stage.at)}/${stage.at.tag}.json`, JSON.stringify(rows));
      await workIsDone(stage.cloud);
    },
    observe,
  },
  {
    name: 'a dropped statement whose content was posted before',
    covers: ['drop-receive-drop'],
    async prepare(stage) {
      await tacheWaits(stage);
    },
    async act(stage) {
      await drop(stage, `depot/operateurs/${operatorCode(stage.at)}/${stage.at.tag}-encore.json`, JSON.stringify(statement(stage.at)));
      await workIsDone(stage.cloud);
    },
    observe,
  },
  {
    name: 'a file dropped where nothing is expected',
    covers: ['drop-receive-drop'],
    async act(stage) {
      await drop(stage, `depot/ailleurs/${stage.at.tag}.json`, '[]');
      await workIsDone(stage.cloud);
    },
    observe,
  },
  {
    name: 'files of which S3 tells nobody',
    covers: ['reconciliation-resume-stalled'],
    given: [{ kind: 'denied', call: { functionName: S3, service: 'sqs', operation: 'SendMessage', nth: 1 }, forGood: true }],
    async act(stage) {
      await put(stage, ledgerKey(stage), csvOf(transactions(stage.at)));
      await byTheClock(stage.cloud, 'reconciliation-resume-stalled', AN_HOUR_MS);
      await workIsDone(stage.cloud);
      await put(stage, ...statementDrop(stage));
      await byTheClock(stage.cloud, 'reconciliation-resume-stalled', AN_HOUR_MS);
      await workIsDone(stage.cloud);
    },
    observe,
  },
  {
    name: 'a validation',
    covers: ['reconciliation-validate-tache'],
    // Begun, its answer lost: it is under way, or has come to its end.
    done: [409, 202],
    prepare: tacheWaits,
    act: validateAndSettle,
    observe,
  },
  {
    name: 'a validation whose caller is cut off',
    covers: ['reconciliation-apply-validation'],
    // The caller asks again when it is under way.
    refusals: [409],
    done: [409, 202],
    prepare: tacheWaits,
    // Its second write is the first transaction that it settles.
    given: [{ kind: 'killed-before', call: { functionName: 'reconciliation-validate-tache', service: 'dynamodb', operation: 'UpdateItem', nth: 2 } }],
    act: validateAndSettle,
    observe,
  },
];
