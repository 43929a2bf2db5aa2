import { describe, expect, it } from 'vitest';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { orangeRow, readObjects } from './reading.ts';

const STATEMENT = ['Succès', 'SUCCES', ' succès ', 'Echec', 'En cours'].map((Statut) => orangeRow({ Statut }));

describe('the status of a statement row', () => {
  it('does not matter where the operator declares no word for success: every row counts', () => {
    const { rows, setAside, unclassifiedStatuses } = readObjects(operatorNamed('OMCI'), STATEMENT);
    expect([rows.length, setAside.length, unclassifiedStatuses]).toEqual([5, 0, []]);
  });

  it('sets a row aside, counted and listed, where the operator declares words and it is none of them', () => {
    const reading = readObjects(operatorNamed('OMCI', { successStatuses: ['succès', 'Succes'] }), STATEMENT);
    expect(reading.rows.map(({ number }) => number)).toEqual([0, 1, 2]);
    expect(reading.setAside).toMatchObject([
      { number: 3, reason: 'not-successful', status: 'Echec', payid: expect.stringMatching(/./u), amount: expect.stringMatching(/./u), phone: expect.stringMatching(/./u) },
      { number: 4, reason: 'not-successful', status: 'En cours' },
    ]);
    expect(reading.count).toBe(5);
  });

  it('is not classified where the operator declares words for failure as well and it is none of all these, and its spelling is told', () => {
    const operator = operatorNamed('OMCI', { successStatuses: ['Succès'], failureStatuses: ['Échec'] });
    const rows = ['SUCCES', 'échec', 'ECHEC', 'En attente', 'Remboursé', 'En attente ', 'SuccÃ¨s'].map((Statut) => orangeRow({ Statut }));
    const reading = readObjects(operator, rows);
    expect(reading.rows.map(({ number }) => number)).toEqual([0, 6]);
    expect(reading.setAside).toMatchObject([
      { number: 1, reason: 'not-successful' },
      { number: 2, reason: 'not-successful' },
      { number: 3, reason: 'unclassified' },
      { number: 4, reason: 'unclassified' },
      { number: 5, reason: 'unclassified' },
    ]);
    expect(reading.unclassifiedStatuses).toEqual([
      { word: 'En attente', rows: 2 },
      { word: 'Remboursé', rows: 1 },
    ]);
  });

  it('is told by the most frequent spelling first, then by the alphabet', () => {
    const operator = operatorNamed('OMCI', { successStatuses: ['Succès'], failureStatuses: ['Échec'] });
    const words = ['Rejeté', 'Attente', 'Bloqué', 'Bloqué', 'Douteux'];
    const { unclassifiedStatuses } = readObjects(operator, [orangeRow(), ...words.map((Statut) => orangeRow({ Statut }))]);
    expect(unclassifiedStatuses.map(({ word }) => word)).toEqual(['Bloqué', 'Attente', 'Douteux', 'Rejeté']);
  });

  it('of a layout without phone is listed without one', () => {
    const visa = operatorNamed('DDVAVISA', { successStatuses: ['ACCEPT'] });
    const row = { 'Date et heure': '03-07-26 12:00:00', 'ID de requête': 'V1', Décision: 'REJECT', Montant: 5_000, 'ID du marchand': visa.account, 'UUID de la transaction': 'U1' };
    const { rows, setAside } = readObjects(visa, [row, { ...row, Décision: 'ACCEPT' }]);
    expect(setAside).toMatchObject([{ number: 0, status: 'REJECT', phone: '' }]);
    expect(rows.map(({ shown, phone }) => [shown.phone, phone])).toEqual([['', '']]);
  });

  it('does not fill the memory where every row has another word', () => {
    const operator = operatorNamed('OMCI', { successStatuses: ['Succès'], failureStatuses: ['Échec'] });
    const reading = readObjects(operator, [orangeRow(), ...Array.from({ length: 3_000 }, (_, index) => orangeRow({ Statut: `mot ${index}` }))]);
    expect(reading.setAside.filter(({ reason }) => reason === 'unclassified')).toHaveLength(3_000);
    expect(reading.unclassifiedStatuses).toHaveLength(1_000);
  });

  it('must be there all the same', () => {
    for (const operator of [operatorNamed('OMCI'), operatorNamed('OMCI', { successStatuses: ['SUCCES'] })]) {
      const { bad } = readObjects(operator, [orangeRow(), orangeRow({ Statut: ' ' })]);
      expect(bad).toEqual([{ number: 1, problems: [{ column: 'Statut', reason: 'valeur manquante' }] }]);
    }
  });
});
