import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { dynamoDetails } from '../../lib/adapters/dynamodb/details.ts';
import { dynamoJournal } from '../../lib/adapters/dynamodb/journal.ts';
import { dynamoLedger } from '../../lib/adapters/dynamodb/ledger.ts';
import { dynamoRetries } from '../../lib/adapters/dynamodb/retries.ts';
import { dynamodb } from '../../lib/adapters/dynamodb/table.ts';
import { dynamoTaches } from '../../lib/adapters/dynamodb/taches.ts';
import type { PeriodBounds } from '../../lib/core/period.ts';
import { openRows } from '../../lib/files/open-rows.ts';
import type { Objects } from '../../lib/ports.ts';
import { importLedger } from '../../lib/use-cases/import-ledger.ts';
import { matchStatement } from '../../lib/use-cases/match-statement.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { aTache } from '../use-cases/a-tache.ts';
import { countRequests, type RequestCounts } from './counted-requests.ts';
import { OPERATOR_CODE } from './data-files.ts';

/** What a piece of work asked of DynamoDB, and the bytes that it wrote to S3. */
export interface CloudWork {
  readonly requests: RequestCounts;
  readonly resultBytes: number;
  /** What the run told of itself. */
  readonly figures?: Readonly<Record<string, number>> | undefined;
}

/** Imports a ledger file as the function of the drop folder does. Returns the rows that are new. */
export async function importWork(ledgerTable: string, path: string): Promise<CloudWork & { readonly created: number }> {
  const requests = countRequests(dynamodb);
  const { created } = await importLedger(dynamoLedger(ledgerTable), await openRows({ kind: 'path', path }));
  return { requests, created, resultBytes: 0 };
}

/** Matches a statement as the matcher function does: DynamoDB as it is, S3 as files of a folder. */
export async function matchWork(tables: { readonly ledger: string; readonly registry: string }, path: string, bounds: PeriodBounds, folder: string): Promise<CloudWork> {
  const taches = dynamoTaches(tables.registry);
  const id = await taches.nextId();
  await taches.create(aTache({ id, operatorCode: OPERATOR_CODE, bounds, source: { key: path } }));
  const requests = countRequests(dynamodb);
  const resultPath = join(folder, `result-${process.pid}.gz`);
  const figures = await matchStatement(
    {
      taches,
      operators: { list: async () => [], byCode: async () => operatorNamed(OPERATOR_CODE), byId: async () => undefined },
      details: dynamoDetails(tables.registry),
      ledger: dynamoLedger(tables.ledger),
      objects: folderObjects(resultPath),
      journal: dynamoJournal(tables.registry),
      notices: { send: async () => {}, deliver: async () => {} },
      retries: dynamoRetries(tables.registry),
      now: () => new Date().toISOString(),
    },
    id,
  );
  const tache = await taches.get(id);
  if (tache?.state !== 'ATTENTE') throw new Error(`the tache ended in ${tache?.state}: ${tache?.description}`);
  return { requests, resultBytes: (await stat(resultPath)).size, figures };
}

/** Statements are read where they lie; results are written to one path. */
function folderObjects(resultPath: string): Objects {
  const unused = () => Promise.reject(new Error('not needed here'));
  return {
    put: unused,
    putOnce: unused,
    spool: async ({ key }) => ({ path: key, bytes: (await stat(key)).size, sha256: '', remove: async () => undefined }),
    putLines: (_key, lines) => pipeline(Readable.from(lines), createGzip(), createWriteStream(resultPath)),
  };
}
