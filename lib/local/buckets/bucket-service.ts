/** Where buckets are made. */
export interface BucketService {
  /** Base address, without a final `/`. */
  readonly url: string;
  /** Makes a bucket that does not exist yet. */
  createBucket(name: string, settings: { readonly versioned: boolean }): Promise<void>;
  /** From now on, a queue is told of the objects that arrive. */
  notify(bucket: string, notifications: readonly QueueNotification[]): Promise<void>;
  stop(): Promise<void>;
}

/** Which arrivals in a bucket a queue is told of. */
export interface QueueNotification {
  readonly id: string;
  /** `s3:ObjectCreated:*` or one kind of it. */
  readonly event: string;
  readonly queueUrl: string;
  readonly queueArn: string;
  /** Beginning and end that the key must have; empty where any will do. */
  readonly prefix: string;
  readonly suffix: string;
}

/** Whether a queue wants to hear of an arrival. `eventName` comes without `s3:`. */
export function concerns({ event, prefix, suffix }: QueueNotification, eventName: string, key: string): boolean {
  const kind = event.slice('s3:'.length);
  const wanted = kind.endsWith('*') ? eventName.startsWith(kind.slice(0, -1)) : eventName === kind;
  return wanted && key.startsWith(prefix) && key.endsWith(suffix);
}
