/** The result of some work, or `undefined` if it is not there after so long. The work goes on. */
export async function within<Value>(milliseconds: number, work: Promise<Value>): Promise<Value | undefined> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  try {
    return (await Promise.race([work, promise])) ?? undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** Waits until all work has ended one way or the other, but no longer than so long. */
export async function settledWithin(milliseconds: number, work: Iterable<Promise<unknown>>): Promise<void> {
  await within(milliseconds, Promise.allSettled(work));
}
