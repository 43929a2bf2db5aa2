import { instantMicros, secondsInstant, wallClock } from '../core/local-time.ts';

const MICROS = 1_000_000;

/** Shows instants as the clocks of one zone do. */
export interface LocalClock {
  /** Seconds since 1970-01-01 00:00 of that clock; `undefined` for what is no instant. */
  seconds(instant: string): number | undefined;
  /** `2026-03-07 12:00:00`; `''` for what is no instant. */
  text(instant: string): string;
  /** `07/03/2026 à 12:00:00` */
  french(instant: string): string;
  /** `Africa/Douala` */
  readonly zone: string;
}

export function localClock(timeZone: string): LocalClock {
  const wall = wallClock(timeZone);
  const seconds = (instant: string) => {
    const micros = instantMicros(instant);
    return micros === undefined ? undefined : wall(Math.floor(micros / MICROS));
  };
  const text = (instant: string) => {
    const at = seconds(instant);
    return at === undefined ? '' : secondsInstant(at).replace('T', ' ').replace('Z', '');
  };
  return {
    zone: timeZone,
    seconds,
    text,
    french: (instant) => text(instant).replace(/^(\d{4})-(\d{2})-(\d{2}) /u, '$3/$2/$1 à '),
  };
}
