import { describe, expect, it } from 'vitest';
import { instantMicros, zoneConverter } from '../../lib/core/local-time.ts';
import { MomentPattern } from '../../lib/core/moment-pattern.ts';
import type { MomentColumns } from '../../lib/core/operator.ts';
import { plainInstantMicros, plainMoment } from '../../lib/core/plain-moment.ts';

const utf8 = new TextEncoder();
const same = (wallSeconds: number) => wallSeconds;
const one = (pattern: string, otherPatterns?: readonly string[]): MomentColumns => ({ kind: 'one-column', column: 'M', pattern, ...(otherPatterns && { otherPatterns }) });
const two = (datePattern: string, timePattern: string, others: { otherDatePatterns?: readonly string[]; otherTimePatterns?: readonly string[] } = {}): MomentColumns => ({
  kind: 'two-columns',
  dateColumn: 'D',
  datePattern,
  timeColumn: 'T',
  timePattern,
  ...others,
});

/** Reads a cell that lies between two others. */
function cell(text: string, read: (bytes: Uint8Array, start: number, end: number) => number): number {
  const bytes = utf8.encode(`Z${text}00Z`);
  return read(bytes, 1, bytes.length - 3);
}

const DAY = 'yyyy-MM-dd HH:mm:ss';

function days(texts: readonly string[], toUtc = same) {
  const moment = plainMoment(one(DAY), toUtc);
  return texts.map((text) => (moment === undefined ? undefined : cell(text, moment.day)));
}

describe('a moment read from its bytes', () => {
  it('has each of its numbers at one place: other patterns are left to the reader of texts', () => {
    for (const moment of [
      one(DAY),
      one("dd.MM.yyyy'T'HH'h'mm-ss"),
      one(DAY, []),
      two('dd/MM/yyyy', 'HH:mm:ss'),
      two('yyyyMMdd', 'HHmmss', { otherDatePatterns: [], otherTimePatterns: [] }),
    ])
      expect([moment, plainMoment(moment, same)]).toEqual([moment, { day: expect.any(Function), time: expect.any(Function) }]);
    const left = [
      ...['d/MM/yyyy HH:mm:ss', 'dd/MM/yy HH:mm:ss', 'dd MMM yyyy HH:mm:ss', 'dd/MM/yyyy HH:mm', 'dd/MM/yyyy hh:mm:ss a', 'dd/dd/yyyy HH:mm:ss', `${DAY}.SSS`].map((pattern) =>
        one(pattern),
      ),
      ...['yyyy年MM-dd HH:mm:ss', 'yyyy\u007fMM-dd HH:mm:ss', 'yyyy-MM-dd HH:mm:ssX'].map((pattern) => one(pattern)),
      ...[one(DAY, ['dd/MM/yyyy HH:mm:ss']), two('dd/MM/yyyy', 'HH:mm:ss', { otherDatePatterns: ['yyyy'] }), two('dd/MM/yyyy', 'HH:mm:ss', { otherTimePatterns: ['HH:mm'] })],
      ...[two('dd/MM/yyyy HH', 'HH:mm:ss'), two('dd/MM', 'yyyy HH:mm:ss'), two('dd/yyyy', 'MM HH:mm:ss'), two('MM/yyyy', 'dd HH:mm:ss')],
      ...[two('dd/MM/yyyy HH', 'mm:ss'), two('dd/MM/yyyy mm', 'HH:ss'), two('dd/MM/yyyy ss', 'HH:mm'), two('d/MM/yyyy', 'HH:mm:ss'), two('dd/MM/yyyy', 'H:mm:ss')],
    ];
    for (const moment of left) expect([moment, plainMoment(moment, same)]).toEqual([moment, undefined]);
  });

  it('is of the day that the text says, whatever day was read before', () => {
    const pattern = new MomentPattern(DAY);
    const read = ['2026-03-05', '2025-03-06', '1926-04-05', '2026-03-05', '2026-05-03', '2024-02-29', '0100-01-01', '9999-12-31', '2026-03-06'].map((day) => `${day} 00:00:00`);
    expect(days(read)).toEqual(read.map((text) => pattern.read(text)));
  });

  it('is none where no calendar has the day, or the text is not of the pattern', () => {
    const others = ['2026-02-29', '2026-13-01', '2026-00-01', '2026-01-00', '0099-01-01', '2026/01/01', 'aaaa-01-01', '2026-aa-01', '2026-01-aa'].map((day) => `${day} 00:00:00`);
    expect(days([...others, '2026-01-01 00:00', '2026-01-01 00:00:000', ''])).toEqual(Array(12).fill(Number.NaN));
  });

  it('is left to the reader of texts on a day on which the clocks change', () => {
    const paris = zoneConverter('Europe/Paris');
    const utc = (day: number) => Date.UTC(2026, 2, day) / 1_000;
    expect(days(['2026-03-28 00:00:00', '2026-03-29 00:00:00', '2026-03-30 00:00:00'], paris)).toEqual([utc(28) - 3_600, Number.NaN, utc(30) - 7_200]);
  });

  it('has every second of a day, and no others', () => {
    const time = plainMoment(two('dd/MM/yyyy', 'HH:mm:ss'), same)?.time ?? (() => 0);
    expect(['00:00:00', '00:00:01', '00:01:00', '01:00:00', '23:59:59'].map((text) => cell(text, time))).toEqual([0, 1, 60, 3_600, 86_399]);
    for (const text of ['24:00:00', '00:60:00', '00:00:60', 'a0:00:00', '00:a0:00', '00:00:a0', '00.00:00', '0:00:00', '']) expect(cell(text, time)).toBeNaN();
  });
});

describe('an instant read from its bytes', () => {
  it('is the same to the microsecond as when it is read as a text', () => {
    for (const text of ['2026-03-12T08:27:39Z', '2026-03-12T08:27:39.5Z', '2026-03-12T08:27:39.123456Z', '2026-03-12T08:27:39.000001Z', '1969-12-31T23:59:59Z'])
      expect(cell(text, plainInstantMicros)).toBe(instantMicros(text));
  });

  it('is left to the reader of texts where it is spelled in any other way', () => {
    const others = ['2026-03-12T08:27:39', '2026-03-12T08:27:39X', '2026-03-12T08:27:39.5', '2026-03-12T08:27:39,5Z', '2026-03-12T08:27:39.Z', '2026-03-12T08:27:39.1234567Z'];
    for (const text of [...others, '2026-03-12 08:27:39Z', '2026-02-30T08:27:39Z', '2026-03-12T08:27:39.aZ', '2026-03-12T08:27Z', 'Z', ''])
      expect(cell(text, plainInstantMicros)).toBeNaN();
  });
});
