import { describe, expect, it } from 'vitest';
import { clockSeconds, instantMicros, microsInstant, serialSeconds, serialTimeOfDay, wallClock, zoneConverter } from '../../lib/core/local-time.ts';

const utc = (...parts: Parameters<typeof Date.UTC>) => Date.UTC(...parts) / 1_000;

describe('a date and time as a clock shows them', () => {
  it('exists on every day of the calendar, leap years included', () => {
    for (const [year, month, day] of [
      [2026, 1, 31],
      [2024, 1, 31],
      [2024, 2, 29],
      [2000, 2, 29],
      [1900, 2, 28],
      [1970, 1, 1],
      [1969, 12, 31],
    ] as const)
      expect([year, month, day, clockSeconds(year, month, day, 23, 59, 59)]).toEqual([year, month, day, utc(year, month - 1, day, 23, 59, 59)]);
  });

  it('does not exist on any other, or beyond the last second of its minute, hour and day', () => {
    const others = [
      ...[clockSeconds(2026, 2, 29, 0, 0, 0), clockSeconds(1900, 2, 29, 0, 0, 0), clockSeconds(2100, 2, 29, 0, 0, 0), clockSeconds(2024, 2, 30, 0, 0, 0)],
      ...[clockSeconds(2024, 4, 31, 0, 0, 0), clockSeconds(2024, 0, 1, 0, 0, 0), clockSeconds(2024, 13, 1, 0, 0, 0), clockSeconds(2024, 1, 0, 0, 0, 0)],
      ...[clockSeconds(2024, 1, 1, 24, 0, 0), clockSeconds(2024, 1, 1, 0, 60, 0), clockSeconds(2024, 1, 1, 0, 0, 60)],
    ];
    expect(others).toEqual(Array(11).fill(undefined));
  });
});

describe('a serial number', () => {
  it('shows a date between the first and the last day of spreadsheets', () => {
    expect([0, 1.5, 46_088.5, 2_958_465.5].map((serial) => serialSeconds(serial, 1900))).toEqual([
      utc(1899, 11, 30),
      utc(1899, 11, 31, 12),
      utc(2026, 2, 7, 12),
      utc(9999, 11, 31, 12),
    ]);
    expect([-0.5, 2_958_466, Number.NaN].map((serial) => serialSeconds(serial, 1900))).toEqual([undefined, undefined, undefined]);
  });

  it('shows a time of day by what follows its point', () => {
    expect([0, 0.5, 46_088.25, 0.999_999_999].map(serialTimeOfDay)).toEqual([0, 43_200, 21_600, 0]);
    expect([-0.5, 2_958_466, Number.NaN].map(serialTimeOfDay)).toEqual([undefined, undefined, undefined]);
  });
});

describe('a zone whose clocks change', () => {
  it('shows one hour more in summer, from the very second on', () => {
    const ahead = (seconds: number) => wallClock('Europe/Paris')(seconds) - seconds;
    expect([utc(2026, 0, 1), utc(2026, 2, 29, 0, 59, 59), utc(2026, 2, 29, 1), utc(2026, 6, 1), utc(2026, 9, 25, 0, 59, 59), utc(2026, 9, 25, 1)].map(ahead)).toEqual([
      3_600, 3_600, 7_200, 7_200, 7_200, 3_600,
    ]);
  });

  it('is read back from its clocks, before and after the change of one day', () => {
    const toUtc = zoneConverter('Europe/Paris');
    expect([utc(2026, 2, 29, 1, 59, 59), utc(2026, 2, 29, 3), utc(2026, 6, 1), utc(2026, 9, 25, 1), utc(2026, 9, 25, 4)].map(toUtc)).toEqual([
      utc(2026, 2, 29, 0, 59, 59),
      utc(2026, 2, 29, 1),
      utc(2026, 5, 30, 22),
      utc(2026, 9, 24, 23),
      utc(2026, 9, 25, 3),
    ]);
  });
});

describe('an instant', () => {
  it('may name its offset in hours alone, and have blanks around it', () => {
    expect([' 2026-03-07 12:00:00 ', '2026-03-07T12:00:00+01', '2026-03-07T12:00:00-0130'].map(instantMicros)).toEqual([
      utc(2026, 2, 7, 12) * 1e6,
      utc(2026, 2, 7, 11) * 1e6,
      utc(2026, 2, 7, 13, 30) * 1e6,
    ]);
  });

  it('is written with six decimals or none', () => {
    expect([0, 1, 1_500_000, -1].map(microsInstant)).toEqual(['1970-01-01T00:00:00Z', '1970-01-01T00:00:00.000001Z', '1970-01-01T00:00:01.500000Z', '1969-12-31T23:59:59.999999Z']);
  });
});
