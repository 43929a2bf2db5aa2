import { expect, it } from 'vitest';
import { later } from '../../lib/core/later.ts';

it('a later instant is spelled as the clock spells it, so that both are compared as texts', () => {
  const at = '2026-12-31T23:59:59.250000Z';
  expect([0, 500, 750, 60_000].map((milliseconds) => later(at, milliseconds))).toEqual([
    at,
    '2026-12-31T23:59:59.750000Z',
    '2027-01-01T00:00:00.000000Z',
    '2027-01-01T00:00:59.250000Z',
  ]);
});
