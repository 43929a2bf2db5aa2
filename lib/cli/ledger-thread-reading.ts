import type { MessagePort } from 'node:worker_threads';
import type { CandidateParts } from '../core/candidates.ts';
import { openRows } from '../files/open-rows.ts';
import { UnreadableFile } from '../files/unreadable-file.ts';
import { readLedger } from '../use-cases/read-ledger.ts';
import type { LedgerMessage, LedgerThreadSettings } from './ledger-message.ts';

/** Telling of each piece of a file takes longer than reading some. */
const ROWS_OF_PROGRESS = 20_000;

/** Reads a ledger file on a thread of its own and hands its columns over without copying them. */
export async function readForParent({ path, operator }: LedgerThreadSettings, parent: MessagePort): Promise<void> {
  const tell = (message: LedgerMessage, moved: readonly ArrayBuffer[] = []) => parent.postMessage(message, [...moved]);
  try {
    let told = 0;
    const { candidates, ...reading } = await readLedger(await openRows({ kind: 'path', path }), operator, (rows, fraction) => {
      if (rows - told < ROWS_OF_PROGRESS) return;
      told = rows;
      tell({ kind: 'rows', rows, fraction });
    });
    const { parts } = candidates;
    tell({ kind: 'read', ...reading, parts }, buffersOf(parts));
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    tell({ kind: 'unreadable', detail: error.french });
  }
}

function buffersOf({ created, amounts, decimals, states, transIds, payids, phones, customs, statuses }: CandidateParts): readonly ArrayBuffer[] {
  const texts = [transIds, payids, phones, customs, statuses.words].flatMap(({ bytes, ends, hashes }) => [bytes, ends, hashes]);
  return [created, amounts, decimals, states, statuses.ids, ...texts].map(({ buffer }) => buffer);
}
