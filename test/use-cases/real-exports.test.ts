import { describe, expect, it } from 'vitest';
import { setAsideCounts } from '../../lib/core/set-aside.ts';
import { openRows } from '../../lib/files/open-rows.ts';
import { matchFiles } from '../../lib/use-cases/match-files.ts';
import { readLedger } from '../../lib/use-cases/read-ledger.ts';
import { readStatement } from '../../lib/use-cases/read-statement.ts';
import { fullPhone } from '../fixtures/shapes/payment.ts';
import type { Shape } from '../fixtures/shapes/shape.ts';
import { FAILED, shapeLedger } from '../fixtures/shapes/shape-ledger.ts';
import { SHAPES } from '../fixtures/shapes/shapes.ts';

const NONE = { 'no-credit': 0, 'not-successful': 0, unclassified: 0, debit: 0, 'other-type': 0 };
const opened = async ({ bytes }: Shape) => openRows({ kind: 'bytes', bytes: await bytes() });

describe('an export', () => {
  it.each(SHAPES.map((shape) => [shape.oddity, shape] as const))('%s gives its payments, and nothing else', async (_oddity, shape) => {
    const { operator, payments } = shape;
    const reading = await readStatement(await opened(shape), operator);
    if (reading.kind !== 'rows') throw new Error(JSON.stringify(reading));
    expect(reading.bad).toEqual([]);
    expect(reading.rows.map(({ time, payid, amount, phone }) => ({ time, payid, amount, phone }))).toEqual(
      payments.map((payment) => ({
        time: payment.utc,
        payid: payment.payid,
        amount: payment.amount,
        phone: operator.layout.columns.phone === undefined ? '' : fullPhone(operator, payment),
      })),
    );
    expect(setAsideCounts(reading.setAside)).toEqual({ ...NONE, ...shape.setAside });
    expect(reading.skipped).toEqual(shape.skipped);
  });

  it.each(SHAPES.map((shape) => [shape.oddity, shape] as const))('%s is reconciled with the ledger', async (_oddity, shape) => {
    const { operator, payments } = shape;
    const outcome = await matchFiles(await opened(shape), () => readLedger(shapeLedger(shape), operator), operator, {});
    if (outcome.kind !== 'reconciled') throw new Error(JSON.stringify(outcome));
    const { classes, totals, bridge } = outcome.reconciliation;
    expect(classes.matched.map(({ row, candidate }) => [row.payid, candidate.transaction.payid])).toEqual(payments.slice(0, -FAILED).map(({ payid }) => [payid, payid]));
    expect(classes.correspondents.map(({ row }) => row.payid)).toEqual(payments.slice(-FAILED).map(({ payid }) => payid));
    expect([classes.amountDiffers, classes.unexplained, classes.statementDuplicates].map(({ length }) => length)).toEqual([0, 0, 0]);
    expect(classes.absent.map(({ candidate }) => candidate.transaction.transId)).toEqual(['ABSENT']);
    expect(totals.operatorAmount).toBe(payments.reduce((sum, { amount }) => sum + amount, 0));
    expect(bridge.amountResidual).toBe(0);
  });
});
