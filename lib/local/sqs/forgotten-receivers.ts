import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Makes the messages visible that someone was working on when the machine was last switched off: whoever that was, is gone.
 * They would come back by themselves only after their visibility timeout. How often they were received is kept.
 */
export function releaseMessages(dataDir: string): void {
  const file = join(dataDir, 'fauxqs.db');
  if (!existsSync(file)) return;
  const database = new DatabaseSync(file);
  try {
    database.exec('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL');
  } finally {
    database.close();
  }
}
