import { describe, expect, it } from 'vitest';
import { isDeeperThan } from '../../lib/http/json-depth.ts';

describe('the depth of a JSON text', () => {
  it.each([
    ['[[]]', 1, true],
    ['[[]]', 2, false],
    ['{"a":[{}]}', 2, true],
    ['[[],[],[]]', 2, false],
  ])('of %s is more than %i: %s', (text, levels, deeper) => {
    expect(isDeeperThan(levels, text)).toBe(deeper);
  });

  it('does not count brackets within texts, whatever is quoted in them', () => {
    expect(isDeeperThan(1, JSON.stringify(['[[[[', 'a"[[[', '\\', '"\\"[[[']))).toBe(false);
    expect(isDeeperThan(1, '["\\\\",[]]')).toBe(true);
  });
});
