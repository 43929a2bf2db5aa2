import { stat } from 'node:fs/promises';
import { Worker } from 'node:worker_threads';
import { Candidates } from '../core/candidates.ts';
import type { Operator } from '../core/operator.ts';
import { openRows } from '../files/open-rows.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { type LedgerReading, type OnLedgerRows, readLedger } from '../use-cases/read-ledger.ts';
import type { LedgerMessage, LedgerThreadSettings } from './ledger-message.ts';

/** From here on reading beside the statement saves more than starting a thread takes. */
const WORTH_A_THREAD_BYTES = 4 * 1024 * 1024;

/** The ledger's problems are told apart from the statement's. `detail` is French. */
export class UnreadableLedger extends Error {
  readonly detail: string;

  constructor(detail: string) {
    super('unreadable ledger');
    this.detail = detail;
  }
}

/** A ledger file that is being read, or will be when it is asked for. */
export interface LedgerFile {
  /** @throws UnreadableLedger */
  read(onRows: OnLedgerRows): Promise<LedgerReading>;
  /** To be called at the end, also where nobody asked for the ledger. */
  close(): Promise<void>;
}

/** A large file is read on a thread of its own from now on, a small one when it is asked for. */
export async function ledgerFile(path: string, operator: Operator): Promise<LedgerFile> {
  const { size } = await stat(path);
  return size < WORTH_A_THREAD_BYTES ? { read: (onRows) => readHere(path, operator, onRows), close: async () => undefined } : onThread(path, operator);
}

async function readHere(path: string, operator: Operator, onRows: OnLedgerRows): Promise<LedgerReading> {
  try {
    return await readLedger(await openRows({ kind: 'path', path }), operator, onRows);
  } catch (error) {
    throw error instanceof UnreadableFile ? new UnreadableLedger(error.french) : error;
  }
}

function onThread(path: string, operator: Operator): LedgerFile {
  const worker = new Worker(new URL('./ledger-thread.ts', import.meta.url), { workerData: { path, operator } satisfies LedgerThreadSettings });
  const reading = Promise.withResolvers<LedgerReading>();
  let tell: OnLedgerRows = () => undefined;
  worker.on('message', (message: LedgerMessage) => {
    if (message.kind === 'rows') tell(message.rows, message.fraction);
    else if (message.kind === 'unreadable') reading.reject(new UnreadableLedger(message.detail));
    else {
      const { headerFound, count, rejected, parts } = message;
      reading.resolve({ headerFound, count, rejected, candidates: Candidates.of(parts, operator) });
    }
  });
  worker.once('error', reading.reject);
  worker.once('exit', (code) => reading.reject(new Error(`the reading of the ledger ended with exit code ${code}`)));
  // The statement may be refused before anybody asks for the ledger.
  reading.promise.catch(() => undefined);
  return {
    read(onRows) {
      tell = onRows;
      return reading.promise;
    },
    async close() {
      await worker.terminate();
    },
  };
}
