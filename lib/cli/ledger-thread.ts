import { enableCompileCache } from 'node:module';
import { parentPort, workerData } from 'node:worker_threads';
import type { LedgerThreadSettings } from './ledger-message.ts';

// As in bin/reconcile.ts: a thread compiles for itself.
enableCompileCache();
const { readForParent } = await import('./ledger-thread-reading.ts');
const settings: LedgerThreadSettings = workerData;
if (parentPort !== null) await readForParent(settings, parentPort);
