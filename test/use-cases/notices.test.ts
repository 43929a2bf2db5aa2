import { describe, expect, it } from 'vitest';
import { later } from '../../lib/core/later.ts';
import { type Attempt, type Channel, type DeliveryKey, type NoticeChoices, RETRY_AFTER_SECONDS } from '../../lib/core/notice.ts';
import { DROP_OWNER, type Tache } from '../../lib/core/tache.ts';
import type { Caller } from '../../lib/core/user.ts';
import { webhookBody, webhookNotice } from '../../lib/http/schemas/notice.ts';
import { deliverNotice } from '../../lib/use-cases/deliver-notice.ts';
import { fanOutNotice } from '../../lib/use-cases/fan-out-notice.ts';
import { type ChoicesWish, changeChoices, readChoices } from '../../lib/use-cases/notice-choices.ts';
import { listDeliveries, resendDeliveries } from '../../lib/use-cases/resend-notices.ts';
import { viewerOf } from '../../lib/use-cases/visibility.ts';
import { anOutcome } from '../fakes/an-outcome.ts';
import { atEveryStep } from '../fakes/every-step.ts';
import { deliveriesInMemory, noticeChoicesInMemory } from '../fakes/notices-in-memory.ts';
import { aWorld } from '../fakes/world.ts';
import { aTache } from './a-tache.ts';
import { reasonOf } from './failing.ts';
import { peopleInMemory } from './people-in-memory.ts';

const PEOPLE = [
  { name: 'awa', groups: ['agent'] },
  { name: 'binta', groups: ['agent'] },
  { name: 'chef', groups: ['superviseur'] },
  { name: 'dede', groups: ['administrateur'] },
  { name: 'partie', groups: [] },
];
const ALL = ['ATTENTE', 'TERMINEE', 'ECHEC'] as const;
const webhook = (scope: 'mesTaches' | 'toutes' = 'toutes') => ({ webhook: { url: 'https://exemple.com/', secret: 's', states: ALL, scope } });
/** How long a worker lives. */
const LIFE_MS = 30_000;
const RESULT = { tacheId: 1, event: 'resultat' };

/** People who chose, and a tache that waits. What is sent is answered by `answers`, the last of them for ever. */
async function given(choices: readonly NoticeChoices[] = [], tache: Partial<Tache> = {}, answers: readonly (Attempt | Error)[] = [{ kind: 'sent' }]) {
  const world = aWorld();
  const people = peopleInMemory(PEOPLE);
  await world.taches.create(aTache({ state: 'ATTENTE', outcome: anOutcome(), ...tache }));
  const store = noticeChoicesInMemory();
  for (const one of choices) await store.save(one);
  const sent: { readonly channel: Channel; readonly to: string; readonly body: string }[] = [];
  const answered = async (channel: Channel, to: string, body: string): Promise<Attempt> => {
    const answer = answers[Math.min(sent.length, answers.length - 1)] ?? { kind: 'sent' };
    sent.push({ channel, to, body });
    if (answer instanceof Error) throw answer;
    return answer;
  };
  let ids = 0;
  const deps = {
    ...world,
    roles: people.roles,
    memberships: people.memberships,
    users: people.users,
    choices: store,
    deliveries: deliveriesInMemory(),
    mail: { send: (to: string, { text }: { readonly text: string }) => answered('courriel', to, text) },
    sms: { send: (to: string, text: string) => answered('sms', to, text) },
    webhooks: {
      send: ({ url, deliveryId, body }: { readonly url: string; readonly deliveryId: string; readonly body: string }) => answered('webhook', `${url} ${deliveryId}`, body),
    },
    webhookBody,
    newId: () => `l${++ids}`,
  };
  /** Everything that waits in the queue is worked on, in its order; what it puts there too, its delay passed. */
  const work = async () => {
    const delays: number[] = [];
    for (let waiting = world.notices.delivered.drain(); waiting.length > 0; waiting = world.notices.delivered.drain()) {
      for (const { key, afterSeconds } of waiting) {
        delays.push(afterSeconds);
        world.clock.pass(afterSeconds * 1_000);
        await deliverNotice(deps, key, later(world.now(), LIFE_MS));
      }
    }
    return delays;
  };
  const told = async () => (await deps.deliveries.ofTache(1)).map(({ username }) => username).sort();
  return { ...deps, sent, work, told };
}

const choicesOf = (username: string, scope: 'mesTaches' | 'toutes'): NoticeChoices => ({ username, ...webhook(scope) });
const everybody = (scope: 'mesTaches' | 'toutes') => PEOPLE.map(({ name }) => choicesOf(name, scope));

