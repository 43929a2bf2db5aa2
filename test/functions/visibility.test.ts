import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Caller } from '../../lib/core/user.ts';
import { aTache } from '../use-cases/a-tache.ts';
import { type Asked, type Given, invoke } from './invoke.ts';
import { startRegistry } from './registry-table.ts';

const RACINE: Caller = { username: 'racine', groups: ['administrateur'] };
const CHEF: Caller = { username: 'chef', groups: ['superviseur'] };
const ABIDJAN: Caller = { username: 'abidjan', groups: ['superviseur'] };
const AWA: Caller = { username: 'awa', groups: ['agent'] };
const BEN: Caller = { username: 'ben', groups: ['agent'] };
const STRANGER: Caller = { username: 'inscrit', groups: [] };

/** Taches 1 to 60 belong in turn to these. */
const OWNERS = ['awa', 'ben', 'chef', 'abidjan', 'depot', 'racine'] as const;
const TACHES = 60;
const idsOf = (...owners: readonly string[]) =>
  Array.from({ length: TACHES }, (_, index) => TACHES - index).filter((id) => owners.includes(OWNERS[(id - 1) % OWNERS.length] ?? ''));

let stop = () => {};
let listTaches: (asked: Asked) => Promise<Given>;
let getTache: (asked: Asked) => Promise<Given>;
let getDetails: (asked: Asked) => Promise<Given>;
let listProfiles: (asked: Asked) => Promise<Given>;
let getProfile: (asked: Asked) => Promise<Given>;

beforeAll(async () => {
  stop = await startRegistry();
  const [{ dynamoTaches }, { dynamoMemberships }, { dynamoRoles }, { dynamoUsers }] = await Promise.all([
    import('../../lib/adapters/dynamodb/taches.ts'),
    import('../../lib/adapters/dynamodb/memberships.ts'),
    import('../../lib/adapters/dynamodb/roles.ts'),
    import('../../lib/adapters/dynamodb/users.ts'),
  ]);
  const [list, one, details, profiles, profile] = await Promise.all([
    import('../../functions/taches/list-taches.ts'),
    import('../../functions/taches/get-tache.ts'),
    import('../../functions/taches/get-tache-details.ts'),
    import('../../functions/profiles/list-profiles.ts'),
    import('../../functions/profiles/get-profile.ts'),
  ]);
  listTaches = (asked) => invoke(list.handler, asked);
  getTache = (asked) => invoke(one.handler, asked);
  getDetails = (asked) => invoke(details.handler, asked);
  listProfiles = (asked) => invoke(profiles.handler, asked);
  getProfile = (asked) => invoke(profile.handler, asked);

  const taches = dynamoTaches('registry');
  for (let id = 1; id <= TACHES; id += 1) await taches.create(aTache({ id, owner: OWNERS[(id - 1) % OWNERS.length] ?? '', fileName: `releve ${id % 2}.csv` }));
  const memberships = dynamoMemberships('registry');
  const users = dynamoUsers('registry');
  for (const { username, groups } of [RACINE, CHEF, ABIDJAN, AWA, BEN]) {
    await memberships.remember(username, groups);
    await users.obtain(username);
  }
  const roles = dynamoRoles('registry');
  const region = { id: await roles.nextId(), name: 'superviseur Abidjan', parentId: 2 };
  await roles.save(region);
  const under = { id: await roles.nextId(), name: 'agent Abidjan', parentId: region.id };
  await roles.save(under);
  await memberships.assign('abidjan', region.id);
  await memberships.assign('awa', under.id);
});

afterAll(() => stop());

const ids = z.array(z.object({ id: z.int() })).transform((items) => items.map(({ id }) => id));

/** All ids of a list, and the sizes of the pages it came in. */
async function walk(list: (asked: Asked) => Promise<Given>, asked: Asked, limit: number): Promise<{ readonly ids: readonly number[]; readonly pages: readonly number[] }> {
  const found: number[] = [];
  const pages: number[] = [];
  let cursor: string | undefined;
  do {
    const page = await list({ ...asked, query: { ...asked.query, limit: String(limit), ...(cursor !== undefined && { cursor }) } });
    const inPage = ids.parse(page.body);
    found.push(...inPage);
    pages.push(inPage.length);
    cursor = page.next;
  } while (cursor !== undefined);
  return { ids: found, pages };
}

