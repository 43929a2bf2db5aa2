import { type ChannelChoice, internationalNumber, type NoticeChoices } from '../core/notice.ts';
import { ADMINISTRATORS, type Caller, type User } from '../core/user.ts';
import type { NoticeChoicesStore, Users } from '../ports.ts';
import { Failure, type FieldErrors, found } from './failure.ts';
import { readProfile } from './manage-profiles.ts';
import type { Viewer } from './visibility.ts';

export interface ChoicesDependencies {
  readonly users: Users;
  readonly choices: NoticeChoicesStore;
  /** The channels that the stage has. */
  readonly open: OpenChannels;
}

export interface ChangeDependencies extends ChoicesDependencies {
  /** Why an address is no place for a webhook, in French. */
  readonly webhookRefusal: (url: string) => string | undefined;
  readonly newSecret: () => string;
}

export interface OpenChannels {
  readonly mail: boolean;
  readonly sms: boolean;
}

/** What is to be chosen; a channel that is absent is given up. */
export interface ChoicesWish {
  /** Without an address it is that of the user. */
  readonly mail?: (ChannelChoice & { readonly address: string }) | undefined;
  readonly sms?: ChannelChoice | undefined;
  readonly webhook?: (ChannelChoice & { readonly url: string; readonly newSecret: boolean }) | undefined;
}

export interface ShownChoices {
  readonly user: User;
  readonly choices: NoticeChoices;
  readonly open: OpenChannels;
  /** Of the webhook, where it was made by this call: it is shown this once. */
  readonly secret?: string | undefined;
}

/** @throws Failure 404 for a profile that is not there or hidden, 403 for that of somebody else */
export async function readChoices(deps: ChoicesDependencies, profileId: number, caller: Caller, viewer: Viewer): Promise<ShownChoices> {
  const user = await ownUser(deps, profileId, caller, viewer);
  return { user, choices: (await deps.choices.of(user.username)) ?? { username: user.username }, open: deps.open };
}

/**
 * Chooses anew what somebody is told of. A webhook keeps its secret as long as its address stays, unless a new one is asked for.
 * @throws Failure as `readChoices`, and 400 for what cannot be: a channel that the stage has not, a missing address or telephone, an address that is no place for a webhook
 */
export async function changeChoices(deps: ChangeDependencies, profileId: number, wish: ChoicesWish, caller: Caller, viewer: Viewer): Promise<ShownChoices> {
  const user = await ownUser(deps, profileId, caller, viewer);
  const errors = errorsOf(deps, wish, user);
  if (Object.keys(errors).length > 0) throw new Failure({ code: 'invalid-request', detail: 'La requête comporte des champs manquants ou invalides.', errors });
  const before = await deps.choices.of(user.username);
  const { mail, sms, webhook } = wish;
  const known = webhook !== undefined && !webhook.newSecret && before?.webhook?.url === webhook.url ? before.webhook.secret : undefined;
  const secret = webhook === undefined ? undefined : (known ?? deps.newSecret());
  const choices: NoticeChoices = {
    username: user.username,
    mail,
    sms,
    ...(webhook && secret !== undefined && { webhook: { states: webhook.states, scope: webhook.scope, url: webhook.url, secret } }),
  };
  await deps.choices.save(choices);
  return { user, choices, open: deps.open, ...(known === undefined && { secret }) };
}

async function ownUser({ users }: ChoicesDependencies, profileId: number, caller: Caller, viewer: Viewer): Promise<User> {
  const { username } = await readProfile(users, profileId, viewer);
  if (username !== caller.username && !caller.groups.includes(ADMINISTRATORS)) {
    throw new Failure({ code: 'forbidden', detail: "Seul un administrateur peut voir et changer ce dont quelqu'un d'autre est prévenu." });
  }
  return found(await users.find(username), `Aucun profil ne porte le numéro ${profileId}.`);
}

function errorsOf({ open, webhookRefusal }: ChangeDependencies, { mail, sms, webhook }: ChoicesWish, user: User): FieldErrors {
  const refusal = webhook && webhookRefusal(webhook.url);
  return {
    ...(mail && !open.mail && { courriel: ['Ici, aucun courriel ne part : l’exploitation doit d’abord donner une adresse d’expédition.'] }),
    ...(mail && open.mail && mail.address === '' && user.email === '' && { 'courriel.adresse': ['Votre profil n’a pas d’adresse : donnez-en une ici, ou dans le profil.'] }),
    ...(sms && !open.sms && { sms: ['Ici, aucun SMS ne part : l’exploitation doit d’abord ouvrir ce canal.'] }),
    ...(sms &&
      open.sms &&
      internationalNumber(user.profile.telephone) === undefined && { sms: ['Le téléphone du profil doit être au format international, comme +225 07 00 00 00 12.'] }),
    ...(refusal !== undefined && { 'webhook.url': [refusal] }),
  };
}
