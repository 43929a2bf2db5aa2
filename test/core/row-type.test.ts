import { describe, expect, it } from 'vitest';
import type { Cell } from '../../lib/core/rows.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { orangeRow, readObjects, readTable } from './reading.ts';

const { layout } = operatorNamed('OMCI');
const operator = operatorNamed('OMCI', { layout: { ...layout, rowType: { column: 'Service', only: ['Paiement marchand', 'Merchant Payment'] } } });

function read(...rows: Readonly<Record<string, Cell>>[]) {
  const { rows: good, setAside, bad } = readObjects(operator, rows.map(orangeRow));
  return { good: good.map(({ number }) => number), setAside: setAside.map(({ number, reason }) => ({ number, reason })), bad: bad.map(({ number }) => number) };
}

describe('the type of a row', () => {
  it('decides whether it counts, however the word is spelled; other rows are set aside and counted', () => {
    expect(read({ Service: 'PAIEMENT  MARCHAND' }, { Service: 'merchant payment\u00a0' }, { Service: 'Retrait' }, { Service: null }, { Service: 'Paiement marchand 2' })).toEqual({
      good: [0, 1],
      setAside: [2, 3, 4].map((number) => ({ number, reason: 'other-type' })),
      bad: [],
    });
  });

  it('comes first: nothing else of another row has to be right', () => {
    expect(read({ Service: 'Merchant Payment' }, { Service: 'Frais', Correspondant: null, Crédit: 'x' }).bad).toEqual([]);
  });

  it('does not hide that the file is of the operator', () => {
    const header = [...Object.keys(orangeRow()), 'Service'];
    expect(readTable(operator, [header, [...Object.values(orangeRow()), 'Frais']])).toMatchObject({ kind: 'rows', accountFound: true, rows: { length: 0 } });
  });

  it('is a column that the file must have', () => {
    expect(readTable(operator, [Object.keys(orangeRow()), Object.values(orangeRow())])).toEqual({ kind: 'headers-missing', missing: ['Service'] });
  });
});
