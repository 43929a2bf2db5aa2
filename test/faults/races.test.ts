import { setTimeout as delay } from 'node:timers/promises';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { call } from './api-calls.ts';
import { startFaultCloud } from './fault-cloud.ts';
import { faultRunner } from './fault-run.ts';
import type { Flow, Stage } from './flow.ts';
import { observe, tachesOf } from './observed.ts';
import { importLate, muchIsOpen, submitNext } from './open-item-flows.ts';
import { deadLetters, sendTo, workIsDone } from './queues.ts';
import { callText, type ServiceCall } from './service-call.ts';
import { dropStatement, importLedger, submit, tacheWaits, validate } from './statement-flows.ts';
import { changedTransactions, lateTransactions, operatorCode, secondStatement, statement, type World } from './world.ts';

/*
 * Each race is run again and again: the one who comes first is held at its first call to a service, then at its second, and so on, until the other one is through. Of the
 * many calls that read the ledger some are taken.
 */

const ALL = process.env['FAULTS'] === '0/1';
const cloud = await startFaultCloud();
const runner = await faultRunner(cloud);

afterAll(() => cloud.stop());
afterEach(async () => {
  cloud.proxy.arm([]);
  await workIsDone(cloud);
  expect(await deadLetters(cloud)).toBe(0);
});

/** Whether something came that could have explained an open item depends on which of two moments was first: of two who race nobody can say. */
const withoutMoments = (state: string) => state.replaceAll('"persistant"', '"nouveau"');

const details = z.looseObject({ correspondent: z.array(z.object({ id: z.int() })), etat: z.string(), TrxReconciled: z.int().optional(), TrxNonereconciled: z.int().optional() });

/** Has something happen that open items are to be tried against, until a worker has come for it, and has done the work or put it off. */
const untilLookedAt = async (begin: () => Promise<unknown>) => {
  const come = () => cloud.lines.filter((line) => line.includes('"open items retried"')).length;
  const before = come();
  await begin();
  while (come() === before) await delay(20);
};

/** The calls at which a run of a function is held. */
function heldCalls(calls: readonly ServiceCall[], functionName: string): readonly ServiceCall[] {
  const own = calls.filter((one) => one.functionName === functionName && (one.operation !== 'Query' || one.nth % 7 === 1));
  return ALL ? own : own.slice(Math.floor(own.length / 2)).slice(0, 1);
}

async function races(flow: Flow, functionName: string): Promise<readonly (readonly [string, ServiceCall])[]> {
  const { calls } = await runner.run(flow, []);
  return heldCalls(calls, functionName).map((held) => [callText(held), held]);
}

const validation: Flow = {
  name: 'a validation',
  covers: [],
  prepare: tacheWaits,
  act: (stage) => validate(stage, stage.ask),
  observe,
};
/** The other one accepts them all. */
const otherValidates = async ({ cloud: seen, at, administrator, kept }: Stage) => {
  const [tache] = await tachesOf(seen, at);
  const { status } = await call(seen, 'POST', `/update_reconciliation/${tache?.id}`, { token: administrator, json: { ids: [] } });
  kept.set('other', String(status));
};

describe('of two who validate at once', async () => {
  const { state: first } = await runner.run(validation, []);
  const { state: second } = await runner.run({ ...validation, act: otherValidates }, []);
  it.each(await races(validation, 'reconciliation-validate-tache'))('one wins and the other is told 409, where the first is held at %s', async (_, held) => {
    let other = '';
    const flow: Flow = {
      ...validation,
      meanwhile: otherValidates,
      async observe(stage) {
        await workIsDone(cloud);
        other = stage.kept.get('other') ?? '';
        return observe(stage);
      },
    };
    const { state, statuses } = await runner.race(flow, held);
    const answers = [statuses.at(-1), Number(other)];
    // Who is held over the end of what the other one does may hear that it is done already: theirs is the validation that stands.
    expect([201, 409].map((status) => answers.includes(status))).toEqual([true, true]);
    expect(state).toBe(answers[0] === 201 ? first : second);
  });
});

