import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../ports.ts';

/** The machine's clock: milliseconds, padded to the six decimals of the wire format. */
export const now: Clock = () => new Date().toISOString().replace('Z', '000Z');

/** Tells, from now on, whether so many milliseconds are over. */
export function timeLimit(milliseconds: number): () => boolean {
  const end = performance.now() + milliseconds;
  return () => performance.now() > end;
}

/** Waits so many milliseconds. */
export async function pause(milliseconds: number): Promise<void> {
  await delay(milliseconds);
}