describe('a notice is for', () => {
  it('the owner and those who see the tache, where they chose all; nobody who left our groups', async () => {
    const world = await given(everybody('toutes'));
    expect(await fanOutNotice(world, RESULT)).toBe(3);
    expect(await world.told()).toEqual(['awa', 'chef', 'dede']);
  });

  it('each of many, who are all looked up once', async () => {
    const many = Array.from({ length: 90 }, (_, index) => ({ name: `agent-${index}`, groups: ['agent'] }));
    const world = await given(
      many.map(({ name }) => choicesOf(name, 'toutes')),
      { owner: DROP_OWNER },
    );
    const people = peopleInMemory(many);
    let lists = 0;
    const roles = {
      ...people.roles,
      list: async () => {
        lists += 1;
        return [];
      },
    };
    expect(await fanOutNotice({ ...world, memberships: people.memberships, roles }, RESULT)).toBe(90);
    expect([lists <= 1, people.memberships.reads()]).toEqual([true, 90]);
  });

  it('the owner only, of those who chose their own', async () => {
    const world = await given(everybody('mesTaches'));
    await fanOutNotice(world, RESULT);
    expect(await world.told()).toEqual(['awa']);
  });

  it('everybody who chose all, of what came by the drop folder', async () => {
    const world = await given(everybody('toutes'), { owner: DROP_OWNER });
    await fanOutNotice(world, RESULT);
    expect(await world.told()).toEqual(['awa', 'binta', 'chef', 'dede']);
  });

  it('nobody who did not choose that state', async () => {
    const world = await given([{ username: 'awa', sms: { states: ['ECHEC', 'TERMINEE'], scope: 'toutes' } }]);
    expect(await fanOutNotice(world, RESULT)).toBe(0);
  });

  it('nobody where it is no longer so', async () => {
    const world = await given(everybody('toutes'), { state: 'ENCOURS' });
    expect(await fanOutNotice(world, { tacheId: 1, event: 'echec#2026-03-01T08:00:00.000000Z' })).toBe(0);
    expect(await fanOutNotice(world, { tacheId: 2, event: 'resultat' })).toBe(0);
  });
});

