import { describe, expect, it } from 'vitest';
import { OPERATORS } from '../../lib/core/catalogue.ts';
import { foundOutcome } from '../fixtures/found-outcome.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { sourceOfObjects } from '../fixtures/row-source.ts';
import { type WorkedCase, workedCases } from '../fixtures/worked-cases.ts';

const CASES = workedCases();

function found({ operateur, dateDebut, dateFin, statement, ledger }: WorkedCase) {
  const bounds = { start: dateDebut ?? undefined, end: dateFin ?? undefined };
  return foundOutcome(sourceOfObjects(statement), sourceOfObjects(ledger), operatorNamed(operateur), bounds);
}

describe('a worked case', () => {
  it('exists for each operator of the catalogue', () => {
    expect(new Set(CASES.map(({ operateur }) => operateur))).toEqual(new Set(OPERATORS.map(({ code }) => code)));
  });

  it.each(CASES)('$name gives its six totals, and each of its rows in its class', async (worked) => {
    const { totaux, classes } = await found(worked);
    expect(totaux).toEqual(worked.expected.totaux);
    expect(classes).toEqual(inOrder(worked.expected.classes));
  });

  it.each(CASES)('$name counts each statement row once, and each ledger row at most once', async (worked) => {
    const { classes } = await found(worked);
    const pairs = [...classes.rapproche, ...classes.montant_different, ...classes.correspondent];
    const rows = [...pairs.map(([row]) => row), ...classes.doublon_operateur, ...classes.not_correspondent, ...classes.mis_de_cote];
    expect(rows.sort((one, other) => one - other)).toEqual(worked.statement.map((_, number) => number));
    const transactions = [...pairs.map(([, id]) => id), ...classes.doublon_cinetpay, ...classes.absent_operateur];
    expect(new Set(transactions).size).toBe(transactions.length);
  });
});

function inOrder(classes: WorkedCase['expected']['classes']) {
  const byRow = (pairs: readonly (readonly [number, string])[]) => [...pairs].sort(([one], [other]) => one - other);
  const byNumber = (rows: readonly number[]) => [...rows].sort((one, other) => one - other);
  return {
    rapproche: byRow(classes.rapproche),
    montant_different: byRow(classes.montant_different),
    correspondent: byRow(classes.correspondent),
    doublon_operateur: byNumber(classes.doublon_operateur),
    not_correspondent: byNumber(classes.not_correspondent),
    mis_de_cote: byNumber(classes.mis_de_cote),
    doublon_cinetpay: [...classes.doublon_cinetpay].sort(),
    absent_operateur: [...classes.absent_operateur].sort(),
  };
}
