import type { PeriodBounds } from './period.ts';
import { LARGEST_STATEMENT_BYTES } from './statement-limits.ts';

/** A statement that somebody was allowed to bring to S3 themselves, because it is larger than a request. */
export interface Upload {
  readonly owner: string;
  readonly operatorCode: string;
  readonly fileName: string;
  readonly bounds: PeriodBounds;
}

/** Where the object of an upload lies. Its name tells nothing: what it is stands in the registry. */
export const UPLOAD_FOLDER = 'depot/televersements/';
export const LARGEST_UPLOAD_BYTES = LARGEST_STATEMENT_BYTES;
export const UPLOAD_SECONDS = 15 * 60;
