import { setTimeout as delay } from 'node:timers/promises';
import { HeadObjectCommand, NotFound, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { type SampleStatement, sampleStatement } from '../sample/sample-statement.ts';
import type { ApiClient, SingleTache } from './api-client.ts';
import { workbookOf } from './workbook.ts';

const ROWS = 400;
const TRANSACTIONS_A_CALL = 1_000;
const POLL_MS = 150;
/** A sample that takes longer is stuck. */
const PATIENCE_MS = 120_000;
const FINISHED = new Set(['ATTENTE', 'VALIDEE', 'TERMINEE', 'ECHEC']);

/** Told what the samples come to while they run. */
export interface SampleWatcher {
  readonly said: (text: string) => void;
  readonly progress: (tache: SingleTache) => void;
}

/**
 * Reconciles one generated statement by each way in: an xlsx in the drop folder, and JSON to the API.
 * Where an earlier start did it already, its taches are shown again and nothing is done twice.
 * @returns both taches, finished
 */
export async function runSamples(client: ApiClient, s3: S3Client, bucket: string, watcher: SampleWatcher): Promise<readonly SingleTache[]> {
  const dropped = sampleStatement('OMCI', { rows: ROWS, seed: 1 });
  const posted = sampleStatement('MTNCI', { rows: ROWS, seed: 2 });
  for (const { operateur, transactions } of [dropped, posted]) {
    const counts = { recus: 0, nouveaux: 0, inchanges: 0 };
    for (let start = 0; start < transactions.length; start += TRANSACTIONS_A_CALL) {
      const answer = await client.importTransactions(transactions.slice(start, start + TRANSACTIONS_A_CALL));
      counts.recus += answer.recus;
      counts.nouveaux += answer.nouveaux;
      counts.inchanges += answer.inchanges;
    }
    watcher.said(`Grand livre ${operateur} : ${counts.recus} transactions reçues, ${counts.nouveaux} nouvelles, ${counts.inchanges} déjà connues`);
  }
  return [await dropSample(client, s3, bucket, dropped, watcher), await postSample(client, posted, watcher)];
}

async function dropSample(client: ApiClient, s3: S3Client, bucket: string, sample: SampleStatement, watcher: SampleWatcher): Promise<SingleTache> {
  const fileName = sample.fileName.replace(/\.json$/u, '.xlsx');
  const key = `depot/operateurs/${sample.operateur}/${fileName}`;
  if (!(await exists(s3, bucket, key))) {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: workbookOf(sample.fichier) }));
    watcher.said(`Déposé dans S3 : ${key}`);
  }
  const id = await untilFound(() => client.tacheOfFile(sample.operateur, fileName), key);
  return finished(client, id, watcher);
}

async function postSample(client: ApiClient, { transactions: _, ...submission }: SampleStatement, watcher: SampleWatcher): Promise<SingleTache> {
  const submitted = await client.submit(submission);
  watcher.said(submitted === undefined ? `Déjà traité : ${submission.fileName}` : `Envoyé à POST /reconciliation/ : ${submission.fileName}`);
  const id = submitted ?? (await untilFound(() => client.tacheOfFile(submission.operateur, submission.fileName), submission.fileName));
  return finished(client, id, watcher);
}

async function exists(s3: S3Client, bucket: string, key: string): Promise<boolean> {
  try {
    await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    if (error instanceof NotFound) return false;
    throw error;
  }
}

async function untilFound<Value>(look: () => Promise<Value | undefined>, what: string): Promise<Value> {
  const end = Date.now() + PATIENCE_MS;
  for (let value = await look(); ; value = await look()) {
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`no tache for ${what} after ${PATIENCE_MS / 1000} s`);
    await delay(POLL_MS);
  }
}

async function finished(client: ApiClient, id: number, { progress }: SampleWatcher): Promise<SingleTache> {
  return untilFound(async () => {
    const tache = await client.tache(id);
    progress(tache);
    return FINISHED.has(tache.etat) ? tache : undefined;
  }, `tache ${id}, finished,`);
}
