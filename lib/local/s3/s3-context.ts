import type { Catalogue } from './catalogue.ts';
import type { ObjectBytes } from './object-bytes.ts';
import type { ObjectCreated } from './object-created-event.ts';

/** What the operations work with. */
export interface S3Context {
  readonly region: string;
  /** Where the server answers, without a final slash. */
  readonly url: string;
  readonly catalogue: Catalogue;
  readonly bytes: ObjectBytes;
  readonly created: (event: ObjectCreated) => Promise<void>;
}
