import { describe, expect, it } from 'vitest';
import { merged } from '../../lib/adapters/dynamodb/merged.ts';

async function collected<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

/** A source that tells when it is opened and asked. */
function source(name: string, count: number, told: string[]): () => AsyncGenerator<string> {
  return async function* () {
    told.push(`${name} opened`);
    for (let index = 0; index < count; index++) {
      await Promise.resolve();
      told.push(`${name}${index}`);
      yield `${name}${index}`;
    }
  };
}

describe('sources that are read side by side', () => {
  it('give all their items, each source in its order', async () => {
    const found = await collected(merged([source('a', 3, []), source('b', 0, []), source('c', 5, [])], 2));
    expect(found.filter((item) => item.startsWith('a'))).toEqual(['a0', 'a1', 'a2']);
    expect(found.filter((item) => item.startsWith('c'))).toEqual(['c0', 'c1', 'c2', 'c3', 'c4']);
    expect(found).toHaveLength(8);
  });

  it('are opened so many at a time, the next when one has ended', async () => {
    const told: string[] = [];
    await collected(merged([source('a', 1, told), source('b', 9, told), source('c', 1, told)], 2));
    expect(told.indexOf('c opened')).toBeGreaterThan(told.indexOf('a0'));
    expect(told.indexOf('c opened')).toBeLessThan(told.indexOf('b8'));
  });

  it('are asked for one item ahead, and no more, while nobody takes them', async () => {
    const told: string[] = [];
    const items = merged([source('a', 9, told), source('b', 9, told)], 2);
    await items.next();
    await new Promise(setImmediate);
    expect(told.filter((line) => /\d/u.test(line)).toSorted()).toEqual(['a0', 'a1', 'b0']);
  });

  it('end with what one throws, whatever others throw too', async () => {
    const failing = (text: string) =>
      async function* (): AsyncGenerator<string> {
        await Promise.resolve();
        yield text;
        throw new Error(text);
      };
    await expect(collected(merged([failing('a'), failing('b'), source('c', 3, [])], 3))).rejects.toThrow(/^[ab]$/u);
  });

  it('are nothing where there are none', async () => {
    expect(await collected(merged([], 4))).toEqual([]);
  });
});