const matching: Flow = {
  name: 'a match',
  covers: [],
  async prepare(stage) {
    await importLedger(stage);
    await workIsDone(stage.cloud);
  },
  async act(stage) {
    await submit(stage);
    await workIsDone(stage.cloud);
  },
  observe,
};

describe('a validation of a tache that is being matched', async () => {
  const { state: undisturbed } = await runner.run(matching, []);
  it.each(await races(matching, 'reconciliation-match-statement'))('is told 409 and changes nothing, where the match is held at %s', async (_, held) => {
    const { state } = await runner.race(
      {
        ...matching,
        async meanwhile(stage) {
          const [tache] = await tachesOf(cloud, stage.at);
          // At its very end the match has written its result, and waits for its journal: then the validation is in time.
          stage.kept.set('etat', tache?.etat ?? '');
          if (tache?.etat === 'ATTENTE') return;
          stage.kept.set('other', String((await call(cloud, 'POST', `/update_reconciliation/${tache?.id}`, { token: stage.agent, json: {} })).status));
        },
        async observe(stage) {
          if (stage.kept.get('etat') !== 'ATTENTE') expect(stage.kept.get('other')).toBe('409');
          return observe(stage);
        },
      },
      held,
    );
    expect(state).toBe(undisturbed);
  });
});

describe('a validation that settles what another statement is being matched with', async () => {
  const secondFile = ({ at }: Stage) => `${at.tag}-second.json`;
  const both: Flow = {
    name: 'a second statement',
    covers: [],
    prepare: tacheWaits,
    async act(stage) {
      await submit(stage, secondStatement(stage.at), secondFile(stage));
      await workIsDone(stage.cloud);
    },
    observe,
  };
  const otherTache = async (stage: Stage) => (await tachesOf(cloud, stage.at)).find(({ fileName }) => fileName === secondFile(stage))?.id;
  const validateFirst = async ({ cloud: seen, at, agent }: Stage) => {
    const first = (await tachesOf(seen, at)).find(({ fileName }) => fileName === `${at.tag}.json`);
    await call(seen, 'POST', `/update_reconciliation/${first?.id}`, { token: agent, json: {} });
  };

  it.each(await races(both, 'reconciliation-match-statement'))('leaves each transaction settled once, where the match is held at %s', async (_, held) => {
    await runner.race(
      {
        ...both,
        meanwhile: validateFirst,
        async observe(stage) {
          await workIsDone(cloud);
          const id = await otherTache(stage);
          const before = details.parse((await call(cloud, 'GET', `/details_taches/${id}`)).body);
          expect(before.etat).toBe('ATTENTE');
          expect((await call(cloud, 'POST', `/update_reconciliation/${id}`, { token: stage.agent, json: {} })).status).toBe(201);
          await workIsDone(cloud);
          const after = details.parse((await call(cloud, 'GET', `/details_taches/${id}`)).body);
          // All four were settled by the first: whatever the second took for a correspondent is a conflict.
          expect([after.TrxReconciled, after.TrxNonereconciled]).toEqual([0, 4]);
          return '';
        },
      },
      held,
    );
  });
});

describe.each<readonly [string, (at: World) => readonly object[]]>([
  ['a change', changedTransactions],
  ['what explains a row', (at) => lateTransactions(at).slice(0, 1)],
])('an import of %s while a statement is matched', async (_, imported) => {
  const importChange = async ({ cloud: seen, at, agent }: Stage) => void (await call(seen, 'POST', '/cinetpay/', { token: agent, json: imported(at) }));
  const inOrder = (...acts: readonly Flow['act'][]): Flow['act'] => {
    return async (stage) => {
      for (const act of acts) await act(stage);
    };
  };
  const { state: before } = await runner.run({ ...matching, act: inOrder(matching.act, importChange) }, []);
  const { state: after } = await runner.run({ ...matching, act: inOrder(importChange, matching.act) }, []);

  it('makes a difference', () => {
    expect(before).not.toBe(after);
  });

  it.each(await races(matching, 'reconciliation-match-statement'))('comes before it or after it, and never half, where the match is held at %s', async (__, held) => {
    const { state } = await runner.race({ ...matching, meanwhile: (stage) => untilLookedAt(() => importChange(stage)) }, held);
    expect([before, after].map(withoutMoments)).toContain(withoutMoments(state));
  });
});

