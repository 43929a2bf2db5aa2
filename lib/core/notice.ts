import type { Tache } from './tache.ts';

/** The states of a tache that people can be told of. */
export const NOTICE_STATES = ['ATTENTE', 'TERMINEE', 'ECHEC'] as const;
export type NoticeState = (typeof NOTICE_STATES)[number];

/** By what people are told. */
export const CHANNELS = ['courriel', 'sms', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

/** Of whose taches: one's own, or all that one may see. */
export const NOTICE_SCOPES = ['mesTaches', 'toutes'] as const;
export type NoticeScope = (typeof NOTICE_SCOPES)[number];

export interface ChannelChoice {
  readonly states: readonly NoticeState[];
  readonly scope: NoticeScope;
}

/** What somebody chose to be told of. */
export interface NoticeChoices {
  readonly username: string;
  /** `address` is `''` where it is the one of the user. */
  readonly mail?: (ChannelChoice & { readonly address: string }) | undefined;
  /** To the telephone of the profile. */
  readonly sms?: ChannelChoice | undefined;
  readonly webhook?: (ChannelChoice & { readonly url: string; readonly secret: string }) | undefined;
}

/** Something that happened to a tache and that people are told of once, whatever is told twice. */
export interface Notice {
  readonly tacheId: number;
  /** Names it within its tache, as the journal does. */
  readonly event: string;
}

/** Names one notice to one person by one channel. */
export interface DeliveryKey extends Notice {
  readonly channel: Channel;
  readonly username: string;
}

/** One notice on its way to one person. */
export interface Delivery extends DeliveryKey {
  /** Stays the same however often it is sent: whoever gets it twice can tell. */
  readonly id: string;
  readonly state: 'attente' | 'envoye' | 'echoue';
  /** Attempts that failed. */
  readonly tries: number;
  /** ISO 8601 UTC. */
  readonly createdAt: string;
  readonly sentAt?: string | undefined;
  /** French; why the last attempt failed. */
  readonly reason?: string | undefined;
}

/** What came of an attempt. `refused` will be so every time; `again` may be better later. Reasons are French. */
export type Attempt = { readonly kind: 'sent' } | { readonly kind: 'refused' | 'again'; readonly reason: string };

/** Seconds before each further attempt: about an hour in all. */
export const RETRY_AFTER_SECONDS: readonly number[] = [5, 30, 120, 600, 900, 900, 900];

/** What is to be told of a tache as it stands. */
export function noticeOf({ id, state, updatedAt }: Tache): Notice | undefined {
  switch (state) {
    case 'ATTENTE':
      return { tacheId: id, event: 'resultat' };
    case 'TERMINEE':
      return { tacheId: id, event: 'fin-validation' };
    case 'ECHEC':
      // A tache can fail more than once.
      return { tacheId: id, event: `echec#${updatedAt}` };
    case 'CREATION':
    case 'ENCOURS':
    case 'VALIDEE':
      return undefined;
    default:
      return state satisfies never;
  }
}

/** A tache of which something is told. */
export type NoticedTache = Tache & { readonly state: NoticeState };

/** The tache as it was when the event happened; `undefined` where what was to be told is no longer so: a failure that was overcome. */
export function tacheAtEvent(tache: Tache, event: string): NoticedTache | undefined {
  const { validation, ...before } = tache;
  if (event === 'resultat') return tache.outcome && { ...before, state: 'ATTENTE' };
  if (event === 'fin-validation') return validation?.result && { ...tache, state: 'TERMINEE' };
  return tache.state === 'ECHEC' && event === `echec#${tache.updatedAt}` ? { ...tache, state: 'ECHEC' } : undefined;
}

/** Whether somebody chose to be told of this state by this channel, and of whose taches. */
export function choiceOf(choices: NoticeChoices, channel: Channel): ChannelChoice | undefined {
  const byChannel = { courriel: choices.mail, sms: choices.sms, webhook: choices.webhook } as const satisfies Record<Channel, ChannelChoice | undefined>;
  return byChannel[channel];
}

/** A telephone number as networks write it (E.164: `+2250700000012`); `undefined` for one that does not begin with a country. */
export function internationalNumber(text: string): string | undefined {
  const compact = text.replace(/[\s().-]/gu, '').replace(/^00/u, '+');
  return /^\+[1-9]\d{7,14}$/u.test(compact) ? compact : undefined;
}
