import { describe, expect, it } from 'vitest';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { orangeRow, readObjects } from './reading.ts';

const STATEMENT = ['Succès', 'SUCCES', ' succès ', 'Echec', 'En cours'].map((Statut) => orangeRow({ Statut }));

describe('the status of a statement row', () => {
  it('does not matter where the operator declares no word for success: every row counts', () => {
    const { rows, setAside } = readObjects(operatorNamed('OMCI'), STATEMENT);
    expect([rows.length, setAside.length]).toEqual([5, 0]);
  });

  it('sets a row aside, counted and listed, where the operator declares words and it is none of them', () => {
    const reading = readObjects(operatorNamed('OMCI', { successStatuses: ['succès', 'Succes'] }), STATEMENT);
    expect(reading.rows.map(({ number }) => number)).toEqual([0, 1, 2]);
    expect(reading.setAside).toEqual([
      { number: 3, reason: 'not-successful' },
      { number: 4, reason: 'not-successful' },
    ]);
    expect(reading.count).toBe(5);
  });

  it('must be there all the same', () => {
    for (const operator of [operatorNamed('OMCI'), operatorNamed('OMCI', { successStatuses: ['SUCCES'] })]) {
      const { bad } = readObjects(operator, [orangeRow(), orangeRow({ Statut: ' ' })]);
      expect(bad).toEqual([{ number: 1, problems: [{ column: 'Statut', reason: 'valeur manquante' }] }]);
    }
  });
});
