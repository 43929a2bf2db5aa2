import { describe, expect, it } from 'vitest';
import { withinTime } from '../../lib/files/within-time.ts';

describe('work that waits for nothing', () => {
  it('gives what it found', () => {
    expect(withinTime(60_000, () => 'found')).toEqual({ result: 'found' });
    expect(withinTime(60_000, () => undefined)).toEqual({ result: undefined });
  });

  it('throws what it throws', () => {
    const error = new Error('no such sheet');
    expect(() =>
      withinTime(60_000, () => {
        throw error;
      }),
    ).toThrow(error);
  });

  it('is ended where it never comes back, whatever part of a millisecond is meant', () => {
    const endless = () => {
      for (let turns = 0; ; turns++) if (turns < 0) return turns;
    };
    expect(withinTime(1.5, endless)).toBeUndefined();
  });
});
