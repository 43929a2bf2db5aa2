import * as z from 'zod';
import { call } from './api-calls.ts';
import type { FaultCloud } from './fault-cloud.ts';
import type { Flow, Stage } from './flow.ts';
import { normalised } from './normalised.ts';

const MODEL = 2;
const numbered = z.looseObject({ id: z.int(), code: z.string() });
const listed = z.looseObject({ name: z.string(), client_id: z.string() });
const registration = z.object({ client_id: z.string(), client_secret: z.string() });
const tokens = z.object({ access_token: z.string(), refresh_token: z.string().optional() });
const PASSWORD = 'mot-de-passe-9';

async function modelOf(cloud: FaultCloud, token: string): Promise<object> {
  const { id: _, ...described } = z.looseObject({ id: z.int() }).parse((await call(cloud, 'GET', `/operateurs/${MODEL}/profil`, { token })).body);
  return described;
}

async function operatorOf(cloud: FaultCloud, code: string) {
  return z
    .array(numbered)
    .parse((await call(cloud, 'GET', '/operateurs/')).body)
    .find((one) => one.code === code);
}

/** An operator as everybody and as administrators read it. */
async function operatorState({ cloud, at, administrator }: Stage): Promise<string> {
  const found = await operatorOf(cloud, at.tag);
  const described = found && (await call(cloud, 'GET', `/operateurs/${found.id}/profil`, { token: administrator })).body;
  return normalised({ found, described }, at);
}

const wish = async ({ cloud, at, administrator }: Stage) => ({ ...(await modelOf(cloud, administrator)), code: at.tag, nom: `Essai ${at.tag}`, account: '0700000099' });

async function keepWish(stage: Stage): Promise<void> {
  stage.kept.set('wish', JSON.stringify(await wish(stage)));
}

const keptWish = ({ kept }: Stage) => z.looseObject({}).parse(JSON.parse(kept.get('wish') ?? ''));

async function addOperator(stage: Stage): Promise<void> {
  await stage.ask('POST', '/operateurs/', { token: stage.administrator, json: keptWish(stage) });
}

async function withOperator(stage: Stage): Promise<void> {
  await keepWish(stage);
  await addOperator(stage);
  stage.kept.set('number', String(await numberOf(stage)));
}

const numberOf = async ({ cloud, at }: Stage) => (await operatorOf(cloud, at.tag))?.id;

/** The applications of a run that can be used. One whose secret was lost on its way is listed beside the one that was made instead: it is looked at once. */
async function applicationState({ cloud, at, administrator }: Stage): Promise<string> {
  const all = z.array(listed).parse((await call(cloud, 'GET', '/o/applications/?limit=500', { token: administrator })).body);
  const own = all.filter(({ name }) => name.includes(at.tag)).map(({ id: _, ...rest }) => normalised(rest, at));
  return [...new Set(own)].join();
}

async function registerApplication(stage: Stage, fields: object): Promise<void> {
  const { body } = await stage.ask('POST', '/o/applications/register/', { token: stage.administrator, json: { name: `application ${stage.at.tag}`, ...fields } });
  const { client_id, client_secret } = registration.parse(body);
  stage.kept.set('id', client_id);
  stage.kept.set('secret', client_secret);
}

function askToken(stage: Stage, fields: Readonly<Record<string, string>>) {
  const client = { client_id: stage.kept.get('id') ?? '', client_secret: stage.kept.get('secret') ?? '' };
  return stage.ask('POST', '/o/token/', { form: { ...client, ...fields } });
}

const person = ({ at }: Stage) => ({ username: `cliente-${at.tag.toLowerCase()}`, password: PASSWORD });

/** Whether the token that an application was given is good. */
async function grantedState({ cloud, kept }: Stage): Promise<string> {
  const token = kept.get('token') ?? '';
  return String((await call(cloud, 'POST', '/get_user/', { token, json: { token } })).status);
}

/** What administrators do with operators and applications, and applications with tokens. */
export const ADMINISTRATION_FLOWS: readonly Flow[] = [
  {
    name: 'an operator that is added',
    covers: ['operators-add-operator'],
    // Done, its answer lost: its code is taken.
    done: [409],
    prepare: keepWish,
    act: addOperator,
    observe: operatorState,
  },
  {
    name: 'an operator that is changed',
    covers: ['operators-change-operator', 'operators-replace-operator', 'operators-get-operator', 'operators-get-operator-profile'],
    prepare: withOperator,
    async act(stage) {
      const { ask, administrator: token } = stage;
      const id = stage.kept.get('number');
      await ask('PATCH', `/operateurs/${id}`, { token, json: { devise: 'XAF' } });
      await ask('PUT', `/operateurs/${id}`, { token, json: { ...keptWish(stage), devise: 'XOF', nom: `Essai bis ${stage.at.tag}` } });
      await ask('GET', `/operateurs/${id}`);
      await ask('GET', `/operateurs/${id}/profil`, { token });
    },
    observe: operatorState,
  },
  {
    name: 'an operator that is removed',
    covers: ['operators-remove-operator'],
    // Done, its answer lost: it has gone.
    done: [404],
    prepare: withOperator,
    act: async (stage) => void (await stage.ask('DELETE', `/operateurs/${stage.kept.get('number')}`, { token: stage.administrator })),
    observe: operatorState,
  },
  {
    name: 'the lists of operators and applications',
    covers: ['operators-list-operators', 'applications-list-applications'],
    shared: true,
    async act({ ask, administrator: token }) {
      for (const path of ['/operateurs/', '/o/applications/?limit=1']) await ask('GET', path, { token });
    },
    observe: async () => '',
  },
  {
    name: 'an application that is registered',
    covers: ['applications-register-application'],
    act: (stage) => registerApplication(stage, {}),
    async observe(stage) {
      const { status } = await askToken(stage, { grant_type: 'client_credentials' });
      return `${status} ${await applicationState(stage)}`;
    },
  },
  {
    name: 'an application that signs in for itself',
    covers: ['applications-grant-token'],
    prepare: (stage) => registerApplication(stage, {}),
    async act(stage) {
      stage.kept.set('token', tokens.parse((await askToken(stage, { grant_type: 'client_credentials' })).body).access_token);
    },
    observe: grantedState,
  },
  {
    name: 'an application that signs a user in and renews the token',
    covers: ['applications-grant-token'],
    async prepare(stage) {
      await stage.ask('POST', '/authentication/register/', { json: person(stage) });
      await registerApplication(stage, { authorization_grant_type: 'password' });
    },
    async act(stage) {
      const first = tokens.parse((await askToken(stage, { grant_type: 'password', ...person(stage) })).body);
      const renewed = tokens.parse((await askToken(stage, { grant_type: 'refresh_token', refresh_token: first.refresh_token ?? '' })).body);
      stage.kept.set('token', renewed.access_token);
    },
    observe: grantedState,
  },
];
