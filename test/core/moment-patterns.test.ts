import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { secondsInstant } from '../../lib/core/local-time.ts';
import { isSwappable, MomentPattern } from '../../lib/core/moment-pattern.ts';
import { momentTexts } from '../../lib/core/moment-texts.ts';
import { monthNamed } from '../../lib/core/month-name.ts';
import type { MomentColumns } from '../../lib/core/operator.ts';
import type { Cell } from '../../lib/core/rows.ts';
import { cases } from '../fixed-seed.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { readObjects } from './reading.ts';

/** Reads moments of one column, in Kinshasa, one hour before UTC. */
function read(moment: Omit<Extract<MomentColumns, { kind: 'one-column' }>, 'kind' | 'column'>, ...cells: Cell[]) {
  const columns = { payid: 'Id', status: 'S', amount: 'A', account: 'C', phone: 'P' };
  const operator = operatorNamed('OMRDC', { layout: { name: 'x', moment: { kind: 'one-column', column: 'M', ...moment }, columns } });
  const rows = cells.map((M, index) => ({ M, Id: `PP${index}`, S: 'OK', A: 1, C: operator.account, P: '0812345678' }));
  const { rows: good, bad } = readObjects(operator, rows);
  return { times: good.map(({ time }) => secondsInstant(time)), bad: bad.map(({ number, problems }) => [number, problems[0]?.reason] as const) };
}

const shown = (pattern: string, text: string) => {
  const seconds = new MomentPattern(pattern).read(text);
  return seconds === undefined ? undefined : secondsInstant(seconds);
};

