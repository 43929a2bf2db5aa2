/** Ends what was started, the last first. */
export interface Stopper {
  /** What starts only after the end is ended at once. */
  later(stop: () => Promise<void>): void;
  /** Ends everything once; calls after the first wait for it. */
  all(): Promise<void>;
}

export function stopper(): Stopper {
  const stops: (() => Promise<void>)[] = [];
  let stopping: Promise<void> | undefined;
  return {
    later(stop) {
      if (stopping === undefined) stops.push(stop);
      else stopping = Promise.all([stopping, stop()]).then(() => {});
    },
    all() {
      stopping ??= stopEach(stops);
      return stopping;
    },
  };
}

async function stopEach(stops: readonly (() => Promise<void>)[]): Promise<void> {
  const faults: unknown[] = [];
  for (const stop of stops.toReversed()) await stop().catch((error: unknown) => faults.push(error));
  if (faults.length > 0) throw new AggregateError(faults, 'not everything could be ended');
}
