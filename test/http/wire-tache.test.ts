import { describe, expect, it } from 'vitest';
import { TACHE_STATES, type Tache } from '../../lib/core/tache.ts';
import { listedTache, singleTache, wireListedTache, wireTache } from '../../lib/http/schemas/tache.ts';
import { validationAnswer, validationStatus, wireValidation } from '../../lib/http/schemas/validation.ts';
import { anOutcome } from '../fakes/an-outcome.ts';
import { aTache } from '../use-cases/a-tache.ts';

const COMMON = ['id', 'dateCreation', 'dateUpdate', 'etat', 'owner', 'fileName', 'libelle', 'description', 'dateDebut', 'dateFin', 'operateur'];
const FIGURES = ['montantOperateur', 'montantCinetpay', 'diffMontant', 'countOperator', 'countCinetpay', 'diffCount'];
const AFTER = FIGURES.map((name) => `${name}After`);

const TOTALS = { operatorAmount: 8_984_000, ledgerAmount: 8_983_000, amountDifference: 1_000, operatorCount: 720, ledgerCount: 719, countDifference: 1 };
const finished = (changes: Partial<Tache> = {}) =>
  aTache({ state: 'ATTENTE', period: { start: '2021-05-27T00:00:00Z', end: '2021-05-27T23:59:00Z' }, outcome: anOutcome({}, { totals: TOTALS }), ...changes });

const validated = (changes: Partial<Tache> = {}) =>
  finished({
    state: 'TERMINEE',
    validation: {
      by: 'chef',
      at: '2026-03-08T07:00:00.000000Z',
      excluded: [],
      result: {
        totals: { ...TOTALS, ledgerAmount: 8_984_000, amountDifference: 0, ledgerCount: 720, countDifference: 0 },
        reconciled: 1,
        notReconciled: 3,
        conflicts: 2,
        finishedAt: '2026-03-08T07:00:02.000000Z',
      },
    },
    ...changes,
  });

const listed = (tache: Tache) => listedTache.parse(wireListedTache(tache));
const single = (tache: Tache) => singleTache.parse(wireTache(tache));

describe('a tache on the wire', () => {
  it('has the seed’s fields in the list, and no other', () => {
    expect(Object.keys(listed(finished())).toSorted()).toEqual([...COMMON, ...FIGURES].toSorted());
  });

  it('has the seed’s fields alone too, and beside them what explains the figures', () => {
    expect(Object.keys(single(finished())).toSorted()).toEqual([...COMMON, ...FIGURES, 'devise', 'passage', 'comptes'].toSorted());
  });

  it('has its dates in UTC: those of its making with six decimals, those of its period in whole seconds', () => {
    expect(listed(finished({ createdAt: '2021-06-21T18:38:07.834386Z', updatedAt: '2021-06-21T18:38:09.000000Z' }))).toMatchObject({
      dateCreation: '2021-06-21T18:38:07.834386Z',
      dateUpdate: '2021-06-21T18:38:09.000000Z',
      libelle: 'tache #2021-06-21 18:38:07.834386',
      dateDebut: '2021-05-27T00:00:00Z',
      dateFin: '2021-05-27T23:59:00Z',
    });
  });

  it('names its operator by number and its owner by name', () => {
    expect(listed(finished())).toMatchObject({ operateur: 2, owner: 'awa', fileName: 'mars.csv', etat: 'ATTENTE', description: '' });
  });

  it('without a period says so', () => {
    expect(listed(aTache())).toMatchObject({ dateDebut: null, dateFin: null });
  });
});

describe('the six figures', () => {
  const six = (wire: Readonly<Record<string, unknown>>) => FIGURES.map((name) => wire[name]);

  it('are texts in the list and numbers elsewhere: the seed shows both', () => {
    expect(six(listed(finished()))).toEqual(['8984000', '8983000', '1000', '720', '719', '1']);
    expect(six(single(finished()))).toEqual([8_984_000, 8_983_000, 1_000, 720, 719, 1]);
  });

  it.each(TACHE_STATES.filter((state) => state === 'CREATION' || state === 'ENCOURS' || state === 'ECHEC'))('are all ENCOURS in %s, in both', (etat) => {
    for (const wire of [listed(aTache({ state: etat })), single(aTache({ state: etat }))]) {
      expect(wire).toMatchObject({ etat });
      expect(new Set(six(wire))).toEqual(new Set(['ENCOURS']));
    }
  });

  it('of a currency with cents have two decimals as texts, and at most two as numbers', () => {
    const tache = finished({ currency: 'CDF', outcome: anOutcome({}, { totals: { ...TOTALS, operatorAmount: 1_250, ledgerAmount: 1_255, amountDifference: -5 } }) });
    expect(six(listed(tache)).slice(0, 3)).toEqual(['12.50', '12.55', '-0.05']);
    expect(six(single(tache)).slice(0, 3)).toEqual([12.5, 12.55, -0.05]);
  });

  it('of nothing are zero, never minus zero', () => {
    const tache = finished({ outcome: anOutcome() });
    expect(JSON.stringify(six(single(tache)))).toBe('[0,0,0,0,0,0]');
    expect(six(listed(tache))).toEqual(['0', '0', '0', '0', '0', '0']);
  });

  it('of the largest total that is exact are exact', () => {
    const tache = finished({ outcome: anOutcome({}, { totals: { ...TOTALS, operatorAmount: Number.MAX_SAFE_INTEGER } }) });
    expect([listed(tache).montantOperateur, single(tache).montantOperateur]).toEqual(['9007199254740991', 9_007_199_254_740_991]);
    const cents = finished({ currency: 'CDF', outcome: anOutcome({}, { totals: { ...TOTALS, operatorAmount: Number.MAX_SAFE_INTEGER } }) });
    expect(listed(cents).montantOperateur).toBe('90071992547409.91');
  });
});