const SEEN = [
  ['nobody known, on a route that the stage opened', undefined, OWNERS],
  ['an administrator', RACINE, OWNERS],
  ['a supervisor', CHEF, ['chef', 'abidjan', 'awa', 'ben', 'depot']],
  ['a supervisor of a region', ABIDJAN, ['abidjan', 'awa', 'depot']],
  ['an agent', BEN, ['ben', 'depot']],
] as const;

describe('GET /taches/', () => {
  it.each(SEEN)('gives %s exactly what is theirs to see, newest first', async (_who, caller, owners) => {
    expect(ids.parse((await listTaches({ caller })).body)).toEqual(idsOf(...owners));
  });

  it.each(SEEN)('gives %s full pages and no empty last one, with nothing twice', async (_who, caller, owners) => {
    const expected = idsOf(...owners);
    const { ids: walked, pages } = await walk(listTaches, { caller }, 7);
    expect(walked).toEqual(expected);
    expect(pages).toEqual(Array.from({ length: Math.ceil(expected.length / 7) }, (_, page) => Math.min(7, expected.length - page * 7)));
  });

  it('filters what is left: a filter shows nothing that would be hidden without it', async () => {
    const { ids: walked } = await walk(listTaches, { caller: BEN, query: { fileName__icontains: 'releve 1' } }, 4);
    expect(walked).toEqual(idsOf('ben', 'depot').filter((id) => id % 2 === 1));
  });

  it('refuses whoever holds a token and no group', async () => {
    expect((await listTaches({ caller: STRANGER })).status).toBe(403);
  });
});

describe('a list that has much to look through', () => {
  it('answers with what it found so far, and goes on from there', async () => {
    const { dynamoTaches } = await import('../../lib/adapters/dynamodb/taches.ts');
    const impatient = dynamoTaches('registry', 10);
    const found: number[] = [];
    let after: number | undefined;
    let calls = 0;
    do {
      const page = await impatient.list({}, 100, after, async (owner) => owner === 'racine');
      found.push(...page.taches.map(({ id }) => id));
      after = page.next;
      calls += 1;
    } while (after !== undefined);
    expect(found).toEqual(idsOf('racine'));
    expect(calls).toBeGreaterThanOrEqual(TACHES / 10);
  });
});

describe('a tache by its number, and its details', () => {
  it.each(SEEN)('are there for %s where the list shows them, and 404 otherwise', async (_who, caller, owners) => {
    for (let id = 1; id <= OWNERS.length; id += 1) {
      const expected = owners.some((owner) => owner === OWNERS[id - 1]) ? 200 : 404;
      expect({ id, status: (await getTache({ id, caller })).status }).toEqual({ id, status: expected });
      expect({ id, status: (await getDetails({ id, caller })).status }).toEqual({ id, status: expected });
    }
  });

  it('hidden look like those that do not exist', async () => {
    const hidden = await getTache({ id: 1, caller: BEN });
    const missing = await getTache({ id: 7_777, caller: BEN });
    expect({ ...hidden, body: JSON.stringify(hidden.body).replace('numéro 1.', 'numéro 7777.') }).toEqual({ ...missing, body: JSON.stringify(missing.body) });
  });
});

describe('profiles', () => {
  it.each([
    ['nobody known, on a route that the stage opened', undefined, [1, 2, 3, 4, 5]],
    ['an administrator', RACINE, [1, 2, 3, 4, 5]],
    ['a supervisor', CHEF, [2, 3, 4, 5]],
    ['a supervisor of a region', ABIDJAN, [3, 4]],
    ['an agent', BEN, [5]],
  ] as const)('are shown to %s where they are their own or of a role below', async (_who, caller, seen) => {
    expect((await walk(listProfiles, { caller }, 2)).ids).toEqual(seen);
    for (const id of [1, 2, 3, 4, 5]) {
      expect((await getProfile({ id, caller })).status).toBe(seen.some((one) => one === id) ? 200 : 404);
    }
  });
});