describe('a notice', () => {
  it('is sent once, however often it is told and tried', async () => {
    const world = await given([choicesOf('awa', 'toutes')]);
    for (let time = 0; time < 3; time += 1) await fanOutNotice(world, RESULT);
    await world.work();
    await fanOutNotice(world, RESULT);
    expect(await world.work()).toEqual([]);
    expect(world.sent).toHaveLength(1);
  });

  it('reaches its receiver whatever step its work breaks off at; twice only where it broke off between the sending and its note, and then under one id', async () => {
    const timesSent: number[] = [];
    const steps = await atEveryStep((through) => {
      const begun = given([choicesOf('awa', 'toutes')]);
      return {
        work: async () => {
          const world = await begun;
          const fragile = { ...world, taches: through(world.taches), deliveries: through(world.deliveries), choices: through(world.choices), webhooks: through(world.webhooks) };
          await fanOutNotice(fragile, RESULT);
          for (const { key } of world.notices.delivered.drain()) await deliverNotice(fragile, key, later(world.now(), LIFE_MS));
        },
        afterwards: async (step) => {
          const world = await begun;
          // What a queue does: the message comes again.
          await fanOutNotice(world, RESULT);
          await world.work();
          expect({ step, state: (await world.deliveries.ofTache(1))[0]?.state }).toEqual({ step, state: 'envoye' });
          expect(new Set(world.sent.map(({ to }) => to)).size, `step ${step}`).toBe(1);
          timesSent.push(world.sent.length);
        },
      };
    });
    expect(steps).toBeGreaterThan(6);
    expect([Math.min(...timesSent), Math.max(...timesSent), timesSent.filter((times) => times === 2).length <= 3]).toEqual([1, 2, true]);
  });

  it('goes by each channel that was chosen, to the addresses of now', async () => {
    const choices = { username: 'awa', mail: { address: '', states: ALL, scope: 'mesTaches' }, sms: { states: ALL, scope: 'mesTaches' }, ...webhook('mesTaches') } as const;
    const world = await given([choices]);
    await world.users.change('awa', { email: 'awa@example.com', telephone: '+225 07 00 00 00 12', whatsapp: '+2250700000013' });
    await fanOutNotice(world, RESULT);
    await world.work();
    expect(world.sent.map(({ channel, to }) => [channel, to])).toEqual([
      ['courriel', 'awa@example.com'],
      ['sms', '+2250700000012'],
      ['webhook', 'https://exemple.com/ l3'],
    ]);
    expect(webhookNotice.parse(JSON.parse(world.sent[2]?.body ?? ''))).toMatchObject({
      livraison: 'l3',
      evenement: 'tache.attente',
      destinataire: { whatsapp: '+2250700000013' },
      texte: world.sent[1]?.body,
    });
  });

  it('is tried again under its id, later and later, and given up after about an hour', async () => {
    const world = await given([choicesOf('awa', 'toutes')], {}, [{ kind: 'again', reason: 'réponse 500' }]);
    await fanOutNotice(world, RESULT);
    expect(await world.work()).toEqual([0, ...RETRY_AFTER_SECONDS]);
    expect(new Set(world.sent.map(({ to }) => to)).size).toBe(1);
    expect(await world.deliveries.ofTache(1)).toMatchObject([{ state: 'echoue', tries: 8, reason: 'réponse 500' }]);
    expect(RETRY_AFTER_SECONDS.reduce((sum, seconds) => sum + seconds, 0)).toBeGreaterThan(3_000);
  });

  it('is given up at once where it is refused for good', async () => {
    const world = await given([choicesOf('awa', 'toutes')], {}, [{ kind: 'refused', reason: 'le serveur ne veut plus d’avis' }]);
    await fanOutNotice(world, RESULT);
    expect(await world.work()).toEqual([0]);
    expect(await world.deliveries.ofTache(1)).toMatchObject([{ state: 'echoue', reason: 'le serveur ne veut plus d’avis' }]);
  });

  it('that a service of ours fails is free at once for the next delivery of its message', async () => {
    const world = await given([choicesOf('awa', 'toutes')], {}, [new Error('SES is away'), { kind: 'sent' }]);
    await fanOutNotice(world, RESULT);
    const [{ key } = { key: { ...RESULT, channel: 'webhook', username: 'awa' } satisfies DeliveryKey }] = world.notices.delivered.drain();
    await expect(deliverNotice(world, key, later(world.now(), LIFE_MS))).rejects.toThrow('SES is away');
    expect(await deliverNotice(world, key, later(world.now(), LIFE_MS))).toMatchObject({ state: 'envoye' });
  });

  it('that somebody else is sending is looked at again after they must have ended', async () => {
    const world = await given([choicesOf('awa', 'toutes')]);
    await fanOutNotice(world, RESULT);
    const [{ key } = { key: { ...RESULT, channel: 'webhook', username: 'awa' } satisfies DeliveryKey }] = world.notices.delivered.drain();
    await world.deliveries.take(key, world.now(), '2026-03-08T06:00:29.500000Z');
    expect(await deliverNotice(world, key, later(world.now(), LIFE_MS))).toBeUndefined();
    expect(world.notices.delivered.sent()).toEqual([{ key, afterSeconds: 30 }]);
    expect(await world.work()).toEqual([30]);
    expect(world.sent).toHaveLength(1);
  });

  it.each<[string, Partial<NoticeChoices>, string]>([
    ['a channel that was given up meanwhile', {}, 'plus choisi'],
    ['a profile without an address', { mail: { address: '', states: ALL, scope: 'mesTaches' } }, 'adresse'],
    ['a telephone that says no country', { sms: { states: ALL, scope: 'mesTaches' } }, 'international'],
  ])('is given up for %s', async (_, meanwhile, reason) => {
    const channel: Channel = meanwhile.mail === undefined ? 'sms' : 'courriel';
    const world = await given([{ username: 'awa', mail: { address: 'a@example.com', states: ALL, scope: 'mesTaches' }, sms: { states: ALL, scope: 'mesTaches' } }]);
    await fanOutNotice(world, RESULT);
    await world.choices.save({ username: 'awa', ...meanwhile });
    expect(await deliverNotice(world, { ...RESULT, channel, username: 'awa' }, later(world.now(), LIFE_MS))).toMatchObject({
      state: 'echoue',
      reason: expect.stringContaining(reason),
    });
    expect(world.sent).toEqual([]);
  });
});

describe('what was sent', () => {
  const caller = (username: string, ...groups: string[]): Caller => ({ username, groups });

  it('is seen by whom it was for, and all of it by administrators; of a hidden tache nothing', async () => {
    const world = await given(everybody('toutes'));
    await fanOutNotice(world, RESULT);
    const seen = async (who: Caller) => (await listDeliveries(world, 1, who, viewerOf(world, who))).map(({ username }) => username).sort();
    expect([await seen(caller('awa', 'agent')), await seen(caller('chef', 'superviseur')), await seen(caller('dede', 'administrateur'))]).toEqual([
      ['awa'],
      ['chef'],
      ['awa', 'chef', 'dede'],
    ]);
    expect(await reasonOf(seen(caller('binta', 'agent')))).toMatchObject({ code: 'not-found' });
  });

  it('is sent again on demand under the same id: webhooks always, the others where they failed, and never those of others', async () => {
    const world = await given([{ ...choicesOf('awa', 'toutes'), mail: { address: 'a@example.com', states: ALL, scope: 'toutes' } }, choicesOf('chef', 'toutes')]);
    await fanOutNotice(world, RESULT);
    await world.work();
    const who = caller('awa', 'agent');
    expect(await resendDeliveries(world, 1, who, viewerOf(world, who))).toMatchObject([{ channel: 'webhook', username: 'awa', state: 'attente' }]);
    await world.work();
    const ofAwa = world.sent.filter(({ channel }) => channel === 'webhook').map(({ to }) => to);
    expect(ofAwa).toHaveLength(3);
    expect(new Set(ofAwa).size).toBe(2);
  });
});

