import * as z from 'zod';
import { CHANNELS, type ChannelChoice, type Delivery, NOTICE_SCOPES, NOTICE_STATES, type NoticeState } from '../../core/notice.ts';
import type { WebhookNotice } from '../../use-cases/deliver-notice.ts';
import type { ChoicesWish, ShownChoices } from '../../use-cases/notice-choices.ts';
import { singleTache, wireTache } from './tache.ts';

const choice = {
  etats: z.array(z.enum(NOTICE_STATES)).min(1, { error: 'Choisissez au moins un état : ATTENTE, TERMINEE, ECHEC.' }),
  taches: z.enum(NOTICE_SCOPES),
};
const wished = { ...choice, taches: choice.taches.default('mesTaches') };
const optionalAddress = z
  .string()
  .trim()
  .refine((text) => text === '' || z.email().safeParse(text).success, { error: 'Adresse électronique invalide.' });

/** What somebody is told of, by channel; a channel that is absent or `null` is given up. */
export const choicesBody = z.object({
  courriel: z.object({ ...wished, adresse: optionalAddress.optional() }).nullish(),
  sms: z.object(wished).nullish(),
  webhook: z.object({ ...wished, url: z.string().trim(), nouveauSecret: z.boolean().optional() }).nullish(),
});

export const choicesAnswer = z.object({
  courriel: z.object({ ...choice, adresse: z.string() }).nullable(),
  sms: z.object({ ...choice, telephone: z.string() }).nullable(),
  /** `secret` stands here once: in the answer to the call that made it. */
  webhook: z.object({ ...choice, url: z.string(), secret: z.string().optional() }).nullable(),
  canaux: z.object({ courriel: z.boolean(), sms: z.boolean(), webhook: z.literal(true) }),
});

export function choicesWish({ courriel, sms, webhook }: z.infer<typeof choicesBody>): ChoicesWish {
  return {
    ...(courriel && { mail: { ...chosen(courriel), address: courriel.adresse ?? '' } }),
    ...(sms && { sms: chosen(sms) }),
    ...(webhook && { webhook: { ...chosen(webhook), url: webhook.url, newSecret: webhook.nouveauSecret ?? false } }),
  };
}

function chosen({ etats, taches }: z.infer<z.ZodObject<typeof choice>>): ChannelChoice {
  return { states: NOTICE_STATES.filter((state) => etats.includes(state)), scope: taches };
}

export function wireChoices({ user, choices: { mail, sms, webhook }, open, secret }: ShownChoices): z.infer<typeof choicesAnswer> {
  return {
    courriel: mail === undefined ? null : { ...wireChoice(mail), adresse: mail.address || user.email },
    sms: sms === undefined ? null : { ...wireChoice(sms), telephone: user.profile.telephone },
    webhook: webhook === undefined ? null : { ...wireChoice(webhook), url: webhook.url, ...(secret !== undefined && { secret }) },
    canaux: { courriel: open.mail, sms: open.sms, webhook: true },
  };
}

function wireChoice({ states, scope }: ChannelChoice) {
  return { etats: [...states], taches: scope };
}

/** One notice on its way. */
export const deliveryAnswer = z.object({
  livraison: z.string(),
  evenement: z.string(),
  canal: z.enum(CHANNELS),
  utilisateur: z.string(),
  etat: z.enum(['attente', 'envoye', 'echoue']),
  essaisManques: z.int(),
  dateCreation: z.iso.datetime(),
  dateEnvoi: z.iso.datetime().nullable(),
  motif: z.string().nullable(),
});

export const deliveryList = z.array(deliveryAnswer);

export function wireDelivery({ id, event, channel, username, state, tries, createdAt, sentAt, reason }: Delivery): z.infer<typeof deliveryAnswer> {
  return {
    livraison: id,
    evenement: event,
    canal: channel,
    utilisateur: username,
    etat: state,
    essaisManques: tries,
    dateCreation: createdAt,
    dateEnvoi: sentAt ?? null,
    motif: reason ?? null,
  };
}

const EVENT_NAMES = { ATTENTE: 'tache.attente', TERMINEE: 'tache.terminee', ECHEC: 'tache.echec' } as const satisfies Record<NoticeState, string>;

/** What a webhook carries. `texte` is short and holds no number of a payer: good to be passed on to `destinataire.whatsapp`. */
export const webhookNotice = z.object({
  livraison: z.string(),
  evenement: z.enum(EVENT_NAMES),
  date: z.iso.datetime(),
  destinataire: z.object({ utilisateur: z.string(), whatsapp: z.string() }),
  texte: z.string(),
  tache: singleTache,
});

export function webhookBody({ delivery, subject: { tache }, user, text }: WebhookNotice): string {
  const body: z.infer<typeof webhookNotice> = {
    livraison: delivery.id,
    evenement: EVENT_NAMES[tache.state],
    date: delivery.createdAt,
    destinataire: { utilisateur: user.username, whatsapp: user.profile.whatsapp },
    texte: text,
    tache: wireTache(tache),
  };
  return JSON.stringify(webhookNotice.parse(body));
}
