import type { Clock } from '../../lib/ports.ts';

/** A clock that a test moves. */
export interface ClockInHand {
  readonly now: Clock;
  pass(milliseconds: number): void;
}

/** Stands still until it is moved, so that a test names every instant. */
export function clockAt(instant: string): ClockInHand {
  let time = Date.parse(instant);
  return {
    now: () => new Date(time).toISOString().replace('Z', '000Z'),
    pass: (milliseconds) => {
      time += milliseconds;
    },
  };
}
