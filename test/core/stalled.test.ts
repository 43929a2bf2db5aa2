import { describe, expect, it } from 'vitest';
import { isStalled, pendingWork, STALLED_AFTER_MS } from '../../lib/core/stalled.ts';
import { TACHE_STATES } from '../../lib/core/tache.ts';
import { aTache } from '../use-cases/a-tache.ts';

const inEachState = (dropped: boolean) => TACHE_STATES.map((state) => pendingWork(aTache({ state }), dropped));

describe('what a tache waits for', () => {
  it('is its matching until there is a result, and what a validation does once there is one', () => {
    expect(inEachState(false)).toEqual(['matching', 'matching', undefined, 'validation', undefined, undefined]);
  });

  it('is the announcement of its arrival, where its statement was dropped and nobody has begun', () => {
    expect(inEachState(true)).toEqual(['arrival', 'matching', undefined, 'validation', undefined, undefined]);
  });

  it('is late once nothing was seen for longer than any attempt lasts', () => {
    const tache = aTache({ updatedAt: '2026-03-07T12:00:00.000000Z' });
    const seen = Date.parse(tache.updatedAt);
    expect([isStalled(tache, seen + STALLED_AFTER_MS), isStalled(tache, seen + STALLED_AFTER_MS + 1)]).toEqual([false, true]);
  });
});
