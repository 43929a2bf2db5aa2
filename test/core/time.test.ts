import { describe, expect, it } from 'vitest';
import { instantMicros, microsInstant, secondsInstant } from '../../lib/core/local-time.ts';
import type { Operator } from '../../lib/core/operator.ts';
import type { Cell } from '../../lib/core/rows.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { badColumns, orangeRow, readOne } from './reading.ts';

const orange = operatorNamed('OMCI');
const time = (operator: Operator, object: object, epoch: 1900 | 1904 = 1900) => secondsInstant(readOne(operator, object, { epoch, typed: true }).time);
const orangeTime = (date: Cell, hour: Cell) => time(orange, orangeRow({ Date: date, Heure: hour }));

function moov(DATE: Cell) {
  return time(operatorNamed('MOOVCI'), { DATE, RefID: 'PP1', STATUS: 'SUCCES', CR: 100, COMPTE: 'CINETPAY', 'S/D': '0101234567' });
}

describe('the time of a statement row', () => {
  it('is read by the pattern of its layout: day first for Orange, month first for MTN CI', () => {
    expect(orangeTime('07/03/2026', '09:28:53')).toBe('2026-03-07T09:28:53Z');
    const mtn = { EndDateTime: '03/07/2026 09:28:53', TransactionId: 'PP1', ResponseMessage: 'SUCCES', Amount: 100, ServiceProviderCode: 'CINETPAY', MSISDN: '0501234567' };
    expect(time(operatorNamed('MTNCI'), mtn)).toBe('2026-03-07T09:28:53Z');
  });

  it('is local time of the operator: one hour before UTC+1 in Cameroon and in Kinshasa', () => {
    expect(time(operatorNamed('OMCM'), orangeRow({ 'Compte OM': '650000005' }))).toBe('2026-03-07T08:28:53Z');
    expect(time(operatorNamed('OMRDC'), orangeRow({ 'Compte OM': '0890000006' }))).toBe('2026-03-07T08:28:53Z');
  });

  it('is unreadable in a cell of yes or no', () => {
    expect([badColumns(orange, orangeRow({ Date: true })), badColumns(orange, orangeRow({ Heure: false }))]).toEqual([['Date'], ['Heure']]);
  });

  it('may name its offset where it has a column of its own; a time cell beside it is local', () => {
    const moment = { kind: 'two-columns', dateColumn: 'Date', datePattern: 'dd/MM/yyyy', timeColumn: 'Heure', timePattern: 'HH:mm:ssXXX' } as const;
    const operator = operatorNamed('OMCM', { layout: { ...orange.layout, moment } });
    const at = (Heure: Cell) => time(operator, orangeRow({ 'Compte OM': operator.account, Heure }));
    expect([at('09:28:53+03:00'), at('00:30:00+01:00'), at('09:28:53Z'), at(0.5)]).toEqual([
      '2026-03-07T06:28:53Z',
      '2026-03-06T23:30:00Z',
      '2026-03-07T09:28:53Z',
      '2026-03-07T11:00:00Z',
    ]);
  });

  it('can belong to another day in UTC', () => {
    expect(time(operatorNamed('OMCM'), orangeRow({ 'Compte OM': '650000005', Heure: '00:30:00' }))).toBe('2026-03-06T23:30:00Z');
  });

  it('follows a zone that changes its clocks', () => {
    const paris = operatorNamed('OMCI', { timeZone: 'Europe/Paris' });
    expect(time(paris, orangeRow({ Date: '28/03/2026' }))).toBe('2026-03-28T08:28:53Z');
    expect(time(paris, orangeRow({ Date: '29/03/2026', Heure: '01:59:59' }))).toBe('2026-03-29T00:59:59Z');
    expect(time(paris, orangeRow({ Date: '29/03/2026', Heure: '03:00:00' }))).toBe('2026-03-29T01:00:00Z');
  });

  it('loses its fraction of a second, and is not rounded', () => {
    expect(moov('2026-03-08 08:17:00.999')).toBe('2026-03-08T08:17:00Z');
    expect(moov('2026-03-08 08:17:00,5')).toBe('2026-03-08T08:17:00Z');
  });

  it('may have several blanks, of any kind, between date and time and around', () => {
    expect(moov(' 2026-03-08 \u00a0 08:17:00\t')).toBe('2026-03-08T08:17:00Z');
  });

  it('may be followed by a zone or offset in the VISA layout, and there only', () => {
    const visa = {
      'Date et heure': '03-01-26 07:02:22 GMT+0000',
      'ID de requête': 'PP1',
      Décision: 'ACCEPT',
      Montant: 100,
      'ID du marchand': 'ecoeci0016',
      'UUID de la transaction': 'U1',
    };
    expect(time(operatorNamed('DDVAVISA'), visa)).toBe('2026-03-01T07:02:22Z');
    expect(badColumns(orange, orangeRow({ Heure: '07:02:22 GMT' }))).toEqual(['Heure']);
  });

  it('of a date cell is the date that the cell shows', () => {
    expect(moov(46_089.345_138_888_89)).toBe('2026-03-08T08:17:00Z');
    expect(orangeTime(46_088, '09:28:53')).toBe('2026-03-07T09:28:53Z');
    expect(orangeTime(46_088, 0.395_057_870_370_370_4)).toBe('2026-03-07T09:28:53Z');
    expect(orangeTime(46_088.99, 46_088.395_057_870_37)).toBe('2026-03-07T09:28:53Z');
  });

  it('of a date cell never falls a second short, whatever the second', () => {
    for (let second = 0; second < 86_400; second += 31) {
      expect(readOne(orange, orangeRow({ Date: 46_088, Heure: second / 86_400 })).time % 86_400).toBe(second);
    }
  });

  it('of a date cell counts from 1904 where the workbook does', () => {
    expect(time(orange, orangeRow({ Date: 46_088 - 1_462 }), 1904)).toBe('2026-03-07T09:28:53Z');
  });

  it.each(['31/02/2026', '07-03-2026', '2026-03-07', '7/3/2026', '07/03/26', '00/03/2026', '07/13/2026', 'hier', 1e9])('is unreadable where the date is %s', (date) => {
    expect(badColumns(orange, orangeRow({ Date: date }))).toEqual(['Date']);
  });

  it.each(['24:00:00', '09:60:00', '9h28', '09:28'])('is unreadable where the hour is %s', (Heure) => {
    expect(badColumns(orange, orangeRow({ Heure }))).toEqual(['Heure']);
  });

  it('knows leap days', () => {
    expect(orangeTime('29/02/2028', '00:00:00')).toBe('2028-02-29T00:00:00Z');
    expect(badColumns(orange, orangeRow({ Date: '29/02/2026' }))).toContain('Date');
  });
});

describe('the time of a ledger row', () => {
  it('is an instant to the microsecond, in UTC where it names no zone', () => {
    expect(microsInstant(instantMicros('2026-03-12 08:27:39.123456') ?? 0)).toBe('2026-03-12T08:27:39.123456Z');
    expect(instantMicros('2026-03-12T08:27:39Z')).toBe(instantMicros('2026-03-12 08:27:39 UTC'));
    expect(instantMicros('2026-03-12T09:27:39+01:00')).toBe(instantMicros('2026-03-12T08:27:39Z'));
    expect(instantMicros('2026-03-12 08:27:39+00')).toBe(instantMicros('2026-03-12T08:27:39Z'));
    expect(instantMicros('2026-03-12T05:57:39-0230')).toBe(instantMicros('2026-03-12T08:27:39Z'));
  });

  it.each(['12/03/2026 08:27:39', '2026-03-12', '2026-02-30T08:27:39Z', ''])('is nothing where the text is "%s"', (text) => {
    expect(instantMicros(text)).toBeUndefined();
  });
});
