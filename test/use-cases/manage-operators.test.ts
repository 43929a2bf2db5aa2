import { describe, expect, it } from 'vitest';
import type { Operator } from '../../lib/core/operator.ts';
import type { OperatorStore, Taches } from '../../lib/ports.ts';
import { addOperator, changeOperator, operatorNumbered, removeOperator } from '../../lib/use-cases/manage-operators.ts';
import { openOperator } from '../../lib/use-cases/open-operator.ts';
import { operatorNamed } from '../fixtures/operator-named.ts';
import { aTache } from './a-tache.ts';
import { reasonOf } from './failing.ts';

const OMCI = operatorNamed('OMCI');
const WAVE: Operator = { ...OMCI, id: 1000, code: 'WAVECI', name: 'Wave CI' };

function operatorsInMemory(known: readonly Operator[]): OperatorStore {
  const operators = new Map(known.map((operator) => [operator.code, operator]));
  return {
    list: async () => [...operators.values()],
    byCode: async (code) => operators.get(code),
    byId: async (id) => [...operators.values()].find((operator) => operator.id === id),
    nextId: async () => 1001,
    async create(operator) {
      if (operators.has(operator.code)) return 'code-taken';
      if ([...operators.values()].some(({ id }) => id === operator.id)) return 'id-taken';
      operators.set(operator.code, operator);
      return undefined;
    },
    async replace(operator) {
      if (!operators.has(operator.code)) return false;
      operators.set(operator.code, operator);
      return true;
    },
    remove: async ({ code }) => void operators.delete(code),
  };
}

/** A stage where OMCI has taches and WAVECI has none. */
function stage() {
  const operators = operatorsInMemory([OMCI, WAVE]);
  const taches: Pick<Taches, 'list'> = {
    // Found on the second page only: a list may come to nothing and go on.
    list: async ({ operatorCode }, _limit, after) => (after === undefined ? { taches: [], next: 9 } : { taches: operatorCode === OMCI.code ? [aTache()] : [] }),
  };
  return { operators, taches };
}

const { id: _omitted, ...wish } = { ...WAVE, code: 'WAVESN', name: 'Wave SN' };

describe('an operator', () => {
  it('that is new gets a number of its own', async () => {
    const { operators } = stage();
    expect(await addOperator(operators, wish)).toEqual({ ...wish, id: 1001 });
    expect(await operators.byCode('WAVESN')).toMatchObject({ id: 1001 });
  });

  it.each([
    ['a code that is taken', { ...wish, code: 'OMCI' }],
    ['a number that is taken', { ...wish, id: 2 }],
  ])('is not added under %s', async (_what, wanted) => {
    expect(await reasonOf(addOperator(stage().operators, wanted))).toMatchObject({ code: 'conflict' });
  });

  it('changes as a whole, and the next reader sees it', async () => {
    const deps = stage();
    await changeOperator(deps, OMCI.id, (current) => ({ ...current, account: '0700000042', marginMinutes: 90 }));
    expect(await openOperator(deps.operators, 'OMCI')).toMatchObject({ account: '0700000042', marginMinutes: 90, layout: OMCI.layout });
  });

  it.each([
    ['code', { code: 'AUTRE' }],
    ['code to that of another', { code: 'WAVECI' }],
    ['number', { id: 3 }],
    ['currency, once it has taches', { currency: 'CDF' }],
  ] as const)('keeps its %s', async (_what, change) => {
    const deps = stage();
    expect(await reasonOf(changeOperator(deps, OMCI.id, (current) => ({ ...current, ...change })))).toMatchObject({ code: 'conflict' });
    expect(await deps.operators.byCode('OMCI')).toEqual(OMCI);
  });

  it('may change its currency while nothing was counted in it', async () => {
    expect(await changeOperator(stage(), WAVE.id, (current) => ({ ...current, currency: 'USD' }))).toMatchObject({ currency: 'USD' });
  });

  it('that has taches is closed: unknown to new statements, there for the old ones', async () => {
    const deps = stage();
    expect(await removeOperator(deps, OMCI.id)).toBe('closed');
    expect(await openOperator(deps.operators, 'OMCI')).toBeUndefined();
    expect(await operatorNumbered(deps.operators, OMCI.id)).toEqual({ ...OMCI, closed: true });
  });

  it('that has none is gone', async () => {
    const deps = stage();
    expect(await removeOperator(deps, WAVE.id)).toBe('removed');
    expect(await reasonOf(operatorNumbered(deps.operators, WAVE.id))).toMatchObject({ code: 'not-found' });
  });

  it('that is closed opens again when it is described as open', async () => {
    const deps = stage();
    await removeOperator(deps, OMCI.id);
    await changeOperator(deps, OMCI.id, () => OMCI);
    expect(await openOperator(deps.operators, 'OMCI')).toEqual(OMCI);
  });

  it('that does not exist is not found', async () => {
    expect(await reasonOf(removeOperator(stage(), 404))).toMatchObject({ code: 'not-found' });
    expect(await reasonOf(changeOperator(stage(), 404, (current) => current))).toMatchObject({ code: 'not-found' });
  });
});