describe('open items that a worker is at', async () => {
  const retry = (act: Flow['act']): Flow => ({
    name: 'open items',
    covers: [],
    prepare: muchIsOpen,
    async act(stage) {
      await act(stage);
      await workIsDone(stage.cloud);
    },
    observe,
  });
  const late = retry(async (stage) => void (await importLate(stage)));
  const next = retry(async (stage) => void (await submitNext(stage)));
  const both = retry(async (stage) => {
    await next.act(stage);
    await importLate(stage);
  });
  const { state: once } = await runner.run(late, []);
  it.each(await races(late, 'open-items-retry-open-items'))('are explained once, though a second worker comes, where the first is held at %s', async (_, held) => {
    const second = ({ at }: Stage) => untilLookedAt(() => sendTo(cloud, 'Retries', JSON.stringify({ operatorCode: operatorCode(at) })));
    const { state } = await runner.race({ ...late, meanwhile: second }, held);
    expect(state).toBe(once);
  });

  const { state: inOrder } = await runner.run(both, []);
  it.each(await races(next, 'open-items-retry-open-items'))(
    'are tried against an import that comes meanwhile as if it had come afterwards, where the worker of a statement is held at %s',
    async (_, held) => {
      const importMeanwhile = ({ at, agent }: Stage) => untilLookedAt(() => call(cloud, 'POST', '/cinetpay/', { token: agent, json: lateTransactions(at) }));
      const { state } = await runner.race({ ...next, meanwhile: importMeanwhile }, held);
      expect(withoutMoments(state)).toBe(withoutMoments(inOrder));
    },
  );
});

describe('two drops of one file at once', async () => {
  const SECOND = '-encore';
  const drop: Flow = {
    name: 'a drop',
    covers: [],
    prepare: async (stage) => void (await importLedger(stage)),
    async act(stage) {
      await dropStatement(stage);
      await workIsDone(stage.cloud);
    },
    observe,
  };
  /** Until somebody has looked at the second, and has taken it, refused it, or put it off. */
  const dropAgain = async ({ at }: Stage) => {
    const looked = () => cloud.lines.filter((line) => line.includes('"delivery done"') || line.includes('"delivery failed"')).length;
    const before = looked();
    const Key = `depot/operateurs/${operatorCode(at)}/${at.tag}${SECOND}.json`;
    await cloud.s3.send(new PutObjectCommand({ Bucket: cloud.bucket, Key, Body: JSON.stringify(statement(at)) }));
    while (looked() === before) await delay(20);
  };

  it.each(await races(drop, 'drop-receive-drop'))('are one reconciliation, and the other one says so, where the first is held at %s', async (_, held) => {
    await runner.race(
      {
        ...drop,
        meanwhile: dropAgain,
        async observe(stage) {
          await workIsDone(cloud);
          const found = (await tachesOf(cloud, stage.at)).toSorted((one, other) => (one.etat < other.etat ? -1 : 1));
          expect(found.map(({ etat }) => etat)).toEqual(['ATTENTE', 'ECHEC']);
          const refused = z.looseObject({ description: z.string() }).parse((await call(cloud, 'GET', `/taches/${found[1]?.id}`)).body);
          expect(refused.description).toContain(`tâche ${found[0]?.id}`);
          return '';
        },
      },
      held,
    );
  });
});