describe('a demand to send again', () => {
  it('that broke off at any step is made good by the next one: nothing waits for a message that nobody sent', async () => {
    const who: Caller = { username: 'awa', groups: ['agent'] };
    const steps = await atEveryStep((through) => {
      const begun = (async () => {
        const world = await given([choicesOf('awa', 'toutes')]);
        await fanOutNotice(world, RESULT);
        await world.work();
        return world;
      })();
      return {
        work: async () => {
          const world = await begun;
          await resendDeliveries({ ...world, deliveries: through(world.deliveries), notices: through(world.notices) }, 1, who, viewerOf(world, who));
        },
        afterwards: async (step) => {
          const world = await begun;
          expect(await resendDeliveries(world, 1, who, viewerOf(world, who))).toMatchObject([{ channel: 'webhook', state: 'attente', id: 'l1' }]);
          await world.work();
          expect({ step, sent: world.sent.length, states: (await world.deliveries.ofTache(1)).map(({ state }) => state) }).toEqual({ step, sent: 2, states: ['envoye'] });
        },
      };
    });
    expect(steps).toBeGreaterThanOrEqual(3);
  });
});

describe('the choice of what one is told', () => {
  const changing = async (open = { mail: true, sms: true }) => {
    const world = await given();
    let secrets = 0;
    const deps = { ...world, open, webhookRefusal: (url: string) => (url.startsWith('https://') ? undefined : 'pas ici'), newSecret: () => `secret-${++secrets}` };
    const as = (username: string, ...groups: string[]): Caller => ({ username, groups });
    const change = (wish: ChoicesWish, who = as('awa', 'agent'), profile = 1) => changeChoices(deps, profile, wish, who, viewerOf(deps, who));
    return { ...deps, as, change, read: (who: Caller, profile = 1) => readChoices(deps, profile, who, viewerOf(deps, who)) };
  };
  const choice = { states: ALL, scope: 'mesTaches' } as const;

  it('is one’s own, and administrators’', async () => {
    const { change, read, as } = await changing();
    for (const act of [(who: Caller) => change({}, who), (who: Caller) => read(who)]) {
      expect(await reasonOf(act(as('chef', 'superviseur')))).toMatchObject({ code: 'forbidden' });
      expect(await reasonOf(act(as('binta', 'agent')))).toMatchObject({ code: 'not-found' });
      expect(await reasonOf(act(as('dede', 'administrateur')))).toBeUndefined();
      expect(await reasonOf(act(as('awa', 'agent')))).toBeUndefined();
    }
  });

  it('shows the secret of a webhook when it is made: at first, for another address, or on demand', async () => {
    const { change, read, as } = await changing();
    const wish = (url: string, newSecret = false) => ({ webhook: { ...choice, url, newSecret } });
    const secrets = [];
    for (const one of [wish('https://a/'), wish('https://a/'), wish('https://b/'), wish('https://b/', true), {}, wish('https://b/')]) secrets.push((await change(one)).secret);
    expect(secrets).toEqual(['secret-1', undefined, 'secret-2', 'secret-3', undefined, 'secret-4']);
    expect(await read(as('awa', 'agent'))).not.toHaveProperty('secret');
  });

  it('is refused for what could not be sent, field by field', async () => {
    const wish = { mail: { ...choice, address: '' }, sms: choice, webhook: { ...choice, url: 'http://x/', newSecret: false } };
    const fields = async (open: { mail: boolean; sms: boolean }) => {
      const reason = await reasonOf((await changing(open)).change(wish));
      return reason?.code === 'invalid-request' ? Object.keys(reason.errors ?? {}) : reason;
    };
    expect(await fields({ mail: true, sms: true })).toEqual(['courriel.adresse', 'sms', 'webhook.url']);
    expect(await fields({ mail: false, sms: false })).toEqual(['courriel', 'sms', 'webhook.url']);
  });
});
