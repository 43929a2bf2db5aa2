import { describe, expect, it } from 'vitest';
import type { Row } from '../../lib/core/rows.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { orangeRow, readTable } from './reading.ts';

const orange = operatorNamed('OMCI');
const HEADER = Object.keys(orangeRow());
const GOOD = Object.values(orangeRow());
const amountOnly: Row = [null, '', null, null, '8 984 000', null, null];

function read(...rows: Row[]) {
  const reading = readTable(orange, [HEADER, ...rows]);
  if (reading.kind !== 'rows') throw new Error(reading.kind);
  return { count: reading.count, bad: reading.bad.map(({ number }) => number), skipped: reading.skipped };
}

describe('a row that is skipped', () => {
  it('is a blank one, wherever it stands, and is counted', () => {
    expect(read(GOOD, [], [null, ' ', '\u00a0'], GOOD)).toEqual({ count: 2, bad: [], skipped: { blank: 2, repeatedHeader: 0, total: 0 } });
  });

  it('is the header again, one for each printed page, and is counted', () => {
    expect(
      read(
        GOOD,
        HEADER,
        GOOD,
        HEADER.map((name) => name.toUpperCase()),
        GOOD,
      ),
    ).toEqual({ count: 3, bad: [], skipped: { blank: 0, repeatedHeader: 2, total: 0 } });
  });

  it.each(['Total', 'TOTAL :', 'Total général', 'Sous-total', 'sous total', 'Totaux', 'Grand total', 'Montant total'])('is one labelled "%s"', (label) => {
    expect(read(GOOD, [label, null, null, null, 8_984_000, null, null])).toEqual({ count: 1, bad: [], skipped: { blank: 0, repeatedHeader: 0, total: 1 } });
    expect(read(GOOD, [null, null, label, '', '8 984 000', '', ''], GOOD).count).toBe(2);
  });

  it('is one with nothing but an amount under all data rows', () => {
    expect(read(GOOD, amountOnly)).toEqual({ count: 1, bad: [], skipped: { blank: 0, repeatedHeader: 0, total: 1 } });
  });

  it('is not one with nothing but an amount between data rows: that row is bad', () => {
    expect(read(GOOD, amountOnly, GOOD)).toEqual({ count: 3, bad: [1], skipped: { blank: 0, repeatedHeader: 0, total: 0 } });
  });

  it('is not one that lacks its reference, as such a row says', () => {
    const reading = readTable(orange, [HEADER, GOOD, amountOnly, GOOD]);
    expect(reading).toMatchObject({ bad: [{ number: 1, problems: [{ column: 'Référence', reason: 'valeur manquante' }] }] });
  });

  it('is not a row that has a header in one of its cells, or words in all of them', () => {
    expect(read(GOOD, GOOD.with(2, 'Référence')).skipped.repeatedHeader).toBe(0);
    expect(read(GOOD, ['jour', 'heure', 'réf', 'état', 'somme', 'compte', 'client'])).toEqual({ count: 2, bad: [1], skipped: { blank: 0, repeatedHeader: 0, total: 0 } });
  });

  it('is not a payment whose customer happens to be called Total', () => {
    const reading = readTable(orange, [
      [...HEADER, 'Libellé'],
      [...GOOD, 'Total Energies'],
    ]);
    expect(reading.kind === 'rows' && reading.rows.length).toBe(1);
  });

  it('is not such a payment that lacks one value: that row is bad', () => {
    const reading = readTable(orange, [
      [...HEADER, 'Libellé'],
      [...GOOD.map((cell, index) => (index === 2 ? null : cell)), 'Total Energies'],
    ]);
    expect(reading).toMatchObject({ kind: 'rows', count: 1, bad: [{ number: 0 }], skipped: { total: 0 } });
  });

  it('is not a row that lacks one value only', () => {
    expect(
      read(
        GOOD,
        GOOD.map((cell, index) => (index === 2 ? null : cell)),
      ).bad,
    ).toEqual([1]);
  });
});
