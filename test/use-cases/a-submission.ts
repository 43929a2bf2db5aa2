import type { Submission } from '../../lib/use-cases/submit-statement.ts';
import { orangeRow } from '../core/reading.ts';

/** A sound statement of Orange CI as a caller hands it in, with what a test wants different. */
export function aSubmission({ rows = [orangeRow()], ...changes }: Partial<Submission> & { readonly rows?: readonly object[] } = {}): Submission {
  return { operatorCode: 'OMCI', content: Buffer.from(JSON.stringify(rows)), contentType: 'application/json', fileName: 'mars.json', bounds: {}, ...changes };
}
