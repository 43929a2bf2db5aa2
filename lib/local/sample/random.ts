/** A source of chance that gives the same draws for the same seed, on every machine. */
export interface Random {
  /** A whole number from 0 to `limit` − 1. */
  below(limit: number): number;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  chance(probability: number): boolean;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
}

/**
 * mulberry32. Each stream of a seed is independent of the others, so the millionth payment can be drawn without the ones before.
 */
export function randomOf(seed: number, stream: number): Random {
  let state = mixed(mixed(seed) ^ Math.imul(stream + 1, 0x9e3779b1));
  const fraction = () => {
    state = (state + 0x6d2b79f5) | 0;
    let word = Math.imul(state ^ (state >>> 15), 1 | state);
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word;
    return ((word ^ (word >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (limit: number) => Math.floor(fraction() * limit);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    chance: (probability) => fraction() < probability,
    pick: (items) => items[below(items.length)] ?? items[0],
  };
}

function mixed(value: number): number {
  let word = value | 0;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}

/** A fixed disorder of 0 … `count` − 1: the index that stands at each position. */
export function shuffledIndex(count: number, seed: number): (position: number) => number {
  const random = randomOf(seed, -2);
  let step = 1 + random.below(Math.max(1, count - 1));
  while (greatestCommonDivisor(step, count) !== 1) step += 1;
  const start = random.below(count);
  return (position) => (position * step + start) % count;
}

function greatestCommonDivisor(one: number, other: number): number {
  return other === 0 ? one : greatestCommonDivisor(other, one % other);
}
