import { describe, expect, it } from 'vitest';
import type { Cell } from '../../lib/core/rows.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { orangeRow, readObjects } from './reading.ts';

/** What a spreadsheet of the wrong language makes of 3 April: the serial number of 4 March. */
const SWAPPED = 46_085;

function badRows(...dates: Cell[]) {
  return readObjects(
    operatorNamed('OMCI'),
    dates.map((date) => orangeRow({ Date: date })),
  ).bad;
}

describe('dates that a spreadsheet program has turned round', () => {
  it('are noticed where days 13 to 31 stayed text and days 1 to 12 became real dates', () => {
    expect(badRows('13/03/2026', SWAPPED, '31/03/2026', SWAPPED)).toMatchObject([
      { number: 1, problems: [{ column: 'Date' }] },
      { number: 3, problems: [{ column: 'Date' }] },
    ]);
  });

  it('are noticed in a layout with the month first as well', () => {
    const mtn = (EndDateTime: Cell) => ({
      EndDateTime,
      TransactionId: `PP${EndDateTime}`,
      ResponseMessage: 'SUCCES',
      Amount: 100,
      ServiceProviderCode: 'CINETPAY',
      MSISDN: '0501234567',
    });
    expect(readObjects(operatorNamed('MTNCI'), [mtn('03/20/2026 10:00:00'), mtn(SWAPPED + 0.5)]).bad).toMatchObject([{ number: 1 }]);
  });

  it('cannot be where the year comes first: nothing is turned round there', () => {
    const moov = (DATE: Cell) => ({ DATE, RefID: `PP${DATE}`, STATUS: 'SUCCES', CR: 100, COMPTE: 'CINETPAY', 'S/D': '0101234567' });
    expect(readObjects(operatorNamed('MOOVCI'), [moov('2026-03-20 10:00:00'), moov(SWAPPED + 0.5)]).bad).toEqual([]);
  });

  it('are reported once on a row that is bad anyway', () => {
    const { bad } = readObjects(operatorNamed('OMCI'), [orangeRow({ Date: '13/03/2026' }), orangeRow({ Date: SWAPPED, Crédit: 'x' })]);
    expect(bad.map(({ number }) => number)).toEqual([1]);
  });

  it('are noticed up to the twelfth, and where the layout has other patterns as well', () => {
    expect(badRows('13/03/2026', SWAPPED + 8)).toMatchObject([{ number: 1 }]);
    const { layout } = operatorNamed('OMCI');
    const moment = { kind: 'two-columns', dateColumn: 'Date', datePattern: 'yyyy-MM-dd', otherDatePatterns: ['dd/MM/yyyy'], timeColumn: 'Heure', timePattern: 'HH:mm:ss' } as const;
    const rows = ['13/03/2026', SWAPPED].map((date) => orangeRow({ Date: date }));
    expect(readObjects(operatorNamed('OMCI', { layout: { ...layout, moment } }), rows).bad).toMatchObject([{ number: 1 }]);
  });

  it('stand among the other bad rows in the order of the file', () => {
    const rows = [orangeRow({ Crédit: 'x' }), orangeRow({ Date: SWAPPED }), orangeRow({ Date: '13/03/2026' }), orangeRow({ Crédit: 'y' }), orangeRow({ Date: SWAPPED })];
    const { bad } = readObjects(
      operatorNamed('OMCI'),
      rows.map((row, index) => (index === 0 || index === 3 ? { ...row, Date: '14/03/2026' } : row)),
    );
    expect(bad.map(({ number }) => number)).toEqual([0, 1, 3, 4]);
  });

  it('are not suspected where all dates are real, or all are text', () => {
    expect(badRows(SWAPPED, SWAPPED)).toEqual([]);
    expect(badRows('13/03/2026', '04/03/2026')).toEqual([]);
  });

  it('are not suspected where a text shows a day up to 12, or a real date one above', () => {
    expect(badRows('13/03/2026', '04/03/2026', SWAPPED)).toEqual([]);
    expect(badRows('13/03/2026', SWAPPED, SWAPPED + 12)).toEqual([]);
  });
});
