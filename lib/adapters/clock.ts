import type { Clock } from '../ports.ts';

/** The machine's clock: milliseconds, padded to the six decimals of the wire format. */
export const now: Clock = () => new Date().toISOString().replace('Z', '000Z');
