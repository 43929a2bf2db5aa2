/**
 * The items of several sources as they come, so many sources at a time; of each only one item is asked for ahead.
 * @throws what a source throws first
 */
export async function* merged<Item>(sources: readonly (() => AsyncGenerator<Item>)[], atOnce: number): AsyncGenerator<Item> {
  const waiting = sources.values();
  const asked = new Map<AsyncGenerator<Item>, Promise<Answer<Item>>>();
  const ask = (source: AsyncGenerator<Item>) => asked.set(source, answerOf(source));
  const open = () => {
    const { value: make } = waiting.next();
    if (make !== undefined) ask(make());
  };
  for (let opened = 0; opened < atOnce; opened++) open();
  while (asked.size > 0) {
    const answer = await Promise.race(asked.values());
    if (answer.kind === 'failed') throw answer.error;
    if (answer.kind === 'item') {
      ask(answer.source);
      yield answer.item;
    } else {
      asked.delete(answer.source);
      open();
    }
  }
}

type Answer<Item> =
  | { readonly kind: 'item'; readonly source: AsyncGenerator<Item>; readonly item: Item }
  | { readonly kind: 'end'; readonly source: AsyncGenerator<Item> }
  | { readonly kind: 'failed'; readonly error: unknown };

/** A failure is an answer too: of sources that fail together only the first one is awaited. */
async function answerOf<Item>(source: AsyncGenerator<Item>): Promise<Answer<Item>> {
  try {
    const { done, value } = await source.next();
    return done === true ? { kind: 'end', source } : { kind: 'item', source, item: value };
  } catch (error) {
    return { kind: 'failed', error };
  }
}