describe('a pattern of a moment', () => {
  it.each([
    ['M/d/yyyy h:mm:ss a', '3/7/2026 9:28:53 PM', '2026-03-07T21:28:53Z'],
    ['M/d/yyyy h:mm:ss a', '12/31/2026 12:00:00 AM', '2026-12-31T00:00:00Z'],
    ['M/d/yyyy h:mm:ss a', '12/31/2026 12:00:01 p.m.', '2026-12-31T12:00:01Z'],
    ['M/d/yyyy h:mm:ss a', '3/7/2026 9:28:53\u202fAM', '2026-03-07T09:28:53Z'],
    ['MMM d, yyyy, h:mm a', 'Mar 7, 2026, 9:28 pm', '2026-03-07T21:28:00Z'],
    ['dd MMM yyyy HH:mm:ss', '07 mars 2026 09:28:53', '2026-03-07T09:28:53Z'],
    ['dd MMM yyyy HH:mm:ss', '07 févr. 2026 09:28:53', '2026-02-07T09:28:53Z'],
    ['dd MMMM yyyy HH:mm', '07 AOÛT 2026 09:28', '2026-08-07T09:28:00Z'],
    ['dd-MMM-yy HH:mm', '07-DEC-26 09:28', '2026-12-07T09:28:00Z'],
    ["dd MMMM yyyy 'à' HH'h'mm", '07 janvier 2026 à 09h28', '2026-01-07T09:28:00Z'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2026-03-07T09:28:53+01:00', '2026-03-07T08:28:53Z'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2026-03-07T09:28:53Z', '2026-03-07T09:28:53Z'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2026-03-07T09:28:53.123-0230', '2026-03-07T11:58:53Z'],
    ["yyyy-MM-dd'T'HH:mm:ss.SSSX", '2026-03-07T23:59:59.999-01', '2026-03-08T00:59:59Z'],
    ['yyyyMMddHHmmss', '20260307092853', '2026-03-07T09:28:53Z'],
    ['HH:mm:ss dd/MM/yyyy', '09:28:53,5 07/03/2026', '2026-03-07T09:28:53Z'],
    ['HH:mm:ss dd/MM/yyyy', '09:28:53.0505 07/03/2026', '2026-03-07T09:28:53Z'],
    ['M/d/yyyy h:mm:ss a', '3/7/2026 1:28:53 P.M', '2026-03-07T13:28:53Z'],
    ["dd/MM/yyyy HH''mm", "07/03/2026 09'28", '2026-03-07T09:28:00Z'],
    ["dd/MM/yyyy HH'h''m'mm", "07/03/2026 09h'm28", '2026-03-07T09:28:00Z'],
    ['dd/MM/yyyy HH:mm', '07/03/0026 09:28', '2026-03-07T09:28:00Z'],
    ['dd/MM/yyyy HH:mm', '07/03/0100 09:28', '0100-03-07T09:28:00Z'],
    ['dd/MM/yyyy HH:mm', '07/03/2026\t\r\u00a009:28\n', '2026-03-07T09:28:00Z'],
    ['dd MMM yyyy HH:mm', '07 mars\u00a02026 09:28', '2026-03-07T09:28:00Z'],
    ['dd MMM yyyy HH:mm', '07 mars\u202f2026 09:28', '2026-03-07T09:28:00Z'],
    ['dd MMM yyyy HH:mm', '07 fe\u0301vr. 2026 09:28', '2026-02-07T09:28:00Z'],
    ['dd MMM yyyy HH:mm', '07 aou\u0302t 2026 09:28', '2026-08-07T09:28:00Z'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2026-03-07T18:00:00+18:00', '2026-03-07T00:00:00Z'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2026-03-07T09:28:53-01:59', '2026-03-07T11:27:53Z'],
  ])('%s reads "%s"', (pattern, text, instant) => {
    expect(shown(pattern, text)).toBe(instant);
  });

  it.each([
    ['M/d/yyyy h:mm:ss a', '3/7/2026 13:28:53 PM'],
    ['M/d/yyyy h:mm:ss a', '3/7/2026 0:28:53 AM'],
    ['M/d/yyyy h:mm:ss a', '3/7/2026 9:28:53'],
    ['M/d/yyyy h:mm:ss a', '113/7/2026 9:28:53 AM'],
    ['dd MMM yyyy HH:mm', '07 brumaire 2026 09:28'],
    ['dd MMM yyyy HH:mm', '30 Feb 2026 09:28'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2026-03-07T09:28:53'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2026-03-07T09:28:53+25:00'],
    ['dd/MM/yyyy HH:mm', '07/03/2026 09:28 GMT'],
    ['dd/MM/yyyy HH:mm', ''],
    ['dd/MM/yyyy HH:mm', '07/03/202609:28'],
    ['dd/MM/yyyy HH:mm', '07/03/2026\u000809:28'],
    ['dd/MM/yyyy HH:mm', '07/03/2026\u000e09:28'],
    ['dd/MM/yyyy HH:mm:ss', '07/03/2026 09:28:53.'],
    ['dd/MM/yyyy HH:mm:ss', '07/03/2026 09:28:53.5x'],
    ['M/d/yyyy h:mm:ss a', '3/7/2026 9:28:53 XM'],
    ['M/d/yyyy h:mm:ss a', '3/7/2026 9:28:53 PX'],
    ['M/d/yyyy h:mm:ss a', '3/7/2026 9:28:53 PM.'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2026-02-30T09:28:53Z'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2026-03-07T09:28:53+01:60'],
    ["yyyy-MM-dd'T'HH:mm:ssXXX", '2026-03-07T09:28:53+19:00'],
  ])('%s does not read "%s"', (pattern, text) => {
    expect(shown(pattern, text)).toBeUndefined();
  });

  it('reads every second of four centuries back as the calendar of the language has it', () => {
    const pattern = new MomentPattern('yyyy-MM-dd HH:mm:ss');
    const seconds = fc.integer({ min: Date.UTC(1800, 0, 1) / 1_000, max: Date.UTC(2200, 0, 1) / 1_000 });
    fc.assert(
      fc.property(seconds, (moment) => {
        expect(pattern.read(secondsInstant(moment).replace('T', ' ').slice(0, 19))).toBe(moment);
      }),
      cases(2_000),
    );
  });

  it('is nothing but what it says: its signs are no expression', () => {
    expect(shown('(d+)+$ MM yyyy HH:mm', '(7+)+$ 03 2026 09:28')).toBe('2026-03-07T09:28:00Z');
    expect(shown('dd.MM.yyyy HH:mm', '07x03x2026 09:28')).toBeUndefined();
  });

  it('that is not known does not read at all', () => {
    expect(() => new MomentPattern('EEE dd/MM/yyyy')).toThrow(new RangeError('"E" is no part of a date pattern'));
  });

  it('may have other text after it where the layout says so, but no digit that could be its own', () => {
    const trailing = new MomentPattern('dd/MM/yyyy HH:mm', true);
    const read = ['', ' GMT', 'GMT', ' 5', '5', '5 GMT'].map((rest) => trailing.read(`07/03/2026 09:28${rest}`) !== undefined);
    expect(read).toEqual([true, true, true, true, false, false]);
  });

  it('can be turned round where day and month are digits, and the year does not come first', () => {
    for (const pattern of ['dd/MM/yyyy', 'M/d/yy', 'HH:mm dd-MM-yyyy', "'le' d.M.yyyy"]) expect([pattern, isSwappable(pattern)]).toEqual([pattern, true]);
    for (const pattern of ['yyyy-MM-dd', 'dd MMM yyyy', 'MMMM d, yyyy', 'MM/yyyy', 'dd/yyyy', 'HH:mm', "'x'", ''])
      expect([pattern, isSwappable(pattern)]).toEqual([pattern, false]);
  });

  it('knows each month by the names of both languages', () => {
    const names = (locale: string, month: 'short' | 'long') =>
      Array.from({ length: 12 }, (_, index) => new Intl.DateTimeFormat(locale, { month }).format(new Date(Date.UTC(2026, index, 15))).replace('.', ''));
    for (const list of [names('en', 'short'), names('en', 'long'), names('fr', 'short'), names('fr', 'long')]) {
      expect(list.map(monthNamed)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    }
  });
});

describe('a moment that names its offset', () => {
  it('is that instant, whatever the zone of the operator', () => {
    expect(read({ pattern: "yyyy-MM-dd'T'HH:mm:ssXXX" }, '2026-03-07T09:28:53+03:00', '2026-03-07T09:28:53Z').times).toEqual(['2026-03-07T06:28:53Z', '2026-03-07T09:28:53Z']);
  });

  it('stands beside date cells, which are local time', () => {
    expect(read({ pattern: "yyyy-MM-dd'T'HH:mm:ssXXX" }, '2026-03-08T08:17:00Z', 46_089.345_138_888_89).times).toEqual(['2026-03-08T08:17:00Z', '2026-03-08T07:17:00Z']);
  });
});

describe('a column of several patterns', () => {
  const both = { pattern: 'dd/MM/yyyy HH:mm', otherPatterns: ['MM/dd/yyyy HH:mm'] };

  it('is read by the first one that fits each text', () => {
    const { times, bad } = read(
      { pattern: 'dd/MM/yyyy HH:mm:ss', otherPatterns: ['dd/MM/yyyy HH:mm', 'yyyy-MM-dd HH:mm:ss'] },
      '07/03/2026 09:28:53',
      '2026-03-07 09:28:53',
      '07/03/2026 09:28',
    );
    expect(times).toEqual(['2026-03-07T08:28:53Z', '2026-03-07T08:28:53Z', '2026-03-07T08:28:00Z']);
    expect(bad).toEqual([]);
  });

  it('refuses the days that two of them read differently, once the column shows both in use', () => {
    expect(read(both, '13/03/2026 10:00', '04/05/2026 10:00', '03/25/2026 10:00', '05/05/2026 10:00')).toEqual({
      times: ['2026-03-13T09:00:00Z', '2026-03-25T09:00:00Z', '2026-05-05T09:00:00Z'],
      bad: [[1, 'jour et mois incertains : la colonne mélange plusieurs formats de date']],
    });
  });

  it('refuses them too where all that is certain speaks for the other pattern', () => {
    expect(read(both, '04/05/2026 10:00', '03/25/2026 10:00').bad).toMatchObject([[0, expect.stringContaining('incertains')]]);
  });

  it('takes the first pattern where nothing speaks against it', () => {
    expect(read(both, '13/03/2026 10:00', '04/05/2026 10:00')).toEqual({ times: ['2026-03-13T09:00:00Z', '2026-05-04T09:00:00Z'], bad: [] });
  });

  it('of three proves none of them by a text that another one reads differently', () => {
    const three = { pattern: 'MM-dd-yy HH:mm', otherPatterns: ['dd-MM-yy HH:mm', 'yy-MM-dd HH:mm'] };
    expect(read(three, '25-03-26 10:00', '04-05-26 10:00')).toEqual({ times: ['2026-03-25T09:00:00Z', '2026-04-05T09:00:00Z'], bad: [] });
  });

  it('is not in doubt for a row that has no time', () => {
    const moment = { kind: 'two-columns', dateColumn: 'D', datePattern: 'dd/MM/yyyy', otherDatePatterns: ['MM/dd/yyyy'], timeColumn: 'H', timePattern: 'HH:mm' } as const;
    const columns = { payid: 'Id', status: 'S', amount: 'A', account: 'C', phone: 'P' };
    const operator = operatorNamed('OMRDC', { layout: { name: 'x', moment, columns } });
    const rows = [
      ['13/03/2026', '10:00'],
      ['04/05/2026', 'midi'],
      ['03/25/2026', '10:00'],
    ].map(([D, H], index) => ({ D, H, Id: `PP${index}`, S: 'OK', A: 1, C: operator.account, P: '0812345678' }));
    expect(readObjects(operator, rows).bad).toEqual([{ number: 1, problems: [{ column: 'H', reason: 'date ou heure illisible' }] }]);
  });

  it('has named no offset before any text was read, and has at least one pattern', () => {
    expect(momentTexts(['yyyy-MM-dd HH:mmX', 'yyyy-MM-dd HH:mm']).zoned).toBe(false);
    expect(() => momentTexts([])).toThrow(new RangeError('a moment without pattern'));
  });

  it('that fits none of them is unreadable', () => {
    expect(read(both, '2026-03-07 10:00', '13/03/2026 10:00').bad).toEqual([[0, 'date ou heure illisible']]);
  });
});
