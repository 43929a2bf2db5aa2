import type { PeriodBounds } from './period.ts';

/** A statement that somebody was allowed to bring to S3 themselves, because it is larger than a request. */
export interface Upload {
  readonly owner: string;
  readonly operatorCode: string;
  readonly fileName: string;
  readonly bounds: PeriodBounds;
}

/** Where the object of an upload lies. Its name tells nothing: what it is stands in the registry. */
export const UPLOAD_FOLDER = 'depot/televersements/';
/** What the engine takes in one statement. */
export const LARGEST_UPLOAD_BYTES = 1024 * 1024 * 1024;
export const UPLOAD_SECONDS = 15 * 60;
