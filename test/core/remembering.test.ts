import { expect, it } from 'vitest';
import { remembering } from '../../lib/core/remembering.ts';

function asking() {
  const asked: number[] = [];
  const answer = remembering((key: number) => {
    asked.push(key);
    return key % 2 === 0;
  });
  return { asked, answer };
}

it('an answer is asked for once, whatever it is', () => {
  const { asked, answer } = asking();
  expect([1, 2, 1, 2, 2].map(answer)).toEqual([false, true, false, true, true]);
  expect(asked).toEqual([1, 2]);
});

it('a thousand answers are remembered, and no more', () => {
  const { asked, answer } = asking();
  for (let key = 0; key < 1_002; key++) answer(key);
  expect([0, 999, 1_000, 1_001, 1_000].map(answer)).toEqual([true, false, true, false, true]);
  expect(asked.slice(1_002)).toEqual([1_000, 1_001, 1_000]);
});
