import { adoptCorrelationId, correlationId } from '../../log/work.ts';

const NAME = 'correlation-id';

/** What an object says of the work that wrote it. */
export function correlationMetadata(): { readonly Metadata?: Record<string, string> } {
  const id = correlationId();
  return id === undefined ? {} : { Metadata: { [NAME]: id } };
}

/** The field of an upload form that puts the same on the object. */
export function correlationField(): Readonly<Record<string, string>> {
  const id = correlationId();
  return id === undefined ? {} : { [`x-amz-meta-${NAME}`]: id };
}

/** Work on an object goes by the id of the work that wrote it. */
export function adoptCorrelation(metadata: Readonly<Record<string, string>> | undefined): void {
  adoptCorrelationId(metadata?.[NAME]);
}
