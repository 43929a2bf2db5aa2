import { type Attempt, type Delivery, type DeliveryKey, internationalNumber, type NoticeChoices, RETRY_AFTER_SECONDS, tacheAtEvent } from '../core/notice.ts';
import type { User } from '../core/user.ts';
import { mailNotice } from '../exports/notices/mail-notice.ts';
import type { NoticeSubject } from '../exports/notices/notice-subject.ts';
import { smsNotice } from '../exports/notices/sms-notice.ts';
import type { Clock, Deliveries, MailSender, NoticeChoicesStore, NoticeQueue, Operators, SmsSender, Taches, Users, WebhookSender } from '../ports.ts';

export interface DeliveryDependencies {
  readonly taches: Taches;
  readonly operators: Operators;
  readonly users: Users;
  readonly choices: NoticeChoicesStore;
  readonly deliveries: Deliveries;
  readonly notices: NoticeQueue;
  /** `undefined` where the stage has no such channel. */
  readonly mail: MailSender | undefined;
  readonly sms: SmsSender | undefined;
  readonly webhooks: WebhookSender;
  /** What a webhook carries: JSON. */
  readonly webhookBody: (notice: WebhookNotice) => string;
  readonly now: Clock;
}

export interface WebhookNotice {
  readonly delivery: Delivery;
  readonly subject: NoticeSubject;
  readonly user: User;
  /** Short, for whoever passes it on: to a WhatsApp number for instance. */
  readonly text: string;
}

/**
 * Sends one notice, unless it was sent. What may be better later is tried again, with more and more time in between, and given up after about an hour.
 * Whoever dies between the sending and its note has it sent once more, under the same id.
 * @param endsAt when this worker is ended, done or not (ISO 8601 UTC): the delivery is in its hands until then
 * @throws whatever a service of ours throws: the message is delivered again
 */
export async function deliverNotice(deps: DeliveryDependencies, key: DeliveryKey, endsAt: string): Promise<Delivery | undefined> {
  const delivery = await deps.deliveries.take(key, deps.now(), endsAt);
  if (delivery === 'done') return undefined;
  if (delivery === 'held') {
    // Whoever has it may die: it is looked at again when this worker would be ended, who began at about their time.
    await deps.notices.deliver(key, Math.ceil((Date.parse(endsAt) - Date.parse(deps.now())) / 1_000));
    return undefined;
  }
  const settled = after(delivery, await attempted(deps, delivery), deps.now());
  await deps.deliveries.settle(delivery, settled);
  const again = settled.state === 'attente' ? RETRY_AFTER_SECONDS[delivery.tries] : undefined;
  if (again !== undefined) await deps.notices.deliver(key, again);
  return settled;
}

async function attempted(deps: DeliveryDependencies, delivery: Delivery): Promise<Attempt> {
  try {
    return await attempt(deps, delivery);
  } catch (error) {
    await deps.deliveries.settle(delivery, delivery);
    throw error;
  }
}

function after(delivery: Delivery, attempt: Attempt, at: string): Delivery {
  if (attempt.kind === 'sent') return { ...delivery, state: 'envoye', sentAt: at };
  const isLast = attempt.kind === 'refused' || RETRY_AFTER_SECONDS[delivery.tries] === undefined;
  return { ...delivery, state: isLast ? 'echoue' : 'attente', tries: delivery.tries + 1, reason: attempt.reason };
}

const OVERTAKEN = { kind: 'refused', reason: 'ce qui était à dire n’est plus vrai : le traitement a été repris' } as const;
const NOT_WANTED = { kind: 'refused', reason: 'le canal n’est plus choisi' } as const;
const CLOSED = { kind: 'refused', reason: 'le canal est fermé' } as const;

async function attempt(deps: DeliveryDependencies, delivery: Delivery): Promise<Attempt> {
  const [found, user, choices] = await Promise.all([deps.taches.get(delivery.tacheId), deps.users.find(delivery.username), deps.choices.of(delivery.username)]);
  const tache = found && tacheAtEvent(found, delivery.event);
  if (tache === undefined) return OVERTAKEN;
  if (user === undefined || choices === undefined) return NOT_WANTED;
  const operator = await deps.operators.byCode(tache.operatorCode);
  const subject = { tache, operatorName: operator?.name ?? tache.operatorCode, timeZone: operator?.timeZone ?? 'UTC', madeAt: delivery.createdAt };
  return sendBy(deps, delivery, subject, user, choices);
}

async function sendBy(deps: DeliveryDependencies, delivery: Delivery, subject: NoticeSubject, user: User, choices: NoticeChoices): Promise<Attempt> {
  switch (delivery.channel) {
    case 'courriel': {
      if (choices.mail === undefined) return NOT_WANTED;
      if (deps.mail === undefined) return CLOSED;
      const address = choices.mail.address || user.email;
      return address === '' ? { kind: 'refused', reason: 'le profil n’a pas d’adresse' } : deps.mail.send(address, mailNotice(subject));
    }
    case 'sms': {
      if (choices.sms === undefined) return NOT_WANTED;
      if (deps.sms === undefined) return CLOSED;
      const number = internationalNumber(user.profile.telephone);
      return number === undefined ? { kind: 'refused', reason: 'le téléphone du profil n’est pas au format international' } : deps.sms.send(number, smsNotice(subject));
    }
    case 'webhook': {
      if (choices.webhook === undefined) return NOT_WANTED;
      const { url, secret } = choices.webhook;
      const body = deps.webhookBody({ delivery, subject, user, text: smsNotice(subject) });
      return deps.webhooks.send({ url, secret, deliveryId: delivery.id, body, at: deps.now() });
    }
    default:
      return delivery.channel satisfies never;
  }
}