describe('a tache that was validated', () => {
  it('carries the figures after it under names of their own, in the style of its place', () => {
    const more = [...AFTER, 'TrxReconciled', 'TrxNonereconciled', 'dateValidation', 'dateFinValidation'];
    expect(Object.keys(listed(validated()))).toEqual(expect.arrayContaining(more));
    expect(listed(validated())).toMatchObject({ montantCinetpay: '8983000', montantCinetpayAfter: '8984000', diffCountAfter: '0', TrxReconciled: '1', TrxNonereconciled: '3' });
    expect(single(validated())).toMatchObject({
      montantCinetpayAfter: 8_984_000,
      TrxReconciled: 1,
      TrxNonereconciled: 3,
      dateValidation: '2026-03-08T07:00:00.000000Z',
      dateFinValidation: '2026-03-08T07:00:02.000000Z',
    });
  });

  it('whose validation still runs has its beginning only', () => {
    const running = finished({ state: 'VALIDEE', validation: { by: 'chef', at: '2026-03-08T07:00:00.000000Z', excluded: [] } });
    expect(single(running)).toMatchObject({ dateValidation: '2026-03-08T07:00:00.000000Z' });
    for (const name of [...AFTER, 'TrxReconciled', 'dateFinValidation']) expect(single(running)).not.toHaveProperty(name);
  });

  it('answers with the six figures after it as numbers: 201', () => {
    const answer = validationAnswer.parse(wireValidation({ tache: validated() }));
    expect(answer).toEqual({ montantOperateur: 8_984_000, montantCinetpay: 8_984_000, diffMontant: 0, countOperator: 720, countCinetpay: 720, diffCount: 0 });
    expect(validationStatus(answer)).toBe(201);
  });

  it('and whose validation goes on after the answer answers with itself: 202', () => {
    const answer = validationAnswer.parse(wireValidation({ tache: finished({ state: 'VALIDEE', validation: { by: 'chef', at: '2026-03-08T07:00:00.000000Z', excluded: [] } }) }));
    expect([answer, validationStatus(answer)]).toMatchObject([{ etat: 'VALIDEE' }, 202]);
  });
});

describe('what a tache shows beside the seed’s fields', () => {
  it('is its progress while it runs, and no longer', () => {
    const progress = { step: 'lecture', rows: 50_000, percent: 25 } as const;
    expect(single(aTache({ state: 'ENCOURS', progress }))).toMatchObject({ progression: { etape: 'lecture', lignes: 50_000, pourcent: 25 } });
    expect(single(finished({ progress }))).not.toHaveProperty('progression');
    expect(listed(aTache({ state: 'ENCOURS', progress }))).not.toHaveProperty('progression');
  });

  it('is the bridge, whose residual is 0', () => {
    const { bridge } = anOutcome();
    const tache = finished({ outcome: anOutcome({}, { totals: TOTALS, bridge: { ...bridge, absent: { amount: -500, count: -2 }, unexplained: { amount: 1_500, count: 3 } } }) });
    expect(single(tache).passage).toMatchObject({ absent_operateur: { montant: -500, nombre: -2 }, not_correspondent: { montant: 1_500, nombre: 3 }, residu: 0, residuNombre: 0 });
  });

  it('is never a bridge with a residual: that is a defect of ours, not an answer', () => {
    const { bridge } = anOutcome();
    expect(() => wireTache(finished({ outcome: anOutcome({}, { bridge: { ...bridge, amountResidual: 1 } }) }))).toThrow();
    expect(() => wireTache(finished({ outcome: anOutcome({}, { bridge: { ...bridge, countResidual: -1 } }) }))).toThrow();
  });

  it('is how many rows each class holds', () => {
    const counts = {
      matched: 1,
      amountDiffers: 2,
      statementDuplicates: 3,
      ledgerDuplicates: 4,
      correspondents: 5,
      unexplained: 6,
      absent: 7,
      nearEdge: 1,
      ambiguous: 2,
      unclassified: 8,
      read: 17,
    };
    expect(single(finished({ outcome: anOutcome(counts) })).comptes).toMatchObject({
      rapproche: 1,
      montant_different: 2,
      doublon_operateur: 3,
      doublon_cinetpay: 4,
      correspondent: 5,
      not_correspondent: 6,
      absent_operateur: 7,
      limite: 1,
      ambigu: 2,
      unclassified: 8,
      lues: 17,
    });
  });
});
